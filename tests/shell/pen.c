#include "test.h"

#include "base/alloc.h"
#include "shell/pen.h"

#include <locale.h>
#include <string.h>

// The cursor as row * 100 + column.
static int at(int columns, const wchar_t *prompt, const wchar_t *line,
              size_t cursor) {
    struct lab_pen where, end;
    setlocale(LC_CTYPE, "C.UTF-8"); // libedit and the pen ask wcwidth
    lab_pen_place(columns, prompt, line, wcslen(line), cursor, &where, &end);
    setlocale(LC_CTYPE, "C");
    return where.row * 100 + where.column;
}

static bool prompt_is(const char *prompt, const wchar_t *expected) {
    setlocale(LC_CTYPE, "C.UTF-8");
    wchar_t *is = lab_pen_prompt(prompt);
    bool same = wcscmp(is, expected) == 0;
    setlocale(LC_CTYPE, "C");
    lab_free(is);
    return same;
}

TEST(cursor_stands_behind_prompt_and_text) {
    CHECK_INT(at(80, L"> ", L"", 0), 2);
    CHECK_INT(at(80, L"> ", L"abc", 1), 3);
    CHECK_INT(at(80, L"> ", L"abc", 3), 5);
}

TEST(a_full_row_goes_on_in_the_next) {
    CHECK_INT(at(10, L"> ", L"12345678", 8), 100);
    CHECK_INT(at(10, L"> ", L"1234567", 7), 9);
    CHECK_INT(at(10, L"> ", L"123456789abcdefghi", 18), 200);
    CHECK_INT(at(10, L"> ", L"123456789abcdefghi", 9), 101);
    CHECK_INT(at(1, L">", L"ab", 2), 300);
}

TEST(wide_characters_do_not_straddle_rows) {
    CHECK_INT(at(10, L"> ", L"日本", 2), 6);
    CHECK_INT(at(5, L"> ", L"日本", 1), 100); // before the one that wraps
    CHECK_INT(at(5, L"> ", L"日本", 2), 102);
    CHECK_INT(at(6, L"> ", L"日本", 2), 100);
}

TEST(control_characters_take_two_columns_and_strange_ones_more) {
    CHECK_INT(at(80, L"", L"\x01", 1), 2);
    CHECK_INT(at(80, L"", L"\x7f", 1), 2);
    CHECK_INT(at(80, L"", L"\xad\xfffe", 2), 1 + 7);
    CHECK_INT(at(80, L"", L"\x10ffff", 1), 8);
}

TEST(newlines_in_the_line_begin_rows) {
    CHECK_INT(at(80, L"> ", L"ab\nbck:x", 8), 105);
}

TEST(escape_sequences_in_prompts_take_no_room) {
    CHECK_INT(at(80, L"\1\033[31m\1red>\1\033[0m\1 ", L"x", 1), 6);
    CHECK_INT(at(4, L"\1\033[31m\1red>", L"", 0), 100);
}

TEST(prompts_enclose_their_sequences) {
    CHECK(prompt_is("> ", L"> "));
    CHECK(prompt_is("\033[32mlab>\033[0m ", L"\1\033[32m\1lab>\1\033[0m\1 "));
    CHECK(prompt_is("", L""));
}

TEST(sequences_in_a_row_are_enclosed_together) {
    CHECK(prompt_is("\033[1m\033[32mx ", L"\1\033[1m\033[32m\1x "));
}

TEST(a_last_sequence_moves_before_the_last_character) {
    CHECK(prompt_is("\033[32mlab> \033[0m", L"\1\033[32m\1lab>\1\033[0m\1 "));
    CHECK(prompt_is("\033[32mx\033[0m", L"\1\033[32m\033[0m\1x"));
    CHECK(prompt_is("\033[32m", L""));
}

TEST(prompts_lose_what_libedit_cannot_show) {
    CHECK(prompt_is("a\tb\x01\xff\033c\xe6\x97\xa5", L"abc日"));
}
