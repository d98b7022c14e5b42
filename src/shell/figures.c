#include "shell/figures.h"

#include <inttypes.h>
#include <string.h>

// Knuth's; the high bits are the good ones.
static size_t below(uint64_t *random, size_t n) {
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((*random >> 33) % n);
}

// Cores and lists stay: a list of delays has an order that the demo is about.
static bool may_change(const struct lab_parameter *param) {
    return !param->list && strcmp(param->name, "cores") != 0;
}

static bool set(struct lab_settings *settings, size_t i, int64_t value) {
    const struct lab_parameter *param = &settings->demo->params[i];
    if (value < param->min || value > param->max ||
        value == settings->values[i])
        return false;
    settings->values[i] = value;
    return true;
}

// A time is halved, made half as long again, or doubled; a count is one or two
// more, or one less.
static bool vary(struct lab_settings *settings, size_t i, uint64_t *random) {
    int64_t value = settings->values[i];
    bool is_time = *lab_param_unit(&settings->demo->params[i]) != '\0';
    const int64_t times[] = {value / 2, value + value / 2, 2 * value};
    const int64_t counts[] = {value + 1, value - 1, value + 2};
    size_t at = below(random, 3);
    return set(settings, i, is_time ? times[at] : counts[at]);
}

void lab_figures_vary(struct lab_settings *settings, unsigned long seed) {
    enum { TRIES = 20 };
    uint64_t random = seed;
    size_t count = lab_param_count(settings->demo);
    bool is_changed = false;
    below(&random, 2); // seeds that are neighbours part
    for (int n = 0; n < TRIES && !is_changed; n++)
        for (size_t i = 0; i < count; i++)
            if (may_change(&settings->demo->params[i]) && below(&random, 2))
                is_changed |= vary(settings, i, &random);
}

bool lab_figures_double(struct lab_settings *settings, unsigned long seed,
                        struct lab_text *change) {
    size_t count = lab_param_count(settings->demo);
    for (size_t n = 0; n < count; n++) {
        size_t i = (n + seed - 1) % count;
        const struct lab_parameter *param = &settings->demo->params[i];
        if (!may_change(param) || !set(settings, i, 2 * settings->values[i]))
            continue;
        lab_text_printf(change, "%s=%" PRId64 "%s", param->name,
                        settings->values[i], lab_param_unit(param));
        return true;
    }
    return false;
}
