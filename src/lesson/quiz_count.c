// quiz_count.c - questions about what is said, how many there are at once, and
// how tasks end.

#include "lesson/quiz_internal.h"

#include "base/alloc.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// --- in which order are the lines said?

static bool can_be_shown(const char *line) {
    enum { WIDEST = 60 };
    return *line && !strchr(line, '\n') && strlen(line) <= WIDEST;
}

// Offers each line; false if there are too many, or two are equal.
static bool offer_lines(struct lab_quiz_question *question,
                        const struct lab_record *record) {
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind != LAB_EVENT_SAY)
            continue;
        const char *line = lab_record_text(record, event);
        int64_t place = (int64_t)question->count;
        struct lab_quiz_option *option =
            can_be_shown(line) ? lab_quiz_offer(question, line, place, NULL)
                               : NULL;
        if (!option)
            return false;
        option->event = (uint32_t)i + 1;
        if (event->task !=
            lab_record_at(record, question->options[0].event - 1)->task)
            question->score = 50; // one task alone goes from line to line
    }
    return question->count >= 2;
}

// The right order would be no question.
static void hide_order(struct lab_quiz_maker *maker,
                       struct lab_quiz_question *question) {
    bool is_right = true;
    lab_quiz_shuffle(maker, question);
    for (size_t i = 0; i < question->count; i++)
        is_right &= question->options[i].value == (int64_t)i;
    if (!is_right)
        return;
    struct lab_quiz_option first = question->options[0];
    memmove(question->options, question->options + 1,
            (question->count - 1) * sizeof first);
    question->options[question->count - 1] = first;
}

void lab_quiz_of_order(struct lab_quiz_maker *maker) {
    for (size_t i = 0; i < maker->comparison->count; i++) {
        const struct lab_run *run = maker->comparison->runs[i];
        if (lab_run_skipped(run))
            continue;
        struct lab_quiz_question *question =
            lab_quiz_add(maker, LAB_QUIZ_ORDER, run,
                         "In which order does %s say these lines?", run->name);
        if (offer_lines(question, run->record))
            hide_order(maker, question);
        else
            lab_quiz_drop(maker);
    }
}

// --- how many at once?

int64_t lab_quiz_level(const struct lab_quiz_question *question,
                       const struct lab_event *event) {
    if (question->gauge)
        return event->kind == LAB_EVENT_COUNT && event->text == question->gauge
                   ? event->value
                   : 0;
    return (event->kind == LAB_EVENT_SPAWN) - (event->kind == LAB_EVENT_END);
}

// Finds the peak of what is counted, and the event that reached it first.
static void find_peak(struct lab_quiz_question *question) {
    const struct lab_record *record = question->run->record;
    int64_t level = 0;
    for (size_t i = 0; i < lab_record_count(record); i++) {
        level = lab_time_plus(
            level, lab_quiz_level(question, lab_record_at(record, i)));
        if (level > question->right) {
            question->right = level;
            question->event = (uint32_t)i + 1;
        }
    }
}

__attribute__((format(printf, 3, 4))) static void
offer_count(struct lab_quiz_question *question, int64_t count,
            const char *mistake, ...) {
    struct lab_text text = {0}, sentence = {0};
    va_list args;
    va_start(args, mistake);
    lab_text_vprintf(&sentence, mistake, args);
    va_end(args);
    lab_text_printf(&text, "%" PRId64, count);
    if (count > 0 && count != question->right && question->count < 4)
        lab_quiz_offer(question, lab_text_string(&text), count, "%s",
                       lab_text_string(&sentence));
    lab_text_free(&text);
    lab_text_free(&sentence);
}

static void offer_counts(const struct lab_comparison *comparison,
                         struct lab_quiz_question *question) {
    const struct lab_record *record = question->run->record;
    struct lab_text right = {0};
    int64_t tasks = 0;
    lab_text_printf(&right, "%" PRId64, question->right);
    lab_quiz_offer_right(question, lab_text_string(&right), question->right);
    lab_text_free(&right);
    for (size_t i = 0; i < comparison->param_count; i++) {
        const struct lab_run_param *param = &comparison->params[i];
        if (!*param->unit && !param->is_list)
            offer_count(question, strtol(param->value, NULL, 10),
                        "That is %s=%s, but it is not what counts here.",
                        param->name, param->value);
    }
    for (size_t i = 0; i < lab_record_count(record); i++)
        tasks += lab_record_at(record, i)->kind == LAB_EVENT_SPAWN;
    offer_count(question, tasks,
                "So many tasks are started in all, but not that many are "
                "counted at once.");
    offer_count(question, 1, "It is more than one at a time.");
    offer_count(question, lab_time_plus(question->right, 1),
                "Something begins only when something before it is over.");
    lab_quiz_sort(question);
}

