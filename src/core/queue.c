// queue.c - items handed from task to task.
//
// A priority queue is a heap; the others are a ring, and an item is taken from
// its front or its end. A queue is in one of three states:
//
//     getters wait       it is empty; a put goes to the first getter
//     nobody waits       an item put is kept, an item got makes room
//     putters wait       it is full; a get lets in what the first putter holds

#include "core/queue.h"

#include "core/line_internal.h"
#include "core/misuse.h"
#include "core/park_internal.h"

// An item that is kept in the heap.
struct entry {
    struct lab_heap_node node;
    void *item;
};

// A waiting task, with the item that it got or wants to put. Lies on its stack.
struct party {
    struct line_waiter waiter;
    void *item;
    int64_t key;
};

// --- what is kept

static void keep_in_heap(struct lab_queue *queue, void *item, int64_t key) {
    struct entry *entry = lab_slab_take(&queue->entries);
    entry->item = item;
    entry->node.key = key;
    entry->node.sequence = queue->sequence++;
    lab_heap_push(&queue->heap, &entry->node);
    queue->in_heap++;
}

static void keep(struct lab_queue *queue, void *item, int64_t key) {
    if (queue->order == LAB_QUEUE_PRIORITY)
        keep_in_heap(queue, item, key);
    else
        lab_ring_push(&queue->ring, item);
}

static void *pop_heap(struct lab_queue *queue) {
    struct lab_heap_node *node = lab_heap_least(&queue->heap);
    struct entry *entry = lab_list_item(node, struct entry, node);
    void *item = entry->item;
    lab_heap_remove(&queue->heap, node);
    lab_slab_put(&queue->entries, entry);
    queue->in_heap--;
    return item;
}

// Takes out the next item. Returns false if there is none.
static bool pop(struct lab_queue *queue, void **item) {
    if (lab_queue_length(queue) == 0)
        return false;
    switch (queue->order) {
    case LAB_QUEUE_PRIORITY:
        *item = pop_heap(queue);
        break;
    case LAB_QUEUE_LIFO:
        *item = lab_ring_pop_last(&queue->ring);
        break;
    case LAB_QUEUE_FIFO:
        *item = lab_ring_pop(&queue->ring);
        break;
    }
    return true;
}

// --- life

void lab_queue_init(struct lab_queue *queue, enum lab_queue_order order,
                    size_t capacity) {
    *queue = (struct lab_queue){.order = order,
                                .capacity = capacity,
                                .entries.size = sizeof(struct entry)};
    struct run *run = lab_run_acting();
    queue->run = run && run->record ? run : NULL;
    lab_list_init(&queue->getters);
    lab_list_init(&queue->putters);
    lab_list_init(&queue->joiners);
}

void lab_queue_term(struct lab_queue *queue) {
    void *item;
    // They would wake up with a queue that no longer exists.
    if (!lab_list_empty(&queue->getters) || !lab_list_empty(&queue->putters) ||
        !lab_list_empty(&queue->joiners))
        lab_misuse("a queue was given back while a task waits for it: await "
                   "the task first");
    while (pop(queue, &item))
        ;
    lab_heap_free(&queue->heap);
    lab_slab_free(&queue->entries);
    lab_ring_free(&queue->ring);
}

// --- who puts and gets

// A queue has one number, whatever is waited for at it.
static unsigned number_of(struct lab_queue *queue, struct run *run) {
    return lab_run_number(run, LAB_ON_GET, &queue->number);
}

// The queue may outlive its run, which is looked at only by one that acts in
// it. Not inlined, but put and get are: without a record they are all there is,
// and gcc would not do either by itself.
static __attribute__((noinline)) void
note(struct lab_queue *queue, enum lab_event_kind kind, unsigned task) {
    struct run *run = lab_run_acting();
    if (run == queue->run)
        lab_run_note(run, kind, kind == LAB_EVENT_PUT ? LAB_ON_PUT : LAB_ON_GET,
                     number_of(queue, run), task,
                     (int64_t)lab_queue_length(queue));
}

static __attribute__((noinline)) void note_caller(struct lab_queue *queue,
                                                  enum lab_event_kind kind) {
    const lab_task *caller = lab_task_caller();
    note(queue, kind, caller ? lab_task_number(caller) : 0);
}

// --- putting

// Gives [item] to the one that waits as [waiter].
static void hand_over(struct lab_queue *queue, struct line_waiter *waiter,
                      void *item) {
    lab_list_item(waiter, struct party, waiter)->item = item;
    if (!queue->run)
        return;
    note_caller(queue, LAB_EVENT_PUT);
    note(queue, LAB_EVENT_GET, lab_task_number(waiter->task));
}

