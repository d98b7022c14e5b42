// test.h - small claims that register themselves.
//
// Use:
//     TEST(pop_of_an_empty_list_is_null) {
//         CHECK(lab_list_pop(&list) == NULL);
//     }
//     VIRTUAL_TEST(sleep_takes_exactly_its_time) {
//         CHECK_INT(lab_sleep(5 * LAB_MS), 0);
//         CHECK_INT(lab_now(), 5 * LAB_MS);
//     }
//
// Rules: the name is the claim, and tests/core/task.c tests src/core/task.c.
// No test waits in real time. Each leaves lab_alloc_live() as it found it.
//
// A failed check says so and the body goes on: it may be on a task's stack,
// from which there is no jumping out. Where going on would crash, use MUST.

#ifndef LAB_TEST_H
#define LAB_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A test, from TEST or VIRTUAL_TEST. For those two and main.c alone.
struct test {
    const char *name, *file;
    void (*body)(void);
    bool is_virtual;
    struct test *next;
};

// Adds [test] to those that run, behind the others of its file.
void test_add(struct test *test);

// Defines a test; its body follows.
#define TEST(name) TEST_DEFINE(name, false)

// Defines a test whose body runs as the root task of a virtual run.
#define VIRTUAL_TEST(name) TEST_DEFINE(name, true)

// Is [cond] true? As all checks, returns whether it passed, from any thread.
#define CHECK(cond) test_check(__FILE__, __LINE__, #cond, (cond))

// Is the integer [expr] equal to [expected]?
#define CHECK_INT(expr, expected)                                              \
    test_check_int(__FILE__, __LINE__, #expr, (int64_t)(expr),                 \
                   (int64_t)(expected))

// Is the string [expr] equal to [expected]? NULL equals NULL alone.
#define CHECK_STR(expr, expected)                                              \
    test_check_str(__FILE__, __LINE__, #expr, (expr), (expected))

// As CHECK, and leaves the function, which returns nothing, if it failed.
#define MUST(cond)                                                             \
    do {                                                                       \
        if (!test_check(__FILE__, __LINE__, #cond, (cond)))                    \
            return;                                                            \
    } while (0)

// Is there a test whose name is the [n] bytes at [name]?
bool test_exists(const char *name, size_t n);

// Says in one line that the test which runs is left out, and why.
void test_skip(const char *why);

// Makes a folder for files, in TMPDIR if it is set and short, and writes its
// path to [path]. Returns whether it could.
enum { TEST_FOLDER = 64 };
bool test_folder(char path[TEST_FOLDER]);

bool test_check(const char *file, int line, const char *text, bool passed);
bool test_check_int(const char *file, int line, const char *text, int64_t is,
                    int64_t expected);
bool test_check_str(const char *file, int line, const char *text,
                    const char *is, const char *expected);

#define TEST_DEFINE(test_name, virtually)                                      \
    static void test_body_##test_name(void);                                   \
    static struct test test_row_##test_name = {                                \
        .name = #test_name,                                                    \
        .file = __FILE__,                                                      \
        .body = test_body_##test_name,                                         \
        .is_virtual = virtually,                                               \
    };                                                                         \
    __attribute__((constructor)) static void test_add_##test_name(void) {      \
        test_add(&test_row_##test_name);                                       \
    }                                                                          \
    static void test_body_##test_name(void)

#endif
