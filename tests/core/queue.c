#include "test.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/events.h"
#include "core/explore.h"
#include "core/loop.h"
#include "core/queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// Items are numbers here.
static struct lab_queue queue;

static void *item(intptr_t number) {
    return (void *)number;
}

static void begin(enum lab_queue_order order, size_t capacity) {
    lab_queue_init(&queue, order, capacity);
}

// What can be got now; a code if nothing.
static intptr_t got(void) {
    void *item = NULL;
    int rc = lab_queue_get_nowait(&queue, &item);
    return rc < 0 ? rc : (intptr_t)item;
}

// What is got within a time; a code if nothing.
static int get_within(void *arg) {
    void *item = NULL;
    int rc = lab_queue_get_within(&queue, &item, *(lab_time *)arg);
    return rc < 0 ? rc : (int)(intptr_t)item;
}

static lab_time forever = LAB_FOREVER, second = LAB_S, zero = 0;

static lab_task *getter(lab_time *within) {
    return lab_spawn("getter", get_within, within);
}

struct putting {
    int number;
    lab_time within;
};

static int put_within(void *arg) {
    struct putting *putting = arg;
    return lab_queue_put_within(&queue, item(putting->number), putting->within);
}

static lab_task *putter(struct putting *putting) {
    return lab_spawn("putter", put_within, putting);
}

// --- the orders

static void put_keys(void) {
    const int64_t keys[] = {2, 1, 2, -7, 1};
    for (int i = 0; i < (int)countof(keys); i++)
        CHECK_INT(lab_queue_put_key_nowait(&queue, item(i), keys[i]), 0);
}

