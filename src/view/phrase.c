#include "view/phrase.h"

#include "base/alloc.h"
#include "core/error.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// What has become of a task so far.
struct lab_task_past {
    int64_t woken; // with which result it was woken last
    bool begun;
};

// What is said of each kind of wait: when it begins, and, with the name of who
// waited in between, when what was waited for is there.
static const struct {
    const char *waits, *before, *behind;
} waits[LAB_ONS] = {
    [LAB_ON_NOTHING] = {"let others run", "", ""},
    [LAB_ON_SLEEP] = {"went to sleep", "the timer of ", " was due"},
    [LAB_ON_TASK] = {"waited for ", "the task that ", " waited for was over"},
    [LAB_ON_TASKS] = {"waited for ", "the tasks that ",
                      " waited for were over"},
    [LAB_ON_CHILDREN] = {"waited for its children to end", "the children of ",
                         " were over"},
    [LAB_ON_JOB] = {"waited for its job", "the job of ", " was done"},
    [LAB_ON_IO] = {"waited for a descriptor", "the descriptor that ",
                   " waited for was ready"},
    [LAB_ON_BLOCK] = {"blocked", "", " was held no longer"},
    [LAB_ON_BURN] = {"computed", "", " was held no longer"},
    [LAB_ON_LOCK] = {"waited for a lock", "the lock that ",
                     " waited for was free"},
    [LAB_ON_FLAG] = {"waited for a flag to be set", "the flag that ",
                     " waited for was set"},
    [LAB_ON_SEMAPHORE] = {"waited for a permit", "a permit for ", " was free"},
    [LAB_ON_CONDITION] = {"waited to be notified", "", " was notified"},
    [LAB_ON_BARRIER] = {"waited for the others at a barrier",
                        "all were at the barrier where ", " waited"},
    [LAB_ON_GET] = {"waited for an item", "an item for ", " was there"},
    [LAB_ON_PUT] = {"waited for room in a queue", "room for the item of ",
                    " was there"},
    [LAB_ON_JOIN] = {"waited until a queue was done with", "the queue that ",
                     " waited for was done with"},
    [LAB_ON_FUTURE] = {"waited for a future", "the future that ",
                       " waited for was set"},
    [LAB_ON_GROUP] = {"waited for a group of tasks", "the group that ",
                      " waited for was over"},
    [LAB_ON_ACCEPT] = {"waited for a connection", "somebody connected to ", ""},
    [LAB_ON_CONNECT] = {"waited to be connected", "", " was connected"},
    [LAB_ON_READ] = {"waited for bytes", "bytes for ", " were there"},
    [LAB_ON_WRITE] = {"waited for room to write", "room for the bytes of ",
                      " was there"},
};

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

static void put_lane(const struct lab_lane_list *list, char kind,
                     uint32_t number, struct lab_text *out) {
    const struct lab_lane *lane = lab_lanes_find(list, number);
    if (lane)
        lab_text_put(out, lane->name);
    else
        lab_text_printf(out, "%c%" PRIu32, kind, number);
}

void lab_phrase_task(const struct lab_phrase *phrase, uint32_t task,
                     struct lab_text *out) {
    put_lane(&phrase->lanes->tasks, 't', task, out);
}

void lab_phrase_worker(const struct lab_phrase *phrase, uint32_t worker,
                       struct lab_text *out) {
    put_lane(&phrase->lanes->workers, 'w', worker, out);
}

void lab_phrase_introduce(const struct lab_phrase *phrase, uint32_t task,
                          struct lab_text *out) {
    char number[16];
    size_t before = out->length;
    snprintf(number, sizeof number, "t%" PRIu32, task);
    lab_phrase_task(phrase, task, out);
    if (strcmp(lab_text_string(out) + before, number) != 0)
        lab_text_printf(out, " (%s)", number);
}

