#include "shell/place.h"

#include "base/read.h"
#include "base/save.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 64 * 1024, TRIES = 3 };

// Is the line at [line] that of [lesson]?
static bool is_of(const char *line, const char *lesson) {
    size_t n = strlen(lesson);
    return strncmp(line, lesson, n) == 0 && line[n] == ' ';
}

static const char *next_line(const char *line) {
    const char *newline = strchr(line, '\n');
    return newline ? newline + 1 : line + strlen(line);
}

// What cannot be read counts as empty: it is a place in a book, no more.
static void read(const char *path, struct lab_text *text) {
    if (lab_read_file(path, MOST, text) < 0)
        lab_text_clear(text);
}

size_t lab_place_find(const char *path, const char *lesson) {
    struct lab_text text = {0};
    size_t part = 0;
    read(path, &text);
    for (const char *at = lab_text_string(&text); *at; at = next_line(at))
        if (is_of(at, lesson))
            part = strtoul(at + strlen(lesson), NULL, 10);
    lab_text_free(&text);
    return part;
}

void lab_place_last(const char *path, struct lab_text *lesson) {
    struct lab_text text = {0};
    read(path, &text);
    for (const char *at = lab_text_string(&text); *at; at = next_line(at)) {
        lab_text_clear(lesson);
        lab_text_write(lesson, at, strcspn(at, " \n"));
    }
    lab_text_free(&text);
}

static int replace(const char *path, const char *lesson, size_t part) {
    struct lab_text old = {0};
    struct lab_save save;
    bool is_there = lab_read_file(path, MOST, &old) >= 0;
    int rc = lab_save_open(&save, path);
    const char *at = lab_text_string(&old);
    for (const char *next; rc == 0 && *at; at = next) {
        next = next_line(at);
        if (!is_of(at, lesson)) // whose end an editor may have left out
            fprintf(save.file, "%.*s\n", (int)strcspn(at, "\n"), at);
    }
    if (rc == 0) {
        fprintf(save.file, "%s %zu\n", lesson, part);
        rc = is_there ? lab_save_replace(&save, &old) : lab_save_close(&save);
    }
    lab_text_free(&old);
    return rc;
}

// Another session may have written meanwhile, and its line is to stay.
int lab_place_save(const char *path, const char *lesson, size_t part) {
    int rc = -ESTALE;
    lab_save_folder(path);
    for (int i = 0; rc == -ESTALE && i < TRIES; i++)
        rc = replace(path, lesson, part);
    return rc;
}
