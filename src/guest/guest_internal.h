// guest_internal.h - from a file to a process, for each language, and back to
// runs; private to src/guest.

#ifndef LAB_GUEST_GUEST_INTERNAL_H
#define LAB_GUEST_GUEST_INTERNAL_H

#include "base/numbered.h"
#include "core/child.h"
#include "guest/guest.h"
#include "guest/tries_internal.h"

struct lab_guest {
    const struct lab_guest_options *options;
    const char *name; // borrowed
    struct lab_child *child;
    struct lab_recording recording;
    struct lab_reader *reader;
    struct lab_tries *tries;      // of a Python program; NULL: it runs once
    struct lab_text line, errors; // what has come of a line so far
    struct lab_text words;        // the last that the process said of itself
    struct lab_run *run;          // that is being read, or NULL
    struct lab_numbered tasks, workers; // of it: struct named
    struct lab_text over; // beyond which limit it was stopped; empty: none
    size_t printed;
    lab_time patience, silent;               // how long no line has come
    lab_time starved;                        // see lab_guest_starved
    enum { UNASKED, ASKED, ANSWERED } asked; // where it is, as it says nothing
    int interrupts;
    bool has_begun; // it has said something, or could say where it is
    bool is_refused, has_failed;
    bool is_over;  // all was tried
    bool is_shown; // the run that is being read
};

// How to start a guest, and what to tell of it.
struct lab_guest_plan {
    char **words;        // owned, each and all; up to NULL
    size_t count, room;  // of them
    int file;            // descriptor 3 of the process; 0: none
    const char *more[4]; // added to the environment
    lab_time patience;   // how long it may say nothing, by the machine's clock
    const char *missing; // what to do if the program is not there
};

// Compiles the C of [options] into memory. Waits. Errors: a status, as
// lab_guest_start.
int lab_guest_plan_c(struct lab_guest_plan *plan,
                     const struct lab_guest_options *options,
                     struct lab_text *error);

// Is there a Python where it would be started from?
bool lab_guest_has_python(void);

// Finds a Python for [options].
int lab_guest_plan_python(struct lab_guest_plan *plan,
                          const struct lab_guest_options *options,
                          struct lab_text *error);

// Is the program at [path] one in Python?
bool lab_guest_is_python(const char *path);

// Takes what the process of [guest] has written; and, when it has ended, what
// it began to write to its errors.
void lab_guest_hear(struct lab_guest *guest, enum lab_child_from from,
                    const char *bytes, size_t n);
void lab_guest_end_errors(struct lab_guest *guest);

// Passes on what nobody can tell whose it is, if somebody listens.
void lab_guest_stray(const struct lab_guest_options *options, const char *bytes,
                     size_t n);

// Notes that [guest] is stopped because it has said nothing for too long.
void lab_guest_put_silence(struct lab_guest *guest);

// How long the process [pid] was ready to run and had no processor, since it
// was started; and that from what the system says of it.
lab_time lab_guest_starved(int pid);
lab_time lab_guest_read_starved(const char *schedstat);

// How much of [step], in which no line came, [guest] was silent by itself, if
// it was [starved] for so long until now; at least an eighth.
lab_time lab_guest_silence(struct lab_guest *guest, lab_time step,
                           lab_time starved);

// Was [run] asked for? Only looplab's own process leaves out the others.
bool lab_guest_wants(const struct lab_guest *guest, const struct lab_run *run);

// Measures the run that was read, and tells that it has ended.
void lab_guest_end_run(struct lab_guest *guest);

// The name of who has done [event] of the run that is read.
//
// Owns: borrowed, until more of it is read.
const char *lab_guest_name_of(const struct lab_guest *guest,
                              const struct lab_event *event);

// How the process of a guest has ended, if not as it should.
struct lab_guest_end {
    const char *name; // of the program
    struct lab_child_end end;
    const char *over;                // beyond which limit; NULL: none
    int interrupts;                  // how often it was interrupted
    const struct lab_record *record; // what it did last; NULL: nothing
    const char *who;                 // did that; NULL: nobody in particular
};

// Appends that as one sentence.
void lab_guest_put_end(const struct lab_guest_end *end, struct lab_text *out);

// The last part of a path, "my.c"; and that without its ending, "my", yours to
// free.
const char *lab_guest_name(const char *path);
char *lab_guest_title(const char *path);

// Is [word], of what was typed after a program, "name=value"?
bool lab_guest_is_value(const char *word);

// Adds [format] to the words of [plan].
__attribute__((format(printf, 2, 3))) void
lab_guest_add_word(struct lab_guest_plan *plan, const char *format, ...);

#endif
