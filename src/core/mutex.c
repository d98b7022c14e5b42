// mutex.c - who holds a mutex, and which workers wait for it:
//
//     mutex --> holder
//           --> waiting --> waiter --> worker
//     worker --> wanted, the mutex that it waits for
//
// One lock guards all of it, for all mutexes. It is held for moments only: a
// worker waits as it does for the loop, in its crew's way, which is exact under
// the virtual clock.

#include "core/mutex.h"

#include "core/misuse.h"
#include "core/mutex_internal.h"
#include "core/pool_internal.h"
#include "core/say_internal.h"
#include "core/task_internal.h"

#include <pthread.h>

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

// Lies on the stack of the job that waits.
struct waiter_in_job {
    struct lab_list node;
    struct worker *worker;
    bool over;
};

void lab_mutex_init(struct lab_mutex *mutex) {
    *mutex = (struct lab_mutex)LAB_MUTEX_INIT;
}

// Does [worker], or who it waits for in the end, wait for [other]?
static bool leads_to(const struct worker *worker, const struct worker *other) {
    while (worker && worker != other)
        worker = worker->wanted ? worker->wanted->holder : NULL;
    return worker == other;
}

static void note(const struct lab_mutex *mutex, enum lab_event_kind kind) {
    lab_note_thing(kind, LAB_ON_MUTEX, mutex->number);
}

// Takes [mutex], or puts [me] in line for it. The guard is held.
static int enter(struct lab_mutex *mutex, struct waiter_in_job *me) {
    struct worker *self = me->worker;
    if (!mutex->number)
        mutex->number = ++self->pool->run->mutexes;
    if (leads_to(mutex->holder, self))
        return LAB_EDEADLK;
    if (!mutex->waiting.next)
        lab_list_init(&mutex->waiting);
    if (mutex->holder) {
        self->wanted = mutex;
        lab_list_push(&mutex->waiting, &me->node);
        return LAB_EAGAIN;
    }
    mutex->holder = self;
    self->mutexes++;
    return 0;
}

int lab_mutex_lock(struct lab_mutex *mutex) {
    struct worker *self = lab_worker_self();
    if (!self)
        return LAB_EPERM;
    struct waiter_in_job me = {.worker = self};
    pthread_mutex_lock(&guard);
    int rc = enter(mutex, &me);
    pthread_mutex_unlock(&guard);
    if (rc == LAB_EAGAIN) {
        note(mutex, LAB_EVENT_WANT);
        self->pool->crew->hold_until(self, &me.over);
        rc = 0;
    }
    if (rc == 0)
        note(mutex, LAB_EVENT_HOLD);
    return rc;
}

int lab_mutex_unlock(struct lab_mutex *mutex) {
    struct worker *self = lab_worker_self();
    struct waiter_in_job *next = NULL;
    pthread_mutex_lock(&guard);
    bool ours = self && mutex->holder == self;
    if (ours) {
        note(mutex, LAB_EVENT_RELEASE); // before the next one's HOLD
        struct lab_list *node = lab_list_pop(&mutex->waiting);
        next = node ? lab_list_item(node, struct waiter_in_job, node) : NULL;
        mutex->holder = next ? next->worker : NULL;
        self->mutexes--;
    }
    if (next) {
        next->worker->wanted = NULL;
        next->worker->mutexes++;
    }
    pthread_mutex_unlock(&guard);
    if (next)
        next->worker->pool->crew->release(next->worker, &next->over);
    return ours ? 0 : LAB_EINVAL;
}

void lab_mutex_check_free(const struct worker *worker) {
    if (worker->mutexes > 0)
        lab_misuse("job #%u of task #%u \"%s\" returns while it holds a mutex: "
                   "let it unlock that first",
                   worker->job->number, worker->job->asker->number,
                   worker->job->asker->name);
}
