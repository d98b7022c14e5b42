#include "lesson/quiz_internal.h"

#include "base/alloc.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

// A question with these options, up to NULL; their values are 0, 1, 2.
static struct lab_quiz_question question_of(enum lab_quiz_kind kind,
                                            const char *const *options) {
    struct lab_quiz_question question = {.kind = kind};
    for (int i = 0; options[i]; i++)
        lab_quiz_offer(&question, options[i], i, NULL);
    return question;
}

static void forget(struct lab_quiz_question *question) {
    for (size_t i = 0; i < question->count; i++)
        lab_free(question->options[i].text);
}

// Is [typed] graded like this? Where it is unclear, a sentence says so.
static void check(const struct lab_quiz_question *question, const char *typed,
                  enum lab_quiz_grade grade) {
    struct lab_quiz_answer answer;
    struct lab_text error = {0};
    bool fine =
        CHECK_INT(lab_quiz_grade(question, typed, &answer, &error), grade);
    fine &= CHECK((error.length > 0) == (grade == LAB_QUIZ_UNCLEAR));
    if (!fine)
        fprintf(stderr, "    typed: \"%s\"\n", typed);
    lab_text_free(&error);
}

TEST(a_time_is_right_to_the_millisecond_in_any_unit) {
    static const char *const options[] = {"1.000 s", "5.000 s", NULL};
    struct lab_quiz_question question = question_of(LAB_QUIZ_ELAPSED, options);
    question.right = question.options[0].value = 1 * LAB_S;
    question.options[1].value = 5 * LAB_S;
    static const char *const right[] = {
        "1s",   "1 s",   "1000ms",   "1.000 s",           "1000 ms", "1",
        "1e0s", "1 sec", "1 Second", "1000 milliseconds", "1000msec"};
    for (size_t i = 0; i < countof(right); i++)
        check(&question, right[i], LAB_QUIZ_RIGHT);
    check(&question, "1050ms", LAB_QUIZ_NEAR);
    check(&question, "0.9s", LAB_QUIZ_NEAR);
    check(&question, "2", LAB_QUIZ_WRONG);
    check(&question, "0", LAB_QUIZ_WRONG);
    static const char *const unclear[] = {"3",   "-1s", "1 h",   "1s 2", "nan",
                                          "inf", "s",   "1e99s", "\xff", "1.5"};
    for (size_t i = 0; i < countof(unclear); i++)
        check(&question, unclear[i], LAB_QUIZ_UNCLEAR);
    forget(&question);
}

TEST(a_rank_says_which_are_equal) {
    static const char *const options[] = {"one", "two", "three", NULL};
    struct lab_quiz_question question = question_of(LAB_QUIZ_RANK, options);
    question.options[2].value = 0; // as fast as the first
    static const char *const right[] = {"1=3 2", "3 = 1, 2", "one = three two",
                                        "3=1<2"};
    static const char *const wrong[] = {"1 3 2", "2 1=3", "1=2=3", "1 2=3"};
    static const char *const unclear[] = {
        "1 2",   "1 1 2", "1 2 3 1", "1 2 4",
        "t 1 2", "1=",    "1 2 3=",  "one two x"};
    for (size_t i = 0; i < countof(right); i++)
        check(&question, right[i], LAB_QUIZ_RIGHT);
    for (size_t i = 0; i < countof(wrong); i++)
        check(&question, wrong[i], LAB_QUIZ_WRONG);
    for (size_t i = 0; i < countof(unclear); i++)
        check(&question, unclear[i], LAB_QUIZ_UNCLEAR);
    forget(&question);
}

TEST(those_ranked_may_be_called_equal) {
    static const char *const options[] = {"one", "two", "three", NULL};
    static const char *const equal[] = {"equal", "same", "The same",
                                        "they are equal"};
    struct lab_quiz_question question = question_of(LAB_QUIZ_RANK, options);
    for (size_t i = 0; i < countof(equal); i++)
        check(&question, equal[i], LAB_QUIZ_WRONG);
    for (size_t i = 0; i < question.count; i++)
        question.options[i].value = 7;
    for (size_t i = 0; i < countof(equal); i++)
        check(&question, equal[i], LAB_QUIZ_RIGHT);
    question.kind = LAB_QUIZ_ORDER; // lines are printed one after the other
    check(&question, "equal", LAB_QUIZ_UNCLEAR);
    forget(&question);
}

TEST(what_an_order_leaves_out_is_named) {
    static const char *const options[] = {"one", "two", "three", "four", NULL};
    static const struct {
        const char *typed, *says;
    } cases[] = {
        {"1",
         "\"1\" is not an answer here: 2, 3 and 4 are missing: type each "},
        {"four, two 1", "1\" is not an answer here: 3 is missing: type each "},
        {"1 x", "\"1 x\" is not an answer here: type each once, such as "},
        {"1 1 2", "\"1 1 2\" is not an answer here: type each once, such as "},
    };
    struct lab_quiz_question question = question_of(LAB_QUIZ_ORDER, options);
    for (size_t i = 0; i < countof(cases); i++) {
        struct lab_quiz_answer answer;
        struct lab_text error = {0};
        lab_quiz_grade(&question, cases[i].typed, &answer, &error);
        if (!strstr(lab_text_string(&error), cases[i].says))
            CHECK_STR(lab_text_string(&error), cases[i].says);
        lab_text_free(&error);
    }
    forget(&question);
}