// Puts [item] where there is a place for it without waiting.
static inline __attribute__((always_inline)) int put(struct lab_queue *queue,
                                                     void *item, int64_t key) {
    if (queue->is_shut)
        return LAB_EPIPE;
    struct line_waiter *first = lab_list_empty(&queue->getters)
                                    ? NULL
                                    : lab_line_wake(&queue->getters, 0);
    if (first)
        hand_over(queue, first, item);
    else if (!queue->capacity || lab_queue_length(queue) < queue->capacity)
        keep(queue, item, key);
    else
        return LAB_EAGAIN;
    queue->unfinished++;
    if (queue->run && !first)
        note_caller(queue, LAB_EVENT_PUT);
    return 0;
}

int lab_queue_put_key(struct lab_queue *queue, void *item, int64_t key,
                      lab_time timeout) {
    LAB_TRY(lab_task_check());
    int rc = put(queue, item, key);
    if (rc != LAB_EAGAIN)
        return rc;
    struct party me = {.waiter.kind = LAB_ON_PUT, .item = item, .key = key};
    me.waiter.other = number_of(queue, lab_self()->run);
    return lab_line_wait(&queue->putters, &me.waiter,
                         lab_task_deadline(timeout));
}

int lab_queue_put(struct lab_queue *queue, void *item) {
    return lab_queue_put_key(queue, item, 0, LAB_FOREVER);
}

int lab_queue_put_within(struct lab_queue *queue, void *item,
                         lab_time timeout) {
    return lab_queue_put_key(queue, item, 0, timeout);
}

int lab_queue_put_key_nowait(struct lab_queue *queue, void *item, int64_t key) {
    lab_loop_check();
    return put(queue, item, key);
}

int lab_queue_put_nowait(struct lab_queue *queue, void *item) {
    return lab_queue_put_key_nowait(queue, item, 0);
}

// --- getting

static inline __attribute__((always_inline)) int get(struct lab_queue *queue,
                                                     void **item) {
    if (!pop(queue, item))
        return queue->is_shut ? LAB_EOF : LAB_EAGAIN;
    if (queue->run)
        note_caller(queue, LAB_EVENT_GET);
    struct line_waiter *first = lab_list_empty(&queue->putters)
                                    ? NULL
                                    : lab_line_wake(&queue->putters, 0);
    if (first) {
        struct party *putter = lab_list_item(first, struct party, waiter);
        keep(queue, putter->item, putter->key);
        queue->unfinished++;
        if (queue->run)
            note(queue, LAB_EVENT_PUT, lab_task_number(first->task));
    }
    return 0;
}

int lab_queue_get_within(struct lab_queue *queue, void **item,
                         lab_time timeout) {
    LAB_TRY(lab_task_check());
    int rc = get(queue, item);
    if (rc != LAB_EAGAIN)
        return rc;
    struct party me = {.waiter.kind = LAB_ON_GET};
    me.waiter.other = number_of(queue, lab_self()->run);
    LAB_TRY(
        lab_line_wait(&queue->getters, &me.waiter, lab_task_deadline(timeout)));
    *item = me.item;
    return 0;
}

int lab_queue_get(struct lab_queue *queue, void **item) {
    return lab_queue_get_within(queue, item, LAB_FOREVER);
}

int lab_queue_get_nowait(struct lab_queue *queue, void **item) {
    lab_loop_check();
    return get(queue, item);
}

size_t lab_queue_length(const struct lab_queue *queue) {
    return lab_ring_count(&queue->ring) + queue->in_heap;
}

// --- task_done and join

static void release_joiners(struct lab_queue *queue) {
    if (queue->unfinished == 0)
        lab_line_wake_all(&queue->joiners, 0);
}

int lab_queue_task_done(struct lab_queue *queue) {
    lab_loop_check();
    if (queue->unfinished == 0)
        return LAB_EINVAL;
    queue->unfinished--;
    release_joiners(queue);
    return 0;
}

int lab_queue_join(struct lab_queue *queue) {
    LAB_TRY(lab_task_check());
    if (queue->unfinished == 0)
        return 0;
    struct line_waiter me = {.kind = LAB_ON_JOIN,
                             .other = number_of(queue, lab_self()->run)};
    return lab_line_wait(&queue->joiners, &me, LAB_FOREVER);
}

void lab_queue_shutdown(struct lab_queue *queue, bool immediate) {
    void *item;
    lab_loop_check();
    queue->is_shut = true;
    // task_done may have been called for an item before it was got.
    while (immediate && pop(queue, &item))
        if (queue->unfinished > 0)
            queue->unfinished--;
    release_joiners(queue);
    lab_line_wake_all(&queue->getters, LAB_EOF);
    lab_line_wake_all(&queue->putters, LAB_EPIPE);
}
