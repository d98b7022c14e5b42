// lanes.h - a record as lanes: who was in which state, from when to when.
//
// Use:
//     struct lab_lanes lanes;
//     lab_lanes_read(&lanes, result->record);
//     ... lanes.loop, lanes.tasks.lanes[i].spans[j] ...
//     lab_lanes_free(&lanes);
//
// Whatever draws time (the timeline, and other pictures after it) reads lanes
// and no events. A record may be cut off after any event: the lanes are then
// those of the run until there.

#ifndef LAB_VIEW_LANES_H
#define LAB_VIEW_LANES_H

#include "record/numbers.h"
#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What a lane is doing. Where one cell of a picture holds several, the
// greatest is shown.
enum lab_lane_state {
    LAB_LANE_IDLE,    // the loop or a worker has nothing to do
    LAB_LANE_WAITING, // a task waits, or is ready and waits for its turn
    LAB_LANE_QUEUED,  // a task's job waits for a worker
    LAB_LANE_RUNNING, // has the thread
    LAB_LANE_BURNING, // holds it, computing
    LAB_LANE_BLOCKED, // holds it, asleep
    LAB_LANE_STATES,
};

// Spans of a lane follow each other without a break. Only a running one may
// have no length: under the virtual clock code takes no time.
struct lab_span {
    lab_time from, to;
    enum lab_lane_state state;
    uint8_t on; // of a wait, a lab_event_on: nothing is for its turn
};

// Something at one moment of a lane: a mark, or the start of a job.
struct lab_moment {
    lab_time time;
    const char *name; // the mark's, or that of the task that asked
    uint32_t task;    // who made the mark, or asked for the job
    uint32_t job;     // 0: it is a mark
};

struct lab_lane {
    const char *name; // unlike all others of its kind; see label.h
    const char *says; // what the record calls it
    uint32_t number;  // of the task or worker; 0 for the loop
    lab_time from, to;
    struct lab_span *spans;
    struct lab_moment *moments;
    size_t span_count, moment_count;

    // lanes.c's own.
    size_t span_room, moment_room;
    enum lab_lane_state state; // of the span that is open
    uint8_t on;                // likewise
    lab_time since;            // when it began
    uint32_t job;              // that a worker is at
    bool ended, queued;
    char *made; // the name, where it is not the record's
};

struct lab_lane_list {
    struct lab_lane *lanes; // in the order of their numbers
    size_t count, room;

    struct lab_numbers numbers; // lanes.c's own, while it is read
};

struct lab_lanes {
    struct lab_lane loop;
    struct lab_lane_list tasks, workers;
    lab_time end;
    uint32_t holder; // lanes.c's own: the task that has the loop's thread
};

// Reads [record] into [lanes].
//
// Owns: until lab_lanes_free; the record must stay as it is until then.
void lab_lanes_read(struct lab_lanes *lanes, const struct lab_record *record);

// The same of a run that is not over: what goes on goes on until [now].
void lab_lanes_read_until(struct lab_lanes *lanes,
                          const struct lab_record *record, lab_time now);

void lab_lanes_free(struct lab_lanes *lanes);

// Returns the lane of [number]; NULL if there is none.
struct lab_lane *lab_lanes_find(const struct lab_lane_list *list,
                                uint32_t number);

// The time that lab_record_gap measures.
struct lab_lanes_gap {
    lab_time from, to;
    uint32_t task, worker; // who made the mark that ends or begins it; or 0
};

// Returns the first of the longest times in which nothing marked [name].
struct lab_lanes_gap lab_lanes_find_gap(const struct lab_record *record,
                                        const char *name);

#endif
