#include "demo/result.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/run.h"
#include "core/schedule.h"

#include <string.h>

int64_t lab_param(const char *name) {
    const struct lab_settings *settings = lab_run_context();
    lab_assert(settings); // not in a demo's run
    for (size_t i = 0; i < lab_param_count(settings->demo); i++)
        if (strcmp(settings->demo->params[i].name, name) == 0)
            return lab_settings_value(settings, i);
    lab_die(LAB_EXIT_FAILED,
            "demo %s asks for a parameter \"%s\" that its "
            "table does not have",
            settings->demo->name, name);
}

// What a run is of: a variant, in a copy of the demo that no other run has.
struct job {
    const struct lab_demo *demo;
    struct lab_demo_copy *copy; // NULL: the demo is not a file's
    size_t index;
    int rc; // why there is no copy; or 0
};

// Each run begins here, under each schedule.
static int call(void *arg) {
    struct job *job = arg;
    if (job->copy)
        job->demo = lab_demos_begin(job->copy);
    return job->rc < 0 ? job->rc : job->demo->variants[job->index].body();
}

lab_time lab_measure_tolerance(struct lab_clock clock, lab_time predicted) {
    if (clock.is_virtual)
        return 0;
    lab_time fixed = (lab_time)(20 * LAB_MS * clock.pace);
    lab_time share = predicted / 20;
    return fixed > share ? fixed : share;
}

static void measure(struct lab_measure *measure,
                    const struct lab_comparison *comparison, const char *law,
                    lab_time measured) {
    struct lab_text error = {0};
    *measure = (struct lab_measure){.law = law, .measured = measured};
    // The table was checked when the demo was loaded, but only for its
    // default parameters: another value may divide by zero.
    bool known = law && lab_settings_law(&comparison->settings, law,
                                         &measure->predicted, &error);
    lab_time off = measured - measure->predicted;
    measure->held = known && (off < 0 ? -off : off) <=
                                 lab_measure_tolerance(comparison->clock,
                                                       measure->predicted);
    lab_text_free(&error);
}

void lab_result_measure(struct lab_comparison *comparison, size_t index) {
    struct lab_result *result = &comparison->results[index];
    const struct lab_variant *variant = result->variant;
    const char *mark = comparison->settings.demo->mark;
    measure(&result->time, comparison, variant->takes,
            lab_record_end(result->record));
    if (!variant->gap)
        return;
    struct lab_gap gap = lab_record_gap(result->record, mark ? mark : "");
    measure(&result->gap, comparison, variant->gap, gap.to - gap.from);
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

int lab_result_run(struct lab_comparison *comparison, size_t index,
                   const struct lab_result_sink *sink) {
    const struct lab_demo *demo = comparison->settings.demo;
    const struct lab_variant *variant = &demo->variants[index];
    struct lab_result *result = &comparison->results[comparison->count++];
    struct job job = {.demo = demo, .index = index};
    if (comparison->file)
        job.rc = lab_demos_take(comparison->file, &job.copy);
    struct lab_run_options options = {
        .name = variant->name,
        .body = call,
        .arg = &job,
        .clock = comparison->clock,
        .record = lab_record_new(),
        .context = &comparison->settings,
        .on_say = sink ? sink->on_say : NULL,
        .sink = sink ? sink->sink : NULL,
    };
    *result = (struct lab_result){.variant = variant, .record = options.record};
    if (sink && sink->on_variant)
        sink->on_variant(sink->sink, variant, options.record);
    result->rc = run_as_scheduled(&options, comparison->schedule);
    if (job.copy)
        lab_demos_give_back(job.copy);
    lab_result_measure(comparison, comparison->count - 1);
    return result->rc < 0 ? result->rc : 0;
}

bool lab_comparison_held(const struct lab_comparison *comparison) {
    for (size_t i = 0; i < comparison->count; i++) {
        const struct lab_result *result = &comparison->results[i];
        if (result->rc < 0 || !result->time.held ||
            (result->gap.law && !result->gap.held))
            return false;
    }
    return true;
}

void lab_comparison_free(struct lab_comparison *comparison) {
    for (size_t i = 0; i < comparison->count; i++)
        lab_record_free(comparison->results[i].record);
    comparison->count = 0;
    lab_free(comparison->schedule);
    comparison->schedule = NULL;
}
