// 25 bottleneck: is it waiting or computing?
//
// Six requests, each with a part that waits and a part that computes. Which of
// the two is long decides what helps. The loop's idle share tells which it is:
// a loop that idles waits, and more requests at once cost nothing; a loop that
// is busy computes, and only a pool helps, up to the number of cores.

#include "lab.h"

enum { MOST = 32, WORKERS = 2 };

// What a request does, and where.
struct load {
    const char *wait, *compute; // names of parameters
    bool in_pool;
    lab_pool *pool;
};

static int compute(void *arg) {
    const struct load *load = arg;
    lab_burn(lab_param(load->compute));
    return 0;
}

static int request(void *arg) {
    const struct load *load = arg;
    LAB_TRY(lab_sleep(lab_param(load->wait))); // all wait at the same time
    return load->pool ? lab_offload(load->pool, compute, arg) : compute(arg);
}

static int all(const void *arg) {
    static struct load load;
    lab_task *tasks[MOST];
    size_t n = (size_t)lab_param("n");
    load = *(const struct load *)arg;
    if (load.in_pool && !(load.pool = lab_pool_new("pool", WORKERS)))
        return LAB_ENOMEM;
    for (size_t i = 0; i < n; i++)
        tasks[i] = lab_spawn("request", request, &load);
    LAB_TRY(lab_gather(tasks, n));
    lab_say("all %zu requests are done", n);
    return 0;
}

static const struct load io = {"long", "short"}, cpu = {"short", "long"},
                         cpu_pool = {"short", "long", .in_pool = true},
                         io_pool = {"long", "short", .in_pool = true},
                         mix = {"long", "long"},
                         mix_pool = {"long", "long", .in_pool = true};

const struct lab_demo lab_demo = {
    .name = "bottleneck",
    .asks = "Is it waiting or computing?",
    .params = {{"n", 6, .min = 1, .max = MOST, .text = "how many requests"},
               {"long", 300, .min = 1, .max = 60000, .unit = "ms",
                .text = "the part that is long"},
               {"short", 10, .min = 1, .max = 60000, .unit = "ms",
                .text = "the part that is short"}},
    .variants = {{"io", .with = all, .arg = &io,
                  .text = "waits long, computes little",
                  .claims = {"time = long + n * short",
                             "idle >= 95 * long / (long + n * short)"}},
                 {"io_pool", .with = all, .arg = &io_pool,
                  .text = "the same, computes in 2 workers",
                  .claims = {"time = long + ceil(n/min(2, cores)) * short",
                             "idle >= 95"}},
                 {"cpu", .with = all, .arg = &cpu,
                  .text = "waits little, computes long",
                  .claims = {"time = short + n * long",
                             "idle <= 5 + 100 * short / (short + n * long)"}},
                 {"cpu_pool", .with = all, .arg = &cpu_pool,
                  .text = "the same, computes in 2 workers",
                  .claims = {"time = short + ceil(n/min(2, cores)) * long",
                             "idle >= 95"}},
                 {"mix", .with = all, .arg = &mix,
                  .text = "waits long and computes long",
                  .claims = {"time = long + n * long",
                             "idle <= 5 + 100 / (1 + n)"}},
                 {"mix_pool", .with = all, .arg = &mix_pool,
                  .text = "the same, computes in 2 workers",
                  .claims = {"time = long + ceil(n/min(2, cores)) * long",
                             "idle >= 95"}}},
    .verdict =
        "The loop of io is idle for {io idle} of the time: a pool brings it "
        "from "
        "{io time} to {io_pool time}. That of cpu is idle for {cpu idle}: a "
        "pool brings it from {cpu time} to {cpu_pool time}."};
