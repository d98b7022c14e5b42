// quiz_against.c - which event is the first that is not as an answer says, and
// whose lanes show it.

#include "lesson/quiz_internal.h"

#include <string.h>

// Reads the lanes of [run].
static const struct lab_lanes *read_lanes(struct lab_quiz_against *against,
                                          const struct lab_run *run) {
    struct lab_lanes *lanes = &against->read[against->read_count++];
    lab_lanes_read(lanes, run->record);
    if (lanes->end > against->scale)
        against->scale = lanes->end;
    return lanes;
}

// The number of the event since which a task is delayed at [time], or else of
// the first event after it: the run is not over then.
static uint32_t event_beyond(const struct lab_lanes *lanes,
                             const struct lab_run *run, lab_time time) {
    uint32_t found = 0;
    for (size_t i = 0; i < lanes->tasks.count; i++) {
        const struct lab_lane *lane = &lanes->tasks.lanes[i];
        for (size_t k = 0; k < lane->span_count; k++) {
            const struct lab_span *span = &lane->spans[k];
            if (lab_quiz_is_delay(span) && span->from <= time &&
                span->to > time && span->event > found)
                found = span->event;
        }
    }
    size_t at = lab_state_by(run->record, time);
    size_t count = lab_record_count(run->record);
    return found ? found : (uint32_t)(at < count ? at + 1 : count);
}

// --- times

// Too much: two delays overlap, or it ends earlier. Too little: it continues.
static void find_time(struct lab_quiz_against *against,
                      const struct lab_quiz_question *question,
                      const struct lab_quiz_answer *answer) {
    enum { FAR = 4 }; // lanes stay readable, whatever was typed
    struct lab_quiz_overlap overlap;
    const struct lab_run *run = against->run = question->run;
    const struct lab_lanes *lanes = read_lanes(against, run);
    lab_time most =
        lab_time_plus(question->right, lab_time_times(FAR, question->right));
    against->lanes[0] = lab_lanes_task(lanes, 1);
    against->to = answer->value < most ? answer->value : most;
    if (answer->value < question->right) {
        against->event = event_beyond(lanes, run, answer->value);
    } else if (lab_quiz_overlap(lanes, &overlap)) {
        against->event = overlap.second->event;
        against->lanes[0] = overlap.first_lane;
        against->lanes[1] = overlap.second_lane;
        against->from = overlap.first->to;
        against->to = lab_time_plus(overlap.first->to,
                                    overlap.second->to - overlap.second->from);
    } else {
        against->event = question->event;
    }
}

// --- ranks

static const struct lab_run *run_of(const struct lab_quiz *quiz,
                                    const struct lab_quiz_option *option) {
    return lab_comparison_find(quiz->comparison, option->text);
}

// The first two neighbours that are not as the learner has them: the faster
// one has ended while the slower continues, or both end at once.
static void find_rank(struct lab_quiz_against *against,
                      const struct lab_quiz *quiz,
                      const struct lab_quiz_question *question,
                      const struct lab_quiz_answer *answer) {
    for (size_t i = 1; i < question->count; i++) {
        const struct lab_quiz_option *a =
            &question->options[answer->order[i - 1]];
        const struct lab_quiz_option *b = &question->options[answer->order[i]];
        bool is_equal = a->value == b->value;
        if (a->value <= b->value && answer->equal[i] == is_equal)
            continue;
        const struct lab_quiz_option *slow = a->value >= b->value ? a : b;
        const struct lab_quiz_option *fast = slow == a ? b : a;
        const struct lab_lanes *lanes = read_lanes(against, run_of(quiz, fast));
        against->lanes[0] = lab_lanes_task(lanes, 1);
        against->ended = fast->text;
        against->ended_at = fast->value;
        against->run = run_of(quiz, slow);
        lanes = read_lanes(against, against->run);
        against->lanes[1] = lab_lanes_task(lanes, 1);
        against->event = is_equal
                             ? (uint32_t)lab_record_count(against->run->record)
                             : event_beyond(lanes, against->run, fast->value);
        against->to = is_equal ? slow->value / 2 : fast->value;
        return;
    }
}

// --- a moment

// What [lane] did at [at].
static const struct lab_span *span_at(const struct lab_lane *lane,
                                      lab_time at) {
    const struct lab_span *found = NULL;
    for (size_t i = 0; lane && i < lane->span_count; i++)
        if (lane->spans[i].from <= at && lane->spans[i].to > at)
            found = &lane->spans[i];
    return found;
}

