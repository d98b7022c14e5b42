#include "demo/param.h"

#include "base/time.h"
#include "demo/formula.h"

#include <inttypes.h>
#include <string.h>

size_t lab_param_count(const struct lab_demo *demo) {
    size_t n = 0;
    while (n < LAB_DEMO_PARAMS && demo->params[n].name)
        n++;
    return n;
}

size_t lab_variant_count(const struct lab_demo *demo) {
    size_t n = 0;
    while (n < LAB_DEMO_VARIANTS && demo->variants[n].name)
        n++;
    return n;
}

const char *lab_param_unit(const struct lab_param *param) {
    return param->unit ? param->unit : "";
}

void lab_settings_init(struct lab_settings *settings,
                       const struct lab_demo *demo) {
    *settings = (struct lab_settings){.demo = demo};
    for (size_t i = 0; i < lab_param_count(demo); i++)
        settings->values[i] = demo->params[i].value;
}

// Some bytes of the text that was typed.
struct piece {
    const char *at;
    size_t n;
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static struct piece trim(const char *from, const char *to) {
    while (from < to && is_blank(*from))
        from++;
    while (from < to && is_blank(to[-1]))
        to--;
    return (struct piece){from, (size_t)(to - from)};
}

static bool same(struct piece piece, const char *string) {
    return strlen(string) == piece.n && memcmp(string, piece.at, piece.n) == 0;
}

static lab_time time_unit(const char *unit) {
    return lab_time_unit(unit, strlen(unit));
}

// What one [unit] is worth: nanoseconds for a time, 1 for a count.
static int64_t worth(const char *unit) {
    lab_time time = time_unit(unit);
    return time ? time : 1;
}

// What reading a value came to.
enum reading { READ, NOT_A_VALUE, TOO_LARGE };

// Reads the digits at the front of [text] and takes them off. The number is
// [*digits] / 10^[*decimals].
static enum reading read_digits(struct piece *text, int64_t *digits,
                                int *decimals) {
    bool any = false, point = false, too_large = false;
    *digits = 0, *decimals = 0;
    for (; text->n > 0; text->at++, text->n--) {
        char c = *text->at;
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        any = true;
        *decimals += point;
        too_large |= __builtin_mul_overflow(*digits, 10, digits) ||
                     __builtin_add_overflow(*digits, c - '0', digits);
    }
    return !any ? NOT_A_VALUE : too_large ? TOO_LARGE : READ;
}

// Reads [text] as a whole number of [unit]. Whole numbers all the way: 0.1s
// is 100 ms to the nanosecond.
static enum reading read_value(struct piece text, const char *unit,
                               int64_t *value) {
    bool negative = text.n > 0 && *text.at == '-';
    if (negative || (text.n > 0 && *text.at == '+'))
        text = (struct piece){text.at + 1, text.n - 1};
    int decimals;
    enum reading reading = read_digits(&text, value, &decimals);
    struct piece suffix = trim(text.at, text.at + text.n);
    // Before the size: 99999999999999999999x is no number at all.
    int64_t factor = suffix.n == 0 || same(suffix, unit) ? worth(unit)
                     : time_unit(unit) ? lab_time_unit(suffix.at, suffix.n)
                                       : 0;
    if (reading == NOT_A_VALUE || factor == 0)
        return NOT_A_VALUE;
    if (reading == TOO_LARGE || __builtin_mul_overflow(*value, factor, value))
        return TOO_LARGE;
    int64_t divisor = worth(unit);
    for (int i = 0; i < decimals && *value != 0; i++) {
        if (*value % 10 != 0)
            return NOT_A_VALUE; // finer than any unit
        *value /= 10;
    }
    if (*value % divisor != 0)
        return NOT_A_VALUE;
    *value = *value / divisor * (negative ? -1 : 1);
    return READ;
}

bool lab_param_time(const char *text, const char *unit, lab_time *time) {
    struct piece piece = trim(text, text + strlen(text));
    // In nanoseconds every unit is a whole number, so none is too fine.
    struct lab_text full = {0};
    lab_text_write(&full, piece.at, piece.n);
    if (piece.n > 0 && strspn(piece.at, "+-.0123456789") >= piece.n)
        lab_text_put(&full, unit);
    piece = (struct piece){lab_text_string(&full), full.length};
    bool fine = read_value(piece, "ns", time) == READ;
    lab_text_free(&full);
    return fine;
}

static void put_unit(struct lab_text *out, const char *before,
                     const struct lab_param *param) {
    if (*lab_param_unit(param))
        lab_text_printf(out, "%s%s", before, lab_param_unit(param));
}

// Says what [param] is: "delay must be a whole number of ms ...".
static void say_kind(struct lab_text *error, const struct lab_param *param,
                     struct piece value) {
    lab_text_printf(error, "%s must be a whole number", param->name);
    put_unit(error, " of ", param);
    lab_time unit = time_unit(lab_param_unit(param));
    if (unit)
        lab_text_printf(error, " or a time such as %s",
                        unit >= LAB_S ? "2s" : "1.5s");
    lab_text_put(error, ", not ");
    lab_text_quote(error, value.at, value.n);
}

static void say_range(struct lab_text *error, const struct lab_param *param,
                      struct piece value) {
    lab_text_printf(error, "%s must be from %" PRId64 " to %" PRId64,
                    param->name, param->min, param->max);
    put_unit(error, " ", param);
    lab_text_put(error, ", not ");
    if (value.n > 24) // as typed, but for what nobody wants to read
        lab_text_quote(error, value.at, value.n);
    else
        lab_text_mask(error, value.at, value.n, false);
}

void lab_param_put_unknown(struct lab_text *error, const struct lab_demo *demo,
                           const char *name, size_t n) {
    const char *best = NULL;
    struct lab_text word = {0};
    size_t count = lab_param_count(demo);
    lab_text_write(&word, name, n);
    lab_text_put(error, "no parameter ");
    lab_text_quote(error, name, n);
    lab_text_printf(error, " in %s; ", demo->name);
    for (size_t i = 0; i < count; i++)
        lab_text_nearest(lab_text_string(&word), demo->params[i].name, &best);
    lab_text_free(&word);
    if (best) {
        lab_text_printf(error, "did you mean \"%s\"?", best);
        return;
    }
    lab_text_put(error, count ? "it has " : "it has none");
    for (size_t i = 0; i < count; i++) {
        const char *before = i == 0 ? "" : i + 1 < count ? ", " : " and ";
        lab_text_printf(error, "%s%s", before, demo->params[i].name);
    }
}

bool lab_settings_assign(struct lab_settings *settings, const char *assignment,
                         struct lab_text *error) {
    const char *end = assignment + strlen(assignment);
    const char *equals = strchr(assignment, '=');
    struct piece name = trim(assignment, equals ? equals : end);
    struct piece typed = trim(equals ? equals + 1 : end, end);
    const struct lab_param *params = settings->demo->params;
    size_t i = 0, count = lab_param_count(settings->demo);
    while (i < count && !same(name, params[i].name))
        i++;
    if (i == count) {
        lab_param_put_unknown(error, settings->demo, name.at, name.n);
        return false;
    }
    if (typed.n == 0) {
        lab_text_printf(error, "%s needs a value, as in %s=%" PRId64,
                        params[i].name, params[i].name, params[i].value);
        return false;
    }
    int64_t value;
    enum reading reading =
        read_value(typed, lab_param_unit(&params[i]), &value);
    if (reading == NOT_A_VALUE) {
        say_kind(error, &params[i], typed);
        return false;
    }
    if (reading == TOO_LARGE || value < params[i].min ||
        value > params[i].max) {
        say_range(error, &params[i], typed);
        return false;
    }
    settings->values[i] = value;
    return true;
}

void lab_settings_put(const struct lab_settings *settings, size_t index,
                      struct lab_text *out) {
    const struct lab_param *param = &settings->demo->params[index];
    lab_text_printf(out, "%s=%" PRId64, param->name, settings->values[index]);
    put_unit(out, " ", param);
}

int64_t lab_settings_value(const struct lab_settings *settings, size_t index) {
    const struct lab_param *param = &settings->demo->params[index];
    return settings->values[index] * worth(lab_param_unit(param));
}

bool lab_settings_lookup(const void *context, const char *name,
                         int64_t *value) {
    const struct lab_settings *settings = context;
    for (size_t i = 0; i < lab_param_count(settings->demo); i++) {
        if (strcmp(settings->demo->params[i].name, name) == 0) {
            *value = lab_settings_value(settings, i);
            return true;
        }
    }
    return false;
}

bool lab_settings_law(const struct lab_settings *settings, const char *law,
                      int64_t *value, struct lab_text *error) {
    struct lab_text why = {0};
    bool ok =
        lab_formula_evaluate(law, lab_settings_lookup, settings, value, &why);
    if (!ok) {
        lab_text_put(error, "in the law ");
        lab_text_quote(error, law, strlen(law));
        lab_text_printf(error, ", %s", lab_text_string(&why));
    }
    lab_text_free(&why);
    return ok;
}
