#include "demo/claim_measure.h"

#include "base/alloc.h"
#include "record/lanes.h"
#include "record/warning.h"

#include <string.h>

// --- lines and marks

static bool says(const struct lab_record *record, const struct lab_event *event,
                 const char *text) {
    bool is_line =
        event->kind == LAB_EVENT_SAY || event->kind == LAB_EVENT_MARK;
    return is_line && strstr(lab_record_text(record, event), text);
}

// The number of the first event, [from] or later, that says [text]; 0 if there
// is none.
static uint32_t find_said(const struct lab_record *record, size_t from,
                          const char *text) {
    for (size_t i = from; i < lab_record_count(record); i++)
        if (says(record, lab_record_at(record, i), text))
            return (uint32_t)i + 1;
    return 0;
}

bool lab_measure_time(struct lab_measuring *m) {
    const struct lab_record *record = m->run->record;
    if (!m->argument) {
        m->value = lab_record_end(record);
        m->last = (uint32_t)lab_record_count(record);
        return true;
    }
    m->last = find_said(record, 0, m->argument);
    if (m->last)
        m->value = lab_record_at(record, m->last - 1)->time;
    return m->last > 0;
}

bool lab_measure_gap(struct lab_measuring *m) {
    const struct lab_record *record = m->run->record;
    struct lab_gap gap = lab_record_gap(record, m->argument);
    if (!gap.task && !gap.worker) // nobody has made the mark
        return false;
    m->value = gap.to - gap.from;
    for (size_t i = 0; i < lab_record_count(record) && !m->last; i++)
        if (lab_record_at(record, i)->time >= gap.to)
            m->last = (uint32_t)i + 1;
    return true;
}

// Notes [value], as it is after event number [event].
static void note(struct lab_measuring *m, int64_t value, uint32_t event) {
    bool beyond =
        m->relation == '>' ? value < m->predicted : value > m->predicted;
    if (beyond && !m->against)
        m->against = event;
    m->last = event;
}

static bool count_lines(struct lab_measuring *m, bool by_workers) {
    const struct lab_record *record = m->run->record;
    uint32_t at = 0;
    while ((at = find_said(record, at, m->argument)))
        if (by_workers || !lab_record_at(record, at - 1)->worker)
            note(m, ++m->value, at);
    if (m->relation == '>')
        m->against = 0;
    return true;
}

bool lab_measure_count(struct lab_measuring *m) {
    return count_lines(m, true);
}

bool lab_measure_on_loop(struct lab_measuring *m) {
    return count_lines(m, false);
}

// --- gauges

// Parts the two texts of "begins - ends".
static const char lines_minus[] = " - ";

// The engine's own gauges, and one of the demo's.
struct gauges {
    int64_t tasks, ready, queued;
};

static void on_change(void *arg, const struct lab_change *change) {
    struct gauges *gauges = arg;
    if (change->who == LAB_WHO_TASK)
        gauges->ready += lab_is_ready(change->to) - lab_is_ready(change->from);
    if (change->who == LAB_WHO_JOB)
        gauges->queued +=
            (change->to == LAB_IS_QUEUED) - (change->from == LAB_IS_QUEUED);
}

// A new task is ready from the start, and a new job queued: no change says so.
static void count_event(struct gauges *gauges, const struct lab_event *event) {
    gauges->tasks += event->kind == LAB_EVENT_SPAWN;
    gauges->ready += event->kind == LAB_EVENT_SPAWN;
    gauges->tasks -= event->kind == LAB_EVENT_END;
    gauges->queued += event->kind == LAB_EVENT_QUEUE;
}

typedef void gauge_fn(struct lab_measuring *m, int64_t value, uint32_t event);

// Follows how many lines have said what stands before [minus] in the argument
// of [m], less those that have said what stands after it. Returns whether any
// line said either.
static bool follow_lines(struct lab_measuring *m, const char *minus,
                         gauge_fn *fn) {
    const struct lab_record *record = m->run->record;
    char *more = lab_strdup(m->argument);
    const char *less = minus + strlen(lines_minus);
    int64_t value = 0;
    bool found = false;
    more[minus - m->argument] = '\0';
    fn(m, 0, 0);
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        bool adds = says(record, event, more),
             takes = says(record, event, less);
        value += adds - takes;
        if (adds || takes)
            fn(m, value, (uint32_t)i + 1);
        found |= adds || takes;
    }
    lab_free(more);
    return found;
}

