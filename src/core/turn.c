// turn.c - which task runs next, and giving the thread to it.
//
//     ready   | a | b | c | d | e |
//               ^first      ^turn_end
//
// A turn runs the tasks that were ready when it began, here a to c. One that
// becomes ready meanwhile is for the next turn, so that the loop can poll.

#include "core/turn_internal.h"

#include "core/detector_internal.h"
#include "core/schedule.h"
#include "core/signal_internal.h"
#include "core/task_internal.h"

#include <signal.h>

void lab_turn_bury(lab_loop *loop) {
    lab_task *task = loop->exited_task;
    loop->exited_task = NULL;
    lab_stack_put(loop->stacks, task->coroutine.stack);
    if (task->detached)
        lab_task_free(task);
}

static void cancel_as_scheduled(lab_loop *loop, enum lab_victim victim,
                                lab_task *task) {
    if (lab_schedule_cancels(loop->schedule, victim))
        lab_cancel(task);
}

// What a schedule does between two steps: [task] has just run, NULL at the
// beginning of a turn. The cancel is by no task.
static void begin_choice(lab_loop *loop, lab_task *task) {
    loop->running = loop->self = NULL;
    if (task && task->state != LAB_TASK_ENDED) {
        cancel_as_scheduled(loop, LAB_VICTIM_ROOT, task->run->root);
        cancel_as_scheduled(loop, LAB_VICTIM_WAITER, task);
    }
}

// Under a schedule every ready task may be next, not only those that were ready
// when the turn began: else some orders could never happen.
static lab_task *choose(lab_loop *loop) {
    if (lab_signal_pending(SIGINT) || loop->passes >= loop->look)
        return NULL; // the loop must see it, though its turn might not end
    loop->passes++;
    begin_choice(loop, loop->running);
    size_t ready = lab_ring_count(&loop->ready), taken = 0;
    loop->chosen_from = 0;
    if (ready == 0)
        return NULL;
    if (loop->lent > 0) {
        loop->lent--;
    } else if (ready > 1) {
        taken = lab_schedule_choose(loop->schedule, ready);
        loop->chosen_from = ready;
    }
    lab_task *task = lab_ring_take(&loop->ready, taken);
    cancel_as_scheduled(loop, LAB_VICTIM_WOKEN, task);
    return task;
}

static void give_stack(lab_loop *loop, lab_task *task) {
    struct lab_stack *stack =
        task->stack_size ? lab_stack_take_deep(loop->stacks, task->stack_size)
                         : lab_stack_take(loop->stacks);
    lab_coroutine_make(&task->coroutine, stack, lab_task_body, task);
}

// Begins a turn with the tasks that are ready, if there are any.
static bool begin(lab_loop *loop) {
    if (lab_ring_empty(&loop->ready))
        return false;
    loop->turn++;
    loop->passes++;
    loop->turn_end = loop->ready.last;
    return true;
}

// Is there another task in this turn? Or in the next, if the loop itself has
// nothing to do in between?
static bool has_next(lab_loop *loop) {
    return loop->ready.first != loop->turn_end ||
           (!lab_loop_has_news(loop) && begin(loop));
}

// If more tasks live than the cache holds, the next but one's stack, and the
// task after that, are fetched while others run. Always inlined, as is
// lab_stack_fetch.
static inline __attribute__((always_inline)) void
fetch_ahead(const lab_loop *loop) {
    enum { MANY = 2048 };
    const struct lab_ring *ready = &loop->ready;
    if (lab_ring_count(ready) < 3 || loop->tasks->out < MANY)
        return;
    const lab_task *task = *lab_ring_at(ready, ready->first + 1);
    if (task->coroutine.sp) // it has begun
        lab_stack_fetch(task->coroutine.sp);
    __builtin_prefetch(*lab_ring_at(ready, ready->first + 2));
}

static lab_task *next_task(lab_loop *loop) {
    if (loop->schedule)
        return choose(loop);
    if (!has_next(loop))
        return NULL;
    lab_task *task = lab_ring_pop(&loop->ready);
    fetch_ahead(loop);
    return task;
}

// A schedule chose [task]: the record says from how many.
static void record_choice(const lab_loop *loop, const lab_task *task,
                          lab_time at, int64_t turn) {
    struct lab_event event = {
        .time = lab_run_from_loop(task->run, at),
        .value = turn,
        .task = task->number,
        .line = lab_run_location(task->run, lab_here),
        .kind = LAB_EVENT_RUN,
        .on = task->wait_kind,
        .need = (uint32_t)loop->chosen_from & LAB_NEED_MOST,
    };
    lab_record_add(task->run->record, event, NULL);
}

static inline void record_run(const lab_loop *loop, const lab_task *task,
                              lab_time at) {
    int64_t turn = (int64_t)(loop->turn - task->run->first_turn);
    if (loop->chosen_from > 0)
        record_choice(loop, task, at, turn);
    else
        lab_task_record_here(task, at, LAB_EVENT_RUN, 0, turn);
}

// Tells the detector and the record of a step: [task] runs instead of [before];
// either is NULL for the loop. The loop time is [at], or to be asked for if 0.
static inline __attribute__((always_inline)) void
note_step(lab_loop *loop, lab_task *before, lab_task *task, lab_time at) {
    if (before)
        before->here = lab_here_get();
    if (task)
        lab_here_set(task->here.file, task->here.line);
    else
        lab_here_set(NULL, 0);
    if (loop->detector)
        lab_detector_step(loop->detector, task);
    if (task && task->run->record)
        record_run(loop, task, at ? at : lab_loop_time(loop));
}

