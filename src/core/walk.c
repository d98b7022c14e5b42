#include "core/walk.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

// The last odd choice of a schedule, and the number of its parent. The first
// schedule has neither.
struct lab_step {
    uint32_t parent, position, taken, order;
};

static void add(struct lab_walk *walk, uint32_t position, uint32_t taken) {
    if (walk->count >= walk->most) {
        walk->truncated = true;
        return;
    }
    walk->steps =
        lab_grow(walk->steps, walk->count, &walk->room, sizeof *walk->steps);
    walk->steps[walk->count] =
        (struct lab_step){.parent = (uint32_t)walk->at,
                          .position = position,
                          .taken = taken,
                          .order = (uint32_t)walk->count};
    walk->count++;
}

// Adds the schedules with one more odd choice than [schedule], which was run.
static void add_children(struct lab_walk *walk,
                         const struct lab_schedule *schedule) {
    size_t depth = schedule->made;
    if (walk->deepest && depth > walk->deepest) {
        depth = walk->deepest;
        walk->truncated = true;
    }
    for (size_t i = schedule->scripted; i < depth; i++)
        for (uint32_t taken = 1; taken < schedule->choices[i].ready; taken++)
            add(walk, (uint32_t)i, taken);
}

static int compare(const void *a, const void *b) {
    const struct lab_step *x = a, *y = b;
    if (x->position != y->position)
        return x->position < y->position ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

// All schedules with as many odd choices are run, and so the next ones known.
static void begin_level(struct lab_walk *walk) {
    qsort(walk->steps + walk->level_end, walk->count - walk->level_end,
          sizeof *walk->steps, compare);
    walk->level_end = walk->count;
}

// Makes [schedule] the script of step [at].
static void write_script(const struct lab_walk *walk,
                         struct lab_schedule *schedule) {
    size_t length = walk->at > 0 ? walk->steps[walk->at].position + 1 : 0;
    lab_schedule_make_room(schedule, length);
    for (size_t i = 0; i < length; i++)
        schedule->choices[i] = (struct lab_choice){0};
    for (size_t at = walk->at; at > 0; at = walk->steps[at].parent)
        schedule->choices[walk->steps[at].position].taken =
            walk->steps[at].taken;
    schedule->kind = LAB_SCHEDULE_SCRIPT;
    schedule->scripted = length;
    lab_schedule_rewind(schedule);
}

bool lab_walk_next(struct lab_walk *walk, struct lab_schedule *schedule) {
    if (walk->count == 0) {
        add(walk, 0, 0);
        walk->level_end = 1;
    } else {
        add_children(walk, schedule);
        walk->at++;
    }
    if (walk->at == walk->level_end)
        begin_level(walk);
    if (walk->at == walk->count)
        return false;
    write_script(walk, schedule);
    return true;
}

struct lab_walk lab_walk_copy(const struct lab_walk *walk) {
    struct lab_walk copy = *walk;
    copy.steps = lab_realloc(NULL, walk->count + 1, sizeof *copy.steps);
    copy.room = walk->count + 1;
    if (walk->count)
        memcpy(copy.steps, walk->steps, walk->count * sizeof *copy.steps);
    return copy;
}

void lab_walk_free(struct lab_walk *walk) {
    lab_free(walk->steps);
    walk->steps = NULL;
    walk->count = walk->room = walk->at = walk->level_end = 0;
}
