// meant.h - which function of lab.h a program meant by a name that has none.
//
// gcc says so itself, of some names; clang does not.

#ifndef LAB_GUEST_MEANT_H
#define LAB_GUEST_MEANT_H

#include "base/text.h"

// Appends a line for each function that the compiler, as its messages [said],
// does not know and has no advice for, if lab.h in the folder [include]
// declares one whose name is near: "lab_slep: did you mean lab_sleep?"
void lab_guest_put_meant(struct lab_text *out, const char *said,
                         const char *include);

#endif
