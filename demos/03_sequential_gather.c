// 03 gather: one after another, or all at once?
//
// A download here is pure waiting. Called in turn, the waits add up. Spawned
// first and gathered after, they overlap and cost as much as the longest one.
// Nothing runs in parallel: there is one thread, and it is idle all along.

#include "lab.h"

static const char *const files[] = {"a.txt", "b.txt", "c.txt", "d.txt",
                                    "e.txt", "f.txt", "g.txt", "h.txt"};

// Returns how many bytes the file has.
static int download(void *arg) {
    const char *const *file = arg;
    LAB_TRY(lab_sleep(lab_param("delay"))); // others run meanwhile
    lab_say("%s arrived", *file);
    return 100 + (int)(file - files);
}

static int in_turn(void) {
    for (int64_t i = 0; i < lab_param("n"); i++)
        LAB_TRY(download((void *)&files[i])); // a plain call: we wait here
    return 0;
}

static int together(void) {
    lab_task *tasks[countof(files)];
    size_t n = (size_t)lab_param("n");
    for (size_t i = 0; i < n; i++)
        tasks[i] = lab_spawn(files[i], download, (void *)&files[i]);
    LAB_TRY(lab_gather(tasks, n)); // one wait for all of them
    for (size_t i = 0; i < n; i++) // in the order asked for
        lab_say("%s has %d bytes", files[i], lab_task_result(tasks[i]));
    return 0;
}

const struct lab_demo lab_demo = {
    .name = "sequential_gather",
    .asks = "Is awaiting in a loop concurrent?",
    .params = {{"n", 5, .min = 1, .max = countof(files),
                .text = "how many downloads"},
               {"delay", 1000, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long one download takes"}},
    .variants = {{"in_turn", in_turn, "call each, wait for it",
                  .claims = {"time = n * delay", "peak(tasks) = 1",
                             "count(arrived) = n"}},
                 {"together", together, "spawn all, gather",
                  .claims = {"time = delay", "peak(tasks) = n + 1",
                             "count(arrived) = n"}}}};
