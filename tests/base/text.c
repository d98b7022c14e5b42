#include "base/text.h"

#include "base/alloc.h"
#include "test.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

TEST(rub_out_takes_a_whole_character) {
    struct lab_text text = {0};
    lab_text_put(&text, "a\xc3\xbc\xe4\xbd\xa0");
    static const char *const left[] = {"a\xc3\xbc", "a", "", ""};
    for (size_t i = 0; i < countof(left); i++) {
        lab_text_rub_out(&text);
        CHECK_STR(lab_text_string(&text), left[i]);
    }
    lab_text_free(&text);
}

TEST(text_zeroed_is_the_empty_string) {
    struct lab_text text = {0};
    CHECK_STR(lab_text_string(&text), "");
    lab_text_clear(&text);
    lab_text_write(&text, NULL, 0);
    CHECK_STR(lab_text_string(&text), "");
    lab_text_free(&text);
}

TEST(text_loses_the_spaces_at_its_end) {
    struct lab_text text = {0};
    lab_text_trim(&text);
    CHECK_STR(lab_text_string(&text), "");
    lab_text_put(&text, " a b  ");
    lab_text_trim(&text);
    CHECK_STR(lab_text_string(&text), " a b");
    CHECK_INT(text.length, 4);
    lab_text_free(&text);
}

TEST(text_that_is_cut_ends_there) {
    struct lab_text text = {0};
    lab_text_cut(&text, 0);
    CHECK_STR(lab_text_string(&text), "");
    lab_text_put(&text, "three words here");
    lab_text_cut(&text, 5);
    CHECK_STR(lab_text_string(&text), "three");
    lab_text_put(&text, ".");
    CHECK_STR(lab_text_string(&text), "three.");
    lab_text_free(&text);
}

TEST(text_grows_and_is_usable_after_clear_and_free) {
    struct lab_text text = {0};
    for (int i = 0; i < 1000; i++)
        lab_text_printf(&text, "%03d", i);
    CHECK_INT(text.length, 3000);
    CHECK(strncmp(text.data + 2997, "999", 4) == 0);
    lab_text_clear(&text);
    CHECK_STR(lab_text_string(&text), "");
    lab_text_put(&text, "one");
    CHECK_STR(lab_text_string(&text), "one");
    lab_text_free(&text);
    lab_text_put(&text, "two");
    CHECK_STR(lab_text_string(&text), "two");
    lab_text_free(&text);
}

TEST(text_takes_what_was_written_into_its_room) {
    struct lab_text text = {0};
    lab_text_put(&text, "ab");
    for (size_t n = 1; n < 1000; n *= 3) {
        size_t before = text.length;
        memset(lab_text_room(&text, n), 'x', n);
        CHECK_INT(text.length, before);
        lab_text_add(&text, n - 1);
        CHECK_INT(strlen(lab_text_string(&text)), before + n - 1);
    }
    CHECK(strncmp(lab_text_string(&text), "abxx", 4) == 0);
    lab_text_free(&text);
}

TEST(text_writes_nul_bytes_as_any_other) {
    struct lab_text text = {0};
    lab_text_write(&text, "a\0b", 3);
    CHECK_INT(text.length, 3);
    CHECK_INT(text.data[2], 'b');
    lab_text_free(&text);
}

TEST(a_fixed_text_is_cut_where_its_memory_ends_between_characters) {
    char memory[6];
    struct lab_text text;
    for (size_t size = 1; size <= sizeof memory; size++) {
        lab_text_fix(&text, memory, size);
        lab_text_put(&text, "ab");
        lab_text_mask(&text, "\033", 1, false);
        lab_text_put(&text, "\u00e9");
        lab_text_printf(&text, "%d", 12);
        CHECK_INT(text.length, size - 1);
        CHECK(strncmp(memory, "ab\\x1b", size - 1) == 0);
        CHECK_INT(memory[size - 1], '\0');
    }
    lab_text_fix(&text, memory, 4);
    lab_text_put(&text, "ab\u00e9");
    CHECK_STR(memory, "ab");
    lab_text_free(&text);
    CHECK_STR(lab_text_string(&text), "");
}

