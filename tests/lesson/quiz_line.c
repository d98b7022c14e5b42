#include "lesson/quiz.h"

#include "test.h"
#include "view/demos.h"

#include <string.h>

// What [line] asks of [comparison] and the right answer; or the error.
static void check_of(const struct lab_comparison *comparison,
                     const struct lab_quiz_other *other, const char *line,
                     const char *expected) {
    struct lab_quiz quiz = {.comparison = comparison, .other = other};
    struct lab_quiz_wish wish;
    struct lab_text out = {0}, error = {0};
    if (lab_quiz_wish_read(&wish, line, strlen(line), &error) &&
        lab_quiz_ask(&quiz, &wish, &error)) {
        lab_text_printf(&out, "%s ", quiz.questions[0].text);
        lab_quiz_put_right(&out, &quiz.questions[0]);
    }
    lab_text_put(&out, lab_text_string(&error));
    CHECK_STR(lab_text_string(&out), expected);
    lab_quiz_wish_free(&wish);
    lab_quiz_free(&quiz);
    lab_text_free(&out);
    lab_text_free(&error);
}

static void check(int demo, const char *variants, const char *values,
                  const char *line, const char *expected) {
    struct lab_comparison comparison = run_demo(demo, variants, values);
    check_of(&comparison, NULL, line, expected);
    lab_comparison_free(&comparison);
}

TEST(a_line_asks_for_a_kind_a_variant_a_task_and_a_moment) {
    check(3, "in_turn together", "n=3", "rank",
          "Which is faster, or are they equal? together");
    check(3, "in_turn together", "n=3", "  elapsed in_turn ",
          "How long does in_turn take? 3.000 s");
    check(3, "in_turn together", "n=3", "thread at=2500ms in_turn",
          "At 2.5 s, in in_turn: who has the loop's thread? nobody");
    check(3, "in_turn together", "n=3", "state b.txt together at=0.5s",
          "At 0.5 s, in together: what does b.txt do? waits for a time");
    check(4, "on_loop pool_1", "jobs=3", "state job 2 on_loop at=0.3s",
          "At 0.3 s, in on_loop: what does job 2 do? has the thread");
    check(11, "in_rounds semaphore", "", "peak inside semaphore",
          "What is the most that \"inside\" reaches in semaphore? 3");
}

TEST(what_if_is_answered_by_the_other_runs) {
    struct lab_comparison comparison = run_demo(3, "in_turn together", "");
    struct lab_comparison changed =
        run_demo(3, "in_turn together", "delay=300");
    struct lab_quiz_other other = {&changed, "delay=300"};
    check_of(&comparison, &other, "what_if in_turn delay=300",
             "With delay=300, how long does in_turn take? 1.500 s");
    lab_comparison_free(&comparison);
    lab_comparison_free(&changed);
}

TEST(a_line_that_no_record_answers_is_refused) {
    check(3, "in_turn together", "", "elapsed nobody",
          "no run answers this: elapsed nobody; is there such a variant or "
          "task, and is there more than one answer to choose from?");
    check(3, "in_turn together", "",
          "thread together at=1s", // the downloads end just then
          "no run answers this: thread together; is there such a variant and "
          "task, and does nothing happen at just that time?");
    check(3, "in_turn together", "", "thread together at=9s",
          "no run answers this: thread together; is there such a variant and "
          "task, and does nothing happen at just that time?");
    check(3, "in_turn together", "",
          "end in_turn", // all ends well, and that is no question
          "no run answers this: end in_turn; is there such a variant or task, "
          "and is there more than one answer to choose from?");
}

TEST(a_line_that_says_too_much_is_refused) {
    check(3, "in_turn together", "", "rnak",
          "no question is called \"rnak\"; there are rank, elapsed, order, "
          "thread, state, waits, peak, end, what_if");
    check(3, "in_turn together", "", "rank at=1s",
          "rank has no moment; leave at= out");
    check(3, "in_turn together", "", "thread at=soon",
          "at= is a time of the run, such as at=0.5s");
    check(3, "in_turn together", "", "elapsed delay=2",
          "only what_if asks with another value");
    check(3, "in_turn together", "", "what_if delay=2 n=3",
          "what_if changes one value");
    check(3, "in_turn together", "", "what_if in_turn",
          "what_if needs the value that changes, such as delay=2000");
    check(3, "in_turn together", "", " ", "this line asks nothing");
}
