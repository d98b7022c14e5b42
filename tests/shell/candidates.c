#include "test.h"

#include "shell/candidates.h"
#include "shell/words.h"

#include <string.h>

static const char *const *offered; // NULL-terminated
static const char *const *texts;   // as many; NULL: there are none

// Completes the last word.
static void complete(void *context, const char *line, size_t *start,
                     lab_edit_offer *offer, void *to) {
    struct lab_words words;
    struct lab_text error = {0};
    (void)context;
    lab_words_split(&words, line, &error);
    *start = words.ended ? strlen(line) : words.start;
    lab_words_free(&words);
    lab_text_free(&error);
    for (const char *const *item = offered; *item; item++)
        offer(to, *item, texts ? texts[item - offered] : NULL);
}

// Of what stands before the cursor, [back] characters are replaced.
static bool answers_instead(const char *const *items, const char *line,
                            size_t back, const char *rest, const char *list) {
    struct lab_text typed = {0}, shown = {0};
    offered = items;
    struct lab_style style = {.width = 20};
    size_t is =
        lab_candidates_answer(complete, NULL, line, &style, 20, &typed, &shown);
    bool same = CHECK_INT(is, back);
    same &= CHECK_STR(lab_text_string(&typed), rest);
    same &= CHECK_STR(lab_text_string(&shown), list);
    lab_text_free(&typed);
    lab_text_free(&shown);
    return same;
}

static bool answers(const char *const *items, const char *line,
                    const char *rest, const char *list) {
    return answers_instead(items, line, 0, rest, list);
}

static const char *const commands[] = {
    "run",          "range",        "list", "delay=",
    "\xe6\x97\xa5", "\xe6\x97\xac", "run",  NULL};

TEST(an_only_candidate_is_completed_with_a_space) {
    CHECK(answers(commands, "l", "ist ", ""));
    CHECK(answers(commands, "run l", "ist ", ""));
    CHECK(answers(commands, "list", " ", ""));
}

TEST(an_only_candidate_replaces_what_it_does_not_begin_with) {
    static const char *const one[] = {"sequential_gather", NULL};
    CHECK(answers_instead(one, "run ga", 2, "sequential_gather ", ""));
    CHECK(
        answers_instead(one, "run \xe6\x97\xa5g", 2, "sequential_gather ", ""));
    CHECK(answers(one, "run seq", "uential_gather ", ""));
}

TEST(in_a_folder_one_goes_on_typing) {
    static const char *const one[] = {"deep/", NULL};
    CHECK(answers(one, "diff d", "eep/", ""));
}

TEST(after_equals_no_space_is_wanted) {
    CHECK(answers(commands, "run d", "elay=", ""));
}

static const char *const jobs[] = {"job 1", "job 2", "loop", NULL};

TEST(what_a_space_is_in_is_quoted) {
    static const char *const one[] = {"job 1", NULL};
    CHECK(answers_instead(one, "why j", 1, "\"job 1\" ", ""));
    CHECK(answers(one, "why ", "\"job 1\" ", ""));
    CHECK(answers_instead(jobs, "why jo", 2, "\"job ", ""));
    CHECK(answers(jobs, "why l", "oop ", ""));
}

TEST(what_was_quoted_stays_so) {
    static const char *const one[] = {"a'b \"c\" 1", NULL};
    CHECK(answers_instead(one, "why a", 1, "\"a'b \\\"c\\\" 1\" ", ""));
    CHECK(answers(one, "why \"a", "'b \\\"c\\\" 1\" ", ""));
    CHECK(answers(one, "why 'a", "'\\''b \"c\" 1' ", ""));
}

TEST(a_quoted_folder_stays_open) {
    static const char *const one[] = {"my files/", NULL};
    CHECK(answers_instead(one, "diff m", 1, "\"my files/", ""));
    CHECK(answers(one, "diff \"m", "y files/", ""));
}

TEST(several_candidates_give_what_they_share_then_a_list) {
    static const char *const shared[] = {"sync_async", "sync_other", NULL};
    CHECK(answers(shared, "s", "ync_", ""));
    CHECK(answers(commands, "r", "", "run    range\n"));
}

TEST(shared_bytes_of_different_characters_are_not_typed) {
    CHECK(answers(commands, "\xe6", "", "\xe6\x97\xa5  \xe6\x97\xac\n"));
}

TEST(nothing_fits_nothing_happens) {
    CHECK(answers(commands, "xyz", "", ""));
}

TEST(lists_are_read_downwards_in_columns) {
    static const char *const many[] = {"a1", "a2", "a3", "a4",
                                       "a5", "a6", "a7", NULL};
    CHECK(answers(many, "", "a", ""));
    CHECK(answers(many, "a", "", "a1  a3  a5  a7\na2  a4  a6\n"));
}

TEST(a_list_wider_than_the_screen_has_one_column) {
    static const char *const wide[] = {"a_name_of_some_length_1",
                                       "b_name_of_some_length_2", NULL};
    CHECK(answers(wide, "", "",
                  "a_name_of_some_length_1\nb_name_of_some_length_2\n"));
}

