#include "lesson/progress.h"

#include "base/alloc.h"
#include "base/read.h"
#include "core/sanitizer.h"
#include "folder.h"
#include "test.h"
#include "valgrind.h"

#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define OLD "2026-11-27T11:00:01.000001Z lesson 01 read\n"

static void load(const char *path, struct lab_text *text) {
    lab_text_clear(text);
    if (lab_read_file(path, SIZE_MAX, text) < 0)
        lab_text_clear(text);
}

// How many lessons are known from the file, all read to their ends?
static int count_read(const char *path) {
    struct lab_progress_all all;
    int count = 0;
    CHECK_INT(lab_progress_read(&all, path), 0);
    for (size_t i = 0; i < all.count; i++)
        count += all.lessons[i].is_read;
    CHECK_INT(count, all.count);
    lab_progress_free(&all);
    return count;
}

TEST(a_line_is_added_to_a_file_of_the_user_alone) {
    struct folder folder;
    struct stat is;
    struct lab_text text = {0};
    folder_init(&folder);
    char *path = lab_strdup(folder_file(&folder, "a/b/progress"));
    CHECK_INT(count_read(path), 0);
    CHECK_INT(lab_progress_append(path, "lesson 01 read"), 0);
    CHECK_INT(lab_progress_append(path, "lesson 02 read"), 0);
    CHECK_INT(count_read(path), 2);
    CHECK(stat(path, &is) == 0 && (is.st_mode & 0777) == 0600);
    CHECK(stat(folder_file(&folder, "a/b"), &is) == 0 &&
          (is.st_mode & 0777) == 0700);
    load(path, &text);
    CHECK(strncmp(text.data, "# looplab progress 1: ", 22) == 0);
    // What is in a name cannot end a line, nor reach a terminal.
    CHECK_INT(lab_progress_append(path, "try 03 a\nreset all\033[2J"), 0);
    load(path, &text);
    CHECK(strstr(text.data, "try 03 a\\x0areset all\\x1b[2J\n"));
    unlink(path);
    rmdir(folder_file(&folder, "a/b"));
    rmdir(folder_file(&folder, "a"));
    lab_free(path);
    lab_text_free(&text);
    folder_term(&folder);
}

TEST(a_file_torn_anywhere_keeps_its_whole_lines_and_takes_more) {
    static const char lines[] =
        OLD "2026-11-27T11:00:02.000001Z lesson 12 read\n"
            "2026-11-27T11:00:03.000001Z reset 121\n"
            "2026-11-27T11:00:04.000001Z reset all\n";
    struct folder folder;
    folder_init(&folder);
    for (size_t n = 0; n < sizeof lines; n++) {
        struct lab_text text = {0};
        char torn[sizeof lines];
        int before = 0;
        snprintf(torn, sizeof torn, "%.*s", (int)n, lines);
        folder_put(&folder, "progress", torn);
        before = count_read(folder.file);
        CHECK_INT(lab_progress_append(folder.file, "lesson 30 read"), 0);
        load(folder.file, &text);
        CHECK(strncmp(text.data, torn, n) == 0);
        if (!CHECK_INT(count_read(folder.file), before + 1))
            CHECK_STR(torn, "");
        lab_text_free(&text);
    }
    folder_term(&folder);
}

TEST(a_place_that_takes_no_line_is_an_error_and_stays) {
    struct folder folder;
    folder_init(&folder);
    CHECK_INT(lab_progress_append(folder.path, "lesson 01 read"), -EISDIR);
    CHECK_INT(lab_progress_append("/dev/null", "lesson 01 read"), LAB_ENOTFILE);
    CHECK_INT(lab_progress_append("/dev/null/a/b", "lesson 01 read"), -ENOTDIR);
    folder_put(&folder, "progress", OLD);
    chmod(folder.file, 0400);
    if (geteuid() != 0) // root may write all
        CHECK_INT(lab_progress_append(folder.file, "x 01 y"), -EACCES);
    CHECK(folder_holds(&folder, "progress", OLD));
    CHECK(mkfifo(folder_file(&folder, "pipe"), 0600) == 0);
    CHECK_INT(lab_progress_append(folder.file, "x 01 y"), LAB_ENOTFILE);
    folder_term(&folder);
}

