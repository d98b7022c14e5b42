// valgrind.h - lets a test ask whether Valgrind runs it, and set its options.
//
// Without Valgrind's header, no test knows, and none can.

#ifndef LAB_TEST_VALGRIND_H
#define LAB_TEST_VALGRIND_H

#include <stdbool.h>

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#endif
#ifndef RUNNING_ON_VALGRIND
#define RUNNING_ON_VALGRIND 0
#endif
#ifndef VALGRIND_CLO_CHANGE
#define VALGRIND_CLO_CHANGE(option) (void)(option)
#endif

static inline bool valgrind_runs_us(void) {
    return RUNNING_ON_VALGRIND;
}

// Turns off the leak check at the end of this process. A child that ends in the
// middle of its work leaves memory behind, and the check takes longer than the
// child. Errors are still reported.
static inline void valgrind_expect_leaks(void) {
    VALGRIND_CLO_CHANGE("--leak-check=no");
}

#endif
