#include "test.h"

#include "base/alloc.h"
#include "base/time.h"
#include "core/events.h"
#include "core/explore.h"
#include "core/semaphore.h"

static struct lab_semaphore seats;
static char trail[16];
static size_t steps;

static void begin(size_t value) {
    lab_semaphore_init_bounded(&seats, value);
    steps = 0;
    trail[0] = 0;
}

// Sits for a second, and leaves its letter.
static int sit(void *arg) {
    LAB_TRY(lab_semaphore_acquire(&seats));
    trail[steps++] = *(const char *)arg;
    trail[steps] = 0;
    int rc = lab_sleep(LAB_S);
    CHECK_INT(lab_semaphore_release(&seats), 0);
    return rc;
}

VIRTUAL_TEST(ten_with_three_permits_take_four_times_as_long) {
    lab_task *tasks[10];
    begin(3);
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("sit", sit, &"abcdefghij"[i]);
    CHECK_INT(lab_gather(tasks, countof(tasks)), 0);
    CHECK_INT(lab_now(), 4 * LAB_S);
    CHECK_STR(trail, "abcdefghij");
    CHECK_INT(seats.value, 3);
}

static int sit_twice(void *arg) {
    LAB_TRY(sit(arg));
    return sit(arg);
}

VIRTUAL_TEST(a_newcomer_cannot_snatch_a_permit_that_was_handed_over) {
    begin(1);
    lab_task *tasks[] = {lab_spawn("a", sit_twice, "a"),
                         lab_spawn("b", sit_twice, "b")};
    CHECK_INT(lab_gather(tasks, 2), 0);
    CHECK_STR(trail, "abab");
}

VIRTUAL_TEST(a_bounded_semaphore_takes_no_more_than_it_gave) {
    begin(1);
    CHECK_INT(lab_semaphore_release(&seats), LAB_EINVAL);
    CHECK_INT(lab_semaphore_acquire(&seats), 0);
    CHECK_INT(seats.value, 0);
    CHECK_INT(lab_semaphore_release(&seats), 0);
    CHECK_INT(lab_semaphore_release(&seats), LAB_EINVAL);
    CHECK_INT(seats.value, 1);
}

VIRTUAL_TEST(an_unbounded_one_grows) {
    lab_semaphore_init(&seats, 0);
    CHECK_INT(lab_semaphore_release(&seats), 0);
    CHECK_INT(lab_semaphore_release(&seats), 0);
    CHECK_INT(seats.value, 2);
    CHECK_INT(lab_semaphore_acquire(&seats), 0);
    CHECK_INT(seats.value, 1);
}

VIRTUAL_TEST(who_is_cancelled_in_the_middle_takes_no_permit) {
    begin(1);
    lab_task *tasks[] = {lab_spawn("a", sit, "a"), lab_spawn("b", sit, "b"),
                         lab_spawn("c", sit, "c")};
    CHECK_INT(lab_sleep(LAB_MS), 0);
    lab_cancel(tasks[1]);
    CHECK_INT(lab_await(tasks[1]), LAB_ECANCELED);
    CHECK_INT(lab_await(tasks[2]), 0);
    CHECK_STR(trail, "ac");
    CHECK_INT(lab_now(), 2 * LAB_S);
    CHECK_INT(seats.value, 1);
}

VIRTUAL_TEST(a_permit_handed_over_before_the_cancel_is_held) {
    begin(1);
    CHECK_INT(lab_semaphore_acquire(&seats), 0);
    lab_task *task = lab_spawn("a", sit, "a");
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_semaphore_release(&seats), 0);
    lab_cancel(task);
    CHECK_INT(seats.value, 0);
    CHECK_INT(lab_await(task), LAB_ECANCELED); // of its sleep
    CHECK_STR(trail, "a");
    CHECK_INT(seats.value, 1);
}

