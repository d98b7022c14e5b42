#include "shell/place.h"

#include "folder.h"
#include "test.h"

static void check_last(const char *path, const char *expected) {
    struct lab_text lesson = {0};
    lab_place_last(path, &lesson);
    CHECK_STR(lab_text_string(&lesson), expected);
    lab_text_free(&lesson);
}

TEST(the_place_in_each_lesson_is_kept) {
    struct folder folder;
    folder_init(&folder);
    const char *path = folder_file(&folder, "a.md");
    CHECK_INT(lab_place_find(path, "02_nap"), 0);
    check_last(path, "");
    CHECK_INT(lab_place_save(path, "02_nap", 3), 0);
    CHECK_INT(lab_place_save(path, "03_gather", 1), 0);
    CHECK_INT(lab_place_find(path, "02_nap"), 3);
    CHECK_INT(lab_place_find(path, "03_gather"), 1);
    CHECK_INT(lab_place_find(path, "03"), 0);
    check_last(path, "03_gather");
    CHECK_INT(lab_place_save(path, "02_nap", 4), 0);
    CHECK_INT(lab_place_find(path, "02_nap"), 4);
    check_last(path, "02_nap");
    CHECK(folder_holds(&folder, "a.md", "03_gather 1\n02_nap 4\n"));
    folder_term(&folder);
}

TEST(a_file_of_something_else_is_no_place) {
    struct folder folder;
    folder_init(&folder);
    folder_put(&folder, "a.md", "02_nap\n02_nap x\n\n02_nap 99999999");
    CHECK_INT(lab_place_find(folder.file, "02_nap"), 99999999);
    CHECK_INT(lab_place_find("/", "02_nap"), 0);
    CHECK(lab_place_save("/proc/nowhere/x", "02_nap", 1) < 0);
    folder_term(&folder);
}

TEST(a_place_after_a_line_without_an_end_has_a_line_of_its_own) {
    struct folder folder;
    folder_init(&folder);
    folder_put(&folder, "a.md", "02_nap 3");
    CHECK_INT(lab_place_save(folder.file, "03_gather", 1), 0);
    CHECK(folder_holds(&folder, "a.md", "02_nap 3\n03_gather 1\n"));
    folder_term(&folder);
}
