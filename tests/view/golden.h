// golden.h - what every view makes of demos 01 to 04, each in a file of its own
// in tests/view/golden, as a reader would see it: at two widths, in UTF-8 and
// in ASCII. Where one of these is what another was, it says so.
//
// A change of a view is a change of these files, which `make golden` writes
// again and a reviewer reads.

#ifndef LAB_TESTS_VIEW_GOLDEN_H
#define LAB_TESTS_VIEW_GOLDEN_H

#include "picture.h"
#include "view/records.h"

#include <dirent.h>
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

// Checks one file of a view, or writes it.
static inline void golden_check(const struct lab_view *view,
                                const struct lab_comparison *comparison) {
    struct lab_text path = {0}, is = {0};
    lab_text_printf(&path, "%s/%02d_%s.txt", LAB_GOLDEN_DIR, comparison->number,
                    view->name);
    golden_put(&is, view, comparison);
    picture_same(lab_text_string(&path), &is);
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
