#include "test.h"

#include "base/alloc.h"
#include "core/block.h"
#include "core/executor.h"
#include "core/file.h"
#include "core/loop.h"
#include "core/run.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NEW = LAB_FILE_WRITE | LAB_FILE_CREATE | LAB_FILE_TRUNCATE };

static char folder[TEST_FOLDER], path[80];

// A folder of this test's own, with a name for one file in it.
static void begin(void) {
    CHECK(test_folder(folder));
    snprintf(path, sizeof path, "%s/file", folder);
}

static void end(void) {
    unlink(path);
    CHECK_INT(rmdir(folder), 0);
}

static int put(const char *text, int flags) {
    lab_file *file;
    LAB_TRY(lab_file_open(&file, path, flags, 0644));
    int rc = lab_file_write_all(file, text, strlen(text));
    int closed = lab_file_close(file);
    return rc < 0 ? rc : closed;
}

// Is [text] all that the file contains?
static void check_content(const char *text) {
    lab_file *file = NULL;
    char bytes[200] = {0};
    int64_t size = 0;
    MUST(lab_file_open(&file, path, LAB_FILE_READ, 0) == 0);
    CHECK_INT(lab_file_size(file, &size), 0);
    CHECK_INT(size, strlen(text));
    int n = lab_file_read_some(file, bytes, sizeof bytes - 1);
    CHECK_INT(n == LAB_EOF ? 0 : n, strlen(text));
    CHECK_STR(bytes, text);
    CHECK_INT(lab_file_read_some(file, bytes, sizeof bytes), LAB_EOF);
    CHECK_INT(lab_file_close(file), 0);
}

VIRTUAL_TEST(what_is_written_to_a_file_is_read_again) {
    begin();
    CHECK_INT(put("one\ntwo\n", NEW), 0);
    check_content("one\ntwo\n");
    CHECK_INT(put("3", LAB_FILE_WRITE), 0);
    check_content("3ne\ntwo\n");
    CHECK_INT(put("end", LAB_FILE_WRITE | LAB_FILE_APPEND), 0);
    check_content("3ne\ntwo\nend");
    CHECK_INT(put("new", NEW), 0);
    check_content("new");
    CHECK_INT(lab_now(), 0); // a disk is not in the run's time
    end();
}

VIRTUAL_TEST(a_read_goes_on_where_the_last_one_ended) {
    lab_file *file = NULL;
    char bytes[4] = {0};
    begin();
    CHECK_INT(put("abcdefg", NEW), 0);
    MUST(lab_file_open(&file, path, LAB_FILE_READ | LAB_FILE_WRITE, 0) == 0);
    CHECK_INT(lab_file_read_some(file, bytes, 3), 3);
    CHECK_STR(bytes, "abc");
    CHECK_INT(lab_file_read_some(file, bytes, 0), 0);
    CHECK_INT(lab_file_write_all(file, "DE", 2), 0);
    CHECK_INT(lab_file_read_some(file, bytes, 3), 2);
    CHECK_STR(bytes, "fgc");
    CHECK_INT(lab_file_read_some(file, bytes, 3), LAB_EOF);
    CHECK_INT(lab_file_close(file), 0);
    check_content("abcDEfg");
    end();
}

VIRTUAL_TEST(a_file_that_cannot_be_opened_says_why) {
    lab_file *file = NULL;
    begin();
    CHECK_INT(lab_file_open(&file, path, LAB_FILE_READ, 0), LAB_ENOENT);
    CHECK_INT(lab_file_open(&file, path, 0, 0), LAB_EINVAL);
    CHECK_INT(lab_file_open(&file, folder, LAB_FILE_WRITE, 0), -21); // EISDIR
    CHECK(file == NULL);
    CHECK_INT(put("x", NEW), 0);
    CHECK_INT(put("y", NEW | LAB_FILE_EXCLUSIVE), -17); // EEXIST
    check_content("x");
    end();
}

