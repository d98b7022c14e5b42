#include "view/wording.h"

#include "base/error.h"
#include "view/names.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct lab_wording lab_wording_of(const struct lab_state *state) {
    return (struct lab_wording){.record = state->record, .state = state};
}

// --- names

static const struct lab_state *state_of(struct lab_wording wording) {
    return wording.state ? wording.state : wording.lanes->state;
}

static const char *name_of(struct lab_wording wording, char kind,
                           uint32_t number) {
    return lab_labels_name(state_of(wording)->labels, kind, number);
}

// Is [name] no more than its [kind] and [number]?
static bool is_bare(const char *name, char kind, uint32_t number) {
    char bare[16];
    snprintf(bare, sizeof bare, "%c%" PRIu32, kind, number);
    return strcmp(name, bare) == 0;
}

void lab_wording_task(struct lab_text *out, struct lab_wording wording,
                      uint32_t number) {
    if (number == 0) {
        lab_text_put(out, "the loop");
        return;
    }
    const char *name = name_of(wording, 't', number);
    if (wording.state && !is_bare(name, 't', number))
        lab_text_printf(out, "t%" PRIu32 " ", number);
    lab_text_put(out, name);
}

void lab_wording_worker(struct lab_text *out, struct lab_wording wording,
                        uint32_t number) {
    lab_text_printf(out, "worker %s", name_of(wording, 'w', number));
}

void lab_wording_generator(struct lab_text *out, struct lab_wording wording,
                           uint32_t number) {
    const char *name = name_of(wording, 'g', number);
    if (is_bare(name, 'g', number))
        lab_text_printf(out, "generator %" PRIu32, number);
    else
        lab_text_put(out, name);
}

void lab_wording_thing(struct lab_text *out, struct lab_wording wording,
                       const char *kind, uint32_t number) {
    if (kind == lab_wait_kind(LAB_ON_INTERPRETER)->kind) // there is only one
        lab_text_printf(out, "the %s", kind);
    else if (wording.state && number)
        lab_text_printf(out, "%s %" PRIu32, kind, number);
    else
        lab_text_printf(out, "a %s", kind);
}

void lab_wording_job(struct lab_text *out, struct lab_wording wording,
                     uint32_t number, const char *else_) {
    const struct lab_state *state = state_of(wording);
    const struct lab_state_job *job = lab_state_job(state, number);
    const struct lab_state_task *asker =
        job ? lab_state_task(state, job->task) : NULL;
    const char *name = job ? lab_record_string(wording.record, job->name) : "";
    // A task that is there for its job alone has the job's name.
    if (*name &&
        (!asker || strcmp(lab_state_name(state, asker->spawned), name) != 0))
        lab_text_put(out, name);
    else if (wording.state)
        lab_wording_thing(out, wording, "job", number);
    else
        lab_text_put(out, else_);
}

void lab_wording_until(struct lab_text *out, lab_time time) {
    if (time == 0)
        return;
    lab_text_put(out, " until ");
    lab_time_put(out, time);
}

void lab_wording_if_kept(struct lab_text *out, const struct lab_state *state,
                         uint32_t worker) {
    if (state->interpreter.held && state->interpreter.worker == worker)
        lab_text_put(out, ", if it keeps the interpreter lock");
}

// --- results

void lab_wording_result(struct lab_text *out, struct lab_wording wording,
                        const struct lab_state_task *task) {
    if (task->result < 0) {
        lab_text_put(out, "an error (");
        lab_wording_failure(out, wording, task);
        lab_text_put(out, ")");
    } else if (task->words) {
        lab_text_put(out, lab_record_string(wording.record, task->words));
    } else {
        lab_text_printf(out, "%" PRId64, task->result);
    }
}

enum { ROOT = 1 }; // its task's number

// The root's end is the last event, or near it.
void lab_wording_run_failure(struct lab_text *out, const struct lab_run *run) {
    const struct lab_event *event = NULL;
    if (lab_run_skipped(run)) {
        lab_text_printf(out, LAB_RECORD_SKIPPED "%s",
                        lab_run_skipped_text(run));
        return;
    }
    for (size_t i = lab_record_count(run->record); i > 0 && !event; i--) {
        event = lab_record_at(run->record, i - 1);
        if (event->kind != LAB_EVENT_END || event->task != ROOT)
            event = NULL;
    }
    if (event && event->text && event->value == run->rc)
        lab_text_put(out, lab_record_text(run->record, event));
    else
        lab_error_put(out, run->rc);
}

enum lab_color lab_wording_run_color(const struct lab_run *run) {
    return lab_run_failed(run)    ? LAB_COLOR_BAD
           : lab_run_skipped(run) ? LAB_COLOR_DIM
                                  : LAB_COLOR_NONE;
}

