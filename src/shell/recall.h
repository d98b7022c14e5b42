// recall.h - going through the lines typed before, with Up and Down.
//
// What was typed when Up is pressed first is what the lines must begin with;
// nothing typed, and every line does.

#ifndef LAB_SHELL_RECALL_H
#define LAB_SHELL_RECALL_H

#include "base/text.h"
#include "shell/history.h"

#include <stdbool.h>

// A zeroed one is at the line being typed.
struct lab_recall {
    struct lab_text begun; // that line
    struct lab_text shown; // what is in its place
    size_t at;             // which line of the history that is
    bool is_going;
};

void lab_recall_free(struct lab_recall *recall);

// Returns what to show in place of [line], which is edited now: the next older
// line or, if not [back], the next newer one, and after the newest what was
// typed. NULL if there is none. A line that was changed begins anew.
//
// Owns: borrowed, until the next call.
const char *lab_recall_go(struct lab_recall *recall,
                          const struct lab_history *history, const char *line,
                          bool back);

#endif
