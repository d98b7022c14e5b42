// Every order of every model in full, and with a cancel at each wait.

#include "models/model.h"
#include "test.h"

#include <stdio.h>

enum { STEPS = 4, SEEDS = 10000 };

static int steps_of(const struct model *model) {
    return model->most_steps ? model->most_steps : STEPS;
}

VIRTUAL_TEST(every_model_keeps_its_rules_in_every_order) {
    for (const struct model *model = models; model; model = model->next) {
        size_t orders = model_explore(model, steps_of(model));
        printf("  %7zu orders: %s\n", orders, model->name);
        if (!CHECK_INT(orders, model->full))
            fprintf(stderr, "%s\n", model->name);
    }
}

VIRTUAL_TEST(every_small_model_may_be_cancelled_at_every_wait_in_every_order) {
    for (const struct model *model = models; model; model = model->next) {
        size_t runs = 0;
        for (int victim = 0; victim <= LAB_VICTIM_WOKEN; victim++)
            runs += model_cancel(model, steps_of(model) - 1,
                                 (enum lab_victim)victim, SIZE_MAX);
        printf("  %7zu runs: %s\n", runs, model->name);
    }
}

VIRTUAL_TEST(every_model_may_be_cancelled_at_random_in_any_order) {
    for (const struct model *model = models; model; model = model->next)
        for (int victim = 0; victim <= LAB_VICTIM_WOKEN; victim++)
            model_cancel_at_random(model, STEPS, (enum lab_victim)victim,
                                   SEEDS);
}
