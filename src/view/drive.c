#include "view/drive.h"

#include "view/line.h"
#include "view/phrase.h"
#include "view/sentence.h"
#include "view/source.h"

#include <inttypes.h>
#include <string.h>

enum { MOST = 12 }; // sentences about what came of a choice

// --- what happened

struct telling {
    struct lab_text *out;
    const struct lab_style *style;
    struct lab_phrase phrase;
    struct lab_text begin; // of the sentence
    struct lab_doer doer;  // whom it is about
    lab_time time;         // as of the last sentence
    size_t told, more;
};

static void end_sentence(struct telling *telling) {
    struct lab_text *text = &telling->begin;
    size_t before = text->length;
    lab_text_put(text, before ? " " : "");
    lab_phrase_end(&telling->phrase, text);
    if (before && text->length > before + 1 && telling->told < MOST) {
        lab_line_wrap(telling->out, telling->style, LAB_COLOR_NONE, 2,
                      lab_text_string(text));
        telling->told++;
    } else if (before && text->length > before + 1) {
        telling->more++;
    }
    lab_text_clear(text);
}

static void begin_sentence(struct telling *telling,
                           const struct lab_event *event) {
    struct lab_text *text = &telling->begin;
    telling->doer = lab_sentence_doer(event);
    if (event->time != telling->time) {
        lab_text_put(text, "At ");
        lab_time_put(text, event->time);
        lab_text_put(text, " ");
    }
    telling->time = event->time;
    lab_sentence_put_doer(text, telling->phrase.wording, telling->doer);
}

static bool is_same(struct lab_doer one, struct lab_doer two) {
    return one.task == two.task && one.worker == two.worker;
}

static void tell(struct telling *telling, const struct lab_event *event) {
    if (lab_phrase_is_deed(&telling->phrase, event)) {
        bool continues = telling->begin.length > 0 &&
                         event->kind != LAB_EVENT_RUN &&
                         is_same(telling->doer, lab_sentence_doer(event)) &&
                         event->time == telling->time;
        if (!continues) {
            end_sentence(telling);
            begin_sentence(telling, event);
        }
    }
    lab_phrase_add(&telling->phrase, event);
}

// Appends "inside = 1, items = 3": the gauges that these events have changed.
static void put_gauges(struct lab_text *out, const struct lab_style *style,
                       const struct lab_record *record, size_t from,
                       size_t to) {
    struct lab_text line = {0};
    struct lab_state *before = lab_state_new(record),
                     *after = lab_state_new(record);
    lab_state_go(before, from);
    lab_state_go(after, to);
    for (size_t i = 0; i < after->gauges.count; i++) {
        const struct lab_state_gauge *gauge =
            lab_numbered_at(&after->gauges, i);
        const struct lab_state_gauge *old =
            lab_numbered_find(&before->gauges, gauge->text);
        if (!old || old->value != gauge->value)
            lab_text_printf(&line, "%s%s = %" PRId64, line.length ? ", " : "",
                            lab_record_string(record, gauge->text),
                            gauge->value);
    }
    if (line.length > 0)
        lab_line_wrap(out, style, LAB_COLOR_HEAD, 2, lab_text_string(&line));
    lab_text_free(&line);
    lab_state_free(before);
    lab_state_free(after);
}

void lab_drive_put_events(struct lab_text *out, const struct lab_style *style,
                          const struct lab_record *record, size_t from,
                          size_t to) {
    struct telling telling = {.out = out, .style = style};
    struct lab_lanes lanes;
    lab_lanes_read(&lanes, record);
    lab_phrase_init(&telling.phrase, record, &lanes);
    for (size_t i = 0; i < to; i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (i >= from)
            tell(&telling, event);
        else
            telling.time = event->time;
        lab_phrase_pass(&telling.phrase);
    }
    end_sentence(&telling);
    if (telling.more > 0)
        lab_line_printf(out, style, LAB_COLOR_DIM, 2,
                        "... and %zu sentences more; story has them all.",
                        telling.more);
    put_gauges(out, style, record, from, to);
    lab_text_free(&telling.begin);
    lab_phrase_term(&telling.phrase);
    lab_lanes_free(&lanes);
}

// --- who can be chosen

// The line in which [worker] was last, at its job.
static uint32_t line_of(const struct lab_state *state, uint32_t worker) {
    for (size_t i = state->at; i > 0; i--) {
        const struct lab_event *event = lab_record_at(state->record, i - 1);
        if (event->worker == worker && event->kind == LAB_EVENT_START)
            return 0;
        if (event->worker == worker && event->line)
            return event->line;
    }
    return 0;
}

// A job of a pool begins when all that were queued before it have.
static const struct lab_state_job *next_job(const struct lab_state *state,
                                            uint32_t pool) {
    for (size_t i = 0; i < state->jobs.count; i++) {
        const struct lab_state_job *job = lab_state_job_at(state, i);
        if (job->pool == pool && job->is == LAB_IS_QUEUED)
            return job;
    }
    return NULL;
}

// Where somebody stands.
struct place {
    bool begins;   // nowhere yet
    uint32_t line; // 0: not known
};

// These append who it is, and return where it stands.

