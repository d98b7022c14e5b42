// grade_run.c - the runs of a grading, in this process.

#include "base/alloc.h"
#include "demo/grade_internal.h"
#include "demo/job_internal.h"
#include "demo/result.h"

// No small program has as many events in a run; one without an end is found
// sooner.
enum { EVENTS_MOST = 100000 };

// A variant with certain values, in one phase.
struct trial {
    struct lab_settings settings;
    struct lab_comparison comparison;
    struct lab_run *run;
    struct lab_job job;
    struct lab_run_options options;
};

static void begin(struct trial *trial, const struct lab_grade_plan *plan,
                  const struct lab_settings *settings, size_t index) {
    struct lab_text ignored = {0};
    uint64_t *events = &trial->settings.limits.events;
    *trial = (struct trial){.settings = *settings};
    lab_grade_assign(&trial->settings, plan->values, &ignored);
    lab_text_free(&ignored);
    if (*events == 0 || *events > EVENTS_MOST)
        *events = EVENTS_MOST;
    trial->comparison.clock = LAB_CLOCK_VIRTUAL;
    lab_result_begin(&trial->comparison, &trial->settings);
    trial->run = lab_comparison_add_run(&trial->comparison,
                                        settings->demo->variants[index].name);
    lab_grade_give(plan->grade, &trial->comparison, trial->run);
    trial->options =
        lab_job_begin(&trial->job, LAB_CLOCK_VIRTUAL, &trial->settings, index);
    trial->options.clock = LAB_CLOCK_VIRTUAL;
}

static void end(struct trial *trial) {
    if (!trial->run)
        return;
    lab_job_end(&trial->job);
    lab_comparison_free(&trial->comparison);
}

static void run_once(struct trial *trial, struct lab_grade_plan *plan) {
    struct lab_run *run = trial->run;
    struct lab_schedule *schedule = &plan->schedule;
    lab_record_free(run->record);
    run->record = trial->options.record = lab_record_new();
    trial->options.schedule =
        schedule->kind == LAB_SCHEDULE_FIFO ? NULL : schedule;
    run->rc = lab_run(&trial->options);
}

// What a variant needs is made once for all runs with the same values.
void lab_grade_run(struct lab_grade *grade, const struct lab_settings *settings,
                   size_t index) {
    struct lab_grade_plan plan;
    struct trial trial = {0};
    const char *values = NULL;
    lab_grade_plan_begin(&plan, grade);
    while (lab_grade_plan_next(&plan)) {
        if (plan.values != values) {
            end(&trial);
            begin(&trial, &plan, settings, index);
            values = plan.values;
        }
        run_once(&trial, &plan);
        lab_grade_plan_take(&plan, &trial.comparison, trial.run);
    }
    end(&trial);
    lab_grade_plan_end(&plan);
}
