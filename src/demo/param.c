#include "demo/param.h"

#include "base/nearest.h"
#include "base/time.h"
#include "demo/formula.h"

#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdlib.h>
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

const char *lab_param_unit(const struct lab_parameter *param) {
    return param->unit ? param->unit : "";
}

static void set_default(struct lab_settings *settings, size_t index);

void lab_settings_init(struct lab_settings *settings,
                       const struct lab_demo *demo) {
    *settings = (struct lab_settings){.demo = demo};
    for (size_t i = 0; i < lab_param_count(demo); i++)
        set_default(settings, i);
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

static bool is_number_end(char c) {
    return (c >= '0' && c <= '9') || c == '.';
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
    // Before the size: 99999999999999999999x is not a number at all.
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
                     const struct lab_parameter *param) {
    if (*lab_param_unit(param))
        lab_text_printf(out, "%s%s", before, lab_param_unit(param));
}

// --- lists

// Reads [text], items between commas. One that has no unit has that of the
// last: "1,2s" are two seconds and one.
static enum reading read_list(struct piece text, const char *unit,
                              struct lab_values *list) {
    const char *end = text.at + text.n, *digits = end;
    while (digits > text.at && !is_number_end(digits[-1]))
        digits--;
    struct piece last = trim(digits, end);
    *list = (struct lab_values){.is_list = true};
    for (const char *at = text.at; at <= end; list->count++) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        struct lab_text item = {0};
        if (list->count == LAB_LIST_MOST)
            return NOT_A_VALUE;
        struct piece piece = trim(at, comma ? comma : end);
        lab_text_write(&item, piece.at, piece.n);
        if (comma && piece.n > 0 && is_number_end(piece.at[piece.n - 1]))
            lab_text_write(&item, last.at, last.n);
        enum reading reading =
            read_value((struct piece){lab_text_string(&item), item.length},
                       unit, &list->items[list->count]);
        lab_text_free(&item);
        if (reading != READ)
            return reading;
        at = comma ? comma + 1 : end + 1;
    }
    return READ;
}

// Says what [param] is: "delay must be a whole number of ms ...".
static void say_kind(struct lab_text *error, const struct lab_parameter *param,
                     struct piece value) {
    lab_text_printf(error, "%s must be ", param->name);
    if (param->list)
        lab_text_printf(error, "1 to %d values, as in %s=%s, each ",
                        LAB_LIST_MOST, param->name, param->list);
    lab_text_put(error, "a whole number");
    put_unit(error, " of ", param);
    lab_time unit = time_unit(lab_param_unit(param));
    if (unit)
        lab_text_printf(error, " or a time such as %s",
                        unit >= LAB_S ? "2s" : "1.5s");
    lab_text_put(error, ", not ");
    lab_text_quote(error, value.at, value.n);
}

static void say_range(struct lab_text *error, const struct lab_parameter *param,
                      struct piece value) {
    lab_text_printf(error, "%s must %sbe from %" PRId64 " to %" PRId64,
                    param->name, param->list ? "each " : "", param->min,
                    param->max);
    put_unit(error, " ", param);
    lab_text_put(error, ", not ");
    if (value.n > 24) // as typed, but for what nobody wants to read
        lab_text_quote(error, value.at, value.n);
    else
        lab_text_mask(error, value.at, value.n, false);
}

