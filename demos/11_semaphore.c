// 11 semaphore: how do you keep to three at a time?
//
// Nine calls to a service that takes three at a time. The first call to get in
// is slow: it meets a cold cache. Gathering three, and then the next three,
// keeps to the limit as well; but each round waits for its slowest call, while
// a permit is free again as soon as one call is over.

#include "lab.h"

enum { MOST = 60 };
static struct lab_semaphore permits;
static bool is_warm; // after the first call

static int call(void *arg) {
    int64_t times = is_warm ? 1 : lab_param("slow");
    (void)arg;
    is_warm = true;
    lab_count("inside", +1);
    int rc = lab_sleep(times * lab_param("delay")); // others run meanwhile
    lab_count("inside", -1);                        // also if cancelled
    lab_count("served", rc == 0);
    return rc;
}

static int call_with_permit(void *arg) {
    LAB_TRY(lab_semaphore_acquire(&permits)); // waits while none is free
    int rc = call(arg);
    lab_semaphore_release(&permits); // also after a failure
    return rc;
}

// Makes [n] calls at once and waits for all of them.
static int gather(size_t n, lab_fn *how) {
    lab_task *calls[MOST];
    for (size_t i = 0; i < n; i++)
        calls[i] = lab_spawn("call", how, NULL);
    return lab_gather(calls, n);
}

static int no_limit(void) {
    return gather((size_t)lab_param("n"), call);
}

static int in_rounds(void) {
    size_t left = (size_t)lab_param("n"), limit = (size_t)lab_param("limit");
    while (left > 0) {
        size_t round = left < limit ? left : limit;
        LAB_TRY(gather(round, call)); // all must be over
        left -= round;
    }
    return 0;
}

static int semaphore(void) {
    lab_semaphore_init_bounded(&permits, (size_t)lab_param("limit"));
    return gather((size_t)lab_param("n"), call_with_permit);
}

const struct lab_demo lab_demo = {
    .name = "semaphore",
    .asks = "How do you keep to three at a time?",
    .params = {{"n", 9, .min = 1, .max = MOST, .text = "how many calls"},
               {"limit", 3, .min = 1, .max = MOST,
                .text = "how many the service takes at a time"},
               {"slow", 3, .min = 1, .max = 100,
                .text = "the first call takes this many delays"},
               {"delay", 1000, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long each other call takes"}},
    .variants = {
        {"no_limit", no_limit, "call all at once", .differs = true,
         .claims = {"time = slow * delay", "peak(inside) = n",
                    "last(served) = n", "last(inside) = 0"}},
        {"in_rounds", in_rounds, "gather as many as the limit, then the next",
         .claims = {"time = (slow + ceil(n / limit) - 1) * delay",
                    "peak(inside) = min(n, limit)", "last(served) = n",
                    "last(inside) = 0"}},
        {"semaphore", semaphore, "spawn all, a permit for each call",
         .claims = {"time = max(slow, ceil((n - 1 + slow) / limit)) * delay",
                    "peak(inside) = min(n, limit)", "last(served) = n",
                    "last(inside) = 0"}}}};
