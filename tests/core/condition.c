#include "test.h"

#include "base/alloc.h"
#include "core/condition.h"
#include "core/explore.h"
#include "core/loop.h"

static struct lab_lock lock;
static struct lab_condition changed;
static char trail[16];
static size_t steps;

static void begin(void) {
    lab_lock_init(&lock);
    lab_condition_init(&changed, &lock);
    steps = 0;
    trail[0] = 0;
}

static bool locked_by_me(void) {
    return lock.holder == lab_task_number(lab_self());
}

static void step(char c) {
    trail[steps++] = c;
    trail[steps] = 0;
}

// Waits to be notified once, and leaves its letter.
static int await_change(void *arg) {
    LAB_TRY(lab_lock_acquire(&lock));
    int rc = lab_condition_wait(&changed);
    CHECK(locked_by_me());
    if (rc == 0)
        step(*(const char *)arg);
    CHECK_INT(lab_lock_release(&lock), 0);
    return rc;
}

static lab_task *waiting(const char *letter) {
    return lab_spawn("waiting", await_change, (void *)(uintptr_t)letter);
}

// Notifies [count] with the lock held.
static void notify(size_t count, int expected) {
    CHECK_INT(lab_lock_acquire(&lock), 0);
    CHECK_INT(lab_condition_notify(&changed, count), expected);
    CHECK_INT(lab_lock_release(&lock), 0);
}

VIRTUAL_TEST(while_one_waits_for_a_change_the_lock_is_free) {
    begin();
    lab_task *task = waiting("a");
    CHECK_INT(lab_yield(), 0);
    CHECK(!lab_lock_held(&lock));
    notify(1, 1);
    CHECK_INT(lab_await(task), 0);
    CHECK_STR(trail, "a");
    CHECK(!lab_lock_held(&lock));
}

VIRTUAL_TEST(those_are_notified_that_wait_longest) {
    begin();
    lab_task *tasks[] = {waiting("a"), waiting("b"), waiting("c"),
                         waiting("d")};
    CHECK_INT(lab_yield(), 0);
    notify(2, 2);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    CHECK_STR(trail, "ab");
    CHECK_INT(lab_lock_acquire(&lock), 0);
    CHECK_INT(lab_condition_notify_all(&changed), 2);
    CHECK_INT(lab_condition_notify_all(&changed), 0);
    CHECK_INT(lab_lock_release(&lock), 0);
    CHECK_INT(lab_gather(tasks, 4), 0);
    CHECK_STR(trail, "abcd");
}

VIRTUAL_TEST(who_is_notified_goes_on_when_the_lock_is_released) {
    begin();
    lab_task *task = waiting("a");
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_lock_acquire(&lock), 0);
    CHECK_INT(lab_condition_notify(&changed, 1), 1);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK_STR(trail, "");
    CHECK_INT(lab_lock_release(&lock), 0);
    CHECK_INT(lab_await(task), 0);
    CHECK_INT(lab_now(), LAB_S);
}

VIRTUAL_TEST(without_the_lock_nothing_can_be_done) {
    begin();
    CHECK_INT(lab_condition_wait(&changed), LAB_EINVAL);
    CHECK_INT(lab_condition_wait_for(&changed, NULL, NULL), LAB_EINVAL);
    CHECK_INT(lab_condition_notify(&changed, 1), LAB_EINVAL);
    CHECK_INT(lab_condition_notify_all(&changed), LAB_EINVAL);
}

VIRTUAL_TEST(who_is_cancelled_has_the_lock_again) {
    begin();
    lab_task *tasks[] = {waiting("a"), waiting("b"), waiting("c")};
    CHECK_INT(lab_yield(), 0);
    lab_cancel(tasks[1]);
    CHECK_INT(lab_await(tasks[1]), LAB_ECANCELED); // it checks the lock
    notify(2, 2);
    CHECK_INT(lab_await(tasks[2]), 0);
    CHECK_STR(trail, "ac");
}

VIRTUAL_TEST(who_is_cancelled_waits_for_the_lock_all_the_same) {
    begin();
    lab_task *task = waiting("a");
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_lock_acquire(&lock), 0);
    lab_cancel(task);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK(!lab_task_done(task));
    CHECK_INT(lab_lock_release(&lock), 0);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_INT(lab_now(), LAB_S);
}

VIRTUAL_TEST(a_change_notified_after_the_cancel_goes_to_the_next) {
    begin();
    lab_task *a = waiting("a"), *b = waiting("b");
    CHECK_INT(lab_yield(), 0);
    lab_cancel(a);
    notify(1, 1);
    CHECK_INT(lab_await(a), LAB_ECANCELED);
    CHECK_INT(lab_await(b), 0);
    CHECK_STR(trail, "b");
}

static int await_and_sleep(void *arg) {
    LAB_TRY(await_change(arg));
    return lab_sleep(LAB_S);
}

VIRTUAL_TEST(a_change_notified_before_the_cancel_was_heard) {
    begin();
    lab_task *a = lab_spawn("a", await_and_sleep, "a");
    lab_task *b = waiting("b");
    CHECK_INT(lab_yield(), 0);
    notify(1, 1);
    lab_cancel(a);
    CHECK_INT(lab_await(a), LAB_ECANCELED); // of its sleep
    CHECK_STR(trail, "a");
    notify(1, 1); // b still waits
    CHECK_INT(lab_await(b), 0);
}

