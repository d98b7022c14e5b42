#include "view/intervals.h"

#include "view/line.h"
#include "view/share.h"
#include "view/window.h"

#include <inttypes.h>

enum { MOST = 30 }; // intervals of a lane

struct sentence {
    struct lab_text text;
    const struct lab_style *style;
    struct lab_window window;
    size_t count; // of its parts
};

static void put_time(struct sentence *sentence, lab_time time) {
    if (sentence->style->in_turns)
        lab_text_printf(&sentence->text, "turn %" PRId64, time);
    else
        lab_line_time(&sentence->text, time);
}

// Appends that [what], with [why] if that is not NULL, lasts from one time to
// the other.
static void put_part(struct sentence *sentence, const char *what,
                     const char *why, lab_time from, lab_time to) {
    struct lab_text *text = &sentence->text;
    if (!lab_window_meets(&sentence->window, from, to) ||
        sentence->count++ >= MOST)
        return;
    lab_text_printf(text, "%s%s", sentence->count > 1 ? "; " : " ", what);
    if (why)
        lab_text_printf(text, " (%s)", why);
    lab_text_put(text, from == to ? " at " : " from ");
    put_time(sentence, from);
    if (from == to)
        return;
    lab_text_put(text, " to ");
    put_time(sentence, to);
}

static const char *reason_of(const struct lab_span *span) {
    return lab_is_waiting(span->state) && span->on ? lab_event_on_name(span->on)
                                                   : NULL;
}

// A gauge says what it stands at, each time until it changes.
static void put_levels(struct sentence *sentence, const struct lab_lane *lane) {
    for (size_t i = 0; i < lane->level_count; i++) {
        struct lab_text value = {0};
        const struct lab_level *level = &lane->levels[i];
        lab_time to = i + 1 < lane->level_count ? level[1].time : lane->to;
        lab_text_printf(&value, "%" PRId64, level->value);
        put_part(sentence, lab_text_string(&value), NULL, level->time, to);
        lab_text_free(&value);
    }
}

static const char *name_of(const struct lab_moment *moment) {
    return moment->is_timeout ? "a timeout passes"
           : moment->job      ? "a job starts"
           : moment->caller   ? "a call for a worker"
           : moment->name     ? moment->name
                              : "mark";
}

static void put_moment(struct sentence *sentence,
                       const struct lab_moment *moment) {
    put_part(sentence, name_of(moment), NULL, moment->time, moment->time);
}

// What happens as a wait ends, whoever waited does.
static bool is_in(const struct lab_span *span,
                  const struct lab_moment *moment) {
    bool waits = lab_is_waiting(span->state) || lab_is_ready(span->state);
    return moment->time < span->to || (moment->time == span->to && !waits);
}

static void put_lane(struct lab_text *out, const struct lab_lane *lane,
                     const struct lab_style *style, struct lab_window window) {
    struct sentence sentence = {.style = style, .window = window};
    lab_text_printf(&sentence.text, "%s:", lane->name);
    size_t m = 0;
    for (size_t i = 0; i < lane->span_count; i++) {
        const struct lab_span *span = &lane->spans[i];
        put_part(&sentence, lab_is_name(span->state), reason_of(span),
                 span->from, span->to);
        for (; m < lane->moment_count && is_in(span, &lane->moments[m]); m++)
            put_moment(&sentence, &lane->moments[m]);
    }
    for (; m < lane->moment_count; m++)
        put_moment(&sentence, &lane->moments[m]);
    put_levels(&sentence, lane);
    if (sentence.count > MOST)
        lab_text_printf(&sentence.text,
                        "; and %zu more, of which from= and to= show a part",
                        sentence.count - MOST);
    if (lane->ending != LAB_ENDING_OPEN) {
        lab_text_printf(&sentence.text, "; %s at ",
                        lab_ending_name(lane->ending));
        put_time(&sentence, lane->to);
    }
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &sentence.text);
}

void lab_intervals_put(struct lab_text *out, const struct lab_style *style,
                       const struct lab_comparison *comparison,
                       const struct lab_chart *chart) {
    for (size_t i = 0; i < chart->count; i++) {
        const struct lab_chart_run *run = &chart->runs[i];
        struct lab_window window = lab_window_of(style, run->lanes.end);
        lab_text_put(out, i ? "\n" : "");
        lab_window_head(out, style, comparison->runs[i]);
        if (lab_run_skipped(comparison->runs[i]))
            continue;
        for (size_t j = 0; j < run->count; j++)
            for (size_t k = 0; k < run->rows[j].count; k++)
                put_lane(out, &run->rows[j].lanes[k], style, window);
        lab_window_more(out, style, run->more_tasks, 0, "tasks");
        lab_window_more(out, style, run->more_workers, 0, "workers");
        lab_window_put_folded(out, style, &run->lanes);
        if (!style->in_turns)
            lab_share_put(out, style, &run->lanes, &window);
        lab_window_left_out(out, style, comparison->runs[i]->record);
    }
}