static void put_default(struct lab_text *out,
                        const struct lab_parameter *param) {
    if (param->list)
        lab_text_put(out, param->list);
    else
        lab_text_printf(out, "%" PRId64, param->value);
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
        lab_nearest(lab_text_string(&word), demo->params[i].name, &best);
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

// Reads [typed] as the value of parameter [index], into [values].
static enum reading read_param(const struct lab_parameter *param,
                               struct piece typed, struct lab_values *values) {
    const char *unit = lab_param_unit(param);
    *values = (struct lab_values){.count = 1};
    enum reading reading = param->list ? read_list(typed, unit, values)
                                       : read_value(typed, unit, values->items);
    for (size_t i = 0; reading == READ && i < values->count; i++)
        if (values->items[i] < param->min || values->items[i] > param->max)
            reading = TOO_LARGE;
    return reading;
}

static void set_default(struct lab_settings *settings, size_t index) {
    const struct lab_parameter *param = &settings->demo->params[index];
    settings->values[index] = param->value;
    if (param->list) // lab_table_check sees to it that it can be read
        read_param(param, trim(param->list, param->list + strlen(param->list)),
                   &settings->lists[index]);
}

static void set_value(struct lab_settings *settings, size_t index,
                      const struct lab_values *values) {
    if (values->is_list)
        settings->lists[index] = *values;
    else
        settings->values[index] = values->items[0];
}

bool lab_settings_assign(struct lab_settings *settings, const char *assignment,
                         struct lab_text *error) {
    const char *end = assignment + strlen(assignment);
    const char *equals = strchr(assignment, '=');
    struct piece name = trim(assignment, equals ? equals : end);
    struct piece typed = trim(equals ? equals + 1 : end, end);
    const struct lab_parameter *params = settings->demo->params;
    size_t i = 0, count = lab_param_count(settings->demo);
    while (i < count && !same(name, params[i].name))
        i++;
    if (i == count) {
        lab_param_put_unknown(error, settings->demo, name.at, name.n);
        return false;
    }
    if (typed.n == 0) {
        lab_text_printf(error, "%s needs a value, as in %s=", params[i].name,
                        params[i].name);
        put_default(error, &params[i]);
        return false;
    }
    struct lab_values values;
    enum reading reading = read_param(&params[i], typed, &values);
    if (reading == NOT_A_VALUE)
        say_kind(error, &params[i], typed);
    else if (reading == TOO_LARGE)
        say_range(error, &params[i], typed);
    else
        set_value(settings, i, &values);
    return reading == READ;
}

// --- values

void lab_settings_put_value(const struct lab_settings *settings, size_t index,
                            struct lab_text *out) {
    const struct lab_values *list = &settings->lists[index];
    if (!settings->demo->params[index].list)
        lab_text_printf(out, "%" PRId64, settings->values[index]);
    else
        for (size_t i = 0; i < list->count; i++)
            lab_text_printf(out, "%s%" PRId64, i ? "," : "", list->items[i]);
}

void lab_settings_put(const struct lab_settings *settings, size_t index,
                      struct lab_text *out) {
    const struct lab_parameter *param = &settings->demo->params[index];
    lab_text_printf(out, "%s=", param->name);
    lab_settings_put_value(settings, index, out);
    put_unit(out, " ", param);
}

bool lab_settings_is_default(const struct lab_settings *settings,
                             size_t index) {
    struct lab_settings other = {.demo = settings->demo};
    struct lab_text now = {0}, first = {0};
    set_default(&other, index);
    lab_settings_put_value(settings, index, &now);
    lab_settings_put_value(&other, index, &first);
    bool same = strcmp(lab_text_string(&now), lab_text_string(&first)) == 0;
    lab_text_free(&now);
    lab_text_free(&first);
    return same;
}

int64_t lab_settings_value(const struct lab_settings *settings, size_t index) {
    const struct lab_parameter *param = &settings->demo->params[index];
    return settings->values[index] * worth(lab_param_unit(param));
}

int64_t lab_settings_item(const struct lab_settings *settings, size_t index,
                          size_t item) {
    const struct lab_parameter *param = &settings->demo->params[index];
    return settings->lists[index].items[item] * worth(lab_param_unit(param));
}

bool lab_param_read(const char *text, const char *unit,
                    struct lab_values *value) {
    value->count = 0;
    for (const char *at = text; *at; value->count++) {
        char *end;
        errno = 0;
        long long number = strtoll(at, &end, 10);
        if (value->count == LAB_LIST_MOST || errno || end == at ||
            __builtin_mul_overflow(number, worth(unit),
                                   &value->items[value->count]))
            return false;
        at = end + (*end == ',');
    }
    return value->count > 0;
}

// As a record has them, so that laws see the same here and there.
bool lab_settings_lookup(const void *context, const char *name,
                         struct lab_values *value) {
    const struct lab_settings *settings = context;
    const struct lab_demo *demo = settings->demo;
    for (size_t i = 0; i < lab_param_count(demo); i++) {
        struct lab_text text = {0};
        if (strcmp(demo->params[i].name, name) != 0)
            continue;
        lab_settings_put_value(settings, i, &text);
        value->is_list = demo->params[i].list != NULL;
        bool fine = lab_param_read(lab_text_string(&text),
                                   lab_param_unit(&demo->params[i]), value);
        lab_text_free(&text);
        return fine;
    }
    *value = (struct lab_values){.count = 1, .items = {LAB_CORES_VIRTUAL}};
    return strcmp(name, "cores") == 0;
}

int lab_cores_real(void) {
    cpu_set_t set;
    int rc = sched_getaffinity(0, sizeof set, &set);
    return rc == 0 && CPU_COUNT(&set) > 0 ? CPU_COUNT(&set) : 1;
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