static void check_order(const int *numbers, size_t count) {
    CHECK_INT(lab_queue_length(&queue), count);
    for (size_t i = 0; i < count; i++)
        CHECK_INT(got(), numbers[i]);
    CHECK_INT(got(), LAB_EAGAIN);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(fifo_gives_first_what_was_put_first) {
    begin(LAB_QUEUE_FIFO, 0);
    put_keys();
    check_order((int[]){0, 1, 2, 3, 4}, 5);
}

VIRTUAL_TEST(lifo_gives_first_what_was_put_last) {
    begin(LAB_QUEUE_LIFO, 0);
    put_keys();
    check_order((int[]){4, 3, 2, 1, 0}, 5);
}

VIRTUAL_TEST(priority_gives_the_least_key_and_of_equals_the_first) {
    begin(LAB_QUEUE_PRIORITY, 0);
    put_keys();
    check_order((int[]){3, 1, 4, 0, 2}, 5);
}

// --- room and hand-over

static int put_five(void *arg) {
    (void)arg;
    for (int i = 0; i < 5; i++)
        LAB_TRY(lab_queue_put(&queue, item(i)));
    return 0;
}

VIRTUAL_TEST(who_puts_waits_for_who_gets) {
    void *got = NULL;
    begin(LAB_QUEUE_FIFO, 2);
    lab_task *task = lab_spawn("put", put_five, NULL);
    for (int i = 0; i < 5; i++) {
        CHECK_INT(lab_sleep(LAB_S), 0);
        CHECK_INT(lab_queue_length(&queue), i < 3 ? 2 : 5 - i);
        CHECK_INT(lab_queue_get(&queue, &got), 0);
        CHECK_INT((intptr_t)got, i);
    }
    CHECK_INT(lab_await(task), 0);
    CHECK_INT(lab_now(), 5 * LAB_S);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(what_cannot_wait_says_so) {
    begin(LAB_QUEUE_FIFO, 1);
    CHECK_INT(got(), LAB_EAGAIN);
    CHECK_INT(lab_queue_put_nowait(&queue, NULL), 0);
    CHECK_INT(lab_queue_put_nowait(&queue, NULL), LAB_EAGAIN);
    CHECK_INT(lab_queue_length(&queue), 1);
    CHECK_INT(got(), 0); // NULL is an item too
    lab_queue_term(&queue);
}

VIRTUAL_TEST(getters_are_served_in_the_order_they_came) {
    begin(LAB_QUEUE_FIFO, 0);
    lab_task *tasks[] = {getter(&forever), getter(&forever), getter(&forever)};
    CHECK_INT(lab_yield(), 0);
    for (int i = 1; i <= 3; i++)
        CHECK_INT(lab_queue_put_nowait(&queue, item(i)), 0);
    CHECK_INT(got(), LAB_EAGAIN); // all three are in their hands
    for (int i = 1; i <= 3; i++)
        CHECK_INT(lab_await(tasks[i - 1]), i);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(putters_get_in_in_the_order_they_came) {
    struct putting putting[] = {{2, LAB_FOREVER}, {3, LAB_FOREVER}};
    begin(LAB_QUEUE_FIFO, 1);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    lab_task *tasks[] = {putter(&putting[0]), putter(&putting[1])};
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(got(), 1);
    CHECK_INT(lab_queue_put_nowait(&queue, item(9)), LAB_EAGAIN); // 2 is in
    CHECK_INT(got(), 2);
    CHECK_INT(got(), 3);
    CHECK_INT(lab_gather(tasks, 2), 0);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(what_waited_for_room_keeps_its_key_and_counts_when_it_is_in) {
    begin(LAB_QUEUE_PRIORITY, 2);
    CHECK_INT(lab_queue_put_key(&queue, item(5), 5, LAB_FOREVER), 0);
    CHECK_INT(lab_queue_put_key(&queue, item(7), 7, LAB_FOREVER), 0);
    lab_task *task = getter(&second);
    CHECK_INT(queue.unfinished, 2);
    CHECK_INT(lab_queue_put_key(&queue, item(9), 9, LAB_S), 0);
    CHECK_INT(queue.unfinished, 3);
    CHECK_INT(lab_await(task), 5);
    CHECK_INT(got(), 7);
    CHECK_INT(got(), 9);
    lab_queue_term(&queue);
}

// --- time

VIRTUAL_TEST(a_get_gives_up_when_its_time_is_over) {
    begin(LAB_QUEUE_FIFO, 0);
    CHECK_INT(lab_await(getter(&second)), LAB_ETIMEDOUT);
    CHECK_INT(lab_now(), LAB_S);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    CHECK_INT(lab_await(getter(&second)), 1);
    CHECK_INT(lab_now(), LAB_S);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(a_put_gives_up_when_its_time_is_over_and_put_nothing) {
    begin(LAB_QUEUE_FIFO, 1);
    CHECK_INT(lab_queue_put_within(&queue, item(1), LAB_S), 0);
    CHECK_INT(lab_queue_put_within(&queue, item(2), LAB_S), LAB_ETIMEDOUT);
    CHECK_INT(lab_now(), LAB_S);
    CHECK_INT(queue.unfinished, 1);
    check_order((int[]){1}, 1);
}

// Time is over, and in the same turn, before the getter has run, an item comes.
VIRTUAL_TEST(an_item_that_comes_too_late_by_nothing_is_kept) {
    begin(LAB_QUEUE_FIFO, 0);
    lab_task *late = getter(&second);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK(!lab_task_done(late));
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    CHECK_INT(lab_await(late), LAB_ETIMEDOUT);
    check_order((int[]){1}, 1);
}

VIRTUAL_TEST(a_cancel_in_the_turn_of_the_timeout_is_told_rather) {
    begin(LAB_QUEUE_FIFO, 1);
    struct putting putting[] = {{1, 0}, {2, LAB_S}};
    lab_task *get = getter(&second);
    CHECK_INT(lab_sleep(LAB_S), 0); // we wake first, and it is woken, too
    lab_cancel(get);
    CHECK_INT(lab_await(get), LAB_ECANCELED);
    CHECK_INT(lab_await(putter(&putting[0])), 0);
    lab_task *put = putter(&putting[1]);
    CHECK_INT(lab_sleep(LAB_S), 0);
    lab_cancel(put);
    CHECK_INT(lab_await(put), LAB_ECANCELED);
    check_order((int[]){1}, 1);
}

VIRTUAL_TEST(an_item_that_comes_in_time_by_nothing_is_got) {
    begin(LAB_QUEUE_FIFO, 0);
    lab_task *task = getter(&zero);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_await(task), LAB_ETIMEDOUT);
    task = getter(&zero);
    struct putting putting = {1, 0};
    CHECK_INT(lab_await(putter(&putting)), 0); // behind it, in the same turn
    CHECK_INT(lab_await(task), 1);
    CHECK_INT(lab_now(), 0);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(room_that_comes_too_late_by_nothing_is_not_used) {
    struct putting putting = {2, LAB_S};
    begin(LAB_QUEUE_FIFO, 1);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    lab_task *late = putter(&putting);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK_INT(got(), 1);
    CHECK_INT(lab_await(late), LAB_ETIMEDOUT);
    CHECK_INT(got(), LAB_EAGAIN);
    CHECK_INT(queue.unfinished, 1);
    lab_queue_term(&queue);
}

// --- cancel

VIRTUAL_TEST(a_getter_cancelled_in_the_middle_takes_nothing) {
    begin(LAB_QUEUE_FIFO, 0);
    lab_task *tasks[] = {getter(&forever), getter(&forever), getter(&forever)};
    CHECK_INT(lab_yield(), 0);
    lab_cancel(tasks[1]);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    CHECK_INT(lab_queue_put_nowait(&queue, item(2)), 0);
    CHECK_INT(lab_await(tasks[0]), 1);
    CHECK_INT(lab_await(tasks[1]), LAB_ECANCELED);
    CHECK_INT(lab_await(tasks[2]), 2);
    lab_queue_term(&queue);
}

static int get_and_sleep(void *arg) {
    int *got = arg;
    *got = get_within(&forever);
    return lab_sleep(LAB_S);
}

VIRTUAL_TEST(an_item_handed_over_before_the_cancel_is_got) {
    int got = 0;
    begin(LAB_QUEUE_FIFO, 0);
    lab_task *task = lab_spawn("get", get_and_sleep, &got);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED); // of its sleep
    CHECK_INT(got, 1);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(an_item_put_after_the_cancel_is_kept) {
    begin(LAB_QUEUE_FIFO, 0);
    lab_task *task = getter(&forever);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    check_order((int[]){1}, 1);
}

VIRTUAL_TEST(a_cancelled_putter_put_nothing_and_the_next_gets_in) {
    struct putting putting[] = {{2, LAB_FOREVER}, {3, LAB_FOREVER}};
    begin(LAB_QUEUE_FIFO, 1);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    lab_task *a = putter(&putting[0]), *b = putter(&putting[1]);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(a);
    CHECK_INT(got(), 1);
    CHECK_INT(lab_await(a), LAB_ECANCELED);
    CHECK_INT(lab_await(b), 0);
    check_order((int[]){3}, 1);
}

VIRTUAL_TEST(a_putter_let_in_before_the_cancel_has_put) {
    struct putting putting = {2, LAB_FOREVER};
    begin(LAB_QUEUE_FIFO, 1);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    lab_task *task = putter(&putting);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(got(), 1);
    lab_cancel(task);
    CHECK_INT(lab_await(task), 0);
    check_order((int[]){2}, 1);
}

static int cancelled(void *arg) {
    void *item = &queue;
    (void)arg;
    lab_cancel(lab_self());
    CHECK_INT(lab_queue_get(&queue, &item), LAB_ECANCELED);
    CHECK(item == &queue);
    CHECK_INT(lab_queue_put(&queue, NULL), LAB_ECANCELED);
    CHECK_INT(lab_queue_put_within(&queue, NULL, 0), LAB_ECANCELED);
    CHECK_INT(lab_queue_join(&queue), LAB_ECANCELED);
    return 0;
}

VIRTUAL_TEST(a_cancelled_task_takes_and_puts_nothing_though_it_could) {
    begin(LAB_QUEUE_FIFO, 0);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    CHECK_INT(lab_await(lab_spawn("c", cancelled, NULL)), 0);
    check_order((int[]){1}, 1);
}

// --- being done

static int join(void *arg) {
    (void)arg;
    return lab_queue_join(&queue);
}

VIRTUAL_TEST(join_waits_until_all_that_was_put_is_done) {
    begin(LAB_QUEUE_FIFO, 0);
    CHECK_INT(lab_queue_join(&queue), 0); // nothing was put
    lab_task *task = getter(&forever);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    CHECK_INT(lab_queue_put_nowait(&queue, item(2)), 0);
    lab_task *joins[] = {lab_spawn("j", join, NULL),
                         lab_spawn("j", join, NULL)};
    CHECK_INT(lab_await(task), 1);
    CHECK_INT(lab_queue_task_done(&queue), 0);
    CHECK_INT(got(), 2);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK(!lab_task_done(joins[0]) && !lab_task_done(joins[1]));
    CHECK_INT(lab_queue_task_done(&queue), 0);
    CHECK_INT(lab_gather(joins, 2), 0);
    CHECK_INT(lab_now(), LAB_S);
    CHECK_INT(lab_queue_task_done(&queue), LAB_EINVAL);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(a_cancelled_join_leaves_the_others_waiting) {
    begin(LAB_QUEUE_FIFO, 0);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    lab_task *a = lab_spawn("a", join, NULL), *b = lab_spawn("b", join, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(a);
    CHECK_INT(lab_await(a), LAB_ECANCELED);
    CHECK_INT(lab_queue_task_done(&queue), 0);
    CHECK_INT(lab_await(b), 0);
    lab_queue_term(&queue);
}

// --- shutting

VIRTUAL_TEST(a_shut_queue_takes_nothing_and_gives_what_is_left) {
    begin(LAB_QUEUE_FIFO, 1);
    struct putting putting = {2, LAB_FOREVER};
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    lab_task *task = putter(&putting);
    CHECK_INT(lab_yield(), 0);
    lab_queue_shutdown(&queue, false);
    CHECK_INT(lab_await(task), LAB_EPIPE); // it waited for room
    CHECK_INT(lab_queue_put(&queue, item(3)), LAB_EPIPE);
    CHECK_INT(lab_queue_put_nowait(&queue, item(3)), LAB_EPIPE);
    CHECK_INT(get_within(&forever), 1);
    CHECK_INT(get_within(&forever), LAB_EOF);
    CHECK_INT(got(), LAB_EOF);
    CHECK_INT(lab_queue_task_done(&queue), 0); // for 1, and 2 was never put
    CHECK_INT(lab_queue_join(&queue), 0);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(who_waits_to_get_is_told_that_nothing_more_comes) {
    begin(LAB_QUEUE_FIFO, 0);
    lab_task *a = getter(&forever), *b = getter(&forever);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    lab_queue_shutdown(&queue, false);
    CHECK_INT(lab_await(a), 1); // it had its item before
    CHECK_INT(lab_await(b), LAB_EOF);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(shut_at_once_drops_what_is_left_and_is_done_with_it) {
    begin(LAB_QUEUE_FIFO, 0);
    for (int i = 1; i <= 3; i++)
        CHECK_INT(lab_queue_put_nowait(&queue, item(i)), 0);
    CHECK_INT(got(), 1);
    lab_task *joins = lab_spawn("join", join, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_queue_shutdown(&queue, true);
    CHECK_INT(got(), LAB_EOF);
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK(!lab_task_done(joins)); // 1 is still being worked on
    CHECK_INT(lab_queue_task_done(&queue), 0);
    CHECK_INT(lab_await(joins), 0);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(shut_at_once_releases_who_joins_when_nothing_was_got) {
    begin(LAB_QUEUE_FIFO, 0);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    lab_task *joins = lab_spawn("join", join, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_queue_shutdown(&queue, false);
    lab_queue_shutdown(&queue, true); // the second time counts too
    CHECK_INT(lab_await(joins), 0);
    CHECK_INT(lab_queue_length(&queue), 0);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(who_is_done_too_early_does_not_spoil_the_count) {
    begin(LAB_QUEUE_FIFO, 0);
    CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    CHECK_INT(lab_queue_task_done(&queue), 0); // nobody got it yet
    lab_queue_shutdown(&queue, true);
    CHECK_INT(queue.unfinished, 0);
    lab_queue_term(&queue);
}

static int term_too_early(void *arg) {
    (void)arg;
    begin(LAB_QUEUE_FIFO, 0);
    lab_task *task = getter(&forever);
    LAB_TRY(lab_yield());
    lab_cancel(task); // it has not run yet
    lab_queue_term(&queue);
    return 0;
}

// Before a leak checker finds what a program leaves that ends like this.
static void leave(int status, void *arg) {
    (void)arg;
    _exit(status);
}

TEST(giving_back_a_queue_that_a_task_waits_for_is_a_bug) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        CHECK(freopen("/dev/null", "w", stderr) != NULL);
        on_exit(leave, NULL);
        lab_ignore(
            lab_run(&(struct lab_run_options){.name = "root",
                                              .body = term_too_early,
                                              .clock = LAB_CLOCK_VIRTUAL}));
        _exit(0);
    }
    waitpid(child, &status, 0);
    CHECK_INT(WEXITSTATUS(status), LAB_EXIT_BUG);
}

// --- every order

// What happens to a getter and an item, at the same time or one before the
// other: it is got if it comes first, and there if it does not.
static void meet(lab_time at, lab_time due, lab_time cancelled) {
    lab_time order[] = {cancelled, at}, began = lab_now(), within = due;
    begin(LAB_QUEUE_FIFO, 0);
    lab_task *task = getter(&within);
    CHECK_INT(lab_yield(), 0);
    bool cancel_first = order[0] <= order[1]; // and at the same time, first
    for (int i = 0; i < 2; i++) {
        bool cancels = (i == 0) == cancel_first;
        lab_time left = (cancels ? cancelled : at) - (lab_now() - began);
        CHECK_INT(left > 0 ? lab_sleep(left) : 0, 0);
        if (cancels)
            lab_cancel(task);
        else
            CHECK_INT(lab_queue_put_nowait(&queue, item(1)), 0);
    }
    int rc = lab_await(task);
    CHECK_INT(rc, at < due && at < cancelled ? 1
                  : cancelled < due          ? LAB_ECANCELED
                                             : LAB_ETIMEDOUT);
    CHECK_INT(lab_queue_length(&queue), rc == 1 ? 0 : 1);
    lab_queue_term(&queue);
}

VIRTUAL_TEST(an_item_is_got_or_there_whatever_comes_first) {
    for (lab_time at = 1; at <= 3; at++)
        for (lab_time due = 1; due <= 3; due++)
            for (lab_time cancelled = 1; cancelled <= 3; cancelled++)
                meet(at, due, cancelled);
}

static int sum_got, sum_put, cancel_after;

static int get_one(void *arg) {
    int number = get_within(&forever);
    (void)arg;
    CHECK(number > 0 || number == LAB_ECANCELED || number == LAB_EOF);
    if (number > 0)
        sum_got += number;
    return 0;
}

static int put_two(void *arg) {
    (void)arg;
    for (int i = 1; i <= 2; i++) {
        int rc = lab_queue_put(&queue, item(i));
        CHECK(rc == 0 || rc == LAB_ECANCELED);
        if (rc == 0)
            sum_put += i;
    }
    return 0;
}

// One puts two items where there is room for one, two get one each, and one of
// the three is cancelled. Each item was got, or is there, or was never put.
static int three_meet(void *arg) {
    const int *victim = arg;
    sum_got = sum_put = 0;
    begin(LAB_QUEUE_FIFO, 1);
    lab_task *tasks[] = {lab_spawn("put", put_two, NULL),
                         lab_spawn("get", get_one, NULL),
                         lab_spawn("get", get_one, NULL)};
    for (int i = 0; i < cancel_after; i++)
        LAB_TRY(lab_yield());
    lab_cancel(tasks[*victim]);
    LAB_TRY(lab_await(tasks[0]));
    lab_queue_shutdown(&queue, false);
    LAB_TRY(lab_gather(tasks, countof(tasks)));
    for (intptr_t left; (left = got()) > 0;)
        sum_got += (int)left;
    lab_queue_term(&queue);
    return sum_got == sum_put ? 0 : LAB_EINVAL;
}

TEST(in_every_order_no_item_is_lost_whoever_is_cancelled) {
    for (int victim = 0; victim < 3; victim++)
        for (cancel_after = 0; cancel_after < 3; cancel_after++) {
            struct lab_exploration seen = {0};
            lab_explore(&(struct lab_run_options){.name = "root",
                                                  .body = three_meet,
                                                  .arg = &victim},
                        &seen);
            CHECK_INT(seen.wrong, 0);
            CHECK(!seen.truncated);
        }
}

// --- in the record

static struct lab_queue noted;

static int puts_three(void *arg) {
    for (int i = 0; i < 3; i++)
        LAB_TRY(lab_queue_put(&noted, arg));
    return 0;
}

static int gets_three(void *arg) {
    void *item;
    (void)arg;
    for (int i = 0; i < 3; i++)
        LAB_TRY(lab_queue_get(&noted, &item));
    return 0;
}

static int passes_items(bool gets_first) {
    lab_queue_init(&noted, LAB_QUEUE_FIFO, 1);
    lab_task *tasks[2];
    tasks[0] = gets_first ? lab_spawn("g", gets_three, NULL)
                          : lab_spawn("p", puts_three, NULL);
    tasks[1] = gets_first ? lab_spawn("p", puts_three, NULL)
                          : lab_spawn("g", gets_three, NULL);
    LAB_TRY(lab_gather(tasks, 2));
    lab_queue_term(&noted);
    return 0;
}

static int passes_to_who_waits(void *arg) {
    (void)arg;
    return passes_items(true);
}

static int passes_from_who_waits(void *arg) {
    (void)arg;
    return passes_items(false);
}

// The value is how many items there are then.
TEST(each_item_is_noted_when_it_goes_in_and_out) {
    CHECK_STR(events_of(passes_to_who_waits, "put get"),
              "put 3 1, get 2 1, put 3 1 =1, get 2 1, put 3 1 =1, get 2 1");
    CHECK_STR(events_of(passes_from_who_waits, "put get"),
              "put 2 1 =1, get 3 1, put 2 1 =1, get 3 1, put 2 1, get 3 1");
}

// A queue that has outlived its run does not write to its record, which is
// gone.
static int leaves_a_queue(void *arg) {
    (void)arg;
    lab_queue_init(&noted, LAB_QUEUE_FIFO, 0);
    return lab_queue_put(&noted, NULL);
}

static int uses_the_queue_left(void *arg) {
    void *item;
    (void)arg;
    LAB_TRY(lab_queue_put(&noted, NULL));
    LAB_TRY(lab_queue_get(&noted, &item));
    lab_queue_term(&noted);
    return 0;
}

TEST(a_queue_that_outlives_its_run_may_be_used_in_another) {
    CHECK_STR(events_of(leaves_a_queue, "put get"), "put 1 1 =1");
    CHECK_INT(lab_loop_main("main", uses_the_queue_left, NULL), 0);
}
