#include "test.h"

#include "base/alloc.h"
#include "guest/orders_internal.h"

#include <string.h>

static struct lab_orders *read_line(struct lab_orders *orders, const char *line,
                                    bool *is_over) {
    const char *error = NULL;
    CHECK(lab_guest_orders_line(orders, line, is_over, &error));
    CHECK(error == NULL);
    return orders;
}

static size_t ticks;

static bool on_tick(void *arg, const struct lab_orders *orders) {
    (void)arg;
    ticks += orders->tried;
    return true;
}

TEST(what_a_process_writes_of_its_orders_is_read_again) {
    struct lab_outcome outcomes[] = {
        {.rc = -35,
         .end = 5,
         .said = "a\n\"b\"\n",
         .schedule = "0,1",
         .count = 3},
        {.end = 7, .held = true, .said = "", .schedule = "1", .count = 2}};
    struct lab_orders there = {.outcomes = outcomes,
                               .count = 2,
                               .tried = 5,
                               .truncated = true,
                               .shallow = true},
                      here = {.tick = on_tick};
    struct lab_text text = {0};
    bool is_over = false;
    ticks = 0;
    for (size_t i = 0; i < 2; i++) {
        lab_guest_orders_put_outcome(&text, &outcomes[i]);
        read_line(&here, lab_text_string(&text), &is_over);
        lab_text_clear(&text);
    }
    CHECK_INT(here.tried, 2);
    CHECK_INT(here.outcomes[0].count, 1);
    lab_guest_orders_put_counts(&text, &there, false);
    read_line(&here, lab_text_string(&text), &is_over);
    CHECK(!is_over && !here.truncated);
    lab_text_clear(&text);
    lab_guest_orders_put_counts(&text, &there, true);
    read_line(&here, lab_text_string(&text), &is_over);
    CHECK(is_over && here.truncated && here.shallow && !here.stopped);
    CHECK_INT(ticks, 1 + 2 + 5 + 5);
    MUST(CHECK_INT(here.count, 2));
    for (size_t i = 0; i < 2; i++) {
        CHECK_INT(here.outcomes[i].rc, outcomes[i].rc);
        CHECK_INT(here.outcomes[i].end, outcomes[i].end);
        CHECK_INT(here.outcomes[i].held, outcomes[i].held);
        CHECK_INT(here.outcomes[i].count, outcomes[i].count);
        CHECK_STR(here.outcomes[i].said, outcomes[i].said);
        CHECK_STR(here.outcomes[i].schedule, outcomes[i].schedule);
    }
    lab_text_free(&text);
    lab_orders_free(&here);
}

TEST(lines_of_a_record_are_not_about_orders) {
    struct lab_orders orders = {0};
    const char *error = NULL;
    bool is_over = false;
    CHECK(!lab_guest_orders_line(&orders, "{\"run\":\"a\"}", &is_over, &error));
    CHECK(!lab_guest_orders_line(&orders, "", &is_over, &error));
    CHECK(!error && !is_over && orders.tried == 0);
}

// A program that finds the pipe may write anything into it.
TEST(damaged_lines_about_orders_are_told) {
    static const char *const lines[] = {
        "{\"outcome\":",
        "{\"outcome\":3}",
        "{\"outcome\":\"0\",\"result\":\"no\"}",
        "{\"tried\":1,\"counts\":[1]}", // of which outcome?
        "{\"tried\":1,\"counts\":[",
        "{\"tried\":-1,\"counts\":[]}",
        "{\"tried\":1,\"counts\":[]} more",
    };
    for (size_t i = 0; i < countof(lines); i++) {
        struct lab_orders orders = {0};
        const char *error = NULL;
        bool is_over = false;
        CHECK(lab_guest_orders_line(&orders, lines[i], &is_over, &error));
        if (!CHECK(error != NULL))
            fprintf(stderr, "line: %s\n", lines[i]);
        lab_orders_free(&orders);
    }
}
