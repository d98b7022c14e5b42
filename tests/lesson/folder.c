#include "lesson/folder.h"

#include "base/alloc.h"
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

TEST(a_lesson_is_known_by_its_name_in_any_folder) {
    CHECK(lab_folder_demo(&demos, "03_gather.md") == &files[0]);
    CHECK(lab_folder_demo(&demos, "/x/exercises/03_gather.md") == &files[0]);
    CHECK(lab_folder_demo(&demos, "3_gather.md") == NULL);
    CHECK(lab_folder_demo(&demos, "03_nap.md") == NULL);
    CHECK(lab_folder_demo(&demos, "03_gather.md/README.md") == NULL);
    CHECK(lab_folder_demo(&demos, "03_gather.md~") == NULL);
}
