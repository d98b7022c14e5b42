#include "demo/skipped.h"

#include "base/alloc.h"
#include "base/read.h"

#include <ctype.h>
#include <string.h>

static const char suffix[] = ".skipped";

size_t lab_skipped_stem(const char *name) {
    size_t n = strlen(name), end = strlen(suffix);
    return n > end && strcmp(name + n - end, suffix) == 0 ? n - end : 0;
}

static void mark(struct lab_demo_file *file, const struct lab_text *needs,
                 const struct lab_text *packages) {
    lab_free(file->needs);
    lab_free(file->packages);
    file->is_skipped = true;
    file->needs = lab_strdup(lab_text_string(needs));
    file->packages = lab_strdup(lab_text_string(packages));
}

// Appends a word of a list, [n] bytes at [word], masked.
static void add(struct lab_text *list, const char *word, size_t n) {
    lab_text_put(list, list->length && n ? " " : "");
    lab_text_mask(list, word, n, false);
}

bool lab_skipped_read(struct lab_demo_file *file, struct lab_text *error) {
    struct lab_text lines = {0}, needs = {0}, packages = {0};
    bool fine = lab_read_or_say(file->path, &lines, error);
    for (const char *at = lab_text_string(&lines); fine && *at;) {
        size_t line = strcspn(at, "\n"), name = strcspn(at, " \n");
        add(&needs, at, name);
        if (name < line)
            add(&packages, at + name + 1, line - name - 1);
        at += line + (at[line] == '\n');
    }
    if (fine)
        mark(file, &needs, &packages);
    lab_text_free(&lines);
    lab_text_free(&needs);
    lab_text_free(&packages);
    return fine;
}

// Appends the package of [library], "libuv.so.1", by the rule that Debian
// names them: libuv1; if a digit would meet another, with a dash between.
static void put_package(struct lab_text *out, const char *library) {
    const char *version = strstr(library, ".so.");
    if (!version || version == library)
        return;
    int n = (int)(version - library);
    lab_text_printf(out, "%.*s%s%s", n, library,
                    isdigit((unsigned char)version[-1]) ? "-" : "",
                    version + strlen(".so."));
}

bool lab_skipped_library(struct lab_demo_file *file, const char *why) {
    static const char absent[] = ": cannot open shared object file: No such ";
    const char *end = strstr(why, absent);
    struct lab_text library = {0}, package = {0};
    if (!end)
        return false;
    lab_text_mask(&library, why, (size_t)(end - why), false);
    put_package(&package, lab_text_string(&library));
    mark(file, &library, &package);
    lab_text_free(&library);
    lab_text_free(&package);
    return true;
}

// A copy of [words], which stand in the file of a demo; NULL as NULL.
static char *masked(const char *words) {
    struct lab_text text = {0};
    if (!words)
        return NULL;
    lab_text_mask(&text, words, strlen(words), false);
    char *owned = lab_strdup(lab_text_string(&text));
    lab_text_free(&text);
    return owned;
}

void lab_skipped_without(struct lab_demo_file *file, const char *libraries,
                         const char *packages) {
    lab_free(file->needs);
    lab_free(file->packages);
    file->needs = masked(libraries);
    file->packages = masked(packages);
}

void lab_skipped_put(const struct lab_demo_file *file, struct lab_text *out) {
    bool several = strchr(file->needs, ' ');
    lab_text_printf(out, "is skipped: it needs %s, which %s not installed",
                    file->needs, several ? "are" : "is");
    if (*file->packages)
        lab_text_printf(out, "; on Debian, install %s%s", file->packages,
                        lab_skipped_stem(file->path) ? ", then make again"
                                                     : "");
}
