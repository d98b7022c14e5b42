// quiz_mistakes.c - how long people think that a run takes.

#include "lesson/quiz_internal.h"

#include "base/alloc.h"

bool lab_quiz_is_delay(const struct lab_span *span) {
    return lab_is_held(span->state) ||
           (span->state == LAB_IS_WAITING &&
            lab_wait_kind(span->on)->class == LAB_WAIT_TIME);
}

// What the delays of all tasks are together, the longest, and how many tasks
// have any.
struct delays {
    lab_time sum, longest;
    size_t tasks;
};

static struct delays delays_of(const struct lab_lanes *lanes) {
    struct delays delays = {0};
    for (size_t i = 0; i < lanes->tasks.count; i++) {
        const struct lab_lane *lane = &lanes->tasks.lanes[i];
        bool has_any = false;
        for (size_t k = 0; k < lane->span_count; k++) {
            const struct lab_span *span = &lane->spans[k];
            lab_time length = span->to - span->from;
            if (!lab_quiz_is_delay(span) || length == 0)
                continue;
            has_any = true;
            delays.sum = lab_time_plus(delays.sum, length);
            if (length > delays.longest)
                delays.longest = length;
        }
        delays.tasks += has_any;
    }
    return delays;
}

void lab_quiz_offer_time(struct lab_quiz_question *question, lab_time time,
                         const char *format, ...) {
    struct lab_text text = {0}, mistake = {0};
    va_list args;
    va_start(args, format);
    lab_text_vprintf(&mistake, format, args);
    va_end(args);
    lab_time_put(&text, time);
    if (time > 0 && !lab_quiz_near_time(time, question->right))
        lab_quiz_offer(question, lab_text_string(&text), time, "%s",
                       lab_text_string(&mistake));
    lab_text_free(&text);
    lab_text_free(&mistake);
}

static void offer_others(const struct lab_comparison *comparison,
                         struct lab_quiz_question *question) {
    enum { MOST = 4 };
    for (size_t i = 0; i < comparison->count && question->count < MOST; i++) {
        const struct lab_run *other = comparison->runs[i];
        if (other != question->run && !lab_run_skipped(other))
            lab_quiz_offer_time(question, lab_record_end(other->record),
                                "That is what %s takes.", other->name);
    }
}

void lab_quiz_mistake_times(const struct lab_comparison *comparison,
                            struct lab_quiz_question *question) {
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, question->run->record);
    struct delays delays = delays_of(&lanes);
    lab_quiz_offer_time(
        question, delays.sum,
        delays.sum < question->right
            ? "All delays add up to that, but not only delays take time."
            : "All delays add up to that only if each begins when the one "
              "before is over.");
    if (question->count > 1) // the commonest mistake
        question->score += 5;
    lab_quiz_offer_time(
        question, delays.longest,
        "That is the longest delay alone, but not all others overlap it.");
    offer_others(comparison, question);
    if (delays.tasks > 1)
        lab_quiz_offer_time(
            question, delays.longest * (lab_time)delays.tasks,
            "%zu tasks do not take %zu times as long as the longest delay "
            "of one.",
            delays.tasks, delays.tasks);
    if (question->count < 2)
        lab_quiz_offer_time(question, lab_time_times(2, question->right),
                            "Nothing here is waited for twice.");
    lab_lanes_free(&lanes);
}

bool lab_quiz_overlap(const struct lab_lanes *lanes,
                      struct lab_quiz_overlap *overlap) {
    *overlap = (struct lab_quiz_overlap){0};
    for (size_t i = 0; i < lanes->tasks.count; i++) {
        const struct lab_lane *lane = &lanes->tasks.lanes[i];
        for (size_t k = 0; k < lane->span_count; k++) {
            const struct lab_span *span = &lane->spans[k];
            if (!lab_quiz_is_delay(span) || span->to == span->from)
                continue;
            const struct lab_span *first = overlap->first;
            if (first && overlap->first_lane != lane &&
                span->from < first->to && span->to > first->from &&
                (!overlap->second || span->from < overlap->second->from)) {
                overlap->second = span;
                overlap->second_lane = lane;
            }
            if (!first) {
                overlap->first = span;
                overlap->first_lane = lane;
            }
        }
    }
    return overlap->second != NULL;
}
