#include "shell/steps.h"

#include "base/alloc.h"

#include <inttypes.h>
#include <stdint.h>
#include <string.h>

// A number with a unit, "1.5s": in thousandths, so that steps add up exactly.
struct amount {
    int64_t thousandths;
    char unit[4]; // "" if none was typed
};

enum { THOUSAND = 1000 };
static const int64_t amount_most = (int64_t)1 << 50;

static const char *read_digits(const char *at, int64_t *value) {
    for (; *at >= '0' && *at <= '9' && *value < amount_most / 10; at++)
        *value = *value * 10 + (*at - '0');
    return at;
}

static const char *read_fraction(const char *at, int64_t *value) {
    for (int64_t worth = THOUSAND / 10; *at >= '0' && *at <= '9' && worth;
         at++, worth /= 10)
        *value += (*at - '0') * worth;
    return at;
}

// Reads one, up to ".." or the end.
static const char *read_amount(const char *at, struct amount *amount) {
    bool is_negative = *at == '-';
    const char *begin = at + is_negative;
    *amount = (struct amount){0};
    at = read_digits(begin, &amount->thousandths);
    if (at == begin)
        return NULL;
    amount->thousandths *= THOUSAND;
    if (at[0] == '.' && at[1] != '.')
        at = read_fraction(at + 1, &amount->thousandths);
    size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyz");
    if (n >= sizeof amount->unit)
        return NULL;
    memcpy(amount->unit, at, n);
    if (is_negative)
        amount->thousandths = -amount->thousandths;
    return at + n;
}

// Reads "1..8" or "0..1000..250" as two or three amounts.
static int read_amounts(const char *text, struct amount *amounts) {
    int count = 0;
    while (count < 3) {
        text = read_amount(text, &amounts[count++]);
        if (!text)
            return 0;
        if (!*text)
            return count;
        if (strncmp(text, "..", 2) != 0)
            return 0;
        text += 2;
    }
    return 0;
}

// Gives those without a unit that of the others. False if there are two.
static bool share_unit(struct amount *amounts, int count) {
    const char *unit = "";
    for (int i = 0; i < count; i++) {
        if (!*amounts[i].unit)
            continue;
        if (*unit && strcmp(unit, amounts[i].unit) != 0)
            return false;
        unit = amounts[i].unit;
    }
    for (int i = 0; i < count; i++)
        memmove(amounts[i].unit, unit, strlen(unit) + 1);
    return true;
}

static void put_amount(struct lab_text *out, int64_t thousandths,
                       const char *unit) {
    int64_t size = thousandths < 0 ? -thousandths : thousandths;
    lab_text_printf(out, "%s%" PRId64, thousandths < 0 ? "-" : "",
                    size / THOUSAND);
    if (size % THOUSAND)
        lab_text_printf(out, ".%03" PRId64, size % THOUSAND);
    while (size % THOUSAND && out->data[out->length - 1] == '0')
        out->data[--out->length] = '\0';
    lab_text_put(out, unit);
}

static bool refuse_count(struct lab_text *error, const char *text) {
    lab_text_printf(error,
                    "\"%s\" is more than %d values; take a longer step: "
                    "0..1000..250",
                    text, LAB_STEPS_MOST);
    return false;
}

static bool add(struct lab_steps *steps, const char *value) {
    if (steps->count == LAB_STEPS_MOST)
        return false;
    steps->values[steps->count++] = lab_strdup(value);
    return true;
}

static bool read_range(struct lab_steps *steps, const char *text,
                       struct lab_text *error) {
    struct amount amounts[3];
    int count = read_amounts(text, amounts);
    if (count < 2 || (count == 3 && amounts[2].thousandths <= 0)) {
        lab_text_printf(error,
                        "\"%s\" is no range of values; one is 1..8, or "
                        "0..1000..250 with a step",
                        text);
        return false;
    }
    if (!share_unit(amounts, count)) {
        lab_text_printf(error, "\"%s\" has two units; write all in one", text);
        return false;
    }
    int64_t from = amounts[0].thousandths, to = amounts[1].thousandths;
    int64_t step = count == 3 ? amounts[2].thousandths : THOUSAND;
    for (int64_t at = from; from <= to ? at <= to : at >= to;
         at += from <= to ? step : -step) {
        struct lab_text value = {0};
        put_amount(&value, at, amounts[0].unit);
        bool fits = add(steps, lab_text_string(&value));
        lab_text_free(&value);
        if (!fits)
            return refuse_count(error, text);
    }
    return true;
}

static bool read_list(struct lab_steps *steps, const char *text,
                      struct lab_text *error) {
    const char *whole = text;
    for (;;) {
        struct lab_text value = {0};
        size_t n = strcspn(text, ",");
        lab_text_write(&value, text, n);
        bool fits = n > 0 && add(steps, lab_text_string(&value));
        lab_text_free(&value);
        if (n == 0) {
            lab_text_printf(error, "\"%s\" has a comma without a value", whole);
            return false;
        }
        if (!fits)
            return refuse_count(error, whole);
        if (!text[n])
            return true;
        text += n + 1;
    }
}

bool lab_steps_read(struct lab_steps *steps, const char *text,
                    struct lab_text *error) {
    *steps = (struct lab_steps){0};
    return strstr(text, "..") ? read_range(steps, text, error)
                              : read_list(steps, text, error);
}

void lab_steps_free(struct lab_steps *steps) {
    for (size_t i = 0; i < steps->count; i++)
        lab_free(steps->values[i]);
    steps->count = 0;
}