static bool is_watched(const lab_loop *loop, const lab_task *task) {
    return loop->detector || (task && task->run->record);
}

// Begins the next step; [at] is for note_step.
static lab_task *begin_step(lab_loop *loop, lab_time at) {
    // In this order: a schedule chooses when nobody runs any more.
    lab_task *before = loop->running, *task = next_task(loop);
    loop->running = loop->self = task;
    if (is_watched(loop, task) || is_watched(loop, before))
        note_step(loop, before, task, at);
    return task;
}

static struct lab_coroutine *coroutine_of(lab_loop *loop, lab_task *task) {
    if (!task)
        return &loop->context;
    if (task->state == LAB_TASK_NEW)
        give_stack(loop, task);
    task->state = LAB_TASK_RUNNING;
    return &task->coroutine;
}

static struct lab_coroutine *next_coroutine(lab_loop *loop, lab_time at) {
    return coroutine_of(loop, begin_step(loop, at));
}

struct lab_coroutine *lab_turn_replace(lab_loop *loop, lab_task *dead) {
    lab_task *task = begin_step(loop, 0);
    if (!task || task->state != LAB_TASK_NEW || task->stack_size ||
        dead->stack_size) {
        loop->exited_task = dead;
        return coroutine_of(loop, task);
    }
    task->coroutine = dead->coroutine;
    task->state = LAB_TASK_RUNNING;
    if (dead->detached)
        lab_task_free(dead);
    return NULL;
}

// Fast path of most switches: no schedule or detector, and a task of the same
// [run] that has begun before. Else returns NULL and begins no step.
static inline lab_task *next_of_turn(lab_loop *loop, const struct run *run) {
    if (loop->schedule || loop->detector || !has_next(loop))
        return NULL;
    lab_task *task = *lab_ring_at(&loop->ready, loop->ready.first);
    if (task->state == LAB_TASK_NEW || task->run != run)
        return NULL;
    loop->ready.first++;
    fetch_ahead(loop);
    loop->running = loop->self = task;
    task->state = LAB_TASK_RUNNING;
    return task;
}

// Tasks switch to each other directly: going through the loop in between
// would double the cost.
static inline void switch_to(lab_loop *loop, lab_task *task,
                             struct lab_coroutine *to) {
    if (to == &task->coroutine)
        return; // it is alone, or a schedule chooses it again
    lab_coroutine_switch(&task->coroutine, to);
    lab_turn_arrived(loop);
}

// The usual end of a step and beginning of the next, written at once: [task]
// waits, and [next] of the same run runs. False if there is no room for both.
static inline bool record_step(const lab_loop *loop, lab_task *task,
                               lab_task *next, lab_time at, unsigned other,
                               lab_time deadline) {
    struct run *run = task->run;
    struct lab_event *events = lab_record_place_two(run->record);
    if (!events)
        return false;
    lab_time time = lab_run_from_loop(run, at);
    lab_task_fill(&events[0], task, time, LAB_EVENT_WAIT, other, deadline);
    task->here = lab_here_get();
    lab_here_set(next->here.file, next->here.line);
    lab_task_fill(&events[1], next, time, LAB_EVENT_RUN, 0,
                  (int64_t)(loop->turn - run->first_turn));
    lab_record_keep_two(run->record, time);
    return true;
}

// The end of one step and the beginning of the next have one time, so that the
// clock is read once. Not inlined: what it needs is not saved without a record.
static __attribute__((noinline)) void give_way_recorded(lab_loop *loop,
                                                        lab_task *task,
                                                        unsigned other,
                                                        lab_time deadline) {
    lab_time at = lab_loop_time(loop);
    lab_task *next = next_of_turn(loop, task->run);
    if (!next || !record_step(loop, task, next, at, other, deadline)) {
        lab_task_record_at(task, at, LAB_EVENT_WAIT, other, deadline);
        if (next)
            note_step(loop, task, next, at);
    }
    switch_to(loop, task, next ? &next->coroutine : next_coroutine(loop, at));
}

void lab_turn_give_way(lab_task *task, unsigned other, lab_time deadline) {
    lab_loop *loop = lab_loop_current;
    if (task->run->record) {
        give_way_recorded(loop, task, other, deadline);
        return;
    }
    lab_task *next = next_of_turn(loop, task->run);
    switch_to(loop, task, next ? &next->coroutine : next_coroutine(loop, 0));
}

// Both are put before all others: the new task runs, and then [task], within
// this turn. A schedule has no choice there.
void lab_turn_lend(lab_task *task) {
    lab_loop *loop = lab_loop_current;
    lab_task *added = lab_ring_pop_last(&loop->ready);
    lab_ring_push_first(&loop->ready, task);
    lab_ring_push_first(&loop->ready, added);
    if (loop->schedule)
        loop->lent += 2;
    lab_turn_give_way(task, added->number, 0);
}

void lab_turn_run(lab_loop *loop) {
    if (!begin(loop))
        return;
    struct lab_coroutine *to = next_coroutine(loop, 0);
    if (to == &loop->context)
        return; // under a schedule, an interrupt came between two turns
    lab_coroutine_switch(&loop->context, to);
    lab_turn_arrived(loop);
}
