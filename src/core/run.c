#include "core/run_internal.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/fd_internal.h"
#include "core/misuse.h"
#include "core/pool_internal.h"
#include "core/schedule.h"
#include "core/task_internal.h"

struct run *lab_run_current(void) {
    struct worker *worker = lab_worker_self();
    if (worker)
        return worker->pool->run;
    lab_task *task = lab_task_caller();
    return task ? task->run : NULL;
}

struct run *lab_run_acting(void) {
    const lab_loop *loop = lab_loop_current;
    if (!loop || loop->worker)
        return NULL;
    return loop->running ? loop->running->run : loop->calling;
}

void lab_run_note(struct run *run, enum lab_event_kind kind,
                  enum lab_event_on on, unsigned number, unsigned task,
                  int64_t value) {
    if (run && run->record)
        lab_run_event(run,
                      (struct lab_event){.kind = (uint8_t)kind,
                                         .on = (uint8_t)on,
                                         .task = task,
                                         .other = number,
                                         .value = value},
                      NULL);
}

struct run *lab_run_checked(void) {
    struct run *run = lab_run_current();
    if (!run)
        lab_misuse("%s belongs to no run, and can do nothing in its name: not "
                   "say, mark, block, or ask for the time, a parameter or its "
                   "state",
                   lab_loop_current
                       ? "a callback of the loop"
                       : "a thread that is not a worker of a pool");
    return run;
}

// --- time

lab_time lab_run_lasts(const struct run *run, lab_time time) {
    if (run->pace == 1)
        return time;
    double lasts = (double)time / run->pace;
    return lasts < 9e18 ? (lab_time)lasts + 1 : LAB_FOREVER; // never early
}

lab_time lab_run_time(const struct run *run) {
    if (run->is_virtual)
        return lab_loop_current->now;
    // A worker has no loop.
    lab_loop *loop = lab_loop_current;
    return lab_run_from_loop(run,
                             loop ? lab_loop_time(loop) : lab_clock_machine());
}

lab_time lab_now(void) {
    return lab_run_time(lab_run_checked());
}

unsigned lab_run_number(struct run *run, enum lab_event_on kind,
                        unsigned *number) {
    if (!*number)
        *number = ++run->lines[kind];
    return *number;
}

void lab_run_event(struct run *run, struct lab_event event, const char *text) {
    if (!run->record)
        return;
    event.time = lab_run_time(run);
    event.line = lab_run_location(run, lab_here);
    lab_record_add(run->record, event, text);
}

// --- life

void lab_run_init(struct run *run, const struct lab_run_options *options) {
    *run = (struct run){
        .options = options,
        .record = options->record,
        .began =
            options->clock.is_virtual ? 0 : lab_loop_time(lab_loop_current),
        .pace = options->clock.pace,
        .is_virtual = options->clock.is_virtual,
    };
    lab_here_set(NULL, 0); // no call made the root
    if (!run->is_virtual)
        run->first_turn = lab_loop_current->turn;
    lab_list_init(&run->all_pools);
    lab_list_init(&run->fds);
    lab_stream_init_all(run);
}

void lab_run_term(struct run *run) {
    lab_fd_close_all(run);
    lab_stream_free_all(run);
    lab_pool_free_all(run);
    lab_free(atomic_load(&run->memory));
}

void lab_run_interrupt(struct run *run) {
    atomic_store(&run->interrupted, true);
    lab_pool_interrupt_all(run);
    lab_cancel(run->root);
}

void lab_run_unread(const lab_task *task) {
    struct run *run = task->run;
    const struct lab_run_options *o = run->options;
    struct lab_text line = {0};
    run->unread = true;
    lab_text_put(&line, "failed and nobody asked: ");
    lab_error_put(&line, task->end.result);
    lab_text_printf(&line, " (spawned at %s:%d)", task->site.file,
                    task->site.line);
    if (o->on_say)
        o->on_say(o->sink, lab_run_time(run), task->name,
                  lab_text_string(&line));
    lab_text_free(&line);
}

// A run with an unread error has failed, whatever its root returned.
static int status(struct run *run) {
    int rc = run->root->end.result;
    run->root->end.read = true;
    lab_task_free(run->root);
    return rc >= 0 && run->unread ? LAB_EUNREAD : rc;
}

// Nothing is left when the last task has ended: its timers and jobs ended with
// it.
static void check_all_over(const lab_loop *loop) {
    lab_assert(lab_ring_empty(&loop->ready));
    lab_assert(!lab_heap_least(&loop->timers));
    lab_assert(!lab_heap_least(&loop->world.timers));
    lab_assert(lab_list_empty(&loop->world.burning));
    lab_assert(lab_mailbox_empty(&loop->world.finished));
    lab_assert(loop->outside == 0);
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
    lab_limit_begin(&loop, run);
    lab_loop_drive(&loop, run->root);
    lab_limit_end(run);
    int rc = status(run);
    lab_run_term(run);
    check_all_over(&loop);
    lab_loop_term(&loop);
    return rc;
}

// The run's root is our child, so a cancel of us stops the run as well.
static int run_real(struct run *run) {
    const struct lab_run_options *o = run->options;
    lab_task *self = lab_self();
    lab_assert(self);
    run->root = lab_task_new(run, self, (struct lab_site){__FILE__, __LINE__},
                             o->name, o->body, o->arg, 0);
    struct outcome *end = &run->root->end;
    if (lab_outcome_wait(end, LAB_ON_TASK, 0) < 0) {
        lab_run_interrupt(run);
        while (!end->over) // a broken deadlock is not the end
            lab_outcome_wait_shielded(end, LAB_ON_TASK, 0);
    }
    int rc = status(run);
    lab_run_term(run);
    return rc;
}

int lab_run(const struct lab_run_options *options) {
    struct run run;
    lab_run_init(&run, options);
    int rc = run.is_virtual ? run_virtual(&run) : run_real(&run);
    if (atomic_load(&run.interrupted))
        return LAB_EINTR;
    if (run.limit.hit)
        return run.limit.hit;
    return run.deadlocked ? LAB_EDEADLK : rc;
}

const void *lab_run_context(void) {
    struct run *run = lab_run_current();
    return run ? run->options->context : NULL;
}
