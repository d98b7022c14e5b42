// 13 fan-out and fan-in: how do pages become one result?
//
// A crawler fetches pages, the last one being the quickest, and adds each to an
// index, which takes one at a time. Fetching fans out, adding fans in. If all
// pages must be here before the first is added, the index idles until then.

#include "lab.h"

enum { MAX_PAGES = 16 };

// Returns how many words page i has, counted from 1.
static int fetch(void *arg) {
    int page = (int)(intptr_t)arg;
    int64_t steps = lab_param("n") - page + 1;
    lab_count("fetching", +1);
    int rc = lab_sleep(steps * lab_param("fetch"));
    lab_count("fetching", -1);
    LAB_TRY(rc);
    lab_say("page %d arrives", page);
    return 100 * page;
}

// Adds a page of this many words to the index, or passes on its failure.
static int add(int words, int *total) {
    LAB_TRY(words);
    LAB_TRY(lab_sleep(lab_param("add")));
    lab_say("page %d is added", words / 100);
    *total += words;
    return 0;
}

static int in_turn(void) {
    int total = 0;
    for (intptr_t page = 1; page <= lab_param("n"); page++)
        LAB_TRY(add(fetch((void *)page), &total));
    return total;
}

static size_t fan_out(lab_task **tasks) {
    size_t n = (size_t)lab_param("n");
    for (size_t i = 0; i < n; i++)
        tasks[i] = lab_spawn_named(fetch, (void *)(i + 1), "page %zu", i + 1);
    return n;
}

static int gathered(void) {
    lab_task *tasks[MAX_PAGES];
    size_t n = fan_out(tasks);
    int total = 0;
    LAB_TRY(lab_gather(tasks, n)); // none is added before all are here
    for (size_t i = 0; i < n; i++)
        LAB_TRY(add(lab_task_result(tasks[i]), &total));
    return total;
}

static int as_they_come(void) {
    lab_task *tasks[MAX_PAGES], *task;
    lab_completed *pages = lab_as_completed(tasks, fan_out(tasks));
    int total = 0, rc;
    while ((rc = lab_completed_next(pages, &task)) > 0)
        LAB_TRY(add(lab_task_result(task), &total)); // others arrive meanwhile
    return rc < 0 ? rc : total;
}

const struct lab_demo lab_demo = {
    .name = "fan_out_in",
    .asks = "How do pages become one result?",
    .params = {{"n", 4, .min = 2, .max = MAX_PAGES,
                .text = "how many pages there are"},
               {"fetch", 300, .min = 1, .max = 60000, .unit = "ms",
                .text = "the last page takes 1 of these, the first all"},
               {"add", 200, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long it takes to add a page to the index"}},
    .variants = {{"in_turn", in_turn, "fetch a page, add it, fetch the next",
                  .claims = {"time = n * (n + 1) / 2 * fetch + n * add",
                             "time(added) = n * fetch + add",
                             "peak(fetching) = 1",
                             "result = 50 * n * (n + 1)"}},
                 {"gather", gathered, "fetch all, then add each",
                  .claims = {"time = n * fetch + n * add",
                             "time(added) = n * fetch + add",
                             "peak(fetching) = n", "result = 50 * n * (n + 1)",
                             "order \"page 1 is added\" \"page 2 is added\""}},
                 {"stream", as_they_come, "fetch all, add each as it arrives",
                  .claims = {"time = n * max(fetch, add) + min(fetch, add)",
                             "time(added) = fetch + add", "peak(fetching) = n",
                             "result = 50 * n * (n + 1)",
                             "order \"page 2 is added\" \"page 1 is added\""}}},
    .verdict =
        "The first page is in the index after {gather time(added)} in gather, "
        "and after {stream time(added)} in stream. All are there after "
        "{in_turn time} in turn, {gather time} in gather and {stream time} in "
        "stream."};