static struct place put_worker(struct lab_text *out,
                               const struct lab_state *state, uint32_t number) {
    struct lab_wording wording = lab_wording_of(state);
    const struct lab_state_worker *worker = lab_state_worker(state, number);
    const struct lab_state_job *job = !worker ? NULL
                                      : worker->job
                                          ? lab_state_job(state, worker->job)
                                          : next_job(state, worker->pool);
    if (job) {
        lab_wording_task(out, wording, job->task);
        lab_text_put(out, "'s job, ");
    }
    lab_wording_worker(out, wording, number);
    if (!worker || !worker->job)
        return (struct place){.begins = true};
    return (struct place){.line = line_of(state, number)};
}

static struct place put_task(struct lab_text *out,
                             const struct lab_state *state, uint32_t number) {
    const struct lab_state_task *task = lab_state_task(state, number);
    lab_wording_task(out, lab_wording_of(state), number);
    if (!task || task->is == LAB_IS_NEW || task->wait == 0)
        return (struct place){.begins = true};
    // Not the line of who has woken it.
    return (struct place){
        .line = lab_record_at(state->record, task->wait - 1)->line};
}

// Appends "line 14   int seen = counter;".
static void put_place(struct lab_text *out, struct place place,
                      const char *source) {
    uint32_t line = place.line;
    size_t n = 0;
    if (line == 0) {
        lab_text_put(out, place.begins ? "begins" : "continues");
        return;
    }
    const char *text = source ? lab_source_line(source, line, &n) : NULL;
    lab_text_printf(out, "line %" PRIu32, line);
    if (!text)
        return;
    size_t indent = strspn(text, " \t");
    lab_text_put(out, "  ");
    if (indent < n)
        lab_text_mask(out, text + indent, n - indent, false);
}

// One of those who can be chosen.
struct candidate {
    struct lab_text name, place;
};

enum {
    SHOWN = 20,        // candidates
    NUMBER = 3,        // columns of "12 "
    GAP = 2,           // between a name and its place
    WIDE = 80,         // columns of a screen on which each has one row, anyhow
    NARROWEST = 24,    // columns for a place; if there are less, it goes below
    BELOW = NUMBER + 1 // the column that it begins in there
};

// The names are on the left, as wide as the widest, where that is less than
// half of the line. Returns 0 if a narrow screen has no room for both.
static int columns_of(const struct lab_style *style,
                      const struct candidate *candidates, size_t count) {
    int most = 0, place = 0, half = style->width / 2;
    for (size_t i = 0; i < count; i++) {
        int columns = lab_line_columns(lab_text_string(&candidates[i].name));
        most = columns > most ? columns : most;
        columns = lab_line_columns(lab_text_string(&candidates[i].place));
        place = columns > place ? columns : place;
    }
    int room = style->width - NUMBER - most - GAP;
    if (style->width < WIDE && room < place && room < NARROWEST)
        return 0;
    return most < half ? most : half;
}

// On a narrow screen a place takes as many rows as it needs.
static void put_beside(struct lab_text *out, const struct lab_style *style,
                       const char *place, int column) {
    int room = style->width - column;
    if (style->width < WIDE && lab_line_columns(place) > room) {
        lab_source_beside(out, style, LAB_COLOR_NONE, column, place);
        return;
    }
    lab_line_put(out, style, place, room);
    lab_text_put(out, "\n");
}

static void put_candidate(struct lab_text *out, const struct lab_style *style,
                          const struct candidate *candidate, size_t number,
                          int columns) {
    const char *name = lab_text_string(&candidate->name);
    const char *place = lab_text_string(&candidate->place);
    struct lab_text text = {0};
    lab_text_printf(&text, "%2zu ", number);
    lab_line_paint(out, style, LAB_COLOR_READY, lab_text_string(&text),
                   style->width);
    lab_text_free(&text);
    if (columns == 0) {
        lab_line_put(out, style, name, style->width - NUMBER);
        lab_text_put(out, "\n");
        lab_text_repeat(out, " ", BELOW);
        lab_source_beside(out, style, LAB_COLOR_NONE, BELOW, place);
        return;
    }
    lab_line_left(out, style, name, columns);
    lab_text_repeat(out, " ", GAP);
    put_beside(out, style, place, NUMBER + columns + GAP);
}

void lab_drive_put_choice(struct lab_text *out, const struct lab_style *style,
                          const struct lab_record *record,
                          const struct lab_choices_one *choice,
                          const char *source) {
    struct candidate candidates[SHOWN] = {0};
    size_t count = choice->count < SHOWN ? choice->count : SHOWN;
    struct lab_state *state = lab_state_new(record);
    lab_state_go(state, choice->event);
    for (size_t i = 0; i < count; i++) {
        struct place place = (choice->who[i].is_worker ? put_worker : put_task)(
            &candidates[i].name, state, choice->who[i].number);
        put_place(&candidates[i].place, place, source);
    }
    int columns = columns_of(style, candidates, count);
    for (size_t i = 0; i < count; i++) {
        put_candidate(out, style, &candidates[i], i + 1, columns);
        lab_text_free(&candidates[i].name);
        lab_text_free(&candidates[i].place);
    }
    if (count < choice->count)
        lab_line_printf(out, style, LAB_COLOR_DIM, 1, "and up to %zu",
                        choice->count);
    lab_state_free(state);
}
