// 94 ticks: how much beside the prompt can one still type?
//
// Ten thousand tasks tick, each on its own, while tests/real/typing.py types.

#include "lab.h"

static int tick(void *arg) {
    (void)arg;
    lab_time end = lab_now() + lab_param("lasts");
    while (lab_now() < end)
        LAB_TRY(lab_sleep(lab_param("period")));
    return 0;
}

// Their phases are spread, as those of clients would be.
static int spread(void) {
    int64_t tasks = lab_param("tasks");
    lab_group *group = lab_group_new();
    for (int64_t i = 0; i < tasks; i++) {
        LAB_TRY(lab_group_spawn(group, "ticker", tick, NULL));
        if (i % 100 == 99)
            LAB_TRY(lab_sleep(lab_param("period") * 100 / tasks));
    }
    return lab_group_wait(group);
}

static int at_once(void) {
    lab_group *group = lab_group_new();
    for (int64_t i = 0; i < lab_param("tasks"); i++)
        LAB_TRY(lab_group_spawn(group, "ticker", tick, NULL));
    return lab_group_wait(group);
}

const struct lab_demo lab_demo = {
    .name = "ticks",
    .asks = "How much beside the prompt can one still type?",
    .params = {{"tasks", 10000, .min = 1, .max = 100000, .text = "how many"},
               {"period", 10, .min = 1, .max = 60000, .unit = "ms",
                .text = "from tick to tick"},
               {"lasts", 8000, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long they tick"}},
    .variants = {{"spread", spread, "one after the other"},
                 {"at_once", at_once, "all of them together"}}};
