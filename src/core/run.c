#include "core/state.h"

#include "base/die.h"

// --- time

lab_time lab_run_from_loop(const struct run *run, lab_time loop_time) {
    lab_time passed = loop_time - run->began;
    return run->pace == 1 ? passed : (lab_time)((double)passed * run->pace);
}

lab_time lab_run_lasts(const struct run *run, lab_time time) {
    if (run->pace == 1)
        return time;
    double lasts = (double)time / run->pace;
    return lasts < 9e18 ? (lab_time)lasts + 1 : LAB_FOREVER; // never early
}

lab_time lab_run_time(const struct run *run) {
    return run->is_virtual ? lab_loop_current->now
                           : lab_run_from_loop(run, lab_clock_machine());
}

lab_time lab_now(void) {
    struct run *run = lab_run_current();
    lab_assert(run);
    return lab_run_time(run);
}

void lab_run_event(struct run *run, struct lab_event event, const char *text) {
    if (run->record) {
        event.time = lab_run_time(run);
        lab_record_add(run->record, event, text);
    }
}

// --- life

void lab_run_init(struct run *run, const struct lab_run_options *options) {
    *run = (struct run){
        .options = options,
        .record = options->record,
        .began = options->clock.is_virtual ? 0 : lab_clock_machine(),
        .pace = options->clock.pace,
        .is_virtual = options->clock.is_virtual,
    };
    lab_list_init(&run->all_pools);
}

void lab_run_term(struct run *run) {
    lab_pool_free_all(run);
}

void lab_run_interrupt(struct run *run) {
    atomic_store(&run->interrupted, true);
    lab_pool_interrupt_all(run);
    lab_cancel(run->root);
}

static int run_virtual(struct run *run) {
    const struct lab_run_options *o = run->options;
    lab_loop loop;
    lab_loop_init(&loop, true);
    loop.schedule = o->schedule;
    if (loop.schedule)
        lab_schedule_rewind(loop.schedule);
    loop.world.cores = o->cores > 0 ? o->cores : 2;
    run->root = lab_task_new(run, NULL, (struct lab_site){__FILE__, __LINE__},
                             o->name, o->body, o->arg, 0);
    lab_loop_drive(&loop, run->root);
    int rc = run->root->end.result;
    lab_task_free(run->root);
    lab_run_term(run);
    lab_loop_term(&loop);
    return rc;
}

// The run's root is our child, so whoever cancels us stops the run as well.
static int run_real(struct run *run) {
    const struct lab_run_options *o = run->options;
    lab_task *self = lab_self();
    lab_assert(self);
    run->root = lab_task_new(run, self, (struct lab_site){__FILE__, __LINE__},
                             o->name, o->body, o->arg, 0);
    struct outcome *end = &run->root->end;
    if (lab_outcome_wait(end, LAB_ON_TASK, 0) < 0) {
        lab_run_interrupt(run);
        lab_outcome_wait_shielded(end, LAB_ON_TASK, 0);
    }
    int rc = end->result;
    lab_task_free(run->root);
    lab_run_term(run);
    return rc;
}

int lab_run(const struct lab_run_options *options) {
    struct run run;
    lab_run_init(&run, options);
    int rc = run.is_virtual ? run_virtual(&run) : run_real(&run);
    if (atomic_load(&run.interrupted))
        return LAB_ECANCELED;
    return run.deadlocked ? LAB_EDEADLK : rc;
}

const void *lab_run_context(void) {
    struct run *run = lab_run_current();
    return run ? run->options->context : NULL;
}
