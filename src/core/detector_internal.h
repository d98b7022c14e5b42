// detector_internal.h - what the watchdog is told, and does; private to
// src/core.

#ifndef LAB_CORE_DETECTOR_INTERNAL_H
#define LAB_CORE_DETECTOR_INTERNAL_H

#include "core/detector.h"

struct detector;
typedef lab_time lab_detector_clock(void);

struct detector *lab_detector_new(lab_time threshold, lab_detector_clock *clock,
                                  lab_detector_fn *fn, void *sink);
void lab_detector_free(struct detector *detector);

// [task] runs now, or with NULL the turn is over.
void lab_detector_step(struct detector *detector, const lab_task *task);

// A virtual worker runs its job now, on the loop's thread.
struct worker;
void lab_detector_job(struct detector *detector, const struct worker *worker);

// Reports what holds the loop, if anything, and returns when to look again.
lab_time lab_detector_check(struct detector *detector);

#endif