// It shows in what the task did that was said to have the thread, or has it; or
// of the one that was asked about.
static void find_moment(struct lab_quiz_against *against,
                        const struct lab_quiz_question *question,
                        const struct lab_quiz_answer *answer) {
    against->run = question->run;
    const struct lab_lanes *lanes = read_lanes(against, question->run);
    uint32_t task = question->task, other = 0;
    if (question->kind == LAB_QUIZ_THREAD && answer->value) {
        other = task;
        task = (uint32_t)answer->value;
    }
    for (size_t i = 0; i < question->count; i++)
        if (question->kind == LAB_QUIZ_WAITS && question->options[i].right)
            other = (uint32_t)question->options[i].value;
    const struct lab_lane *lane = lab_lanes_task(lanes, task);
    const struct lab_span *span = span_at(lane, question->at);
    against->lanes[0] = lane;
    against->lanes[1] = other ? lab_lanes_task(lanes, other) : NULL;
    against->event =
        span && span->event
            ? span->event
            : (uint32_t)lab_state_by(question->run->record, question->at);
    against->from = span ? span->from : question->at;
    against->to = span ? span->to : question->at;
}

// --- lines

// The event of the line that comes in the place of another.
static void find_order(struct lab_quiz_against *against,
                       const struct lab_quiz_question *question,
                       const struct lab_quiz_answer *answer) {
    const struct lab_record *record = question->run->record;
    against->run = question->run;
    const struct lab_lanes *lanes = read_lanes(against, question->run);
    int64_t place = 0;
    while (question->options[answer->order[place]].value == place)
        place++;
    const struct lab_quiz_option *expected =
        &question->options[answer->order[place]];
    for (size_t i = 0; i < question->count; i++)
        if (question->options[i].value == place)
            against->event = question->options[i].event;
    const struct lab_event *event = lab_record_at(record, against->event - 1);
    const struct lab_event *later = lab_record_at(record, expected->event - 1);
    against->lanes[0] = lab_lanes_task(lanes, event->task);
    if (later->task != event->task)
        against->lanes[1] = lab_lanes_task(lanes, later->task);
    against->to = event->time;
}

// --- peaks and ends

static void find_peak(struct lab_quiz_against *against,
                      const struct lab_quiz_question *question,
                      const struct lab_quiz_answer *answer) {
    const struct lab_record *record = question->run->record;
    int64_t level = 0;
    against->run = question->run;
    const struct lab_lanes *lanes = read_lanes(against, question->run);
    against->event = question->event;
    against->to = lanes->end;
    for (size_t i = 0; i < question->event; i++) {
        level = lab_time_plus(
            level, lab_quiz_level(question, lab_record_at(record, i)));
        if (level <= answer->value)
            continue;
        against->event = (uint32_t)i + 1;
        against->to = lab_record_at(record, i)->time;
        break;
    }
    against->lanes[0] = lab_lanes_task(lanes, 1);
    for (size_t i = 0; i < lanes->gauges.count && question->gauge; i++)
        if (strcmp(lanes->gauges.lanes[i].says,
                   lab_record_string(record, question->gauge)) == 0)
            against->lanes[0] = &lanes->gauges.lanes[i];
}

static void find_end(struct lab_quiz_against *against,
                     const struct lab_quiz_question *question) {
    against->run = question->run;
    const struct lab_lanes *lanes = read_lanes(against, question->run);
    against->event = question->event;
    against->lanes[0] = lab_lanes_task(lanes, question->task);
    if (against->lanes[0]) {
        against->from = against->lanes[0]->from;
        against->to = against->lanes[0]->to;
    }
}

void lab_quiz_against_find(struct lab_quiz_against *against,
                           const struct lab_quiz *quiz, size_t index,
                           const struct lab_quiz_answer *answer) {
    const struct lab_quiz_question *question = &quiz->questions[index];
    *against = (struct lab_quiz_against){0};
    switch (question->kind) {
    case LAB_QUIZ_RANK:
        find_rank(against, quiz, question, answer);
        break;
    case LAB_QUIZ_ELAPSED:
    case LAB_QUIZ_WHAT_IF:
        find_time(against, question, answer);
        break;
    case LAB_QUIZ_ORDER:
        find_order(against, question, answer);
        break;
    case LAB_QUIZ_PEAK:
        find_peak(against, question, answer);
        break;
    case LAB_QUIZ_END:
        find_end(against, question);
        break;
    default:
        find_moment(against, question, answer);
        break;
    }
}

void lab_quiz_against_term(struct lab_quiz_against *against) {
    for (int i = 0; i < against->read_count; i++)
        lab_lanes_free(&against->read[i]);
}

// --- the mistake behind an order

const char *lab_quiz_order_mistake(const struct lab_quiz_question *question,
                                   const struct lab_quiz_answer *answer) {
    bool by_task = true, by_line = true;
    const struct lab_event *before = NULL;
    for (size_t i = 0; i < question->count; i++) {
        uint32_t number = question->options[answer->order[i]].event;
        const struct lab_event *event =
            lab_record_at(question->run->record, number - 1);
        by_task &= !before || before->task < event->task;
        by_line &= !before || before->line < event->line;
        before = event;
    }
    return by_task   ? "That is the order in which the tasks were started."
           : by_line ? "That is the order of the lines in the program."
                     : NULL;
}
