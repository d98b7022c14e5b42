// What comes of each way to wait in line, when a result, an error, a cancel and
// a timeout all happen in one turn.

#include "core/scene.h"

#include "core/barrier.h"
#include "core/condition.h"
#include "core/flag.h"
#include "core/queue.h"
#include "core/semaphore.h"

static struct {
    struct lab_queue queue;
    struct lab_semaphore semaphore;
    struct lab_flag flag;
    struct lab_lock lock;
    struct lab_condition condition;
    struct lab_barrier barrier;
    int put, got; // items or permits; or notifications
    int other;    // what the other party at the barrier got
} stage;

static void check(const struct form *form) {
    CHECK_STR(outcomes(form, BY_LOOP), form->error
                                           ? "cccccc eeeeee rrrrrr cccccc"
                                           : "cccccc ccrrcc rrrrrr cccccc");
    check_under_seeds(form, BY_LOOP);
    check_by_tasks(form);
}

static bool is_unbalanced(int rc) {
    (void)rc;
    return stage.put != stage.got + (int)lab_queue_length(&stage.queue) +
                            (int)stage.semaphore.value;
}

// --- a queue: each item that was put was got, or is there

static char an_item;

static void put_one(void) {
    stage.put += lab_queue_put_nowait(&stage.queue, &an_item) == 0;
}

static void get_one(void) {
    void *item;
    stage.got += lab_queue_get_nowait(&stage.queue, &item) == 0;
}

static void prepare_get(void) {
    memset(&stage, 0, sizeof stage);
    lab_queue_init(&stage.queue, LAB_QUEUE_FIFO, 0);
}

static void prepare_put(void) {
    prepare_get();
    stage.queue.capacity = 1;
    put_one();
}

static void prepare_join(void) {
    prepare_get();
    put_one();
    get_one();
}

static void happen_to_getter(char what) {
    if (what == 'r')
        put_one();
    else
        lab_queue_shutdown(&stage.queue, false);
}

static void happen_to_putter(char what) {
    if (what == 'r')
        get_one();
    else
        lab_queue_shutdown(&stage.queue, false);
}

static void happen_to_joiner(char what) {
    if (what == 'r')
        CHECK_INT(lab_queue_task_done(&stage.queue), 0);
}

static int get_within(lab_time limit) {
    void *item = NULL;
    int rc = lab_queue_get_within(&stage.queue, &item, limit);
    CHECK(item == (rc == 0 ? &an_item : NULL));
    stage.got += rc == 0;
    return rc;
}

static int put_within(lab_time limit) {
    int rc = lab_queue_put_within(&stage.queue, &an_item, limit);
    stage.put += rc == 0;
    return rc;
}

static int join(void *arg) {
    (void)arg;
    int rc = lab_queue_join(&stage.queue);
    CHECK(rc < 0 || stage.queue.unfinished == 0);
    return rc;
}

static void clear_queue(void) {
    CHECK(!is_unbalanced(0));
    lab_queue_term(&stage.queue);
}

VIRTUAL_TEST(in_one_turn_an_item_is_got_or_there) {
    check(&(struct form){.prepare = prepare_get,
                         .happen = happen_to_getter,
                         .wait_within = get_within,
                         .error = LAB_EOF,
                         .is_lost = is_unbalanced,
                         .clear = clear_queue});
}

VIRTUAL_TEST(in_one_turn_an_item_is_put_or_not) {
    check(&(struct form){.prepare = prepare_put,
                         .happen = happen_to_putter,
                         .wait_within = put_within,
                         .error = LAB_EPIPE,
                         .is_lost = is_unbalanced,
                         .clear = clear_queue});
}

VIRTUAL_TEST(in_one_turn_all_is_done_or_the_join_failed) {
    check(&(struct form){.prepare = prepare_join,
                         .happen = happen_to_joiner,
                         .wait = join,
                         .is_lost = is_unbalanced,
                         .clear = clear_queue});
}

// --- a semaphore and a flag, which have no errors

static void prepare_acquire(void) {
    memset(&stage, 0, sizeof stage);
    lab_semaphore_init(&stage.semaphore, 0);
}

