// main.c - runs the tests that registered themselves, on cmocka.
//
//     build/tests              all of them
//     build/tests sleep heap   those whose name or file has one of the words
//     build/tests --list       says which there are
//
// The last line is "N passed, N failed".

#include "picture.h"
#include "test.h"

#include "guest/inside.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/error.h"
#include "core/loop.h"
#include "core/run.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct test *tests;
static size_t test_count;
static size_t passed, failed;
static atomic_int failures; // of the test that runs now; workers check too

// Called before main, in the order the linker likes: so files are kept in the
// order of their names, and within a file tests as they are written.
void test_add(struct test *test) {
    struct test **at = &tests;
    while (*at && strcmp((*at)->file, test->file) <= 0)
        at = &(*at)->next;
    test->next = *at;
    *at = test;
    test_count++;
}

bool test_exists(const char *name, size_t n) {
    for (const struct test *test = tests; test; test = test->next)
        if (strncmp(test->name, name, n) == 0 && !test->name[n])
            return true;
    return false;
}

void test_skip(const char *why) {
    printf("  skipped: %s\n", why);
}

bool test_folder(char path[TEST_FOLDER]) {
    const char *in = getenv("TMPDIR");
    if (!in || strlen(in) > TEST_FOLDER / 2)
        in = P_tmpdir;
    snprintf(path, TEST_FOLDER, "%.40s/looplab-test-XXXXXX", in);
    return mkdtemp(path) != NULL;
}

// The checks. What they print is one sentence that an editor can jump to.

static bool failure(void) {
    fflush(stderr);
    atomic_fetch_add(&failures, 1);
    return false;
}

bool test_check(const char *file, int line, const char *text, bool is_true) {
    if (is_true)
        return true;
    fprintf(stderr, "%s:%d: %s is false\n", file, line, text);
    return failure();
}

bool test_check_int(const char *file, int line, const char *text, int64_t is,
                    int64_t expected) {
    if (is == expected)
        return true;
    fprintf(stderr, "%s:%d: %s is %lld, not %lld\n", file, line, text,
            (long long)is, (long long)expected);
    return failure();
}

// Long texts are compared line by line, since the eye does not find what
// differs between two screenfuls.
static void print_difference(const char *is, const char *expected) {
    int line = 1;
    for (;; line++) {
        size_t a = strcspn(is, "\n"), b = strcspn(expected, "\n");
        if (a != b || memcmp(is, expected, a) != 0 || is[a] != expected[b])
            break;
        is += a + 1;
        expected += b + 1;
    }
    fprintf(stderr, "differs in line %d:\n", line);
    fprintf(stderr, "     is: %.*s%s\n", (int)strcspn(is, "\n"), is,
            strchr(is, '\n') ? "" : " (end of text)");
    fprintf(stderr, "    not: %.*s%s\n", (int)strcspn(expected, "\n"), expected,
            strchr(expected, '\n') ? "" : " (end of text)");
}

bool test_check_str(const char *file, int line, const char *text,
                    const char *is, const char *expected) {
    if (is == expected || (is && expected && strcmp(is, expected) == 0))
        return true;
    fprintf(stderr, "%s:%d: %s ", file, line, text);
    if (is && expected && (strchr(is, '\n') || strchr(expected, '\n')))
        print_difference(is, expected);
    else
        fprintf(stderr, "is %s%s%s, not %s%s%s\n", is ? "\"" : "",
                is ? is : "NULL", is ? "\"" : "", expected ? "\"" : "",
                expected ? expected : "NULL", expected ? "\"" : "");
    return failure();
}

// cmocka turns a crash into a failed test by jumping out of the handler. From
// a task's stack that leads nowhere, and it hides the crash from ASan: so the
// handlers that were there before cmocka are put back around each body.

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS};
static struct sigaction handlers[countof(crashes)];

static void keep_handlers(void) {
    for (size_t i = 0; i < countof(crashes); i++)
        sigaction(crashes[i], NULL, &handlers[i]);
}

static void put_handlers_back(void) {
    for (size_t i = 0; i < countof(crashes); i++)
        sigaction(crashes[i], &handlers[i], NULL);
}

