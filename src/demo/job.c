// job.c - a variant of a demo as the body of a run, and what the demo asks of
// its run.

#include "demo/job_internal.h"

#include "base/die.h"
#include "core/misuse.h"
#include "core/say.h"
#include "demo/outside.h"

#include <string.h>

static _Noreturn void die_of_param(const struct lab_demo *demo,
                                   const char *name, bool is_list) {
    struct lab_text why = {0};
    bool is_known = false;
    for (size_t i = 0; i < lab_param_count(demo); i++)
        is_known |= strcmp(demo->params[i].name, name) == 0;
    if (is_known)
        lab_text_printf(&why, "%s is %s list: use %s", name,
                        is_list ? "not a" : "a",
                        is_list ? "lab_param" : "lab_param_item");
    else
        lab_param_put_unknown(&why, demo, name, strlen(name));
    lab_misuse("%s", lab_text_string(&why));
}

// The settings of the run, and in [*index] which of its parameters is [name].
static const struct lab_settings *find_param(const char *name, bool is_list,
                                             size_t *index) {
    const struct lab_settings *settings = lab_run_context();
    if (!settings)
        lab_misuse("the parameter \"%s\" was asked for outside of a demo's "
                   "run: by a callback of the loop, or by a thread that is not "
                   "a worker of a pool",
                   name);
    // cppcheck-suppress nullPointerRedundantCheck ; lab_misuse does not return
    for (*index = 0; *index < lab_param_count(settings->demo); ++*index) {
        const struct lab_parameter *param = &settings->demo->params[*index];
        if (strcmp(param->name, name) == 0 && !param->list == !is_list)
            return settings;
    }
    die_of_param(settings->demo, name, is_list);
}

int64_t lab_param(const char *name) {
    size_t index;
    const struct lab_settings *settings = find_param(name, false, &index);
    return lab_settings_value(settings, index);
}

int64_t lab_param_item(const char *name, size_t i) {
    size_t index;
    const struct lab_settings *settings = find_param(name, true, &index);
    if (i >= settings->lists[index].count)
        lab_misuse("%s has no item %zu", name, i);
    return lab_settings_item(settings, index, i);
}

size_t lab_param_length(const char *name) {
    size_t index;
    const struct lab_settings *settings = find_param(name, true, &index);
    return settings->lists[index].count;
}

const char *lab_outside_address(void) {
    const struct lab_settings *settings = lab_run_context();
    return settings ? lab_outside_where(settings->outside) : NULL;
}

static int call_variant(const struct lab_variant *variant) {
    return variant->with ? variant->with(variant->arg) : variant->body();
}

bool lab_job_is_outside(const struct lab_variant *variant,
                        struct lab_clock clock) {
    return variant->outside && clock.is_virtual;
}

// Each run begins here, under each schedule.
static int call(void *arg) {
    struct lab_job *job = arg;
    if (job->copy)
        job->demo = lab_demos_begin(job->copy);
    if (job->rc < 0)
        return job->rc;
    const struct lab_variant *variant = &job->demo->variants[job->index];
    if (lab_job_is_outside(variant, job->clock))
        return lab_skip("talks to %s outside; add --clock=real",
                        variant->outside);
    if (job->missing)
        return lab_skip("%s", job->missing);
    return call_variant(variant);
}

struct lab_run_options lab_job_begin(struct lab_job *job,
                                     struct lab_clock clock,
                                     const struct lab_settings *settings,
                                     size_t index) {
    struct lab_values cores;
    *job = (struct lab_job){
        .demo = settings->demo, .index = index, .clock = clock};
    if (settings->file)
        job->rc = lab_demos_take(settings->file, &job->copy);
    lab_standard_keep(&job->standard);
    lab_settings_lookup(settings, "cores", &cores);
    return (struct lab_run_options){
        .name = settings->demo->variants[index].name,
        .body = call,
        .arg = job,
        .context = (void *)settings,
        .limits = settings->limits,
        .captures_output = true,
        .cores = (int)cores.items[0],
    };
}

void lab_job_find_outside(struct lab_job *job, struct lab_outside *outside) {
    const char *name = job->demo->variants[job->index].outside;
    if (!name || job->clock.is_virtual || !lab_outside_is_known(name))
        return;
    job->missing = "looplab starts it for its own demos alone";
    if (outside)
        job->missing = lab_outside_open(outside, name);
}

void lab_job_end(struct lab_job *job) {
    const char *changed = lab_standard_restore(&job->standard);
    if (changed)
        lab_die(LAB_EXIT_BUG,
                "variant %s closed %s, or put something else in its place: a "
                "program leaves it as it is",
                job->demo->variants[job->index].name, changed);
    if (job->copy)
        lab_demos_give_back(job->copy);
}
