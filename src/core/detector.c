// detector.c - the watchdog: what the loop tells it, and what it concludes.
//
//     turn   |<------------------------ one batch ------------------------>|
//     steps  | task 3 | task 4 |           task 5           | task 6 | ... |
//                                      ^ check(): since when has this been?
//
// The loop notes each step as it begins, under a lock that the watchdog wants
// only about once in a threshold. The watchdog sleeps until the step or the
// turn that it last saw would be too long, and looks again: so it is in time
// for every block, and the loop never has to wake it.

#include "core/detector_internal.h"

#include "base/alloc.h"
#include "base/write.h"
#include "core/crash_internal.h"
#include "core/pool_internal.h"
#include "core/symbol.h"
#include "core/task_internal.h"
#include "record/clock.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct step {
    lab_time began, lasted;
    unsigned task, job;
    char name[32], worker[48];
    lab_fn *fn;
    struct lab_site site;
    bool told, is_virtual;
};

struct detector {
    lab_time threshold;
    lab_detector_clock *clock;
    lab_detector_fn *fn;
    void *sink;
    const struct lab_site *here; // the loop's lab_here; NULL in tests
    pthread_t thread;
    pthread_mutex_t lock;  // guards all below
    pthread_cond_t ending; // the watchdog need not look again
    bool ends;
    bool in_turn; // else the loop waits, or is between turns
    bool told;    // of this turn
    lab_time began;
    uint64_t steps;
    struct step step, longest; // the current one, and one that is over
};

// --- the loop's part

static void end_step(struct detector *self, lab_time now) {
    self->step.lasted = now - self->step.began;
    if (self->step.lasted > self->longest.lasted)
        self->longest = self->step;
}

static void begin_step(struct detector *self, const lab_task *task,
                       lab_time now) {
    struct step *step = &self->step;
    step->began = now;
    step->task = task->number;
    memcpy(step->name, task->name, sizeof step->name);
    step->job = 0;
    step->fn = task->fn;
    step->site = task->site;
    step->is_virtual = task->run->is_virtual;
    step->told = false;
    self->steps++;
}

static void begin_turn(struct detector *self, lab_time now) {
    self->began = now;
    self->steps = 0;
    self->told = false;
    self->longest.lasted = -1;
}

// A step has ended. [task] continues; NULL: no task does.
static void change(struct detector *self, const lab_task *task) {
    lab_time now = self->clock();
    if (self->in_turn)
        end_step(self, now);
    else
        begin_turn(self, now);
    self->in_turn = task != NULL;
    if (task)
        begin_step(self, task, now);
}

void lab_detector_step(struct detector *self, const lab_task *task) {
    pthread_mutex_lock(&self->lock);
    change(self, task);
    pthread_mutex_unlock(&self->lock);
}

void lab_detector_job(struct detector *self, const struct worker *worker) {
    pthread_mutex_lock(&self->lock);
    change(self, worker->job->asker);
    self->step.job = worker->job->number;
    self->step.fn = worker->job->fn;
    memcpy(self->step.worker, worker->name, sizeof self->step.worker);
    pthread_mutex_unlock(&self->lock);
}

// --- the watchdog's part

// While the lock is held, the code and the names that a step points to are
// there: a demo is not unloaded in the turn in which it ran.
static void describe(struct lab_blocked *out, const struct step *step) {
    const void *address;
    out->task = step->task;
    out->job = step->job;
    out->is_virtual = step->is_virtual;
    out->line = step->site.line;
    memcpy(out->name, step->name, sizeof out->name);
    memcpy(out->worker, step->worker, sizeof out->worker);
    snprintf(out->file, sizeof out->file, "%s", step->site.file);
    memcpy(&address, &step->fn, sizeof address);
    lab_symbol_name(address, out->function, sizeof out->function);
}