void lab_wording_error(struct lab_text *out, int64_t result) {
    if (result >= 0)
        return;
    lab_text_put(out, ": ");
    lab_error_put(out, result);
}

void lab_wording_event_error(struct lab_text *out,
                             const struct lab_record *record,
                             const struct lab_event *event) {
    if (event->value < 0 && event->text)
        lab_text_printf(out, ": %s", lab_record_text(record, event));
    else
        lab_wording_error(out, event->value);
}

void lab_wording_failure(struct lab_text *out, struct lab_wording wording,
                         const struct lab_state_task *task) {
    if (task->words)
        lab_text_put(out, lab_record_string(wording.record, task->words));
    else
        lab_error_put(out, task->result);
}

// --- several tasks

struct several {
    struct lab_names names; // their numbers alone
    uint32_t first, last;
    bool in_a_row;
};

static void note(void *arg, const struct lab_state_task *task) {
    struct several *several = arg;
    if (several->names.count == 0)
        several->first = task->number;
    else if (task->number != several->last + 1)
        several->in_a_row = false;
    several->last = task->number;
    lab_text_printf(lab_names_next(&several->names), "t%" PRIu32, task->number);
}

// Appends "t2 to t6" or "t2, t4, t5, t6 and 94 more" for the tasks that [task]
// waits for and that have not ended.
static void put_awaited(struct lab_text *out, struct lab_wording wording,
                        const struct lab_state_task *task) {
    struct several several = {.names.most = 4, .in_a_row = true};
    lab_state_awaited(wording.state, task, note, &several);
    if (task->need == 1 && several.names.count > 1)
        lab_text_put(out, "the first of ");
    if (several.names.count == 0)
        lab_text_put(out, "nobody");
    else if (several.names.count == 1)
        lab_wording_task(out, wording, several.last);
    else if (several.names.count > 2 && several.in_a_row)
        lab_text_printf(out, "t%" PRIu32 " to t%" PRIu32, several.first,
                        several.last);
    else
        lab_names_end(&several.names, out);
    lab_names_free(&several.names);
}

// --- waits

static void put_holder(struct lab_text *out, struct lab_wording wording,
                       uint32_t number) {
    const struct lab_state_lock *lock = lab_state_lock(wording.state, number);
    if (!lock || !lock->holder)
        return;
    const struct lab_state_task *holder =
        lab_state_task(wording.state, lock->holder);
    bool ended = holder && holder->is == LAB_IS_ENDED;
    lab_text_put(out, ", which ");
    lab_wording_task(out, wording, lock->holder);
    lab_text_put(out, ended ? " held when it ended" : " holds");
}

void lab_wording_location(struct lab_text *out, const struct lab_record *record,
                          uint32_t location) {
    if (!location)
        return;
    lab_text_put(out, " (");
    lab_location_put(out, record, location);
    lab_text_put(out, ")");
}

void lab_wording_thread(struct lab_text *out, struct lab_wording wording,
                        unsigned on, uint32_t number) {
    const struct lab_state_worker *holder =
        lab_state_holder(wording.state, on, number);
    bool by_loop =
        on == LAB_ON_INTERPRETER && lab_state_loop_interprets(wording.state);
    if (!holder && !by_loop)
        return;
    lab_text_put(out, ", which ");
    if (holder)
        lab_wording_worker(out, wording, holder->number);
    else
        lab_text_put(out, "the loop");
    lab_text_put(out, " holds");
}

static void put_worker_wait(struct lab_text *out, struct lab_wording wording,
                            const struct lab_state_worker *worker) {
    lab_wording_worker(out, wording, worker->number);
    lab_text_put(out, " waits for ");
    if (worker->wait_kind == LAB_ON_TASK) {
        lab_wording_task(out, wording, worker->awaited);
        return;
    }
    lab_wording_thing(out, wording, lab_wait_kind(worker->wait_kind)->kind,
                      worker->awaited);
    lab_wording_thread(out, wording, worker->wait_kind, worker->awaited);
}

static void put_job(struct lab_text *out, struct lab_wording wording,
                    uint32_t number) {
    const struct lab_state_job *job = lab_state_job(wording.state, number);
    if (!job || job->is == LAB_IS_ENDED)
        return;
    const struct lab_state_worker *worker =
        lab_state_waiting_worker(wording.state, number);
    if (worker) {
        lab_text_put(out, ", in which ");
        put_worker_wait(out, wording, worker);
        return;
    }
    lab_text_put(out, ", which ");
    if (job->is == LAB_IS_QUEUED) {
        lab_text_put(out, "is queued");
        return;
    }
    lab_wording_worker(out, wording, job->worker);
    lab_text_put(out, " is at");
}

static bool count_one(void *arg, uint32_t task) {
    size_t *count = arg;
    (void)task;
    return ++*count < 2;
}

