// 15 task group: who cleans up the siblings?
//
// Four workers take 1, 2, 3 and 4 steps, and one of them fails. Left alone, the
// others work on for a result that nobody wants. A gather here cancels them,
// and so does a group, which may also grow: its "boss" hires two of the four.

#include "lab.h"

enum { WORKERS = 4 };

// Takes as many steps as its number says.
static int worker(void *arg) {
    int number = (int)(intptr_t)arg;
    lab_count("working", +1);
    int rc = lab_sleep_until(number * lab_param("step"));
    lab_count("working", -1);
    if (rc < 0)
        lab_say("worker %d puts its tools away", number);
    else if (number == lab_param("fails"))
        rc = LAB_ECONNREFUSED;
    else
        lab_say("worker %d is done", number);
    return rc;
}

static void spawn_all(lab_task **tasks) {
    for (intptr_t i = 0; i < WORKERS; i++)
        tasks[i] =
            lab_spawn_named(worker, (void *)(i + 1), "worker %d", (int)i + 1);
}

// The failure is meant, and is told; anything else is passed on.
static int tell(int rc) {
    lab_say("told of a failure: %s", lab_error_text(rc));
    return rc == LAB_ECONNREFUSED ? 0 : rc;
}

// As asyncio's gather: it tells of the first failure, and leaves the others.
static int left_alone(void) {
    lab_task *tasks[WORKERS];
    spawn_all(tasks);
    int done = lab_wait(tasks, WORKERS, LAB_FIRST_ERROR, LAB_FOREVER), rc = 0;
    LAB_TRY(done);
    for (int i = 0; i < done && rc >= 0; i++) // which of them has failed?
        rc = lab_task_result(tasks[i]);
    LAB_TRY(tell(rc));
    LAB_TRY(lab_gather_all(tasks, WORKERS)); // nobody wants these results
    return 0;
}

static int gather(void) {
    lab_task *tasks[WORKERS];
    spawn_all(tasks);
    return tell(lab_gather(tasks, WORKERS));
}

static int hire(lab_group *group, int from, int to) {
    for (intptr_t i = from; i <= to; i++)
        LAB_TRY(lab_group_spawn(group, "worker", worker, (void *)i));
    return 0;
}

static int boss(void *group) {
    LAB_TRY(lab_sleep(lab_param("step") / 2));
    return hire(group, 3, WORKERS);
}

static int group(void) {
    lab_group *team = lab_group_new();
    LAB_TRY(hire(team, 1, 2));
    LAB_TRY(lab_group_spawn(team, "boss", boss, team));
    return tell(lab_group_wait(team));
}

const struct lab_demo lab_demo = {
    .name = "task_group",
    .asks = "Who cleans up the siblings?",
    .params = {{"step", 200, .min = 2, .max = 60000, .unit = "ms",
                .text = "worker 1 takes one of these, worker 4 four"},
               {"fails", 2, .min = 1, .max = WORKERS,
                .text = "the worker that fails, when its time is over"}},
    .variants = {{"left_alone", left_alone, "as asyncio's gather does",
                  .claims = {"time = 4 * step", "time(told) = fails * step",
                             "live(told) = 4 - fails", "count(is done) = 3",
                             "never \"tools away\""}},
                 {"gather", gather, "gather, which cancels the others",
                  .claims = {"time = fails * step", "live(told) = 0",
                             "count(is done) = fails - 1",
                             "count(tools away) = 4 - fails",
                             "last(working) = 0"}},
                 {"group", group, "a group, in which a member hires more",
                  .claims = {"time = fails * step", "live(told) = 0",
                             "count(is done) = fails - 1",
                             "count(tools away) = 4 - fails",
                             "last(working) = 0"}}},
    .verdict =
        "When the failure is told, {left_alone live(told)} siblings are alive "
        "in left_alone, {gather live(told)} in gather and {group live(told)} "
        "in group."};
