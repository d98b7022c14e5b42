#include "core/limit_internal.h"

#include "base/error.h"
#include "core/misuse.h"
#include "core/pool_internal.h"
#include "core/task_internal.h"
#include "record/clock.h"
#include "record/record.h"

#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

enum {
    LOOK_TURNS = 256, // between two looks, where nothing else ends a turn
    CLOCK_LOOKS = 16, // between two looks at the clock, which take longer
};

// --- the machine's time, also of a task that never gives way

// Sets the timer whose signal ends the program (see crash.c); 0 unsets it.
static void set_timer(lab_time time) {
    static timer_t timer;
    static bool made;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                             .sigev_signo = SIGVTALRM};
    if (!made && timer_create(CLOCK_MONOTONIC, &event, &timer) < 0)
        return; // then only the loop looks at the clock
    made = true;
    struct itimerspec at = {
        .it_value = {.tv_sec = time / LAB_S, .tv_nsec = time % LAB_S}};
    timer_settime(timer, 0, &at, NULL);
}

static lab_time machine_time(const struct lab_limits *limits) {
    return limits->clock ? limits->clock() : lab_clock_machine();
}

static bool is_timed(const struct lab_limits *limits) {
    return limits->machine > 0 && limits->machine < LAB_FOREVER / 2 &&
           !limits->clock;
}

void lab_limit_begin(lab_loop *loop, struct run *run) {
    const struct lab_limits *limits = &run->options->limits;
    loop->look = LOOK_TURNS;
    if (limits->machine > 0)
        run->limit.began = machine_time(limits);
    if (is_timed(limits))
        set_timer(2 * limits->machine);
}

void lab_limit_end(struct run *run) {
    if (is_timed(&run->options->limits))
        set_timer(0);
}

// --- the bounds

static bool has_many_events(const struct run *run, uint64_t times) {
    uint64_t most = run->options->limits.events;
    return most && run->record &&
           (lab_record_count(run->record) + lab_record_left_out(run->record)) /
                   times >
               most;
}

static bool has_many_turns(const lab_loop *loop, const struct run *run,
                           uint64_t times) {
    uint64_t most = run->options->limits.turns;
    return most && (loop->passes - run->limit.since) / times > most;
}

static bool is_late(struct run *run, lab_time times) {
    const struct lab_limits *limits = &run->options->limits;
    if (limits->machine <= 0 || run->limit.looks++ % CLOCK_LOOKS != 0)
        return false;
    return (machine_time(limits) - run->limit.began) / times > limits->machine;
}

// The code of a bound that is reached, multiplied by [times]; 0 if none is.
static int reached(const lab_loop *loop, struct run *run, int times) {
    if (has_many_events(run, (uint64_t)times))
        return LAB_EEVENTS;
    if (has_many_turns(loop, run, (uint64_t)times))
        return LAB_ETURNS;
    return is_late(run, times) ? LAB_EMACHINE : 0;
}

// --- what follows

static void stop(struct run *run, int code) {
    struct limit *limit = &run->limit;
    limit->hit = code;
    snprintf(limit->words, sizeof limit->words, "%s", lab_error_text(code));
    lab_cancel_because(run->root, limit->words);
}

static const struct job *job_of(const struct run *run) {
    lab_list_each(node, (struct lab_list *)&run->all_pools) {
        const lab_pool *pool = lab_list_item(node, lab_pool, node);
        for (int i = 0; i < pool->size; i++)
            if (pool->workers[i].job)
                return pool->workers[i].job;
    }
    return NULL;
}

// The run has not ended since it was stopped.
static void give_up(const struct run *run) {
    const struct job *job = job_of(run);
    const lab_task *task = job ? job->asker : run->root;
    if (job)
        lab_misuse("job #%u of task #%u \"%s\" continues although its run was "
                   "stopped: %s",
                   job->number, task->number, task->name, run->limit.words);
    lab_misuse(
        "task #%u \"%s\", or a child of it, continues although the run was "
        "stopped: %s",
        task->number, task->name, run->limit.words);
}

void lab_limit_look(lab_loop *loop, struct run *run) {
    struct limit *limit = &run->limit;
    loop->look = loop->passes + LOOK_TURNS;
    if (loop->now != limit->now) {
        limit->now = loop->now;
        limit->since = loop->passes;
    }
    if (limit->hit) {
        if (reached(loop, run, 2))
            give_up(run);
        return;
    }
    int code = reached(loop, run, 1);
    if (code)
        stop(run, code);
}
