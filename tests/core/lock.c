#include "test.h"

#include "base/alloc.h"
#include "core/explore.h"
#include "core/lock.h"

static struct lab_lock lock;
static char trail[16];
static size_t steps;

static void begin(void) {
    lab_lock_init(&lock);
    steps = 0;
    trail[0] = 0;
}

static void step(char c) {
    trail[steps++] = c;
    trail[steps] = 0;
}

// Holds the lock for a second, and leaves its letter.
static int visit(void *arg) {
    LAB_TRY(lab_lock_acquire(&lock));
    step(*(const char *)arg);
    int rc = lab_sleep(LAB_S);
    CHECK_INT(lab_lock_release(&lock), 0);
    return rc;
}

VIRTUAL_TEST(a_free_lock_is_taken_at_once) {
    begin();
    CHECK(!lab_lock_held(&lock));
    CHECK_INT(lab_lock_acquire(&lock), 0);
    CHECK(lab_lock_held(&lock));
    CHECK_INT(lock.holder, lab_task_number(lab_self()));
    CHECK_INT(lab_lock_release(&lock), 0);
    CHECK(!lab_lock_held(&lock));
    CHECK_INT(lab_now(), 0);
}

VIRTUAL_TEST(a_lock_goes_to_who_waits_longest) {
    begin();
    lab_task *tasks[] = {lab_spawn("a", visit, "a"), lab_spawn("b", visit, "b"),
                         lab_spawn("c", visit, "c")};
    CHECK_INT(lab_gather(tasks, 3), 0);
    CHECK_STR(trail, "abc");
    CHECK_INT(lab_now(), 3 * LAB_S);
}

static int visit_twice(void *arg) {
    LAB_TRY(visit(arg));
    return visit(arg);
}

VIRTUAL_TEST(a_newcomer_cannot_snatch_a_lock_that_was_handed_over) {
    begin();
    lab_task *tasks[] = {lab_spawn("a", visit_twice, "a"),
                         lab_spawn("b", visit_twice, "b")};
    CHECK_INT(lab_gather(tasks, 2), 0);
    CHECK_STR(trail, "abab");
    CHECK_INT(lab_now(), 4 * LAB_S);
}

VIRTUAL_TEST(taking_a_lock_one_holds_is_refused) {
    begin();
    CHECK_INT(lab_lock_acquire(&lock), 0);
    CHECK_INT(lab_lock_acquire(&lock), LAB_EDEADLK);
    CHECK_INT(lab_lock_acquire_shielded(&lock), LAB_EDEADLK);
    CHECK_INT(lab_lock_release(&lock), 0);
}

VIRTUAL_TEST(only_who_holds_a_lock_can_release_it) {
    begin();
    CHECK_INT(lab_lock_release(&lock), LAB_EINVAL);
    lab_task *task = lab_spawn("a", visit, "a");
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_lock_release(&lock), LAB_EINVAL);
    CHECK_INT(lock.holder, lab_task_number(task));
    CHECK_INT(lab_await(task), 0);
}

VIRTUAL_TEST(who_is_cancelled_in_the_middle_of_the_line_leaves_it) {
    begin();
    lab_task *tasks[] = {lab_spawn("a", visit, "a"), lab_spawn("b", visit, "b"),
                         lab_spawn("c", visit, "c")};
    CHECK_INT(lab_sleep(LAB_MS), 0);
    lab_cancel(tasks[1]);
    CHECK_INT(lab_await(tasks[1]), LAB_ECANCELED);
    CHECK_INT(lab_now(), LAB_MS);
    CHECK_INT(lab_await(tasks[2]), 0);
    CHECK_STR(trail, "ac");
    CHECK_INT(lab_now(), 2 * LAB_S);
    CHECK(!lab_lock_held(&lock));
}

// Both in one turn: which comes first decides, and nothing else happens.

VIRTUAL_TEST(a_lock_handed_over_before_the_cancel_is_held) {
    begin();
    CHECK_INT(lab_lock_acquire(&lock), 0);
    lab_task *task = lab_spawn("a", visit, "a");
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_lock_release(&lock), 0);
    lab_cancel(task);
    CHECK_INT(lock.holder, lab_task_number(task));
    CHECK_INT(lab_await(task), LAB_ECANCELED); // of its sleep
    CHECK_STR(trail, "a");
    CHECK(!lab_lock_held(&lock));
}

