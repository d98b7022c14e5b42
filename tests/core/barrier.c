#include "test.h"

#include "base/alloc.h"
#include "core/barrier.h"
#include "core/explore.h"

static struct lab_barrier barrier;

static int come(void *arg) {
    lab_time *after = arg;
    LAB_TRY(lab_sleep(*after));
    return lab_barrier_wait(&barrier);
}

static int come_at_once(void *arg) {
    (void)arg;
    return lab_barrier_wait(&barrier);
}

static int come_and_sleep(void *arg) {
    int *index = arg;
    *index = lab_barrier_wait(&barrier);
    return lab_sleep(LAB_S);
}

VIRTUAL_TEST(all_go_on_when_the_last_has_come_and_are_numbered_as_they_came) {
    lab_time after[] = {2 * LAB_S, 3 * LAB_S, 1 * LAB_S};
    int numbers[] = {1, 2, 0};
    lab_task *tasks[3];
    lab_barrier_init(&barrier, 3);
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("come", come, &after[i]);
    CHECK_INT(lab_sleep(2500 * LAB_MS), 0);
    CHECK_INT(lab_barrier_waiting(&barrier), 2);
    CHECK(!lab_task_done(tasks[2]));
    for (size_t i = 0; i < countof(tasks); i++)
        CHECK_INT(lab_await(tasks[i]), numbers[i]);
    CHECK_INT(lab_now(), 3 * LAB_S);
    CHECK_INT(lab_barrier_waiting(&barrier), 0);
}

VIRTUAL_TEST(a_barrier_for_one_stops_nobody) {
    lab_barrier_init(&barrier, 1);
    CHECK_INT(lab_barrier_wait(&barrier), 0);
    CHECK_INT(lab_barrier_wait(&barrier), 0);
}

static int three_rounds(void *arg) {
    int *round = arg;
    for (; *round < 3; ++*round)
        LAB_TRY(lab_barrier_wait(&barrier));
    return 0;
}

VIRTUAL_TEST(a_barrier_serves_round_after_round) {
    int rounds[2] = {0};
    lab_barrier_init(&barrier, 2);
    lab_task *a = lab_spawn("a", three_rounds, &rounds[0]);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(rounds[0], 0);
    lab_task *b = lab_spawn("b", three_rounds, &rounds[1]);
    CHECK_INT(lab_await(a), 0);
    CHECK_INT(lab_await(b), 0);
    CHECK_INT(rounds[0] + rounds[1], 6);
}

// Who goes on and comes again waits for the next round, though others of this
// one have not run yet.
VIRTUAL_TEST(who_comes_again_is_not_counted_twice) {
    int rounds[2] = {0};
    lab_barrier_init(&barrier, 3);
    lab_task *a = lab_spawn("a", three_rounds, &rounds[0]);
    lab_task *b = lab_spawn("b", three_rounds, &rounds[1]);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_barrier_wait(&barrier), 2);
    CHECK_INT(lab_barrier_waiting(&barrier), 0);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_barrier_waiting(&barrier), 2);
    CHECK(rounds[0] == 1 && rounds[1] == 1);
    lab_cancel(a);
    lab_cancel(b);
}

VIRTUAL_TEST(who_is_cancelled_leaves_and_no_number_is_given_twice) {
    lab_barrier_init(&barrier, 3);
    lab_task *a = lab_spawn("a", come_at_once, NULL);
    lab_task *b = lab_spawn("b", come_at_once, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(a);
    CHECK_INT(lab_await(a), LAB_ECANCELED);
    CHECK_INT(lab_barrier_waiting(&barrier), 1);
    lab_task *c = lab_spawn("c", come_at_once, NULL);
    CHECK_INT(lab_yield(), 0);
    CHECK(!lab_task_done(b));
    CHECK_INT(lab_barrier_wait(&barrier), 2);
    CHECK_INT(lab_await(b), 0);
    CHECK_INT(lab_await(c), 1);
}

VIRTUAL_TEST(who_was_cancelled_in_this_turn_does_not_count) {
    lab_barrier_init(&barrier, 2);
    lab_task *a = lab_spawn("a", come_at_once, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_task *b = lab_spawn("b", come_at_once, NULL);
    lab_cancel(a); // b comes before a has run
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_await(a), LAB_ECANCELED);
    CHECK(!lab_task_done(b));
    CHECK_INT(lab_barrier_wait(&barrier), 1);
    CHECK_INT(lab_await(b), 0);
}

VIRTUAL_TEST(who_is_cancelled_after_the_last_has_come_got_through) {
    int index = -1;
    lab_barrier_init(&barrier, 2);
    lab_task *a = lab_spawn("a", come_and_sleep, &index);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_barrier_wait(&barrier), 1);
    lab_cancel(a);
    CHECK_INT(lab_await(a), LAB_ECANCELED); // of its sleep
    CHECK_INT(index, 0);
}

