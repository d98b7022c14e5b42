#include "demo/known.h"

#include "base/alloc.h"
#include "base/hash.h"

enum {
    LONGEST = 100,  // choices of an order
    MOST = 1 << 16, // paths
};

static uint64_t follow(uint64_t hash, uint32_t taken) {
    return lab_hash(hash, &taken, sizeof taken);
}

// The place of what begins with the choices that have [hash]; free if there is
// nothing. Half of the places are.
static struct lab_known_path *find(const struct lab_known *known,
                                   uint64_t hash) {
    size_t i = hash & (known->room - 1);
    while (known->paths[i].is_there && known->paths[i].hash != hash)
        i = (i + 1) & (known->room - 1);
    return &known->paths[i];
}

static void grow(struct lab_known *known) {
    struct lab_known wider = {.room = known->room ? 2 * known->room : 256};
    wider.paths = lab_alloc(wider.room * sizeof *wider.paths);
    for (size_t i = 0; i < known->room; i++)
        if (known->paths[i].is_there)
            *find(&wider, known->paths[i].hash) = known->paths[i];
    wider.count = known->count;
    lab_free(known->paths);
    *known = wider;
}

static void add(struct lab_known *known, uint64_t hash, uint32_t ready) {
    if (2 * known->count >= known->room)
        grow(known);
    struct lab_known_path *path = find(known, hash);
    known->count += !path->is_there;
    *path = (struct lab_known_path){hash, ready, true};
}

void lab_known_add(struct lab_known *known,
                   const struct lab_schedule *schedule) {
    uint64_t hash = LAB_HASH_EMPTY;
    if (schedule->made > LONGEST || known->count + LONGEST > MOST)
        return;
    for (size_t i = 0; i < schedule->made; i++) {
        add(known, hash, schedule->choices[i].ready);
        hash = follow(hash, schedule->choices[i].taken);
    }
    add(known, hash, 0);
}

bool lab_known_has(const struct lab_known *known,
                   const struct lab_schedule *schedule) {
    struct lab_schedule next = {.kind = schedule->kind, .seed = schedule->seed};
    const struct lab_known_path *path = NULL;
    uint64_t hash = LAB_HASH_EMPTY;
    lab_schedule_rewind(&next);
    while (known->room > 0) {
        path = find(known, hash);
        if (path->ready == 0) // the end, or nothing known
            break;
        hash = follow(hash, (uint32_t)lab_schedule_choose(&next, path->ready));
    }
    lab_schedule_free(&next);
    return path && path->is_there;
}

void lab_known_free(struct lab_known *known) {
    lab_free(known->paths);
    *known = (struct lab_known){0};
}
