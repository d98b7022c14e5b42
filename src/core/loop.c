#include "core/loop_internal.h"

#include "base/die.h"
#include "core/detector_internal.h"
#include "core/misuse.h"
#include "core/park_internal.h"
#include "core/pool_internal.h"
#include "core/real_internal.h"
#include "core/schedule.h"
#include "core/signal_internal.h"
#include "core/stream_internal.h"
#include "core/turn_internal.h"
#include "record/clock.h"

#include <signal.h>

_Thread_local lab_loop *lab_loop_current;
_Thread_local struct lab_site lab_here;

void lab_loop_misused(void) {
    lab_misuse("%s used what belongs to the loop, such as a task, a lock or a "
               "queue: only tasks may. lab_call_soon_threadsafe has the loop "
               "make a call for a job in a pool",
               lab_worker_self() ? "a job in a pool"
                                 : "a thread that is not a worker of a pool");
}

// --- the turn

static void move_timer(lab_loop *loop, struct lab_heap_node *node,
                       lab_time at) {
    lab_heap_remove(&loop->timers, node);
    node->key = at;
    node->sequence = loop->sequence++;
    lab_heap_push(&loop->timers, node);
}

bool lab_loop_hurry(lab_loop *loop) {
    struct lab_heap_node *node = lab_heap_least(&loop->timers);
    while (node && node->key < LAB_FOREVER)
        node = lab_heap_after(&loop->timers, node);
    if (node)
        move_timer(loop, node, loop->now);
    return node != NULL;
}

// Is [node] the timer that the schedule makes late? Then it is set to a time
// that never comes.
static bool delay(lab_loop *loop, struct lab_heap_node *node) {
    if (!loop->schedule)
        return false;
    bool delays = lab_schedule_delays(loop->schedule);
    if (delays)
        move_timer(loop, node, LAB_FOREVER);
    else if (lab_schedule_delayed(loop->schedule))
        lab_loop_hurry(loop);
    return delays;
}

void lab_loop_fire(lab_loop *loop, lab_time now) {
    struct lab_heap_node *node;
    while ((node = lab_heap_least(&loop->timers)) && node->key <= now) {
        struct lab_timer *timer = lab_list_item(node, struct lab_timer, node);
        if (delay(loop, node))
            continue;
        lab_heap_remove(&loop->timers, node);
        timer->fn(timer);
    }
}

// A walk through [root] and all below it, each after its children. A tree may
// be as deep as there are tasks, too deep to call oneself for each.
static lab_task *leaf_of(lab_task *task) {
    while (!lab_list_empty(&task->children))
        task = lab_list_item(task->children.next, lab_task, sibling);
    return task;
}

static lab_task *after(const lab_task *root, const lab_task *task) {
    struct lab_list *next = task->sibling.next;
    if (task == root)
        return NULL;
    return next == &task->parent->children
               ? task->parent
               : leaf_of(lab_list_item(next, lab_task, sibling));
}

static void cancel_all(lab_task *root, const struct run *spared) {
    for (lab_task *task = leaf_of(root); task; task = after(root, task)) {
        struct run *run = task->run;
        if (run == spared)
            continue;
        if (!run->deadlocked)
            lab_run_event(run, (struct lab_event){.kind = LAB_EVENT_DEADLOCK},
                          NULL);
        run->deadlocked = true;
        lab_cancel_because(task, "deadlock");
    }
}

// Tasks that wait for each other inside shields do not hear the cancel.
static void release_all(lab_task *root, const struct run *spared) {
    for (lab_task *task = leaf_of(root); task; task = after(root, task))
        if (task->run != spared && task->wait_kind != LAB_ON_CHILDREN)
            lab_task_wake(task, LAB_EDEADLK);
}

// Every task waits and nothing is left that could wake one. Each is cancelled;
// what it was waiting for is in the record. The tasks of the loop's own run,
// such as the prompt, wait for the runs that are stuck, and are spared; unless
// they are stuck themselves.
static void break_deadlock(lab_loop *loop, lab_task *root) {
    const struct run *spared = root->run;
    for (int i = 0; i < 2 && lab_ring_empty(&loop->ready); i++) {
        cancel_all(root, spared);
        if (lab_ring_empty(&loop->ready))
            release_all(root, spared);
        spared = NULL;
    }
    lab_assert(!lab_ring_empty(&loop->ready));
}

