// known.h - the orders that were run, to know a seed that only repeats one.
//
// The same choices are the same run. How many could have been chosen is known
// from the runs that began alike, so what a seed would choose can be told:
//
//     3 ready > 0 taken > 2 ready > 1 taken > end      known: repeated
//                                 > 0 taken > ?        not known: must be run

#ifndef LAB_DEMO_KNOWN_H
#define LAB_DEMO_KNOWN_H

#include "core/schedule.h"

// Where choices lead that begin an order: to a choice of [ready], 0 for its
// end.
struct lab_known_path {
    uint64_t hash; // of the choices
    uint32_t ready;
    bool is_there;
};

// Zeroed, none is known.
struct lab_known {
    struct lab_known_path *paths;
    size_t count, room; // a power of two, or 0
};

// Adds the order that [schedule] was run in, unless there are too many or it is
// long: those repeat none.
void lab_known_add(struct lab_known *known,
                   const struct lab_schedule *schedule);

// Is the order known that [schedule], a seed, would lead to?
bool lab_known_has(const struct lab_known *known,
                   const struct lab_schedule *schedule);

void lab_known_free(struct lab_known *known);

#endif
