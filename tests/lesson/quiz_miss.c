#include "lesson/quiz_internal.h"

#include "base/alloc.h"
#include "test.h"
#include "view/demos.h"

// The question of [kind] in [quiz]; SIZE_MAX if there is none.
static size_t find(const struct lab_quiz *quiz, enum lab_quiz_kind kind) {
    size_t i = 0;
    while (i < quiz->count && quiz->questions[i].kind != kind)
        i++;
    return i < quiz->count ? i : SIZE_MAX;
}

// The miss that [typed] is, at [width], without colour, in ASCII.
static void put_miss(struct lab_text *out, const struct lab_quiz *quiz,
                     size_t index, const char *typed, int width) {
    struct lab_style style = {.width = width, .ascii = true};
    struct lab_quiz_answer answer;
    struct lab_text error = {0};
    CHECK(lab_quiz_grade(&quiz->questions[index], typed, &answer, &error) !=
          LAB_QUIZ_UNCLEAR);
    CHECK_STR(lab_text_string(&error), "");
    lab_quiz_put_miss(out, &style, quiz, index, &answer);
    lab_text_free(&error);
}

// Is [expected] shown of demo 3 when [typed] answers its question of [kind]?
static void check_miss(const char *variant, enum lab_quiz_kind kind,
                       const char *typed, const char *expected) {
    struct lab_comparison comparison = run_demo(3, variant, "n=2");
    struct lab_quiz quiz;
    struct lab_text out = {0};
    for (uint64_t seed = 1; seed < 50; seed++) { // until the kind is asked
        lab_quiz_make(&quiz, &comparison, NULL, seed);
        quiz.target = " 3", quiz.values = " n=2";
        size_t index = find(&quiz, kind);
        if (index != SIZE_MAX)
            put_miss(&out, &quiz, index, typed, 60);
        lab_quiz_free(&quiz);
        if (index != SIZE_MAX)
            break;
    }
    if (!CHECK(strstr(lab_text_string(&out), expected) != NULL))
        fprintf(stderr, "%s", lab_text_string(&out));
    lab_text_free(&out);
    lab_comparison_free(&comparison);
}

TEST(too_long_shows_the_wait_that_overlaps) {
    check_miss("together", LAB_QUIZ_ELAPSED, "2s",
               "All delays add up to that only if each begins when the one\n"
               "before is over.\n"
               "At 0 s, event 11 of together: t3 b.txt sleeps until 1.000 s\n"
               "(line 15).\n"
               "      0          0.5 s         1 s         1.5 s        2 s\n"
               "      |------------+------------+------------+------------+\n"
               "a.txt o-------------------------o\n"
               "b.txt o-------------------------o\n"
               "yours                           ???????????????????????????\n"
               "Answer: 1.000 s. timeline 3 together n=2 says more.\n");
}

TEST(a_rank_says_when_the_other_has_ended) {
    check_miss(NULL, LAB_QUIZ_RANK, "1 2",
               "At 1.000 s, event 8 of in_turn: t1 in_turn sleeps until\n"
               "2.000 s (line 15); together ends at 1.000 s.\n");
}

TEST(what_is_changed_in_a_question_is_not_said_twice) {
    struct lab_comparison comparison = run_demo(3, NULL, "n=2");
    struct lab_comparison changed = run_demo(3, NULL, "n=4");
    struct lab_quiz_other other = {.change = "n=4", .comparison = &changed};
    struct lab_quiz quiz;
    struct lab_text out = {0};
    for (uint64_t seed = 1; seed < 50 && !out.length; seed++) {
        lab_quiz_make(&quiz, &comparison, &other, seed);
        quiz.target = " 3", quiz.values = " n=2 delay=1000";
        size_t index = find(&quiz, LAB_QUIZ_WHAT_IF);
        if (index != SIZE_MAX)
            put_miss(&out, &quiz, index, "7s", 60);
        lab_quiz_free(&quiz);
    }
    CHECK(strstr(lab_text_string(&out), " delay=1000 n=4"));
    CHECK(!strstr(lab_text_string(&out), "n=2"));
    lab_text_free(&out);
    lab_comparison_free(&comparison);
    lab_comparison_free(&changed);
}

