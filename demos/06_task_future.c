// 06 task and future: what does create_task add to await?
//
// A plain call begins where it stands. A task begins by itself when we next
// wait, so what we do before we await it costs nothing. Awaited straight after
// it was spawned, it is a plain call again. A future is a task's result without
// a task: it is done when somebody sets it.

#include "lab.h"

static int fetch(void *arg) {
    (void)arg;
    lab_say("the fetch begins");
    LAB_TRY(lab_sleep(lab_param("fetch")));
    lab_say("fetched");
    return 42;
}

static int prepare(void) {
    LAB_TRY(lab_sleep(lab_param("prepare")));
    lab_say("prepared");
    return 0;
}

// Says what came of a fetch, or passes on that it failed.
static int tell(int got) {
    LAB_TRY(got);
    lab_say("got %d", got);
    return 0;
}

static int called(void) {
    LAB_TRY(prepare());
    return tell(fetch(NULL)); // begins here
}

static int task_late(void) {
    LAB_TRY(prepare());
    lab_task *task = lab_spawn("fetch", fetch, NULL); // begins here, no sooner
    return tell(lab_await(task));
}

static int task_first(void) {
    lab_task *task = lab_spawn("fetch", fetch, NULL);
    LAB_TRY(prepare()); // the fetch begins when this waits
    LAB_TRY(tell(lab_await(task)));
    return tell(lab_await(task)); // it has ended: no wait
}

static int unheld(void) {
    lab_spawn("fetch", fetch, NULL); // nobody keeps the task: the loop does
    LAB_TRY(prepare());
    LAB_TRY(lab_sleep(lab_param("fetch")));
    lab_say("nobody got it");
    return 0;
}

static int oracle(void *answer) {
    lab_future_set(answer, fetch(NULL)); // a failure too: somebody waits
    return 0;
}

static int by_future(void) {
    lab_future *answer = lab_future_new();
    lab_task *task = lab_spawn("oracle", oracle, answer);
    int rc = prepare();
    for (int i = 0; i < 2 && rc >= 0; i++)
        rc = tell(lab_future_wait(answer));
    lab_ignore(lab_await(task)); // else it could set what is freed
    lab_future_free(answer);
    return rc;
}

const struct lab_demo lab_demo = {
    .name = "task_future",
    .asks = "What does create_task add to await?",
    .params = {{"fetch", 1000, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long the fetch takes"},
               {"prepare", 600, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long we have something else to do"}},
    .variants = {{"called", called, "prepare, then call",
                  .claims = {"time = prepare + fetch", "time(begins) = prepare",
                             "peak(tasks) = 1"}},
                 {"task_late", task_late, "prepare, then spawn and await",
                  .claims = {"time = prepare + fetch", "time(begins) = prepare",
                             "peak(tasks) = 2"}},
                 {"task_first", task_first, "spawn, prepare, then await twice",
                  .claims = {"time = max(prepare, fetch)", "time(begins) = 0",
                             "peak(tasks) = 2", "count(fetched) = 1",
                             "count(got 42) = 2"}},
                 {"unheld", unheld, "spawn, and keep no reference",
                  .claims = {"time = prepare + fetch", "time(begins) = 0",
                             "time(fetched) = fetch"}},
                 {"by_future", by_future, "spawn one who sets a future",
                  .claims = {"time = max(prepare, fetch)", "time(begins) = 0",
                             "count(fetched) = 1", "count(got 42) = 2"}}},
    .verdict =
        "A task that begins first overlaps with the preparing: {task_first "
        "time}. "
        "One that is awaited straight after its spawn overlaps with nothing: "
        "{task_late time}, as long as a plain call, {called time}."};
