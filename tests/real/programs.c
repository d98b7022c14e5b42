// 90 programs: do random programs say the same here as in asyncio?
//
// The programs are numbers in programs.inc, which tests/real/programs.py
// writes: for each an operation, then what it takes. A body is its length and
// its operations. programs.py does the same with asyncio.

#include "lab.h"

enum op {
    SAY,
    SLEEP,
    YIELD,
    LOCK,
    SEMAPHORE,
    PUT,
    GET,
    SET,
    WAIT,
    GATHER,
    WAIT_FOR,
    TEND
};
enum { KINDS = 2, MOST = 8 };

#include "programs.inc"

// What the tasks of a run share.
struct shared {
    struct lab_lock locks[KINDS];
    struct lab_semaphore semaphores[KINDS];
    struct lab_queue queues[KINDS];
    struct lab_flag flags[KINDS];
};

static struct shared *shared(void) {
    return lab_state(sizeof(struct shared));
}

static int run_body(void *body);

static const int *after(const int *body) {
    return body + 1 + body[0];
}

static int with_lock(const int *at) {
    struct lab_lock *lock = &shared()->locks[at[0]];
    LAB_TRY(lab_lock_acquire(lock));
    int rc = run_body((void *)(at + 1));
    lab_lock_release(lock);
    return rc;
}

static int with_semaphore(const int *at) {
    struct lab_semaphore *semaphore = &shared()->semaphores[at[0]];
    LAB_TRY(lab_semaphore_acquire(semaphore));
    int rc = run_body((void *)(at + 1));
    lab_semaphore_release(semaphore);
    return rc;
}

static int put(const int *at) {
    LAB_TRY(lab_queue_put(&shared()->queues[at[0]], (void *)(intptr_t)at[1]));
    lab_say("put %d", at[1]);
    return 0;
}

static int get(const int *at) {
    void *item;
    LAB_TRY(lab_queue_get(&shared()->queues[at[0]], &item));
    lab_say("%d got %d", at[1], (int)(intptr_t)item);
    return 0;
}

static int gather(const int *at) {
    lab_task *tasks[MOST];
    int n = at[0];
    at += 2;
    for (int i = 0; i < n; i++, at = after(at))
        tasks[i] = lab_spawn("child", run_body, (void *)at);
    return lab_gather(tasks, (size_t)n);
}

static int wait_for(const int *at) {
    lab_task *task = lab_spawn("child", run_body, (void *)(at + 2));
    int rc = lab_wait_for(task, at[0] * LAB_US);
    if (rc == LAB_ETIMEDOUT)
        lab_say("%d timed out", at[1]);
    else if (rc == 0)
        lab_say("%d in time", at[1]);
    return rc == LAB_ETIMEDOUT ? 0 : rc;
}

// Ends the waits that nobody else will: sets each flag, fills empty queues and
// takes from others, again and again.
static int tend(const int *at) {
    for (int i = 0; i < at[0]; i++) {
        LAB_TRY(lab_sleep(at[1] * LAB_US));
        for (int k = 0; k < KINDS; k++) {
            struct lab_queue *queue = &shared()->queues[k];
            void *item;
            lab_flag_set(&shared()->flags[k]);
            if (lab_queue_length(queue) == 0)
                LAB_TRY(lab_queue_put_nowait(queue, NULL));
            else
                LAB_TRY(lab_queue_get_nowait(queue, &item));
        }
    }
    return 0;
}

// How many numbers follow the operation at [at].
static int width(const int *at) {
    switch ((enum op)at[0]) {
    case YIELD:
        return 0;
    case SAY:
    case SLEEP:
    case SET:
    case WAIT:
        return 1;
    case PUT:
    case GET:
    case TEND:
        return 2;
    case LOCK:
    case SEMAPHORE:
        return 2 + at[2];
    case WAIT_FOR:
        return 3 + at[3];
    case GATHER:
        return 2 + at[2];
    }
    return 0;
}

static int run_op(const int *at) {
    switch ((enum op)at[0]) {
    case SAY:
        lab_say("%d", at[1]);
        return 0;
    case SLEEP:
        return lab_sleep(at[1] * LAB_US);
    case YIELD:
        return lab_yield();
    case LOCK:
        return with_lock(at + 1);
    case SEMAPHORE:
        return with_semaphore(at + 1);
    case PUT:
        return put(at + 1);
    case GET:
        return get(at + 1);
    case SET:
        lab_flag_set(&shared()->flags[at[1]]);
        return 0;
    case WAIT:
        return lab_flag_wait(&shared()->flags[at[1]]);
    case GATHER:
        return gather(at + 1);
    case WAIT_FOR:
        return wait_for(at + 1);
    case TEND:
        return tend(at + 1);
    }
    return 0;
}

static int run_body(void *arg) {
    const int *body = arg;
    for (const int *at = body + 1; at < after(body); at += 1 + width(at))
        LAB_TRY(run_op(at));
    return 0;
}

static int program(void) {
    struct shared *all = shared();
    for (int i = 0; i < KINDS; i++) {
        lab_lock_init(&all->locks[i]);
        lab_semaphore_init(&all->semaphores[i], (size_t)i + 1);
        lab_queue_init(&all->queues[i], LAB_QUEUE_FIFO, (size_t)i * 2);
        lab_flag_init(&all->flags[i]);
    }
    int rc = run_body((void *)(code + starts[lab_param("seed")]));
    for (int i = 0; i < KINDS; i++)
        lab_queue_term(&all->queues[i]);
    return rc;
}

const struct lab_demo lab_demo = {
    .name = "programs",
    .asks = "Do random programs say the same here as in asyncio?",
    .params = {{"seed", 0, .min = 0, .max = countof(starts) - 1,
                .text = "which program"}},
    .variants = {{"program", program, "run it", .claims = {"ends ok"}}}};