TEST(repeat_of_nothing_or_less_puts_nothing) {
    struct lab_text text = {0};
    lab_text_repeat(&text, "x", -1);
    lab_text_repeat(&text, "x", 0);
    lab_text_repeat(&text, "\u2500", 2);
    CHECK_STR(lab_text_string(&text), "\u2500\u2500");
    lab_text_free(&text);
}

TEST(columns_count_what_a_terminal_shows) {
    static const struct {
        const char *text;
        int columns;
    } rows[] = {
        {"", 0},
        {"hello", 5},
        {"\u00e9", 1},
        {"e\u0301", 1},      // a combining accent
        {"\u65e5\u672c", 4}, // wide
        {"\uff21", 2},       // fullwidth A
        {"\uff71", 1},       // halfwidth katakana
        {"\U0001f600", 2},   // emoji
        {"\u2500\u2502\u2588", 3},
        {"\u2026", 1},
        {"a\u200db", 2},             // a joiner
        {"\u1112\u1161\u11ab", 2},   // jamo that join into one syllable
        {"\U0001f1e9\U0001f1ea", 2}, // a flag, of two halves
        {"\xff\xfe", 2},             // no UTF-8: a sign for each byte
        {"\x1b", 0},
    };
    for (size_t i = 0; i < countof(rows); i++)
        CHECK_INT(lab_text_columns(rows[i].text), rows[i].columns);
}

TEST(plain_is_what_has_as_many_columns_as_bytes_and_needs_no_mask) {
    static const char *const others[] = {"a\tb", "\x7f", "\x1b[m", "\u00e9",
                                         "a\xff"};
    CHECK(lab_text_is_plain(""));
    CHECK(lab_text_is_plain(" !~azAZ09"));
    for (size_t i = 0; i < countof(others); i++)
        CHECK(!lab_text_is_plain(others[i]));
}

TEST(printf_puts_the_same_whatever_room_there_is) {
    for (size_t n = 0; n < 200; n++) {
        struct lab_text text = {0};
        lab_text_repeat(&text, "x", (int)n);
        lab_text_printf(&text, "%d-%s", 42, "forty-two");
        CHECK_INT(text.length, n + 12);
        CHECK_STR(lab_text_string(&text) + n, "42-forty-two");
        lab_text_free(&text);
    }
}

TEST(what_is_encoded_is_decoded_again) {
    static const unsigned codes[] = {1,      0x7F,   0x80,    0x7FF,   0x800,
                                     0xD7FF, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < countof(codes); i++) {
        struct lab_text text = {0};
        unsigned code = 0;
        lab_text_encode(&text, codes[i]);
        CHECK_INT(lab_text_decode(text.data, text.length, &code), text.length);
        CHECK_INT(code, codes[i]);
        lab_text_free(&text);
    }
}

TEST(decode_takes_valid_utf8_and_nothing_else) {
    static const struct {
        const char *bytes;
        size_t n, length;
        unsigned code;
    } rows[] = {
        {"A", 1, 1, 'A'},
        {"", 0, 0, 0},
        {"\0", 1, 1, 0},
        {"\xc2\x80", 2, 2, 0x80},
        {"\xdf\xbf", 2, 2, 0x7FF},
        {"\xe0\xa0\x80", 3, 3, 0x800},
        {"\xed\x9f\xbf", 3, 3, 0xD7FF},
        {"\xee\x80\x80", 3, 3, 0xE000},
        {"\xf0\x90\x80\x80", 4, 4, 0x10000},
        {"\xf4\x8f\xbf\xbf", 4, 4, 0x10FFFF},
        {"\xf4\x90\x80\x80", 4, 0, 0}, // beyond Unicode
        {"\xed\xa0\x80", 3, 0, 0},     // a surrogate
        {"\xc0\xaf", 2, 0, 0},         // "/" in a longer form than needed
        {"\xe0\x9f\xbf", 3, 0, 0},
        {"\xf0\x8f\xbf\xbf", 4, 0, 0},
        {"\xe2\x82", 2, 0, 0}, // cut short
        {"\xe2\x82\xac", 2, 0, 0},
        {"\xe2\x28\xa1", 3, 0, 0},
        {"\x80", 1, 0, 0},
        {"\xf8\x88\x80\x80\x80", 5, 0, 0},
        {"\xff", 1, 0, 0},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        unsigned code = 0;
        CHECK_INT(lab_text_decode(rows[i].bytes, rows[i].n, &code),
                  rows[i].length);
        CHECK_INT(code, rows[i].code);
    }
}

