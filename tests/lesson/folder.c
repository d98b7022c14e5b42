#include "lesson/folder.h"

#include "base/alloc.h"
#include "base/read.h"
#include "folder.h"
#include "test.h"

static struct lab_demo_file files[] = {{.number = 3, .name = "gather"},
                                       {.number = 12, .name = "nap"}};
static const struct lab_demos demos = {files, countof(files)};

TEST(a_lesson_has_the_number_and_name_of_its_demo) {
    struct lab_text path = {0};
    for (size_t i = 0; i < countof(files); i++) {
        lab_text_clear(&path);
        lab_folder_path("a/b", &files[i], &path);
        CHECK_STR(lab_text_string(&path),
                  i ? "a/b/12_nap.md" : "a/b/03_gather.md");
        CHECK(lab_folder_demo(&demos, lab_text_string(&path)) == &files[i]);
    }
    lab_text_free(&path);
}

TEST(a_lesson_may_have_a_program_beside_it_instead_of_a_demo) {
    static const char *const names[] = {
        "03_gather.md", "03_gather.c", "28_mine.md", "28_mine.c",
        "29_lost.md",   "29_lost.py",  "7_short.md", "7_short.c"};
    struct folder folder;
    struct lab_demos own = {0};
    struct lab_text error = {0}, source = {0};
    folder_init(&folder);
    for (size_t i = 0; i < countof(names); i++)
        folder_put(&folder, names[i], "");
    lab_folder_read(&own, folder.path, &demos);
    lab_text_printf(&source, "%s/28_mine.c", folder.path);
    if (CHECK_INT(own.count, 1)) {
        CHECK_INT(own.files[0].number, 28);
        CHECK_STR(own.files[0].name, "mine");
        CHECK_STR(own.files[0].source, lab_text_string(&source));
    }
    CHECK(lab_folder_demo(&own, "x/28_mine.md") == own.files);
    CHECK_INT(lab_folder_strays(folder.path, &demos, &error), 2);
    CHECK(!strstr(lab_text_string(&error), "28_mine"));
    lab_demos_free(&own);
    lab_text_free(&error);
    lab_text_free(&source);
    folder_term(&folder);
}

TEST(a_lesson_without_a_demo_is_told) {
    static const char *const names[] = {
        "03_gather.md", "12_nap.md", "07_foo.md", "3_gather.md", "README.md",
        "notes.txt",    "04_x.md~",  "04_x.txt",  "md",          "07"};
    struct folder folder;
    struct lab_text error = {0}, expected = {0};
    folder_init(&folder);
    for (size_t i = 0; i < countof(names); i++)
        folder_put(&folder, names[i], "");
    CHECK_INT(lab_folder_strays(folder.path, &demos, &error), 2);
    lab_text_printf(&expected,
                    "%s/07_foo.md:1: there is no demo 07_foo; write "
                    "demos/07_foo.c, or rename the lesson\n"
                    "%s/3_gather.md:1: there is no demo 3_gather; write "
                    "demos/3_gather.c, or rename the lesson\n",
                    folder.path, folder.path);
    CHECK_STR(lab_text_string(&error), lab_text_string(&expected));
    CHECK_INT(lab_folder_strays("/nowhere", &demos, &error), 0);
    CHECK_STR(lab_text_string(&error), lab_text_string(&expected));
    lab_text_free(&error);
    lab_text_free(&expected);
    folder_term(&folder);
}

// --- the way through

// Is [row] "| [03 gather](03_gather.md) | 10 | A question? |" for [name]?
static bool is_row(const char *row, const char *name) {
    struct lab_text start = {0};
    char question[256];
    int minutes, end = 0, stem = (int)strlen(name) - 3;
    lab_text_printf(&start, "| [%.2s %.*s](%s) | ", name, stem - 3, name + 3,
                    name);
    bool starts = strncmp(row, start.data, start.length) == 0;
    row += starts ? start.length : 0;
    lab_text_free(&start);
    return starts &&
           sscanf(row, "%d | %255[^|\n]|%n", &minutes, question, &end) == 2 &&
           minutes > 0 && end > 0 && strstr(question, "? ");
}

static size_t count_rows(const char *text, const char *name) {
    size_t rows = 0;
    for (; *text; text += strcspn(text, "\n"), text += *text == '\n')
        rows += is_row(text, name);
    return rows;
}

TEST(the_way_through_leads_to_each_lesson_once_with_minutes_and_a_question) {
    struct lab_text text = {0};
    struct dirent **entries;
    MUST(lab_read_file(LAB_LESSONS_DIR "/README.md", SIZE_MAX, &text) == 0);
    int count = scandir(LAB_LESSONS_DIR, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (strspn(name, "0123456789") == 2 && strstr(name, ".md") &&
            !CHECK_INT(count_rows(lab_text_string(&text), name), 1))
            fprintf(stderr, "    lessons/README.md has to lead to %s\n", name);
        free(entries[i]);
    }
    free(entries);
    CHECK(!is_row("| [03 gather](03_gather.md) |  | Why? |", "03_gather.md"));
    CHECK(!is_row("| [03 gather](03_gather.md) | 10 | Why |", "03_gather.md"));
    CHECK(is_row("| [03 gather](03_gather.md) | 10 | Why? |", "03_gather.md"));
    lab_text_free(&text);
}

TEST(a_lesson_is_known_by_its_name_in_any_folder) {
    CHECK(lab_folder_demo(&demos, "03_gather.md") == &files[0]);
    CHECK(lab_folder_demo(&demos, "/x/exercises/03_gather.md") == &files[0]);
    CHECK(lab_folder_demo(&demos, "3_gather.md") == NULL);
    CHECK(lab_folder_demo(&demos, "03_nap.md") == NULL);
    CHECK(lab_folder_demo(&demos, "03_gather.md/README.md") == NULL);
    CHECK(lab_folder_demo(&demos, "03_gather.md~") == NULL);
}
