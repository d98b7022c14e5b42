// golden.h - what every view makes of demos 01 to 04, each in a file of its own
// in tests/view/golden, as a reader would see it: at two widths, in UTF-8 and
// in ASCII. Where one of these is what another was, it says so.
//
// A change of a view is a change of these files, which `make golden` writes
// anew and a reviewer reads.

#ifndef LAB_TESTS_VIEW_GOLDEN_H
#define LAB_TESTS_VIEW_GOLDEN_H

#include "view/demos.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

enum { LOOKS = 4 };

static const struct golden_look {
    const char *name;
    struct lab_style style;
} golden_looks[LOOKS] = {
    {"80 columns, UTF-8", {.width = 80}},
    {"80 columns, ASCII", {.width = 80, .ascii = true}},
    {"200 columns, UTF-8", {.width = 200}},
    {"200 columns, ASCII", {.width = 200, .ascii = true}},
};

static inline void golden_put(struct lab_text *out, const struct lab_view *view,
                              const struct lab_comparison *comparison) {
    struct lab_text texts[LOOKS] = {0};
    for (size_t i = 0; i < LOOKS; i++) {
        size_t same = 0;
        view->render(&texts[i], comparison, &golden_looks[i].style);
        const char *text = lab_text_string(&texts[i]);
        while (strcmp(lab_text_string(&texts[same]), text) != 0)
            same++;
        lab_text_printf(out, "%s== %s: ", i ? "\n" : "", golden_looks[i].name);
        if (same < i)
            lab_text_printf(out, "as at %s\n", golden_looks[same].name);
        else
            lab_text_printf(out, "\n%s", text);
    }
    for (size_t i = 0; i < LOOKS; i++)
        lab_text_free(&texts[i]);
}

static inline bool golden_is_written(void) {
    return getenv("LOOPLAB_GOLDEN") != NULL;
}

static inline void golden_read(const char *path, struct lab_text *text) {
    char bytes[4096];
    size_t n;
    FILE *file = fopen(path, "r");
    while (file && (n = fread(bytes, 1, sizeof bytes, file)) > 0)
        lab_text_write(text, bytes, n);
    if (file)
        fclose(file);
}

static inline void golden_write(const char *path, const struct lab_text *text) {
    FILE *file = fopen(path, "w");
    MUST(CHECK(file != NULL));
    fwrite(text->data, 1, text->length, file);
    CHECK_INT(fclose(file), 0);
}

// Is [text] what the file at [path] holds? Or writes it.
static inline void golden_compare(const char *path,
                                  const struct lab_text *text) {
    struct lab_text golden = {0};
    if (golden_is_written())
        golden_write(path, text);
    golden_read(path, &golden);
    const char *name = strstr(path, "tests/");
    test_check_str(name ? name : path, 1,
                   "what is shown (if it should be, run `make golden`)",
                   lab_text_string(text), lab_text_string(&golden));
    lab_text_free(&golden);
}

// Checks one file of a view, or writes it.
static inline void golden_check(const struct lab_view *view,
                                const struct lab_comparison *comparison) {
    struct lab_text path = {0}, is = {0};
    lab_text_printf(&path, "%s/%02d_%s.txt", LAB_GOLDEN_DIR, comparison->number,
                    view->name);
    golden_put(&is, view, comparison);
    golden_compare(lab_text_string(&path), &is);
    lab_text_free(&path);
    lab_text_free(&is);
}

// Is [name] that of a file which the test above reads?
static inline bool golden_has(const char *name) {
    int number = 0, length = 0;
    if (sscanf(name, "%2d_%n", &number, &length) != 1 || number < 1 ||
        number > DEMOS)
        return false;
    size_t n = strlen(name + length);
    for (const struct lab_view *view = lab_views; view->name; view++)
        if (n == strlen(view->name) + 4 &&
            strncmp(name + length, view->name, n - 4) == 0)
            return strcmp(name + length + n - 4, ".txt") == 0;
    return false;
}

#endif
