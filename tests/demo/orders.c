#include "test.h"

#include "base/alloc.h"
#include "demo/orders.h"
#include "lab.h"

#include <string.h>

// A counter that is read, and written back a step later: an update is lost in
// four of the six orders.
static int counter;

static int increment(void *arg) {
    int seen = counter;
    (void)arg;
    LAB_TRY(lab_yield());
    counter = seen + 1;
    return 0;
}

static int race(void) {
    counter = 0;
    lab_task *tasks[] = {lab_spawn("a", increment, NULL),
                         lab_spawn("b", increment, NULL)};
    LAB_TRY(lab_gather(tasks, 2));
    lab_say("counter is %d", counter);
    return counter == 2 ? 0 : LAB_EINVAL;
}

static int alone(void) {
    lab_say("hello");
    return lab_sleep(LAB_S);
}

static int late(void) {
    LAB_TRY(lab_sleep(2 * LAB_S));
    return 0;
}

static int stop(void *arg) {
    *(bool *)arg = true;
    return 0;
}

// The yielding task can be chosen again and again.
static int impatient(void) {
    bool stopped = false;
    lab_spawn("stop", stop, &stopped);
    while (!stopped)
        LAB_TRY(lab_yield());
    return 0;
}

static int turns(void) {
    for (int i = 0; i < 2; i++) {
        lab_block(60 * LAB_MS);
        LAB_TRY(lab_yield());
    }
    return 0;
}

static int say_later(void *arg) {
    (void)arg;
    LAB_TRY(lab_sleep(LAB_MS));
    lab_say("the timer");
    return 0;
}

// The timer is due before the second step, and fires when a turn ends.
static int timer(void) {
    lab_task *task = lab_spawn("later", say_later, NULL);
    for (int i = 0; i < 3; i++) {
        LAB_TRY(lab_yield());
        lab_block(LAB_MS);
        lab_say("step %d", i);
    }
    return lab_await(task);
}

static lab_pool *pool;

static int work(void *arg) {
    lab_block(LAB_MS);
    lab_say("%s", (const char *)arg);
    return 0;
}

static int offload(void *arg) {
    return lab_offload(pool, work, arg);
}

// Four jobs of two workers, of which two are over at one time, twice.
static int jobs(void) {
    static char *const names[] = {"a", "b", "c", "d"};
    lab_task *tasks[countof(names)];
    pool = lab_pool_new("pool", 2);
    for (size_t i = 0; i < countof(names); i++)
        tasks[i] = lab_spawn(names[i], offload, names[i]);
    return lab_gather(tasks, countof(names));
}

static const struct lab_demo demo = {
    .name = "orders",
    .asks = "Which?",
    .variants = {{"race", race, "two increments", NULL},
                 {"alone", alone, "one task", "1000000000"},
                 {"late", late, "a wrong law", "1000000000"},
                 {"claims", race, "fails where an update is lost",
                  .claims = {"fifo: ends failed", "never \"counter is 3\""}},
                 {"turns", turns, "gives way twice",
                  .claims = {"fifo: turns = 3", "fifo: warns nothing"}},
                 {"impatient", impatient, "yields", NULL},
                 {"jobs", jobs, "has ties between jobs", "2000000"},
                 {"timer", timer, "is overtaken by a timer",
                  .claims = {"fifo: order \"the timer\" \"step 2\""}}}};

enum { RACE, ALONE, LATE, CLAIMS, TURNS, IMPATIENT, JOBS, TIMER, VARIANTS };

static void try_orders(struct lab_orders *orders, size_t variant) {
    struct lab_comparison comparison = {.number = 1,
                                        .clock = LAB_CLOCK_VIRTUAL};
    struct lab_settings settings;
    lab_settings_init(&settings, &demo);
    lab_result_begin(&comparison, &settings);
    lab_orders_run(orders, &comparison, &settings, variant);
    CHECK_INT(comparison.count, 1);
    lab_comparison_free(&comparison);
}

VIRTUAL_TEST(what_differs_by_order_is_counted_with_the_first_that_gave_it) {
    struct lab_orders orders = {.most = 100, .deepest = 100};
    try_orders(&orders, RACE);
    CHECK_INT(orders.tried, 6);
    CHECK(!orders.truncated && !orders.shallow && !orders.stopped);
    MUST(CHECK_INT(orders.count, 2));
    const struct lab_outcome *lost = &orders.outcomes[0];
    const struct lab_outcome *kept = &orders.outcomes[1];
    CHECK_INT(lost->count, 4);
    CHECK_INT(kept->count, 2);
    CHECK_STR(lost->said, "counter is 1\n");
    CHECK_STR(kept->said, "counter is 2\n");
    CHECK_STR(lost->schedule, "fifo");
    CHECK(lab_outcome_is_bad(lost) && !lab_outcome_is_bad(kept));
    lab_orders_free(&orders);
}