static void note_name(const struct lab_phrase *phrase, struct lab_names *names,
                      uint32_t task, bool introduce) {
    struct lab_text name = {0};
    if (introduce)
        lab_phrase_introduce(phrase, task, &name);
    else
        lab_phrase_task(phrase, task, &name);
    lab_names_add(names, lab_text_string(&name));
    lab_text_free(&name);
}

// --- clauses

void lab_phrase_init(struct lab_phrase *phrase, const struct lab_record *record,
                     const struct lab_lanes *lanes) {
    *phrase = (struct lab_phrase){.record = record, .lanes = lanes};
    phrase->past = lab_alloc(lanes->tasks.count * sizeof *phrase->past);
}

void lab_phrase_term(struct lab_phrase *phrase) {
    lab_text_free(&phrase->text);
    lab_text_free(&phrase->last);
    lab_names_free(&phrase->spawned);
    lab_names_free(&phrase->joined);
    lab_free(phrase->past);
}

static struct lab_task_past *past_of(const struct lab_phrase *phrase,
                                     uint32_t task) {
    const struct lab_lane *lane = lab_lanes_find(&phrase->lanes->tasks, task);
    return lane ? &phrase->past[lane - phrase->lanes->tasks.lanes] : NULL;
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
    struct lab_text *out = clause(phrase, "started ");
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

static void add_run(struct lab_phrase *phrase, const struct lab_event *event) {
    struct lab_task_past *past = past_of(phrase, event->task);
    if (past && !past->begun)
        clause(phrase, "began");
    else if (event->line)
        lab_text_printf(clause(phrase, "went on at line "), "%" PRIu32,
                        event->line);
    else
        clause(phrase, "went on");
    if (past)
        past->begun = true;
}

static void put_deadline(struct lab_text *out, const struct lab_event *event) {
    if (event->value <= 0)
        return;
    lab_text_put(out, " until ");
    lab_time_put(out, event->value);
    lab_text_put(out, event->on == LAB_ON_SLEEP ? "" : " at the latest");
}

static void add_wait(struct lab_phrase *phrase, const struct lab_event *event) {
    bool known = event->on < LAB_ONS;
    struct lab_text *out =
        clause(phrase, known ? waits[event->on].waits : "waited");
    if (event->on == LAB_ON_TASK)
        lab_phrase_task(phrase, event->other, out);
    else if (event->on == LAB_ON_TASKS && phrase->joined.count == 0)
        lab_text_put(out, "several tasks");
    else if (event->on == LAB_ON_TASKS)
        lab_names_end(&phrase->joined, out);
    put_deadline(out, event);
    put_line(out, event->line);
}

static void add_end(struct lab_phrase *phrase, const struct lab_event *event) {
    if (event->value == LAB_ECANCELED)
        clause(phrase, "ended cancelled");
    else if (event->value < 0 && event->value >= INT32_MIN)
        lab_text_printf(clause(phrase, "failed: "), "%s",
                        lab_error_text((int)event->value));
    else if (event->value == 0)
        clause(phrase, "ended");
    else
        lab_text_printf(clause(phrase, "ended with "), "%" PRId64,
                        event->value);
}

static void add_block(struct lab_phrase *phrase,
                      const struct lab_event *event) {
    struct lab_text *out =
        clause(phrase, event->on == LAB_ON_BURN ? "computed on " : "blocked ");
    lab_text_put(out, event->worker ? "its own thread for "
                                    : "the loop's thread for ");
    lab_time_put(out, event->value);
    put_line(out, event->line);
}

static void add_cancel(struct lab_phrase *phrase,
                       const struct lab_event *event) {
    const char *why = lab_record_text(phrase->record, event);
    struct lab_text *out = clause(phrase, "cancelled ");
    lab_phrase_task(phrase, event->task, out);
    if (*why)
        lab_text_printf(out, " (%s)", why);
    put_line(out, event->line);
}

static void add_say(struct lab_phrase *phrase, const struct lab_event *event) {
    const char *text = lab_record_text(phrase->record, event);
    if (event->kind == LAB_EVENT_MARK)
        lab_text_put(clause(phrase, "marked "), *text ? text : "a moment");
    else
        lab_text_printf(clause(phrase, "said "), "\"%s\"", text);
}

static void add_job(struct lab_phrase *phrase, const struct lab_event *event) {
    static const char *const verbs[] = {[LAB_EVENT_START] = "took the job of ",
                                        [LAB_EVENT_DONE] =
                                            "was done with the job of "};
    if (event->kind == LAB_EVENT_QUEUE) {
        const char *pool = lab_record_text(phrase->record, event);
        lab_text_printf(clause(phrase, "queued a job for "), "%s",
                        *pool ? pool : "a pool");
        return;
    }
    lab_phrase_task(phrase, event->task, clause(phrase, verbs[event->kind]));
}

// What somebody did with the task of [event].
static void add_deed(struct lab_phrase *phrase, const char *verb,
                     const struct lab_event *event) {
    lab_phrase_task(phrase, event->task, clause(phrase, verb));
}

void lab_phrase_add(struct lab_phrase *phrase, const struct lab_event *event) {
    struct lab_task_past *past;
    if (event->kind != LAB_EVENT_SPAWN)
        end_spawned(phrase);
    switch ((enum lab_event_kind)event->kind) {
    case LAB_EVENT_SPAWN:
        if (event->other) // the root is started by the run
            add_spawn(phrase, event);
        break;
    case LAB_EVENT_RUN:
        add_run(phrase, event);
        break;
    case LAB_EVENT_WAIT:
        add_wait(phrase, event);
        break;
    case LAB_EVENT_END:
        add_end(phrase, event);
        break;
    case LAB_EVENT_CANCEL:
        add_cancel(phrase, event);
        break;
    case LAB_EVENT_BLOCK:
        add_block(phrase, event);
        break;
    case LAB_EVENT_QUEUE:
    case LAB_EVENT_START:
    case LAB_EVENT_DONE:
        add_job(phrase, event);
        break;
    case LAB_EVENT_DROP:
        add_deed(phrase, "dropped the job of ", event);
        break;
    case LAB_EVENT_SAY:
    case LAB_EVENT_MARK:
        add_say(phrase, event);
        break;
    case LAB_EVENT_UNREAD:
        add_deed(phrase, "forgot the error of ", event);
        lab_text_put(&phrase->last, ", which nobody has read");
        break;
    case LAB_EVENT_READ:
        add_deed(phrase, "read the error of ", event);
        break;
    case LAB_EVENT_DELIVER:
        clause(phrase, "heard that it was cancelled");
        break;
    case LAB_EVENT_JOIN:
        if (event->on != LAB_ON_GROUP)
            note_name(phrase, &phrase->joined, event->other, false);
        break;
    case LAB_EVENT_WAKE:
        past = past_of(phrase, event->task);
        if (past)
            past->woken = event->value;
        break;
    // These are told by others: a wait that ends, a task that fails.
    case LAB_EVENT_UNBLOCK:
    case LAB_EVENT_WORKER:
    case LAB_EVENT_TIMER:
    case LAB_EVENT_RAISE:
    case LAB_EVENT_HOLD:
    case LAB_EVENT_KINDS:
        break;
    }
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
    const struct lab_task_past *past = past_of(phrase, event->task);
    if (!past || !past->begun || event->on == LAB_ON_NOTHING ||
        event->on >= LAB_ONS)
        return false;
    bool failed = past->woken < 0;
    const char *before = waits[event->on].before;
    const char *behind = waits[event->on].behind;
    if (failed)
        before = past->woken == LAB_ETIMEDOUT ? "the time of " : "";
    lab_text_put(out, before);
    lab_phrase_task(phrase, event->task, out);
    if (failed)
        behind = past->woken == LAB_ETIMEDOUT   ? " was over"
                 : past->woken == LAB_ECANCELED ? " was woken by a cancel"
                                                : "'s wait failed";
    lab_text_put(out, behind);
    return true;
}
