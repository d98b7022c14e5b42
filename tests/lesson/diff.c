#include "lesson/diff.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

static void check(const char *old, const char *new, const char *expected) {
    struct lab_text a = {0}, b = {0}, out = {0};
    lab_text_put(&a, old);
    lab_text_put(&b, new);
    lab_diff_put("x", &a, "x (now)", &b, &out);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&a);
    lab_text_free(&b);
    lab_text_free(&out);
}

TEST(equal_texts_have_no_diff) {
    check("", "", "");
    check("a\nb\n", "a\nb\n", "");
}

TEST(a_change_has_three_lines_of_context) {
    check("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
          "--- x\n+++ x (now)\n@@ -2,7 +2,7 @@\n"
          " 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n");
}

TEST(changes_six_lines_apart_share_a_hunk) {
    check("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
          "--- x\n+++ x (now)\n@@ -1,8 +1,8 @@\n"
          "-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
}

TEST(changes_seven_lines_apart_do_not) {
    check("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "1\n2\n3\n4\n5\n6\n7\nB\nC\n",
          "--- x\n+++ x (now)\n@@ -1,4 +1,3 @@\n-a\n 1\n 2\n 3\n"
          "@@ -6,4 +5,5 @@\n 5\n 6\n 7\n-b\n+B\n+C\n");
}

TEST(an_empty_side_is_named_after_the_line_before) {
    check("", "a\nb\n", "--- x\n+++ x (now)\n@@ -0,0 +1,2 @@\n+a\n+b\n");
    check("a\n", "", "--- x\n+++ x (now)\n@@ -1 +0,0 @@\n-a\n");
}

TEST(a_missing_last_line_break_is_told) {
    check("a\nb", "a\nb\n",
          "--- x\n+++ x (now)\n@@ -1,2 +1,2 @@\n a\n-b\n"
          "\\ No newline at end of file\n+b\n");
}

// How many of n and m lines of one letter are common to both, in order.
static int common(const char *a, int n, const char *b, int m) {
    if (n == 0 || m == 0)
        return 0;
    if (*a == *b)
        return 1 + common(a + 2, n - 1, b + 2, m - 1);
    int left = common(a + 2, n - 1, b, m), right = common(a, n, b + 2, m - 1);
    return left > right ? left : right;
}

// Does [diff] turn [old] into [new]? All lines are of one letter.
static bool leads(const char *diff, const char *old, const char *new) {
    char made[64];
    size_t read = 0, written = 0;
    const char *at = diff;
    for (int i = 0; i < 2 && *at; i++) // the two lines with the names
        at = strchr(at, '\n') + 1;
    while (*at) {
        int first, first_new, count = 1, count_new = 1;
        sscanf(at, "@@ -%d,%d", &first, &count);
        sscanf(strchr(at, '+'), "+%d,%d", &first_new, &count_new);
        for (; read < 2 * (size_t)(count ? first - 1 : first); read++)
            made[written++] = old[read];
        if (written != 2 * (size_t)(count_new ? first_new - 1 : first_new))
            return false;
        for (at = strchr(at, '\n') + 1; *at && *at != '@'; at += 3) {
            if (*at != '+' && (old[read] != at[1] || !old[read]))
                return false;
            read += *at == '+' ? 0 : 2;
            memcpy(made + written, at + 1, 2);
            written += *at == '-' ? 0 : 2;
        }
    }
    strcpy(made + written, old + read);
    return strcmp(made, new) == 0;
}

static unsigned seed = 1;

static unsigned chance(unsigned below) {
    seed = seed * 1103515245 + 12345;
    return (seed >> 16) % below;
}

static void put_letters(struct lab_text *text) {
    for (unsigned i = chance(15); i > 0; i--)
        lab_text_printf(text, "%c\n", (int)('a' + chance(3)));
}

TEST(a_diff_leads_from_one_text_to_the_other_in_the_fewest_steps) {
    for (int i = 0; i < 300; i++) {
        struct lab_text a = {0}, b = {0}, out = {0};
        put_letters(&a);
        put_letters(&b);
        const char *old = lab_text_string(&a), *new = lab_text_string(&b);
        int n = (int)a.length / 2, m = (int)b.length / 2, steps = 0;
        lab_diff_put("x", &a, "x", &b, &out);
        if (!CHECK(leads(lab_text_string(&out), old, new)))
            fprintf(stderr, "%s%s", old, lab_text_string(&out));
        for (const char *at = out.data; at && (at = strchr(at, '\n')); at++)
            steps += at[1] == '-' || (at[1] == '+' && at[2] != '+');
        CHECK_INT(steps, n + m - 2 * common(old, n, new, m));
        lab_text_free(&a);
        lab_text_free(&b);
        lab_text_free(&out);
    }
}

TEST(thousands_of_lines_are_compared) {
    struct lab_text a = {0}, b = {0}, out = {0};
    for (int i = 0; i < 3000; i++) {
        lab_text_printf(&a, "line %d\n", i);
        lab_text_printf(&b, "line %d\n", i % 3 ? i : -i - 1);
    }
    lab_diff_put("x", &a, "x", &b, &out);
    int changed = 0;
    for (const char *at = out.data; (at = strstr(at, "\n-")); at++)
        changed++;
    CHECK_INT(changed, 1000);
    lab_text_free(&a);
    lab_text_free(&b);
    lab_text_free(&out);
}
