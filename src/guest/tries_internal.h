// tries_internal.h - a Python program under one schedule after another, private
// to src/guest.
//
// The process is asked for each on its standard input, and forks for it; see
// tries.py. Here each record is read, somebody takes what came out, and says
// what is tried next.

#ifndef LAB_GUEST_TRIES_INTERNAL_H
#define LAB_GUEST_TRIES_INTERNAL_H

#include "core/schedule.h"
#include "demo/grade.h"
#include "demo/orders.h"
#include "record/file.h"

// The program from its start to its end, under one schedule.
struct lab_try {
    struct lab_schedule schedule; // and the choices that were made
    const char *values;           // "n=3 limit=2"; borrowed
    // What came out.
    struct lab_recording recording; // of one comparison; or none
    bool ended;   // by itself: it was not killed, and did not leave its run
    bool reached; // the moment of the late timer and of the cancel came
    bool timed_out;
    int status, signal, result; // of the process; result: as a run's
    lab_time time;              // in which all runs ended
    struct lab_text said;       // in runs and outside, line by line
    struct lab_text words;      // the error that ended it; or none
};

struct lab_tries {
    struct lab_try now;
    // Makes [now] the next try, of which the schedule and the values are set.
    // The schedule is zeroed, or as the last one was. False: there is none.
    bool (*next)(struct lab_tries *tries);
    void (*take)(struct lab_tries *tries);
    void (*free)(struct lab_tries *tries);
    // tries.c's own.
    int requests; // where the process reads; 0: nowhere any more
    struct lab_reader *reader;
    bool is_damaged;
};

// Tries all orders, and counts their outcomes.
struct lab_tries *lab_tries_of_orders(struct lab_orders *orders);

// Tries what [grade] plans, and judges it. [name] is that of the program.
struct lab_tries *lab_tries_of_grade(struct lab_grade *grade, const char *name);

// Makes the file that is the process's standard input.
//
// Errors: those of socketpair(2).
int lab_tries_open(struct lab_tries *tries, int *input);

// Asks for the next try. Returns false, and lets the process end, if that was
// the last.
bool lab_tries_ask(struct lab_tries *tries);

// Reads a line of the process. Returns whether it was the last of this try.
bool lab_tries_line(struct lab_tries *tries, const char *line, size_t n);

void lab_tries_free(struct lab_tries *tries);

#endif
