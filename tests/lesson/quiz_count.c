#include "lesson/quiz_internal.h"

#include "base/alloc.h"
#include "test.h"

#include <string.h>

static void add(struct lab_run *run, int kind, lab_time time, unsigned task,
                int64_t value, const char *text) {
    lab_record_add(
        run->record,
        (struct lab_event){
            .kind = (uint8_t)kind, .time = time, .task = task, .value = value},
        text);
}

// One task after the other, the first of which fails; the second one's line
// comes first.
static void fill(struct lab_run *run) {
    add(run, LAB_EVENT_SPAWN, 0, 1, 0, "root");
    add(run, LAB_EVENT_SPAWN, 0, 2, 0, "a");
    add(run, LAB_EVENT_END, LAB_S, 2, -5, NULL);
    add(run, LAB_EVENT_SPAWN, LAB_S, 3, 0, "b");
    add(run, LAB_EVENT_SAY, LAB_S, 3, 0, "b speaks");
    add(run, LAB_EVENT_SAY, LAB_S, 1, 0, "a has failed");
    add(run, LAB_EVENT_END, 2 * LAB_S, 3, 0, NULL);
    add(run, LAB_EVENT_END, 2 * LAB_S, 1, 0, NULL);
}

// What is right of the question of [kind], and the event that settles it.
static void check(enum lab_quiz_kind kind, const char *right, unsigned event) {
    struct lab_comparison comparison = {.number = 1};
    struct lab_quiz quiz;
    struct lab_text text = {0};
    size_t index = SIZE_MAX;
    fill(lab_comparison_add_run(&comparison, "root"));
    for (uint64_t seed = 1;; seed++) { // until the kind is asked
        lab_quiz_make(&quiz, &comparison, NULL, seed);
        for (size_t i = 0; i < quiz.count; i++)
            if (quiz.questions[i].kind == kind)
                index = i;
        if (index != SIZE_MAX || seed == 100)
            break;
        lab_quiz_free(&quiz);
    }
    if (CHECK(index != SIZE_MAX)) {
        lab_quiz_put_right(&text, &quiz.questions[index]);
        CHECK_STR(lab_text_string(&text), right);
        CHECK_INT(quiz.questions[index].event, event);
    }
    lab_text_free(&text);
    lab_quiz_free(&quiz);
    lab_comparison_free(&comparison);
}

TEST(a_peak_counts_those_that_live_at_once) {
    check(LAB_QUIZ_PEAK, "2", 2);
}

TEST(lines_have_the_order_in_which_they_were_said) {
    check(LAB_QUIZ_ORDER, "b speaks, a has failed", 0);
}

TEST(the_odd_end_is_asked_about) {
    check(LAB_QUIZ_END, "it fails", 3);
}

// How many questions a gauge gets whose events add [values], for any seed.
static size_t count_peaks(const int64_t *values, size_t count) {
    struct lab_comparison comparison = {.number = 1};
    struct lab_run *run = lab_comparison_add_run(&comparison, "root");
    size_t peaks = 0;
    add(run, LAB_EVENT_SPAWN, 0, 1, 0, "root");
    for (size_t i = 0; i < count; i++)
        add(run, LAB_EVENT_COUNT, LAB_S, 1, values[i], "gauge");
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct lab_quiz quiz;
        lab_quiz_make(&quiz, &comparison, NULL, seed);
        for (size_t i = 0; i < quiz.count; i++)
            peaks += quiz.questions[i].gauge != 0;
        lab_quiz_free(&quiz);
    }
    lab_comparison_free(&comparison);
    return peaks;
}

TEST(a_gauge_that_falls_beyond_all_numbers_has_no_peak) {
    static const int64_t rises[] = {1, 2, -1}, falls[] = {INT64_MIN, -1, -1};
    CHECK(count_peaks(rises, countof(rises)) > 0);
    CHECK_INT(count_peaks(falls, countof(falls)), 0);
}
