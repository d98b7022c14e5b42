// mutex_internal.h - what jobs must not do with a mutex, private to src/core.

#ifndef LAB_CORE_MUTEX_INTERNAL_H
#define LAB_CORE_MUTEX_INTERNAL_H

struct worker;

// The job of [worker] returns: ends the program if it still holds a mutex, for
// which others would wait for ever.
void lab_mutex_check_free(const struct worker *worker);

#endif
