// signal_internal.h - signals that came and are not dispatched yet, private to
// src/core.

#ifndef LAB_CORE_SIGNAL_INTERNAL_H
#define LAB_CORE_SIGNAL_INTERNAL_H

#include <stdbool.h>

struct real;

bool lab_signal_any(void);
bool lab_signal_pending(int signal);

// The signal that told the program to end and that the loop, because it is
// held, has not seen. SIGALRM comes when that has lasted too long. 0: none.
int lab_signal_overdue(void);

// Did an interrupt come twice, and nothing has stopped since? SIGALRM comes
// when that has lasted too long.
bool lab_signal_unheeded(void);

// Forgets that [signal] came; returns whether it had.
bool lab_signal_take(int signal);

// Calls the functions of all signals that came.
void lab_signal_dispatch(void);

// Restores what every signal did before, as the loop of [real] ends.
void lab_signal_forget(struct real *real);

#endif
