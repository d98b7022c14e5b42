#include "lesson/quiz.h"

#include "base/alloc.h"
#include "test.h"
#include "view/demos.h"

// The question of [kind] in [quiz]; NULL if there is none.
static const struct lab_quiz_question *find(const struct lab_quiz *quiz,
                                            enum lab_quiz_kind kind) {
    for (size_t i = 0; i < quiz->count; i++)
        if (quiz->questions[i].kind == kind)
            return &quiz->questions[i];
    return NULL;
}

static bool is_offered(const struct lab_quiz_question *question,
                       const char *text) {
    for (size_t i = 0; i < question->count; i++)
        if (strcmp(question->options[i].text, text) == 0)
            return true;
    return false;
}

TEST(variants_are_ranked_and_the_sum_of_delays_is_a_mistake) {
    struct lab_comparison comparison = run_demo(3, "together in_turn", "n=4");
    struct lab_quiz quiz;
    struct lab_text right = {0};
    lab_quiz_make(&quiz, &comparison, NULL, 1);
    const struct lab_quiz_question *rank = find(&quiz, LAB_QUIZ_RANK);
    const struct lab_quiz_question *elapsed = find(&quiz, LAB_QUIZ_ELAPSED);
    if (CHECK(rank && elapsed)) {
        lab_quiz_put_right(&right, rank);
        CHECK_STR(lab_text_string(&right), "together"); // it is faster
        CHECK(is_offered(elapsed, "4.000 s") && is_offered(elapsed, "1.000 s"));
    }
    lab_text_free(&right);
    lab_quiz_free(&quiz);
    lab_comparison_free(&comparison);
}

TEST(lines_with_commas_of_their_own_are_quoted_in_the_right_order) {
    struct lab_comparison comparison = run_demo(10, "wait_for", "");
    struct lab_quiz quiz;
    struct lab_text right = {0};
    lab_quiz_make(&quiz, &comparison, NULL, 1);
    const struct lab_quiz_question *order = find(&quiz, LAB_QUIZ_ORDER);
    if (CHECK(order)) {
        lab_quiz_put_right(&right, order);
        CHECK_STR(lab_text_string(&right), "\"cleaned up, told to stop\", "
                                           "\"our wait ends: timed out\"");
    }
    lab_text_free(&right);
    lab_quiz_free(&quiz);
    lab_comparison_free(&comparison);
}

// The sentence behind the option [text]; "" if it is not offered.
static const char *mistake_of(const struct lab_quiz_question *question,
                              const char *text) {
    for (size_t i = 0; i < question->count; i++)
        if (strcmp(question->options[i].text, text) == 0)
            return question->options[i].mistake;
    return "";
}

// Waits for a flag are no delays, so the sum can be too short as well.
TEST(a_sum_of_delays_that_is_too_short_is_not_told_as_too_long) {
    struct lab_comparison comparison = run_demo(26, "in_time", "");
    struct lab_quiz quiz;
    lab_quiz_make(&quiz, &comparison, NULL, 1);
    const struct lab_quiz_question *elapsed = find(&quiz, LAB_QUIZ_ELAPSED);
    if (CHECK(elapsed))
        CHECK_STR(mistake_of(elapsed, "950.0 ms"),
                  "All delays add up to that, but not only delays take time.");
    lab_quiz_free(&quiz);
    lab_comparison_free(&comparison);
}

TEST(one_variant_has_no_rank) {
    struct lab_comparison comparison = run_demo(3, "together", "");
    struct lab_quiz quiz;
    lab_quiz_make(&quiz, &comparison, NULL, 1);
    CHECK(!find(&quiz, LAB_QUIZ_RANK) && find(&quiz, LAB_QUIZ_ELAPSED));
    lab_quiz_free(&quiz);
    lab_comparison_free(&comparison);
}
