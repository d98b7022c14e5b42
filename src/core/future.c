#include "core/future.h"

#include "base/alloc.h"
#include "core/misuse.h"
#include "core/park_internal.h"

struct lab_future {
    struct outcome end;
    struct lab_list callbacks; // those not yet called
    void *pointer;
    unsigned number; // in its run
    unsigned users;  // tasks that wait, and callbacks under way
};

struct callback {
    struct waiter waiter;
    struct lab_list node; // in the future's list
    lab_future *future;
    lab_future_fn *fn;
    void *arg;
};

lab_future *lab_future_new(void) {
    lab_future *future = lab_alloc(sizeof *future);
    struct run *run = lab_run_current();
    lab_outcome_init(&future->end);
    lab_list_init(&future->callbacks);
    future->number = run ? ++run->futures : 0;
    return future;
}

static void free_callback(struct callback *callback) {
    lab_list_remove(&callback->waiter.node);
    lab_list_remove(&callback->node);
    lab_free(callback);
}

void lab_future_free(lab_future *future) {
    if (!future)
        return;
    if (future->users > 0)
        lab_misuse("future %u is freed while it is in use, by %u in all: tasks "
                   "that wait for it, or a callback of its own",
                   future->number, future->users);
    lab_list_each(node, &future->callbacks)
        free_callback(lab_list_item(node, struct callback, node));
    lab_free(future);
}

bool lab_future_set(lab_future *future, int result) {
    lab_loop_check();
    if (future->end.over)
        return false;
    struct run *run = lab_run_acting();
    if (run && future->number)
        lab_run_note(run, LAB_EVENT_SET, LAB_ON_FUTURE, future->number,
                     lab_task_number_in(run), result);
    lab_outcome_set(&future->end, result);
    return true;
}

bool lab_future_set_pointer(lab_future *future, void *pointer) {
    lab_loop_check();
    if (future->end.over)
        return false;
    future->pointer = pointer;
    return lab_future_set(future, 0);
}

bool lab_future_fail(lab_future *future, int code) {
    if (code >= 0)
        lab_misuse("a future fails with an error, which is negative, not with "
                   "%d",
                   code);
    return lab_future_set(future, code);
}

bool lab_future_cancel(lab_future *future) {
    return lab_future_set(future, LAB_ECANCELED);
}

bool lab_future_done(const lab_future *future) {
    return future->end.over;
}

bool lab_future_cancelled(const lab_future *future) {
    return future->end.over && future->end.result == LAB_ECANCELED;
}

int lab_future_result(const lab_future *future) {
    return future->end.over ? future->end.result : LAB_EINVAL;
}

void *lab_future_pointer(const lab_future *future) {
    return future->pointer;
}

int lab_future_wait(lab_future *future) {
    LAB_TRY(lab_task_check());
    future->users++;
    int rc = lab_outcome_wait(&future->end, LAB_ON_FUTURE, future->number);
    future->users--;
    return rc < 0 ? rc : future->end.result;
}

// --- callbacks

// The task that sets the future is held meanwhile, so nothing may wait here.
static void call(struct waiter *waiter, struct outcome *outcome) {
    struct callback *callback = waiter->owner;
    lab_future *future = callback->future;
    lab_loop *loop = lab_loop_current;
    lab_task *before = loop->self;
    (void)outcome;
    loop->self = NULL;
    future->users++;
    callback->fn(future, callback->arg);
    future->users--;
    loop->self = before;
    free_callback(callback);
}

void lab_future_add_callback(lab_future *future, lab_future_fn *fn, void *arg) {
    lab_loop_check();
    struct callback *callback = lab_alloc(sizeof *callback);
    callback->future = future;
    callback->fn = fn;
    callback->arg = arg;
    lab_list_push(&future->callbacks, &callback->node);
    lab_outcome_join(&future->end, &callback->waiter, call, callback);
}