TEST(pad_fills_exactly_the_columns_given) {
    static const struct {
        const char *text;
        int columns;
        bool ascii;
        const char *padded;
    } rows[] = {
        {"abc", 5, false, "abc  "},
        {"abc", 3, false, "abc"},
        {"abcd", 3, false, "ab\u2026"},
        {"abcd", 3, true, "ab~"},
        {"abcd", 1, true, "~"},
        {"abcd", 0, false, ""},
        {"abcd", -5, false, ""},
        {"", 2, false, "  "},
        {"\u65e5\u672c", 3, false, "\u65e5\u2026"},
        {"\u65e5\u672c", 2, false, "\u2026 "}, // no half of a wide one
        {"\u65e5\u672c", 5, true, "???? "},
        {"e\u0301e\u0301", 1, false, "\u2026"},
        {"e\u0301", 1, false, "e\u0301"}, // the accent needs no room
        {"e\u0301", 1, true, "e"},
        {"a\xff", 3, false, "a? "},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text out = {0};
        lab_text_pad(&out, rows[i].text, rows[i].columns, rows[i].ascii);
        CHECK_STR(lab_text_string(&out), rows[i].padded);
        lab_text_free(&out);
    }
}

TEST(mask_shows_what_would_steer_a_terminal) {
    static const struct {
        const char *bytes;
        size_t n;
        bool newlines;
        const char *masked;
    } rows[] = {
        {"plain \u00e9\u65e5", 11, false, "plain \u00e9\u65e5"},
        {"\x1b[2J", 4, false, "\\x1b[2J"},
        {"a\nb", 3, true, "a\nb"},
        {"a\nb", 3, false, "a\\x0ab"},
        {"a\tb\r\x7f", 5, true, "a\\x09b\\x0d\\x7f"},
        {"\0", 1, false, "\\x00"},
        {"\xc2\x9b", 2, false, "\\u009b"}, // CSI in one character
        {"\u202e", 3, false, "\\u202e"},
        {"\u2066\u061c", 5, false, "\\u2066\\u061c"},
        {"\u2028", 3, true, "\\u2028"},
        {"\xc0\x9b", 2, false, "\\xc0\\x9b"},
        {"\xe2\x82", 2, false, "\\xe2\\x82"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text out = {0};
        lab_text_mask(&out, rows[i].bytes, rows[i].n, rows[i].newlines);
        CHECK_STR(lab_text_string(&out), rows[i].masked);
        lab_text_free(&out);
    }
}

TEST(mask_of_random_bytes_is_clean_and_masking_it_again_changes_nothing) {
    struct lab_text once = {0}, twice = {0};
    unsigned seed = 1;
    for (int round = 0; round < 2000; round++) {
        char bytes[64];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)rand_r(&seed);
        lab_text_clear(&once);
        lab_text_clear(&twice);
        lab_text_mask(&once, bytes, sizeof bytes, false);
        lab_text_mask(&twice, once.data, once.length, false);
        if (!CHECK_STR(lab_text_string(&twice), lab_text_string(&once)))
            break;
    }
    lab_text_free(&once);
    lab_text_free(&twice);
}

