// grade.h - a program is judged by claims under many schedules, and in several
// cases.
//
// Use:
//     struct lab_grade grade = {.small = "n=3 limit=2", .seeds = 10000, ...};
//     lab_grade_claims(&grade, texts, count);
//     lab_grade_run(&grade, &settings, index);
//     if (!grade.passed) ... grade.phases[grade.phase].claims[grade.claim] ...
//     lab_grade_free(&grade);
//
// The grader sees records and nothing else: no source text, no name of a task
// that no claim speaks of. Grading stops after the first phase in which a claim
// does not hold.
//
//     SMALL   the small values under every order, those with the fewest choices
//             that are not first in, first out before the others
//     LATE    the same with the first timer late, with the second, and so on
//     CANCEL  the same with a task cancelled, at each moment
//     CASES   each case under first in, first out, and under seeds
//
// A claim is one of claim.h. With "late:" or "cancel:" it is judged in that
// phase alone, and of the others none is judged under a cancel. Times, turns,
// shares and warnings are not judged under a late timer. With "fifo:" a claim
// is judged under first in, first out alone.
//
// That a run ends ok is claimed of every program: unless its author says how it
// ends, that is the first claim. Under a cancel it is that the run ends at all:
// neither by a crash, nor in a deadlock, nor at a limit. There a gauge, or
// lines, of which there are none are 0.

#ifndef LAB_DEMO_GRADE_H
#define LAB_DEMO_GRADE_H

#include "core/schedule.h"
#include "demo/drive_goal.h"
#include "demo/param.h"
#include "record/run.h"

struct lab_grade_plan; // grade_plan.h

enum lab_grade_phase {
    LAB_GRADE_SMALL,
    LAB_GRADE_LATE,
    LAB_GRADE_CANCEL,
    LAB_GRADE_CASES,
    LAB_GRADE_PHASES,
};

// What became of one claim in one phase.
struct lab_grade_claim {
    bool judged;    // in at least one run
    size_t broken;  // the number of runs in which it did not hold
    char *schedule; // the simplest of their schedules, for --schedule=; owned.
                    // NULL, though broken: it is not known
    char *values;   // and the values there: "n=3 limit=2"; owned
    // In that run; or in the first, if it held in all of them. Of a claim in
    // words, [measured] is what the run returned: LAB_EDEADLK, or LAB_ECRASHED.
    bool missing;
    int64_t predicted, measured;
    enum lab_claim_unit unit;
    uint32_t event; // the first against it, from 1 on; 0: no single one is
    // grade.c's own: how simple [schedule] is.
    struct lab_schedule_cost cost;
};

struct lab_grade_result {
    size_t tried;
    bool truncated; // there are more orders than were tried
    bool done;
    struct lab_grade_claim *claims; // as many as there are; NULL: not begun
};

struct lab_grade {
    // The plan. Strings are owned, claims are set by lab_grade_claims.
    char **claims; // as their author wrote them
    size_t claim_count;
    bool implied; // claims[0] is "ends ok", which nobody has written
    char *small;  // values, between spaces: "n=3 limit=2"
    char **cases;
    size_t case_count;
    bool late, cancel;      // are these phases asked for?
    size_t seeds;           // of all cases together
    size_t most, most_each; // orders of SMALL; of each group of LATE and CANCEL
                            // 0: LAB_GRADE_MOST and LAB_GRADE_MOST_EACH
    lab_time
        patience; // it ends after this much of the machine's time; 0: never
    lab_time (*clock)(void); // that time; NULL is the real one
    // Called after each run, and for a guest when news comes of it. May wait;
    // returns false to stop. May be NULL.
    bool (*tick)(void *arg, const struct lab_grade *grade);
    void *arg;
    // What came out.
    struct lab_grade_result phases[LAB_GRADE_PHASES];
    struct lab_drive_way ways[LAB_DRIVE_GOALS]; // of SMALL: see drive.h
    bool passed;
    int phase;      // the first in which a claim does not hold; or -1
    size_t claim;   // the first of those
    bool stopped;   // by the tick, or from the terminal: then it is not passed
    bool timed_out; // not all was tried, for lack of time: nor then
    bool is_cut;    // the program was cut off in a run, by a crash or a limit
    char *error;    // how, in a sentence, if that is known; owned
    const struct lab_grade_plan *plan; // while it is graded; grade_plan.h
};

enum {
    LAB_GRADE_MOST = 20000,
    LAB_GRADE_MOST_EACH = 500,
    LAB_GRADE_DEEPEST = 100, // choices of an order that are varied
};

// "small", "late", "cancel", "cases".
extern const char *const lab_grade_phases[LAB_GRADE_PHASES];

// Copies the claims, in the order of their author. With "ends ok" before them
// unless there is one about how the run ends.
void lab_grade_claims(struct lab_grade *grade, char *const *texts,
                      size_t count);

// Reads every claim and all values with the parameters of [settings].
//
// Errors: false, with one sentence in [error] that names what is wrong.
LAB_CHECKED bool lab_grade_check(const struct lab_grade *grade,
                                 const struct lab_settings *settings,
                                 struct lab_text *error);

// Grades variant [index] of settings->demo in this process, with the virtual
// clock. Waits if the tick does. Values that it does not know are left as they
// are: see lab_grade_check.
void lab_grade_run(struct lab_grade *grade, const struct lab_settings *settings,
                   size_t index);

// Notes what the first claim that does not hold came to in [run], which is the
// simplest run against it once more, judged, and is shown: in its own order a
// turn has an end, so lines and events may be others than in the graded run.
void lab_grade_note_again(struct lab_grade *grade, const struct lab_run *run);

// Frees the plan and what came out, and empties [grade].
void lab_grade_free(struct lab_grade *grade);

// --- for grade_plan.h, and those who run a program elsewhere

// Is [phase] asked for, and not decided by one before it?
bool lab_grade_wants(const struct lab_grade *grade, enum lab_grade_phase phase);

// Gives [run] the claims of [grade], in place of its own, and reads them with
// the parameters of [comparison].
void lab_grade_give(const struct lab_grade *grade,
                    const struct lab_comparison *comparison,
                    struct lab_run *run);

// Judges [run], which has ended, by its claims, which were read. Those that are
// not for [phase] are skipped. Returns the first that does not hold, counted
// from 0; their number, if all do. claims[i].event is the first event against
// it.
size_t lab_grade_judge(const struct lab_comparison *comparison,
                       struct lab_run *run, enum lab_grade_phase phase);

// Notes how [run] was judged in [phase], under [schedule] and with [values].
void lab_grade_note(struct lab_grade *grade, enum lab_grade_phase phase,
                    const struct lab_run *run,
                    const struct lab_schedule *schedule, const char *values);

// Notes that the program was cut off under [schedule]. It counts against the
// first claim about how a run ends. NULL: nobody knows under which.
void lab_grade_cut(struct lab_grade *grade, enum lab_grade_phase phase,
                   const struct lab_schedule *schedule, const char *values);

// What came out in [phase] so far, to add to it.
struct lab_grade_result *lab_grade_result(struct lab_grade *grade,
                                          enum lab_grade_phase phase);

// Says that [phase] is over.
void lab_grade_end_phase(struct lab_grade *grade, enum lab_grade_phase phase);

// Says that all is over: whether it passed, or what is first against it.
void lab_grade_end(struct lab_grade *grade);

#endif
