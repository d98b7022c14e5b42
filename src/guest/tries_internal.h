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
    struct lab_schedule *schedule; // and the choices that were made
    const char *values;            // "n=3 limit=2"
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
    // Sets schedule and values of the next try. False: there is none.
    bool (*next)(struct lab_tries *tries);
    // Appends some that come after it, if that is known: see grade_plan.h. Or
    // NULL.
    void (*put_ahead)(const struct lab_tries *tries, struct lab_text *out);
    // Takes what came out.
    void (*take)(struct lab_tries *tries);
    // All is over. [why] the process has ended before; NULL: it has not.
    void (*end)(struct lab_tries *tries, const char *why);
    // tries.c's own.
    int requests; // where the process reads; 0: all was tried
    struct lab_reader *reader;
    bool is_damaged, has_ended;
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

// The process has ended, with this sentence if not all was tried.
void lab_tries_end(struct lab_tries *tries, const char *why);

void lab_tries_free(struct lab_tries *tries);

#endif
