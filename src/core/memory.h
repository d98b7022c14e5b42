// memory.h - what a run keeps between its functions.
//
// Use:
//     struct counts {
//         int sent, received;
//     };
//     struct counts *counts = lab_state(sizeof *counts);
//     counts->sent++;
//
// Rules: ask for the same size at each call. Each run of a demo has its own
// block, so none sees what another counts.

#ifndef LAB_CORE_MEMORY_H
#define LAB_CORE_MEMORY_H

#include <stddef.h>

// Returns the [size] bytes that belong to the current run: zeroed at the first
// call, and the same block at each later one, in every task and worker of it.
//
// Owns: the run, which frees them at its end.
__attribute__((returns_nonnull)) void *lab_state(size_t size);
#define lab_state LAB_COVER(lab_state)

#endif
