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

// The names are on the left, as wide as the widest, where that is less than
// half of the line.
static int columns_of(const struct lab_style *style, struct lab_text *names,
                      size_t count) {
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        int columns = lab_line_columns(lab_text_string(&names[i]));
        most = columns > most ? columns : most;
    }
    return most < style->width / 2 ? most : style->width / 2;
}

enum { SHOWN = 20 }; // candidates

void lab_drive_put_choice(struct lab_text *out, const struct lab_style *style,
                          const struct lab_record *record,
                          const struct lab_choices_one *choice,
                          const char *source) {
    struct lab_text names[SHOWN] = {0}, place = {0}, number = {0};
    struct place places[SHOWN];
    size_t count = choice->count < SHOWN ? choice->count : SHOWN;
    struct lab_state *state = lab_state_new(record);
    lab_state_go(state, choice->event);
    for (size_t i = 0; i < count; i++)
        places[i] = (choice->who[i].is_worker ? put_worker : put_task)(
            &names[i], state, choice->who[i].number);
    int columns = columns_of(style, names, count);
    for (size_t i = 0; i < count; i++) {
        lab_text_clear(&place);
        lab_text_clear(&number);
        put_place(&place, places[i], source);
        lab_text_printf(&number, "%2zu ", i + 1);
        lab_line_paint(out, style, LAB_COLOR_READY, lab_text_string(&number),
                       style->width);
        lab_line_left(out, style, lab_text_string(&names[i]), columns);
        lab_text_put(out, "  ");
        lab_line_put(out, style, lab_text_string(&place),
                     style->width - columns - 2 - (int)number.length);
        lab_text_put(out, "\n");
        lab_text_free(&names[i]);
    }
    if (count < choice->count)
        lab_line_printf(out, style, LAB_COLOR_DIM, 1, "and up to %zu",
                        choice->count);
    lab_text_free(&place);
    lab_text_free(&number);
    lab_state_free(state);
}
