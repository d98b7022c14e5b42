// generator.h - a function that hands out values one at a time.
//
// Use:
//     static int count_to(lab_generator *self, void *arg) {
//         for (int i = 1; i <= *(int *)arg; i++)
//             LAB_TRY(lab_generator_yield(self, i, NULL));
//         return 0;
//     }
//     lab_generator *g = lab_generator_new(count_to, &three);
//     while ((rc = lab_generator_next(g, &value)) == 0)
//         lab_say("%lld", (long long)value);
//     lab_generator_free(g); // rc was LAB_EOF
//
// What it goes through:
//     created --next--> running --yield--> suspended --next, send--> running
//        `----close---> closed <--return--'   `--close--> running --> closed
//
// A generator has a stack of its own while it is under way. Whoever resumes
// it lends it the thread and goes on when it yields: no loop is involved, and
// that is all that await does, too. Its body runs as part of the task that
// resumed it: where the body waits, that task waits, and a cancel of the task
// is heard by the body. The next resumption may be another task's, so a
// timeout or shield that the body enters is left again before it yields.

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
    LAB_GENERATOR_CLOSED,    // it has returned, or never will begin
};

// Makes a generator; nothing of [fn] runs yet. May be called anywhere.
//
// Owns:   yours, until lab_generator_free. [arg] stays yours and must outlive
//         the body.
// Source: calling a Python function that has a `yield` in it.
#define lab_generator_new (LAB_HERE, lab_generator_new_here)
lab_generator *lab_generator_new_here(lab_generator_fn *fn, void *arg);

// Runs the body up to its next yield and stores the value that it hands out
// in [*value] (NULL: nobody wants it). The yield it was in returns 0 with 0
// sent. Waits where the body waits.
//
// Errors: LAB_EOF when the body has returned, now or earlier. If that is
//         now, and it returned an error, then that error. LAB_EBUSY if it is
//         running; LAB_EPERM where there is no task.
// Source: Python's next().
LAB_CHECKED int lab_generator_next(lab_generator *generator, int64_t *value);
#define lab_generator_next LAB_COVER(lab_generator_next)

// As lab_generator_next; the yield that the body is in gets [sent].
//
// Errors: as above; LAB_EINVAL if the body has not begun, for then no yield
//         is there to get it.
// Source: Python's generator.send(), of which its coroutines were made.
LAB_CHECKED int lab_generator_send(lab_generator *generator, int64_t sent,
                                   int64_t *value);
#define lab_generator_send LAB_COVER(lab_generator_send)

// From the body: hands out [value] and lets whoever resumed it go on. Returns
// when it is resumed again, with what was sent in [*sent] (may be NULL).
//
// Errors: LAB_ECANCELED if the generator is being closed: clean up and return.
//         Waiting is still allowed, yielding is not: see lab_generator_close.
//         LAB_EINVAL anywhere else than in the body of [self], and in that of
//         another generator which it has resumed.
// Source: Python's `sent = yield value`.
LAB_CHECKED int lab_generator_yield(lab_generator *self, int64_t value,
                                    int64_t *sent);
#define lab_generator_yield LAB_COVER(lab_generator_yield)

// From the body of [self]: hands out all that [inner] still hands out, passes
// on what is sent, and returns what the body of [inner] returned. If [self]
// is closed meanwhile, so is [inner].
//
// Errors: that of the body of [inner], or of its clean-up; LAB_ECANCELED as
//         lab_generator_yield; LAB_EBUSY if [inner] runs.
// Source: Python's `yield from`, the predecessor of `await`.
LAB_CHECKED int lab_generator_yield_from(lab_generator *self,
                                         lab_generator *inner);
#define lab_generator_yield_from LAB_COVER(lab_generator_yield_from)

// Ends the generator: the yield that its body is in returns LAB_ECANCELED,
// and the body cleans up and returns. One that has not begun never will; one
// that is closed stays so. Waits where the body waits.
//
// Errors: what the body returned, if that is negative and not LAB_ECANCELED.
//         LAB_EBUSY if the body yields once more instead of returning: the
//         value is lost and it is suspended there, to be closed again. Or if
//         it is running. LAB_EPERM where there is no task, if it has begun.
// Source: Python's generator.close().
LAB_CHECKED int lab_generator_close(lab_generator *generator);
#define lab_generator_close LAB_COVER(lab_generator_close)

// Frees [generator]; NULL is fine. One that is not closed is closed first,
// so this waits where the body waits; its error, if any, is not told.
// A body that runs, or that yields while it is closed, ends the program with
// a sentence that says where the generator was made.
//
// Owns: takes [generator].
void lab_generator_free(lab_generator *generator);
#define lab_generator_free LAB_COVER(lab_generator_free)

// How far it has come.
//
// Source: Python's inspect.getgeneratorstate.
enum lab_generator_state lab_generator_state(const lab_generator *generator);

// What the body returned; LAB_EINVAL while it has not, LAB_ECANCELED if it
// was closed before it began.
//
// Source: Python's StopIteration.value.
int lab_generator_result(const lab_generator *generator);

#endif
