// queue.h - items handed from task to task.
//
// Use:
//     struct lab_queue jobs;
//     lab_queue_init(&jobs, LAB_QUEUE_FIFO, 10); // room for ten
//     ...
//     LAB_TRY(lab_queue_put(&jobs, job)); // one task: waits while it is full
//     ...
//     while ((rc = lab_queue_get(&jobs, &item)) == 0) // another one
//         work(item);                                 // LAB_EOF: no more
//     ...
//     lab_queue_shutdown(&jobs, false);
//     ...
//     lab_queue_term(&jobs); // at the end
//
// Rules: the task that has waited longest is served first: an item is handed to
// a waiting getter directly, and room to a waiting putter, so a newcomer cannot
// overtake them. A get that fails took nothing, a put that fails put nothing;
// in a cancelled task both fail. A queue must outlive the tasks that use it.
// Functions that do not wait may also be called from the loop's callbacks.

#ifndef LAB_CORE_QUEUE_H
#define LAB_CORE_QUEUE_H

#include "base/error.h"
#include "base/heap.h"
#include "base/list.h"
#include "base/ring.h"
#include "base/slab.h"
#include "base/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Which item is got first.
enum lab_queue_order {
    LAB_QUEUE_FIFO,     // the one put first
    LAB_QUEUE_LIFO,     // the one put last
    LAB_QUEUE_PRIORITY, // the one with the least key; of equals, the one put
                        // first
};

struct lab_queue {
    enum lab_queue_order order; // read only, as is the rest of this group
    size_t capacity;            // 0: no bound
    size_t unfinished;          // items put and not yet task_done
    bool is_shut;
    // The queue's own:
    struct lab_ring ring; // FIFO and LIFO
    struct lab_heap heap; // PRIORITY
    size_t in_heap;
    struct lab_slab entries;
    uint64_t sequence;
    struct lab_list getters, putters, joiners;
    unsigned number; // in the run
    struct run *run; // whose record says who puts and gets; NULL: none
};

// Makes [queue] an empty one that holds [capacity] items at most; 0 is no
// limit.
//
// Owns:   yours, until lab_queue_term. The items, which may be NULL, are
//         always the caller's.
// Source: asyncio's Queue, LifoQueue, PriorityQueue.
void lab_queue_init(struct lab_queue *queue, enum lab_queue_order order,
                    size_t capacity);

// Gives back the memory of [queue]. No task may wait for it any more: await
// cancelled tasks first. Items left in it are forgotten, not freed.
void lab_queue_term(struct lab_queue *queue);
#define lab_queue_term LAB_COVER(lab_queue_term)

// Waits until there is room and puts [item]. In a priority queue its key is 0.
//
// Errors: LAB_ECANCELED; LAB_EPIPE if the queue is shut, before or while we
//         wait; LAB_EPERM outside of a task. In each case nothing was put.
// Source: asyncio's Queue.put.
LAB_CHECKED int lab_queue_put(struct lab_queue *queue, void *item);
#define lab_queue_put LAB_COVER(lab_queue_put)

// The same for at most [timeout] of the run's clock. With zero or less it
// gives way once if there is no room.
//
// Errors: those of lab_queue_put; LAB_ETIMEDOUT.
// Source: asyncio's wait_for(queue.put(item), timeout).
LAB_CHECKED int lab_queue_put_within(struct lab_queue *queue, void *item,
                                     lab_time timeout);
#define lab_queue_put_within LAB_COVER(lab_queue_put_within)

// The same with a key, which counts in a priority queue only: the least is got
// first. A [timeout] of LAB_FOREVER waits without end.
LAB_CHECKED int lab_queue_put_key(struct lab_queue *queue, void *item,
                                  int64_t key, lab_time timeout);
#define lab_queue_put_key LAB_COVER(lab_queue_put_key)

// Puts [item] if there is room now. Does not wait.
//
// Errors: LAB_EAGAIN if there is none; LAB_EPIPE if the queue is shut.
// Source: asyncio's Queue.put_nowait.
LAB_CHECKED int lab_queue_put_nowait(struct lab_queue *queue, void *item);
#define lab_queue_put_nowait LAB_COVER(lab_queue_put_nowait)
LAB_CHECKED int lab_queue_put_key_nowait(struct lab_queue *queue, void *item,
                                         int64_t key);
#define lab_queue_put_key_nowait LAB_COVER(lab_queue_put_key_nowait)

// Waits until there is an item and takes it, into [*item].
//
// Errors: LAB_ECANCELED; LAB_EOF if the queue is shut and empty; LAB_EPERM
//         outside of a task. In each case [*item] is left as it was.
// Source: asyncio's Queue.get.
LAB_CHECKED int lab_queue_get(struct lab_queue *queue, void **item);
#define lab_queue_get LAB_COVER(lab_queue_get)

// The same for at most [timeout] of the run's clock. With zero or less it
// gives way once if there is no item.
//
// Errors: those of lab_queue_get; LAB_ETIMEDOUT.
// Source: asyncio's wait_for(queue.get(), timeout).
LAB_CHECKED int lab_queue_get_within(struct lab_queue *queue, void **item,
                                     lab_time timeout);
#define lab_queue_get_within LAB_COVER(lab_queue_get_within)

// Takes an item if there is one now. Does not wait.
//
// Errors: LAB_EAGAIN if there is none; LAB_EOF if there will be none.
// Source: asyncio's Queue.get_nowait.
LAB_CHECKED int lab_queue_get_nowait(struct lab_queue *queue, void **item);
#define lab_queue_get_nowait LAB_COVER(lab_queue_get_nowait)

// How many items can be got now.
//
// Source: asyncio's Queue.qsize.
size_t lab_queue_length(const struct lab_queue *queue);

// Says that the work on one item is over.
//
// Errors: LAB_EINVAL if it was already called once for every item put.
// Source: asyncio's Queue.task_done.
int lab_queue_task_done(struct lab_queue *queue);
#define lab_queue_task_done LAB_COVER(lab_queue_task_done)

// Waits until lab_queue_task_done was called for every item put.
//
// Errors: LAB_ECANCELED; LAB_EPERM outside of a task.
// Source: asyncio's Queue.join.
LAB_CHECKED int lab_queue_join(struct lab_queue *queue);
#define lab_queue_join LAB_COVER(lab_queue_join)

// Shuts the queue: puts fail with LAB_EPIPE, waiting ones included. Items in it
// can still be got; after that a get fails with LAB_EOF. With [immediate] they
// are dropped, as if got and done: to free them, get them with
// lab_queue_get_nowait first.
//
// Source: asyncio's Queue.shutdown, of Python 3.13.
void lab_queue_shutdown(struct lab_queue *queue, bool immediate);
#define lab_queue_shutdown LAB_COVER(lab_queue_shutdown)

#endif
