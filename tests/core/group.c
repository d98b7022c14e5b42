#include "core/group.h"
#include "test.h"

#include "base/alloc.h"
#include "base/time.h"
#include "core/future.h"
#include "core/run.h"
#include "core/scope.h"
#include "core/task.h"
#include "events.h"

struct work {
    lab_time time;
    int result;
    bool heard;
};

static int work(void *arg) {
    struct work *w = arg;
    int rc = lab_sleep(w->time);
    w->heard = rc == LAB_ECANCELED;
    return rc < 0 ? rc : w->result;
}

static lab_group *group_of(struct work *w, size_t count) {
    lab_group *group = lab_group_new();
    for (size_t i = 0; i < count; i++)
        CHECK_INT(lab_group_spawn(group, "w", work, &w[i]), 0);
    CHECK_INT(lab_group_living(group), count);
    return group;
}

VIRTUAL_TEST(a_group_takes_as_long_as_its_longest_member) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {1 * LAB_S, 2, 0}, {2 * LAB_S, 3, 0}};
    CHECK_INT(lab_group_wait(group_of(w, 3)), 0);
    CHECK_INT(lab_now(), 3 * LAB_S);
}

VIRTUAL_TEST(a_group_without_members_is_done) {
    CHECK_INT(lab_group_wait(lab_group_new()), 0);
    struct work w = {LAB_S, 1, 0};
    lab_group *group = group_of(&w, 1);
    CHECK_INT(lab_sleep(2 * LAB_S), 0);
    CHECK_INT(lab_group_living(group), 0);
    CHECK_INT(lab_group_wait(group), 0);
    CHECK_INT(lab_now(), 2 * LAB_S);
}

VIRTUAL_TEST(the_first_failure_in_a_group_stops_the_others) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {LAB_S, -71, 0}, {2 * LAB_S, -5, 0}};
    CHECK_INT(lab_group_wait(group_of(w, 3)), -71);
    CHECK_INT(lab_now(), LAB_S);
    CHECK(w[0].heard && w[2].heard);
}

VIRTUAL_TEST(a_failure_before_the_wait_stops_the_group_and_is_kept) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {LAB_S, -71, 0}};
    lab_group *group = group_of(w, 2);
    CHECK_INT(lab_sleep(2 * LAB_S), 0); // the maker is not disturbed
    CHECK_INT(lab_group_living(group), 0);
    CHECK_INT(lab_group_spawn(group, "late", work, &w[0]), LAB_ECANCELED);
    CHECK_INT(lab_group_wait(group), -71);
    CHECK_INT(lab_now(), 2 * LAB_S);
}

static int wait_for_group(void *arg) {
    struct work *w = arg;
    return lab_group_wait(group_of(w, 2));
}

VIRTUAL_TEST(cancelling_who_waits_for_a_group_cancels_the_members) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {LAB_S, 2, 0}};
    lab_task *task = lab_spawn("maker", wait_for_group, w);
    CHECK_INT(lab_sleep(2 * LAB_S), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK(w[0].heard && !w[1].heard);
    CHECK_INT(lab_now(), 2 * LAB_S);
}

VIRTUAL_TEST(a_timeout_around_a_group_ends_it) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {LAB_S, 2, 0}};
    CHECK_INT(lab_within(2 * LAB_S, wait_for_group, w), LAB_ETIMEDOUT);
    CHECK(w[0].heard);
    CHECK_INT(lab_now(), 2 * LAB_S);
}

VIRTUAL_TEST(a_group_may_be_cancelled_which_is_no_failure) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {LAB_S, 2, 0}};
    lab_group *group = group_of(w, 2);
    CHECK_INT(lab_sleep(2 * LAB_S), 0);
    lab_group_cancel(group);
    CHECK_INT(lab_group_spawn(group, "late", work, &w[0]), LAB_ECANCELED);
    CHECK_INT(lab_group_wait(group), 0);
    CHECK(w[0].heard && !w[1].heard);
    CHECK_INT(lab_now(), 2 * LAB_S);
}

static int fail_in_clean_up(void *arg) {
    (void)arg;
    return lab_sleep(LAB_S) < 0 ? -33 : 0;
}

static int maker_of_sloppy(void *arg) {
    lab_group *group = lab_group_new();
    LAB_TRY(lab_group_spawn(group, "sloppy", fail_in_clean_up, arg));
    return lab_group_wait(group);
}

static int cancel_later(void *arg) {
    LAB_TRY(lab_sleep(LAB_S));
    lab_cancel(arg);
    return 0;
}

// Its member ends in the same turn, right behind the cancel.
static int cancelled_with_a_result(void *arg) {
    struct work w = {LAB_S, 1, false};
    (void)arg;
    CHECK(lab_spawn("canceller", cancel_later, lab_self()) != NULL);
    CHECK_INT(lab_group_wait(group_of(&w, 1)), 0);
    return 0;
}

TEST(a_group_that_has_ended_does_not_deliver_a_cancel) {
    CHECK_STR(events_of(cancelled_with_a_result, "cancel deliver"),
              "cancel 1 2");
}

static int wait_for_answer(void *arg) {
    return lab_future_wait(arg);
}

static int group_without_answer(void *arg) {
    struct work w = {2 * LAB_S, 1, 0};
    lab_future *answer = lab_future_new();
    lab_group *group = group_of(&w, 1);
    (void)arg;
    CHECK_INT(lab_group_spawn(group, "asks", wait_for_answer, answer), 0);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK(lab_future_cancel(answer)); // and no task is cancelled
    int rc = lab_group_wait(group);
    CHECK(!w.heard);
    lab_future_free(answer);
    return rc;
}

