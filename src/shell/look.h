// look.h - which run is looked at, and at which moment.
//
// Use:
//     struct lab_look look;
//     int status = lab_look_open(call, &look);
//     if (status == LAB_EXIT_OK)
//         ... look.snapshot, look.state ...
//     lab_look_close(&look);
//
// The call says what is meant, as lab_type_look has read it:
//     at=1.5s, at=12     the moment: a time, or a number of events
//     FILE               a record that was written before
//     DEMO [VARIANT] ... the run of it that is running, or one made now, at
//     once VARIANT            this one of what ran last; see last.h
// Without any it is the newest run that is running, or else the moment where
// the stepper stands, or else the end of what ran last.

#ifndef LAB_SHELL_LOOK_H
#define LAB_SHELL_LOOK_H

#include "shell/command.h"
#include "view/panel.h"

struct lab_look {
    struct lab_snapshot snapshot; // what is looked at
    struct lab_state *state;
    struct lab_text source; // the text of the C; empty if it is not there
    bool watched;           // it is on the whole screen, waiting for keys
    // look.c's own.
    struct lab_comparison kept;      // what is looked at, if only we have it
    struct lab_recording *recording; // likewise
};

// Finds what [call] means. Waits if a demo has to run first. Returns an exit
// status, after complaining if it is not 0.
int lab_look_open(struct lab_call *call, struct lab_look *look);
void lab_look_close(struct lab_look *look);

// Goes to [moment]. Returns an exit status, as above.
int lab_look_go(struct lab_call *call, struct lab_look *look,
                const struct lab_instant *moment);

// Looks at the next variant that has run, at the same time of its run.
void lab_look_next_variant(struct lab_look *look);

// Shows the moment that [look] is at. Returns LAB_EXIT_OK.
int lab_look_show(struct lab_call *call, const struct lab_look *look);

// Looks at what [call] means, and prints what [question] answers. Returns an
// exit status.
int lab_look_answer(struct lab_call *call, lab_question_fn *question);

// Appends how to ask [call] about an earlier moment, if [look] is at the end:
// there nobody is alive, and nobody waits.
void lab_look_put_earlier(struct lab_text *out, const struct lab_call *call,
                          const struct lab_look *look);

// The record that a command looks at if it names no run; NULL if a demo would
// have to run first. What is running counts if [live].
//
// Owns: borrowed, until we wait.
const struct lab_record *lab_look_record(const struct lab_shell *shell,
                                         bool live);

// Finds the look that step and back move. If [call] says what to look at, it
// begins anew, before the first event; otherwise it continues where it was.
// Returns an exit status, as above.
int lab_look_stepper(struct lab_call *call, struct lab_look **stepper);
void lab_look_end_stepper(struct lab_shell *shell);

// Makes [comparison], taken, what ran last. A stepper that goes through what
// ran before ends, unless it is watched: then it keeps that.
void lab_look_replace_last(struct lab_shell *shell,
                           struct lab_comparison *comparison);

// Moves what ran last to [comparison], and leaves nothing.
//
// Owns: yours. It stays empty if a stepper that is watched has what ran last.
void lab_look_take_last(struct lab_shell *shell,
                        struct lab_comparison *comparison);

#endif
