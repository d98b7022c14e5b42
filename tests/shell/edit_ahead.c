#include "test.h"

#include "shell/editing.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

// libtinfo knows four terminals at a time, and never frees a string of the one
// that a fifth takes the place of. A prompt has two; here each look has its
// own.
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:_nc_trim_sgr0\n";
}

// An editor in which these lines were typed before.
static void begin(lab_edit *edit) {
    static const char *const typed[] = {"compare 5 n=2", "run 3 together",
                                        "list"};
    static const struct lab_style style = {.color = true, .width = 80};
    *edit = (lab_edit){.options = {.style = &style}};
    setenv("TERM", "xterm", 1);
    setlocale(LC_CTYPE, "C.UTF-8");
    lab_text_put(&edit->killed, "why t3"); // by Ctrl-U at the prompt
    for (size_t i = 0; i < 3; i++)
        lab_history_add(&edit->history, typed[i], strlen(typed[i]));
}

static void check(const char *bytes, size_t from, size_t count,
                  const char *lines) {
    lab_edit edit;
    struct lab_text out = {0}, rest = {0};
    size_t cursor;
    begin(&edit);
    CHECK_INT(lab_edit_foresee(&edit, bytes, strlen(bytes), from, &out, &rest,
                               &cursor),
              count);
    CHECK_STR(lab_text_string(&out), lines);
    lab_edit_end_second(&edit);
    lab_history_free(&edit.history);
    lab_text_free(&edit.killed);
    lab_text_free(&out);
    lab_text_free(&rest);
}

// Checks the line that is begun; a "|" in [begun] is where the cursor is.
static void check_begun(const char *bytes, const char *begun) {
    lab_edit edit;
    struct lab_text out = {0}, rest = {0}, shown = {0};
    size_t cursor = 0;
    begin(&edit);
    lab_edit_foresee(&edit, bytes, strlen(bytes), 0, &out, &rest, &cursor);
    lab_text_write(&shown, lab_text_string(&rest), cursor);
    lab_text_put(&shown, "|");
    lab_text_put(&shown, lab_text_string(&rest) + cursor);
    CHECK_STR(lab_text_string(&shown), begun);
    lab_edit_end_second(&edit);
    lab_history_free(&edit.history);
    lab_text_free(&edit.killed);
    lab_text_free(&out);
    lab_text_free(&rest);
    lab_text_free(&shown);
}

// Types [bytes] into [edit] and checks what is then begun.
static void look(lab_edit *edit, const char *bytes, const char *begun) {
    struct lab_text out = {0}, rest = {0};
    size_t cursor;
    lab_edit_foresee(edit, bytes, strlen(bytes), 0, &out, &rest, &cursor);
    CHECK_STR(lab_text_string(&rest), begun);
    lab_text_free(&out);
    lab_text_free(&rest);
}

TEST(nothing_is_left_of_one_look_in_the_next) {
    lab_edit edit;
    begin(&edit);
    lab_text_clear(&edit.killed);
    look(&edit, "abc\025new\r\033[A", "new"); // and "abc" is killed
    look(&edit, "\033[A", "list");            // not "new"
    look(&edit, "\022comp", "compare 5 n=2"); // still searching
    look(&edit, "x\031", "x");                // nothing to put back
    look(&edit, "\033[A\033[A", "run 3 together");
    lab_edit_end_second(&edit);
    lab_history_free(&edit.history);
    lab_text_free(&edit.killed);
}

TEST(the_line_that_is_begun_is_what_is_typed_of_it) {
    check_begun("", "|");
    check_begun("list\rclo", "clo|");
    check_begun("list\r", "|");
    check_begun("lisst\177\177t", "list|");
    check_begun("nonsense\025ru", "ru|");
    check_begun("ps\r\033[200~list\rclo\033[201~ck", "clock|");
    check_begun("ru\033", "ru|");
    check_begun("ru\033[", "ru|");
}

TEST(a_line_that_is_begun_has_the_cursor_where_its_keys_take_it) {
    check_begun("lst\033[D\033[Di", "li|st");
    check_begun("run 3\033[H", "|run 3");
    check_begun("un 3\001r\005 n", "run 3 n|");
    check_begun("rrun\033OH\033[3~", "|run");
    check_begun("run 3 four\033[D\033[D\033[D\033[D\013", "run 3 |");
    check_begun("run three\033b3\013", "run 3|");
    check_begun("run 3\033b\033bx\033f n=2", "xrun n=2| 3");
    check_begun("\xe4\xb8\x96\xc3\xa9\033[D", "\xe4\xb8\x96|\xc3\xa9");
    check_begun("run 3\027\031\031", "run 33|");
    check_begun("ps \031", "ps why t3|");
    check_begun("\031\r\031", "why t3|");
}

TEST(a_line_that_is_begun_may_come_from_the_history) {
    check_begun("\033[A", "list|");
    check_begun("\033[A\020\033[B", "list|");
    check_begun("ru\033[A", "run 3 together|");
    check_begun("ps\r\033[A\033[A", "list|"); // ps is above it by then
    check_begun("comp\033[C 7", "compare 5 n=2 7|");
    check_begun("comp\033fx", "comparex|");
    check_begun("\022tog", "run 3 together|");
    check_begun("x\022tog\007y", "xy|");
}

TEST(ctrl_underscore_takes_back_what_the_last_keys_have_changed) {
    check_begun("\037", "|");
    check_begun("run 3\037", "run|");
    check_begun("run 3\037\037\037", "|");
    check_begun("run 3\037 4\037", "run|");
    check_begun("run 3\027\037", "run 3|");
    check_begun("run 3\025\037x", "run 3x|");
    check_begun("run 3\177\177\037\037x", "run 3x|");
    check_begun("ru\033[A\037", "ru|");
    check_begun("comp\033[C\037", "comp|");
    check_begun("ab\001\013\037", "|ab");
    check_begun("ab\033[Dx\037\037", "|");
    check_begun("run\033[200~ 3 4\033[201~5\037\037", "run|");
    check_begun("ab\r\037", "|");
}

TEST(of_a_thousand_keys_that_are_typed_ahead_the_first_lines_are_told) {
    struct lab_text keys = {0}, lines = {0};
    for (int i = 0; i < 249; i++) {
        lab_text_put(&keys, "run\r");
        lab_text_put(&lines, "run\n");
    }
    check_begun(lab_text_string(&keys), "|");
    check(lab_text_string(&keys), 0, 249, lab_text_string(&lines));
    lab_text_put(&keys, "list\rclock\r");
    check_begun(lab_text_string(&keys), "...|");
    check(lab_text_string(&keys), 0, 249, lab_text_string(&lines));
    lab_text_free(&keys);
    lab_text_free(&lines);
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
    check("a\033[Db\r", 0, 1, "ba\n");
    check("\033OA\rps\r\033OA\r", 0, 3, "list\nps\nps\n");
    check("list\033", 0, 0, "");
}

TEST(what_was_pasted_waits_by_its_lines) {
    check("\033[200~list\rclock\r\nru\033[201~n 3\r", 0, 3,
          "list\nclock\nrun 3\n");
    check("ps\r\033[200~list\rclo", 0, 1, "ps\n");
}