// --- killed, full, and two at once

// Calls lab_progress_append in a child, and returns the child.
static pid_t begin(const char *path, void (*before)(void)) {
    pid_t child = fork();
    if (child != 0)
        return child;
    before();
    int rc = lab_progress_append(path, "lesson 30 read");
    syscall(SYS_exit_group, -rc);
    return 0;
}

static void fill_disk(void) {
    struct rlimit limit = {sizeof OLD - 1 + 10, sizeof OLD - 1 + 10};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
}

TEST(a_full_disk_leaves_the_lines_before) {
    struct folder folder;
    int status;
    folder_init(&folder);
    folder_put(&folder, "progress", OLD);
    waitpid(begin(folder.file, fill_disk), &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == EFBIG);
    CHECK_INT(count_read(folder.file), 1);
    CHECK_INT(lab_progress_append(folder.file, "lesson 02 read"), 0);
    CHECK_INT(count_read(folder.file), 2);
    folder_term(&folder);
}

static void be_traced(void) {
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
}

// Kills the child when it enters or leaves a system call for the [n]th time.
// Returns false if it ended before.
static bool kill_at(pid_t child, int n) {
    int status;
    waitpid(child, &status, 0);
    while (WIFSTOPPED(status) && n-- > 0) {
        ptrace(PTRACE_SYSCALL, child, NULL, NULL);
        waitpid(child, &status, 0);
    }
    if (!WIFSTOPPED(status))
        return false;
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return true;
}

static bool may_trace(void) {
    int status;
    pid_t child = fork();
    if (child == 0)
        syscall(SYS_exit_group, ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0);
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(killed_at_any_system_call_it_has_whole_lines) {
    static const char *const begun[] = {NULL, OLD, OLD "2026-11-27T11:00"};
    struct folder folder;
    if (!may_trace()) {
        test_skip("no process may be traced here");
        return;
    }
    if (LAB_SANITIZED || valgrind_runs_us()) {
        test_skip("a checker makes many system calls of its own");
        return;
    }
    folder_init(&folder);
    for (size_t i = 0; i < countof(begun); i++) {
        int stops = 0, added = 0, befores = 0, afters = 0;
        for (bool killed = true; killed; stops++) {
            struct lab_text text = {0};
            size_t n = begun[i] ? strlen(begun[i]) : 0;
            unlink(folder_file(&folder, "progress"));
            if (begun[i])
                folder_put(&folder, "progress", begun[i]);
            killed = kill_at(begin(folder.file, be_traced), stops);
            load(folder.file, &text);
            CHECK(text.length >= n &&
                  (n == 0 || !memcmp(text.data, begun[i], n)));
            int count = count_read(folder.file) - (n > 0);
            CHECK(count == 0 || count == 1);
            CHECK(killed || count == 1);
            added = count;
            befores += count == 0;
            afters += count == 1 && killed;
            CHECK_INT(lab_progress_append(folder.file, "lesson 02 read"), 0);
            CHECK_INT(count_read(folder.file), added + 1 + (n > 0));
            lab_text_free(&text);
        }
        CHECK(stops > 8); // open, fstat, lseek, write, close: twice each
        CHECK(befores > 0 && afters > 0);
    }
    folder_term(&folder);
}

TEST(two_sessions_at_once_lose_no_line) {
    enum { EACH = 200 };
    struct folder folder;
    int status;
    folder_init(&folder);
    folder_file(&folder, "progress");
    pid_t child = fork();
    for (int i = 0; i < EACH; i++) {
        char words[64];
        snprintf(words, sizeof words, "lesson %d read",
                 child == 0 ? i : EACH + i);
        CHECK_INT(lab_progress_append(folder.file, words), 0);
    }
    if (child == 0)
        syscall(SYS_exit_group, 0);
    waitpid(child, &status, 0);
    CHECK_INT(count_read(folder.file), 2 * EACH);
    folder_term(&folder);
}
