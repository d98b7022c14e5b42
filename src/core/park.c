// park.c - how a task waits, is woken, and is told to stop.
//
//     running --(park)--> waiting --(wake)--> ready --(its turn)--> running
//
// Every wait of the core comes here, so all fail alike once a task must stop,
// and all leave the same events in the record.

#include "core/park_internal.h"

#include "core/misuse.h"
#include "core/turn_internal.h"

void lab_task_note_timer(lab_task *task, lab_time at) {
    lab_task_record(task, LAB_EVENT_TIMER, 0, lab_run_from_loop(task->run, at));
}

void lab_task_note_timeout(lab_task *task, lab_time at) {
    lab_task_record(task, LAB_EVENT_TIMEOUT, 0,
                    lab_run_from_loop(task->run, at));
}

static void on_timer(struct lab_timer *timer) {
    lab_task *task = lab_list_item(timer, lab_task, timer);
    lab_task_note_timer(task, timer->node.key);
    if (task->timer_result == LAB_ETIMEDOUT)
        lab_task_note_timeout(task, timer->node.key);
    lab_task_wake(task, task->timer_result);
}

static void park(lab_task *task, enum lab_event_on on, unsigned other,
                 lab_time deadline) {
    task->state = LAB_TASK_WAITING;
    task->wait_kind = (uint8_t)on;
    lab_turn_give_way(task, other, deadline);
}

void lab_task_hear(lab_task *task, int rc) {
    if (rc != LAB_ECANCELED || !task->cancelled || task->heard)
        return;
    task->heard = true;
    lab_task_record(task, LAB_EVENT_DELIVER, 0, 0);
}

// How many waits in a row may fail in a task that must stop before each lets
// others run; and how many more before the program ends.
enum { PATIENCE = 10000 };

// Tells [task] that it must stop, or that nothing can end its wait. A task that
// ignores that would hold the thread for ever, or never let a run end.
static void refuse(lab_task *task) {
    lab_task_hear(task, LAB_ECANCELED);
    if (++task->refused <= PATIENCE)
        return;
    if (task->refused > 2 * PATIENCE)
        lab_misuse(
            "task #%u \"%s\", spawned at %s:%d, ignores that it must stop: "
            "%d waits in a row have failed, and it continues. Let it return "
            "when a wait fails, as LAB_TRY does%s%s%s",
            task->number, task->name, task->site.file, task->site.line,
            2 * PATIENCE, task->reason ? " (why it must: " : "",
            task->reason ? task->reason : "", task->reason ? ")" : "");
    task->state = LAB_TASK_READY;
    task->wait_kind = LAB_ON_NOTHING;
    lab_turn_add(lab_loop_current, task);
    lab_turn_give_way(task, 0, 0);
}

int lab_task_refuse(lab_task *task) {
    if (!task)
        return LAB_EPERM; // a worker, or a callback
    refuse(task);
    return LAB_ECANCELED;
}

void lab_task_forgive(lab_task *task) {
    if (task->refused > PATIENCE && !lab_task_must_stop(task))
        task->refused = PATIENCE;
}

// The result of the wait that is over.
static int woken(lab_task *task) {
    int result = task->wake_result;
    // A task that must also stop must not take this for a mere timeout.
    if (result == LAB_ETIMEDOUT && lab_task_must_stop(task))
        result = LAB_ECANCELED;
    if (result == LAB_EDEADLK) {
        refuse(task); // a shield around it may make it try for ever
    } else {
        task->refused = 0;
    }
    return result;
}

int lab_task_wait_unheard(enum lab_event_on on, unsigned other,
                          lab_time deadline, int late) {
    lab_loop *loop = lab_loop_current;
    LAB_TRY(lab_task_check());
    lab_task *task = loop->running;
    lab_time until = task->scope ? lab_scope_deadline(task) : LAB_FOREVER;
    if (deadline != LAB_FOREVER) {
        task->timer_result = late;
        lab_timer_set(loop, &task->timer, deadline, on_timer);
        until = deadline < until ? deadline : until;
    }
    park(task, on, other,
         until == LAB_FOREVER ? 0 : lab_run_from_loop(task->run, until));
    return woken(task);
}

int lab_task_wait(enum lab_event_on on, unsigned other, lab_time deadline,
                  int late) {
    int rc = lab_task_wait_unheard(on, other, deadline, late);
    if (rc == LAB_ECANCELED)
        lab_task_hear(lab_loop_current->running, rc);
    return rc;
}

int lab_task_wait_shielded(enum lab_event_on on, unsigned other) {
    lab_task *task = lab_loop_current->running;
    struct lab_scope shield;
    lab_scope_open(task, &shield, LAB_FOREVER);
    shield.shields = true;
    park(task, on, other, 0);
    lab_scope_close(task, &shield);
    return task->wake_result;
}

bool lab_task_wake(lab_task *task, int result) {
    lab_loop *loop = lab_loop_current;
    if (task->state != LAB_TASK_WAITING)
        return false;
    if (lab_heap_holds(&task->timer.node))
        lab_heap_remove(&loop->timers, &task->timer.node);
    task->state = LAB_TASK_READY;
    task->wake_result = result;
    lab_turn_add(loop, task);
    if (task->run->record)
        lab_task_record(task, LAB_EVENT_WAKE, lab_task_number_in(task->run),
                        result);
    return true;
}

void lab_task_stop(lab_task *task) {
    if (lab_task_must_stop(task))
        lab_task_wake(task, LAB_ECANCELED);
}

void lab_cancel_because(lab_task *task, const char *reason) {
    lab_loop_check();
    if (task->state == LAB_TASK_ENDED || task->cancelled)
        return;
    task->cancelled = true;
    task->reason = reason;
    lab_task_record_text(task, LAB_EVENT_CANCEL, lab_task_number_in(task->run),
                         0, reason);
    lab_task_stop(task);
}

void lab_cancel(lab_task *task) {
    lab_cancel_because(task, NULL);
}

lab_time lab_task_deadline_of(const lab_task *task, lab_time delay) {
    if (delay == LAB_FOREVER)
        return LAB_FOREVER;
    return lab_time_after(lab_loop_time(lab_loop_current),
                          lab_run_lasts(task->run, delay > 0 ? delay : 0));
}

lab_time lab_task_deadline(lab_time delay) {
    const lab_task *task = lab_task_self();
    return task ? lab_task_deadline_of(task, delay) : LAB_FOREVER;
}

int lab_sleep(lab_time time) {
    if (time <= 0)
        return lab_yield();
    // A sleeping task is not a deadlock, however long it sleeps.
    if (time == LAB_FOREVER)
        time--;
    return lab_task_wait(LAB_ON_SLEEP, 0, lab_task_deadline(time), 0);
}

int lab_sleep_until(lab_time time) {
    lab_task *task = lab_self();
    if (!task)
        return LAB_EPERM;
    lab_time now = lab_run_time(task->run);
    return time > now ? lab_sleep(time - now) : lab_yield();
}

int lab_yield(void) {
    lab_loop *loop = lab_loop_current;
    LAB_TRY(lab_task_check());
    lab_task *task = loop->running;
    task->state = LAB_TASK_READY;
    task->wait_kind = LAB_ON_NOTHING;
    lab_turn_add(loop, task);
    lab_turn_give_way(task, 0, 0);
    task->refused = 0;
    if (!lab_task_must_stop(task))
        return 0;
    lab_task_hear(task, LAB_ECANCELED);
    return LAB_ECANCELED;
}
