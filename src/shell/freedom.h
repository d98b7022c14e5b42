// freedom.h - which values of a demo may be changed, and to what.
//
// Use:
//     struct lab_freedom freedom = {0};
//     lab_freedom_read(&freedom, "semaphore limit=1..9", &selection, &error);
//     lab_freedom_take(&freedom, "limit=3", &settings, &error);
//     lab_freedom_free(&freedom);

#ifndef LAB_SHELL_FREEDOM_H
#define LAB_SHELL_FREEDOM_H

#include "demo/grade.h"
#include "lesson/exercise.h"
#include "shell/select.h"
#include "shell/steps.h"

enum { LAB_FREEDOM_MOST = 2 };

struct lab_call;

struct lab_freedom {
    struct lab_freedom_param {
        size_t index; // in the demo
        struct lab_steps steps;
        char *range; // as its author wrote it: "1..9"; owned
    } params[LAB_FREEDOM_MOST];
    size_t count;
};

// Reads [text]: a variant, and parameters of the demo in [selection]. Those
// with several values may be changed; of the others [selection] has the value.
//
// Owns:   yours, until lab_freedom_free, also after an error.
// Errors: false, with one sentence in [error].
bool lab_freedom_read(struct lab_freedom *freedom, const char *text,
                      struct lab_selection *selection, struct lab_text *error);

// Reads what [exercise] gives to try with the demo that [selection] has loaded,
// and with the demo's own values, whatever was set: the claims, which must hold
// then, are about those.
//
// Owns:   [freedom] and [claims] are yours to free, also after an error.
// Errors: false, with one sentence in [error] that begins with the path.
bool lab_freedom_open(struct lab_freedom *freedom, struct lab_grade *claims,
                      const struct lab_exercise *exercise,
                      struct lab_selection *selection, struct lab_text *error);

void lab_freedom_free(struct lab_freedom *freedom);

// Sets in [settings], which are those of lab_freedom_read, what is [typed]:
// "limit=3 n=4", or "3" where one parameter may be changed.
//
// Errors: false, with one sentence in [error]: [typed] is not understood, or
//         not free.
bool lab_freedom_take(const struct lab_freedom *freedom, const char *typed,
                      struct lab_settings *settings, struct lab_text *error);

// Sets parameter [index] of those that are free to its step [step].
bool lab_freedom_step(const struct lab_freedom *freedom, size_t index,
                      size_t step, struct lab_settings *settings);

// Runs what [selection] is with [settings], and judges it by [claims]. Waits.
// Returns the run in [comparison], which is yours to free; NULL if there is
// none.
struct lab_run *lab_freedom_run(struct lab_call *call,
                                const struct lab_selection *selection,
                                const struct lab_grade *claims,
                                const struct lab_settings *settings,
                                struct lab_comparison *comparison);

// Do all claims hold in [run]? Not if it is NULL.
bool lab_freedom_holds(const struct lab_run *run);

// Is there something to try: does it not hold with the values of [selection],
// and with some that are free? Waits.
//
// Errors: false, with half a sentence in [error].
bool lab_freedom_check(struct lab_call *call, const struct lab_freedom *freedom,
                       const struct lab_selection *selection,
                       const struct lab_grade *claims, struct lab_text *error);

// Appends which values are free: "1 to 9", "100 to 900 ms, in steps of 100".
void lab_freedom_put_range(const struct lab_freedom_param *param,
                           const struct lab_demo *demo, struct lab_text *out);

// Appends values that are free, those of [settings] where they are: "limit=4".
void lab_freedom_put(const struct lab_freedom *freedom,
                     const struct lab_settings *settings, struct lab_text *out);

#endif