TEST(quote_masks_and_cuts_between_characters) {
    struct lab_text out = {0};
    lab_text_quote(&out, "a\x1b", 2);
    CHECK_STR(lab_text_string(&out), "\"a\\x1b\"");
    lab_text_clear(&out);
    // 39 bytes, then a character of two: 41.
    lab_text_quote(&out, "123456789012345678901234567890123456789\u00e9", 41);
    CHECK_STR(lab_text_string(&out),
              "\"123456789012345678901234567890123456789...\"");
    lab_text_clear(&out);
    lab_text_quote(&out, "1234567890123456789012345678901234567890", 40);
    CHECK_STR(lab_text_string(&out),
              "\"1234567890123456789012345678901234567890\"");
    lab_text_free(&out);
}

static void check_wrap(const char *string, int columns, const char *expected) {
    struct lab_text out = {0};
    lab_text_wrap(&out, string, columns);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
}

TEST(wrap_breaks_at_words_and_cuts_none) {
    check_wrap("", 10, "");
    check_wrap("one two three", 80, "one two three");
    check_wrap("one two three", 7, "one two\nthree");
    check_wrap("one two three", 6, "one\ntwo\nthree");
    check_wrap("one  two", 8, "one  two");
    check_wrap("one  two", 7, "one\ntwo");
    check_wrap("a/very/long/path is there", 8, "a/very/long/path\nis there");
    check_wrap("  two words", 9, "  two\nwords");
    check_wrap("one\ntwo three", 9, "one\ntwo three");
    check_wrap("\u4e16\u754c \u4e16\u754c", 8, "\u4e16\u754c\n\u4e16\u754c");
}

TEST(wrap_keeps_a_number_and_its_unit_together) {
    check_wrap("it was 0.95 s late", 12, "it was\n0.95 s late");
    check_wrap("it was 100 ms, and", 10, "it was\n100 ms,\nand");
    check_wrap("idle 75 % of it", 8, "idle\n75 % of\nit");
    check_wrap("in 2 turns", 4, "in 2\nturns");
    check_wrap("in 2 settings", 4, "in 2\nsettings");
    check_wrap("is 5.0 times as fast", 9, "is\n5.0 times\nas fast");
    check_wrap("v2 s", 3, "v2\ns"); // if there is room for both
    check_wrap("takes, 1 to 60000 ms", 14, "takes,\n1 to 60000 ms");
    check_wrap("takes, 1 to 8", 10, "takes,\n1 to 8");
    check_wrap("a2\ns", 3, "a2\ns");
}

TEST(wrap_keeps_what_is_numbered_and_its_number_together) {
    check_wrap("ends (line 66)", 10, "ends\n(line 66)");
    check_wrap("read lesson 4, lesson 12.", 14, "read lesson 4,\nlesson 12.");
    check_wrap("waits. Lesson 18.", 14, "waits.\nLesson 18.");
    check_wrap("in line with", 7, "in line\nwith");
    check_wrap("the ratio 1.00", 10, "the\nratio 1.00");
    check_wrap("it is 0.", 7, "it\nis 0.");
    check_wrap("calls, 3 of them", 7, "calls,\n3 of\nthem");
    check_wrap("the deadline 3rd", 15, "the deadline\n3rd");
    check_wrap("a line\n3", 6, "a line\n3");
}

TEST(wrap_keeps_what_has_a_name_and_the_name_together) {
    check_wrap("n=5, clock virtual", 13, "n=5,\nclock virtual");
    check_wrap("0 s; worker pool-1", 13, "0 s;\nworker pool-1");
    check_wrap("a worker thread", 9, "a worker\nthread");
    check_wrap("a coworker a-1", 10, "a coworker\na-1");
}

TEST(wrap_begins_no_line_with_an_ellipsis) {
    check_wrap("svg, html, ...", 11, "svg,\nhtml, ...");
    check_wrap("[A|B ...]", 5, "[A|B\n...]");
    check_wrap("run [A|B ...]", 9, "run\n[A|B ...]");
}
