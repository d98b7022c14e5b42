#include "demo/table.h"

#include "base/alloc.h"
#include "test.h"

#include <stdlib.h>

static int body(void) {
    return 0;
}

static const struct lab_demo good = {
    .name = "good",
    .asks = "Is it?",
    .params = {{"delay", 1000, .min = 0, .max = 60000, .unit = "ms",
                .text = "how long"},
               {"n", 5, .min = 1, .max = 100, .text = "how many"}},
    .variants = {{"one", body, "this way", "n * delay", "delay"},
                 {"two", body, "that way", .takes = "delay / n"}},
    .mark = "beat",
    .gap_text = "longest gap"};

static struct lab_demo demo; // the good one, with one thing wrong

// clang-format off: a row each
static void no_name(void) {
    demo.name = NULL;
}
static void other_name(void) {
    demo.name = "bad";
}
static void no_question(void) {
    demo.asks = "";
}
static void no_variants(void) {
    demo.variants[0].name = NULL;
}
static void odd_param(void) {
    demo.params[1].name = "n-1";
}
static void number_param(void) {
    demo.params[1].name = "1n";
}
static void no_text(void) {
    demo.params[1].text = NULL;
}
static void default_low(void) {
    demo.params[0].value = -1;
}
static void default_high(void) {
    demo.params[0].value = 60001;
}
static void default_list(void) {
    demo.params[0].list = "5,60001";
}
static void empty_list(void) {
    demo.params[0].list = "";
}
static void no_cores(void) {
    demo.params[0].name = "cores";
}
static void plain_list(void) {
    demo.params[0].list = "5,6";
}
static void twin_params(void) {
    demo.params[1].name = "delay";
}
static void wide(void) {
    demo.params[0].max = INT64_MAX;
}
static void odd_variant(void) {
    demo.variants[1].name = "Two";
}
static void twin_variants(void) {
    demo.variants[1].name = "one";
}
static void no_body(void) {
    demo.variants[1].body = NULL;
}
static void no_variant_text(void) {
    demo.variants[1].text = NULL;
}
static void bad_law(void) {
    demo.variants[1].takes = "2 * dealy";
}
static void bad_gap(void) {
    demo.variants[0].gap = "(";
}
static void no_mark(void) {
    demo.mark = NULL;
}
static void lost_verdict(void) {
    demo.verdict = "It takes {one time}, not {three time}.";
}
static void odd_verdict(void) {
    demo.verdict = "It takes {one tine}.";
}
static void no_number(void) {
    demo.variants[1].number = "workers";
}
static void zero_least(void) {
    demo.params[1].min = 0;
}
// clang-format on

TEST(table_as_it_should_be_passes) {
    struct lab_text error = {0};
    CHECK(lab_table_check(&good, "good", &error));
    CHECK_STR(lab_text_string(&error), "");
    lab_text_free(&error);
}

TEST(table_with_one_thing_wrong_says_what) {
    static const struct {
        void (*spoil)(void);
        const char *error;
    } rows[] = {
        {no_name, "calls itself \"\", not as its file is called"},
        {other_name, "calls itself \"bad\", not as its file is called"},
        {no_question, "asks no question"},
        {no_variants, "has no variants"},
        {odd_param, "has parameter 2 not named in a-z, 0-9 and _"},
        {number_param, "has parameter 2 not named in a-z, 0-9 and _"},
        {no_text, "has no text for \"n\""},
        {default_low, "has no default in range for \"delay\""},
        {default_high, "has no default in range for \"delay\""},
        {default_list, "has no default in range for \"delay\""},
        {empty_list, "has no default in range for \"delay\""},
        {no_cores, "has a range for \"cores\" that begins before 1"},
        {plain_list, "is wrong in the law \"n * delay\", column 5: 'delay' is "
                     "a list: take the max or the sum of it"},
        {twin_params, "has two parameters \"delay\""},
        {wide, "has a range beyond 292 years for \"delay\""},
        {odd_variant, "has variant 2 not named in a-z, 0-9 and _"},
        {twin_variants, "has two variants \"one\""},
        {lost_verdict, "has a verdict about a variant \"three\" that it lacks"},
        {odd_verdict, "is wrong in the claim \"tine = 0\", there is no such "
                      "measure; there are time, gap, count, peak, least, last, "
                      "live, turns, idle, busy, result, order, never, ends and "
                      "warns"},
        {no_number, "has no parameter \"workers\" for \"two\""},
        {no_body, "has no body or text for \"two\""},
        {no_variant_text, "has no body or text for \"two\""},
        {bad_law, "is wrong in the law \"2 * dealy\", column 5: unknown name "
                  "'dealy'"},
        {bad_gap, "is wrong in the law \"(\", column 2: expected a number or "
                  "a name, not the end"},
        {no_mark, "has a law for gaps in \"one\", but no mark or no text for "
                  "them"},
        {zero_least,
         "is wrong in the law \"delay / n\", column 7: division by zero"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text error = {0};
        demo = good;
        rows[i].spoil();
        CHECK(!lab_table_check(&demo, "good", &error));
        CHECK_STR(lab_text_string(&error), rows[i].error);
        lab_text_free(&error);
    }
}
