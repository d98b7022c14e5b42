// type.h - what the words after a command can be.
//
// A command's row lists the types of its words. A type offers words to
// completion, and reads what was typed into the call or refuses it. What only
// one command takes is a type in that command's file.

#ifndef LAB_SHELL_TYPE_H
#define LAB_SHELL_TYPE_H

#include "shell/offer.h"

#include <stdbool.h>

struct lab_call;

struct lab_type {
    const char *usage; // as help shows it: "DEMO [VARIANT ...]"
    const char *noun;  // "a demo", to say that it is missing
    bool is_rest;      // takes all the words that are left
    bool is_free;      // and they can be any words, as without read
    // Offers what the word can be. NULL: nothing is known.
    void (*offer)(const struct lab_request *request);
    // Reads [count] words, at least one unless is_rest, into [call]. Returns
    // an exit status, after complaining if it is not 0. NULL: any word will do.
    int (*read)(struct lab_call *call, char **words, int count);
};

// One demo, into call->file.
extern const struct lab_type lab_type_demo;
// One lesson, likewise; it may have a program and no demo.
extern const struct lab_type lab_type_lesson;
// A demo, variants of it and values of its parameters, into call->target.
extern const struct lab_type lab_type_selection;
// That, or a program of one's own, which is a file.
extern const struct lab_type lab_type_program;
// That, or the file of a record, or nothing for what ran last.
extern const struct lab_type lab_type_shown;
// That, or a variant of what ran last: what a view shows.
extern const struct lab_type lab_type_viewed;
// That, of one variant: what look.h looks at.
extern const struct lab_type lab_type_look;
// Can [word] begin it, so that nothing has to be guessed?
bool lab_type_begins_look(struct lab_shell *shell, const char *word);
// A task of what is looked at.
extern const struct lab_type lab_type_task;
// A moment, into call->moment.
extern const struct lab_type lab_type_moment;
// A number of events, into call->number.
extern const struct lab_type lab_type_count;
// A file of a record.
extern const struct lab_type lab_type_record;

#endif
