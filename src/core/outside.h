// outside.h - what goes on beside the loop, private to src/core: the world
// under either clock, the watchdog, and signals. The end of state.h.

#ifndef LAB_CORE_OUTSIDE_H
#define LAB_CORE_OUTSIDE_H

#include "core/state.h"

// --- real.c: what a loop under the real clock waits with
// Has what came from outside be seen, and with [may_wait] waits for it or
// the next timer.
void lab_real_poll(lab_loop *loop, bool may_wait);
void lab_real_term(lab_loop *loop);
struct real *lab_real_of(lab_loop *loop); // makes it if need be
struct uv_loop_s *lab_real_uv(struct real *real);
// Is there mail, a signal, or has nobody looked outside for long?
bool lab_real_has_news(struct real *real);
// From any thread: has the loop of [real] open [mail].
void lab_real_post(struct real *real, struct mail *mail);
// From any thread or signal handler: ends a wait of the loop.
void lab_real_nudge(struct real *real);

// --- world.c: what goes on beside the loop under the virtual clock
// Has anything happened that the loop has not looked at?
bool lab_world_has_news(const lab_loop *loop);
// Lets time pass to the next thing that happens, and has it happen. Says
// false when nothing ever will.
bool lab_world_turn(lab_loop *loop);
// The loop's thread is held for [time]: asleep, or computing.
void lab_world_hold(lab_loop *loop, lab_time time, bool computing);

// --- detector.c: what the watchdog is told, and does
typedef lab_time lab_detector_clock(void);
struct detector *lab_detector_new(lab_time threshold, lab_detector_clock *clock,
                                  lab_detector_fn *fn, void *sink);
void lab_detector_free(struct detector *detector);
// [task] goes on now, or with NULL the turn is over.
void lab_detector_step(struct detector *detector, const lab_task *task);
// Tells what there is to tell, and returns when to look again.
lab_time lab_detector_check(struct detector *detector);

// --- signal.c
bool lab_signal_pending(int signal);
// Forgets that [signal] came; says whether it had.
bool lab_signal_take(int signal);
bool lab_signal_any(void);
// Calls the functions of all signals that came.
void lab_signal_dispatch(void);
// Gives every signal back, as the loop of [real] ends.
void lab_signal_forget(struct real *real);

// --- crash.c: a worker's part of lab_crash_init
void lab_crash_thread_init(void);
void lab_crash_thread_term(void);

#endif
