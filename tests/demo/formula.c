#include "demo/formula.h"

#include "base/alloc.h"
#include "base/time.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static bool lookup(const void *context, const char *name,
                   struct lab_values *value) {
    static const struct {
        const char *name;
        int64_t value;
    } names[] = {{"delay", 1000 * LAB_MS},
                 {"n", 5},
                 {"pool", 2},
                 {"zero", 0},
                 {"s", 3},
                 {"min", 7},
                 {"least", INT64_MIN},
                 {"most", INT64_MAX}};
    static const struct lab_values list = {
        .is_list = true, .count = 4, .items = {600, 200, 400, 200}};
    (void)context;
    if (strcmp(name, "list") == 0) {
        *value = list;
        return true;
    }
    for (size_t i = 0; i < countof(names); i++) {
        if (strcmp(names[i].name, name) == 0) {
            *value = (struct lab_values){.count = 1, .items = {names[i].value}};
            return true;
        }
    }
    return false;
}

TEST(formula_gives_the_value_of_a_law) {
    static const struct {
        const char *formula;
        int64_t value;
    } rows[] = {
        {"0", 0},
        {"delay", LAB_S},
        {"5 * delay", 5 * LAB_S},
        {"n*delay", 5 * LAB_S},
        {"1 + 2 * 3", 7},
        {"(1 + 2) * 3", 9},
        {"10 - 4 - 3", 3},
        {"100 / 10 / 5", 2},
        {"-3 + 5", 2},
        {"2 * -3", -6},
        {"- - 3", 3},
        {"1.5s", 1500 * LAB_MS},
        {"0.1s", 100 * LAB_MS},
        {"200ms + 7us", 200 * LAB_MS + 7 * LAB_US},
        {"200 ms", 200 * LAB_MS},
        {"3ns", 3},
        {"2 * s", 6}, // a parameter, where no number stands before it
        {"min", 7},
        {"min(3, 2)", 2},
        {"max(delay, 2s)", 2 * LAB_S},
        {"min(1, max(2, 3))", 1},
        {"ceil(n / pool) * delay", 3 * LAB_S},
        {"floor(n / pool) * delay", 2 * LAB_S},
        {"ceil(-1.5)", -1},
        {"floor(-1.5)", -2},
        {"ceil(4 / 2)", 2},
        {"n / pool", 3}, // 2.5, rounded
        {"0.4", 0},
        {"-0.4", 0},
        {"-0.6", -1},
        {"0.499999", 0},
        {"\t1\t+ 1 ", 2},
        {"least", INT64_MIN},
        {"9007199254740993 - 9007199254740992", 0}, // the end of exact
        {"most / 2", (int64_t)1 << 62},
        {"min(list)", 200},
        {"max( list )", 600},
        {"max(max(list), n)", 600},
        {"sum(list)", 1400},
        {"len(list)", 4},
        {"nth(list, 1) + nth(list, 2)", 400},
        {"nth(list, n - 2)", 400},
        {"nth(list, len(list))", 600},
        {"within(list, 199)", 0},
        {"within(list, 200)", 2},
        {"within(list, 2 * nth(list, 1))", 3},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text error = {0};
        int64_t value = -12345;
        CHECK(lab_formula_evaluate(rows[i].formula, lookup, NULL, &value,
                                   &error));
        CHECK_INT(value, rows[i].value);
        CHECK_STR(lab_text_string(&error), "");
        lab_text_free(&error);
    }
}

// A double, but what is left of it by a small number is none.
#define HUGE                                                                   \
    "most*most*most*most*most*most*most*most*most*most*most*most*most*most*"   \
    "most*most"

