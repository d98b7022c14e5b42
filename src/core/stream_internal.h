// stream_internal.h - the streams of a run, private to src/core.

#ifndef LAB_CORE_STREAM_INTERNAL_H
#define LAB_CORE_STREAM_INTERNAL_H

#include "base/list.h"

struct lab_loop;
struct run;

// The streams of one run.
struct streams {
    struct lab_list all;   // open and closed, in the order they were made
    struct lab_list doors; // listeners in memory
    unsigned numbered;     // how many there ever were
    unsigned ports;        // how many ports were given out, in memory
};

void lab_stream_init_all(struct run *run);
void lab_stream_free_all(struct run *run);

// Sends what the streams of [loop] write late: the tasks of a turn have run.
void lab_stream_send_late(struct lab_loop *loop);

#endif
