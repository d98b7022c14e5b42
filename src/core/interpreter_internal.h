// interpreter_internal.h - one lock for all that runs Python, so to speak, in a
// run: the loop and the workers of locked pools; private to src/core.
//
//     holder --> claim       waiting --> claim --> claim
//
// Who computes holds it, and gives it on to the one that has waited longest,
// one slice after that began to wait or after it took the lock itself. Who
// blocks lets go of it. This half is the virtual clock's: who has the lock,
// and what the record says of it. What they do with it is in world.c.

#ifndef LAB_CORE_INTERPRETER_INTERNAL_H
#define LAB_CORE_INTERPRETER_INTERNAL_H

#include "base/list.h"
#include "base/time.h"

#include <stdbool.h>

struct run;
struct worker;

struct claim {
    struct lab_list node;  // in the line, while it waits
    struct worker *worker; // NULL: it is the loop's
    lab_time since;        // when it began to wait
};

struct interpreter {
    lab_time slice; // 0: there is no such lock
    struct claim *holder;
    lab_time since; // when the holder took it
    struct lab_list waiting;
    struct claim loop;
    struct run *run;    // whose record it stands in
    struct claim *told; // the holder, as the record has it
};

void lab_interpreter_init(struct interpreter *self, struct run *run,
                          lab_time slice);

// Takes the lock for [claim] if it is free; else puts that in the line. Returns
// whether it has the lock now.
bool lab_interpreter_take(struct interpreter *self, struct claim *claim,
                          lab_time now);

// [claim] lets go of the lock, or gives up waiting for it.
void lab_interpreter_drop(struct interpreter *self, struct claim *claim);

// Gives a free lock to the first in the line, and returns that; NULL if it is
// not free or nobody waits.
struct claim *lab_interpreter_grant(struct interpreter *self, lab_time now);

// When the holder must give the lock on, if it computes until then.
lab_time lab_interpreter_switch(const struct interpreter *self);

#endif
