// LAB_ECANCELED: every wait of a task that must stop fails, also one that would
// not have had to wait, and nothing happens.

#include "base/error.h"
#include "test.h"

#include "base/alloc.h"
#include "core/barrier.h"
#include "core/condition.h"
#include "core/executor.h"
#include "core/file.h"
#include "core/flag.h"
#include "core/future.h"
#include "core/group.h"
#include "core/queue.h"
#include "core/scope.h"
#include "core/semaphore.h"
#include "core/stream.h"
#include "core/wait.h"

#include <string.h>

// All is such that nobody would have to wait.
static struct {
    lab_task *ended;
    lab_future *future;
    lab_pool *pool;
    lab_file *file;
    lab_stream *ends[2], *listener, *caller;
    struct lab_flag flag;
    struct lab_semaphore semaphore;
    struct lab_barrier barrier;
    struct lab_lock lock, held;
    struct lab_condition condition;
    struct lab_queue queue;
    int jobs; // that have begun
} all;

static const char home[] = "memory:home";
static char an_item;

static int seven(void *arg) {
    (void)arg;
    all.jobs++;
    return 7;
}

static void prepare_lines(void) {
    lab_flag_init(&all.flag);
    lab_flag_set(&all.flag);
    lab_semaphore_init(&all.semaphore, 1);
    lab_barrier_init(&all.barrier, 1);
    lab_lock_init(&all.lock);
    lab_lock_init(&all.held);
    lab_condition_init(&all.condition, &all.held);
    lab_queue_init(&all.queue, LAB_QUEUE_FIFO, 2);
    CHECK_INT(lab_queue_put(&all.queue, &an_item), 0);
    CHECK_INT(lab_queue_task_done(&all.queue), 0);
}

static void prepare(void) {
    memset(&all, 0, sizeof all);
    prepare_lines();
    all.ended = lab_spawn("seven", seven, NULL);
    CHECK_INT(lab_await(all.ended), 7);
    all.future = lab_future_new();
    lab_future_set(all.future, 7);
    all.pool = lab_pool_new("pool", 1);
    CHECK_INT(lab_file_open(&all.file, "/dev/zero", LAB_FILE_READ, 0), 0);
    CHECK_INT(lab_stream_pair(all.ends), 0);
    CHECK_INT(lab_write(all.ends[1], "a\nb", 3), 0);
    CHECK_INT(lab_listen(&all.listener, home), 0);
    CHECK_INT(lab_connect(&all.caller, home, LAB_FOREVER), 0);
}

// What a running task that must stop is told by [expression].
#define REFUSED(expression) CHECK_INT(expression, LAB_ECANCELED)

static void refuse_tasks(void) {
    lab_task *tasks[] = {all.ended};
    REFUSED(lab_sleep(LAB_S));
    REFUSED(lab_sleep(0));
    REFUSED(lab_sleep_until(0));
    REFUSED(lab_yield());
    REFUSED(lab_await(all.ended));
    REFUSED(lab_await_shielded(all.ended));
    REFUSED(lab_wait_for(all.ended, LAB_S));
    REFUSED(lab_gather(tasks, 1));
    REFUSED(lab_gather_all(tasks, 1));
    REFUSED(lab_wait(tasks, 1, LAB_FIRST_COMPLETED, 0));
    REFUSED(lab_future_wait(all.future));
    REFUSED(lab_group_wait(lab_group_new()));
    lab_completed *it = lab_as_completed(tasks, 1);
    REFUSED(lab_completed_next(it, tasks));
    lab_completed_free(it);
}

static bool so(void *arg) {
    (void)arg;
    return true;
}

static void refuse_lines(void) {
    void *item = NULL;
    REFUSED(lab_lock_acquire(&all.lock));
    REFUSED(lab_flag_wait(&all.flag));
    REFUSED(lab_semaphore_acquire(&all.semaphore));
    REFUSED(lab_barrier_wait(&all.barrier));
    REFUSED(lab_condition_wait(&all.condition));
    REFUSED(lab_condition_wait_for(&all.condition, so, NULL));
    REFUSED(lab_queue_get(&all.queue, &item));
    REFUSED(lab_queue_get_within(&all.queue, &item, LAB_S));
    REFUSED(lab_queue_put(&all.queue, &an_item));
    REFUSED(lab_queue_put_within(&all.queue, &an_item, LAB_S));
    REFUSED(lab_queue_put_key(&all.queue, &an_item, 1, LAB_S));
    REFUSED(lab_queue_join(&all.queue));
    CHECK(item == NULL);
}

