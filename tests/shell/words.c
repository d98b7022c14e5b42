#include "test.h"

#include "base/alloc.h"
#include "shell/words.h"

#include <stdlib.h>
#include <string.h>

// Shows words as "[a] [b c]", an open quote or an & behind them.
static void check(const char *line, const char *expected) {
    struct lab_words words;
    struct lab_text error = {0}, shown = {0};
    bool fine = lab_words_split(&words, line, &error);
    for (int i = 0; i < words.count; i++)
        lab_text_printf(&shown, "%s[%s]", i ? " " : "", words.words[i]);
    lab_text_put(&shown, words.background ? " &" : "");
    lab_text_put(&shown, fine ? "" : " open");
    CHECK(words.words[words.count] == NULL);
    CHECK_INT(fine, error.length == 0);
    if (!CHECK_STR(lab_text_string(&shown), expected))
        CHECK_STR(line, ""); // says which
    lab_words_free(&words);
    lab_text_free(&error);
    lab_text_free(&shown);
}

TEST(white_space_separates_words) {
    check("", "");
    check("  \t\r\n", "");
    check("run", "[run]");
    check(" run\t3  together \r\n", "[run] [3] [together]");
}

TEST(quotes_keep_what_is_between_them) {
    check("why \"job 1\" 4", "[why] [job 1] [4]");
    check("why 'job 1' 4", "[why] [job 1] [4]");
    check("timeline lanes=\"job 1\",loop", "[timeline] [lanes=job 1,loop]");
    check("a'b c'd\"e f\"", "[ab cde f]");
    check("a \"\" b ''", "[a] [] [b] []");
    check("'\"' \"'\"", "[\"] [']");
}

TEST(a_backslash_keeps_the_next_character) {
    check("job\\ 1", "[job 1]");
    check("it\\'s \\\"so\\\" \\\\", "[it's] [\"so\"] [\\]");
    check("\"a \\\"b\\\" \\\\ \\c\"", "[a \"b\" \\ \\c]");
    check("'a\\'", "[a\\]");
    check("end\\", "[end\\]");
}

TEST(an_open_quote_is_refused) {
    check("why \"job 1", "[why] [job 1] open");
    check("it's", "[its] open");
    check("\"", "[] open");
}

TEST(only_an_and_outside_quotes_sends_a_command_to_the_background) {
    check("run 3 &", "[run] [3] &");
    check("run 3&", "[run] [3] &");
    check("run 3 & ", "[run] [3] &");
    check("&", " &");
    check("run '&'", "[run] [&]");
    check("run \\&", "[run] [&]");
    check("run a&b", "[run] [a&b]");
    check("run &'a'", "[run] [&a]");
}

TEST(what_is_put_is_read_back_whatever_the_quote) {
    static const char *const texts[] = {"~/x.py", "plain",     "job 1",
                                        "it's",   "\"a\" \\b", "a&",
                                        "&",      "\t",        "\\\"'"};
    static const char quotes[] = {'\0', '"', '\''};
    for (size_t i = 0; i < countof(texts); i++)
        for (size_t q = 0; q < sizeof quotes; q++) {
            struct lab_text typed = {0}, none = {0};
            struct lab_words words;
            char both[2] = {quotes[q]};
            lab_text_put(&typed, both);
            lab_words_put(&typed, texts[i], quotes[q]);
            lab_text_put(&typed, both);
            CHECK(lab_words_split(&words, lab_text_string(&typed), &none));
            CHECK_INT(words.count, 1);
            CHECK(!words.background);
            CHECK_STR(words.words[0], texts[i]);
            lab_words_free(&words);
            lab_text_free(&typed);
        }
}

TEST(quotes_are_needed_by_what_would_be_read_otherwise) {
    CHECK(!lab_words_need_quotes("a.txt,b=c"));
    CHECK(!lab_words_need_quotes(""));
    CHECK(lab_words_need_quotes("job 1"));
    CHECK(lab_words_need_quotes("it's"));
    CHECK(lab_words_need_quotes("a&"));
    CHECK(lab_words_need_quotes("~/x"));
    CHECK(!lab_words_need_quotes("x~/x"));
}

TEST(where_the_first_bytes_of_a_word_end_is_found_in_what_was_typed) {
    CHECK_INT(lab_words_skip("lanes=job", 6), 6);
    CHECK_INT(lab_words_skip("\"lanes=job 1", 6), 7);
    CHECK_INT(lab_words_skip("lanes=a\\ b,c", 10), 11);
    CHECK_INT(lab_words_skip("ab", 5), 2);
}

static void check_tail(const char *line, size_t start, const char *text,
                       char before, char after) {
    struct lab_words_tail tail;
    lab_words_tail(line, start, &tail);
    CHECK_STR(lab_text_string(&tail.text), text);
    CHECK_INT(tail.before, before);
    CHECK_INT(tail.after, after);
    lab_text_free(&tail.text);
}

TEST(the_end_of_a_line_is_read_with_the_quotes_open_there) {
    check_tail("why job", 4, "job", '\0', '\0');
    check_tail("why \"job 1", 4, "job 1", '\0', '"');
    check_tail("why lanes='a,job 1", 13, "job 1", '\'', '\'');
    check_tail("why job\\ 1", 4, "job 1", '\0', '\0');
    check_tail("why ", 4, "", '\0', '\0');
    check_tail("why \"", 5, "", '"', '"');
}

TEST(the_last_word_is_known_for_completion) {
    struct lab_words words;
    struct lab_text error = {0};
    lab_words_split(&words, "why \"job ", &error);
    CHECK_INT(words.start, 4);
    CHECK_INT(words.quote, '"');
    CHECK(!words.ended);
    lab_words_free(&words);
    lab_text_free(&error);
    lab_words_split(&words, "why t1 ", &error);
    CHECK_INT(words.start, 4);
    CHECK(words.ended);
    lab_words_free(&words);
}

TEST(a_word_that_begins_in_the_home_folder_is_read_as_a_shell_reads_it) {
    char *was = lab_strdup(getenv("HOME") ? getenv("HOME") : "");
    setenv("HOME", "/h/me", 1);
    check("run ~/x.py", "[run] [/h/me/x.py]");
    check("run ~/'my x'.py ~/", "[run] [/h/me/my x.py] [/h/me/]");
    check("'~/x' \"~/x\" \\~/x", "[~/x] [~/x] [~/x]");
    check("~ a~/x ~you/x n=~/x", "[~] [a~/x] [~you/x] [n=~/x]");
    check("!ls ~/x", "[shell] [--] [ls ~/x]");
    check_tail("run ~/x", 4, "/h/me/x", '\0', '\0');
    check_tail("run ~/a ~/x", 8, "/h/me/x", '\0', '\0');
    check_tail("run '~/x", 4, "~/x", '\0', '\'');
    CHECK_INT(lab_words_skip("~/x", 10), 3);
    CHECK_INT(lab_words_skip("~/x", 0), 0);
    setenv("HOME", "", 1);
    check("run ~/x.py", "[run] [~/x.py]");
    setenv("HOME", was, 1);
    lab_free(was);
}
