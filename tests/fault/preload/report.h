// report.h - what the preloaded library is told, and what it saw. The one who
// starts the program and the program share it, so that it outlives a crash.

#ifndef LAB_FAULT_REPORT_H
#define LAB_FAULT_REPORT_H

#include <stdatomic.h>
#include <stdbool.h>

// The environment variable that holds the descriptor of a file with a struct
// report in it.
#define REPORT_FD "LOOPLAB_FAULT_REPORT"

struct report {
    // What to fail: the allocation number [at], counted from 1, and all later
    // ones if it is [for_good]; 0 is none.
    long at;
    bool for_good;
    bool foreign; // libraries' allocations count and fail as well as ours

    // What happened.
    atomic_long count, failed;
    bool ours;    // is the first one that failed?
    char who[64]; // the file of the code that asked for the last one

    // What was left when the program ended by itself:
    long live;  // lab_alloc_live(), if the program has it
    long files; // open descriptors
};

#endif