static void refuse_world(void) {
    char bytes[4] = "...";
    int64_t size = -1;
    lab_file *file;
    lab_stream *stream;
    REFUSED(lab_offload(all.pool, seven, NULL));
    REFUSED(lab_pool_shutdown(all.pool, true));
    REFUSED(lab_file_open(&file, "/dev/null", LAB_FILE_READ, 0));
    REFUSED(lab_file_read_some(all.file, bytes, 1));
    REFUSED(lab_file_write_all(all.file, bytes, 1));
    REFUSED(lab_file_size(all.file, &size));
    REFUSED(lab_read(all.ends[0], bytes, 1));
    REFUSED(lab_read_exactly(all.ends[0], bytes, 2));
    REFUSED(lab_read_until(all.ends[0], "\n", bytes, sizeof bytes));
    REFUSED(lab_write(all.ends[0], "x", 1));
    REFUSED(lab_accept(all.listener, &stream));
    CHECK(stream == NULL);
    REFUSED(lab_connect(&stream, home, LAB_S));
    CHECK(stream == NULL && size == -1);
    CHECK_STR(bytes, "...");
}

// It is all as it was before.
static void check_untouched(void) {
    char bytes[8];
    lab_stream *peer;
    CHECK_INT(all.jobs, 1);
    CHECK_INT(all.semaphore.value, 1);
    CHECK_INT(all.lock.holder, 0);
    CHECK_INT(lab_queue_length(&all.queue), 1);
    CHECK_INT(lab_barrier_waiting(&all.barrier), 0);
    CHECK_INT(lab_offload(all.pool, seven, NULL), 7); // it was not shut down
    CHECK_INT(lab_read(all.ends[0], bytes, sizeof bytes), 3);
    CHECK_INT(lab_accept(all.listener, &peer), 0);
    CHECK_INT(lab_now(), 0);
}

static void finish(void) {
    CHECK_INT(lab_file_close(all.file), 0);
    lab_future_free(all.future);
    lab_queue_term(&all.queue);
}

static int refuse_all(void *arg) {
    (void)arg;
    CHECK_INT(all.held.holder, lab_task_number(lab_self()));
    refuse_tasks();
    refuse_lines();
    refuse_world();
    return LAB_ECANCELED;
}

static int cancelled(void *arg) {
    CHECK_INT(lab_lock_acquire(&all.held), 0);
    lab_cancel(lab_self());
    return refuse_all(arg);
}

VIRTUAL_TEST(every_wait_of_a_cancelled_task_fails_and_does_nothing) {
    prepare();
    CHECK_INT(lab_await(lab_spawn("cancelled", cancelled, NULL)),
              LAB_ECANCELED);
    check_untouched();
    finish();
}

VIRTUAL_TEST(every_wait_in_a_timeout_that_is_over_fails_and_does_nothing) {
    prepare();
    CHECK_INT(lab_lock_acquire(&all.held), 0);
    CHECK_INT(lab_within(0, refuse_all, NULL), LAB_ETIMEDOUT);
    check_untouched();
    finish();
}

static int shielded(void *arg) {
    (void)arg;
    check_untouched(); // for which it may wait
    return 0;
}

static int cancelled_with_shield(void *arg) {
    (void)arg;
    lab_cancel(lab_self());
    CHECK_INT(lab_shielded(shielded, NULL), 0);
    REFUSED(lab_yield());
    return LAB_ECANCELED;
}

VIRTUAL_TEST(in_a_shield_a_cancelled_task_waits_as_any_other) {
    prepare();
    CHECK_INT(lab_await(lab_spawn("cancelled", cancelled_with_shield, NULL)),
              LAB_ECANCELED);
    finish();
}
