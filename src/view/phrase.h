// phrase.h - what events come to, in words: the clauses of a sentence.
//
// Use:
//     struct lab_phrase phrase;
//     lab_phrase_init(&phrase, record, &lanes);
//     lab_phrase_add(&phrase, event);       for what somebody did, in a row
//     lab_text_put(&out, "At 0 s together ");
//     lab_phrase_end(&phrase, &out);        "begins, starts a (t2) and ends."
//     lab_phrase_term(&phrase);

#ifndef LAB_VIEW_PHRASE_H
#define LAB_VIEW_PHRASE_H

#include "view/clauses.h"
#include "view/wording.h"

struct lab_phrase {
    struct lab_wording wording;
    struct lab_clauses clauses;

    // phrase.c's own: what goes into one clause together.
    struct lab_names spawned, joined;
    uint32_t line;
    struct lab_state *state; // before the event that is added
};

// Begins a phrase about what is in [record], whose lanes are [lanes].
//
// Owns: borrows both; until lab_phrase_term.
void lab_phrase_init(struct lab_phrase *phrase, const struct lab_record *record,
                     const struct lab_lanes *lanes);
void lab_phrase_term(struct lab_phrase *phrase);

// Is [event] something that somebody does, not something that happens to them?
bool lab_phrase_is_deed(const struct lab_phrase *phrase,
                        const struct lab_event *event);

// Adds what a task or worker did in [event], the next one of the record;
// nothing if it happened to them.
void lab_phrase_add(struct lab_phrase *phrase, const struct lab_event *event);

// The same of what is not told: that leaves nothing for later clauses.
void lab_phrase_skip(struct lab_phrase *phrase, const struct lab_event *event);

// Passes the next event of the record, whether it was added or not. Call it
// once for each event.
void lab_phrase_pass(struct lab_phrase *phrase);

// Appends the clauses that were added, with commas, an "and" and a full stop,
// and forgets them.
void lab_phrase_end(struct lab_phrase *phrase, struct lab_text *out);

// Appends why the task continues that gets the thread by [event], a RUN: "its
// timer was due", or "its timer had been due for 950.0 ms" if it is late.
// Returns false if there is no such reason. Call it before the event is added.
bool lab_phrase_reason(const struct lab_phrase *phrase,
                       const struct lab_event *event, struct lab_text *out);

// Appends the name of [task], with its number after it: "a.txt (t2)".
void lab_phrase_introduce(const struct lab_phrase *phrase, uint32_t task,
                          struct lab_text *out);

#endif