TEST(formula_error_names_the_column_and_what_was_expected) {
    static const struct {
        const char *formula, *error;
    } rows[] = {
        {"", "column 1: expected a number or a name, not the end"},
        {"1 + ", "column 5: expected a number or a name, not the end"},
        {"(1 +)", "column 5: expected a number or a name, not ')'"},
        {"2 3", "column 3: expected an operator, not '3'"},
        {"delay n", "column 7: expected an operator, not 'n'"},
        {"(1", "column 3: expected an operator or ')', not the end"},
        {"1)", "column 2: expected an operator, not ')'"},
        {"5 * dealy", "column 5: unknown name 'dealy'"},
        {"5e9", "column 2: expected a unit (ns, us, ms or s) or an operator, "
                "not 'e9'"},
        {"1.", "column 2: expected an operator, not '.'"},
        {".5", "column 1: expected a number or a name, not '.'"},
        {"min(1)", "column 6: expected an operator or ',', not ')'"},
        {"max(1, 2, 3)", "column 9: expected an operator or ')', not ','"},
        {"ceil(1, 2)", "column 7: expected an operator or ')', not ','"},
        {"sqrt(4)",
         "column 1: no function 'sqrt', only min, max, mod, ceil, floor, sum, "
         "len, nth and within"},
        {"list", "column 1: 'list' is a list: take the max or the sum of it"},
        {"max(list, 3)", "column 9: expected ')', not ','"},
        {"mod(list, 3)",
         "column 5: 'list' is a list: take the max or the sum of it"},
        {"sum(n)", "column 5: expected a list, not 'n'"},
        {"sum(1)", "column 5: expected a list, not '1'"},
        {"nth(list)", "column 9: expected ',', not ')'"},
        {"nth(list, n)", "column 11: the list has only 4 of them"},
        {"nth(list, 0)", "column 11: the list has only 4 of them"},
        {"1 / 0", "column 3: division by zero"},
        {"n / (pool - 2)", "column 3: division by zero"},
        {"1 / zero", "column 3: division by zero"},
        {"1 + \x1b", "column 5: expected a number or a name, not '\\x1b'"},
        {"1 \u20ac", "column 3: expected an operator, not '\u20ac'"},
        {"1 \xff", "column 3: expected an operator, not '\\xff'"},
        {"most", "column 1: the result is too large"}, // rounds up to 2^63
        {"least * 2", "column 1: the result is too large"},
        {"9223372036854775808", "column 1: the result is too large"},
        {"mod(mod(" HUGE ", 1 / most / most), 3)",
         "column 5: the result is too large"},
        {"1,5", "column 2: expected an operator, not ','"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text error = {0};
        int64_t value = -12345;
        CHECK(!lab_formula_evaluate(rows[i].formula, lookup, NULL, &value,
                                    &error));
        CHECK_STR(lab_text_string(&error), rows[i].error);
        CHECK_INT(value, -12345);
        lab_text_free(&error);
    }
}

// Evaluates [n] times [before], then "1", then [n] times [after].
static bool nested(const char *before, const char *after, int n,
                   struct lab_text *error) {
    struct lab_text formula = {0};
    int64_t value;
    lab_text_repeat(&formula, before, n);
    lab_text_put(&formula, "1");
    lab_text_repeat(&formula, after, n);
    bool ok = lab_formula_evaluate(formula.data, lookup, NULL, &value, error);
    lab_text_free(&formula);
    return ok;
}

TEST(formula_nests_64_deep_and_no_deeper) {
    static const struct {
        const char *before, *after, *error;
    } rows[] = {{"(", ")", "column 66: nested deeper than 64"},
                {"-", "", "column 66: nested deeper than 64"},
                {"ceil(", ")", "column 326: nested deeper than 64"}};
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text error = {0};
        CHECK(nested(rows[i].before, rows[i].after, 64, &error));
        CHECK(!nested(rows[i].before, rows[i].after, 65, &error));
        CHECK_STR(lab_text_string(&error), rows[i].error);
        CHECK(!nested(rows[i].before, rows[i].after, 100000, &error));
        lab_text_free(&error);
    }
}

TEST(formula_may_be_long) {
    struct lab_text formula = {0}, error = {0};
    int64_t value = 0;
    lab_text_repeat(&formula, "(1) + ", 1000);
    lab_text_put(&formula, "1");
    CHECK(lab_formula_evaluate(formula.data, lookup, NULL, &value, &error));
    CHECK_INT(value, 1001);
    lab_text_free(&formula);
    lab_text_free(&error);
}

TEST(formula_with_numbers_beyond_doubles_is_an_error) {
    struct lab_text formula = {0}, error = {0};
    int64_t value;
    lab_text_repeat(&formula, "9", 400);
    CHECK(!lab_formula_evaluate(formula.data, lookup, NULL, &value, &error));
    CHECK_STR(lab_text_string(&error), "column 1: the number is too long");
    lab_text_clear(&formula);
    lab_text_clear(&error);
    lab_text_repeat(&formula, "most * ", 20);
    lab_text_put(&formula, "most");
    CHECK(!lab_formula_evaluate(formula.data, lookup, NULL, &value, &error));
    CHECK(strstr(lab_text_string(&error), "the result is too large"));
    lab_text_free(&formula);
    lab_text_free(&error);
}

TEST(formula_of_random_bytes_is_a_value_or_a_sentence) {
    static const char *const parts[] = {
        "1", "2.5", "delay", "n",  "zero", "(",    ")",    "+",
        "-", "*",   "/",     ",",  " ",    "min(", "max(", "ceil(",
        "s", "ms",  "most",  "1e", "\xff", "\x01", ".",    "99999999999"};
    unsigned seed = 1;
    struct lab_text formula = {0}, error = {0};
    for (int round = 0; round < 100000; round++) {
        int64_t value;
        lab_text_clear(&formula);
        lab_text_clear(&error);
        for (int n = rand_r(&seed) % 12; n >= 0; n--) {
            int any = rand_r(&seed) % 300;
            char byte = (char)(any % 255 + 1);
            if (any < (int)countof(parts) * 11)
                lab_text_put(&formula, parts[(size_t)any / 11]);
            else
                lab_text_write(&formula, &byte, 1);
        }
        bool ok = lab_formula_evaluate(lab_text_string(&formula), lookup, NULL,
                                       &value, &error);
        if (!CHECK(ok == (error.length == 0)))
            break;
    }
    lab_text_free(&formula);
    lab_text_free(&error);
}