VIRTUAL_TEST(a_lock_released_after_the_cancel_goes_to_the_next) {
    begin();
    CHECK_INT(lab_lock_acquire(&lock), 0);
    lab_task *a = lab_spawn("a", visit, "a");
    lab_task *b = lab_spawn("b", visit, "b");
    CHECK_INT(lab_yield(), 0);
    lab_cancel(a);
    CHECK_INT(lab_lock_release(&lock), 0);
    CHECK_INT(lock.holder, lab_task_number(b));
    CHECK_INT(lab_await(a), LAB_ECANCELED);
    CHECK_INT(lab_await(b), 0);
    CHECK_STR(trail, "b");
}

VIRTUAL_TEST(a_lock_whose_only_waiter_was_cancelled_is_free) {
    begin();
    CHECK_INT(lab_lock_acquire(&lock), 0);
    lab_task *task = lab_spawn("a", visit, "a");
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_lock_release(&lock), 0);
    CHECK(!lab_lock_held(&lock));
    CHECK_INT(lab_await(task), LAB_ECANCELED);
}

static int clean_up(void *arg) {
    (void)arg;
    CHECK_INT(lab_sleep(LAB_S), LAB_ECANCELED);
    CHECK_INT(lab_lock_acquire(&lock), LAB_ECANCELED);
    CHECK_INT(lab_lock_acquire_shielded(&lock), 0);
    step('u');
    CHECK_INT(lock.holder, lab_task_number(lab_self()));
    CHECK_INT(lab_lock_release(&lock), 0);
    return 0;
}

VIRTUAL_TEST(a_cancelled_task_takes_not_even_a_free_lock_unless_shielded) {
    begin();
    lab_task *task = lab_spawn("u", clean_up, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), 0);
    CHECK_STR(trail, "u");
}

VIRTUAL_TEST(a_shielded_wait_for_a_lock_takes_its_turn) {
    begin();
    lab_task *a = lab_spawn("a", visit, "a");
    lab_task *b = lab_spawn("b", visit, "b");
    lab_task *u = lab_spawn("u", clean_up, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(u);
    CHECK_INT(lab_await(u), 0);
    CHECK_STR(trail, "abu");
    CHECK_INT(lab_now(), 2 * LAB_S);
    CHECK(lab_task_done(a) && lab_task_done(b));
}

// --- what the record says

static int two_visits(void *arg) {
    (void)arg;
    lab_task *tasks[] = {lab_spawn("a", visit, "a"),
                         lab_spawn("b", visit, "b")};
    return lab_gather(tasks, 2);
}

TEST(the_record_says_for_which_lock_one_waits) {
    struct lab_record *record = lab_record_new();
    int waits = 0;
    begin();
    CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                .body = two_visits,
                                                .clock = LAB_CLOCK_VIRTUAL,
                                                .record = record}),
              0);
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind != LAB_EVENT_WAIT || event->on != LAB_ON_LOCK)
            continue;
        waits++;
        CHECK_INT(event->task, 3);
        CHECK_INT(event->other, 1); // the first that was waited for
    }
    CHECK_INT(waits, 1);
    lab_record_free(record);
}

// --- every order

static int inside, visits, refused;
static int cancel_after; // how many yields of the root

static int enter(void *arg) {
    (void)arg;
    int rc = lab_lock_acquire(&lock);
    if (rc < 0) {
        refused += CHECK_INT(rc, LAB_ECANCELED);
        CHECK(lock.holder != lab_task_number(lab_self()));
        return 0;
    }
    visits++;
    CHECK_INT(++inside, 1);
    rc = lab_yield(); // who is cancelled meanwhile gets out in good order
    CHECK(rc == 0 || rc == LAB_ECANCELED);
    CHECK_INT(lock.holder, lab_task_number(lab_self()));
    inside--;
    return lab_lock_release(&lock);
}

static int three_enter(void *arg) {
    const int *victim = arg;
    lab_task *tasks[3];
    begin();
    inside = visits = refused = 0;
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("enter", enter, NULL);
    for (int i = 0; i < cancel_after; i++)
        LAB_TRY(lab_yield());
    lab_cancel(tasks[*victim]);
    LAB_TRY(lab_gather(tasks, countof(tasks)));
    CHECK_INT(visits + refused, 3);
    CHECK(refused <= 1);
    return lab_lock_held(&lock) ? LAB_EINVAL : 0;
}

TEST(in_every_order_one_at_a_time_is_inside_whoever_is_cancelled) {
    for (int victim = 0; victim < 3; victim++)
        for (cancel_after = 0; cancel_after < 3; cancel_after++) {
            struct lab_exploration seen = {0};
            lab_explore(&(struct lab_run_options){.name = "root",
                                                  .body = three_enter,
                                                  .arg = &victim},
                        &seen);
            CHECK_INT(seen.wrong, 0);
            CHECK(!seen.truncated);
            CHECK(seen.schedules > 1);
        }
}