VIRTUAL_TEST(an_aborted_barrier_fails_for_all_that_wait_and_come) {
    lab_barrier_init(&barrier, 3);
    lab_task *a = lab_spawn("a", come_at_once, NULL);
    lab_task *b = lab_spawn("b", come_at_once, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_barrier_abort(&barrier);
    CHECK(barrier.broken);
    CHECK_INT(lab_await(a), LAB_EBROKEN);
    CHECK_INT(lab_await(b), LAB_EBROKEN);
    CHECK_INT(lab_barrier_wait(&barrier), LAB_EBROKEN);
    CHECK_INT(lab_now(), 0);
    lab_barrier_reset(&barrier);
    CHECK(!barrier.broken);
    a = lab_spawn("a", come_at_once, NULL);
    b = lab_spawn("b", come_at_once, NULL);
    CHECK_INT(lab_barrier_wait(&barrier), 0);
    CHECK_INT(lab_await(a), 1);
    CHECK_INT(lab_await(b), 2);
}

VIRTUAL_TEST(a_reset_fails_for_those_that_wait_and_no_others) {
    lab_barrier_init(&barrier, 2);
    lab_task *a = lab_spawn("a", come_at_once, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_barrier_reset(&barrier);
    lab_task *b = lab_spawn("b", come_at_once, NULL);
    CHECK_INT(lab_barrier_wait(&barrier), 0);
    CHECK_INT(lab_await(a), LAB_EBROKEN);
    CHECK_INT(lab_await(b), 1);
}

VIRTUAL_TEST(a_party_cancelled_before_the_abort_was_cancelled) {
    lab_barrier_init(&barrier, 2);
    lab_task *a = lab_spawn("a", come_at_once, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(a);
    lab_barrier_abort(&barrier);
    CHECK_INT(lab_await(a), LAB_ECANCELED);
}

// --- every order

static int cancel_after;

static int numbered(void *arg) {
    int *number = arg;
    *number = lab_barrier_wait(&barrier);
    return 0;
}

// Four tasks for three places, one of them cancelled: it is either among those
// that got through, or the other three are.
static int four_come(void *arg) {
    int *victim = arg, number[4], seen = 0, through = 0;
    lab_task *tasks[4];
    lab_barrier_init(&barrier, 3);
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("come", numbered, &number[i]);
    for (int i = 0; i < cancel_after; i++)
        LAB_TRY(lab_yield());
    lab_cancel(tasks[*victim]);
    LAB_TRY(lab_await(tasks[*victim]));
    // If it got through, one is left over, and is sent home.
    if (number[*victim] >= 0)
        lab_barrier_abort(&barrier);
    LAB_TRY(lab_gather(tasks, countof(tasks)));
    for (size_t i = 0; i < countof(tasks); i++)
        if (number[i] >= 0) {
            through++;
            seen |= 1 << number[i];
        }
    CHECK(number[*victim] >= 0 || number[*victim] == LAB_ECANCELED);
    return through == 3 && seen == 7 ? 0 : LAB_EINVAL;
}

TEST(in_every_order_three_get_through_and_no_number_is_given_twice) {
    for (int victim = 0; victim < 4; victim += 3) // the first and the last
        for (cancel_after = 0; cancel_after < 3; cancel_after++) {
            struct lab_exploration seen = {0};
            lab_explore(&(struct lab_run_options){.name = "root",
                                                  .body = four_come,
                                                  .arg = &victim},
                        &seen);
            CHECK_INT(seen.wrong, 0);
            CHECK(!seen.truncated);
        }
}