static void happen_to_acquirer(char what) {
    if (what == 'r')
        stage.put += lab_semaphore_release(&stage.semaphore) == 0;
}

static int acquire(void *arg) {
    (void)arg;
    int rc = lab_semaphore_acquire(&stage.semaphore);
    stage.got += rc == 0;
    return rc;
}

VIRTUAL_TEST(in_one_turn_a_permit_is_held_or_there) {
    check(&(struct form){.prepare = prepare_acquire,
                         .happen = happen_to_acquirer,
                         .wait = acquire,
                         .is_lost = is_unbalanced});
}

static void prepare_flag(void) {
    lab_flag_init(&stage.flag);
}

static void happen_to_flag(char what) {
    if (what == 'r')
        lab_flag_set(&stage.flag);
}

static int wait_flag(void *arg) {
    (void)arg;
    return lab_flag_wait(&stage.flag);
}

static bool is_mistaken(int rc) {
    return rc == 0 && !stage.flag.is_set;
}

VIRTUAL_TEST(in_one_turn_a_flag_was_set_or_the_wait_failed) {
    check(&(struct form){.prepare = prepare_flag,
                         .happen = happen_to_flag,
                         .wait = wait_flag,
                         .is_lost = is_mistaken});
}

// --- a lock and a condition: who releases and notifies is a task

static unsigned me(void) {
    return lab_task_number(lab_self());
}

static void prepare_lock(void) {
    memset(&stage, 0, sizeof stage);
    lab_lock_init(&stage.lock);
    lab_condition_init(&stage.condition, &stage.lock);
    stage.lock.holder = ~0u; // somebody, until it is to be released
}

static void happen_to_lock(char what) {
    if (what != 'r')
        return;
    stage.lock.holder = me();
    CHECK_INT(lab_lock_release(&stage.lock), 0);
}

static int wait_lock(void *arg) {
    (void)arg;
    return lab_lock_acquire(&stage.lock);
}

static bool lock_is_lost(int rc) {
    return (rc == 0) != (stage.lock.holder == me());
}

VIRTUAL_TEST(in_one_turn_a_lock_is_ours_or_not) {
    check_by_tasks(&(struct form){.prepare = prepare_lock,
                                  .happen = happen_to_lock,
                                  .wait = wait_lock,
                                  .is_lost = lock_is_lost});
}

static void happen_to_condition(char what) {
    if (what != 'r')
        return;
    CHECK_INT(lab_lock_acquire(&stage.lock), 0);
    stage.put += lab_condition_notify_all(&stage.condition);
    CHECK_INT(lab_lock_release(&stage.lock), 0);
}

static void prepare_condition(void) {
    prepare_lock();
    stage.lock.holder = me();
}

static int wait_condition(void *arg) {
    (void)arg;
    int rc = lab_condition_wait(&stage.condition);
    CHECK_INT(lab_lock_release(&stage.lock), 0); // ours in any case
    stage.got += rc == 0;
    return rc;
}

VIRTUAL_TEST(in_one_turn_a_notification_is_heard_or_was_not_given) {
    check_by_tasks(&(struct form){.prepare = prepare_condition,
                                  .happen = happen_to_condition,
                                  .wait = wait_condition,
                                  .is_lost = is_unbalanced});
}

// --- a barrier: both get through, or neither does

static void prepare_barrier(void) {
    lab_barrier_init(&stage.barrier, 2);
    stage.other = LAB_EINVAL;
}

static int come(void *arg) {
    (void)arg;
    return lab_barrier_wait(&stage.barrier);
}

static void happen_to_barrier(char what) {
    if (what == 'r')
        stage.other = lab_within(AT / 2, come, NULL);
    else
        lab_barrier_abort(&stage.barrier);
}

static bool is_torn(int rc) {
    return (rc >= 0) != (stage.other >= 0);
}

VIRTUAL_TEST(in_one_turn_both_get_through_or_neither) {
    check_by_tasks(&(struct form){.prepare = prepare_barrier,
                                  .happen = happen_to_barrier,
                                  .wait = come,
                                  .error = LAB_EBROKEN,
                                  .is_lost = is_torn});
}
