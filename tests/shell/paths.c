#include "test.h"

#include "base/alloc.h"
#include "base/text.h"
#include "shell/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[] = {"b.jsonl",  "a.jsonl",   "a.txt",
                                    ".h.jsonl", "c d.jsonl", "\x1b.jsonl",
                                    ".jsonl"};

static char folder[TEST_FOLDER];

static void path_of(const char *name, char path[96]) {
    snprintf(path, 96, "%s/%s", folder, name);
}

static void begin(void) {
    char path[96];
    CHECK(test_folder(folder));
    for (size_t i = 0; i < countof(names); i++) {
        path_of(names[i], path);
        FILE *file = fopen(path, "w");
        CHECK(file && fclose(file) == 0);
    }
    path_of("deep", path);
    CHECK(mkdir(path, 0700) == 0);
}

static void end(void) {
    char path[96];
    for (size_t i = 0; i < countof(names); i++) {
        path_of(names[i], path);
        unlink(path);
    }
    path_of("deep", path);
    rmdir(path);
    CHECK(rmdir(folder) == 0);
}

static void add(void *to, const char *path) {
    const char *name = path + strlen(folder) + 1;
    lab_text_printf(to, "%s ",
                    strncmp(path, folder, strlen(folder)) == 0 ? name : path);
}

// What is offered for [word] in the folder, one after the other.
static void check_offered(const char *word, const char *expected) {
    struct lab_text text = {0};
    char path[96];
    path_of(word, path);
    lab_paths_offer(path, ".jsonl", add, &text);
    CHECK_STR(lab_text_string(&text), expected);
    lab_text_free(&text);
}

TEST(files_with_the_ending_and_folders_are_offered_by_name) {
    begin();
    check_offered("", "a.jsonl b.jsonl c d.jsonl deep/ ");
    check_offered("a", "a.jsonl ");
    check_offered("d", "deep/ ");
    check_offered("x", "");
    end();
}

TEST(hidden_files_are_offered_to_who_asks_for_them) {
    begin();
    check_offered(".", ".h.jsonl ");
    end();
}

TEST(a_folder_that_is_none_offers_nothing) {
    begin();
    check_offered("none/a", "");
    end();
}

TEST(without_a_slash_the_current_folder_is_meant) {
    struct lab_text text = {0};
    char before[4096];
    begin();
    CHECK(getcwd(before, sizeof before) && chdir(folder) == 0);
    lab_paths_offer("b.", ".jsonl", add, &text);
    CHECK(chdir(before) == 0);
    CHECK_STR(lab_text_string(&text), "b.jsonl ");
    lab_text_free(&text);
    end();
}
