#include "test.h"

#include "base/text.h"
#include "shell/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// A folder of its own for each test, with paths in it.
static char folder[TEST_FOLDER], path[96], other[96];

static void begin(void) {
    CHECK(test_folder(folder));
    snprintf(path, sizeof path, "%s/history", folder);
    snprintf(other, sizeof other, "%s/other", folder);
}

static void end(void) {
    unlink(path);
    rmdir(path);
    unlink(other);
    CHECK(rmdir(folder) == 0); // nothing else was left in it
}

static void write_file(const char *name, const char *bytes, size_t n) {
    FILE *file = fopen(name, "w");
    CHECK(file && fwrite(bytes, 1, n, file) == n);
    if (file)
        fclose(file);
}

static bool file_is(const char *name, const char *expected) {
    char bytes[4096];
    FILE *file = fopen(name, "r");
    size_t n = file ? fread(bytes, 1, sizeof bytes - 1, file) : 0;
    bytes[n] = '\0';
    if (file)
        fclose(file);
    return CHECK_STR(bytes, expected);
}

static void add(struct lab_history *history, const char *line) {
    lab_history_add(history, line, strlen(line));
}

TEST(what_is_saved_is_loaded) {
    struct lab_history history = {0}, back = {0};
    begin();
    add(&history, "run 3");
    add(&history, "\xe6\x97\xa5\xe6\x9c\xac \\ \"x\"");
    CHECK_INT(lab_history_save(&history, path), 0);
    CHECK_INT(history.fresh, 0);
    CHECK_INT(lab_history_load(&back, path), 0);
    CHECK_INT(back.count, 2);
    CHECK_STR(back.lines[1], history.lines[1]);
    CHECK_INT(back.fresh, 0);
    lab_history_free(&history);
    lab_history_free(&back);
    end();
}

TEST(blank_repeated_long_and_unclean_lines_are_not_kept) {
    struct lab_history history = {0};
    char line[LAB_HISTORY_LONGEST + 1];
    memset(line, 'x', sizeof line);
    CHECK(!lab_history_add(&history, "", 0));
    CHECK(!lab_history_add(&history, "   ", 3));
    CHECK(lab_history_add(&history, "a", 1));
    CHECK(!lab_history_add(&history, "a", 1));
    CHECK(lab_history_add(&history, "b", 1));
    CHECK(lab_history_add(&history, "a", 1));
    CHECK(lab_history_add(&history, line, LAB_HISTORY_LONGEST));
    CHECK(!lab_history_add(&history, line, LAB_HISTORY_LONGEST + 1));
    CHECK(!lab_history_add(&history, "a\nb", 3));
    CHECK(!lab_history_add(&history, "a\0b", 3));
    CHECK(!lab_history_add(&history, "\033[31m", 5));
    CHECK(!lab_history_add(&history, "\xff", 1));
    CHECK(!lab_history_add(&history, "\xc2\x85", 2));
    CHECK_INT(history.count, 4);
    lab_history_free(&history);
}

TEST(the_oldest_of_a_thousand_goes) {
    struct lab_history history = {0};
    char line[16];
    for (int i = 0; i < LAB_HISTORY_MOST + 5; i++) {
        snprintf(line, sizeof line, "line %d", i);
        add(&history, line);
    }
    CHECK_INT(history.count, LAB_HISTORY_MOST);
    CHECK_INT(history.fresh, LAB_HISTORY_MOST);
    CHECK_STR(history.lines[0], "line 5");
    lab_history_free(&history);
}

TEST(no_file_is_an_empty_history) {
    struct lab_history history = {0};
    begin();
    CHECK_INT(lab_history_load(&history, path), 0);
    CHECK_INT(lab_history_load(&history, "/dev/null/no/such/file"), 0);
    CHECK_INT(history.count, 0);
    CHECK_INT(lab_history_save(&history, path), 0);
    CHECK(access(path, F_OK) < 0); // nothing to keep, nothing written
    end();
}