// --- what a candidate is

static bool lists(const char *const *items, const char *const *about,
                  struct lab_style style, int rows, const char *expected) {
    struct lab_candidates candidates = {0};
    struct lab_text out = {0};
    for (size_t i = 0; items[i]; i++)
        lab_candidates_offer(&candidates, items[i], about[i]);
    lab_candidates_list(&candidates, &style, rows, &out);
    bool same = CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
    lab_candidates_free(&candidates);
    return same;
}

static const char *const values[] = {"n=", "delay=", "fast", NULL};
static const char *const meanings[] = {
    "5, of 1 to 100: how many",
    "1000 ms, of 1 to 60000: \xe6\x97\xa5\xe6\x9c\xac", NULL};

TEST(each_candidate_is_explained_beside_its_name) {
    CHECK(lists(values, meanings, (struct lab_style){.width = 80}, 20,
                "n=      5, of 1 to 100: how many\n"
                "delay=  1000 ms, of 1 to 60000: \xe6\x97\xa5\xe6\x9c\xac\n"
                "fast\n"));
}

TEST(an_explanation_is_cut_between_words_where_the_line_ends) {
    CHECK(lists(values, meanings, (struct lab_style){.width = 28}, 20,
                "n=      5, of 1 to 100: …\n"
                "delay=  1000 ms, of 1 to …\n"
                "fast\n"));
    CHECK(lists(values, meanings,
                (struct lab_style){.width = 35, .ascii = true}, 20,
                "n=      5, of 1 to 100: how many\n"
                "delay=  1000 ms, of 1 to 60000: ~\n"
                "fast\n"));
    // Where a few words have no room, there are only names.
    CHECK(lists(values, meanings, (struct lab_style){.width = 27}, 20,
                "n=      delay=  fast\n"));
}

// Two columns of explanations if both are whole, else many of names.
TEST(explanations_side_by_side_are_whole) {
    static const char *const names[] = {"one", "two", "three", NULL};
    static const char *const about[] = {"a single word", "one and one more",
                                        "the first odd prime", NULL};
    CHECK(lists(names, about, (struct lab_style){.width = 54}, 2,
                "one    a single word        three  the first odd prime\n"
                "two    one and one more\n"));
    CHECK(lists(names, about, (struct lab_style){.width = 53}, 2,
                "one    two    three\n"));
    CHECK(lists(names, about, (struct lab_style){.width = 53}, 3,
                "one    a single word\n"
                "two    one and one more\n"
                "three  the first odd prime\n"));
}

TEST(a_list_is_as_wide_as_it_must_be_for_the_screen) {
    CHECK(lists(values, meanings, (struct lab_style){.width = 80}, 2,
                "n=      5, of 1 to 100: how many      fast\n"
                "delay=  1000 ms, of 1 to 60000: \xe6\x97\xa5\xe6\x9c\xac\n"));
    CHECK(lists(values, meanings, (struct lab_style){.width = 60}, 1,
                "n=      delay=  fast\n"));
}

TEST(a_list_longer_than_the_screen_says_how_many_it_leaves_out) {
    static const char *const names[] = {"one",  "two", "three", "four",
                                        "five", "six", "seven", NULL};
    static const char *const nothing[7] = {0};
    CHECK(lists(names, nothing, (struct lab_style){.width = 12}, 3,
                "one    three\ntwo    four\n... and 3 m\u2026\n"));
    CHECK(lists(names, nothing, (struct lab_style){.width = 12}, 4,
                "one    five\ntwo    six\nthree  seven\nfour\n"));
    CHECK(lists(names, nothing, (struct lab_style){.width = 40}, 1,
                "one    three  five   seven\ntwo    four   six\n"));
}

TEST(explanations_are_grey_where_there_is_colour) {
    static const char *const one[] = {"b1", "b2", NULL};
    static const char *const text[] = {"x", "y"};
    CHECK(lists(one, text, (struct lab_style){.width = 20, .color = true}, 9,
                "b1  \033[38;5;243mx\033[0m\nb2  \033[38;5;243my\033[0m\n"));
}

// No line is wider than the terminal, whatever there is to say.
TEST(lists_fit_every_width) {
    for (int width = 20; width <= 200; width++) {
        struct lab_candidates candidates = {0};
        struct lab_style style = {.width = width};
        struct lab_text out = {0};
        for (size_t i = 0; values[i]; i++)
            lab_candidates_offer(&candidates, values[i], meanings[i]);
        for (int rows = 1; rows < 4; rows++)
            lab_candidates_list(&candidates, &style, rows, &out);
        for (char *line = strtok(out.data, "\n"); line;
             line = strtok(NULL, "\n"))
            CHECK(lab_text_columns(line) <= width);
        lab_text_free(&out);
        lab_candidates_free(&candidates);
    }
}