TEST(too_short_shows_the_wait_that_lasts_longer) {
    check_miss("in_turn", LAB_QUIZ_ELAPSED, "1500ms",
               "At 1.000 s, event 8 of in_turn: t1 in_turn sleeps until\n"
               "2.000 s");
    check_miss("in_turn", LAB_QUIZ_ELAPSED, "1500ms",
               "in_turn o-----------------------o-----------------------o\n"
               "yours   ?????????????????????????????????????\n");
}

TEST(who_waits_has_given_the_thread_away_in_an_event) {
    check_miss("together", LAB_QUIZ_THREAD, "together",
               "At 0 s, event 7 of together: t1 together waits for t2 and t3");
    check_miss("together", LAB_QUIZ_THREAD, "together",
               "Answer: nobody. ps 3 together n=2 at=0.5s says more.\n");
}

TEST(a_wrong_state_shows_how_the_task_came_into_its_own) {
    check_miss("in_turn", LAB_QUIZ_STATE, "has the thread",
               "At 0 s, event 3 of in_turn: t1 in_turn sleeps until 1.000 s");
    check_miss("in_turn", LAB_QUIZ_STATE, "has the thread",
               "why t1 3 in_turn n=2 at=0.5s");
}

TEST(too_few_at_once_shows_who_was_one_too_many) {
    check_miss("together", LAB_QUIZ_PEAK, "2",
               "At 0 s, event 4 of together: t1 together starts t3 b.txt");
}

// --- all of them

static void check_lines(const char *text, int width) {
    for (const char *end; *text; text = end + 1) {
        end = strchr(text, '\n');
        MUST(end);
        struct lab_text line = {0};
        lab_text_write(&line, text, (size_t)(end - text));
        if (!CHECK(lab_text_columns(lab_text_string(&line)) <= width))
            fprintf(stderr, "    %s\n", lab_text_string(&line));
        lab_text_free(&line);
    }
}

// Each wrong option has an event of its run against it, which is shown.
static void check_option(const struct lab_quiz *quiz, size_t index,
                         size_t option) {
    static const int widths[] = {80, 40, 20};
    const struct lab_quiz_question *question = &quiz->questions[index];
    struct lab_quiz_answer answer = {.option = option,
                                     .value = question->options[option].value};
    struct lab_quiz_against against;
    for (size_t i = 0; i < question->count; i++)
        answer.order[i] = question->count - 1 - i; // of ranks and orders
    lab_quiz_against_find(&against, quiz, index, &answer);
    if (!CHECK(against.run && against.event > 0 &&
               against.event <= lab_record_count(against.run->record) &&
               against.lanes[0] && against.from <= against.to))
        fprintf(stderr, "    %d %s: %s\n", quiz->comparison->number,
                question->text, question->options[option].text);
    lab_quiz_against_term(&against);
    for (size_t i = 0; i < countof(widths); i++) {
        struct lab_text out = {0};
        struct lab_style style = {.width = widths[i]};
        lab_quiz_put_miss(&out, &style, quiz, index, &answer);
        check_lines(lab_text_string(&out), style.width);
        CHECK(strstr(lab_text_string(&out), "yours") != NULL);
        lab_text_free(&out);
    }
}

// The options from last to first are one order; it may be right.
static bool is_wrong(const struct lab_quiz_question *question, size_t option) {
    if (question->kind != LAB_QUIZ_RANK && question->kind != LAB_QUIZ_ORDER)
        return !question->options[option].right;
    return option > 0 && question->options[option - 1].value <
                             question->options[option].value;
}

TEST(an_event_speaks_against_each_wrong_answer) {
    struct lab_demos demos = open_demos();
    size_t checked = 0;
    for (size_t i = 0; i < demos.count; i++) {
        struct lab_quiz quiz;
        if (demos.files[i].is_skipped)
            continue;
        struct lab_comparison comparison = run_file(&demos.files[i], NULL, "");
        lab_quiz_make(&quiz, &comparison, NULL, i + 1);
        quiz.target = " 3";
        for (size_t k = 0; k < quiz.count; k++)
            for (size_t o = 0; o < quiz.questions[k].count; o++)
                if (is_wrong(&quiz.questions[k], o)) {
                    check_option(&quiz, k, o);
                    checked++;
                }
        lab_quiz_free(&quiz);
        lab_comparison_free(&comparison);
    }
    CHECK(checked > 50);
    lab_demos_free(&demos);
}
