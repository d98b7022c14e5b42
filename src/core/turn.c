// turn.c - who runs next, and giving the thread to it.
//
//     ready --(a turn begins)--> batch --> task --> task --> ... --> the loop
//
// A turn runs the tasks that were ready when it began. One that becomes ready
// meanwhile is for the next turn, so that the loop gets to poll.

#include "core/state.h"

void lab_turn_bury(lab_loop *loop) {
    lab_task *task = loop->left;
    loop->left = NULL;
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
// beginning of a turn. A cancel comes from nobody.
static void begin_choice(lab_loop *loop, lab_task *task) {
    loop->running = loop->self = NULL;
    if (task && task->state != LAB_TASK_ENDED) {
        cancel_as_scheduled(loop, LAB_VICTIM_ROOT, task->run->root);
        cancel_as_scheduled(loop, LAB_VICTIM_WAITER, task);
    }
}

// Under a schedule every task that is ready may be next, not only those that
// were when the turn began: else some orders could never be seen.
static struct lab_list *choose(lab_loop *loop) {
    struct lab_list *node;
    size_t ready = 0;
    if (lab_signal_pending(SIGINT))
        return NULL; // the loop must see it, though its turn might not end
    begin_choice(loop, loop->running);
    while ((node = lab_list_pop(&loop->ready)))
        lab_list_push(&loop->batch, node);
    lab_list_each(at, &loop->batch)
        ready++;
    if (ready == 0)
        return NULL;
    size_t skip = ready > 1 ? lab_schedule_choose(loop->schedule, ready) : 0;
    node = loop->batch.next;
    while (skip-- > 0)
        node = node->next;
    lab_list_remove(node);
    cancel_as_scheduled(loop, LAB_VICTIM_WOKEN,
                        lab_list_item(node, lab_task, node));
    return node;
}

static void give_stack(lab_loop *loop, lab_task *task) {
    struct lab_stack *stack =
        task->stack_size ? lab_stack_take_deep(loop->stacks, task->stack_size)
                         : lab_stack_take(loop->stacks);
    lab_coroutine_make(&task->coroutine, stack, lab_task_body, task);
}

// Begins a turn with the tasks that are ready, if there are any.
static bool begin(lab_loop *loop) {
    if (lab_list_empty(&loop->ready))
        return false;
    loop->turn++;
    lab_list_move(&loop->batch, &loop->ready);
    return true;
}

// The next task of this turn, or of the turn after it where the loop itself
// would have nothing to do in between; NULL if it has.
static lab_task *next(lab_loop *loop) {
    struct lab_list *node =
        loop->schedule ? choose(loop) : lab_list_pop(&loop->batch);
    if (!node && !loop->schedule && !lab_loop_has_news(loop) && begin(loop))
        node = lab_list_pop(&loop->batch);
    return node ? lab_list_item(node, lab_task, node) : NULL;
}

// Of a step that begins where another has just given way, the time is that.
static void record_run(const lab_loop *loop, const lab_task *task) {
    lab_task_record_at(task, loop->stamp ? loop->stamp : lab_loop_time(loop),
                       LAB_EVENT_RUN, 0,
                       (int64_t)(loop->turn - task->run->first_turn));
}

// What those who look on are told of a step: [task] runs instead of [before],
// either of them NULL for the loop.
static void note_step(lab_loop *loop, lab_task *before, lab_task *task) {
    if (before)
        before->here = lab_here;
    if (task)
        lab_here_set(task->here.file, task->here.line);
    else
        lab_here_set(NULL, 0);
    if (loop->detector)
        lab_detector_step(loop->detector, task);
    if (task && task->run->record)
        record_run(loop, task);
    loop->stamp = 0;
}

static bool is_watched(const lab_loop *loop, const lab_task *task) {
    return loop->detector || (task && task->run->record);
}

static lab_task *begin_step(lab_loop *loop) {
    lab_task *task = next(loop), *before = loop->running;
    loop->running = loop->self = task;
    if (is_watched(loop, task) || is_watched(loop, before))
        note_step(loop, before, task);
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

static struct lab_coroutine *next_coroutine(lab_loop *loop) {
    return coroutine_of(loop, begin_step(loop));
}

struct lab_coroutine *lab_turn_replace(lab_loop *loop, lab_task *dead) {
    lab_task *task = begin_step(loop);
    if (!task || task->state != LAB_TASK_NEW || task->stack_size ||
        dead->stack_size) {
        loop->left = dead;
        return coroutine_of(loop, task);
    }
    task->coroutine = dead->coroutine;
    task->state = LAB_TASK_RUNNING;
    if (dead->detached)
        lab_task_free(dead);
    return NULL;
}

// Of many tasks that go on in one turn neither the task nor its stack is in the
// cache. The next one's stack, and the task behind it, are on their way while
// this one runs. (At the end of the batch that is some address or other.)
static inline void fetch_ahead(const struct lab_list *node) {
    __builtin_prefetch(lab_list_item(node, lab_task, node)->coroutine.sp);
    __builtin_prefetch(node->next);
}

// The same where there is nothing to decide and nobody looks on; else NULL,
// and nothing has happened. It is for this that most switches are fast.
static inline lab_task *next_of_batch(lab_loop *loop, const lab_task *before) {
    struct lab_list *node = loop->batch.next;
    lab_task *task = lab_list_item(node, lab_task, node);
    if (node == &loop->batch || loop->schedule || loop->detector ||
        task->state == LAB_TASK_NEW || task->run->record || before->run->record)
        return NULL;
    fetch_ahead(node->next);
    lab_list_remove(node);
    loop->running = loop->self = task;
    task->state = LAB_TASK_RUNNING;
    return task;
}

// Tasks switch to each other directly: going through the loop in between
// would double the cost.
void lab_turn_give_way(lab_task *task) {
    lab_loop *loop = lab_loop_current;
    lab_task *quick = next_of_batch(loop, task);
    struct lab_coroutine *to = quick ? &quick->coroutine : next_coroutine(loop);
    if (to == &task->coroutine)
        return; // it is alone, or a schedule chooses who has just given way
    lab_coroutine_switch(&task->coroutine, to);
    lab_turn_arrived(loop);
}

void lab_turn_run(lab_loop *loop) {
    struct lab_list *node;
    while ((node = lab_list_pop(&loop->batch))) // only if it was cut short
        lab_list_push(&loop->ready, node);
    if (!begin(loop))
        return;
    lab_coroutine_switch(&loop->context, next_coroutine(loop));
    lab_turn_arrived(loop);
}