// Follows the gauge of [m] through its run: calls [fn] with each value that it
// had, and says whether there is such a gauge.
static bool follow(struct lab_measuring *m, gauge_fn *fn) {
    const char *minus = strstr(m->argument, lines_minus);
    if (minus)
        return follow_lines(m, minus, fn);
    struct gauges gauges = {0};
    const int64_t *engine = strcmp(m->argument, "tasks") == 0   ? &gauges.tasks
                            : strcmp(m->argument, "ready") == 0 ? &gauges.ready
                            : strcmp(m->argument, "queued") == 0
                                ? &gauges.queued
                                : NULL;
    struct lab_state *state = lab_state_new(m->run->record);
    const struct lab_event *event;
    int64_t before = 0;
    bool found = engine != NULL;
    lab_state_listen(state, on_change, &gauges);
    fn(m, 0, 0);
    while ((event = lab_state_next(state))) {
        uint32_t number = (uint32_t)state->at;
        count_event(&gauges, event);
        if (engine && *engine != before)
            fn(m, before = *engine, number);
        if (engine || event->kind != LAB_EVENT_COUNT ||
            strcmp(lab_record_text(state->record, event), m->argument) != 0)
            continue;
        const struct lab_state_gauge *gauge =
            lab_numbered_find(&state->gauges, event->text);
        fn(m, gauge->value, number);
        found = true;
    }
    lab_state_free(state);
    return found;
}

static void on_peak(struct lab_measuring *m, int64_t value, uint32_t event) {
    if (value <= m->value)
        return;
    m->value = value;
    if (value > m->predicted && m->relation != '>' && !m->against)
        m->against = event;
    m->last = event;
}

bool lab_measure_peak(struct lab_measuring *m) {
    return follow(m, on_peak);
}

static void on_least(struct lab_measuring *m, int64_t value, uint32_t event) {
    if (value >= m->value)
        return;
    m->value = value;
    if (value < m->predicted && m->relation != '<' && !m->against)
        m->against = event;
    m->last = event;
}

bool lab_measure_least(struct lab_measuring *m) {
    return follow(m, on_least);
}

static void on_last(struct lab_measuring *m, int64_t value, uint32_t event) {
    m->value = value;
    m->last = event;
}

bool lab_measure_last(struct lab_measuring *m) {
    return follow(m, on_last);
}

// --- tasks

bool lab_measure_live(struct lab_measuring *m) {
    const struct lab_record *record = m->run->record;
    m->last = find_said(record, 0, m->argument);
    if (!m->last)
        return false;
    uint32_t sayer = lab_record_at(record, m->last - 1)->task;
    for (uint32_t i = 0; i < m->last; i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->task == sayer)
            continue;
        m->value += event->kind == LAB_EVENT_SPAWN;
        m->value -= event->kind == LAB_EVENT_END;
    }
    return true;
}

// --- the loop

bool lab_measure_turns(struct lab_measuring *m) {
    const struct lab_record *record = m->run->record;
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind != LAB_EVENT_RUN || event->value == m->value)
            continue;
        m->value = event->value;
        note(m, m->value, (uint32_t)i + 1);
    }
    if (m->relation == '>')
        m->against = 0;
    return true;
}

bool lab_measure_idle(struct lab_measuring *m) {
    struct lab_lanes lanes;
    lab_time idle = 0;
    lab_lanes_read(&lanes, m->run->record);
    for (size_t i = 0; i < lanes.loop.span_count; i++) {
        const struct lab_span *span = &lanes.loop.spans[i];
        if (span->state == LAB_IS_IDLE)
            idle += span->to - span->from;
        else if (span->to > span->from && !m->last)
            m->last = span->event;
    }
    bool any = lanes.end > 0; // else no share of it is any
    if (any)
        m->value = (int64_t)((double)idle / (double)lanes.end * 100 + 0.5);
    lab_lanes_free(&lanes);
    return any;
}

