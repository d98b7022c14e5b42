// export_why.h - which event began each span of the lanes.
//
// Lanes say who was in which state. Why a task waits, or what a worker does,
// is told by the event that began the span.

#ifndef LAB_VIEW_EXPORT_WHY_H
#define LAB_VIEW_EXPORT_WHY_H

#include "view/lanes.h"

// For the loop, then the tasks, then the workers: for each of its spans the
// place of an event in the record, from 1 on, or 0 where none is known.
struct lab_export_why {
    uint32_t **of_lane;
    size_t count;
};

// Reads which events began the spans of [lanes], which are those of [record].
//
// Owns: until lab_export_why_free.
void lab_export_why_read(struct lab_export_why *why,
                         const struct lab_lanes *lanes,
                         const struct lab_record *record);
void lab_export_why_free(struct lab_export_why *why);

// Lane [index] of all: 0 is the loop, the tasks follow, then the workers.
const struct lab_lane *lab_export_lane(const struct lab_lanes *lanes,
                                       size_t index);
size_t lab_export_lane_count(const struct lab_lanes *lanes);

// The lane on which [event] happened: its worker's, its task's, or the loop's.
size_t lab_export_lane_of(const struct lab_lanes *lanes,
                          const struct lab_event *event);

#endif
