// thread_lock_internal.h - a pthread_mutex_t in a virtual run, private to
// src/core.
//
// Under the virtual clock the jobs and tasks of a run share one thread. If one
// of them holds a pthread_mutex_t across lab_block or a wait, the next one that
// locks it would put the thread to sleep for ever. So pthread_mutex_lock() is
// found here before libc's: there it waits for a while, and then ends the
// program with a sentence that says who waits, and what to use instead.

#ifndef LAB_CORE_THREAD_LOCK_INTERNAL_H
#define LAB_CORE_THREAD_LOCK_INTERNAL_H

#include "base/time.h"

// How long, by the machine's clock. Tests need not wait for so long.
extern lab_time lab_thread_lock_patience;

#endif
