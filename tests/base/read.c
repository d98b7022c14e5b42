#include "base/read.h"

#include "base/alloc.h"
#include "base/error.h"
#include "folder.h"
#include "test.h"

#include <errno.h>

TEST(a_file_is_appended_whole) {
    struct folder folder;
    struct lab_text text = {0}, expected = {0};
    folder_init(&folder);
    lab_text_repeat(&expected, "0123456789", 3000);
    folder_put(&folder, "a", lab_text_string(&expected));
    for (int i = 0; i < 2; i++)
        CHECK_INT(lab_read_file(folder.file, expected.length * 2, &text), 0);
    CHECK_INT(text.length, 2 * expected.length);
    CHECK(!strcmp(text.data + expected.length, expected.data));
    lab_text_free(&text);
    lab_text_free(&expected);
    folder_term(&folder);
}

TEST(a_file_above_the_limit_is_an_error) {
    struct folder folder;
    struct lab_text text = {0};
    folder_init(&folder);
    folder_put(&folder, "a", "12345");
    CHECK_INT(lab_read_file(folder.file, 4, &text), -EFBIG);
    lab_text_clear(&text);
    CHECK_INT(lab_read_file(folder.file, 5, &text), 0);
    CHECK_STR(lab_text_string(&text), "12345");
    lab_text_free(&text);
    folder_term(&folder);
}

TEST(only_a_plain_file_is_read) {
    struct folder folder;
    struct lab_text text = {0};
    folder_init(&folder);
    CHECK_INT(mkfifo(folder_file(&folder, "pipe"), 0600), 0);
    CHECK_INT(lab_read_file(folder.file, 9, &text), LAB_ENOTFILE);
    CHECK_INT(lab_read_file(folder.path, 9, &text), LAB_ENOTFILE);
    CHECK_INT(lab_read_file("/dev/null", 9, &text), LAB_ENOTFILE);
    CHECK_INT(lab_read_file(folder_file(&folder, "none"), 9, &text), -ENOENT);
    CHECK_INT(text.length, 0);
    folder_term(&folder);
}

TEST(a_link_is_followed_unless_that_is_declined) {
    struct folder folder;
    folder_init(&folder);
    folder_put(&folder, "a", "");
    CHECK_INT(symlink("a", folder_file(&folder, "link")), 0);
    int fd = lab_read_open(AT_FDCWD, folder.file, 0);
    CHECK(fd >= 0);
    close(fd);
    CHECK_INT(lab_read_open(AT_FDCWD, folder.file, O_NOFOLLOW), -ELOOP);
    folder_term(&folder);
}

TEST(what_cannot_be_read_is_told_with_the_name) {
    struct lab_text text = {0}, error = {0};
    CHECK(!lab_read_or_say("/nowhere/a.md", &text, &error));
    CHECK_STR(lab_text_string(&error), "there is no folder /nowhere");
    lab_text_clear(&error);
    CHECK(!lab_read_or_say("/", &text, &error));
    CHECK_STR(lab_text_string(&error), "/ is a folder");
    lab_text_clear(&error);
    CHECK(!lab_read_or_say("/dev/null", &text, &error));
    CHECK_STR(lab_text_string(&error),
              "/dev/null cannot be read: it is not a plain file");
    lab_text_free(&error);
}

TEST(a_name_much_like_one_that_is_missing_is_told) {
    static const struct {
        const char *name, *meant;
    } rows[] = {
        {"gahter.py", "gather.py"},    // a slip
        {"03_x.c", "03_sequential.c"}, // the number is right
        {"03_x.py", ""},               // there is no such program
        {"GATHER.PY", "gather.py"},    // the case is another
        {"Gather.py", "gather.py"},
        {"nothing.py", ""},
    };
    struct folder folder;
    struct lab_text link = {0};
    folder_init(&folder);
    folder_put(&folder, "gather.py", "");
    folder_put(&folder, "03_sequential.c", "");
    folder_put(&folder, "04_sequential.c", "");
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text error = {0}, expected = {0};
        const char *path = folder_file(&folder, rows[i].name);
        bool is_told = lab_read_put_why(&error, path, -ENOENT);
        CHECK(is_told == (*rows[i].meant != '\0'));
        lab_text_printf(&expected, "there is no file %s", path);
        if (is_told)
            lab_text_printf(&expected, "; did you mean %s?",
                            folder_file(&folder, rows[i].meant));
        CHECK_STR(lab_text_string(&error), lab_text_string(&expected));
        lab_text_free(&error);
        lab_text_free(&expected);
    }
    CHECK_INT(symlink("nowhere", folder_file(&folder, "link.py")), 0);
    CHECK(!lab_read_put_why(&link, folder.file, -ENOENT));
    CHECK(strstr(link.data, "link.py is a link to a file that is not there"));
    lab_text_free(&link);
    folder_term(&folder);
}
