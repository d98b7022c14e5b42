#include "demo/result.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/explore.h"
#include "core/misuse.h"
#include "core/say.h"
#include "demo/claim.h"
#include "demo/formula.h"
#include "demo/job_internal.h"
#include "record/location.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

lab_time lab_measure_tolerance(struct lab_clock clock, lab_time predicted) {
    if (clock.is_virtual)
        return 0;
    lab_time fixed = (lab_time)(20 * LAB_MS * clock.pace);
    lab_time share = predicted / 20;
    return fixed > share ? fixed : share;
}

// --- laws

// The value of a parameter as laws see it: nanoseconds for a time.
static bool lookup(const void *context, const char *name,
                   struct lab_values *value) {
    const struct lab_comparison *comparison = context;
    for (size_t i = 0; i < comparison->param_count; i++) {
        const struct lab_run_param *param = &comparison->params[i];
        if (strcmp(param->name, name) != 0)
            continue;
        value->is_list = param->is_list;
        return lab_param_read(param->value, param->unit, value);
    }
    int cores = comparison->cores ? comparison->cores : LAB_CORES_VIRTUAL;
    *value = (struct lab_values){.count = 1, .items = {cores}};
    return strcmp(name, "cores") == 0;
}

// What [law] predicts. The table was checked when the demo was loaded, but only
// for some parameters: another value may divide by zero.
static bool predict(const struct lab_comparison *comparison,
                    struct lab_measure *measure) {
    struct lab_text error = {0};
    bool known =
        measure->law && lab_formula_evaluate(measure->law, lookup, comparison,
                                             &measure->predicted, &error);
    lab_text_free(&error);
    return known;
}

// [measured] is -1 if there is nothing to measure.
static void measure(const struct lab_comparison *comparison,
                    struct lab_measure *measure, lab_time measured) {
    bool known = predict(comparison, measure);
    lab_time off = lab_time_minus(measured, measure->predicted);
    measure->measured = measured;
    measure->held =
        known && measured >= 0 &&
        (off < 0 ? -off : off) <=
            lab_measure_tolerance(comparison->clock, measure->predicted);
}

struct lab_claim_names
lab_result_names(const struct lab_comparison *comparison) {
    return (struct lab_claim_names){lookup, comparison};
}

void lab_result_measure(const struct lab_comparison *comparison,
                        struct lab_run *run) {
    struct lab_claim_names names = lab_result_names(comparison);
    const char *mark = comparison->mark;
    run->meant = false;
    bool any = lab_record_count(run->record) > 0;
    if (lab_run_skipped(run))
        any = false;
    measure(comparison, &run->time, any ? lab_record_end(run->record) : -1);
    for (size_t i = 0; i < run->claim_count; i++)
        lab_claim_judge(comparison, run, i, names, lab_measure_tolerance);
    if (!run->gap.law)
        return;
    struct lab_gap gap = lab_record_gap(run->record, mark ? mark : "");
    any &= gap.task || gap.worker; // somebody has made the mark
    measure(comparison, &run->gap, any ? gap.to - gap.from : -1);
}

bool lab_result_read(struct lab_recording *recording, const char *path,
                     struct lab_text *error) {
    if (!lab_recording_read(recording, path, error))
        return false;
    for (size_t i = 0; i < recording->count; i++)
        for (size_t j = 0; j < recording->all[i]->count; j++)
            lab_result_measure(recording->all[i], recording->all[i]->runs[j]);
    return true;
}

// --- runs

// A copy of [text], which may be NULL.
static char *copy(const char *text) {
    return text ? lab_strdup(text) : NULL;
}

void lab_result_begin(struct lab_comparison *comparison,
                      const struct lab_settings *settings) {
    const struct lab_demo *demo = settings->demo;
    comparison->demo = copy(demo->name);
    comparison->asks = copy(demo->asks);
    comparison->mark = copy(demo->mark);
    comparison->gap_text = copy(demo->gap_text);
    comparison->verdict = copy(demo->verdict);
    for (size_t i = 0; i < lab_param_count(demo); i++) {
        struct lab_text value = {0};
        lab_settings_put_value(settings, i, &value);
        lab_comparison_add_param(comparison, demo->params[i].name,
                                 lab_text_string(&value),
                                 lab_param_unit(&demo->params[i]))
            ->is_list = demo->params[i].list != NULL;
        lab_text_free(&value);
    }
    comparison->cores = comparison->clock.is_virtual ? 0 : lab_cores_real();
}

static int run_as_scheduled(const struct lab_run_options *options,
                            const char *name) {
    struct lab_run_options own = *options;
    struct lab_schedule schedule = {0};
    struct lab_text error = {0};
    int rc = LAB_EINVAL;
    if (!name || lab_schedule_parse(name, &schedule, &error)) {
        if (schedule.kind != LAB_SCHEDULE_FIFO)
            own.schedule = &schedule;
        rc = lab_run(&own);
    }
    lab_text_free(&error);
    lab_schedule_free(&schedule);
    return rc;
}

