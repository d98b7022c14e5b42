// sentence.h - an event as a sentence: "t2 a.txt sleeps until 1.000 s".
//
// A sentence is somebody and a deed; what many events come to together is a
// phrase, see phrase.h.

#ifndef LAB_VIEW_SENTENCE_H
#define LAB_VIEW_SENTENCE_H

#include "view/wording.h"

// Whom an event is told of; both 0 for the loop.
struct lab_doer {
    uint32_t task, worker;
};

struct lab_doer lab_sentence_doer(const struct lab_event *event);
void lab_sentence_put_doer(struct lab_text *out, struct lab_wording wording,
                           struct lab_doer doer);

// Appends what the doer of [event] does: "sleeps until 1.000 s". A state in
// [wording] has applied the event, or more.
void lab_sentence_put_deed(struct lab_text *out, struct lab_wording wording,
                           const struct lab_event *event);

// Appends both, without a full stop.
void lab_sentence_put(struct lab_text *out, struct lab_wording wording,
                      const struct lab_event *event);

// Appends whom [wake], a WAKE, woke and why, for later, when that task may wait
// again: "t1 main by t2 a.txt: the task it waited for has ended".
void lab_sentence_put_woken(struct lab_text *out, struct lab_wording wording,
                            const struct lab_event *wake);

// Appends the full stop, unless [sentence] ends with one: the words of an error
// may, as they come from elsewhere.
void lab_sentence_end(struct lab_text *sentence);

// Appends a NOTE: "a note on t1 main: the coroutine greet was never awaited".
// Nobody in the program does anything: looplab says it.
void lab_sentence_put_note(struct lab_text *out, struct lab_wording wording,
                           const struct lab_event *event);

#endif
