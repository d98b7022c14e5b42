// 09 gather and wait: all, first, or whatever is ready by then?
//
// The same file is asked of several mirrors at once. They answer when they
// answer. What differs is when the task that asked continues, and what becomes
// of the mirrors that are not ready. A task whose parent returns is cancelled,
// so no mirror is left behind.

#include "lab.h"

static lab_task *asked[LAB_LIST_MOST];

static int mirror(void *arg) {
    size_t i = (size_t)((lab_task **)arg - asked);
    LAB_TRY(lab_sleep(lab_param_item("delays", i)));
    lab_say("mirror %zu answers", i + 1);
    return (int)i + 1;
}

static size_t ask_all(void) {
    size_t n = lab_param_length("delays");
    for (size_t i = 0; i < n; i++)
        asked[i] = lab_spawn("mirror", mirror, &asked[i]);
    return n;
}

static int gather_all(void) {
    size_t n = ask_all();
    LAB_TRY(lab_gather(asked, n)); // one wait for all of them
    for (size_t i = 0; i < n; i++) // in the order asked for, not of arrival
        lab_say("have the file of mirror %d", lab_task_result(asked[i]));
    return 0;
}

static int first(void) {
    size_t n = ask_all();
    LAB_TRY(lab_wait(asked, n, LAB_FIRST_COMPLETED, LAB_FOREVER));
    lab_say("have the file of mirror %d", lab_task_result(asked[0]));
    return 0; // the others are our children: they are cancelled
}

static int by_then(void) {
    size_t n = ask_all();
    int done = lab_wait(asked, n, LAB_ALL_COMPLETED, lab_param("patience"));
    LAB_TRY(done); // a timeout is not an error: it is how many
    lab_say("have %d of %zu files", done, n);
    return 0;
}

static int as_completed(void) {
    lab_completed *each = lab_as_completed(asked, ask_all());
    lab_task *next;
    int rc;
    while ((rc = lab_completed_next(each, &next)) > 0) // waits for the next
        lab_say("have the file of mirror %d", lab_task_result(next));
    return rc;
}

const struct lab_demo lab_demo = {
    .name = "gather_wait",
    .asks = "All, first, or whatever is ready by then?",
    .params = {{"delays", .list = "600,200,400,900", .min = 1, .max = 60000,
                .unit = "ms", .text = "how long each mirror takes"},
               {"patience", 500, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long by_then waits"}},
    .variants =
        {{"gather_all", gather_all, "wait for all of them",
          .claims = {"time = max(delays)", "count(answers) = len(delays)",
                     "time(have) = max(delays)", "live(have) = 0"}},
         {"first", first, "wait for the first",
          .claims = {"time = min(delays)",
                     "count(answers) = within(delays, min(delays))",
                     "time(have) = min(delays)",
                     "live(have) = len(delays) - within(delays, min(delays))"}},
         {"by_then", by_then, "wait for all, with a timeout",
          .claims = {"time = min(patience, max(delays))",
                     "count(answers) = within(delays, patience)",
                     "live(have) = len(delays) - within(delays, patience)"}},
         {"as_completed", as_completed, "take each as it comes",
          .claims = {"time = max(delays)", "count(answers) = len(delays)",
                     "count(have) = len(delays)", "time(have) = min(delays)"}}},
    .verdict = "The first file is there after {gather_all time(have)} with "
               "gather_all, and after {as_completed time(have)} with "
               "as_completed, though both wait for every mirror. first needs "
               "no more than {first time}, and leaves {first live(have)} "
               "mirrors unheard."};
