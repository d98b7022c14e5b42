// grade_run.c - the runs of a grading, in this process.

#include "base/alloc.h"
#include "core/walk.h"
#include "demo/grade_internal.h"
#include "demo/job_internal.h"
#include "demo/result.h"

#include <string.h>

// No small program has as many events in a run; one without an end is found
// sooner.
enum { EVENTS_MOST = 100000 };

// A variant with certain values, in one phase.
struct trial {
    struct lab_grade *grade;
    enum lab_grade_phase phase;
    const char *values;
    struct lab_settings settings;
    struct lab_comparison comparison;
    struct lab_run *run;
    struct lab_job job;
    struct lab_run_options options;
    bool is_over; // another run would say nothing new, or nobody asks any more
};

static void begin(struct trial *trial, const struct lab_settings *settings,
                  size_t index) {
    struct lab_text ignored = {0};
    trial->settings = *settings;
    trial->comparison.clock = LAB_CLOCK_VIRTUAL;
    trial->comparison.is_explored = trial->phase != LAB_GRADE_CASES;
    lab_grade_assign(&trial->settings, trial->values, &ignored);
    lab_text_free(&ignored);
    if (trial->settings.limits.events == 0 ||
        trial->settings.limits.events > EVENTS_MOST)
        trial->settings.limits.events = EVENTS_MOST;
    lab_result_begin(&trial->comparison, &trial->settings);
    trial->run = lab_comparison_add_run(&trial->comparison,
                                        settings->demo->variants[index].name);
    lab_grade_give(trial->grade, &trial->comparison, trial->run);
    trial->options =
        lab_job_begin(&trial->job, LAB_CLOCK_VIRTUAL, &trial->settings, index);
    trial->options.clock = LAB_CLOCK_VIRTUAL;
}

static void end(struct trial *trial) {
    lab_job_end(&trial->job);
    lab_comparison_free(&trial->comparison);
}

static bool was_stopped(int rc) {
    return rc == LAB_EEVENTS || rc == LAB_ETURNS || rc == LAB_EMACHINE;
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

// Runs once under [schedule], and judges that. Returns the number of the first
// claim that does not hold.
static size_t run_once(struct trial *trial, struct lab_schedule *schedule) {
    struct lab_grade *grade = trial->grade;
    struct lab_run *run = trial->run;
    lab_record_free(run->record);
    run->record = trial->options.record = lab_record_new();
    trial->options.schedule =
        schedule->kind == LAB_SCHEDULE_FIFO ? NULL : schedule;
    grade->trying = schedule;
    grade->trying_values = trial->values;
    grade->trying_phase = trial->phase;
    run->rc = lab_run(&trial->options);
    grade->trying = NULL;
    grade->stopped |= run->rc == LAB_EINTR;
    trial->is_over |= grade->stopped || was_stopped(run->rc);
    name_schedule(&trial->comparison, lab_schedule_cost(schedule).odd == 0);
    return lab_grade_judge(&trial->comparison, run, trial->phase);
}

// Counts that run.
static void count(struct trial *trial, const struct lab_schedule *schedule) {
    struct lab_grade *grade = trial->grade;
    if (grade->stopped)
        return;
    lab_grade_note(grade, trial->phase, trial->run, schedule, trial->values);
    if (grade->tick && !grade->tick(grade->arg, grade))
        grade->stopped = trial->is_over = true;
}

static void try_once(struct trial *trial, struct lab_schedule *schedule) {
    run_once(trial, schedule);
    count(trial, schedule);
}

// --- the phases

// Tries the orders of [schedule], whose late timer or cancel is set. Counts
// those that had it. Returns whether any did.
static bool try_orders_of(struct trial *trial, struct lab_schedule *schedule,
                          size_t most) {
    struct lab_walk walk = {.most = most, .deepest = LAB_GRADE_DEEPEST};
    bool reached = false;
    while (!trial->is_over && lab_walk_next(&walk, schedule)) {
        run_once(trial, schedule);
        if (!lab_schedule_reached(schedule))
            continue;
        reached = true;
        count(trial, schedule);
    }
    trial->grade->phases[trial->phase].truncated |=
        walk.truncated || trial->is_over;
    lab_walk_free(&walk);
    lab_schedule_free(schedule);
    return reached;
}

static void try_orders(struct trial *trial) {
    struct lab_schedule schedule = {0};
    try_orders_of(trial, &schedule, LAB_GRADE_MOST);
}

static void try_late(struct trial *trial) {
    struct lab_schedule schedule;
    size_t at = 0;
    do {
        schedule = (struct lab_schedule){.late_at = ++at};
    } while (try_orders_of(trial, &schedule, LAB_GRADE_MOST_EACH));
}

static void try_cancels(struct trial *trial) {
    static const enum lab_victim victims[] = {
        LAB_VICTIM_WAITER, LAB_VICTIM_WOKEN, LAB_VICTIM_ROOT};
    struct lab_schedule schedule;
    for (size_t i = 0; i < countof(victims); i++) {
        size_t at = 0;
        do {
            schedule =
                (struct lab_schedule){.victim = victims[i], .cancel_at = ++at};
        } while (try_orders_of(trial, &schedule, LAB_GRADE_MOST_EACH));
    }
}

// The seeds from [first] on, each [step]-th, after first in, first out.
static void try_seeds(struct trial *trial, size_t first, size_t step) {
    struct lab_schedule schedule = {0};
    try_once(trial, &schedule);
    for (size_t seed = first; seed <= trial->grade->seeds && !trial->is_over;
         seed += step) {
        schedule.kind = LAB_SCHEDULE_SEED;
        schedule.seed = seed;
        lab_schedule_rewind(&schedule);
        try_once(trial, &schedule);
    }
    lab_schedule_free(&schedule);
}

static void try_small(struct lab_grade *grade,
                      const struct lab_settings *settings, size_t index,
                      enum lab_grade_phase phase, void (*fn)(struct trial *)) {
    struct trial trial = {.grade = grade,
                          .phase = phase,
                          .values = grade->small ? grade->small : ""};
    if (!lab_grade_wants(grade, phase))
        return;
    begin(&trial, settings, index);
    fn(&trial);
    end(&trial);
    if (!grade->stopped)
        lab_grade_end_phase(grade, phase);
}

static void try_cases(struct lab_grade *grade,
                      const struct lab_settings *settings, size_t index) {
    if (!lab_grade_wants(grade, LAB_GRADE_CASES))
        return;
    for (size_t i = 0; i < grade->case_count && !grade->stopped; i++) {
        struct trial trial = {.grade = grade,
                              .phase = LAB_GRADE_CASES,
                              .values = grade->cases[i]};
        begin(&trial, settings, index);
        try_seeds(&trial, i + 1, grade->case_count);
        end(&trial);
    }
    if (!grade->stopped)
        lab_grade_end_phase(grade, LAB_GRADE_CASES);
}

void lab_grade_run(struct lab_grade *grade, const struct lab_settings *settings,
                   size_t index) {
    try_small(grade, settings, index, LAB_GRADE_SMALL, try_orders);
    try_small(grade, settings, index, LAB_GRADE_LATE, try_late);
    try_small(grade, settings, index, LAB_GRADE_CANCEL, try_cancels);
    try_cases(grade, settings, index);
    lab_grade_end(grade);
}