// If there are timers, the loop must look at the clock.
bool lab_loop_has_news(lab_loop *loop) {
    if (loop->detector)
        return true; // it counts the turns
    if (!lab_list_empty(&loop->late))
        return true;
    if (loop->is_virtual)
        return lab_world_has_news(loop);
    return lab_heap_least(&loop->timers) ||
           (loop->real && lab_real_has_news(loop->real));
}

static void real_turn(lab_loop *loop, lab_task *root) {
    lab_stream_send_late(loop);
    bool idle = lab_ring_empty(&loop->ready);
    if (idle && !loop->outside && !lab_heap_least(&loop->timers))
        break_deadlock(loop, root);
    else
        lab_real_poll(loop, idle);
    lab_loop_fire(loop, lab_step_clock_ask(&loop->clock));
}

static void virtual_turn(lab_loop *loop, lab_task *root) {
    // Nothing polls here, so check for an interrupt from the terminal.
    if (lab_signal_pending(SIGINT) && lab_signal_take(SIGINT))
        lab_run_interrupt(root->run);
    lab_limit_look(loop, root->run);
    if (!lab_world_turn(loop))
        break_deadlock(loop, root);
}

void lab_loop_drive(lab_loop *loop, lab_task *root) {
    for (;;) {
        lab_turn_run(loop);
        if (root->state == LAB_TASK_ENDED)
            break;
        if (loop->is_virtual)
            virtual_turn(loop, root);
        else
            real_turn(loop, root);
    }
}

// --- a loop's life

void lab_loop_init(lab_loop *loop, bool is_virtual) {
    lab_loop *outer = lab_loop_current;
    *loop = (lab_loop){.is_virtual = is_virtual, .outer = outer};
    // A loop inside a task of another loop runs on that task's stack.
    lab_coroutine_adopt(&loop->context, outer && outer->running
                                            ? &outer->running->coroutine
                                            : NULL);
    loop->stacks = outer ? outer->stacks : &loop->own_stacks;
    loop->own_tasks.size = sizeof(lab_task);
    loop->tasks = outer ? outer->tasks : &loop->own_tasks;
    lab_list_init(&loop->late);
    lab_list_init(&loop->world.burning);
    loop->detector = outer ? outer->detector : NULL;
    lab_loop_current = loop;
}

void lab_loop_term(lab_loop *loop) {
    if (loop->detector && !loop->outer)
        lab_detector_stop();
    else if (loop->detector) // what is left of the task that waited for us
        lab_detector_step(loop->detector, loop->outer->running);
    if (loop->real)
        lab_real_term(loop);
    lab_heap_free(&loop->world.timers);
    lab_heap_free(&loop->timers);
    lab_ring_free(&loop->ready);
    lab_loop_current = loop->outer;
    if (!loop->outer) {
        lab_stacks_free(loop->stacks);
        lab_slab_free(loop->tasks);
    }
}

enum { DEEP_STACK = 256 * 1024 }; // of a loop's root task

int lab_loop_main(const char *name, lab_fn *body, void *arg) {
    lab_loop loop;
    struct lab_run_options options = {.name = name, .clock = LAB_CLOCK_REAL};
    struct run run;
    lab_loop_init(&loop, false);
    lab_run_init(&run, &options);
    lab_task *root = run.root =
        lab_task_new(&run, NULL, (struct lab_site){__FILE__, __LINE__}, name,
                     body, arg, DEEP_STACK);
    lab_loop_drive(&loop, root);
    int rc = root->end.result;
    lab_task_free(root);
    lab_run_term(&run);
    lab_loop_term(&loop);
    return rc;
}

// --- timers

void lab_timer_set(lab_loop *loop, struct lab_timer *timer, lab_time at,
                   lab_timer_fn *fn) {
    lab_heap_remove(&loop->timers, &timer->node);
    timer->fn = fn;
    timer->node.key = at;
    timer->node.sequence = loop->sequence++;
    lab_heap_push(&loop->timers, &timer->node);
}

lab_loop *lab_loop_outermost(void) {
    lab_loop *loop = lab_loop_current;
    while (loop && loop->outer)
        loop = loop->outer;
    return loop;
}

// These use the machine's clock, even when called from inside a virtual run.
void lab_timer_start(struct lab_timer *timer, lab_time delay,
                     lab_timer_fn *fn) {
    lab_loop *loop = lab_loop_outermost();
    lab_timer_set(loop, timer, lab_time_after(lab_loop_time(loop), delay), fn);
}

void lab_timer_stop(struct lab_timer *timer) {
    lab_heap_remove(&lab_loop_outermost()->timers, &timer->node);
}
