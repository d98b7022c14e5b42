#include "test.h"

#include "base/alloc.h"
#include "base/error.h"
#include "view/line.h"
#include "view/orders.h"

#include <stdio.h>
#include <string.h>

// A comparison of one run, and [count] outcomes.
static void check(struct lab_outcome *outcomes, size_t count,
                  const struct lab_orders *about, int width,
                  const char *expected) {
    struct lab_comparison comparison = {.number = 7};
    struct lab_run *run = lab_comparison_add_run(&comparison, "both");
    struct lab_orders orders = *about;
    struct lab_text out = {0};
    run->time.law = lab_strdup("delay");
    orders.outcomes = outcomes;
    orders.count = count;
    for (size_t i = 0; i < count; i++)
        orders.tried += outcomes[i].count;
    lab_orders_put(&out, &(struct lab_style){.width = width}, &comparison,
                   &orders);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
    lab_comparison_free(&comparison);
}

static struct lab_outcome outcome(int rc, size_t count, const char *said,
                                  const char *schedule) {
    return (struct lab_outcome){.rc = rc,
                                .end = LAB_S,
                                .held = rc >= 0,
                                .said = (char *)said,
                                .schedule = (char *)schedule,
                                .count = count};
}

TEST(one_outcome_is_the_same_in_every_order) {
    struct lab_outcome one[] = {outcome(0, 36, "a\nb\n", "fifo")};
    check(one, 1, &(struct lab_orders){0}, 80,
          "both: 36 orders, 1 outcome\n"
          "   orders  result    ended  held  what is said\n"
          "─  ──────  ──────  ───────  ────  ────────────\n"
          "1      36  ok      1.000 s  yes   2 lines\n"
          "\n"
          "The first order of each, for run 7 both --schedule=\n"
          "1  fifo\n"
          "\n"
          "Every order gives the same.\n");
}

TEST(what_went_wrong_comes_after_the_first_order) {
    struct lab_outcome all[] = {
        outcome(0, 1200, "a\nb\n", "fifo"), outcome(0, 3, "b\na\n", "0,1"),
        outcome(LAB_EDEADLK, 1, "a\n", "0,2"), outcome(0, 1, "a\nb\nc\n", "1")};
    check(all, 4, &(struct lab_orders){.truncated = true}, 80,
          "both: 1,205 orders, 4 outcomes\n"
          "   orders  result      ended  held  what is said\n"
          "─  ──────  ────────  ───────  ────  ────────────\n"
          "1   1,200  ok        1.000 s  yes   2 lines\n"
          "2       1  deadlock  1.000 s  no    1 line\n"
          "3       3  ok        1.000 s  yes   line 1: b\n"
          "4       1  ok        1.000 s  yes   line 3: c\n"
          "\n"
          "The first order of each, for run 7 both --schedule=\n"
          "1  fifo\n"
          "2  0,2\n"
          "3  0,1\n"
          "4  1\n"
          "\n"
          "It fails in 1 of the orders that was tried. It was cut short: there "
          "are more\n"
          "orders. With smaller parameters there are fewer.\n");
}

TEST(many_outcomes_fit_on_one_screen) {
    struct lab_outcome all[50];
    struct lab_orders orders = {.outcomes = all, .count = 50, .tried = 50};
    struct lab_comparison comparison = {.number = 7};
    lab_comparison_add_run(&comparison, "both");
    for (size_t i = 0; i < countof(all); i++)
        all[i] = outcome(0, 1, i ? "b\n" : "a\n", "0,1");
    for (int width = 80; width <= 200; width += 40) {
        struct lab_text out = {0};
        size_t rows = 0;
        lab_orders_put(&out, &(struct lab_style){.width = width}, &comparison,
                       &orders);
        for (char *at = out.data; *at; at++)
            rows += *at == '\n';
        CHECK(rows <= 20); // the heading and the prompt need four
        CHECK(strstr(out.data, "and 44 more outcomes\n"));
        for (char *line = strtok(out.data, "\n"); line;
             line = strtok(NULL, "\n"))
            CHECK(lab_line_columns(line) <= width);
        lab_text_free(&out);
    }
    lab_comparison_free(&comparison);
}

TEST(where_nothing_was_tried_nothing_is_claimed) {
    check(NULL, 0, &(struct lab_orders){.stopped = true, .truncated = true}, 80,
          "both: 0 orders, 0 outcomes\n"
          "You stopped it: there are more orders.\n");
}
