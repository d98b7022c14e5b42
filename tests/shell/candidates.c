#include "test.h"

#include "shell/candidates.h"
#include "shell/words.h"

#include <string.h>

static const char *const *offered; // NULL-terminated

// Completes the last word.
static void complete(void *context, const char *line, size_t *start,
                     void (*offer)(void *to, const char *candidate), void *to) {
    struct lab_words words;
    struct lab_text error = {0};
    (void)context;
    lab_words_split(&words, line, &error);
    *start = words.ended ? strlen(line) : words.start;
    lab_words_free(&words);
    lab_text_free(&error);
    for (const char *const *item = offered; *item; item++)
        offer(to, *item);
}

// Of what stands before the cursor, [back] characters are replaced.
static bool answers_instead(const char *const *items, const char *line,
                            size_t back, const char *rest, const char *list) {
    struct lab_text typed = {0}, shown = {0};
    offered = items;
    size_t is = lab_candidates_answer(complete, NULL, line, 20, &typed, &shown);
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