VIRTUAL_TEST(a_permit_released_after_the_cancel_goes_to_the_next) {
    begin(1);
    CHECK_INT(lab_semaphore_acquire(&seats), 0);
    lab_task *a = lab_spawn("a", sit, "a"), *b = lab_spawn("b", sit, "b");
    CHECK_INT(lab_yield(), 0);
    lab_cancel(a);
    CHECK_INT(lab_semaphore_release(&seats), 0);
    CHECK_INT(lab_await(a), LAB_ECANCELED);
    CHECK_INT(lab_await(b), 0);
    CHECK_STR(trail, "b");
    CHECK_INT(seats.value, 1);
}

// Whose permit a cancelled waiter would have got, a newcomer may take before
// that waiter has run.
VIRTUAL_TEST(a_permit_that_nobody_waits_for_is_there_for_a_newcomer) {
    begin(1);
    CHECK_INT(lab_semaphore_acquire(&seats), 0);
    lab_task *a = lab_spawn("a", sit, "a");
    CHECK_INT(lab_yield(), 0);
    lab_cancel(a);
    CHECK_INT(lab_semaphore_release(&seats), 0);
    CHECK_INT(seats.value, 1);
    CHECK_INT(lab_semaphore_acquire(&seats), 0);
    CHECK_INT(lab_await(a), LAB_ECANCELED);
    CHECK_INT(lab_semaphore_release(&seats), 0);
}

static int cancelled(void *arg) {
    (void)arg;
    lab_cancel(lab_self());
    CHECK_INT(lab_semaphore_acquire(&seats), LAB_ECANCELED);
    CHECK_INT(seats.value, 1);
    return 0;
}

VIRTUAL_TEST(a_cancelled_task_takes_not_even_a_permit_that_is_there) {
    begin(1);
    CHECK_INT(lab_await(lab_spawn("c", cancelled, NULL)), 0);
}

// --- every order

static size_t permits;
static int seated, served, refused, cancel_after;

static int hold(void *arg) {
    (void)arg;
    int rc = lab_semaphore_acquire(&seats);
    if (rc < 0) {
        refused += CHECK_INT(rc, LAB_ECANCELED);
        return 0;
    }
    served++;
    CHECK(++seated <= (int)permits);
    rc = lab_yield();
    CHECK(rc == 0 || rc == LAB_ECANCELED);
    seated--;
    return lab_semaphore_release(&seats);
}

static int three_hold(void *arg) {
    const int *victim = arg;
    lab_task *tasks[3];
    begin(permits);
    seated = served = refused = 0;
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("hold", hold, NULL);
    for (int i = 0; i < cancel_after; i++)
        LAB_TRY(lab_yield());
    lab_cancel(tasks[*victim]);
    LAB_TRY(lab_gather(tasks, countof(tasks)));
    CHECK_INT(served + refused, 3);
    CHECK(refused <= 1);
    return seats.value == permits ? 0 : LAB_EINVAL;
}

static void in_every_order(void) {
    for (int victim = 0; victim < 3; victim++)
        for (cancel_after = 0; cancel_after < 3; cancel_after++) {
            struct lab_exploration seen = {0};
            lab_explore(&(struct lab_run_options){.name = "root",
                                                  .body = three_hold,
                                                  .arg = &victim},
                        &seen);
            CHECK_INT(seen.wrong, 0);
            CHECK(!seen.truncated);
            CHECK(seen.schedules > 1);
        }
}

TEST(in_every_order_one_permit_comes_back_whoever_is_cancelled) {
    permits = 1;
    in_every_order();
}

TEST(in_every_order_two_permits_come_back_whoever_is_cancelled) {
    permits = 2;
    in_every_order();
}

// --- in the record

static struct lab_semaphore noted;

static int takes_noted(void *arg) {
    LAB_TRY(lab_semaphore_acquire(&noted));
    LAB_TRY(lab_yield());
    (void)arg;
    return lab_semaphore_release(&noted);
}

static int two_for_one_permit(void *arg) {
    lab_semaphore_init(&noted, 1);
    lab_task *tasks[] = {lab_spawn("a", takes_noted, arg),
                         lab_spawn("b", takes_noted, arg)};
    return lab_gather(tasks, 2);
}

TEST(each_permit_that_is_taken_or_given_back_is_noted) {
    CHECK_STR(events_of(two_for_one_permit, "hold release"),
              "hold 2 1, release 2 1, hold 3 1, release 3 1");
}
