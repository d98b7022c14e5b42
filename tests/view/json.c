#include "records.h"
#include "view/view.h"

// The object of one variant "v", from its time, law and code.
static void check_variant(const char *name, struct lab_measure time, int rc,
                          const char *expected) {
    static struct lab_demo demo = {.name = "d"};
    demo.variants[0].name = name;
    struct lab_comparison comparison = comparison_of(1, &demo);
    comparison.clock = (struct lab_clock){.pace = 0.5};
    struct lab_run *run = add_result(&comparison, 0, lab_record_new());
    lab_free(run->time.law);
    run->time = time;
    run->time.law = time.law ? lab_strdup(time.law) : NULL;
    run->rc = rc;
    struct lab_text out = {0};
    lab_text_put(&out, "{\"demo\":\"d\",\"number\":1,\"clock\":\"x0.5\","
                       "\"params\":{},\"variants\":[{\"name\":");
    lab_text_put(&out, expected);
    lab_text_put(&out, "}]}\n");
    char *text = seen(lab_view_json, comparison, &style_80_ascii);
    CHECK_STR(text, lab_text_string(&out));
    lab_free(text);
    lab_text_free(&out);
}

TEST(json_times_are_exact_and_short) {
    check_variant("v", (struct lab_measure){"x", 500000, 1000123456, false}, 0,
                  "\"v\",\"law\":\"x\",\"predicted_ms\":0.5,"
                  "\"measured_ms\":1000.123456,\"held\":false");
    check_variant("v", (struct lab_measure){"x", -1500000, INT64_MAX, false}, 0,
                  "\"v\",\"law\":\"x\",\"predicted_ms\":-1.5,"
                  "\"measured_ms\":9223372036854.775807,\"held\":false");
    check_variant("v", (struct lab_measure){"x", INT64_MIN, 1, false}, 0,
                  "\"v\",\"law\":\"x\",\"predicted_ms\":-9223372036854.775808,"
                  "\"measured_ms\":0.000001,\"held\":false");
}

TEST(json_says_null_for_what_there_is_not) {
    check_variant("v", (struct lab_measure){NULL, 0, -1, false}, 0,
                  "\"v\",\"law\":null,\"predicted_ms\":null,"
                  "\"measured_ms\":null,\"held\":null");
}

TEST(json_has_the_error_as_a_sentence) {
    struct lab_text expected = {0};
    lab_text_printf(&expected,
                    "\"v\",\"law\":\"x\",\"predicted_ms\":1,"
                    "\"measured_ms\":0,\"held\":false,\"error\":\"%s\"",
                    lab_error_text(LAB_ECANCELED));
    check_variant("v", (struct lab_measure){"x", LAB_MS, 0, false},
                  LAB_ECANCELED, lab_text_string(&expected));
    lab_text_free(&expected);
}

TEST(json_escapes_what_a_string_may_not_hold) {
    check_variant("a\"b\\c\n\x01\x7f é日😀",
                  (struct lab_measure){"x", 0, 0, true}, 0,
                  "\"a\\\"b\\\\c\\u000a\\u0001\\u007f é日😀\","
                  "\"law\":\"x\",\"predicted_ms\":0,\"measured_ms\":0,"
                  "\"held\":true");
}

TEST(json_is_valid_whatever_the_bytes) {
    // A lone byte, an overlong slash, a surrogate, a cut-off sequence.
    check_variant("\xff|\xc0\xaf|\xed\xa0\x80|\xe2\x82",
                  (struct lab_measure){"x", 0, 0, true}, 0,
                  "\"\\ufffd|\\ufffd\\ufffd|\\ufffd\\ufffd\\ufffd|"
                  "\\ufffd\\ufffd\",\"law\":\"x\",\"predicted_ms\":0,"
                  "\"measured_ms\":0,\"held\":true");
}
