// 08 cost of a switch: what does a switch cost?
//
// The first four variants switch many times and ask the run's clock how long it
// took. The virtual clock counts no machine's work: there a switch takes 0.
// Measure under the real one. The last three are a model: a request works for a
// while, and each of its waits costs a switch of the length that is given.

#include "lab.h"

static int nothing(void *arg) {
    (void)arg;
    return 0;
}

// Says what one of [count] switches took since [begin].
static int report(const char *what, int64_t count, lab_time begin) {
    lab_time each = (lab_now() - begin) / count;
    lab_say("%lld %s of %lld ns by this clock", (long long)count, what,
            (long long)each);
    return (int)count;
}

static int calls(void) {
    int (*volatile call)(void *) = nothing; // so that there is a call at all
    lab_time begin = lab_now();
    for (int64_t i = 0; i < lab_param("n"); i++)
        LAB_TRY(call(NULL));
    return report("calls", lab_param("n"), begin);
}

static int yield_always(lab_generator *self, void *arg) {
    (void)arg;
    for (;;)
        LAB_TRY(lab_generator_yield(self, 0, NULL));
}

static int coroutine(void) {
    lab_generator *made = lab_generator_new("yields", yield_always, NULL);
    lab_time begin = lab_now();
    int rc = 0;
    for (int64_t i = 0; rc == 0 && i < lab_param("n"); i++)
        rc = lab_generator_next(made, NULL); // there, and back
    lab_generator_free(made);
    return rc < 0 ? rc : report("switches", 2 * lab_param("n"), begin);
}

static int give_way(void *arg) {
    (void)arg;
    for (int64_t i = 0; i < lab_param("n"); i++)
        LAB_TRY(lab_yield()); // through the loop, to the other
    return 0;
}

static int tasks(void) {
    lab_task *two[] = {lab_spawn("a", give_way, NULL),
                       lab_spawn("b", give_way, NULL)};
    lab_time begin = lab_now();
    LAB_TRY(lab_gather(two, 2));
    return report("switches", 2 * lab_param("n"), begin);
}

static int threads(void) {
    lab_pool *pool = lab_pool_new("pool", 1);
    if (!pool)
        return LAB_ENOMEM;
    LAB_TRY(lab_offload(pool, nothing, NULL)); // its thread has begun
    lab_time begin = lab_now();
    for (int64_t i = 0; i < lab_param("n"); i++)
        LAB_TRY(lab_offload(pool, nothing, NULL)); // to it, and back
    return report("switches", 2 * lab_param("n"), begin);
}

// [arg] is the parameter with the cost of a switch.
static int serve(const void *arg) {
    lab_time each = lab_param("work") + lab_param("waits") * lab_param(arg);
    lab_time begin = lab_now();
    for (int64_t i = 1; i <= lab_param("requests"); i++) {
        lab_block(begin + i * each - lab_now()); // as late as the model is
        lab_count("served", +1);
        LAB_TRY(lab_yield());
    }
    return 0;
}

const struct lab_demo lab_demo = {
    .name = "switch_cost",
    .asks = "What does a switch cost?",
    .params = {{"n", 100, .min = 1, .max = 10000,
                .text = "how often the first four go there and back"},
               {"requests", 20, .min = 1, .max = 1000,
                .text = "how many requests the model serves"},
               {"work", 10, .min = 1, .max = 1000, .unit = "ms",
                .text = "how long one of them holds its thread"},
               {"waits", 5, .min = 0, .max = 100,
                .text = "how often one of them waits: a switch each"},
               {"task", 2, .min = 0, .max = 100000, .unit = "us",
                .text = "what the model takes a switch of tasks to cost"},
               {"thread", 7, .min = 0, .max = 100000, .unit = "us",
                .text = "what it takes a switch of threads to cost"},
               {"claimed", 1000, .min = 0, .max = 100000, .unit = "us",
                .text = "what a tutorial says that one of threads costs"}},
    .variants = {{"calls", calls, "measured: call a function",
                  .claims = {"time = 0", "result = n"}},
                 {"coroutine", coroutine, "measured: resume a coroutine",
                  .claims = {"time = 0", "result = 2 * n"}},
                 {"tasks", tasks, "measured: two tasks give way to each other",
                  .claims = {"time = 0", "result = 2 * n",
                             "fifo: turns = n + 3"}},
                 {"threads", threads, "measured: to a thread and back",
                  .claims = {"time = 0", "result = 2 * n"}},
                 {"as_tasks", .with = serve, .arg = "task",
                  .text = "modelled: requests in tasks",
                  .claims = {"time = requests * (work + waits * task)",
                             "last(served) = requests"}},
                 {"as_threads", .with = serve, .arg = "thread",
                  .text = "modelled: requests in threads",
                  .claims = {"time = requests * (work + waits * thread)",
                             "last(served) = requests"}},
                 {"if_claimed", .with = serve, .arg = "claimed",
                  .text = "modelled: if the tutorial were right",
                  .claims = {"time = requests * (work + waits * claimed)",
                             "last(served) = requests"}}},
    .verdict = "In the model the requests take {as_tasks time} with tasks and "
               "{as_threads time} with threads: the work of a request counts "
               "for more than its switches. Were a switch what the tutorial "
               "says, it would be {if_claimed time}."};
