#include "view/phrase.h"

#include "base/alloc.h"
#include "view/sentence.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// --- names

enum { MOST_NAMES = 6 };

static void push_name(struct lab_names *names) {
    if (names->count > 1)
        lab_text_put(&names->text, ", ");
    lab_text_put(&names->text, lab_text_string(&names->last));
    lab_text_clear(&names->last);
}

void lab_names_add(struct lab_names *names, const char *name) {
    if (names->count > 0 && names->count < MOST_NAMES)
        push_name(names);
    if (++names->count <= MOST_NAMES)
        lab_text_put(&names->last, name);
}

void lab_names_end(struct lab_names *names, struct lab_text *out) {
    struct lab_text more = {0};
    size_t count = names->count;
    if (count > MOST_NAMES) {
        names->count = MOST_NAMES;
        push_name(names);
        lab_text_printf(&more, "%zu more", count - MOST_NAMES);
        lab_text_put(&names->last, lab_text_string(&more));
    }
    lab_text_put(out, lab_text_string(&names->text));
    lab_text_put(out, names->text.length ? " and " : "");
    lab_text_put(out, lab_text_string(&names->last));
    lab_text_clear(&names->text);
    lab_text_clear(&names->last);
    lab_text_free(&more);
    names->count = 0;
}

void lab_names_free(struct lab_names *names) {
    lab_text_free(&names->text);
    lab_text_free(&names->last);
}

void lab_phrase_introduce(const struct lab_phrase *phrase, uint32_t task,
                          struct lab_text *out) {
    char number[16];
    size_t before = out->length;
    snprintf(number, sizeof number, "t%" PRIu32, task);
    lab_wording_task(out, phrase->wording, task);
    if (strcmp(lab_text_string(out) + before, number) != 0)
        lab_text_printf(out, " (%s)", number);
}

static void note_name(const struct lab_phrase *phrase, struct lab_names *names,
                      uint32_t task, bool introduce) {
    struct lab_text name = {0};
    if (introduce)
        lab_phrase_introduce(phrase, task, &name);
    else
        lab_wording_task(&name, phrase->wording, task);
    lab_names_add(names, lab_text_string(&name));
    lab_text_free(&name);
}

// --- clauses

void lab_phrase_init(struct lab_phrase *phrase, const struct lab_record *record,
                     const struct lab_lanes *lanes) {
    *phrase = (struct lab_phrase){.wording = {record, .lanes = lanes}};
    phrase->state = lab_state_new(record);
}

void lab_phrase_term(struct lab_phrase *phrase) {
    lab_text_free(&phrase->text);
    lab_text_free(&phrase->last);
    lab_names_free(&phrase->spawned);
    lab_names_free(&phrase->joined);
    lab_state_free(phrase->state);
}

// Begins a clause; what is put into the result belongs to it.
static struct lab_text *clause(struct lab_phrase *phrase, const char *verb) {
    if (phrase->clauses++ > 0) {
        lab_text_put(&phrase->text, phrase->text.length ? ", " : "");
        lab_text_put(&phrase->text, lab_text_string(&phrase->last));
    }
    lab_text_clear(&phrase->last);
    lab_text_put(&phrase->last, verb);
    return &phrase->last;
}

static void put_line(struct lab_text *out, uint32_t line) {
    if (line)
        lab_text_printf(out, " (line %" PRIu32 ")", line);
}

// Makes a clause of the tasks that were started in a row.
static void end_spawned(struct lab_phrase *phrase) {
    if (phrase->spawned.count == 0)
        return;
    struct lab_text *out = clause(phrase, "starts ");
    lab_names_end(&phrase->spawned, out);
    put_line(out, phrase->line);
}

static void add_spawn(struct lab_phrase *phrase,
                      const struct lab_event *event) {
    if (phrase->line != event->line)
        end_spawned(phrase);
    phrase->line = event->line;
    note_name(phrase, &phrase->spawned, event->task, true);
}

// What a task does when it is given the thread depends on what it did before.
static void add_run(struct lab_phrase *phrase, const struct lab_event *event) {
    const struct lab_state_task *task =
        lab_state_task(phrase->state, event->task);
    bool begins = !task || task->is == LAB_IS_NEW;
    struct lab_text *out = clause(phrase, begins ? "begins" : "goes on");
    if (!begins && event->line)
        lab_text_printf(out, " at line %" PRIu32, event->line);
}

static void add_deed(struct lab_phrase *phrase, const struct lab_event *event) {
    struct lab_text several = {0};
    bool joins = event->kind == LAB_EVENT_WAIT && event->on == LAB_ON_TASKS &&
                 phrase->joined.count > 0;
    if (joins) {
        lab_names_end(&phrase->joined, &several);
        phrase->wording.several = lab_text_string(&several);
    }
    struct lab_text *out = clause(phrase, "");
    lab_sentence_put_deed(out, phrase->wording, event);
    if (event->kind == LAB_EVENT_WAIT || event->kind == LAB_EVENT_BLOCK ||
        event->kind == LAB_EVENT_CANCEL)
        put_line(out, event->line);
    phrase->wording.several = NULL;
    lab_text_free(&several);
}

bool lab_phrase_is_deed(const struct lab_event *event) {
    switch ((enum lab_event_kind)event->kind) {
    // These are told by others: a wait that ends, a task that fails.
    case LAB_EVENT_UNBLOCK:
    case LAB_EVENT_WORKER:
    case LAB_EVENT_WAKE:
    case LAB_EVENT_TIMER:
    case LAB_EVENT_RAISE:
    case LAB_EVENT_HOLD:
    case LAB_EVENT_JOIN:
    case LAB_EVENT_COUNT:
    case LAB_EVENT_KINDS:
        return false;
    case LAB_EVENT_SPAWN:
        return event->other != 0; // the root is started by the run
    default:
        return event->kind < LAB_EVENT_KINDS;
    }
}

static void note(struct lab_phrase *phrase, const struct lab_event *event) {
    if (event->kind == LAB_EVENT_JOIN && event->on != LAB_ON_GROUP)
        note_name(phrase, &phrase->joined, event->other, false);
}

void lab_phrase_add(struct lab_phrase *phrase, const struct lab_event *event) {
    if (event->kind != LAB_EVENT_SPAWN)
        end_spawned(phrase);
    if (!lab_phrase_is_deed(event))
        note(phrase, event);
    else if (event->kind == LAB_EVENT_SPAWN)
        add_spawn(phrase, event);
    else if (event->kind == LAB_EVENT_RUN)
        add_run(phrase, event);
    else
        add_deed(phrase, event);
}

void lab_phrase_pass(struct lab_phrase *phrase) {
    lab_state_next(phrase->state);
}

void lab_phrase_end(struct lab_phrase *phrase, struct lab_text *out) {
    end_spawned(phrase);
    lab_text_put(out, lab_text_string(&phrase->text));
    lab_text_put(out, phrase->text.length ? " and " : "");
    lab_text_put(out, lab_text_string(&phrase->last));
    lab_text_put(out, phrase->clauses ? "." : "");
    lab_text_clear(&phrase->text);
    lab_text_clear(&phrase->last);
    phrase->clauses = 0;
}

bool lab_phrase_reason(const struct lab_phrase *phrase,
                       const struct lab_event *event, struct lab_text *out) {
    const struct lab_state_task *task =
        lab_state_task(phrase->state, event->task);
    if (!task || task->is == LAB_IS_NEW || event->on == LAB_ON_NOTHING)
        return false;
    lab_wording_reason(out, event->on, task->result);
    return true;
}