static int root(void *arg) {
    const struct test *test = arg;
    test->body();
    return 0;
}

static void run_body(struct test *test) {
    if (!test->is_virtual) {
        test->body();
        return;
    }
    int rc = lab_run(&(struct lab_run_options){.name = test->name,
                                               .body = root,
                                               .arg = test,
                                               .clock = LAB_CLOCK_VIRTUAL});
    if (rc < 0) {
        fprintf(stderr, "%s: the run of %s ended with %d, %s\n", test->file,
                test->name, rc, lab_error_text(rc));
        failure();
    }
}

// What a test must leave as it found it.

static long open_files(void) {
    long count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (folder && readdir(folder))
        count++;
    if (folder)
        closedir(folder);
    return count;
}

static void check_same(const struct test *test, const char *what, long more) {
    if (more == 0)
        return;
    fprintf(stderr, "%s: in %s, %ld %s%s %s\n", test->file, test->name,
            labs(more), what, labs(more) == 1 ? "" : "s",
            more > 0 ? "leaked" : "too many given back");
    failure();
}

static int first_wait(void *arg) {
    (void)arg;
    return lab_sleep(LAB_NS);
}

// What libuv shares between loops it opens in the first real wait, and keeps.
static void warm_up(void) {
    int rc = lab_loop_main("warm up", first_wait, NULL);
    lab_assert(rc == 0);
}

static void run_row(void **state) {
    struct test *test = *state;
    atomic_store(&failures, 0);
    put_handlers_back();
    long live = lab_alloc_live(), files = open_files();
    run_body(test);
    picture_end(test->name);
    check_same(test, "allocation", lab_alloc_live() - live);
    check_same(test, "open file", open_files() - files);
    if (atomic_load(&failures) == 0) {
        passed++;
        return;
    }
    failed++;
    fail(); // jumps: nothing may follow
}

static bool wanted(const struct test *test, int argc, char **argv) {
    for (int i = 1; i < argc; i++)
        if (strstr(test->name, argv[i]) || strstr(test->file, argv[i]))
            return true;
    return argc < 2;
}

// Takes "--half=1" or "--half=2" out of the arguments: every second test of
// those that are wanted, so that two processors share them. 0: all.
static size_t take_half(int *argc, char ***argv) {
    static const char option[] = "--half=";
    if (*argc < 2 || strncmp((*argv)[1], option, strlen(option)) != 0)
        return 0;
    size_t half = (size_t)((*argv)[1][strlen(option)] - '0');
    --*argc;
    ++*argv;
    return half == 1 || half == 2 ? half : 0;
}

static int list(void) {
    for (const struct test *test = tests; test; test = test->next)
        printf("%s: %s\n", test->file, test->name);
    return 0;
}

int main(int argc, char **argv) {
    if (lab_guest_inside(argc, argv)) // we are looplab, for a guest
        return lab_guest_inside_main(argc, argv);
    if (argc == 2 && strcmp(argv[1], "--list") == 0)
        return list();
    size_t half = take_half(&argc, &argv), number = 0;
    struct CMUnitTest *rows = calloc(test_count + 1, sizeof *rows);
    if (!rows)
        return 71;
    size_t n = 0;
    for (struct test *test = tests; test; test = test->next)
        if (wanted(test, argc, argv) && (!half || number++ % 2 == half - 1))
            rows[n++] = (struct CMUnitTest){.name = test->name,
                                            .test_func = run_row,
                                            .initial_state = test};
    if (n == 0) {
        fprintf(stderr, "No test has that in its name or file; try --list.\n");
        free(rows);
        return 2;
    }
    // No test finds or leaves anything in the home of whoever runs it.
    setenv("HOME", "/dev/null", 1);
    unsetenv("XDG_STATE_HOME");
    warm_up();
    keep_handlers();
    setvbuf(stdout, NULL, _IOLBF, 0); // a crash must not swallow its name
    _cmocka_run_group_tests("tests", rows, n, NULL, NULL);
    free(rows);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed ? 1 : 0;
}