TEST(garbage_in_the_file_is_passed_over) {
    struct lab_history history = {0};
    struct lab_text bytes = {0};
    begin();
    lab_text_write(&bytes, "one\r\n\xff\xfe\n\n\033[2J\ntwo\na\0b\n", 22);
    lab_text_repeat(&bytes, "x", 1024);
    lab_text_put(&bytes, "\nlast");
    write_file(path, bytes.data, bytes.length);
    CHECK_INT(lab_history_load(&history, path), 0);
    CHECK_INT(history.count, 3);
    CHECK_STR(history.lines[0], "one");
    CHECK_STR(history.lines[1], "two");
    CHECK_STR(history.lines[2], "last");
    lab_history_free(&history);
    lab_text_free(&bytes);
    end();
}

TEST(of_a_huge_file_the_end_is_read) {
    struct lab_history history = {0};
    struct lab_text bytes = {0};
    begin();
    for (int i = 0; i < 200000; i++)
        lab_text_printf(&bytes, "command number %d\n", i);
    write_file(path, bytes.data, bytes.length);
    CHECK_INT(lab_history_load(&history, path), 0);
    CHECK_INT(history.count, LAB_HISTORY_MOST);
    CHECK_STR(history.lines[LAB_HISTORY_MOST - 1], "command number 199999");
    lab_history_free(&history);
    lab_text_free(&bytes);
    end();
}

TEST(two_sessions_keep_each_others_lines) {
    struct lab_history a = {0}, b = {0};
    begin();
    write_file(path, "old\n", 4);
    CHECK_INT(lab_history_load(&a, path), 0);
    CHECK_INT(lab_history_load(&b, path), 0);
    add(&a, "from a");
    add(&b, "from b");
    CHECK_INT(lab_history_save(&a, path), 0);
    CHECK_INT(lab_history_save(&b, path), 0);
    CHECK_INT(lab_history_save(&b, path), 0);
    CHECK(file_is(path, "old\nfrom a\nfrom b\n"));
    lab_history_free(&a);
    lab_history_free(&b);
    end();
}

TEST(a_line_is_appended_to_what_is_there) {
    struct lab_history history = {0};
    struct stat before, after;
    begin();
    write_file(path, "old\nhalf", 8); // as a full disk may leave it
    CHECK(stat(path, &before) == 0);
    add(&history, "new");
    CHECK_INT(lab_history_save(&history, path), 0);
    CHECK(file_is(path, "old\nhalf\nnew\n"));
    add(&history, "newer");
    CHECK_INT(lab_history_save(&history, path), 0);
    CHECK(file_is(path, "old\nhalf\nnew\nnewer\n"));
    CHECK(stat(path, &after) == 0 && after.st_ino == before.st_ino);
    CHECK_INT(after.st_mode & 0777, 0600);
    lab_history_free(&history);
    end();
}

// Loads a file of as many lines as it may have.
static void fill(struct lab_history *history) {
    FILE *file = fopen(path, "w");
    CHECK(file);
    for (int i = 0; file && i < LAB_HISTORY_FILE_MOST; i++)
        fprintf(file, "line %d\n", i);
    if (file)
        fclose(file);
    CHECK_INT(lab_history_load(history, path), 0);
}

TEST(a_file_that_has_become_long_is_replaced_by_its_end) {
    struct lab_history history = {0}, back = {0};
    begin();
    fill(&history);
    add(&history, "x");
    CHECK_INT(lab_history_save(&history, path), 0);
    CHECK_INT(lab_history_load(&back, path), 0);
    CHECK_INT(back.in_file, LAB_HISTORY_MOST);
    CHECK_STR(back.lines[0], "line 1001");
    CHECK_STR(back.lines[LAB_HISTORY_MOST - 1], "x");
    add(&history, "y"); // and the next is appended again
    CHECK_INT(lab_history_save(&history, path), 0);
    lab_history_free(&back);
    CHECK_INT(lab_history_load(&back, path), 0);
    CHECK_INT(back.in_file, LAB_HISTORY_MOST + 1);
    lab_history_free(&history);
    lab_history_free(&back);
    end();
}

