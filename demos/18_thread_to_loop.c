// 18 from a thread to the loop: how does a thread talk to it?
//
// A task wants to hear when half of a thread's job is done. What tasks use
// belongs to the loop, and a thread that touched it would do so in the middle
// of anything. So it hands the loop a call, which is made between two tasks. Or
// it asks for a whole task, and holds its thread until there is an answer.

#include "lab.h"

#include <stdatomic.h>

struct talk {
    lab_fn *job;
    int percent;       // changed on the loop alone, so it needs no lock
    lab_future *half;  // likewise
    atomic_int shared; // changed by the thread, read by the loop
    lab_task *task;
};

static int quarter(void) {
    lab_block(lab_param("quarter"));
    return 25;
}

// On the loop, between tasks.
static void on_progress(void *arg) {
    struct talk *talk = arg;
    talk->percent += 25;
    if (talk->percent == 50)
        lab_future_set(talk->half, talk->percent); // wakes the watcher
}

static int post(void *arg) {
    for (int done = 0; done < 100;) {
        done += quarter();
        LAB_TRY(lab_call_soon_threadsafe(on_progress, arg)); // does not wait
    }
    return 100;
}

static int store(void *arg) {
    struct talk *talk = arg;
    while (atomic_load(&talk->shared) < 100)
        atomic_fetch_add(&talk->shared, quarter()); // nobody is woken by this
    return 100;
}

static int answer(void *arg) {
    (void)arg;
    lab_say("asked on the loop");
    LAB_TRY(lab_sleep(lab_param("answer"))); // a task may wait
    return 42;
}

static int ask(void *arg) {
    int got = 0;
    for (int done = 0; done < 100;) {
        done += quarter();
        if (done == 50)
            got = lab_run_coroutine_threadsafe("answer", answer, arg);
    }
    return got;
}

static int await_here(void *arg) {
    struct talk *talk = arg;
    quarter();
    int rc = lab_await(talk->task); // for tasks alone
    lab_say(rc < 0 ? "await is refused" : "await is allowed");
    return 0;
}

static int offload(void *arg) {
    struct talk *talk = arg;
    lab_pool *pool = lab_pool_new("pool", 1);
    int rc = pool ? lab_offload(pool, talk->job, talk) : LAB_ENOMEM;
    if (rc < 0 && talk->half)
        lab_future_set(talk->half, rc); // else the watcher waits for ever
    return rc;
}

static int posting(void) {
    struct talk talk = {.job = post, .half = lab_future_new()};
    lab_task *worker = lab_spawn("offload", offload, &talk);
    int half = lab_future_wait(talk.half);
    if (half >= 0)
        lab_say("half of it is done: %d %%", talk.percent);
    int rc = lab_await(worker); // all calls have been made by then
    lab_say("all of it is done: %d %%", talk.percent);
    lab_future_free(talk.half);
    return rc < 0 ? rc : talk.percent;
}

static int polling(void) {
    struct talk talk = {.job = store};
    lab_task *worker = lab_spawn("offload", offload, &talk);
    int rc = 0;
    while (rc == 0 && atomic_load(&talk.shared) < 50 && !lab_task_done(worker))
        rc = lab_sleep(lab_param("poll")); // late by up to this
    lab_say("half of it is done: %d %%", atomic_load(&talk.shared));
    return lab_await(worker); // it uses what is ours until then
}

static int asking(void) {
    struct talk talk = {.job = ask};
    int got = offload(&talk);
    lab_say("all of it is done, with the answer %d", got);
    return got;
}

static int forbidden(void) {
    struct talk talk = {.job = await_here,
                        .task = lab_spawn_now("answer", answer, NULL)};
    LAB_TRY(offload(&talk));
    return lab_await(talk.task); // here it is allowed
}

const struct lab_demo lab_demo = {
    .name = "thread_to_loop",
    .asks = "How does a thread talk to the loop?",
    .params = {{"quarter", 100, .min = 1, .max = 60000, .unit = "ms",
                .text = "a quarter of the job"},
               {"answer", 250, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long the loop takes to answer"},
               {"poll", 150, .min = 1, .max = 60000, .unit = "ms",
                .text = "how often polling looks"}},
    .variants =
        {{"posting", posting, "hand the loop a call after each quarter",
          .claims = {"time = 4 * quarter",
                     "time(half of it is done) = 2 * quarter", "result = 100",
                     "order \"half of it\" \"all of it is done: 100\""}},
         {"polling", polling, "store it, and let a task look from time to time",
          .claims = {"time = max(4 * quarter, ceil(2 * quarter / poll) * poll)",
                     "time(half of it is done) >= 2 * quarter",
                     "time(half of it is done) <= 2 * quarter + poll",
                     "result = 100"}},
         {"asking", asking, "ask the loop for a task, and wait for it",
          .claims = {"time = 4 * quarter + answer",
                     "time(asked on the loop) = 2 * quarter", "result = 42",
                     "result(answer) = 42"}},
         {"forbidden", forbidden, "await in the thread",
          .claims = {"time = max(quarter, answer)",
                     "time(await is refused) = quarter", "result = 42"}}},
    .verdict = "A call that is handed over wakes the loop at once: half of the "
               "job is known after {posting time(half of it is done)}. A loop "
               "that has to look finds it after {polling time(half of it is "
               "done)}."};
