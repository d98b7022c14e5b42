#include "base/save.h"

#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[TEST_FOLDER], path[TEST_FOLDER + 16];

static bool begin(void) {
    bool made = test_folder(folder);
    snprintf(path, sizeof path, "%s/file", folder);
    return CHECK(made);
}

static void end(void) {
    char command[TEST_FOLDER + 16];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    CHECK_INT(system(command), 0);
}

static const char *content(void) {
    static char text[100];
    FILE *file = fopen(path, "r");
    memset(text, 0, sizeof text);
    if (!file)
        return NULL;
    CHECK(fread(text, 1, sizeof text - 1, file) < sizeof text);
    fclose(file);
    return text;
}

// How many names the folder has.
static int names(void) {
    char command[TEST_FOLDER + 40];
    int count = -1;
    snprintf(command, sizeof command, "ls -A %s | wc -l", folder);
    FILE *pipe = popen(command, "r");
    CHECK(pipe && fscanf(pipe, "%d", &count) == 1);
    if (pipe)
        pclose(pipe);
    return count;
}

TEST(a_new_file_appears_whole_when_it_is_closed) {
    struct lab_save save;
    MUST(begin());
    MUST(CHECK_INT(lab_save_open(&save, path), 0));
    fputs("one", save.file);
    fflush(save.file);
    CHECK_STR(content(), NULL);
    CHECK_INT(lab_save_close(&save), 0);
    CHECK_STR(content(), "one");
    CHECK_INT(names(), 1);
    end();
}

TEST(a_file_that_is_dropped_leaves_the_old_one) {
    struct lab_save save;
    MUST(begin());
    for (int i = 0; i < 2; i++) {
        MUST(CHECK_INT(lab_save_open(&save, path), 0));
        fputs(i ? "two" : "one", save.file);
        if (i)
            lab_save_drop(&save);
        else
            CHECK_INT(lab_save_close(&save), 0);
    }
    CHECK_STR(content(), "one");
    CHECK_INT(names(), 1);
    end();
}

TEST(a_file_keeps_its_mode_and_a_read_only_one_is_refused) {
    struct lab_save save;
    struct stat about;
    MUST(begin());
    MUST(CHECK_INT(lab_save_open(&save, path), 0));
    CHECK_INT(lab_save_close(&save), 0);
    CHECK_INT(chmod(path, 0640), 0);
    MUST(CHECK_INT(lab_save_open(&save, path), 0));
    CHECK_INT(lab_save_close(&save), 0);
    CHECK_INT(stat(path, &about), 0);
    CHECK_INT(about.st_mode & 0777, 0640);
    CHECK_INT(chmod(path, 0440), 0);
    CHECK_INT(lab_save_open(&save, path), -EPERM);
    CHECK_INT(names(), 1);
    end();
}

TEST(what_a_killed_run_left_is_removed) {
    struct lab_save save;
    char left[TEST_FOLDER + 40];
    MUST(begin());
    snprintf(left, sizeof left, "%s/.file.looplab-a1B2c3", folder);
    FILE *file = fopen(left, "w");
    MUST(file);
    fclose(file);
    MUST(CHECK_INT(lab_save_open(&save, path), 0));
    CHECK_INT(lab_save_close(&save), 0);
    CHECK_INT(names(), 1);
    end();
}

TEST(a_full_disk_is_told_when_the_file_is_closed) {
    struct lab_save save;
    MUST(CHECK_INT(lab_save_open(&save, "/dev/full"), 0));
    for (int i = 0; i < 10000; i++)
        fputs("much too much", save.file);
    CHECK_INT(lab_save_close(&save), -ENOSPC);
}

TEST(a_folder_that_is_not_there_is_told_at_once) {
    struct lab_save save;
    CHECK_INT(lab_save_open(&save, "no/such/folder/file"), -ENOENT);
    CHECK_INT(lab_save_open(&save, "."), -EISDIR);
}