TEST(only_the_user_can_read_file_and_folder) {
    struct lab_history history = {0};
    struct stat about;
    char deep[128], inner[128];
    begin();
    snprintf(inner, sizeof inner, "%s/a", folder);
    snprintf(deep, sizeof deep, "%s/a/b/history", folder);
    add(&history, "x");
    CHECK_INT(lab_history_save(&history, deep), 0);
    CHECK(stat(deep, &about) == 0 && (about.st_mode & 0777) == 0600);
    CHECK(stat(inner, &about) == 0 && (about.st_mode & 0777) == 0700);
    unlink(deep);
    snprintf(deep, sizeof deep, "%s/a/b", folder);
    rmdir(deep);
    rmdir(inner);
    lab_history_free(&history);
    end();
}

TEST(links_folders_and_fifos_are_left_alone) {
    struct lab_history history = {0};
    struct stat about;
    begin();
    add(&history, "x");
    write_file(other, "precious\n", 9);
    CHECK(symlink(other, path) == 0);
    CHECK_INT(lab_history_load(&history, path), -ELOOP);
    CHECK_INT(lab_history_save(&history, path), -ELOOP);
    CHECK(lstat(path, &about) == 0 && S_ISLNK(about.st_mode));
    CHECK(file_is(other, "precious\n"));
    unlink(path);
    CHECK(mkfifo(path, 0600) == 0);
    CHECK_INT(lab_history_load(&history, path), LAB_ENOTFILE);
    CHECK_INT(lab_history_save(&history, path), LAB_ENOTFILE);
    unlink(path);
    CHECK(mkdir(path, 0700) == 0);
    CHECK_INT(lab_history_load(&history, path), LAB_ENOTFILE);
    CHECK_INT(lab_history_save(&history, path), -EISDIR);
    CHECK_INT(history.fresh, 1);
    lab_history_free(&history);
    end();
}

TEST(what_a_crash_left_is_replaced) {
    struct lab_history history = {0};
    char left[128];
    begin();
    fill(&history);
    snprintf(left, sizeof left, "%s.new", path);
    write_file(left, "half", 4);
    add(&history, "x");
    CHECK_INT(lab_history_save(&history, path), 0);
    CHECK(access(left, F_OK) < 0);
    lab_history_free(&history);
    CHECK_INT(lab_history_load(&history, path), 0);
    CHECK_STR(history.lines[LAB_HISTORY_MOST - 1], "x");
    lab_history_free(&history);
    end();
}

TEST(a_folder_that_cannot_be_made_is_an_error) {
    struct lab_history history = {0};
    add(&history, "x");
    CHECK_INT(lab_history_save(&history, "/dev/null/history"), -ENOTDIR);
    lab_history_free(&history);
}

TEST(lines_are_found_by_how_they_begin) {
    struct lab_history history = {0};
    add(&history, "run 3");
    add(&history, "list");
    add(&history, "run 4");
    add(&history, "run");
    CHECK_INT(lab_history_before(&history, 4, "run"), 2);
    CHECK_INT(lab_history_before(&history, 2, "run"), 0);
    CHECK(lab_history_before(&history, 0, "run") == SIZE_MAX);
    CHECK(lab_history_before(&history, 4, "un") == SIZE_MAX);
    CHECK_INT(lab_history_before(&history, 4, ""), 3);
    CHECK_INT(lab_history_from(&history, 1, "run"), 2);
    CHECK(lab_history_from(&history, 3, "run") == SIZE_MAX);
    lab_history_free(&history);
}

TEST(lines_are_found_by_a_part_of_them) {
    struct lab_history history = {0};
    add(&history, "run 3");
    add(&history, "list");
    add(&history, "rerun");
    CHECK_INT(lab_history_with(&history, 3, "run", true), 2);
    CHECK_INT(lab_history_with(&history, 2, "run", true), 0);
    CHECK(lab_history_with(&history, 0, "run", true) == SIZE_MAX);
    CHECK_INT(lab_history_with(&history, 0, "run", false), 0);
    CHECK_INT(lab_history_with(&history, 1, "run", false), 2);
    CHECK(lab_history_with(&history, 3, "run", false) == SIZE_MAX);
    CHECK(lab_history_with(&history, 4, "run", false) == SIZE_MAX);
    lab_history_free(&history);
}