TEST(an_order_is_of_lines_that_have_spaces) {
    static const char *const options[] = {"a is here", "a is", "b", NULL};
    struct lab_quiz_question question = question_of(LAB_QUIZ_ORDER, options);
    struct lab_quiz_answer answer;
    struct lab_text error = {0};
    check(&question, "1 2 3", LAB_QUIZ_RIGHT);
    check(&question, "a is here a is b", LAB_QUIZ_RIGHT);
    check(&question, "b a is a is here", LAB_QUIZ_WRONG);
    check(&question, "a 2 3", LAB_QUIZ_UNCLEAR);
    lab_quiz_grade(&question, "3 1 2", &answer, &error);
    CHECK(lab_quiz_is_order(&question, &answer, "b\na is here\na is\n"));
    CHECK(!lab_quiz_is_order(&question, &answer, "b\na is here\na is\nb\n"));
    CHECK(!lab_quiz_is_order(&question, &answer, "a is here\nb\na is\n"));
    CHECK(!lab_quiz_is_order(&question, &answer, "b\n"));
    forget(&question);
}

TEST(a_choice_is_a_number_or_words) {
    static const char *const options[] = {"nobody", "b.txt", "b.txt.old", NULL};
    struct lab_quiz_question question = question_of(LAB_QUIZ_THREAD, options);
    question.options[1].right = true;
    check(&question, "2", LAB_QUIZ_RIGHT);
    check(&question, "B.TXT", LAB_QUIZ_RIGHT);
    check(&question, "nob", LAB_QUIZ_WRONG);
    check(&question, "b.", LAB_QUIZ_UNCLEAR);
    check(&question, "4", LAB_QUIZ_UNCLEAR);
    check(&question, "0", LAB_QUIZ_UNCLEAR);
    forget(&question);
}

TEST(a_count_is_typed_as_it_is) {
    static const char *const options[] = {"3", "9", NULL};
    struct lab_quiz_question question = question_of(LAB_QUIZ_PEAK, options);
    question.options[0].value = question.right = 3;
    check(&question, "3", LAB_QUIZ_RIGHT);
    check(&question, "1", LAB_QUIZ_WRONG);
    check(&question, "three", LAB_QUIZ_UNCLEAR);
    check(&question, "-3", LAB_QUIZ_UNCLEAR);
    check(&question, "3333333333", LAB_QUIZ_UNCLEAR);
    forget(&question);
}

TEST(a_number_that_may_mean_two_answers_is_not_graded) {
    static const char *const options[] = {"2.000 s", "3.000 s", "500.0 ms",
                                          NULL};
    struct lab_quiz_question question = question_of(LAB_QUIZ_ELAPSED, options);
    question.right = question.options[0].value = 2 * LAB_S;
    question.options[1].value = 3 * LAB_S;
    question.options[2].value = 500 * LAB_MS;
    check(&question, "1", LAB_QUIZ_RIGHT);
    check(&question, "2", LAB_QUIZ_UNCLEAR); // 3 s by its number, or 2 s
    check(&question, "3", LAB_QUIZ_UNCLEAR);
    check(&question, "500", LAB_QUIZ_WRONG); // there are fewer answers
    check(&question, "2 s", LAB_QUIZ_RIGHT);
    forget(&question);
}

// Whatever is right, and however many options there are.
TEST(the_example_of_an_order_is_an_answer_and_never_the_right_one) {
    static const char *const options[] = {"a", "b", "c", "d", NULL};
    enum { VALUES = 3, SETS = VALUES * VALUES * VALUES * VALUES };
    for (size_t count = 2; count <= 4; count++) {
        for (int set = 0; set < SETS; set++) {
            struct lab_text example = {0};
            enum lab_quiz_kind kind = set % 2 ? LAB_QUIZ_RANK : LAB_QUIZ_ORDER;
            struct lab_quiz_question question =
                question_of(kind, options + 4 - count);
            for (size_t i = 0, rest = (size_t)set; i < count; i++) {
                question.options[i].value = (int64_t)(rest % VALUES);
                rest /= VALUES;
            }
            lab_quiz_put_example(&example, &question);
            check(&question, lab_text_string(&example), LAB_QUIZ_WRONG);
            lab_text_free(&example);
            forget(&question);
        }
    }
}

TEST(what_was_said_is_said_again) {
    static const char *const options[] = {"one", "two", "three", NULL};
    struct lab_quiz_question question = question_of(LAB_QUIZ_RANK, options);
    struct lab_quiz_answer answer;
    struct lab_text said = {0}, error = {0};
    lab_quiz_grade(&question, "2 1=3", &answer, &error);
    lab_quiz_put_said(&said, &question, &answer);
    CHECK_STR(lab_text_string(&said), "two, one = three");
    lab_text_clear(&said);
    question.kind = LAB_QUIZ_ELAPSED;
    lab_quiz_grade(&question, "1500ms", &answer, &error);
    lab_quiz_put_said(&said, &question, &answer);
    CHECK_STR(lab_text_string(&said), "1.500 s");
    lab_text_free(&said);
    forget(&question);
}

TEST(of_two_the_faster_alone_is_a_rank) {
    static const char *const options[] = {"in_turn", "together", NULL};
    struct lab_quiz_question question = question_of(LAB_QUIZ_RANK, options);
    question.options[0].value = 5;
    check(&question, "2", LAB_QUIZ_RIGHT);
    check(&question, "together", LAB_QUIZ_RIGHT);
    check(&question, "1", LAB_QUIZ_WRONG);
    check(&question, "3", LAB_QUIZ_UNCLEAR);
    question.kind = LAB_QUIZ_ORDER; // of lines all are needed
    check(&question, "2", LAB_QUIZ_UNCLEAR);
    forget(&question);
}
