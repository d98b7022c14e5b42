#include "test.h"

#include "shell/waiting.h"

#include <string.h>

static void check(const char *bytes, size_t from, size_t count,
                  const char *lines) {
    struct lab_text out = {0};
    CHECK_INT(lab_waiting_lines(&out, NULL, bytes, strlen(bytes), from), count);
    CHECK_STR(lab_text_string(&out), lines);
    lab_text_free(&out);
}

static void check_begun(const char *bytes, const char *begun) {
    struct lab_text out = {0}, rest = {0};
    lab_waiting_lines(&out, &rest, bytes, strlen(bytes), 0);
    CHECK_STR(lab_text_string(&rest), begun);
    lab_text_free(&out);
    lab_text_free(&rest);
}

TEST(the_line_that_is_begun_is_what_is_typed_of_it) {
    check_begun("", "");
    check_begun("list\rclo", "clo");
    check_begun("list\r", "");
    check_begun("lisst\177\177t", "list");
    check_begun("nonsense\025ru", "ru");
    check_begun("ps\r\033[200~list\rclo\033[201~ck", "clock");
    check_begun("ru\033", "ru");
}

TEST(only_whole_lines_wait) {
    check("", 0, 0, "");
    check("list", 0, 0, "");
    check("list\rclo", 0, 1, "list\n");
    check("list\n\r  \rclock\r", 0, 4, "list\n  \nclock\n");
    check("list\rclock\r", 1, 2, "clock\n");
    check("list\rclock\r", 2, 2, "");
}

TEST(a_line_that_waits_is_as_it_was_corrected) {
    check("lisst\177\177t\r", 0, 1, "list\n");
    check("\177\177ps\b\b\b\bps\r", 0, 1, "ps\n");
    check("nonsense\025run 3\r", 0, 1, "run 3\n");
    check("run three  \0273\r", 0, 1, "run 3\n");
    check("\xe4\xb8\x96\xc3\xa9\177\r", 0, 1, "\xe4\xb8\x96\n");
    check("a\033[Db\033OA\001\tc\r", 0, 1, "abc\n");
    check("list\033", 0, 0, "");
}

TEST(what_was_pasted_waits_by_its_lines) {
    check("\033[200~list\rclock\r\nru\033[201~n 3\r", 0, 3,
          "list\nclock\nrun 3\n");
    check("ps\r\033[200~list\rclo", 0, 1, "ps\n");
}