// The cancel comes while who was notified waits for the lock.
VIRTUAL_TEST(a_change_heard_is_not_lost_while_the_lock_is_waited_for) {
    begin();
    lab_task *a = lab_spawn("a", await_and_sleep, "a");
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_lock_acquire(&lock), 0);
    CHECK_INT(lab_condition_notify(&changed, 1), 1);
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_cancel(a);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK_STR(trail, "");
    CHECK_INT(lab_lock_release(&lock), 0);
    CHECK_INT(lab_await(a), LAB_ECANCELED);
    CHECK_STR(trail, "a");
    CHECK_INT(lab_now(), 2 * LAB_S);
}

static int cancelled(void *arg) {
    (void)arg;
    CHECK_INT(lab_lock_acquire(&lock), 0);
    lab_cancel(lab_self());
    CHECK_INT(lab_condition_wait(&changed), LAB_ECANCELED);
    CHECK(locked_by_me());
    CHECK_INT(lab_condition_wait_for(&changed, NULL, NULL), LAB_ECANCELED);
    CHECK(locked_by_me());
    return lab_lock_release(&lock);
}

VIRTUAL_TEST(a_cancelled_task_does_not_even_release_the_lock) {
    begin();
    CHECK_INT(lab_await(lab_spawn("c", cancelled, NULL)), 0);
}

static bool is_two(void *arg) {
    CHECK(locked_by_me());
    return *(int *)arg == 2;
}

static int await_two(void *arg) {
    LAB_TRY(lab_lock_acquire(&lock));
    int rc = lab_condition_wait_for(&changed, is_two, arg);
    CHECK_INT(lab_lock_release(&lock), 0);
    return rc;
}

VIRTUAL_TEST(wait_for_goes_on_when_it_is_so_and_not_before) {
    int count = 0;
    begin();
    lab_task *task = lab_spawn("two", await_two, &count);
    for (; count < 2; count++) {
        CHECK_INT(lab_sleep(LAB_S), 0);
        notify(1, 1);
        CHECK_INT(lab_sleep(LAB_S), 0);
        CHECK(!lab_task_done(task)); // it was told, but it is not so
    }
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK(!lab_task_done(task)); // it is so, but nobody told
    notify(1, 1);
    CHECK_INT(lab_await(task), 0);
    CHECK_INT(lab_now(), 5 * LAB_S);
    CHECK_INT(await_two(&count), 0); // at once
    CHECK_INT(lab_now(), 5 * LAB_S);
}

static int keep_lock(void *arg) {
    LAB_TRY(lab_lock_acquire(&lock));
    CHECK_INT(lab_condition_notify(&changed, 1), 1);
    lab_ignore(lab_await(arg)); // whoever waits for the lock waits for us
    lab_ignore(lab_sleep(LAB_S));
    return 0; // and never releases it
}

static int never_again(void *arg) {
    (void)arg;
    LAB_TRY(lab_lock_acquire(&lock));
    CHECK_INT(lab_condition_wait(&changed), LAB_EDEADLK);
    CHECK(!locked_by_me());
    CHECK_INT(lab_lock_release(&lock), LAB_EINVAL);
    return 0;
}

static int stuck(void *arg) {
    (void)arg;
    lab_task *task = lab_spawn("waits", never_again, NULL);
    LAB_TRY(lab_yield());
    return lab_await(lab_spawn("keeps", keep_lock, task));
}

TEST(a_lock_that_never_comes_back_is_a_deadlock_that_ends) {
    begin();
    CHECK_INT(lab_run(&(struct lab_run_options){
                  .name = "root", .body = stuck, .clock = LAB_CLOCK_VIRTUAL}),
              LAB_EDEADLK);
}

// --- every order

static int stock, bought, gave_up, cancel_after;

static bool in_stock(void *arg) {
    (void)arg;
    return stock > 0;
}

static int buy(void *arg) {
    (void)arg;
    int rc = lab_lock_acquire(&lock);
    if (rc == 0) {
        rc = lab_condition_wait_for(&changed, in_stock, NULL);
        CHECK(locked_by_me());
        if (rc == 0) {
            stock--;
            bought++;
        }
        CHECK_INT(lab_lock_release(&lock), 0);
    }
    if (rc < 0)
        gave_up += CHECK_INT(rc, LAB_ECANCELED);
    return 0;
}

static int deliver(void *arg) {
    (void)arg;
    for (int i = 0; i < 2; i++) {
        LAB_TRY(lab_lock_acquire(&lock));
        stock++;
        lab_condition_notify(&changed, 1);
        lab_lock_release(&lock);
        LAB_TRY(lab_yield());
    }
    return 0;
}

// Two are delivered for two that want one each; one of them is cancelled. Was
// a notification lost, the other would wait for ever.
static int market(void *arg) {
    const int *victim = arg;
    begin();
    stock = bought = gave_up = 0;
    lab_task *tasks[] = {lab_spawn("buy", buy, NULL),
                         lab_spawn("buy", buy, NULL),
                         lab_spawn("deliver", deliver, NULL)};
    for (int i = 0; i < cancel_after; i++)
        LAB_TRY(lab_yield());
    lab_cancel(tasks[*victim]);
    LAB_TRY(lab_gather(tasks, countof(tasks)));
    CHECK(gave_up <= 1);
    CHECK_INT(bought + gave_up, 2);
    return stock + bought == 2 && !lab_lock_held(&lock) ? 0 : LAB_EINVAL;
}

TEST(in_every_order_no_notification_is_lost_whoever_is_cancelled) {
    for (int victim = 0; victim < 2; victim++)
        for (cancel_after = 0; cancel_after < 3; cancel_after++) {
            struct lab_exploration seen = {0};
            lab_explore(&(struct lab_run_options){.name = "root",
                                                  .body = market,
                                                  .arg = &victim},
                        &seen);
            CHECK_INT(seen.wrong, 0);
            CHECK(!seen.truncated);
        }
}
