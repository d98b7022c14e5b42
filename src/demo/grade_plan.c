#include "demo/grade_plan.h"

#include "base/alloc.h"
#include "demo/grade_internal.h"
#include "record/clock.h"

#include <string.h>

static lab_time now(const struct lab_grade *grade) {
    return grade->clock ? grade->clock() : lab_clock_machine();
}

void lab_grade_plan_begin(struct lab_grade_plan *plan,
                          struct lab_grade *grade) {
    *plan = (struct lab_grade_plan){.grade = grade, .begun = now(grade)};
    grade->plan = plan;
}

// --- groups

void lab_grade_plan_walk(struct lab_grade_plan *plan, size_t most) {
    lab_walk_free(&plan->walk);
    plan->walk = (struct lab_walk){.most = most, .deepest = LAB_GRADE_DEEPEST};
}

static bool begin_late(struct lab_grade_plan *plan) {
    plan->schedule.late_at = plan->group + 1;
    return plan->group == 0 || plan->reached;
}

// After the last moment of one kind of victim comes the first of the next.
static bool begin_cancel(struct lab_grade_plan *plan) {
    static const enum lab_victim victims[] = {
        LAB_VICTIM_WAITER, LAB_VICTIM_WOKEN, LAB_VICTIM_ROOT};
    if (plan->group > 0 && !plan->reached) {
        plan->group = 0;
        plan->victim++;
    }
    if (plan->victim == countof(victims))
        return false;
    plan->schedule.victim = victims[plan->victim];
    plan->schedule.cancel_at = plan->group + 1;
    return true;
}

// Begins the group of this phase that is next. Returns false if there is none.
static bool begin_group(struct lab_grade_plan *plan) {
    const struct lab_grade *grade = plan->grade;
    size_t most = grade->most ? grade->most : LAB_GRADE_MOST;
    size_t each = grade->most_each ? grade->most_each : LAB_GRADE_MOST_EACH;
    bool is_small = plan->phase == LAB_GRADE_SMALL;
    bool more = plan->group == 0;
    lab_schedule_free(&plan->schedule);
    plan->values = grade->small ? grade->small : "";
    if (plan->phase == LAB_GRADE_LATE)
        more = begin_late(plan);
    else if (plan->phase == LAB_GRADE_CANCEL)
        more = begin_cancel(plan);
    else if (plan->phase == LAB_GRADE_CASES)
        more = plan->group < grade->case_count;
    if (more && plan->phase == LAB_GRADE_CASES)
        plan->values = grade->cases[plan->group];
    else if (more)
        lab_grade_plan_walk(plan, is_small ? most : each);
    plan->has_group = more;
    plan->reached = false;
    plan->runs = 0;
    return more;
}

// First in, first out; then the seeds, which are shared out over the cases. One
// that repeats an order is not run again: it counts, and would find nothing.
static bool next_seed(struct lab_grade_plan *plan) {
    const struct lab_grade *grade = plan->grade;
    struct lab_schedule *schedule = &plan->schedule;
    lab_schedule_rewind(schedule);
    if (plan->runs == 0)
        return true;
    schedule->kind = LAB_SCHEDULE_SEED;
    for (;; plan->runs++) {
        schedule->seed = plan->group + 1 + (plan->runs - 1) * grade->case_count;
        if (schedule->seed > grade->seeds)
            return false;
        if (plan->known_values != plan->values ||
            !lab_known_has(&plan->known, schedule))
            return true;
        plan->grade->phases[plan->phase].tried++;
    }
}

static bool next_in_phase(struct lab_grade_plan *plan) {
    bool more = false;
    if (plan->shrink.stage != LAB_SHRINK_NOT)
        return false; // all that is planned was run
    while (!more && !plan->is_over) {
        if (!plan->has_group && !begin_group(plan))
            return false;
        more = plan->phase == LAB_GRADE_CASES
                   ? next_seed(plan)
                   : lab_walk_next(&plan->walk, &plan->schedule);
        plan->runs++;
        plan->has_group = more;
        plan->group += !more;
        plan->grade->phases[plan->phase].truncated |= plan->walk.truncated;
    }
    return more;
}

// --- phases

static void begin_phase(struct lab_grade_plan *plan, int phase) {
    plan->phase = (enum lab_grade_phase)phase;
    plan->group = plan->victim = 0;
    plan->has_group = plan->reached = plan->is_over = false;
    lab_walk_free(&plan->walk);
    plan->walk.truncated = false;
}

