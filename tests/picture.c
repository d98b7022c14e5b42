#include "picture.h"

#include "base/error.h"
#include "base/read.h"
#include "lesson/diff.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct lab_text shown; // by the test that runs

bool picture_is_written(void) {
    return getenv("LOOPLAB_GOLDEN") != NULL;
}

void picture_show(const char *title, const char *text) {
    if (*title)
        lab_text_printf(&shown, "%s== %s\n", shown.length ? "\n" : "", title);
    lab_text_put(&shown, text);
}

static bool write_file(const char *path, const struct lab_text *text) {
    if (text->length == 0)
        return unlink(path) == 0 || access(path, F_OK) < 0;
    FILE *file = fopen(path, "w");
    bool fine = file && fputs(lab_text_string(text), file) >= 0;
    return file && fclose(file) == 0 && fine;
}

bool picture_same(const char *path, const struct lab_text *text) {
    struct lab_text golden = {0}, diff = {0};
    if (picture_is_written() && !CHECK(write_file(path, text)))
        return false;
    lab_ignore(lab_read_file(path, SIZE_MAX, &golden)); // none is an empty one
    const char *name = strstr(path, "tests/");
    lab_diff_put(name ? name : path, &golden, "what is shown now", text, &diff);
    if (diff.length)
        fprintf(stderr, "%sIf this is meant, run `make golden`.\n",
                lab_text_string(&diff));
    bool same = CHECK(diff.length == 0);
    lab_text_free(&golden);
    lab_text_free(&diff);
    return same;
}

bool picture_end(const char *name) {
    struct lab_text path = {0};
    lab_text_printf(&path, "%s/%s.txt", LAB_PICTURES_DIR, name);
    bool same = picture_same(lab_text_string(&path), &shown);
    lab_text_free(&path);
    lab_text_free(&shown);
    return same;
}
