#include "view/change.h"

#include "demo/result.h"
#include "view/line.h"
#include "view/record_diff.h"
#include "view/sentence.h"

#include <ctype.h>
#include <string.h>

struct change {
    const struct lab_comparison *before, *after;
    const char *const *places;
    const struct lab_run *one, *two; // the runs that are compared
};

// Begins a sentence about what is [after]: "In b.jsonl, ".
static void begin(struct lab_text *out, const struct change *change) {
    const char *place = change->places[1];
    lab_text_put(out, out->length ? " " : "");
    if (place)
        lab_text_printf(out, "%c%s, ", toupper((unsigned char)place[0]),
                        place + 1);
}

// --- how long it takes, and how it ends

static lab_time time_of(const struct lab_run *run) {
    return lab_record_end(run->record);
}

static void put_end(struct lab_text *out, const struct lab_run *run) {
    bool failed = lab_run_failed(run);
    if (lab_run_skipped(run)) {
        lab_text_put(out, "is ");
        lab_wording_run_failure(out, run);
        return;
    }
    lab_text_put(out, failed ? "fails after " : "takes ");
    lab_time_put(out, time_of(run));
    if (failed) {
        lab_text_put(out, ": ");
        lab_wording_run_failure(out, run);
    }
}

// Is it the same time? Under the real clock it never is to the nanosecond.
static bool same_time(const struct change *change) {
    const struct lab_comparison *before = change->before;
    struct lab_clock clock =
        before->clock.is_virtual ? change->after->clock : before->clock;
    lab_time one = time_of(change->one), two = time_of(change->two);
    lab_time apart = one > two ? one - two : two - one;
    return apart <= lab_measure_tolerance(clock, one);
}

// "slow takes 2.000 s (before: 3.000 s)."
static void put_outcome(struct lab_text *out, const struct change *change) {
    struct lab_text one = {0}, two = {0};
    bool failed[] = {!lab_run_finished(change->one),
                     !lab_run_finished(change->two)};
    put_end(&one, change->one);
    put_end(&two, change->two);
    begin(out, change);
    lab_text_printf(out, "%s ", change->two->name);
    bool ends_alike = failed[0] == failed[1] && same_time(change);
    if (ends_alike && !failed[0]) {
        lab_text_put(out, "still ");
        lab_text_put(out, lab_text_string(&two));
    } else if (ends_alike && strcmp(one.data, two.data) == 0) {
        lab_text_printf(out, "still %s", lab_text_string(&two));
    } else {
        lab_text_printf(out, "%s (%s: ", lab_text_string(&two),
                        change->places[0]);
        if (failed[0] || failed[1])
            lab_text_put(out, lab_text_string(&one));
        else
            lab_time_put(out, time_of(change->one));
        lab_text_put(out, ")");
    }
    lab_text_put(out, ".");
    lab_text_free(&one);
    lab_text_free(&two);
}

// --- the first event that differs

static void put_event(struct lab_text *out, const struct lab_run *run,
                      size_t at) {
    struct lab_state *state = lab_state_new(run->record);
    lab_state_go(state, at);
    const struct lab_event *event = lab_state_next(state);
    lab_sentence_put(out, lab_wording_of(state), event);
    lab_state_free(state);
}

// What is different where both sentences are the same: when, or where.
static void put_detail(struct lab_text *out, const struct lab_run *run,
                       size_t at, bool in_time) {
    const struct lab_event *event = lab_record_at(run->record, at);
    if (in_time) {
        lab_text_put(out, "at ");
        lab_time_put(out, event->time);
    } else {
        lab_text_put(out, "in ");
        lab_location_put(out, run->record, event->line);
    }
}

static void put_both(struct lab_text *out, const struct change *change,
                     size_t at) {
    struct lab_text one = {0}, two = {0};
    lab_time times[] = {lab_record_at(change->one->record, at)->time,
                        lab_record_at(change->two->record, at)->time};
    bool in_time = times[0] != times[1] && change->before->clock.is_virtual &&
                   change->after->clock.is_virtual;
    put_event(&one, change->one, at);
    put_event(&two, change->two, at);
    lab_text_printf(out, "Event %zu is the first that differs: %s", at + 1,
                    lab_text_string(&two));
    if (strcmp(one.data, two.data) == 0) {
        lab_text_put(out, ", ");
        put_detail(out, change->two, at, in_time);
        lab_text_clear(&one);
        put_detail(&one, change->one, at, in_time);
    }
    lab_text_printf(out, " (%s: %s).", change->places[0],
                    lab_text_string(&one));
    lab_text_free(&one);
    lab_text_free(&two);
}

static void put_difference(struct lab_text *out, const struct change *change,
                           size_t at) {
    size_t one = lab_record_count(change->one->record);
    size_t two = lab_record_count(change->two->record);
    lab_text_put(out, " ");
    if (at < one && at < two) {
        put_both(out, change, at);
    } else if (at < two) {
        lab_text_printf(out, "Event %zu is new: ", at + 1);
        put_event(out, change->two, at);
        lab_text_put(out, ".");
    } else {
        lab_text_printf(out, "It ends where event %zu was (%s: ", at + 1,
                        change->places[0]);
        put_event(out, change->one, at);
        lab_text_put(out, ").");
    }
}

// --- the whole

// Returns how many events are the same, if all are; 0 if not.
static size_t put_run(struct lab_text *out, const struct change *change) {
    size_t at = lab_record_diff_common(change->before, change->one,
                                       change->after, change->two);
    if (at == lab_record_count(change->one->record) &&
        at == lab_record_count(change->two->record))
        return at;
    put_outcome(out, change);
    put_difference(out, change, at);
    return 0;
}

// [place] is NULL for what is new.
static void put_alone(struct lab_text *out, const char *name,
                      const char *place) {
    lab_text_put(out, out->length ? " " : "");
    if (place)
        lab_text_printf(out, "%s is only %s.", name, place);
    else
        lab_text_printf(out, "%s is new.", name);
}

static void put_same(struct lab_text *out, const struct change *change,
                     size_t events, size_t runs) {
    lab_text_printf(out, "The same %zu event%s", events,
                    events == 1 ? "" : "s");
    if (runs > 1)
        lab_text_printf(out, " in %zu runs", runs);
    if (!change->places[1])
        lab_text_printf(out, " as %s", change->places[0]);
    lab_text_put(out, ".");
}

bool lab_change_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_comparison *before,
                    const struct lab_comparison *after,
                    const char *const places[2]) {
    struct change change = {before, after, places, NULL, NULL};
    struct lab_text text = {0};
    size_t events = 0;
    for (size_t i = 0; i < after->count; i++) {
        change.two = after->runs[i];
        change.one = lab_record_diff_match(after, i, before);
        if (change.one)
            events += put_run(&text, &change);
        else
            put_alone(&text, change.two->name, places[1]);
    }
    for (size_t i = 0; i < before->count; i++)
        if (!lab_record_diff_match(before, i, after))
            put_alone(&text, before->runs[i]->name,
                      places[1] ? places[0] : "in the run before");
    bool same = text.length == 0;
    if (same)
        put_same(&text, &change, events, after->count);
    lab_line_end(out, style, LAB_COLOR_HEAD, 0, &text);
    return same;
}