// What is claimed of the time of the whole is a law: it stands in the table's
// own columns.
static void add_claim(struct lab_run *run, const char *claim) {
    const char *equals = strchr(claim, '=');
    bool is_law = !run->time.law && strncmp(claim, "time", 4) == 0 && equals &&
                  claim + 4 + strspn(claim + 4, " ") == equals;
    if (is_law)
        run->time.law = lab_strdup(equals + 1 + strspn(equals + 1, " "));
    else
        lab_run_add_claim(run, claim);
}

// Writes down what is said of [variant]. Returns whether its time is known
// before it has run.
static bool describe(const struct lab_comparison *comparison,
                     struct lab_run *run, const struct lab_variant *variant) {
    run->text = copy(variant->text);
    run->differs = variant->differs;
    run->time.law = copy(variant->takes);
    run->gap.law = copy(variant->gap);
    for (size_t i = 0; i < LAB_DEMO_CLAIMS && variant->claims[i]; i++)
        add_claim(run, variant->claims[i]);
    return predict(comparison, &run->time);
}

void lab_result_expect(struct lab_comparison *comparison,
                       const struct lab_settings *settings, size_t index) {
    const struct lab_variant *variant = &settings->demo->variants[index];
    struct lab_run run = {0};
    if (describe(comparison, &run, variant) &&
        !lab_job_is_outside(variant, comparison->clock) &&
        run.time.predicted > comparison->expected)
        comparison->expected = run.time.predicted;
    lab_run_clear(&run);
}

static struct lab_run *add_run(struct lab_comparison *comparison,
                               const struct lab_variant *variant) {
    struct lab_run *run = lab_comparison_add_run(comparison, variant->name);
    describe(comparison, run, variant);
    return run;
}

int lab_result_run(struct lab_comparison *comparison,
                   const struct lab_settings *settings, size_t index,
                   const struct lab_result_sink *sink) {
    struct lab_run *run = add_run(comparison, &settings->demo->variants[index]);
    struct lab_job job;
    struct lab_run_options options =
        lab_job_begin(&job, comparison->clock, settings, index);
    options.clock = comparison->clock;
    options.record = settings->unrecorded ? NULL : run->record;
    if (settings->file && settings->file->guest)
        lab_location_program(run->record, settings->file->source);
    options.on_say = sink ? sink->on_say : NULL;
    options.sink = sink ? sink->sink : NULL;
    if (sink && sink->on_run)
        sink->on_run(sink->sink, run);
    lab_job_find_outside(&job, settings->outside);
    run->rc = run_as_scheduled(&options, comparison->schedule);
    lab_job_end(&job);
    lab_result_measure(comparison, run);
    return run->rc < 0 ? run->rc : 0;
}

// --- every schedule

struct exploring {
    struct lab_comparison *comparison;
    struct lab_run *run;
    const struct lab_exploration *exploration;
    bool (*right)(void *arg, int rc);
    void *arg;
};

static void begin_schedule(void *arg, struct lab_run_options *options) {
    struct exploring *exploring = arg;
    struct lab_run *run = exploring->run;
    lab_record_free(run->record);
    run->record = options->record = lab_record_new();
}

static bool end_schedule(void *arg, int rc) {
    struct exploring *exploring = arg;
    exploring->run->rc = rc;
    // The first is first in, first out, and some claims are about that alone.
    if (exploring->exploration->schedules > 0 &&
        !exploring->comparison->schedule)
        exploring->comparison->schedule = lab_strdup("another");
    lab_result_measure(exploring->comparison, exploring->run);
    return exploring->right ? exploring->right(exploring->arg, rc) : rc >= 0;
}

void lab_result_explore(struct lab_comparison *comparison,
                        const struct lab_settings *settings, size_t index,
                        struct lab_exploration *exploration) {
    struct exploring exploring = {
        .comparison = comparison,
        .run = add_run(comparison, &settings->demo->variants[index]),
        .exploration = exploration,
        .right = exploration->right,
        .arg = exploration->arg,
    };
    struct lab_job job;
    struct lab_run_options options =
        lab_job_begin(&job, comparison->clock, settings, index);
    comparison->is_explored = true;
    exploration->begin = begin_schedule;
    exploration->right = end_schedule;
    // cppcheck-suppress autoVariables ; taken back below
    exploration->arg = &exploring;
    lab_explore(&options, exploration);
    exploration->right = exploring.right;
    exploration->arg = exploring.arg;
    lab_free(comparison->schedule);
    comparison->schedule = NULL;
    comparison->is_explored = false;
    lab_job_end(&job);
}
