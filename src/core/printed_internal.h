// printed_internal.h - lines that are being printed, private to src/core.

#ifndef LAB_CORE_PRINTED_INTERNAL_H
#define LAB_CORE_PRINTED_INTERNAL_H

#include "base/text.h"

// The calling task or job ends: says what it has printed of a line.
void lab_printed_end(void);

// Appends what the caller has printed and nobody has seen: ", having printed
// "..."". That may be the only hint at why it crashes. Safe in a signal
// handler.
void lab_printed_put_unseen(struct lab_text *out);

#endif
