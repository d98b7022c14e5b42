#include "picture.h"
#include "test.h"

#include "base/alloc.h"
#include "base/error.h"
#include "view/line.h"
#include "view/orders.h"

#include <stdio.h>
#include <string.h>

// Adds what is seen of [count] outcomes of [comparison] to the pictures.
static void show_of(const struct lab_comparison *comparison,
                    struct lab_outcome *outcomes, size_t count,
                    const struct lab_orders *about, const char *typed) {
    struct lab_orders orders = *about;
    struct lab_text out = {0};
    orders.outcomes = outcomes;
    orders.count = count;
    for (size_t i = 0; i < count; i++)
        orders.tried += outcomes[i].count;
    lab_orders_put(&out, &(struct lab_style){.width = 80}, comparison, &orders,
                   typed);
    picture_show("", lab_text_string(&out));
    lab_text_free(&out);
}

static void show(struct lab_outcome *outcomes, size_t count,
                 const struct lab_orders *about) {
    struct lab_comparison comparison = {.number = 7};
    struct lab_run *run = lab_comparison_add_run(&comparison, "both");
    run->time.law = lab_strdup("delay");
    lab_comparison_add_param(&comparison, "delay", "1000", "ms");
    show_of(&comparison, outcomes, count, about, "7 n=2");
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
    show(one, 1, &(struct lab_orders){0});
}

TEST(what_went_wrong_comes_after_the_first_order) {
    struct lab_outcome all[] = {
        outcome(0, 1200, "a\nb\n", "fifo"), outcome(0, 3, "b\na\n", "0,1"),
        outcome(LAB_EDEADLK, 1, "a\n", "0,2"), outcome(0, 1, "a\nb\nc\n", "1")};
    show(all, 4, &(struct lab_orders){.truncated = true});
}

TEST(a_program_of_ones_own_is_called_as_it_was_typed) {
    struct lab_comparison comparison = {.language = lab_strdup("python 3.11")};
    struct lab_outcome all[] = {outcome(0, 4, "1\n", "fifo"),
                                outcome(0, 2, "2\n", "0,1")};
    lab_comparison_add_run(&comparison, "");
    show_of(&comparison, all, 2, &(struct lab_orders){.truncated = true},
            "notes/my.py n=2");
    lab_comparison_free(&comparison);
}

TEST(where_it_crashed_no_order_follows) {
    struct lab_comparison comparison = {.language = lab_strdup("c")};
    struct lab_outcome all[] = {outcome(0, 1, "1\n", "fifo"),
                                outcome(LAB_ECRASHED, 1, "", "0,1")};
    lab_comparison_add_run(&comparison, "race");
    show_of(&comparison, all, 2, &(struct lab_orders){.is_cut = true}, "my.c");
    lab_comparison_free(&comparison);
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
                       &orders, "7");
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
    show(NULL, 0, &(struct lab_orders){.stopped = true, .truncated = true});
}