// Where the current step made its last call. If it makes another just now, the
// file and the line may belong to two calls.
static void locate(struct lab_blocked *out, const struct lab_site *here) {
    const char *file =
        here ? __atomic_load_n(&here->file, __ATOMIC_RELAXED) : NULL;
    if (!file)
        return;
    out->at_line = __atomic_load_n(&here->line, __ATOMIC_RELAXED);
    snprintf(out->at_file, sizeof out->at_file, "%s", file);
}

static void tell_of_step(struct detector *self, struct lab_blocked *out,
                         lab_time now) {
    *out = (struct lab_blocked){.one_step = true, .steps = self->steps};
    out->held = out->longest = now - self->step.began;
    describe(out, &self->step);
    locate(out, self->here);
    self->step.told = self->told = true;
}

static void tell_of_turn(struct detector *self, struct lab_blocked *out,
                         lab_time now) {
    struct step *longest = &self->step;
    longest->lasted = now - longest->began;
    if (self->longest.lasted > longest->lasted)
        longest = &self->longest;
    *out = (struct lab_blocked){.steps = self->steps,
                                .held = now - self->began,
                                .longest = longest->lasted};
    describe(out, longest);
    self->told = true;
}

// Is there something to report at [now]? If so, it is in [*out].
static bool look(struct detector *self, struct lab_blocked *out, lab_time now) {
    lab_time in_step = now - self->step.began, in_turn = now - self->began;
    if (!self->in_turn)
        return false;
    if (in_step >= self->threshold && !self->step.told) {
        tell_of_step(self, out, now);
        return true;
    }
    // A step that has lasted half of that is most likely the cause, and will
    // soon be reported by name.
    if (in_turn >= self->threshold && in_step < self->threshold / 2 &&
        !self->told) {
        tell_of_turn(self, out, now);
        return true;
    }
    return false;
}

// When to look again, after a look at [now].
static lab_time next_look(const struct detector *self, lab_time now) {
    lab_time next = lab_time_plus(now, self->threshold);
    lab_time step = lab_time_plus(self->step.began, self->threshold);
    lab_time turn = lab_time_plus(self->began, self->threshold);
    if (self->in_turn && !self->step.told && step < next && step > now)
        next = step;
    if (self->in_turn && !self->told && turn < next && turn > now)
        next = turn;
    return next;
}

static void print(const struct lab_blocked *blocked) {
    struct lab_text line = {0};
    lab_text_put(&line, "looplab: ");
    lab_detector_put(&line, blocked);
    lab_text_put(&line, "\n");
    lab_write_whole(STDERR_FILENO, line.data, line.length);
    lab_text_free(&line);
}

lab_time lab_detector_check(struct detector *self) {
    struct lab_blocked blocked;
    lab_time now = self->clock();
    pthread_mutex_lock(&self->lock);
    bool found = look(self, &blocked, now);
    lab_time next = next_look(self, now);
    pthread_mutex_unlock(&self->lock);
    if (found && self->fn)
        self->fn(self->sink, &blocked);
    else if (found)
        print(&blocked);
    return next;
}

static void *watch(void *arg) {
    enum { SHORTEST = LAB_MS }; // a pause; a watchdog must not be a burden
    struct detector *self = arg;
    lab_crash_thread_init();
    for (;;) {
        lab_time at = lab_detector_check(self);
        lab_time soon = self->clock() + SHORTEST;
        if (at < soon)
            at = soon;
        struct timespec until = {at / LAB_S, at % LAB_S};
        pthread_mutex_lock(&self->lock);
        if (!self->ends)
            pthread_cond_timedwait(&self->ending, &self->lock, &until);
        bool ends = self->ends;
        pthread_mutex_unlock(&self->lock);
        if (ends)
            break;
    }
    lab_crash_thread_term();
    return NULL;
}

// --- life

