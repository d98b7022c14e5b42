// quiz_miss.c - what speaks against a wrong answer: an event, and two lanes.

#include "lesson/quiz_internal.h"

#include "view/line.h"
#include "view/picture.h"
#include "view/sentence.h"
#include "view/source.h"

#include <inttypes.h>
#include <string.h>

// --- shown

static void put_event(struct lab_text *out, const struct lab_style *style,
                      const struct lab_quiz *quiz,
                      const struct lab_quiz_against *against) {
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
    lab_source_where(&line, record, quiz->source, event->line);
    if (against->ended) {
        lab_text_printf(&line, "; %s %s ", against->ended,
                        event->time == against->ended_at ? "ends at"
                                                         : "ended at");
        lab_time_put(&line, against->ended_at);
    }
    lab_sentence_end(&line);
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &line);
    lab_state_free(state);
}

// The learner's lane, of question marks.
static void put_yours(struct lab_text *out, const struct lab_style *style,
                      const struct lab_picture *picture,
                      const struct lab_quiz_against *against) {
    int from = lab_axis_cell(&picture->axis, against->from);
    int to = lab_axis_cell(&picture->axis, against->to);
    lab_line_left(out, style, "yours", picture->margin - 1);
    lab_text_repeat(out, " ", 1 + from);
    lab_view_color(out, style, LAB_COLOR_BAD);
    lab_text_repeat(out, "?", to - from + 1);
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
}

static int margin_of(const struct lab_quiz_against *against, int width) {
    int margin = 5; // "yours"
    for (int i = 0; i < 2 && against->lanes[i]; i++) {
        int columns = lab_line_columns(against->lanes[i]->name);
        margin = columns > margin ? columns : margin;
    }
    return (margin < width / 3 ? margin : width / 3) + 1;
}

static void put_lanes(struct lab_text *out, const struct lab_style *style,
                      bool has_times, struct lab_quiz_against *against) {
    struct lab_picture picture;
    int margin = margin_of(against, style->width);
    if (style->plain)
        return;
    if (against->to > against->scale)
        against->scale = against->to;
    lab_picture_init(&picture, out, style, margin, 0);
    lab_picture_scale(&picture, against->scale);
    if (has_times)
        lab_axis_put(out, style, &picture.axis, margin);
    for (int i = 0; i < 2 && against->lanes[i]; i++)
        lab_picture_lanes(&picture, against->lanes[i]->name, against->lanes[i],
                          1);
    put_yours(out, style, &picture, against);
    lab_picture_term(&picture);
}

// --- what says more

// What shows most about a question of each kind.
static void put_view(struct lab_text *out,
                     const struct lab_quiz_question *question) {
    switch (question->kind) {
    case LAB_QUIZ_RANK:
        lab_text_put(out, "compare");
        break;
    case LAB_QUIZ_ORDER:
        lab_text_put(out, "story");
        break;
    case LAB_QUIZ_THREAD:
        lab_text_put(out, "ps");
        break;
    case LAB_QUIZ_STATE:
    case LAB_QUIZ_WAITS:
        lab_text_printf(out, "why t%" PRIu32, question->task);
        break;
    case LAB_QUIZ_END:
        lab_text_put(out, "tree");
        break;
    default:
        lab_text_put(out, "timeline");
        break;
    }
}

// Appends [values], " n=5 delay=2000", without the one that [change] sets.
static void put_values(struct lab_text *out, const char *values,
                       const char *change) {
    while (*values) {
        size_t n = strcspn(values + 1, " ") + 1;
        size_t name = strcspn(values + 1, "=") + 1; // as long as " delay"
        if (!change || strncmp(values + 1, change, name) != 0)
            lab_text_write(out, values, n);
        values += n;
    }
}

// A command with a moment looks at one variant, of a file too; what follows a
// program is the program's, and its first run is looked at.
static void put_command(struct lab_text *out, const struct lab_quiz *quiz,
                        const struct lab_quiz_question *question) {
    put_view(out, question);
    lab_text_put(out, quiz->target);
    if (question->run &&
        (quiz->values || (question->at && quiz->comparison->count > 1)))
        lab_text_printf(out, " %s", question->run->name);
    const char *change =
        question->kind == LAB_QUIZ_WHAT_IF ? quiz->other->change : NULL;
    if (quiz->values)
        put_values(out, quiz->values, change);
    if (change)
        lab_text_printf(out, " %s", change);
    if (question->at) {
        lab_text_put(out, " at=");
        lab_time_put_in(out, question->at, LAB_S);
        lab_text_put(out, "s");
    }
    lab_text_put(out, " says more.");
}

static const char *mistake_of(const struct lab_quiz_question *question,
                              const struct lab_quiz_answer *answer) {
    if (question->kind == LAB_QUIZ_ORDER)
        return lab_quiz_order_mistake(question, answer);
    return answer->option < question->count
               ? question->options[answer->option].mistake
               : NULL;
}

void lab_quiz_put_miss(struct lab_text *out, const struct lab_style *style,
                       const struct lab_quiz *quiz, size_t index,
                       const struct lab_quiz_answer *answer) {
    const struct lab_quiz_question *question = &quiz->questions[index];
    struct lab_quiz_against against;
    struct lab_text line = {0};
    const char *mistake = mistake_of(question, answer);
    if (mistake)
        lab_line_wrap(out, style, LAB_COLOR_NONE, 0, mistake);
    lab_quiz_against_find(&against, quiz, index, answer);
    if (against.event)
        put_event(out, style, quiz, &against);
    if (against.lanes[0])
        put_lanes(out, style, question->kind != LAB_QUIZ_RANK, &against);
    lab_text_put(&line, "Answer: ");
    lab_quiz_put_right(&line, question);
    lab_text_put(&line, ". ");
    put_command(&line, quiz, question);
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &line);
    lab_quiz_against_term(&against);
}