// Who will bring what [task] waits for, and when, as the record knows.
static void put_ending(struct lab_text *out, struct lab_wording wording,
                       const struct lab_state_task *task) {
    static const char *const deeds[LAB_ONS] = {
        [LAB_ON_SEMAPHORE] = "releases", [LAB_ON_FUTURE] = "sets",
        [LAB_ON_GET] = "puts",           [LAB_ON_PUT] = "makes",
        [LAB_ON_FLAG] = "does",          [LAB_ON_JOIN] = "achieves",
        [LAB_ON_CONDITION] = "does",
    };
    const struct lab_event *ending = lab_state_ending(wording.state, task);
    const char *deed =
        task->wait_kind < LAB_ONS ? deeds[task->wait_kind] : NULL;
    if (!ending || !deed)
        return;
    lab_text_put(out, ", which ");
    lab_wording_task(out, wording, ending->other);
    lab_text_printf(out, " %s at ", deed);
    lab_time_put(out, ending->time);
}

// Who holds the permits that [task] waits for.
static void put_holders(struct lab_text *out, struct lab_wording wording,
                        const struct lab_state_task *task) {
    size_t count = 0;
    lab_state_holders(wording.state, task->other, count_one, &count);
    if (count == 0) {
        put_ending(out, wording, task);
        return;
    }
    lab_text_put(out, ", which ");
    put_awaited(out, wording, task);
    lab_text_put(out, count == 1 ? " holds" : " hold");
}

// What [task] waits for, as it is at the moment of the state.
static void put_details(struct lab_text *out, struct lab_wording wording,
                        const struct lab_state_task *task) {
    switch (task->wait_kind) {
    case LAB_ON_CHILDREN:
        lab_text_put(out, ": ");
        put_awaited(out, wording, task);
        break;
    case LAB_ON_JOB:
        put_job(out, wording, task->other);
        break;
    case LAB_ON_LOCK:
        put_holder(out, wording, task->other);
        break;
    case LAB_ON_SEMAPHORE:
        put_holders(out, wording, task);
        break;
    case LAB_ON_INTERPRETER:
        lab_wording_thread(out, wording, task->wait_kind, task->other);
        break;
    default:
        put_ending(out, wording, task);
        break;
    }
}

static void put_whom(struct lab_text *out, struct lab_wording wording,
                     const struct lab_state_task *task) {
    const char *kind = lab_wait_kind(task->wait_kind)->kind;
    bool several = task->wait_kind == LAB_ON_TASKS;
    if (task->wait_kind == LAB_ON_TASK || task->wait_kind == LAB_ON_BEGIN)
        lab_wording_task(out, wording, task->other);
    else if ((several || task->wait_kind == LAB_ON_GROUP) && wording.state)
        put_awaited(out, wording, task);
    else if (several)
        lab_text_put(out, wording.several ? wording.several : "several tasks");
    else if (task->wait_kind == LAB_ON_JOB)
        lab_wording_job(out, wording, task->other, "its job");
    else
        lab_wording_thing(out, wording, kind, task->other);
}

static void put_deadline(struct lab_text *out, unsigned on, lab_time deadline) {
    if (deadline <= 0 || deadline >= LAB_FOREVER)
        return;
    lab_text_put(out, on == LAB_ON_SLEEP ? " until " : ", until ");
    lab_time_put(out, deadline);
    lab_text_put(out, on == LAB_ON_SLEEP ? "" : " at the latest");
}

void lab_wording_wait(struct lab_text *out, struct lab_wording wording,
                      const struct lab_state_task *task) {
    if (task->wait_kind == LAB_ON_JOB && task->other == 0) {
        lab_text_put(out, "waits for its pool to be done with all jobs");
    } else {
        const char *waits = lab_wait_kind(task->wait_kind)->waits;
        size_t n = strcspn(waits, "%");
        lab_text_write(out, waits, n);
        if (waits[n]) {
            put_whom(out, wording, task);
            lab_text_put(out, waits + n + 1);
        }
        if (task->what)
            lab_text_printf(out, ", \"%s\"",
                            lab_record_string(wording.record, task->what));
        if (wording.state)
            put_details(out, wording, task);
    }
    put_deadline(out, task->wait_kind, task->deadline);
}

void lab_wording_reason(struct lab_text *out, unsigned on, int64_t result) {
    if (result == LAB_ECANCELED) {
        lab_text_put(out, "it was cancelled");
    } else if (result == LAB_ETIMEDOUT) {
        lab_text_put(out, "its time was over");
    } else if (result == LAB_ERAISED) {
        lab_text_put(out, "what it waited for has failed");
    } else if (result < 0) {
        lab_text_put(out, "its wait failed");
        lab_wording_error(out, result);
    } else {
        lab_text_put(out, lab_wait_kind(on)->over);
    }
}
