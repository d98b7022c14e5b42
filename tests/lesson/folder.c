#include "lesson/folder.h"

#include "base/alloc.h"
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

TEST(a_lesson_is_known_by_its_name_in_any_folder) {
    CHECK(lab_folder_demo(&demos, "03_gather.md") == &files[0]);
    CHECK(lab_folder_demo(&demos, "/x/exercises/03_gather.md") == &files[0]);
    CHECK(lab_folder_demo(&demos, "3_gather.md") == NULL);
    CHECK(lab_folder_demo(&demos, "03_nap.md") == NULL);
    CHECK(lab_folder_demo(&demos, "03_gather.md/README.md") == NULL);
    CHECK(lab_folder_demo(&demos, "03_gather.md~") == NULL);
}
