// crash_internal.h - a thread's part of lab_crash_init, private to src/core.

#ifndef LAB_CORE_CRASH_INTERNAL_H
#define LAB_CORE_CRASH_INTERNAL_H

void lab_crash_thread_init(void);
void lab_crash_thread_term(void);

#endif
