#include "test.h"

#include "base/alloc.h"
#include "base/time.h"
#include "core/events.h"
#include "core/flag.h"
#include "core/task.h"

static struct lab_flag flag;
static char trail[16];
static size_t steps;

static void begin(void) {
    lab_flag_init(&flag);
    steps = 0;
    trail[0] = 0;
}

static int wait(void *arg) {
    LAB_TRY(lab_flag_wait(&flag));
    trail[steps++] = *(const char *)arg;
    trail[steps] = 0;
    return 0;
}

static int wait_and_sleep(void *arg) {
    LAB_TRY(wait(arg));
    return lab_sleep(LAB_S);
}

VIRTUAL_TEST(a_flag_that_is_set_lets_all_go_on_in_the_order_they_came) {
    begin();
    lab_task *tasks[] = {lab_spawn("a", wait, "a"), lab_spawn("b", wait, "b"),
                         lab_spawn("c", wait, "c")};
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK_STR(trail, "");
    lab_flag_set(&flag);
    CHECK(flag.is_set);
    CHECK_INT(lab_gather(tasks, 3), 0);
    CHECK_STR(trail, "abc");
    CHECK_INT(lab_now(), LAB_S);
}

VIRTUAL_TEST(nobody_waits_for_a_flag_that_is_set) {
    begin();
    lab_flag_set(&flag);
    lab_flag_set(&flag); // does no harm
    lab_task *task = lab_spawn("other", wait, "x");
    CHECK_INT(lab_flag_wait(&flag), 0);
    CHECK_STR(trail, ""); // nobody else ran
    CHECK_INT(lab_await(task), 0);
}

VIRTUAL_TEST(a_flag_cleared_before_they_run_lets_them_go_on_all_the_same) {
    begin();
    lab_task *a = lab_spawn("a", wait, "a");
    CHECK_INT(lab_yield(), 0);
    lab_flag_set(&flag);
    lab_flag_clear(&flag);
    lab_task *b = lab_spawn("b", wait, "b");
    CHECK_INT(lab_await(a), 0);
    CHECK_INT(lab_yield(), 0);
    CHECK(!lab_task_done(b)); // it came after the clear
    lab_flag_set(&flag);
    CHECK_INT(lab_await(b), 0);
    CHECK_STR(trail, "ab");
}

VIRTUAL_TEST(who_is_cancelled_no_longer_waits_for_the_flag) {
    begin();
    lab_task *tasks[] = {lab_spawn("a", wait, "a"), lab_spawn("b", wait, "b"),
                         lab_spawn("c", wait, "c")};
    CHECK_INT(lab_yield(), 0);
    lab_cancel(tasks[1]);
    CHECK_INT(lab_await(tasks[1]), LAB_ECANCELED);
    lab_flag_set(&flag);
    CHECK_INT(lab_await(tasks[2]), 0);
    CHECK_STR(trail, "ac");
}

VIRTUAL_TEST(a_flag_set_before_the_cancel_was_waited_for) {
    begin();
    lab_task *task = lab_spawn("a", wait_and_sleep, "a");
    CHECK_INT(lab_yield(), 0);
    lab_flag_set(&flag);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED); // of its sleep
    CHECK_STR(trail, "a");
    CHECK_INT(lab_now(), 0);
}

VIRTUAL_TEST(a_flag_set_after_the_cancel_was_not) {
    begin();
    lab_task *task = lab_spawn("a", wait_and_sleep, "a");
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    lab_flag_set(&flag);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK_STR(trail, "");
}

static int cancelled(void *arg) {
    (void)arg;
    lab_cancel(lab_self());
    CHECK_INT(lab_flag_wait(&flag), LAB_ECANCELED);
    return 0;
}

VIRTUAL_TEST(a_cancelled_task_fails_even_if_the_flag_is_set) {
    begin();
    lab_flag_set(&flag);
    CHECK_INT(lab_await(lab_spawn("c", cancelled, NULL)), 0);
}

// --- in the record

static int sets_a_flag_twice(void *arg) {
    struct lab_flag noted;
    (void)arg;
    lab_flag_init(&noted);
    lab_flag_set(&noted);
    lab_flag_clear(&noted);
    lab_flag_set(&noted);
    return 0;
}

TEST(who_sets_a_flag_is_noted) {
    CHECK_STR(events_of(sets_a_flag_twice, "set"), "set 1 1, set 1 1");
}
