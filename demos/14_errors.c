// 14 errors: where does a failure go?
//
// Four fetches, of which one fails. A failure goes to the caller that waits for
// the task, as its result; a caller that does not look at it hands it on.
// Gather tells of the first one and cancels the rest, gather_all keeps them
// all. And the failure of a task for which nobody waits goes nowhere: here it
// is told when the run ends.

#include "lab.h"

enum { FETCHES = 4 };
static lab_task *tasks[FETCHES];
static const int numbers[FETCHES] = {1, 2, 3, 4};

static int fetch(void *arg) {
    const int *number = arg;
    LAB_TRY(lab_sleep(*number * lab_param("step")));
    if (*number == lab_param("bad"))
        return LAB_ECONNREFUSED;
    lab_say("%d fetched", *number);
    return 0;
}

static void spawn_all(void) {
    for (size_t i = 0; i < FETCHES; i++)
        tasks[i] = lab_spawn("fetch", fetch, (void *)&numbers[i]);
}

static int handed_on(void) {
    for (size_t i = 0; i < FETCHES; i++)
        LAB_TRY(fetch((void *)&numbers[i])); // returns the failure, and us
    return 0;
}

static int looked_at(void) {
    for (size_t i = 0; i < FETCHES; i++) {
        int rc = fetch((void *)&numbers[i]);
        if (rc < 0)
            lab_say("%d failed: %s", numbers[i], lab_error_text(rc));
    }
    return 0;
}

static int fail_fast(void) {
    spawn_all();
    int rc = lab_gather(tasks, FETCHES); // the others have ended, too
    lab_say("the fetches failed: %s", lab_error_text(rc));
    return 0;
}

static int collect(void) {
    spawn_all();
    LAB_TRY(lab_gather_all(tasks, FETCHES)); // how many failed
    for (size_t i = 0; i < FETCHES; i++)
        if (lab_task_result(tasks[i]) < 0)
            lab_say("%d failed: %s", numbers[i],
                    lab_error_text(lab_task_result(tasks[i])));
    return 0;
}

static int lost(void) {
    spawn_all();
    LAB_TRY(lab_sleep(5 * lab_param("step"))); // they are surely done by then
    lab_say("all is well, it seems");
    return 0;
}

const struct lab_demo lab_demo = {
    .name = "errors",
    .asks = "Where does a failure go?",
    .params = {{"step", 200, .min = 1, .max = 60000, .unit = "ms",
                .text = "fetch 1 takes one, fetch 4 takes four"},
               {"bad", 2, .min = 1, .max = FETCHES, .text = "which one fails"}},
    .variants = {{"handed_on", handed_on, "call each, and return what fails",
                  .claims = {"time = bad * (bad + 1) / 2 * step",
                             "count(fetched) = bad - 1", "ends failed"}},
                 {"looked_at", looked_at, "call each, and look at its result",
                  .claims = {"time = 10 * step", "count(fetched) = 3",
                             "count(failed) = 1", "ends ok"}},
                 {"fail_fast", fail_fast, "gather all",
                  .claims = {"time = bad * step", "count(fetched) = bad - 1",
                             "count(failed) = 1", "live(failed) = 0",
                             "ends ok"}},
                 {"collect", collect, "gather_all: failures are results",
                  .claims = {"time = 4 * step", "count(fetched) = 3",
                             "count(failed) = 1", "ends ok"}},
                 {"lost", lost, "spawn all, and never ask",
                  .claims = {"time = 5 * step", "count(fetched) = 3",
                             "never \"failed\"", "ends unread", "warns W03"}}},
    .verdict = "fail_fast knows of it after {fail_fast time}, collect after "
               "{collect time}. lost never does: the run tells of it when it "
               "ends."};
