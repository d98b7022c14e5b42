// walk.h - every schedule of a small model, the simplest first.
//
// Use:
//     struct lab_walk walk = {.most = 20000, .deepest = 100};
//     struct lab_schedule schedule = {0};
//     while (lab_walk_next(&walk, &schedule))
//         ... a run under [schedule] ...
//     lab_walk_free(&walk);
//     lab_schedule_free(&schedule);
//
// A choice is odd if it is not 0, first in, first out. First comes the schedule
// without an odd choice, then those with one, with two, and so on; of equally
// many those first whose last odd choice is early. So the first schedule that
// breaks something is the simplest that does, even if they are too many to try
// them all.
//
// Each schedule but the first has one parent: the one without its last odd
// choice. The run under that has shown how many could be chosen there.

#ifndef LAB_CORE_WALK_H
#define LAB_CORE_WALK_H

#include "core/schedule.h"

struct lab_step;

struct lab_walk {
    size_t most;    // how many schedules to try at most
    size_t deepest; // how many choices of an order are varied; 0: all
    // What came out.
    bool truncated; // there are more than were tried
    // walk.c's own: a node for each schedule, in the order of the walk.
    struct lab_step *steps;
    size_t count, room, at, level_end;
};

// Makes [schedule], zeroed or as the run before has left it, the next one. Its
// late timer and its cancel stay. Returns false when there is none left.
bool lab_walk_next(struct lab_walk *walk, struct lab_schedule *schedule);

// A copy of [walk], which is walked on its own.
//
// Owns: yours, until lab_walk_free.
struct lab_walk lab_walk_copy(const struct lab_walk *walk);

void lab_walk_free(struct lab_walk *walk);

#endif
