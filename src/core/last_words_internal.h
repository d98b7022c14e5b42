// last_words_internal.h - what runs on this thread when a signal ends the
// program, private to src/core. Safe in a signal handler.

#ifndef LAB_CORE_LAST_WORDS_INTERNAL_H
#define LAB_CORE_LAST_WORDS_INTERNAL_H

#include "core/task.h"

// Writes a sentence to standard error, such as: "task #2 fetch crashed at 1.200
// s: it used a null pointer (SIGSEGV), in download(), after its call at
// demos/05_nap.c:12, spawned at demos/05_nap.c:20". Here [did] is "crashed",
// [why] is from the colon to the comma, and [context] is the handler's, or NULL
// outside one.
void lab_last_words(const char *did, const char *why, void *context);

// The task that runs on this thread, or whose job does; NULL if there is none.
const lab_task *lab_last_task(void);

// Lets one thread report the end, once. Others wait here until the program
// ends. Returns false to that thread itself, if its report causes a fault.
bool lab_last_words_begin(void);

#endif