// A peak that was never reached, of a gauge that only falls, is not asked.
static void finish_peak(struct lab_quiz_maker *maker) {
    struct lab_quiz_question *question = &maker->all[maker->count - 1];
    find_peak(question);
    if (question->event)
        offer_counts(maker->comparison, question);
    else
        lab_quiz_drop(maker);
}

static bool has_library(const struct lab_record *record) {
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind == LAB_EVENT_SPAWN && event->is_library)
            return true;
    }
    return false;
}

// Was a question about this gauge of [run] just added?
static bool is_added(const struct lab_quiz_maker *maker,
                     const struct lab_run *run, uint32_t gauge) {
    for (size_t i = maker->count; i-- > 0 &&
                                  maker->all[i].kind == LAB_QUIZ_PEAK &&
                                  maker->all[i].run == run;)
        if (maker->all[i].gauge == gauge)
            return true;
    return false;
}

static void add_peaks(struct lab_quiz_maker *maker, const struct lab_run *run) {
    enum { GAUGES_MOST = 4 };
    size_t before = maker->count;
    for (size_t i = 0; i < lab_record_count(run->record); i++) {
        const struct lab_event *event = lab_record_at(run->record, i);
        if (event->kind != LAB_EVENT_COUNT ||
            maker->count - before == GAUGES_MOST ||
            is_added(maker, run, event->text))
            continue;
        struct lab_quiz_question *question =
            lab_quiz_add(maker, LAB_QUIZ_PEAK, run,
                         "What is the most that \"%s\" reaches in %s?",
                         lab_record_text(run->record, event), run->name);
        question->gauge = event->text;
        finish_peak(maker);
    }
    if (maker->count > before || has_library(run->record))
        return;
    lab_quiz_add(maker, LAB_QUIZ_PEAK, run,
                 "How many tasks are alive at once, at most, in %s? Count %s "
                 "itself.",
                 run->name, run->name);
    finish_peak(maker);
}

void lab_quiz_of_peak(struct lab_quiz_maker *maker) {
    for (size_t i = 0; i < maker->comparison->count; i++)
        if (!lab_run_skipped(maker->comparison->runs[i]))
            add_peaks(maker, maker->comparison->runs[i]);
}

// --- how does a task end?

static const char *const endings[] = {
    [LAB_ENDING_OK] = "it ends well",
    [LAB_ENDING_FAILED] = "it fails",
    [LAB_ENDING_CANCELLED] = "it is cancelled",
};

static uint32_t end_event(const struct lab_record *record, uint32_t task) {
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind == LAB_EVENT_END && event->task == task)
            return (uint32_t)i + 1;
    }
    return 0;
}

static void add_end(struct lab_quiz_maker *maker, const struct lab_run *run,
                    const struct lab_lane *lane) {
    struct lab_quiz_question *question =
        lab_quiz_add(maker, LAB_QUIZ_END, run, "In %s: how does %s end?",
                     run->name, lane->name);
    question->task = lane->number;
    question->event = end_event(run->record, lane->number);
    lab_quiz_offer_right(question, endings[lane->ending], lane->ending);
    for (enum lab_ending other = LAB_ENDING_OK; other <= LAB_ENDING_CANCELLED;
         other++)
        lab_quiz_offer(question, endings[other], other, NULL);
    lab_quiz_sort(question);
}

// Where all ends well, that is no question.
static void add_ends(struct lab_quiz_maker *maker, const struct lab_run *run) {
    enum { ASKED_MOST = 8 };
    struct lab_lanes lanes;
    bool all_well = true;
    size_t asked = 0;
    lab_lanes_read(&lanes, run->record);
    for (size_t i = 0; i < lanes.tasks.count; i++)
        all_well &= lanes.tasks.lanes[i].ending <= LAB_ENDING_OK;
    for (size_t i = 0; i < lanes.tasks.count && asked < ASKED_MOST; i++) {
        const struct lab_lane *lane = &lanes.tasks.lanes[i];
        if (all_well || lane->ending == LAB_ENDING_OPEN || lane->is_library)
            continue;
        add_end(maker, run, lane);
        asked++;
    }
    lab_lanes_free(&lanes);
}

void lab_quiz_of_end(struct lab_quiz_maker *maker) {
    for (size_t i = 0; i < maker->comparison->count; i++)
        if (!lab_run_skipped(maker->comparison->runs[i]))
            add_ends(maker, maker->comparison->runs[i]);
}