// Turns have no end while every order is tried, else some could not happen.
VIRTUAL_TEST(what_counts_turns_is_not_asked_of_any_order) {
    struct lab_orders orders = {.most = 100, .deepest = 100};
    try_orders(&orders, TURNS);
    MUST(CHECK_INT(orders.count, 1));
    CHECK(!lab_outcome_is_bad(&orders.outcomes[0]));
    lab_orders_free(&orders);
}

static void check_again(const struct lab_outcome *outcome, size_t variant) {
    struct lab_comparison comparison = {.number = 1,
                                        .clock = LAB_CLOCK_VIRTUAL};
    struct lab_settings settings;
    struct lab_text said = {0};
    comparison.schedule = lab_strdup(outcome->schedule);
    lab_settings_init(&settings, &demo);
    lab_result_begin(&comparison, &settings);
    CHECK_INT(lab_result_run(&comparison, &settings, variant, NULL),
              outcome->rc);
    const struct lab_record *record = comparison.runs[0]->record;
    for (size_t i = 0; i < lab_record_count(record); i++)
        if (lab_record_at(record, i)->kind == LAB_EVENT_SAY)
            lab_text_printf(&said, "%s\n",
                            lab_record_text(record, lab_record_at(record, i)));
    CHECK_STR(lab_text_string(&said), outcome->said);
    CHECK_INT(lab_record_end(record), outcome->end);
    CHECK_INT(lab_comparison_held(&comparison), outcome->held);
    lab_text_free(&said);
    lab_comparison_free(&comparison);
}

VIRTUAL_TEST(the_order_that_is_named_gives_the_outcome_again) {
    for (size_t variant = 0; variant < VARIANTS; variant++) {
        struct lab_orders orders = {.most = 100, .deepest = 5};
        try_orders(&orders, variant);
        for (size_t i = 0; i < orders.count; i++)
            check_again(&orders.outcomes[i], variant);
        CHECK_STR(orders.outcomes[0].schedule, "fifo");
        // Where a turn's end is decisive, no script is first in, first out.
        CHECK(variant != TIMER ||
              strcmp(orders.outcomes[1].schedule, "0") == 0);
        lab_orders_free(&orders);
    }
}

VIRTUAL_TEST(one_task_has_one_order) {
    struct lab_orders orders = {.most = 100, .deepest = 100};
    try_orders(&orders, ALONE);
    CHECK_INT(orders.tried, 1);
    MUST(CHECK_INT(orders.count, 1));
    CHECK_INT(orders.outcomes[0].end, LAB_S);
    CHECK_STR(orders.outcomes[0].schedule, "fifo");
    CHECK(!lab_outcome_is_bad(&orders.outcomes[0]));
    lab_orders_free(&orders);
}

VIRTUAL_TEST(a_law_that_does_not_hold_makes_an_outcome_bad) {
    struct lab_orders orders = {.most = 100, .deepest = 100};
    try_orders(&orders, LATE);
    MUST(CHECK_INT(orders.count, 1));
    CHECK(lab_outcome_is_bad(&orders.outcomes[0]));
    lab_orders_free(&orders);
}

// What is claimed of first in, first out is not asked of the others; there a
// failure is one.
VIRTUAL_TEST(claims_are_judged_in_every_order) {
    struct lab_orders orders = {.most = 100, .deepest = 100};
    try_orders(&orders, CLAIMS);
    CHECK_INT(orders.tried, 6);
    MUST(CHECK_INT(orders.count, 3));
    CHECK_STR(orders.outcomes[0].schedule, "fifo");
    CHECK(orders.outcomes[0].rc < 0 && orders.outcomes[0].held);
    for (size_t i = 1; i < orders.count; i++)
        CHECK_INT(orders.outcomes[i].held, orders.outcomes[i].rc >= 0);
    lab_orders_free(&orders);
}

VIRTUAL_TEST(orders_are_tried_up_to_a_bound) {
    struct lab_orders orders = {.most = 3, .deepest = 100};
    try_orders(&orders, RACE);
    CHECK_INT(orders.tried, 3);
    CHECK(orders.truncated && !orders.stopped);
    lab_orders_free(&orders);
}

VIRTUAL_TEST(orders_without_end_are_varied_up_to_a_depth) {
    struct lab_orders orders = {.most = 1000, .deepest = 10};
    try_orders(&orders, IMPATIENT);
    CHECK_INT(orders.tried, 11); // the other runs after 0 to 10 yields
    CHECK(orders.shallow && !orders.truncated);
    lab_orders_free(&orders);
}

static bool stop_at_two(void *arg, const struct lab_orders *orders) {
    (void)arg;
    return orders->tried < 2;
}

VIRTUAL_TEST(a_tick_can_stop_it) {
    struct lab_orders orders = {
        .most = 100, .deepest = 100, .tick = stop_at_two};
    try_orders(&orders, RACE);
    CHECK_INT(orders.tried, 2);
    CHECK(orders.stopped && orders.truncated);
    lab_orders_free(&orders);
}
