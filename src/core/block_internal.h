// block_internal.h - holding a thread by the machine's clock, private to
// src/core.

#ifndef LAB_CORE_BLOCK_INTERNAL_H
#define LAB_CORE_BLOCK_INTERNAL_H

#include "base/time.h"

struct run;

// Computes for [time] of the calling thread's processor time, or until [run] is
// interrupted.
void lab_block_compute(struct run *run, lab_time time);

#endif