struct detector *lab_detector_new(lab_time threshold, lab_detector_clock *clock,
                                  lab_detector_fn *fn, void *sink) {
    struct detector *self = lab_alloc(sizeof *self);
    pthread_condattr_t monotonic;
    self->threshold = threshold;
    self->clock = clock;
    self->fn = fn;
    self->sink = sink;
    pthread_mutex_init(&self->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&self->ending, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return self;
}

void lab_detector_free(struct detector *self) {
    pthread_cond_destroy(&self->ending);
    pthread_mutex_destroy(&self->lock);
    lab_free(self);
}

static bool start_thread(struct detector *self) {
    sigset_t mask, before;
    lab_crash_mask(&mask);
    pthread_sigmask(SIG_SETMASK, &mask, &before);
    int rc = pthread_create(&self->thread, NULL, watch, self);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return rc == 0;
}

int lab_detector_start(lab_time threshold, lab_detector_fn *fn, void *sink) {
    lab_loop *loop = lab_loop_outermost();
    if (!loop || loop->worker)
        return LAB_EPERM;
    if (loop->is_virtual || threshold <= 0)
        return LAB_EINVAL;
    if (loop->detector)
        return LAB_EBUSY;
    struct detector *self =
        lab_detector_new(threshold, lab_clock_machine, fn, sink);
    self->here = &lab_here;
    if (loop->running) // also what is left of this step counts
        lab_detector_step(self, loop->running);
    if (!start_thread(self)) {
        lab_detector_free(self);
        return LAB_ENOMEM;
    }
    loop->detector = self;
    return 0;
}

void lab_detector_stop(void) {
    lab_loop *loop = lab_loop_outermost();
    struct detector *self = loop ? loop->detector : NULL;
    if (!self)
        return;
    loop->detector = NULL;
    pthread_mutex_lock(&self->lock);
    self->ends = true;
    pthread_cond_signal(&self->ending);
    pthread_mutex_unlock(&self->lock);
    pthread_join(self->thread, NULL);
    lab_detector_free(self);
}

// --- in words

static void put_masked(struct lab_text *out, const char *name) {
    lab_text_mask(out, name, strlen(name), false);
}

static void put_site(struct lab_text *out, const char *file, int line) {
    put_masked(out, file);
    lab_text_printf(out, ":%d", line);
}

static void put_who(struct lab_text *out, const struct lab_blocked *blocked) {
    if (blocked->job)
        lab_text_printf(out, "job #%u of ", blocked->job);
    lab_text_printf(out, "task #%u ", blocked->task);
    put_masked(out, blocked->name);
    if (blocked->job) {
        lab_text_put(out, ", in worker ");
        put_masked(out, blocked->worker);
    }
    // A run's root is spawned by the core, which would lead nobody anywhere.
    bool is_root = blocked->task == 1;
    if (blocked->function[0] && (!is_root || blocked->job)) {
        lab_text_put(out, ", running ");
        put_masked(out, blocked->function);
        lab_text_put(out, "()");
    }
    if (blocked->at_line) {
        lab_text_put(out, ", at ");
        put_site(out, blocked->at_file, blocked->at_line);
    }
    if (!is_root || !blocked->at_line) {
        lab_text_put(out, ", spawned at ");
        put_site(out, blocked->file, blocked->line);
    }
}

static void put_time(struct lab_text *out, const struct lab_blocked *blocked,
                     lab_time time) {
    lab_time_put(out, time);
    if (blocked->is_virtual)
        lab_text_put(out, " of machine time");
}

void lab_detector_put(struct lab_text *out, const struct lab_blocked *blocked) {
    if (blocked->one_step) {
        put_who(out, blocked);
        lab_text_put(out, ", has held the loop for ");
        put_time(out, blocked, blocked->held);
        return;
    }
    lab_text_printf(out, "one turn of the loop has run %llu steps for ",
                    (unsigned long long)blocked->steps);
    put_time(out, blocked, blocked->held);
    lab_text_put(out, "; the longest took ");
    lab_time_put(out, blocked->longest);
    lab_text_put(out, ": ");
    put_who(out, blocked);
}
