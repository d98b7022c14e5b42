#include "view/record_diff.h"

#include "records.h"

// What is said of the difference; both are freed.
static char *difference(struct lab_comparison a, struct lab_comparison b,
                        bool *same) {
    struct lab_text out = {0};
    size_t events = 0, runs = 0;
    *same = lab_record_diff_put(&out, &style_80, &a, &b, &events, &runs);
    lab_comparison_free(&a);
    lab_comparison_free(&b);
    return out.data ? out.data : lab_strdup("");
}

TEST(a_record_does_not_differ_from_itself) {
    struct lab_comparison a = comparison_04(), b = comparison_04();
    struct lab_text out = {0};
    size_t events = 0, runs = 0, all = 0;
    for (size_t i = 0; i < a.count; i++)
        all += lab_record_count(a.runs[i]->record);
    CHECK(lab_record_diff_put(&out, &style_80, &a, &b, &events, &runs));
    CHECK_INT(events, all);
    CHECK_INT(runs, 2);
    CHECK_INT(out.length, 0);
    lab_comparison_free(&a);
    lab_comparison_free(&b);
    lab_text_free(&out);
}

static struct lab_comparison nothing(void) {
    return (struct lab_comparison){.number = 3, .clock = LAB_CLOCK_VIRTUAL};
}

// One variant whose second task has another name.
static struct lab_comparison renamed(const char *name, lab_time time) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "root");
    ADD(record, RUN, time, 1, NULL);
    ADD(record, SPAWN, time, 2, name);
    ADD(record, END, time, 1, NULL);
    struct lab_comparison comparison = demo_with(3, "in_turn", record);
    return comparison;
}

TEST(the_first_event_that_differs_is_shown_from_both_sides) {
    bool same;
    char *is = difference(renamed("x", 0), renamed("y", 0), &same);
    CHECK(!same);
    picture_show("", is);
    lab_free(is);
}

TEST(a_name_too_wide_for_what_is_beside_an_event_is_whole_below_it) {
    struct lab_style narrow = {.width = 40};
    struct lab_comparison a = renamed("x", 0),
                          b = renamed("fetch_everything_from_a_server", 0);
    struct lab_text out = {0};
    size_t events = 0, runs = 0;
    CHECK(!lab_record_diff_put(&out, &narrow, &a, &b, &events, &runs));
    CHECK(strstr(lab_text_string(&out), " fetch_everything_from_a_server\n") ||
          strstr(lab_text_string(&out), " fetch_everything_from_a_server "));
    lab_comparison_free(&a);
    lab_comparison_free(&b);
    lab_text_free(&out);
}

TEST(times_count_under_the_virtual_clock_alone) {
    bool same;
    char *is = difference(renamed("x", 0), renamed("x", 1), &same);
    CHECK(!same);
    lab_free(is);
    struct lab_comparison a = renamed("x", 0), b = renamed("x", 1);
    a.clock = LAB_CLOCK_REAL;
    is = difference(a, b, &same);
    CHECK(same);
    lab_free(is);
}

TEST(a_variant_that_one_side_lacks_is_a_difference) {
    bool same;
    char *is = difference(renamed("x", 0), nothing(), &same);
    CHECK(!same);
    CHECK_STR(is, "");
    lab_free(is);
    is = difference(nothing(), renamed("x", 0), &same);
    CHECK(!same);
    CHECK_STR(is, "");
    lab_free(is);
}

TEST(a_record_that_goes_on_differs_from_one_that_ends) {
    bool same;
    struct lab_comparison longer = renamed("x", 0);
    ADD(longer.runs[0]->record, SAY, 0, 1, "more");
    char *is = difference(renamed("x", 0), longer, &same);
    CHECK(!same);
    picture_show("", is);
    lab_free(is);
}

// A run that is the only one of somebody's own program.
static struct lab_comparison own(const char *name, unsigned line) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_run *run = lab_comparison_add_run(&comparison, name);
    comparison.language = lab_strdup("c");
    lab_record_add(run->record,
                   (struct lab_event){.kind = LAB_EVENT_SPAWN, .line = line},
                   "main");
    return comparison;
}

static bool are_same(struct lab_comparison a, struct lab_comparison b) {
    bool same;
    lab_free(difference(a, b, &same));
    return same;
}

TEST(lines_count_only_while_the_text_of_the_program_is_the_same) {
    struct lab_comparison a = own("main", 1), b = own("main", 2);
    CHECK(!are_same(a, b));
    a = own("main", 1);
    b = own("main", 2);
    a.code = lab_strdup("one");
    b.code = lab_strdup("two");
    CHECK(are_same(a, b));
}

TEST(the_only_runs_of_two_programs_are_compared_whatever_their_names) {
    CHECK(are_same(own("main", 1), own("start", 1)));
    CHECK(!are_same(renamed("x", 0), own("start", 1))); // one is a demo's
}

TEST(a_schedule_that_changes_no_order_is_no_difference) {
    struct lab_comparison a = own("main", 1), b = own("main", 1);
    struct lab_event run = {.kind = LAB_EVENT_RUN, .task = 1, .value = 1};
    lab_record_add(a.runs[0]->record, run, NULL);
    run.value = 2; // it counts choices
    lab_record_add(b.runs[0]->record, run, NULL);
    b.schedule = lab_strdup("seed:1");
    CHECK(are_same(a, b));
}
