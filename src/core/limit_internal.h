// limit_internal.h - how near a run is to its bounds, private to src/core.

#ifndef LAB_CORE_LIMIT_INTERNAL_H
#define LAB_CORE_LIMIT_INTERNAL_H

#include "core/limit.h"

struct lab_loop;
struct run;

struct limit {
    lab_time began; // by the machine's clock
    lab_time now;   // the virtual time since
    uint64_t since; // the turn that it began in
    unsigned looks; // at all this
    int hit;        // the code of the bound that was reached; 0: none
    char words[96]; // the same for the record
};

// Begins to count for [run], which is virtual, on its [loop]; ends that.
void lab_limit_begin(struct lab_loop *loop, struct run *run);
void lab_limit_end(struct run *run);

// Stops [run], on [loop], if it has reached a bound. To be called between two
// turns; sets loop->look to the turn after which to call it again.
void lab_limit_look(struct lab_loop *loop, struct run *run);

#endif