// Is its time over, and something left to try?
static bool is_late(struct lab_grade_plan *plan) {
    struct lab_grade *grade = plan->grade;
    if (grade->patience == 0 || !lab_grade_wants(grade, plan->phase) ||
        now(grade) - plan->begun < grade->patience)
        return false;
    grade->timed_out = true;
    return true;
}

bool lab_grade_plan_next(struct lab_grade_plan *plan) {
    struct lab_grade *grade = plan->grade;
    while ((int)plan->phase < LAB_GRADE_PHASES && !grade->stopped) {
        if (is_late(plan))
            return false;
        bool wants = lab_grade_wants(grade, plan->phase);
        if (wants && (next_in_phase(plan) || lab_grade_shrink_next(plan)))
            return true;
        if (wants)
            lab_grade_end_phase(grade, plan->phase);
        begin_phase(plan, (int)plan->phase + 1);
    }
    return false;
}

// Makes [plan] what it will probably be when the run that it has now is over:
// if that makes no choices that are not known, and its timer or moment comes.
static bool guess_next(struct lab_grade_plan *plan) {
    plan->schedule.made = 0;
    plan->reached = true;
    return plan->shrink.stage == LAB_SHRINK_NOT ? next_in_phase(plan)
                                                : lab_grade_shrink_guess(plan);
}

void lab_grade_plan_put_ahead(struct lab_text *out,
                              const struct lab_grade_plan *plan, size_t most) {
    // Of what guessing changes, only the walk and the schedule are owned.
    struct lab_grade grade = *plan->grade;
    struct lab_grade_plan ahead = *plan;
    ahead.grade = &grade;
    ahead.walk = lab_walk_copy(&plan->walk);
    ahead.schedule.choices = NULL;
    ahead.schedule.scripted = ahead.schedule.capacity = 0;
    for (size_t i = 0; i < most && guess_next(&ahead); i++) {
        lab_text_put(out, "\t");
        lab_schedule_put(out, &ahead.schedule);
        lab_text_printf(out, "\t%s", ahead.values);
    }
    lab_walk_free(&ahead.walk);
    lab_schedule_free(&ahead.schedule);
}

// A schedule that is first in, first out has no name.
static void name_schedule(struct lab_comparison *comparison, bool is_fifo) {
    if (is_fifo) {
        lab_free(comparison->schedule);
        comparison->schedule = NULL;
    } else if (!comparison->schedule) {
        comparison->schedule = lab_strdup("another");
    }
}

// Was the run stopped at a limit? Then others would be too, and take their
// time.
static bool is_endless(int rc) {
    return rc == LAB_EEVENTS || rc == LAB_ETURNS || rc == LAB_EMACHINE ||
           rc == LAB_EHOURS;
}

// Of first in, first out, the choices are not known.
static void know(struct lab_grade_plan *plan) {
    if (plan->phase != LAB_GRADE_CASES ||
        plan->schedule.kind == LAB_SCHEDULE_FIFO)
        return;
    if (plan->known_values != plan->values)
        lab_known_free(&plan->known);
    plan->known_values = plan->values;
    lab_known_add(&plan->known, &plan->schedule);
}

static void tick(struct lab_grade *grade) {
    if (grade->tick && !grade->tick(grade->arg, grade))
        grade->stopped = true;
}

void lab_grade_plan_take(struct lab_grade_plan *plan,
                         struct lab_comparison *comparison,
                         struct lab_run *run) {
    struct lab_grade *grade = plan->grade;
    const struct lab_schedule *schedule = &plan->schedule;
    if (run->rc == LAB_EINTR) {
        grade->stopped = true;
        return;
    }
    name_schedule(comparison, lab_schedule_cost(schedule).odd == 0);
    if (lab_grade_judge(comparison, run, plan->phase) == grade->claim_count)
        know(plan);
    if (plan->shrink.stage != LAB_SHRINK_NOT) {
        lab_grade_shrink_take(plan, run);
    } else if (lab_schedule_reached(schedule)) {
        plan->reached = true;
        plan->is_over = is_endless(run->rc);
        lab_grade_note(grade, plan->phase, run, schedule, plan->values);
    }
    tick(grade);
}

void lab_grade_plan_cut(struct lab_grade_plan *plan) {
    plan->is_over = true;
    lab_grade_cut(plan->grade, plan->phase, &plan->schedule, plan->values);
    tick(plan->grade);
}

void lab_grade_plan_end(struct lab_grade_plan *plan) {
    lab_grade_end(plan->grade);
    plan->grade->plan = NULL;
    lab_walk_free(&plan->walk);
    lab_known_free(&plan->known);
    lab_schedule_free(&plan->schedule);
    lab_free(plan->shrink.taken);
}
