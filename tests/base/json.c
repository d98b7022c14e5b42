#include "base/json.h"

#include "test.h"

#include <string.h>

static const char *quoted(const char *string) {
    static char line[200];
    struct lab_text text = {0};
    lab_json_put_string(&text, string);
    memccpy(line, lab_text_string(&text), 0, sizeof line - 1);
    lab_text_free(&text);
    return line;
}

TEST(a_string_is_quoted_so_that_it_stays_one) {
    CHECK_STR(quoted("plain \xC3\xA4"), "\"plain \xC3\xA4\"");
    CHECK_STR(quoted("a\"b\\c\n\x7f"), "\"a\\\"b\\\\c\\u000a\\u007f\"");
    CHECK_STR(quoted("\xff"), "\"\\ufffd\"");
    // What a terminal would obey, or a reader be misled by.
    CHECK_STR(quoted("\xC2\x9B\xE2\x80\xAE"), "\"\\u009b\\u202e\"");
}

TEST(what_was_quoted_is_read_back) {
    static const char *const strings[] = {"", "plain", "a\"b\\c\n\t\x01",
                                          "\xF0\x9F\x98\x80"};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        struct lab_text text = {0};
        struct lab_json json = {.at = quoted(strings[i])};
        lab_json_string(&json, &text);
        CHECK(lab_json_end(&json));
        CHECK_STR(lab_text_string(&text), strings[i]);
        lab_text_free(&text);
    }
}

static const char *read_string(const char *source) {
    static char line[200];
    struct lab_text text = {0};
    struct lab_json json = {.at = source};
    lab_json_string(&json, &text);
    memccpy(line, lab_text_string(&text), 0, sizeof line - 1);
    lab_text_free(&text);
    return lab_json_end(&json) ? line : json.error;
}

TEST(escapes_and_pairs_of_surrogates_are_characters) {
    CHECK_STR(read_string("\"\\u0041\\u00e4\\n\\/\""), "A\xC3\xA4\n/");
    CHECK_STR(read_string("\"\\ud83d\\ude00\""), "\xF0\x9F\x98\x80");
}

TEST(a_broken_string_says_so) {
    CHECK_STR(read_string("\"abc"), "a string is broken");
    CHECK_STR(read_string("\"\\"), "a string is broken");
    CHECK_STR(read_string("\"\\x\""), "a string is broken");
    CHECK_STR(read_string("\"\\u12\""), "a string is broken");
    CHECK_STR(read_string("\"\\u0000\""), "a string is broken");
    CHECK_STR(read_string("\"\\ud83d\""), "a string is broken");
    CHECK_STR(read_string("abc"), "expected a string");
}

static int64_t read_int(const char *source, const char **error) {
    int64_t value = 0;
    struct lab_json json = {.at = source};
    lab_json_int(&json, &value);
    lab_json_end(&json);
    *error = json.error;
    return value;
}

TEST(whole_numbers_are_read_up_to_both_ends) {
    const char *error;
    CHECK_INT(read_int(" 42 ", &error), 42);
    CHECK(!error);
    CHECK_INT(read_int("9223372036854775807", &error), INT64_MAX);
    CHECK(!error);
    CHECK_INT(read_int("-9223372036854775808", &error), INT64_MIN);
    CHECK(!error);
    read_int("9223372036854775808", &error);
    CHECK_STR(error, "a number is too large");
    read_int("1.5", &error);
    CHECK_STR(error, "expected a whole number");
    read_int("-", &error);
    CHECK_STR(error, "expected a whole number");
}

TEST(members_are_found_by_key_and_others_passed_over) {
    struct lab_json json = {
        .at = "{\"a\":1, \"b\" : {\"c\":[1,\"}\",null]},\"d\":-2.5e3,"
              "\"e\":true,\"f\":7}"};
    int64_t sum = 0, value;
    int members = 0;
    lab_json_open(&json, '{');
    while (lab_json_more(&json, '}')) {
        members++;
        if (lab_json_key(&json, "a") || lab_json_key(&json, "f")) {
            lab_json_int(&json, &value);
            sum += value;
        } else {
            lab_json_skip(&json);
        }
    }
    CHECK(lab_json_end(&json));
    CHECK_INT(sum, 8);
    CHECK_INT(members, 5);
}

TEST(true_is_taken_and_nothing_else_is) {
    struct lab_json json = {.at = "[true,false,tru]"};
    lab_json_open(&json, '[');
    CHECK(lab_json_more(&json, ']') && lab_json_true(&json));
    CHECK(lab_json_more(&json, ']') && !lab_json_true(&json));
    lab_json_skip(&json);
    CHECK(lab_json_more(&json, ']') && !lab_json_true(&json));
    CHECK(!json.error);
}

TEST(lists_and_nulls_are_read) {
    struct lab_json json = {.at = "[1,null,3]"};
    int64_t sum = 0, value = 0;
    int nulls = 0;
    lab_json_open(&json, '[');
    while (lab_json_more(&json, ']')) {
        if (lab_json_null(&json)) {
            nulls++;
            continue;
        }
        lab_json_int(&json, &value);
        sum += value;
    }
    CHECK(lab_json_end(&json));
    CHECK_INT(sum, 4);
    CHECK_INT(nulls, 1);
}

TEST(every_text_that_is_cut_short_is_an_error) {
    const char whole[] = "{\"a\":[1,{\"b\":\"c\"}],\"d\":null}";
    for (size_t n = 0; n < sizeof whole - 1; n++) {
        char cut[sizeof whole];
        memcpy(cut, whole, n);
        cut[n] = '\0';
        struct lab_json json = {.at = cut};
        lab_json_open(&json, '{');
        while (lab_json_more(&json, '}'))
            lab_json_skip(&json);
        CHECK(!lab_json_end(&json));
    }
}

TEST(members_and_items_have_commas_between_them) {
    struct lab_text text = {0};
    lab_text_put(&text, "{");
    lab_json_put_member(&text, "a\"", "{");
    lab_json_put_member(&text, "b", NULL);
    lab_json_put_key(&text, "c");
    lab_text_put(&text, "[");
    for (int i = 0; i < 2; i++) {
        lab_json_put_comma(&text);
        lab_json_put_string(&text, "[");
    }
    lab_text_put(&text, "]}");
    CHECK_STR(lab_text_string(&text),
              "{\"a\\\"\":\"{\",\"b\":null,\"c\":[\"[\",\"[\"]}");
    lab_text_free(&text);
}
