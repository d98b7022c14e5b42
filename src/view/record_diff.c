#include "view/record_diff.h"

#include "record/location.h"
#include "view/events.h"
#include "view/line.h"

#include <string.h>

enum { BEFORE = 2, AFTER = 3 }; // events around the first that differs

struct pair {
    const struct lab_record *record[2];
    bool timed;    // times count
    bool lined;    // and so do lines
    bool in_turns; // and turns: a schedule has others than first in, first out
};

// Does the value of [event] count?
static bool has_value(const struct pair *pair, const struct lab_event *event) {
    switch (event->kind) {
    case LAB_EVENT_WAIT:
    case LAB_EVENT_TIMER:
        return pair->timed;
    case LAB_EVENT_RUN:
        return pair->in_turns;
    default:
        return true;
    }
}

static bool same_event(const struct pair *pair, size_t i) {
    const struct lab_event *a = lab_record_at(pair->record[0], i);
    const struct lab_event *b = lab_record_at(pair->record[1], i);
    return a->kind == b->kind && a->task == b->task && a->other == b->other &&
           a->worker == b->worker && a->on == b->on &&
           (!pair->lined || a->line == b->line) &&
           (!pair->timed || a->time == b->time) &&
           (!has_value(pair, a) || a->value == b->value) &&
           strcmp(lab_record_text(pair->record[0], a),
                  lab_record_text(pair->record[1], b)) == 0;
}

// Have both the same text, or none?
static bool same_text(const struct lab_comparison *a,
                      const struct lab_comparison *b) {
    return a->code && b->code ? strcmp(a->code, b->code) == 0
                              : !a->code && !b->code;
}

static struct pair pair_of(const struct lab_comparison *a,
                           const struct lab_run *one,
                           const struct lab_comparison *b,
                           const struct lab_run *two) {
    return (struct pair){{one->record, two->record},
                         a->clock.is_virtual && b->clock.is_virtual,
                         same_text(a, b) &&
                             lab_location_same_files(one->record, two->record),
                         !a->schedule == !b->schedule};
}

static size_t common(const struct pair *pair) {
    size_t i = 0;
    while (i < lab_record_count(pair->record[0]) &&
           i < lab_record_count(pair->record[1]) && same_event(pair, i))
        i++;
    return i;
}

size_t lab_record_diff_common(const struct lab_comparison *a,
                              const struct lab_run *one,
                              const struct lab_comparison *b,
                              const struct lab_run *two) {
    struct pair pair = pair_of(a, one, b, two);
    return common(&pair);
}

// A function can be renamed, and a file can be another one.
const struct lab_run *lab_record_diff_match(const struct lab_comparison *a,
                                            size_t index,
                                            const struct lab_comparison *b) {
    const struct lab_run *found = lab_comparison_find(b, a->runs[index]->name);
    bool only = a->count == 1 && b->count == 1 && a->language && b->language;
    return found || !only ? found : b->runs[0];
}

static void put_side(struct lab_text *out, const struct lab_style *style,
                     const struct lab_record *record, size_t from,
                     const char *mark) {
    lab_events_put(out, style, record, from, AFTER, mark);
    if (from >= lab_record_count(record))
        lab_text_printf(out, "%s   (the end)\n", mark);
}

static void put_difference(struct lab_text *out, const struct lab_style *style,
                           const struct pair *pair, const char *variant,
                           size_t at) {
    size_t before = at < BEFORE ? at : BEFORE;
    lab_line_printf(out, style, LAB_COLOR_HEAD, 0,
                    "%s: event %zu is the first that differs.", variant,
                    at + 1);
    lab_events_put(out, style, pair->record[0], at - before, before, " ");
    lab_view_color(out, style, LAB_COLOR_NONE);
    put_side(out, style, pair->record[0], at, "-");
    put_side(out, style, pair->record[1], at, "+");
}

bool lab_record_diff_put(struct lab_text *out, const struct lab_style *style,
                         const struct lab_comparison *a,
                         const struct lab_comparison *b, size_t *events,
                         size_t *runs) {
    bool same = true;
    for (size_t i = 0; i < a->count; i++) {
        const char *variant = a->runs[i]->name;
        const struct lab_run *other = lab_record_diff_match(a, i, b);
        if (!other) {
            same = false;
            continue;
        }
        struct pair pair = pair_of(a, a->runs[i], b, other);
        size_t at = common(&pair);
        *events += at;
        ++*runs;
        if (at < lab_record_count(pair.record[0]) ||
            at < lab_record_count(pair.record[1])) {
            put_difference(out, style, &pair, variant, at);
            same = false;
        }
    }
    for (size_t i = 0; i < b->count; i++)
        same = same && lab_record_diff_match(b, i, a);
    return same;
}
