#include "view/record_diff.h"

#include "view/events.h"
#include "view/line.h"

#include <string.h>

enum { BEFORE = 2, AFTER = 3 }; // events around the first that differs

struct pair {
    const struct lab_record *record[2];
    bool timed; // times count
};

static bool same_event(const struct pair *pair, size_t i) {
    const struct lab_event *a = lab_record_at(pair->record[0], i);
    const struct lab_event *b = lab_record_at(pair->record[1], i);
    bool timer = a->kind == LAB_EVENT_WAIT || a->kind == LAB_EVENT_TIMER;
    return a->kind == b->kind && a->task == b->task && a->other == b->other &&
           a->worker == b->worker && a->on == b->on && a->line == b->line &&
           (!pair->timed || a->time == b->time) &&
           ((timer && !pair->timed) || a->value == b->value) &&
           strcmp(lab_record_text(pair->record[0], a),
                  lab_record_text(pair->record[1], b)) == 0;
}

// How many events at the beginning are the same.
static size_t common(const struct pair *pair) {
    size_t i = 0;
    while (i < lab_record_count(pair->record[0]) &&
           i < lab_record_count(pair->record[1]) && same_event(pair, i))
        i++;
    return i;
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

static void put_alone(struct lab_text *out, const struct lab_style *style,
                      const char *variant, const char *name) {
    lab_line_printf(out, style, LAB_COLOR_HEAD, 0, "%s: only in %s.", variant,
                    name);
}

bool lab_record_diff_put(struct lab_text *out, const struct lab_style *style,
                         const struct lab_comparison *a,
                         const struct lab_comparison *b,
                         const char *const names[2], size_t *events,
                         size_t *runs) {
    bool same = true, timed = a->clock.is_virtual && b->clock.is_virtual;
    for (size_t i = 0; i < a->count; i++) {
        const char *variant = a->runs[i]->name;
        const struct lab_run *other = lab_comparison_find(b, variant);
        struct pair pair = {{a->runs[i]->record, NULL}, timed};
        if (!other) {
            put_alone(out, style, variant, names[0]);
            same = false;
            continue;
        }
        pair.record[1] = other->record;
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
        if (!lab_comparison_find(a, b->runs[i]->name)) {
            put_alone(out, style, b->runs[i]->name, names[1]);
            same = false;
        }
    return same;
}
