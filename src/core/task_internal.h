// task_internal.h - what the core knows of a task, private to src/core.

#ifndef LAB_CORE_TASK_INTERNAL_H
#define LAB_CORE_TASK_INTERNAL_H

#include "base/list.h"
#include "core/coroutine.h"
#include "core/here.h"
#include "core/loop_internal.h"
#include "core/outcome_internal.h"
#include "core/run_internal.h"
#include "core/task.h"
#include "record/event.h"

struct lab_scope;

// Something that a task made and that is freed when the task ends.
struct owned {
    struct lab_list node;
    void (*free)(struct owned *owned);
};

// What every wait uses comes first, in two lines of the cache: where there are
// many tasks, fetching those is most of what a switch costs.
struct lab_task {
    struct lab_coroutine coroutine;
    uint8_t state;           // enum lab_task_state
    uint8_t wait_kind;       // enum lab_event_on
    bool cancelled;          // by lab_cancel; every unshielded wait fails
    bool heard;              // a wait has failed for that
    bool detached;           // it will not be awaited: freed when it ends
    bool returned;           // its body has returned; it waits for its children
    uint16_t refused;        // how many waits in a row have failed at once
    int wake_result;         // what the current wait returns
    int timer_result;        // and what it returns if its timer ends it
    struct lab_scope *scope; // the innermost timeout or shield
    struct run *run;
    struct lab_timer timer;
    union { // of the wait to come, as in the event
        struct {
            uint32_t need : 28; // how many tasks must end
            uint32_t where : 2; // an enum lab_where
        };
        uint32_t details;
    };
    unsigned number;
    const char *reason; // why it was cancelled; NULL if not given
    struct outcome end;
    lab_task *parent;
    struct lab_list sibling, children; // living and ended, oldest first
    struct lab_list owned;             // of struct owned
    unsigned living;                   // children that have not ended
    unsigned stack_size;               // 0: the usual
    lab_fn *fn;
    void *arg;
    struct lab_site site;
    struct lab_site here;    // lab_here, while another runs
    struct printed *printed; // NULL until it prints: see printed.h
    char name[32];
};

// What a task's coroutine runs.
lab_coroutine_fn lab_task_body;

lab_task *lab_task_new(struct run *run, lab_task *parent, struct lab_site site,
                       const char *name, lab_fn *fn, void *arg, size_t size);
void lab_task_free(lab_task *task);

// The task that runs and may wait; NULL if there is none.
static inline lab_task *lab_task_self(void) {
    return lab_loop_current ? lab_loop_current->self : NULL;
}

// The task that runs, also while it makes a callback; NULL on a worker.
lab_task *lab_task_caller(void);

// The running task's number, if it belongs to [run]; else 0: the loop, or
// another run.
unsigned lab_task_number_in(const struct run *run);

// Notes that the caller was given the result of [task].
void lab_task_read_failure(lab_task *task); // the first time, if it failed
static inline void lab_task_read(lab_task *task) {
    if (task->end.result < 0 && !task->end.read)
        lab_task_read_failure(task);
    task->end.read = true;
}

// Has [owned] freed when the running task ends, if it is still in the list.
void lab_task_own(struct owned *owned, void (*free)(struct owned *owned));

// --- its events

// Write an event of [task], with the time now, if its run keeps a record.
void lab_task_record_text(const lab_task *task, enum lab_event_kind kind,
                          unsigned other, int64_t value, const char *text);
void lab_task_record_at(const lab_task *task, lab_time at,
                        enum lab_event_kind kind, unsigned other,
                        int64_t value);

// Makes [event] one of [task] at [time] of its run.
static inline void lab_task_fill(struct lab_event *event, const lab_task *task,
                                 lab_time time, enum lab_event_kind kind,
                                 unsigned other, int64_t value) {
    *event = (struct lab_event){
        .time = time,
        .value = value,
        .task = task->number,
        .other = other,
        .line =
            lab_location_of(task->run->record, lab_here.file, lab_here.line),
        .kind = (uint8_t)kind,
        .on = task->wait_kind,
        .details = kind == LAB_EVENT_WAIT ? task->details : 0,
    };
}

// As lab_task_record_at, inlined where many events are written.
static inline void lab_task_record_here(const lab_task *task, lab_time at,
                                        enum lab_event_kind kind,
                                        unsigned other, int64_t value) {
    struct lab_event *event = lab_record_place(task->run->record);
    lab_task_fill(event, task, lab_run_from_loop(task->run, at), kind, other,
                  value);
    lab_record_keep(task->run->record, event);
}

static inline void lab_task_record(const lab_task *task,
                                   enum lab_event_kind kind, unsigned other,
                                   int64_t value) {
    if (task->run->record)
        lab_task_record_at(task, lab_loop_time(lab_loop_current), kind, other,
                           value);
}

// Writes that [task] will wait for [awaited], one of several.
void lab_task_note_join(lab_task *task, const lab_task *awaited);

#endif
