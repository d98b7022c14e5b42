// Generators: one body, resumed by whoever wants the next value.

#include "models/model.h"

#include "core/generator.h"
#include "core/scope.h"

static lab_generator *generator;
static int begun, ended; // its body
static int64_t handed_out, taken;
static bool waits_inside;

// Hands out 1, 2, 3 and waits in between. It gives up if whoever resumed it is
// cancelled meanwhile, and is then closed for all.
static int count_on(lab_generator *self, void *arg) {
    int rc = 0;
    (void)arg;
    begun++;
    for (int i = 0; i < 100 && rc == 0; i++) {
        waits_inside = true;
        rc = lab_yield();
        waits_inside = false;
        if (rc == 0)
            rc = lab_generator_yield(self, ++handed_out, NULL);
    }
    ended++;
    return rc;
}

// Who comes while another waits inside is sent away, and tries again later.
static int taker(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        int64_t value = 0;
        bool busy = waits_inside;
        int rc = lab_generator_next(generator, &value);
        RULE((rc == LAB_EBUSY) == busy);
        RULE((rc == 0) == (value > 0));
        if (rc == LAB_ECANCELED)
            return rc;
        if (rc == LAB_EOF)
            return RULE(ended == begun) ? 0 : rc;
        if (rc == 0)
            RULE(value == ++taken);
        LAB_TRY(lab_yield());
    }
    return 0;
}

MODEL(a_generator_hands_each_value_to_one, .quick = 510, .full = 43506,
      .most_steps = 3) {
    begun = ended = 0;
    handed_out = taken = 0;
    waits_inside = false;
    generator = lab_generator_new("count_on", count_on, NULL);
    int rc = model_play(taker, taker, taker);
    RULE(taken == handed_out);
    RULE(lab_generator_close(generator) == 0 && begun == ended);
    lab_generator_free(generator);
    return rc;
}

// --- closed by one while others take

static int cleaned;

static int count_and_clean_up(lab_generator *self, void *arg) {
    struct lab_shield shield;
    int rc = count_on(self, arg);
    lab_shield_enter(&shield);
    waits_inside = true;
    RULE(lab_yield() == 0);
    waits_inside = false;
    lab_shield_exit(&shield);
    cleaned++;
    return rc;
}

static int closer(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        bool busy = waits_inside;
        int rc = lab_generator_close(generator);
        RULE((rc == LAB_EBUSY) == busy && (rc == 0 || busy));
        RULE(rc < 0 || lab_generator_next(generator, NULL) == LAB_EOF);
        RULE(rc < 0 || cleaned == begun);
        LAB_TRY(lab_yield());
    }
    return 0;
}

MODEL(a_generator_that_is_closed_cleans_up_once, .quick = 310, .full = 14166,
      .most_steps = 3) {
    begun = ended = cleaned = 0;
    handed_out = taken = 0;
    waits_inside = false;
    generator =
        lab_generator_new("count_and_clean_up", count_and_clean_up, NULL);
    int rc = model_play(taker, taker, closer);
    RULE(lab_generator_close(generator) == 0);
    RULE(taken == handed_out && begun == cleaned && begun == ended);
    lab_generator_free(generator);
    return rc;
}
