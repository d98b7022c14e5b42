#include "view/claims.h"

#include "demo/claim.h"
#include "records.h"
#include "view/view.h"

static bool no_names(const void *context, const char *name,
                     struct lab_values *value) {
    (void)context;
    (void)name;
    (void)value;
    return false;
}

// Demo 3, of whose variant together [claims] are made besides its own.
static struct lab_comparison claiming(const char *const *claims, size_t count) {
    struct lab_comparison comparison = comparison_03();
    struct lab_run *run = comparison.runs[1];
    for (size_t i = 0; i < count; i++) {
        lab_run_add_claim(run, claims[i]);
        lab_claim_judge(&comparison, run, run->claim_count - 1,
                        (struct lab_claim_names){no_names, NULL},
                        lab_measure_tolerance);
    }
    return comparison;
}

TEST(each_kind_of_claim_has_a_table_and_one_that_fails_an_event) {
    static const char *const claims[] = {
        "peak(tasks) = 6", "time(tasks) = 1s", "idle = 100",
        "ends ok",         "peak(inside) = 3", "turns <= 4",
    };
    show_view("", lab_view_claims, claiming(claims, countof(claims)),
              &style_80);
}

TEST(of_a_program_without_laws_nothing_is_said_to_be_claimed) {
    for (int laws = 1; laws >= 0; laws--) {
        struct lab_comparison comparison = comparison_02();
        for (size_t i = 0; i < comparison.count && !laws; i++) {
            lab_free(comparison.runs[i]->time.law);
            comparison.runs[i]->time.law = NULL;
        }
        char *text = seen(lab_view_claims, comparison, &style_80);
        CHECK((strstr(text, "Only the time is claimed") != NULL) == laws);
        CHECK((strstr(text, "Nothing is claimed") != NULL) == !laws);
        lab_free(text);
    }
}

TEST(the_line_against_a_claim_is_told_from_the_programs_own_text) {
    static const char *const claims[] = {"peak(tasks) = 7"};
    struct lab_comparison comparison = claiming(claims, countof(claims));
    struct lab_text code = {0};
    lab_text_repeat(&code, "    await fetch()\n", 80);
    comparison.code = lab_strdup(lab_text_string(&code));
    char *text = seen(lab_view_claims, comparison, &style_80);
    CHECK(strstr(text, ": fetch)."));
    lab_text_free(&code);
    lab_free(text);
}

TEST(a_program_reads_each_claim_and_what_was_measured) {
    static const char *const claims[] = {"peak(tasks) = 7", "time(nobody) = 1s",
                                         "ends ok", "time <= 2s"};
    struct lab_comparison comparison = claiming(claims, countof(claims));
    struct lab_text out = {0};
    lab_view_json(&out, &comparison, &style_80);
    CHECK(
        strstr(lab_text_string(&out),
               "{\"claim\":\"peak(tasks) = 7\",\"predicted\":7,\"measured\":6,"
               "\"held\":false,\"event\":7},"
               "{\"claim\":\"time(nobody) = 1s\",\"predicted_ms\":1000,"
               "\"measured_ms\":null,\"held\":false},"
               "{\"claim\":\"ends ok\",\"held\":true},"
               "{\"claim\":\"time <= 2s\",\"predicted_ms\":2000,"
               "\"measured_ms\":1000,\"held\":true}]"));
    lab_text_free(&out);
    lab_comparison_free(&comparison);
}

// A record in which nothing has happened proves nothing.
TEST(no_claim_holds_of_an_empty_record) {
    static const char *const claims[] = {
        "time = 0",        "time <= 1s",      "gap(beat) <= 1s",
        "count(x) = 0",    "peak(tasks) = 0", "least(tasks) = 0",
        "last(tasks) = 0", "live(x) = 0",     "turns = 0",
        "idle = 0",        "busy(cores) = 0", "result = 0",
        "never \"x\"",     "ends ok",         "on_loop(x) = 0",
        "occupied = 0"};
    for (size_t i = 0; i < countof(claims); i++) {
        struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
        struct lab_run *run = lab_comparison_add_run(&comparison, "empty");
        lab_run_add_claim(run, claims[i]);
        run->time.law = lab_strdup("0");
        run->gap.law = lab_strdup("0");
        lab_result_measure(&comparison, run);
        CHECK(run->claims[0].missing && !run->claims[0].held);
        CHECK(!run->time.held && !run->gap.held);
        lab_comparison_free(&comparison);
    }
}
