// wording.h - names, results and waits in words: the one source for
// whatever tells of events.
//
// Use:
//     struct lab_wording wording = lab_wording_of(state);
//     lab_wording_task(&out, wording, 2);                     "t2 a.txt"
//
// With a state, names have their numbers and what is waited for is told as it
// is at that moment. With lanes alone, names stand for themselves.

#ifndef LAB_VIEW_WORDING_H
#define LAB_VIEW_WORDING_H

#include "base/text.h"
#include "record/lanes.h"
#include "record/location.h"
#include "record/run.h"
#include "record/state.h"
#include "view/view.h"

struct lab_wording {
    const struct lab_record *record;
    const struct lab_state *state; // or NULL
    const struct lab_lanes *lanes; // where there is no state
    const char *several; // whom a wait for several is for; NULL: not known
};

// Words for the moment of [state].
struct lab_wording lab_wording_of(const struct lab_state *state);

// Appends "t2 a.txt" or "a.txt", or "t2" for one nobody knows; "the loop" for
// 0.
void lab_wording_task(struct lab_text *out, struct lab_wording wording,
                      uint32_t number);

// Appends " (line 12)", or " (helper.py line 12)"; nothing if [location] is 0.
void lab_wording_location(struct lab_text *out, const struct lab_record *record,
                          uint32_t location);

// Appends "worker pool-1".
void lab_wording_worker(struct lab_text *out, struct lab_wording wording,
                        uint32_t number);

// Appends "steps" or "generator 2": what the generator is called.
void lab_wording_generator(struct lab_text *out, struct lab_wording wording,
                           uint32_t number);

// Appends what [task], which has ended, came to: "5", "an error (no such
// file)",
// "'the value of a coroutine'".
void lab_wording_result(struct lab_text *out, struct lab_wording wording,
                        const struct lab_state_task *task);

// Appends why [run] failed or was skipped: in the words of the record, or else
// of the code.
void lab_wording_run_failure(struct lab_text *out, const struct lab_run *run);

// The color of that sentence.
enum lab_color lab_wording_run_color(const struct lab_run *run);

// Appends ": " and which error [result] is; nothing if it is none.
void lab_wording_error(struct lab_text *out, int64_t result);

// Appends ": " and the error of [event]: in its own words, or else of the code.
void lab_wording_event_error(struct lab_text *out,
                             const struct lab_record *record,
                             const struct lab_event *event);

// Appends why [task] failed: in the words of the record, or else of the code.
void lab_wording_failure(struct lab_text *out, struct lab_wording wording,
                         const struct lab_state_task *task);

// Appends on which condition a thread, of [worker] or, if that is 0, the
// loop's, computes without a break: nothing where there is no interpreter lock.
void lab_wording_if_kept(struct lab_text *out, const struct lab_state *state,
                         uint32_t worker);

// Appends ", which worker pool-1 holds", or the loop, if a thread holds what
// others wait [on]: mutex [number], or the interpreter lock.
void lab_wording_thread(struct lab_text *out, struct lab_wording wording,
                        unsigned on, uint32_t number);

// Appends [number] as one of its kind: "lock 3", or "a lock" where things have
// no numbers.
void lab_wording_thing(struct lab_text *out, struct lab_wording wording,
                       const char *kind, uint32_t number);

// Appends job [number], by what it runs if the record says so and the name of
// its task does not: "resize(3)"; or "job 3", or [else_] where jobs have no
// numbers.
void lab_wording_job(struct lab_text *out, struct lab_wording wording,
                     uint32_t number, const char *else_);

// Appends " until 2.000 s"; nothing for 0, which is a time that nobody knows.
void lab_wording_until(struct lab_text *out, lab_time time);

// Appends what [task] waits for: "sleeps until 1.000 s", "waits for lock 1,
// which t2 left holds".
void lab_wording_wait(struct lab_text *out, struct lab_wording wording,
                      const struct lab_state_task *task);

// Appends why a wait [on] that came to [result] is over: "its timer was due".
void lab_wording_reason(struct lab_text *out, unsigned on, int64_t result);

#endif
