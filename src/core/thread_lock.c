#include "core/thread_lock_internal.h"

#include "base/die.h"
#include "core/last_words_internal.h"
#include "core/run_internal.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

lab_time lab_thread_lock_patience = 2 * LAB_S;

static bool is_in_virtual_run(void) {
    const struct run *run = lab_run_current();
    return run && run->is_virtual;
}

static _Noreturn void tell(void) {
    lab_die_restore();
    lab_last_words("was stopped",
                   "it waits for a pthread_mutex_t that is held across "
                   "lab_block or a wait, which has the only thread there is; "
                   "use lab_mutex in jobs, lab_lock in tasks",
                   NULL);
    _exit(LAB_EXIT_BUG);
}

static struct timespec at(lab_time time) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    time += now.tv_nsec;
    now.tv_sec += time / LAB_S;
    now.tv_nsec = time % LAB_S;
    return now;
}

// Comes before libc's in all code but libc's own. It is made of libc's other
// ways to lock, of which sanitizers know as well.
int pthread_mutex_lock(pthread_mutex_t *mutex) {
    static const struct timespec never = {.tv_sec = INT64_C(1) << 40};
    int rc = pthread_mutex_trylock(mutex);
    if (rc != EBUSY)
        return rc;
    if (!is_in_virtual_run())
        return pthread_mutex_timedlock(mutex, &never);
    struct timespec end = at(lab_thread_lock_patience);
    rc = pthread_mutex_timedlock(mutex, &end);
    if (rc == ETIMEDOUT)
        tell();
    return rc;
}
