#include "demos.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

// What every view makes of demos 01 to 04 is kept in a file of its own, as a
// reader would see it: at two widths, in UTF-8 and in ASCII. Where one of these
// is what another was, it says so. A change of a view is a change of these
// files, which `make golden` writes anew and a reviewer reads.

enum { LOOKS = 4 };

static const struct look {
    const char *name;
    struct lab_style style;
} looks[LOOKS] = {
    {"80 columns, UTF-8", {.width = 80}},
    {"80 columns, ASCII", {.width = 80, .ascii = true}},
    {"200 columns, UTF-8", {.width = 200}},
    {"200 columns, ASCII", {.width = 200, .ascii = true}},
};

static void put_looks(struct lab_text *out, const struct lab_view *view,
                      const struct lab_comparison *comparison) {
    struct lab_text texts[LOOKS] = {0};
    for (size_t i = 0; i < LOOKS; i++) {
        size_t same = 0;
        view->render(&texts[i], comparison, &looks[i].style);
        const char *text = lab_text_string(&texts[i]);
        while (strcmp(lab_text_string(&texts[same]), text) != 0)
            same++;
        lab_text_printf(out, "%s== %s: ", i ? "\n" : "", looks[i].name);
        if (same < i)
            lab_text_printf(out, "as at %s\n", looks[same].name);
        else
            lab_text_printf(out, "\n%s", text);
    }
    for (size_t i = 0; i < LOOKS; i++)
        lab_text_free(&texts[i]);
}

static bool is_writing(void) {
    return getenv("LOOPLAB_GOLDEN") != NULL;
}

static void read_file(const char *path, struct lab_text *text) {
    char bytes[4096];
    size_t n;
    FILE *file = fopen(path, "r");
    while (file && (n = fread(bytes, 1, sizeof bytes, file)) > 0)
        lab_text_write(text, bytes, n);
    if (file)
        fclose(file);
}

static void write_file(const char *path, const struct lab_text *text) {
    FILE *file = fopen(path, "w");
    MUST(CHECK(file != NULL));
    fwrite(text->data, 1, text->length, file);
    CHECK_INT(fclose(file), 0);
}

// Checks one file, or writes it.
static void check_file(const struct lab_view *view,
                       const struct lab_comparison *comparison) {
    struct lab_text path = {0}, is = {0}, golden = {0};
    lab_text_printf(&path, "%s/%02d_%s.txt", LAB_GOLDEN_DIR, comparison->number,
                    view->name);
    put_looks(&is, view, comparison);
    if (is_writing())
        write_file(lab_text_string(&path), &is);
    read_file(lab_text_string(&path), &golden);
    const char *name = strstr(lab_text_string(&path), "tests/view/golden/");
    test_check_str(name ? name : lab_text_string(&path), 1,
                   "what the view shows (if it should, run `make golden`)",
                   lab_text_string(&is), lab_text_string(&golden));
    lab_text_free(&path);
    lab_text_free(&is);
    lab_text_free(&golden);
}

TEST(golden_files_are_what_the_views_show) {
    struct demo_runs runs;
    demo_runs_open(&runs);
    for (size_t i = 0; i < runs.count; i++)
        for (const struct lab_view *view = lab_views; view->name; view++)
            check_file(view, &runs.comparisons[i]);
    demo_runs_close(&runs);
}

// Is [name] that of a file which the test above reads?
static bool is_golden(const char *name) {
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

TEST(there_is_no_golden_file_without_a_view) {
    DIR *folder = opendir(LAB_GOLDEN_DIR);
    MUST(CHECK(folder != NULL));
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (*entry->d_name == '.' || is_golden(entry->d_name))
            continue;
        if (is_writing())
            unlinkat(dirfd(folder), entry->d_name, 0);
        else
            CHECK_STR(entry->d_name, "the file of a view and a demo");
    }
    closedir(folder);
}
