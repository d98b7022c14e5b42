// quiz_whole.c - questions about runs from their beginning to their end.

#include "lesson/quiz_internal.h"

#include "base/alloc.h"

// Did [run] come to an end that can be asked about?
static bool is_asked(const struct lab_run *run) {
    return !lab_run_skipped(run) && lab_record_count(run->record) > 0;
}

void lab_quiz_of_rank(struct lab_quiz_maker *maker) {
    const struct lab_comparison *comparison = maker->comparison;
    size_t count = 0;
    for (size_t i = 0; i < comparison->count; i++)
        count += is_asked(comparison->runs[i]) && !comparison->runs[i]->differs;
    if (count < 2 || count > LAB_QUIZ_OPTIONS)
        return;
    struct lab_quiz_question *question =
        count == 2
            ? lab_quiz_add(maker, LAB_QUIZ_RANK, NULL,
                           "Which is faster, or are they equal?")
            : lab_quiz_add(maker, LAB_QUIZ_RANK, NULL,
                           "Put them in order, the fastest first. Which are "
                           "equal?");
    for (size_t i = 0; i < comparison->count; i++) {
        const struct lab_run *run = comparison->runs[i];
        if (is_asked(run) && !run->differs)
            lab_quiz_offer(question, run->name, lab_record_end(run->record),
                           NULL);
    }
}

static bool is_median(const struct lab_quiz_question *question) {
    size_t less = 0, more = 0;
    for (size_t i = 0; i < question->count; i++) {
        less += question->options[i].value < question->right;
        more += question->options[i].value > question->right;
    }
    return less == more;
}

// The last event of the run is its end, and settles how long it took.
static void add_time(struct lab_quiz_maker *maker, enum lab_quiz_kind kind,
                     const struct lab_run *run, const char *change) {
    struct lab_text right = {0};
    struct lab_quiz_question *question =
        kind == LAB_QUIZ_ELAPSED
            ? lab_quiz_add(maker, kind, run, "How long does %s take?",
                           run->name)
            : lab_quiz_add(maker, kind, run, "With %s, how long does %s take?",
                           change, run->name);
    question->right = lab_record_end(run->record);
    question->event = (uint32_t)lab_record_count(run->record);
    lab_time_put(&right, question->right);
    lab_quiz_offer_right(question, lab_text_string(&right), question->right);
    lab_text_free(&right);
}

static struct lab_quiz_question *last(struct lab_quiz_maker *maker) {
    return &maker->all[maker->count - 1];
}

// Without a wrong answer there is no question.
static void finish(struct lab_quiz_maker *maker) {
    struct lab_quiz_question *question = last(maker);
    question->score += question->count + (is_median(question) ? 0 : 10);
    lab_quiz_sort(question);
    if (question->count < 2)
        lab_quiz_drop(maker);
}

void lab_quiz_of_elapsed(struct lab_quiz_maker *maker) {
    const struct lab_comparison *comparison = maker->comparison;
    for (size_t i = 0; i < comparison->count; i++) {
        if (!is_asked(comparison->runs[i]))
            continue;
        add_time(maker, LAB_QUIZ_ELAPSED, comparison->runs[i], NULL);
        lab_quiz_mistake_times(comparison, last(maker));
        finish(maker);
    }
}

// The mistakes are to expect no change, and to expect twice as much.
static void add_what_if(struct lab_quiz_maker *maker, const struct lab_run *was,
                        const struct lab_run *run) {
    add_time(maker, LAB_QUIZ_WHAT_IF, run, maker->other->change);
    struct lab_quiz_question *question = last(maker);
    lab_time before = lab_record_end(was->record);
    lab_quiz_offer_time(question, before,
                        "That is what it took before; the change counts here.");
    lab_quiz_offer_time(question, lab_time_times(2, before),
                        "The change does not double the whole.");
    lab_quiz_mistake_times(maker->other->comparison, question);
    finish(maker);
}

void lab_quiz_of_what_if(struct lab_quiz_maker *maker) {
    const struct lab_comparison *comparison = maker->comparison;
    for (size_t i = 0; i < comparison->count && maker->other; i++) {
        const struct lab_run *was = comparison->runs[i];
        const struct lab_run *run =
            lab_comparison_find(maker->other->comparison, was->name);
        if (run && is_asked(run) && is_asked(was))
            add_what_if(maker, was, run);
    }
}
