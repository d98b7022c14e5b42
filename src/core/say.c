#include "core/say.h"

#include "base/alloc.h"
#include "core/pool_internal.h"
#include "core/real_internal.h"
#include "core/say_internal.h"
#include "core/task_internal.h"
#include "record/record_internal.h"

#include <stdarg.h>
#include <string.h>

// An event noted by a worker's thread, on its way to the loop.
struct note {
    struct mail mail;
    struct run *run;
    const char *who;
    struct lab_event event;
    char *text; // NULL or owned
};

// A server counts each request twice, so counts take the short way.
static void add(struct lab_record *record, struct lab_event event,
                const char *text) {
    struct lab_event *place = lab_record_place(record);
    if (event.kind != LAB_EVENT_COUNT || place == &record->aside) {
        lab_record_add(record, event, text);
        return;
    }
    event.text = lab_intern(&record->texts, text);
    *place = event;
    lab_record_keep(record, place);
}

static void keep(struct run *run, struct lab_event event, const char *who,
                 const char *text) {
    const struct lab_run_options *o = run->options;
    if (run->record)
        add(run->record, event, text);
    // An interrupt ends a lab_block early; what the task says after that would
    // be false.
    if (event.kind == LAB_EVENT_SAY && o->on_say &&
        !atomic_load(&run->interrupted))
        o->on_say(o->sink, event.time, who, text);
}

static void on_note(struct mail *mail) {
    struct note *note = lab_list_item(mail, struct note, mail);
    keep(note->run, note->event, note->who, note->text);
    lab_free(note->text);
    lab_free(note);
}

void lab_note_later(struct run *run, struct real *real,
                    struct lab_event event) {
    struct note *note = lab_alloc(sizeof *note);
    *note = (struct note){.mail.open = on_note, .run = run, .event = event};
    lab_real_post_later(real, &note->mail);
}

static void post(struct worker *worker, struct lab_event event,
                 const char *text) {
    struct note *note = lab_alloc(sizeof *note);
    *note = (struct note){.mail.open = on_note,
                          .run = worker->pool->run,
                          .who = worker->name,
                          .event = event,
                          .text = text ? lab_strdup(text) : NULL};
    worker->pool->crew->post(worker->pool, &note->mail);
}

static void note(struct lab_event what, const char *text) {
    struct worker *worker = lab_worker_self();
    lab_task *task = worker ? worker->job->asker : lab_task_caller();
    struct run *run = task && !worker ? task->run : lab_run_checked();
    if (!run->record && what.kind != LAB_EVENT_SAY)
        return; // nobody would ever know
    struct lab_event event = {
        .time = lab_run_time(run),
        .value = what.value,
        .other = what.other,
        .task = task->number,
        .line = lab_run_location(run, lab_here),
        .worker = worker ? (uint16_t)worker->number : 0,
        .kind = what.kind,
        .on = what.on,
    };
    if (lab_worker_current) // a thread
        post(worker, event, text);
    else
        keep(run, event, worker ? worker->name : task->name, text);
}

void lab_note(enum lab_event_kind kind, enum lab_event_on on, int64_t value,
              const char *text) {
    const lab_task *self = lab_task_self();
    if (self && !self->run->record && kind != LAB_EVENT_SAY)
        return; // as below, at once: a server counts each request twice
    note((struct lab_event){.kind = (uint8_t)kind,
                            .on = (uint8_t)on,
                            .value = value},
         text);
}

void lab_note_thing(enum lab_event_kind kind, enum lab_event_on on,
                    unsigned number) {
    note((struct lab_event){.kind = (uint8_t)kind,
                            .on = (uint8_t)on,
                            .other = number},
         NULL);
}

void lab_say_error_of(const lab_task *task, const char *line) {
    struct lab_event event = {.time = lab_run_time(task->run),
                              .task = task->number,
                              .kind = LAB_EVENT_SAY,
                              .is_stderr = true};
    keep(task->run, event, task->name, line);
}

// Says [before] and what is formatted.
__attribute__((format(printf, 2, 0))) static void
say(const char *before, const char *format, va_list args) {
    struct lab_text raw = {0}, line = {0};
    lab_text_put(&raw, before);
    lab_text_vprintf(&raw, format, args);
    lab_text_mask(&line, lab_text_string(&raw), raw.length, false);
    lab_note(LAB_EVENT_SAY, LAB_ON_NOTHING, 0, lab_text_string(&line));
    lab_text_free(&raw);
    lab_text_free(&line);
}

void lab_say(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say("", format, args);
    va_end(args);
}

int lab_skip(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(LAB_RECORD_SKIPPED, format, args);
    va_end(args);
    return LAB_ESKIPPED;
}

void lab_mark(const char *name) {
    lab_note(LAB_EVENT_MARK, LAB_ON_NOTHING, 0, name);
}

void lab_count(const char *name, int delta) {
    lab_note(LAB_EVENT_COUNT, LAB_ON_NOTHING, delta, name);
}
