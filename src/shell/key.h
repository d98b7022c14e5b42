// key.h - the NAME=VALUE words that say which part of a run is shown.
//
// A command's row says which of them it takes; they may stand anywhere after
// its name.

#ifndef LAB_SHELL_KEY_H
#define LAB_SHELL_KEY_H

#include "shell/command.h"

enum {
    LAB_KEYS_PART = 1 << 0,   // from=, to=, lanes=: into call->options.style
    LAB_KEYS_MOMENT = 1 << 1, // at=: into call->moment
    LAB_KEYS_AXIS = 1 << 2,   // axis=: into call->options.style
    LAB_KEYS_SEED = 1 << 3,   // seed=: into call->seed
};

struct lab_key {
    const char *name, *value; // as help shows them: "from=", "TIME"
    const char *text;         // what it is for, in a few words
    uint32_t keys;            // one of the above
    int (*read)(struct lab_call *call, const char *value);
    void (*offer)(const struct lab_request *request); // NULL: nothing is known
};

// The keys there are, ended by a NULL name.
extern const struct lab_key lab_keys[];

// The key that [word] begins with, if [command] takes it; else NULL.
const struct lab_key *lab_key_find(const struct lab_command *command,
                                   const char *word);

// Says in [error] which commands take the key that [word] begins with, if it
// is one.
void lab_key_put_takers(struct lab_text *error, const char *word);

// Reads "1.5s" or "12" into [moment]. Returns an exit status, after
// complaining if it is not 0.
int lab_key_moment(struct lab_shell *shell, const char *word,
                   struct lab_instant *moment);

#endif
