// manual.h - looplab(1), the page that man shows.
//
// It is made from the tables that help reads: commands, options, topics.

#ifndef LAB_SHELL_MANUAL_H
#define LAB_SHELL_MANUAL_H

#include "base/text.h"

// Appends the page, in the language of mdoc(7).
void lab_manual_put(struct lab_text *out);

#endif
