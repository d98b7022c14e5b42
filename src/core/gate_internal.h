// gate_internal.h - the interpreter's lock under the real clock, private to
// src/core. The virtual one is in interpreter_internal.h.

#ifndef LAB_CORE_GATE_INTERNAL_H
#define LAB_CORE_GATE_INTERNAL_H

#include "base/time.h"

// One thread at a time is inside, and who has waited longest is next. Who
// waits, and who is inside then, stands in the record.
struct gate;
struct lab_pool;
struct run;

// Makes a gate with the slice of [pool]; what the loop does there is noted in
// the run of that.
struct gate *lab_gate_new(const struct lab_pool *pool);
void lab_gate_free(struct gate *gate);

// [run] ends, so nothing more of the loop is noted in it.
void lab_gate_forget(struct gate *gate, const struct run *run);

// Waits until the thread is inside; lets the next one in. Nothing where [gate]
// is NULL.
void lab_gate_enter(struct gate *gate);
void lab_gate_leave(struct gate *gate);

// From inside: lets others in first, if the first of them has waited for a
// slice and the thread has been inside for as long. To be called often.
void lab_gate_give_on(struct gate *gate);

// The gate of the calling thread, or NULL: a loop's, or that of a worker of a
// locked pool.
struct gate *lab_gate_current(void);

#endif
