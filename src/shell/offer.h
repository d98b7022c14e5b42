// offer.h - what completion offers for a word, and what it says of it.
//
// Use, in a type of words or a row of options:
//     static void offer(const struct lab_request *request) {
//         lab_offer(request, "time");
//         lab_offer_about(request, "turns", "a column for each turn");
//     }
//
// What does not begin like the word is dropped here, and so is what the line
// says already: a NAME= or an option is given once.

#ifndef LAB_SHELL_OFFER_H
#define LAB_SHELL_OFFER_H

#include "shell/shell.h"

#include <stdbool.h>

// A word to complete.
struct lab_request {
    struct lab_shell *shell;
    char **words;     // the words for this type, before the one being typed
    int index;        // which of these it is, from 0
    const char *word; // as far as it goes
    char **given;     // all words of the line before it
    int given_count;
    const char *listed; // items of the same word before it: "a,b,"; or NULL
    // [text] says what the candidate is, in a few words; NULL: nothing.
    void (*offer)(void *to, const char *candidate, const char *text);
    void *to;
};

// Offers [candidate] if it begins like the word; and says [text] of it, which
// may be NULL.
void lab_offer(const struct lab_request *request, const char *candidate);
void lab_offer_about(const struct lab_request *request, const char *candidate,
                     const char *text);

// Offers what the three join to.
void lab_offer_joined(const struct lab_request *request, const char *a,
                      const char *b, const char *c, const char *text);

// Offers each of [rows], up to one without a word; and files whose name ends
// with [ending].
struct lab_offered {
    const char *word, *text;
};
void lab_offer_all(const struct lab_request *request,
                   const struct lab_offered *rows);
void lab_offer_files(const struct lab_request *request, const char *ending);

// Likewise, where something else can stand: folders would be in its way until a
// slash says that a file is meant.
void lab_offer_files_too(const struct lab_request *request, const char *ending);

// Offers all commands.
void lab_offer_commands(const struct lab_request *request);

// Offers the words that looplab has for things.
void lab_offer_words(const struct lab_request *request);

// Offers all demos. A later word of a name offers the whole of it; that counts
// if it is the only candidate, see edit.h.
void lab_offer_demos(const struct lab_request *request);

// Offers the variants of demo [name] that are not named yet, and its parameters
// with an "="; after that, the default.
void lab_offer_variants(const struct lab_request *request, const char *name);
void lab_offer_params(const struct lab_request *request, const char *name);

// The same for sweep: after the "=" a range of values.
void lab_offer_ranges(const struct lab_request *request, const char *name);

// Offers the lanes, or the tasks with what they wait for, of what ran last;
// tasks of what is running if [live].
void lab_offer_lanes(const struct lab_request *request);
void lab_offer_tasks(const struct lab_request *request, bool live);

// Offers the first times later than [after] at which something happens in it,
// as "1.5s".
enum { LAB_ANY_MOMENT = -1 };
void lab_offer_moments(const struct lab_request *request, bool live,
                       lab_time after);

#endif