TEST(a_member_that_was_given_a_cancel_has_not_failed) {
    struct lab_run_options options = {
        .name = "r", .body = group_without_answer, .clock = LAB_CLOCK_VIRTUAL};
    CHECK_INT(lab_run(&options), 0); // nor is it told that nobody asked
}

VIRTUAL_TEST(a_failure_in_clean_up_is_told_instead_of_the_cancel) {
    lab_task *task = lab_spawn("maker", maker_of_sloppy, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), -33);
}

// --- members that spawn

struct tree {
    lab_group *group;
    int depth, ran;
};

static int branch(void *arg) {
    struct tree *t = arg;
    t->ran++;
    LAB_TRY(lab_sleep(LAB_S));
    if (t->ran < 31)
        for (int i = 0; i < 2; i++)
            LAB_TRY(lab_group_spawn(t->group, "branch", branch, t));
    return 0;
}

VIRTUAL_TEST(members_may_spawn_more_while_the_group_is_waited_for) {
    struct tree t = {.group = lab_group_new()};
    CHECK_INT(lab_group_spawn(t.group, "root", branch, &t), 0);
    CHECK_INT(lab_group_wait(t.group), 0);
    CHECK_INT(t.ran, 31);
    CHECK_INT(lab_now(), 5 * LAB_S);
}

struct server {
    lab_group *group;
    int served, limit;
    long live, most;
};

static int serve(void *arg) {
    struct server *s = arg;
    LAB_TRY(lab_sleep(10 * LAB_MS));
    s->served++;
    return 0;
}

static int listen_on(void *arg) {
    struct server *s = arg;
    for (int i = 0; i < s->limit; i++) {
        LAB_TRY(lab_group_spawn(s->group, "client", serve, s));
        LAB_TRY(lab_sleep(LAB_MS));
        if (i == 100)
            s->live = lab_alloc_live();
        if (lab_alloc_live() > s->most)
            s->most = lab_alloc_live();
    }
    return 0;
}

VIRTUAL_TEST(a_server_may_spawn_for_ever_in_flat_memory) {
    struct server s = {.group = lab_group_new(), .limit = 10000};
    CHECK_INT(lab_group_spawn(s.group, "listen", listen_on, &s), 0);
    CHECK_INT(lab_group_wait(s.group), 0);
    CHECK_INT(s.served, 10000);
    CHECK_INT(s.most, s.live);
}

// --- groups that are left

static int leave_early(void *arg) {
    lab_group *group = group_of(arg, 2);
    (void)group;
    LAB_TRY(lab_sleep(LAB_S));
    return 9;
}

VIRTUAL_TEST(a_group_nobody_waits_for_ends_with_its_maker) {
    struct work w[] = {{3 * LAB_S, 1, 0}, {5 * LAB_S, 2, 0}};
    CHECK_INT(lab_await(lab_spawn("maker", leave_early, w)), 9);
    CHECK_INT(lab_now(), LAB_S);
    CHECK(w[0].heard && w[1].heard);
}

static int wait_for_a_foreign_one(void *arg) {
    return lab_group_wait(arg);
}

VIRTUAL_TEST(only_its_maker_can_wait_for_a_group) {
    struct work w = {LAB_S, 1, 0};
    lab_group *group = group_of(&w, 1);
    CHECK_INT(lab_await(lab_spawn("x", wait_for_a_foreign_one, group)),
              LAB_EPERM);
    CHECK_INT(lab_group_wait(group), 0);
}

static int wait_for_it(void *future) {
    return lab_future_wait(future);
}

static int wait_in_group(void *future) {
    lab_group *group = lab_group_new();
    CHECK_INT(lab_group_spawn(group, "w", wait_for_it, future), 0);
    LAB_TRY(lab_group_wait(group));
    return 7;
}

static int await_group(void *future) {
    return lab_await(lab_spawn("maker", wait_in_group, future));
}

VIRTUAL_TEST(a_group_whose_members_all_came_was_not_cut_short) {
    lab_future *future = lab_future_new();
    lab_task *task = lab_spawn("awaiter", await_group, future);
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_cancel(task); // cancels the maker as the member ends
    lab_future_set(future, 0);
    CHECK_INT(lab_await(task), 7);
    lab_future_free(future);
}

// --- a cancel at every turn of it

struct trial {
    int turns;
    struct work w[3];
    int rc;
};

static int group_of_three(void *arg) {
    struct trial *t = arg;
    lab_group *group = group_of(t->w, 3);
    LAB_TRY(lab_yield());
    return t->rc = lab_group_wait(group);
}

static int cancel_after(void *arg) {
    struct trial *t = arg;
    lab_task *task = lab_spawn("maker", group_of_three, t);
    for (int i = 0; i < t->turns; i++)
        LAB_TRY(lab_yield());
    lab_cancel(task);
    int rc = lab_await(task);
    CHECK(rc == LAB_ECANCELED || rc == 0);
    CHECK(rc == 0 || lab_now() == 0);
    return 0;
}

TEST(a_group_cancelled_at_any_turn_leaves_nothing) {
    for (int turns = 0; turns < 12; turns++) {
        struct trial t = {.turns = turns,
                          .w = {{0, 1, 0}, {0, 2, 0}, {1, 3, 0}}};
        struct lab_run_options options = {.name = "r",
                                          .body = cancel_after,
                                          .arg = &t,
                                          .clock = LAB_CLOCK_VIRTUAL};
        long live = lab_alloc_live();
        CHECK_INT(lab_run(&options), 0);
        CHECK_INT(lab_alloc_live(), live);
    }
}
