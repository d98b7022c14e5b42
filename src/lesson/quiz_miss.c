// quiz_miss.c - what speaks against a wrong answer: an event, and two lanes.

#include "lesson/quiz_internal.h"

#include "view/line.h"
#include "view/picture.h"
#include "view/sentence.h"
#include "view/source.h"

#include <inttypes.h>

// What is shown against an answer. Lanes are of [run], but for the second of
// a rank, which is of another.
struct against {
    const struct lab_run *run;
    uint32_t event; // the first that is not as the answer says; 0: none is
    const struct lab_lane *lanes[2];
    lab_time from, to; // where the learner has the lane "yours"
    lab_time scale;
    struct lab_lanes read[2]; // of the lanes
    int read_count;
};

// Reads the lanes of [run].
static const struct lab_lanes *read_lanes(struct against *against,
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

// Too much: two delays overlap, or it is over before. Too little: it goes on.
static void find_time(struct against *against,
                      const struct lab_quiz_question *question,
                      const struct lab_quiz_answer *answer) {
    enum { FAR = 4 }; // lanes stay readable, whatever was typed
    struct lab_quiz_overlap overlap;
    const struct lab_run *run = against->run = question->run;
    const struct lab_lanes *lanes = read_lanes(against, run);
    lab_time most = lab_time_plus(question->right, FAR * question->right);
    against->lanes[0] = lab_lanes_task(lanes, 1);
    against->to = answer->value < most ? answer->value : most;
    if (answer->value < question->right) {
        against->event = event_beyond(lanes, run, answer->value);
    } else if (lab_quiz_overlap(lanes, &overlap)) {
        against->event = overlap.second->event;
        against->lanes[0] = overlap.first_lane;
        against->lanes[1] = overlap.second_lane;
        against->from = overlap.first->to;
        against->to =
            overlap.first->to + (overlap.second->to - overlap.second->from);
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
static void find_rank(struct against *against, const struct lab_quiz *quiz,
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

static void find(struct against *against, const struct lab_quiz *quiz,
                 const struct lab_quiz_question *question,
                 const struct lab_quiz_answer *answer) {
    if (question->kind == LAB_QUIZ_RANK)
        find_rank(against, quiz, question, answer);
    else if (question->kind == LAB_QUIZ_ELAPSED ||
             question->kind == LAB_QUIZ_WHAT_IF)
        find_time(against, question, answer);
}

// --- shown

static void put_event(struct lab_text *out, const struct lab_style *style,
                      const struct lab_quiz *quiz,
                      const struct against *against) {
    struct lab_text line = {0};
    const struct lab_record *record = against->run->record;
    const struct lab_event *event = lab_record_at(record, against->event - 1);
    struct lab_state *state = lab_state_new(record);
    lab_state_go(state, against->event);
    lab_text_put(&line, "At ");
    lab_time_put(&line, event->time);
    lab_text_printf(&line, ", event %" PRIu32 " of %s: ", against->event,
                    against->run->name);
    lab_sentence_put(&line, lab_wording_of(state), event);
    lab_source_where(&line, quiz->source, event->line);
    lab_text_put(&line, ".");
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &line);
    lab_state_free(state);
}

// The learner's lane, of question marks.
static void put_yours(struct lab_text *out, const struct lab_style *style,
                      const struct lab_picture *picture,
                      const struct against *against) {
    int from = lab_axis_cell(&picture->axis, against->from);
    int to = lab_axis_cell(&picture->axis, against->to);
    lab_line_left(out, style, "yours", picture->margin - 1);
    lab_text_repeat(out, " ", 1 + from);
    lab_view_color(out, style, LAB_COLOR_BAD);
    lab_text_repeat(out, "?", to - from + 1);
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
}

static int margin_of(const struct against *against, int width) {
    int margin = 5; // "yours"
    for (int i = 0; i < 2 && against->lanes[i]; i++) {
        int columns = lab_line_columns(against->lanes[i]->name);
        margin = columns > margin ? columns : margin;
    }
    return (margin < width / 3 ? margin : width / 3) + 1;
}

static void put_lanes(struct lab_text *out, const struct lab_style *style,
                      struct against *against) {
    struct lab_picture picture;
    int margin = margin_of(against, style->width);
    if (against->to > against->scale)
        against->scale = against->to;
    lab_picture_init(&picture, out, style, margin, 0);
    lab_picture_scale(&picture, against->scale);
    lab_axis_put(out, style, &picture.axis, margin);
    for (int i = 0; i < 2 && against->lanes[i]; i++)
        lab_picture_lanes(&picture, against->lanes[i]->name, against->lanes[i],
                          1);
    put_yours(out, style, &picture, against);
    lab_picture_term(&picture);
}

// --- what says more

static void put_command(struct lab_text *out, const struct lab_quiz *quiz,
                        const struct lab_quiz_question *question) {
    const char *view = question->kind == LAB_QUIZ_RANK ? "compare" : "timeline";
    lab_text_printf(out, "%s%s", view, quiz->target);
    if (quiz->values && question->run)
        lab_text_printf(out, " %s", question->run->name);
    if (quiz->values)
        lab_text_put(out, quiz->values);
    if (question->kind == LAB_QUIZ_WHAT_IF)
        lab_text_printf(out, " %s", quiz->other->change);
    lab_text_put(out, " shows it.");
}

void lab_quiz_put_miss(struct lab_text *out, const struct lab_style *style,
                       const struct lab_quiz *quiz, size_t index,
                       const struct lab_quiz_answer *answer) {
    const struct lab_quiz_question *question = &quiz->questions[index];
    struct against against = {0};
    struct lab_text line = {0};
    if (answer->option != SIZE_MAX && question->options[answer->option].mistake)
        lab_line_wrap(out, style, LAB_COLOR_NONE, 0,
                      question->options[answer->option].mistake);
    find(&against, quiz, question, answer);
    if (against.event)
        put_event(out, style, quiz, &against);
    if (against.lanes[0])
        put_lanes(out, style, &against);
    lab_quiz_put_right(&line, question);
    lab_text_put(&line, ". ");
    put_command(&line, quiz, question);
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &line);
    for (int i = 0; i < against.read_count; i++)
        lab_lanes_free(&against.read[i]);
}