VIRTUAL_TEST(what_a_file_was_not_opened_for_is_refused) {
    lab_file *file = NULL;
    char byte;
    begin();
    MUST(lab_file_open(&file, path, NEW, 0600) == 0);
    CHECK_INT(lab_file_read_some(file, &byte, 1), -9); // EBADF
    CHECK_INT(lab_file_close(file), 0);
    MUST(lab_file_open(&file, path, LAB_FILE_READ, 0) == 0);
    CHECK_INT(lab_file_write_all(file, "x", 1), -9);
    CHECK_INT(lab_file_close(file), 0);
    CHECK_INT(access(path, X_OK), -1);
    end();
}

VIRTUAL_TEST(a_full_disk_is_an_error_of_the_write) {
    lab_file *file = NULL;
    MUST(lab_file_open(&file, "/dev/full", LAB_FILE_WRITE, 0) == 0);
    CHECK_INT(lab_file_write_all(file, "x", 1), -28); // ENOSPC
    CHECK_INT(lab_file_close(file), 0);
}

// Past the limit the kernel first writes a part, and then refuses the rest.
VIRTUAL_TEST(a_write_that_does_not_fit_whole_is_an_error) {
    struct rlimit before;
    begin();
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){4, before.rlim_max});
    CHECK_INT(put("123456", NEW), -27); // EFBIG
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_DFL);
    check_content("1234");
    end();
}

VIRTUAL_TEST(a_large_write_is_written_whole) {
    enum { SIZE = 3 << 20 };
    lab_file *file = NULL;
    int64_t size = 0;
    char *bytes = lab_alloc(SIZE);
    begin();
    MUST(lab_file_open(&file, path, NEW | LAB_FILE_READ, 0600) == 0);
    memset(bytes, 'x', SIZE);
    CHECK_INT(lab_file_write_all(file, bytes, SIZE), 0);
    CHECK_INT(lab_file_size(file, &size), 0);
    CHECK_INT(size, SIZE);
    CHECK_INT(lab_file_close(file), 0);
    lab_free(bytes);
    end();
}

// --- who asks

static int in_worker(void *arg) {
    lab_file *file;
    char byte;
    CHECK_INT(lab_file_open(&file, "/dev/null", LAB_FILE_READ, 0), LAB_EPERM);
    CHECK_INT(lab_file_read_some(arg, &byte, 1), LAB_EPERM);
    CHECK_INT(lab_file_write_all(arg, "x", 1), LAB_EPERM);
    CHECK(lab_pool_default() == NULL);
    return 0;
}

VIRTUAL_TEST(a_worker_cannot_await_a_file) {
    lab_file *file = NULL;
    MUST(lab_file_open(&file, "/dev/null", LAB_FILE_READ, 0) == 0);
    CHECK_INT(lab_offload(lab_pool_default(), in_worker, file), 0);
    CHECK_INT(lab_file_close(file), 0);
}

VIRTUAL_TEST(the_default_pool_is_made_once) {
    lab_pool *pool = lab_pool_default();
    CHECK(pool != NULL);
    CHECK(lab_pool_default() == pool);
}

// --- cancelling

static int holds(void *arg) {
    lab_block(*(lab_time *)arg);
    return 0;
}

static int hold_worker(void *arg) {
    return lab_offload(lab_pool_default(), holds, arg);
}

static int write_x(void *arg) {
    return lab_file_write_all(arg, "x", 1);
}

VIRTUAL_TEST(a_write_cancelled_while_it_is_queued_did_not_happen) {
    lab_time time = LAB_S;
    lab_file *file = NULL;
    begin();
    MUST(lab_file_open(&file, path, NEW, 0600) == 0);
    lab_task *busy[4];
    for (size_t i = 0; i < countof(busy); i++)
        busy[i] = lab_spawn("hold", hold_worker, &time);
    lab_task *task = lab_spawn("write", write_x, file);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_now(), LAB_MS);
    CHECK_INT(lab_gather(busy, countof(busy)), 0);
    CHECK_INT(lab_file_close(file), 0);
    check_content("");
    end();
}

static int write_then_yield(void *arg) {
    LAB_TRY(lab_file_write_all(arg, "x", 1));
    return lab_yield();
}

struct race {
    lab_file *file;
    lab_task *writer;
};

static int cancel_writer(void *arg) {
    struct race *race = arg;
    int64_t size;
    LAB_TRY(lab_file_size(race->file, &size));
    lab_cancel(race->writer);
    return 0;
}

