// scope.h - how long code may run, and whether it may be stopped.
//
// Use:
//     struct lab_timeout timeout;
//     lab_timeout_enter(&timeout, 2 * LAB_S);
//     int rc = talk(); // any number of waits, all within two seconds
//     rc = lab_timeout_exit(&timeout, rc); // LAB_ETIMEDOUT if it took longer
//
//     struct lab_shield shield;
//     lab_shield_enter(&shield);
//     rc = say_goodbye(); // waits although the task is cancelled
//     lab_shield_exit(&shield);
//
// Rules: both nest in any way. The task that entered them must exit them in the
// opposite order, even if something fails in between; else the program ends
// with a sentence. So do not use LAB_TRY in between: lab_within and
// lab_shielded run a function, which may return anywhere.
//
// Once a timeout is over, every wait inside it fails with LAB_ECANCELED until
// its exit, as if the task were cancelled. A task that is awaited inside it is
// then cancelled too; one that was only spawned is not. A shield keeps out the
// cancels and timeouts around it, not those inside it.

#ifndef LAB_CORE_SCOPE_H
#define LAB_CORE_SCOPE_H

#include "core/task.h"

struct lab_timeout {
    struct lab_scope *scope; // the core's; NULL after the exit
    bool expired;            // ask lab_timeout_expired
};

struct lab_shield {
    struct lab_scope *scope; // the core's
};

// Begins a timeout of [delay] for the running task. LAB_FOREVER is none; with
// zero or less the next wait fails.
//
// Source: asyncio.timeout.
void lab_timeout_enter(struct lab_timeout *timeout, lab_time delay);
#define lab_timeout_enter LAB_COVER(lab_timeout_enter)

// Ends [timeout]. Returns [rc], or LAB_ETIMEDOUT if [rc] is LAB_ECANCELED
// because of this timeout. If there is another reason as well, a cancel or an
// outer timeout, it stays LAB_ECANCELED, and the next wait fails too.
LAB_CHECKED int lab_timeout_exit(struct lab_timeout *timeout, int rc);
#define lab_timeout_exit LAB_COVER(lab_timeout_exit)

// Changes when [timeout] is over: [delay] from now, which with zero or less is
// at once. False if it already is. Any task may call it, and a callback.
//
// Source: asyncio's Timeout.reschedule.
bool lab_timeout_reschedule(struct lab_timeout *timeout, lab_time delay);
#define lab_timeout_reschedule LAB_COVER(lab_timeout_reschedule)

// Is the time over? May be asked after lab_timeout_exit, too.
bool lab_timeout_expired(const struct lab_timeout *timeout);

// Runs [fn] here, with [arg], within a timeout of [delay], and returns its
// result as lab_timeout_exit does. Waits where [fn] does.
LAB_CHECKED int lab_within(lab_time delay, lab_fn *fn, void *arg);
#define lab_within LAB_COVER(lab_within)

// Begins code in which waits work even if the task is cancelled or out of time.
// A shield around a wait that never ends makes a task that never ends: put a
// timeout inside it.
//
// Source: trio's CancelScope(shield=True). asyncio's shield is
//         lab_await_shielded.
void lab_shield_enter(struct lab_shield *shield);
#define lab_shield_enter LAB_COVER(lab_shield_enter)

// Ends [shield]. If the task was cancelled meanwhile, its next wait fails.
void lab_shield_exit(struct lab_shield *shield);
#define lab_shield_exit LAB_COVER(lab_shield_exit)

// Runs [fn] here, with [arg], shielded, and returns what it returns. Waits
// where [fn] does.
LAB_CHECKED int lab_shielded(lab_fn *fn, void *arg);
#define lab_shielded LAB_COVER(lab_shielded)

#endif
