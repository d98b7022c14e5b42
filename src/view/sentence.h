// sentence.h - an event as a sentence: "t2 a.txt sleeps until 1.000 s".
//
// Names are those that [replay] knows; it has applied the event, or more.

#ifndef LAB_VIEW_SENTENCE_H
#define LAB_VIEW_SENTENCE_H

#include "view/replay.h"
#include "view/source.h"

// Appends what happened in [event], without a full stop.
void lab_sentence_put(struct lab_text *out, const struct lab_replay *replay,
                      const struct lab_event *event);

// Appends "t2 a.txt"; "the loop" for 0.
void lab_sentence_task(struct lab_text *out, const struct lab_replay *replay,
                       uint32_t number);

// Appends "w1 pool 1".
void lab_sentence_worker(struct lab_text *out, const struct lab_replay *replay,
                         uint32_t number);

// Appends what [task] waits for: "sleeps until 1.000 s", "waits for lock 1,
// which t2 left holds".
void lab_sentence_wait(struct lab_text *out, const struct lab_replay *replay,
                       const struct lab_replay_task *task);

// Appends a result: "0", "100", "ECANCELED (cancelled)".
void lab_sentence_result(struct lab_text *out, int64_t result);

// Appends "t2 to t6" or "t2, t4, t5, t6 and 94 more" for the tasks that [task]
// waits for and that have not ended.
void lab_sentence_awaited(struct lab_text *out, const struct lab_replay *replay,
                          const struct lab_replay_task *task);

#endif
