// lanes.h - a record as lanes: who was in which state, from when to when.
//
// Use:
//     struct lab_lanes lanes;
//     lab_lanes_read(&lanes, run->record);
//     ... lanes.loop, lanes.tasks.lanes[i].spans[j] ...
//     lab_lanes_free(&lanes);
//
// Views that draw time (the timeline, other pictures) read lanes, not events. A
// record may be cut off after any event: the lanes are then those of the run up
// to there.

#ifndef LAB_RECORD_LANES_H
#define LAB_RECORD_LANES_H

#include "record/state.h"

// Spans of a lane follow each other without a break. Only one that has the
// thread may have no length: under the virtual clock code takes no time, and a
// block is over in the turn in which it began. A task that has
// never run is READY here like any other that waits for its turn alone.
struct lab_span {
    lab_time from, to;
    enum lab_is state;
    uint8_t on;     // of a wait, an enum lab_event_on
    bool inside;    // a wait that another task of the run ends
    lab_time asked; // of computing: what it takes on a core of its own
    uint32_t event; // the one that began it, from 1 on; 0 if none did; if the
                    // deadline of a wait did, the event of that
};

// Something at one moment of a lane: a mark, the start of a job, a timeout that
// passes, or, on the loop's lane, a call for a worker.
struct lab_moment {
    lab_time time;
    const char *name; // the mark's, or that of the task that asked
    uint32_t task;    // who made the mark, or asked for the job
    uint32_t job;     // that starts; 0: none does
    uint32_t caller;  // the worker that the call is for; 0: it is none
    bool is_timeout;
};

static inline bool lab_moment_is_mark(const struct lab_moment *moment) {
    return !moment->job && !moment->caller && !moment->is_timeout;
}

// What a gauge stands at from a time on.
struct lab_level {
    lab_time time;
    int64_t value;
};

// How a task's lane ends. OPEN: the record ends before it does.
enum lab_ending {
    LAB_ENDING_OPEN,
    LAB_ENDING_OK,
    LAB_ENDING_FAILED,
    LAB_ENDING_CANCELLED
};

// "ended", "failed" or "cancelled"; "" of a lane that is open.
const char *lab_ending_name(enum lab_ending ending);

struct lab_lane {
    uint32_t number;  // of the task, worker or generator; 0 for the loop
    uint32_t maker;   // of a generator: the task that made it
    char kind;        // 'l', or the letter of its kind: t, w, g or c
    const char *name; // no other of its kind has it; see label.h
    const char *says; // what the record calls it
    lab_time from, to;
    struct lab_span *spans;
    struct lab_moment *moments;
    struct lab_level *levels; // of a gauge, which has nothing else
    size_t span_count, moment_count, level_count;
    enum lab_ending ending;
    bool is_library; // of a task that a library made, or of its generator

    // lanes.c's own.
    size_t span_room, moment_room, level_room;
    struct lab_span open; // the last span, which has no end yet
    bool begun, ended;
};

struct lab_lane_list {
    struct lab_lane *lanes; // in the order of their numbers
    size_t count;
};

enum lab_lane_kind {
    LAB_LANE_TASK,
    LAB_LANE_WORKER,
    LAB_LANE_GENERATOR,
    LAB_LANE_GAUGE,
    LAB_LANE_KINDS,
};

struct lab_lanes {
    struct lab_lane loop;
    union {
        struct {
            struct lab_lane_list tasks, workers, generators;
            struct lab_lane_list gauges; // in the order of their first change
        };
        struct lab_lane_list lists[LAB_LANE_KINDS];
    };
    struct lab_lane turns; // in turns: its levels are the times of the turns
    lab_time end;
    struct lab_state *state; // at the end of the record

    // lanes.c's own
    struct lab_numbered all[LAB_LANE_KINDS];
    bool in_turns;
    lab_time turn; // of the event that is read
};

// Reads [record] into [lanes].
//
// Owns: until lab_lanes_free; the record must stay as it is until then.
void lab_lanes_read(struct lab_lanes *lanes, const struct lab_record *record);

// The same for a run that is not over: open spans end at [now].
void lab_lanes_read_until(struct lab_lanes *lanes,
                          const struct lab_record *record, lab_time now);

void lab_lanes_free(struct lab_lanes *lanes);

// The same with the numbers of turns, from 1 on, in the place of times: what
// happens between two turns belongs to the later one.
void lab_lanes_read_turns(struct lab_lanes *lanes,
                          const struct lab_record *record);

// The greatest value of a gauge's [lane], at least 0, however short it was.
int64_t lab_lane_peak(const struct lab_lane *lane);

// Returns the lane of [number]; NULL if there is none.
struct lab_lane *lab_lanes_task(const struct lab_lanes *lanes, uint32_t number);
struct lab_lane *lab_lanes_worker(const struct lab_lanes *lanes,
                                  uint32_t number);

// All lanes but the gauges', in a row: the loop's, then the tasks', the
// workers' and the generators'.
size_t lab_lanes_count(const struct lab_lanes *lanes);
const struct lab_lane *lab_lanes_at(const struct lab_lanes *lanes,
                                    size_t index);

// Returns the place in that row of the lane that [event] is about: its
// worker's, its task's, or the loop's.
size_t lab_lanes_of(const struct lab_lanes *lanes,
                    const struct lab_event *event);

#endif
