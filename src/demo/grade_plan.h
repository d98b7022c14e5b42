// grade_plan.h - what is tried in a grading, one run after another, wherever
// the program runs.
//
// Use:
//     struct lab_grade_plan plan;
//     lab_grade_plan_begin(&plan, &grade);
//     while (lab_grade_plan_next(&plan)) {
//         ... run with plan.values under plan.schedule ...
//         lab_grade_plan_take(&plan, comparison, run);
//     }
//     lab_grade_plan_end(&plan);
//
// A phase has groups: the K-th timer late, a task cancelled at the K-th moment,
// a case. In the first three phases a group is a walk through orders, and there
// is a next one if any of them had that timer or moment. A case is first in,
// first out and then seeds. If a claim holds but under seeds, simpler schedules
// are looked for that break it: see grade_shrink.c.

#ifndef LAB_DEMO_GRADE_PLAN_H
#define LAB_DEMO_GRADE_PLAN_H

#include "core/walk.h"
#include "demo/grade.h"
#include "demo/known.h"

struct lab_grade_plan {
    // What to run.
    enum lab_grade_phase phase;
    const char *values;           // borrowed from the grade
    struct lab_schedule schedule; // the run adds the choices that it made
    // Private.
    struct lab_grade *grade;
    lab_time begun; // by the grade's clock
    struct lab_walk walk;
    struct lab_known known;   // orders of a case in which all claims held
    const char *known_values; // of that case
    size_t group, victim;     // their numbers in the phase, from 0
    size_t runs;              // of this group
    bool has_group;           // it has begun
    bool reached;             // some run of it had its timer or moment
    bool is_over;             // the phase is
    struct lab_grade_shrink {
        enum {
            LAB_SHRINK_NOT,
            LAB_SHRINK_AGAIN, // the seed, to know its choices
            LAB_SHRINK_WALK,
            LAB_SHRINK_LESS, // the choices, with some odd ones left out
            LAB_SHRINK_DONE,
        } stage;
        size_t claim;
        uint32_t *taken; // choices that break it, and how many
        size_t count;
        size_t chunk, at; // that many odd ones are left out, from this one on
        bool has_less;    // since [at] was 0 last
        size_t left;      // how many runs it may still take
    } shrink;
};

// Begins a grading; nothing was run yet.
//
// Owns: [grade] stays yours and is needed until lab_grade_plan_end.
void lab_grade_plan_begin(struct lab_grade_plan *plan, struct lab_grade *grade);

// Says what to run next. Returns false if nothing is left, it was stopped, or
// its time is over.
bool lab_grade_plan_next(struct lab_grade_plan *plan);

// Appends at most [most] of the runs that come after that one, as far as they
// are known before it ends: each after a tab, its schedule, a tab, and its
// values. They are guesses: what comes out of it may lead elsewhere.
void lab_grade_plan_put_ahead(struct lab_text *out,
                              const struct lab_grade_plan *plan, size_t most);

// Judges [run], which has ended, and notes what came out. Its claims are those
// of lab_grade_give. Calls the tick.
void lab_grade_plan_take(struct lab_grade_plan *plan,
                         struct lab_comparison *comparison,
                         struct lab_run *run);

// Notes that the program was cut off in that run, instead. The phase ends.
void lab_grade_plan_cut(struct lab_grade_plan *plan);

// Decides whether the grade is passed, and frees what [plan] owns.
void lab_grade_plan_end(struct lab_grade_plan *plan);

#endif