// In the turn in which the write ends the cancel comes first, or the write.
VIRTUAL_TEST(a_write_that_has_begun_counts) {
    struct race race = {0};
    lab_task *canceller = NULL;
    begin();
    MUST(lab_file_open(&race.file, path, NEW, 0600) == 0);
    for (int k = 0; k < 2; k++) {
        int64_t size = 0;
        if (k == 0)
            canceller = lab_spawn("cancel", cancel_writer, &race);
        race.writer = lab_spawn("write", write_then_yield, race.file);
        if (k == 1)
            canceller = lab_spawn("cancel", cancel_writer, &race);
        CHECK_INT(lab_await(canceller), 0);
        CHECK_INT(lab_await(race.writer), LAB_ECANCELED); // by its yield
        CHECK_INT(lab_file_size(race.file, &size), 0);
        CHECK_INT(size, k + 1);
    }
    CHECK_INT(lab_file_close(race.file), 0);
    check_content("xx");
    end();
}

static int close_it(void *arg) {
    CHECK_INT(lab_sleep(LAB_S), LAB_ECANCELED);
    CHECK_INT(lab_file_write_all(arg, "x", 1), LAB_ECANCELED);
    return lab_file_close(arg);
}

VIRTUAL_TEST(a_cancelled_task_still_closes_its_file) {
    lab_file *file = NULL;
    begin();
    MUST(lab_file_open(&file, path, NEW, 0600) == 0);
    lab_task *task = lab_spawn("close", close_it, file);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), 0); // no descriptor is left: main.c looks
    check_content("");
    end();
}

static int copy_all(void *arg) {
    (void)arg;
    begin();
    CHECK_INT(put("real", NEW), 0);
    check_content("real");
    end();
    return 0;
}

TEST(files_are_awaited_under_the_real_clock_too) {
    CHECK_INT(lab_loop_main("main", copy_all, NULL), 0);
}

// --- the page cache

// Another page and a bit, so that the last one counts what the file has of it.
VIRTUAL_TEST(what_was_just_written_is_in_the_page_cache) {
    static char bytes[70000];
    lab_file *file = NULL;
    int64_t cached = -1;
    begin();
    MUST(lab_file_open(&file, path, NEW | LAB_FILE_READ, 0644) == 0);
    CHECK_INT(lab_file_cached(file, &cached), 0);
    CHECK_INT(cached, 0);
    CHECK_INT(lab_file_write_all(file, bytes, sizeof bytes), 0);
    CHECK_INT(lab_file_cached(file, &cached), 0);
    CHECK_INT(cached, sizeof bytes);
    // Whether it is forgotten then is the file system's affair.
    CHECK_INT(lab_file_uncache(file), 0);
    CHECK_INT(lab_file_cached(file, &cached), 0);
    CHECK(cached >= 0 && cached <= (int64_t)sizeof bytes);
    CHECK_INT(lab_file_close(file), 0);
    CHECK_INT(lab_now(), 0);
    end();
}

// No file but a long one: it takes memory of nobody.
VIRTUAL_TEST(a_hole_is_not_in_the_page_cache) {
    lab_file *file = NULL;
    int64_t cached = -1;
    begin();
    MUST(lab_file_open(&file, path, NEW | LAB_FILE_READ, 0644) == 0);
    CHECK_INT(truncate(path, 100 << 20), 0);
    CHECK_INT(lab_file_cached(file, &cached), 0);
    CHECK(cached < 1 << 20); // Valgrind looks at the beginning of each map
    CHECK_INT(lab_file_close(file), 0);
    end();
}

VIRTUAL_TEST(a_file_can_be_as_slow_as_a_disk) {
    lab_file *file = NULL;
    char bytes[4];
    begin();
    CHECK_INT(put("abcd", NEW), 0);
    MUST(lab_file_open(&file, path, LAB_FILE_READ, 0) == 0);
    lab_file_slow_down(file, 30 * LAB_MS);
    CHECK_INT(lab_file_read_some(file, bytes, 2), 2);
    CHECK_INT(lab_file_read_some(file, bytes, 2), 2);
    CHECK_INT(lab_now(), 60 * LAB_MS);
    CHECK_INT(lab_file_close(file), 0);
    CHECK_INT(lab_now(), 60 * LAB_MS);
    end();
}
