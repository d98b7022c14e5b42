// generator.h - a function that hands out values one at a time.
//
// Use:
//     static int count_to(lab_generator *self, void *arg) {
//         for (int i = 1; i <= *(int *)arg; i++)
//             LAB_TRY(lab_generator_yield(self, i, NULL));
//         return 0;
//     }
//     lab_generator *g = lab_generator_new("count", count_to, &three);
//     while ((rc = lab_generator_next(g, &value)) == 0)
//         lab_say("%lld", (long long)value);
//     lab_generator_free(g); // rc was LAB_EOF
//
// States:
//     created --next--> running --yield--> suspended --next, send--> running
//        `----close---> closed <--return--'   `--close--> running --> closed
//
// A generator has a stack of its own from its start to its end. A task that
// resumes it lends it the thread, and continues when it yields. No loop is
// involved; await does no more than this. The body runs as part of the task
// that resumed it: where the body waits, that task waits, and the body hears a
// cancel of the task. Another task may resume it next, so the body must leave a
// timeout or shield before it yields.

#ifndef LAB_CORE_GENERATOR_H
#define LAB_CORE_GENERATOR_H

#include "core/task.h"

#include <stdint.h>

typedef struct lab_generator lab_generator;

// The body. Zero or more is success and the result; negative is an error
// code, which the caller of the resuming function gets.
typedef int lab_generator_fn(lab_generator *self, void *arg);

enum lab_generator_state {
    LAB_GENERATOR_CREATED,   // the body has not begun
    LAB_GENERATOR_RUNNING,   // it runs, or waits as part of a task
    LAB_GENERATOR_SUSPENDED, // it is in a yield
    LAB_GENERATOR_CLOSED,    // it has returned, or will never begin
};

// Makes a generator; [fn] does not run yet. May be called anywhere.
//
// Owns:   yours, until lab_generator_free. [arg] stays yours and must outlive
//         the body. [name] is copied, 31 bytes of it at most.
// Source: calling a Python function that has a `yield` in it.
#define lab_generator_new (LAB_HERE, lab_generator_new_here)
lab_generator *lab_generator_new_here(const char *name, lab_generator_fn *fn,
                                      void *arg);

// Runs the body up to its next yield and stores the value that it hands out in
// [*value], which may be NULL. The yield it was in returns 0, with 0 sent.
// Waits where the body waits.
//
// Errors: LAB_EOF when the body has returned, now or earlier. If it returns an
//         error now, that error. LAB_EBUSY if it is running; LAB_EPERM outside
//         of a task.
// Source: Python's next().
LAB_CHECKED int lab_generator_next(lab_generator *generator, int64_t *value);
#define lab_generator_next LAB_COVER(lab_generator_next)

// As lab_generator_next; the yield that the body is in gets [sent].
//
// Errors: as above; LAB_EINVAL if the body has not begun: there is no yield yet
//         to get it.
// Source: Python's generator.send(), of which its coroutines were made.
LAB_CHECKED int lab_generator_send(lab_generator *generator, int64_t sent,
                                   int64_t *value);
#define lab_generator_send LAB_COVER(lab_generator_send)

// From the body: hands out [value], and the task that resumed it continues.
// Returns when it is resumed again, with what was sent in [*sent] (may be
// NULL).
//
// Errors: LAB_ECANCELED if the generator is being closed: clean up and return.
//         Waiting is still allowed, yielding is not: see lab_generator_close.
//         LAB_EINVAL outside the body of [self], also in the body of another
//         generator that it has resumed.
// Source: Python's `sent = yield value`.
LAB_CHECKED int lab_generator_yield(lab_generator *self, int64_t value,
                                    int64_t *sent);
#define lab_generator_yield LAB_COVER(lab_generator_yield)

// From the body of [self]: hands out all remaining values of [inner], passes on
// what is sent, and returns what the body of [inner] returned. If [self] is
// closed meanwhile, so is [inner].
//
// Errors: that of the body of [inner], or of its clean-up; LAB_ECANCELED as for
//         lab_generator_yield; LAB_EBUSY if [inner] runs.
// Source: Python's `yield from`, the predecessor of `await`.
LAB_CHECKED int lab_generator_yield_from(lab_generator *self,
                                         lab_generator *inner);
#define lab_generator_yield_from LAB_COVER(lab_generator_yield_from)

// Ends the generator: the yield that its body is in returns LAB_ECANCELED, and
// the body cleans up and returns. A body that has not begun never will. Does
// nothing to a closed generator. Waits where the body waits.
//
// Errors: what the body returned, if that is negative and not LAB_ECANCELED.
//         LAB_EBUSY if the body is running, or yields once more instead of
//         returning: the value is lost, and the generator is suspended there
//         and can be closed again. LAB_EPERM outside of a task, if the body has
//         begun.
// Source: Python's generator.close().
LAB_CHECKED int lab_generator_close(lab_generator *generator);
#define lab_generator_close LAB_COVER(lab_generator_close)

// Frees [generator]; NULL is fine. It is closed first, if it is not, so this
// waits where the body waits; an error of the body is lost. If the body runs,
// or yields while it is closed, the program ends with a sentence that says
// where the generator was made.
//
// Owns: takes [generator].
void lab_generator_free(lab_generator *generator);
#define lab_generator_free LAB_COVER(lab_generator_free)

// The state of [generator].
//
// Source: Python's inspect.getgeneratorstate.
enum lab_generator_state lab_generator_state(const lab_generator *generator);

// What the body returned; LAB_EINVAL while it has not, LAB_ECANCELED if it
// was closed before it began.
//
// Source: Python's StopIteration.value.
int lab_generator_result(const lab_generator *generator);

#endif