// How much computing was asked for, over how long all of it took: two cores
// that compute all the time are 2, no matter which workers share them.
bool lab_measure_busy(struct lab_measuring *m) {
    const struct lab_record *record = m->run->record;
    enum { MOST = 65536 }; // no machine has more; nonsense asks for more
    double asked = 0;
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind != LAB_EVENT_BLOCK || event->on != LAB_ON_BURN)
            continue;
        asked += (double)event->value;
        m->last = (uint32_t)i + 1;
    }
    lab_time end = lab_record_end(record);
    double busy = end > 0 ? asked / (double)end : 0;
    bool any = m->last && busy > 0 && busy < MOST;
    if (any)
        m->value = (int64_t)(busy + 0.5);
    return any;
}

// What was asked for, of all threads: a wait that takes as long occupies none.
bool lab_measure_occupied(struct lab_measuring *m) {
    const struct lab_record *record = m->run->record;
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind != LAB_EVENT_BLOCK || event->value <= 0 ||
            event->value > INT64_MAX - m->value)
            continue;
        m->value += event->value;
        m->last = (uint32_t)i + 1;
    }
    return true;
}

// --- results

uint32_t lab_measure_end_event(const struct lab_run *run) {
    for (size_t i = lab_record_count(run->record); i > 0; i--) {
        const struct lab_event *event = lab_record_at(run->record, i - 1);
        if (event->kind == LAB_EVENT_END && event->task == 1)
            return (uint32_t)i;
    }
    return 0;
}

bool lab_measure_result(struct lab_measuring *m) {
    const struct lab_record *record = m->run->record;
    uint32_t task = 0;
    if (!m->argument) {
        m->value = m->run->rc;
        m->last = lab_measure_end_event(m->run);
        return true;
    }
    for (size_t i = 0; i < lab_record_count(record) && !m->last; i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind == LAB_EVENT_SPAWN && !task &&
            strcmp(lab_record_text(record, event), m->argument) == 0)
            task = event->task;
        if (event->kind != LAB_EVENT_END || !task || event->task != task)
            continue;
        m->value = event->value;
        m->last = (uint32_t)i + 1;
    }
    return m->last > 0;
}

// --- words

// Copies the next text in quotes to [text]; false if there is none.
static bool next_text(const char **words, struct lab_text *text) {
    const char *open = strchr(*words, '"');
    const char *close = open ? strchr(open + 1, '"') : NULL;
    lab_text_clear(text);
    if (!close)
        return false;
    lab_text_write(text, open + 1, (size_t)(close - open - 1));
    *words = close + 1;
    return true;
}

bool lab_measure_order(const struct lab_run *run, const char *words,
                       uint32_t *against) {
    struct lab_text text = {0};
    uint32_t before = 0;
    bool held = true;
    while (held && next_text(&words, &text)) {
        uint32_t at = find_said(run->record, 0, lab_text_string(&text));
        held = at > before;
        if (!held)
            *against = at ? at : lab_measure_end_event(run);
        before = at;
    }
    lab_text_free(&text);
    return held;
}

bool lab_measure_never(const struct lab_run *run, const char *words,
                       uint32_t *against) {
    struct lab_text text = {0};
    *against = 0;
    while (!*against && next_text(&words, &text))
        *against = find_said(run->record, 0, lab_text_string(&text));
    lab_text_free(&text);
    return *against == 0;
}

// --- warnings

struct warned {
    const char *codes;
    bool found[LAB_WARNING_CODES];
    uint32_t against; // the first of a code that is not among them
};

static void on_warning(void *arg, const struct lab_warning *warning) {
    struct warned *warned = arg;
    warned->found[warning->code] = true;
    if (!warned->against &&
        !strstr(warned->codes, lab_warning_name(warning->code)))
        warned->against = warning->event;
}

bool lab_measure_warns(const struct lab_run *run, const char *codes,
                       uint32_t *against) {
    struct warned warned = {.codes = codes};
    bool all = true;
    lab_warnings_find(run->record, on_warning, &warned);
    for (int code = 0; code < LAB_WARNING_CODES; code++)
        all &= warned.found[code] ||
               !strstr(codes, lab_warning_name((enum lab_warning_code)code));
    *against = warned.against ? warned.against
               : all          ? 0
                              : lab_measure_end_event(run);
    return all && !warned.against;
}
