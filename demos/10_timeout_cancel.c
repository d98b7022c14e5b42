// 10 timeout and cancel: how do you stop waiting?
//
// A fetch takes longer than our patience. A cancel is a request: it makes the
// wait that the task is in fail, and the task cleans up and returns. Whoever
// wants to stop waiting without stopping the task shields it. And a task that
// does not wait hears nothing, however long its time has been over.

#include "lab.h"

// Cleans up once, whether it is cancelled or not.
static int fetch(void *arg) {
    (void)arg;
    lab_count("open", +1);
    int rc = lab_sleep(lab_param("fetch")); // a cancel makes it return early
    lab_count("open", -1);
    lab_say(rc < 0 ? "cleaned up, told to stop" : "cleaned up, with an answer");
    return rc < 0 ? rc : 42;
}

static int swallow(void *arg) {
    lab_ignore(fetch(arg)); // told to stop, and does not care
    return fetch(arg);      // but this is told so, too
}

static int never_wait(void *arg) {
    (void)arg;
    lab_block(lab_param("fetch")); // where should it hear of a cancel?
    return 42;
}

static int await_shielded(void *task) {
    return lab_await_shielded(task);
}

// Waits for the task for as long as we have patience. Returns its answer, or 0
// if there is none.
static int with_patience(lab_task *task) {
    int got = lab_wait_for(task, lab_param("patience"));
    lab_say("our wait ends: %s", got < 0 ? lab_error_text(got) : "an answer");
    return got == LAB_ETIMEDOUT ? 0 : got;
}

static int by_timeout(void) {
    return with_patience(lab_spawn("fetch", fetch, NULL));
}

static int by_cancel(void) {
    lab_task *task = lab_spawn("fetch", fetch, NULL);
    LAB_TRY(lab_sleep(lab_param("patience")));
    lab_cancel(task); // a request: this returns at once
    lab_say("we ask it to stop");
    int got = lab_await(task);
    lab_say("our wait ends: %s", got < 0 ? lab_error_text(got) : "an answer");
    return 0;
}

static int shielded(void) {
    lab_task *task = lab_spawn("fetch", fetch, NULL);
    LAB_TRY(with_patience(lab_spawn("waiter", await_shielded, task)));
    int got = lab_await(task); // it was not stopped
    LAB_TRY(got);
    lab_say("it ends all the same: an answer");
    return got;
}

static int swallowed(void) {
    return with_patience(lab_spawn("fetch", swallow, NULL));
}

static int no_wait(void) {
    return with_patience(lab_spawn("fetch", never_wait, NULL));
}

const struct lab_demo lab_demo = {
    .name = "timeout_cancel",
    .asks = "How do you stop waiting?",
    .params = {{"fetch", 1000, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long the fetch would take"},
               {"patience", 300, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long we are willing to wait"}},
    .variants = {{"wait_for", by_timeout, "cancel it when time is up",
                  .claims = {"time = min(fetch, patience)",
                             "count(cleaned up) = 1", "last(open) = 0"}},
                 {"cancel", by_cancel, "ask it to stop, then await it",
                  .claims = {"time = patience", "count(cleaned up) = 1",
                             "order \"we ask\" \"our wait ends\"",
                             "last(open) = 0"}},
                 {"shield", shielded, "stop waiting, and let it continue",
                  .claims = {"time = fetch",
                             "time(our wait ends) = min(fetch, patience)",
                             "never \"told to stop\"", "result = 42"}},
                 {"swallow", swallowed, "it ignores that it should stop",
                  .claims = {"time = min(2 * fetch, patience)",
                             "count(cleaned up) = 2", "last(open) = 0"}},
                 {"no_wait", no_wait, "it never waits",
                  .claims = {"time = fetch", "time(our wait ends) = fetch",
                             "result = 42"}}},
    .verdict =
        "A fetch that waits is stopped after {wait_for time}. One that never "
        "waits ends our wait only after {no_wait time}."};
