// That nobody but a task waits. That nobody but the loop wakes, misuse.c has.

#include "test.h"

#include "core/barrier.h"
#include "core/condition.h"
#include "core/executor.h"
#include "core/flag.h"
#include "core/line_internal.h"
#include "core/park_internal.h"
#include "core/queue.h"
#include "core/semaphore.h"

static int wait_in_a_job(void *arg) {
    struct lab_lock lock;
    struct lab_flag flag;
    struct lab_semaphore semaphore;
    struct lab_condition condition;
    struct lab_barrier barrier;
    struct lab_queue queue;
    void *item;
    lab_lock_init(&lock);
    lab_flag_init(&flag);
    lab_semaphore_init(&semaphore, 1);
    lab_condition_init(&condition, &lock);
    lab_barrier_init(&barrier, 1);
    lab_queue_init(&queue, LAB_QUEUE_FIFO, 1);
    CHECK_INT(lab_lock_acquire(&lock), LAB_EPERM);
    CHECK_INT(lab_lock_acquire_shielded(&lock), LAB_EPERM);
    CHECK_INT(lab_flag_wait(&flag), LAB_EPERM);
    CHECK_INT(lab_semaphore_acquire(&semaphore), LAB_EPERM);
    CHECK_INT(lab_condition_wait(&condition), LAB_EPERM);
    CHECK_INT(lab_condition_wait_for(&condition, NULL, NULL), LAB_EPERM);
    CHECK_INT(lab_barrier_wait(&barrier), LAB_EPERM);
    CHECK_INT(lab_queue_put(&queue, arg), LAB_EPERM);
    CHECK_INT(lab_queue_get(&queue, &item), LAB_EPERM);
    CHECK_INT(lab_queue_join(&queue), LAB_EPERM);
    CHECK_INT(semaphore.value, 1);
    CHECK_INT(lab_queue_length(&queue), 0);
    lab_queue_term(&queue);
    return 7;
}

VIRTUAL_TEST(a_job_in_a_pool_waits_for_none_of_these) {
    lab_pool *pool = lab_pool_new("pool", 1);
    CHECK_INT(lab_offload(pool, wait_in_a_job, NULL), 7);
}

// --- the line itself

static struct lab_list line;

static int stand(void *arg) {
    struct line_waiter me = {.kind = LAB_ON_FLAG};
    (void)arg;
    return lab_line_wait(&line, &me, LAB_FOREVER);
}

static int stand_for_a_second(void *arg) {
    struct line_waiter me = {.kind = LAB_ON_FLAG};
    (void)arg;
    return lab_line_wait(&line, &me, lab_task_deadline(LAB_S));
}

VIRTUAL_TEST(the_first_that_still_waits_is_woken) {
    lab_list_init(&line);
    lab_task *a = lab_spawn("a", stand, NULL), *b = lab_spawn("b", stand, NULL);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_line_length(&line), 2);
    lab_cancel(a);
    CHECK_INT(lab_line_length(&line), 1);
    const struct line_waiter *waiter = lab_line_wake(&line, 5);
    CHECK(waiter && waiter->task == b);
    CHECK(lab_line_wake(&line, 6) == NULL);
    CHECK_INT(lab_await(a), LAB_ECANCELED);
    CHECK_INT(lab_await(b), 5);
    CHECK(lab_list_empty(&line));
}

VIRTUAL_TEST(a_deadline_ends_the_wait_and_the_place) {
    lab_list_init(&line);
    lab_task *a = lab_spawn("a", stand_for_a_second, NULL);
    CHECK_INT(lab_sleep(LAB_S), 0); // due at once with it
    CHECK_INT(lab_line_wake_all(&line, 0), 0);
    CHECK_INT(lab_await(a), LAB_ETIMEDOUT);
    CHECK(lab_list_empty(&line));
}
