// Recursive descent, one function a rule, evaluated while it is read:
//
//     sum     = product { ("+" | "-") product }
//     product = term { ("*" | "/") term }
//     term    = "-" term | number [unit] | name | "(" sum ")"
//             | function "(" ( sum | list ) [ "," sum ] ")"
//
// The first failure is the one that is reported. After it every rule returns at
// once, so a caller need not check before it continues.

#include "demo/formula.h"

#include "base/alloc.h"
#include "base/time.h"

#include <math.h>
#include <string.h>

enum { DEPTH = 64, NAME = 64 };

struct parser {
    const char *start, *at;
    lab_formula_lookup *lookup;
    const void *context;
    struct lab_text *error;
    int depth;
    bool failed;
};

static double sum(struct parser *p);
static double term(struct parser *p);

__attribute__((format(printf, 3, 4))) static double
fail(struct parser *p, const char *where, const char *format, ...) {
    va_list args;
    if (p->failed)
        return 0;
    p->failed = true;
    va_start(args, format);
    lab_text_printf(p->error, "column %td: ", where - p->start + 1);
    lab_text_vprintf(p->error, format, args);
    va_end(args);
    return 0;
}

// Not isalpha(): that one obeys the locale.
static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// The length of the word that begins here.
static size_t word(const char *at) {
    size_t n = 0;
    while (is_letter(at[n]) || is_digit(at[n]))
        n++;
    return n;
}

static char peek(struct parser *p) {
    while (*p->at == ' ' || *p->at == '\t')
        p->at++;
    return p->failed ? '\0' : *p->at;
}

static const char *here(struct parser *p) {
    peek(p);
    return p->at;
}

static bool accept(struct parser *p, char c) {
    if (peek(p) != c)
        return false;
    p->at++;
    return true;
}

// Fails with what stands here instead of [what].
static double expected(struct parser *p, const char *what) {
    if (peek(p) == '\0')
        return fail(p, p->at, "expected %s, not the end", what);
    unsigned code;
    size_t n = word(p->at);
    if (n == 0)
        n = lab_text_decode(p->at, strlen(p->at), &code);
    struct lab_text found = {0};
    lab_text_mask(&found, p->at, n ? n : 1, false);
    fail(p, p->at, "expected %s, not '%.40s'", what, lab_text_string(&found));
    lab_text_free(&found);
    return 0;
}

static double in_range(struct parser *p, const char *where, double value) {
    return isfinite(value) ? value : fail(p, where, "the result is too large");
}

// floor(), without the mathematics library.
static double floor_of(double value) {
    const double whole = 9007199254740992; // from 2^53 on all doubles are
    if (value >= whole || value <= -whole)
        return value;
    double cut = (double)(int64_t)value;
    return cut > value ? cut - 1 : cut;
}

// A number: digits as one whole number, then one division, so that 1.5 and
// 0.1 are the doubles nearest to them.
static double number(struct parser *p) {
    const char *where = p->at;
    double value = 0, scale = 1;
    for (; is_digit(*p->at); p->at++)
        value = value * 10 + (*p->at - '0');
    if (*p->at == '.' && is_digit(p->at[1])) {
        for (p->at++; is_digit(*p->at); p->at++) {
            value = value * 10 + (*p->at - '0');
            scale *= 10;
        }
    }
    if (!isfinite(value) || !isfinite(scale))
        return fail(p, where, "the number is too long");
    if (is_letter(peek(p))) {
        size_t n = word(p->at);
        lab_time unit = lab_time_unit(p->at, n);
        if (unit == 0)
            return expected(p, "a unit (ns, us, ms or s) or an operator");
        p->at += n;
        value *= (double)unit;
    }
    return in_range(p, where, value / scale);
}

static double ceil_of(double value) {
    return -floor_of(-value);
}

static double min_of(double a, double b) {
    return a < b ? a : b;
}

static double max_of(double a, double b) {
    return a > b ? a : b;
}

// What is left of [a] when it is divided by [b].
static double mod_of(double a, double b) {
    return b == 0 ? 0 : a - b * floor_of(a / b);
}

static double sum_of(const struct lab_values *list, double unused) {
    double all = 0;
    (void)unused;
    for (size_t i = 0; i < list->count; i++)
        all += (double)list->items[i];
    return all;
}

static double len_of(const struct lab_values *list, double unused) {
    (void)unused;
    return (double)list->count;
}

// How many of [list] are at most [value].
static double within(const struct lab_values *list, double value) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += (double)list->items[i] <= value;
    return (double)count;
}

// The [k]-th in order of size, from 1 on: the least with that many within it.
// It is NAN if there is none.
static double nth_of(const struct lab_values *list, double k) {
    double nth = NAN;
    for (size_t i = 0; i < list->count; i++) {
        double item = (double)list->items[i];
        if (k >= 1 && within(list, item) >= k && !(item >= nth))
            nth = item;
    }
    return nth;
}

static double least_of(const struct lab_values *list, double unused) {
    (void)unused;
    return nth_of(list, 1);
}

static double most_of(const struct lab_values *list, double unused) {
    (void)unused;
    return nth_of(list, (double)list->count);
}

// Of one number, of two, of a list, or of a list and a number.
static const struct function {
    const char *name;
    double (*one)(double);
    double (*two)(double, double);
    double (*list)(const struct lab_values *, double);
    bool takes_both;
} functions[] = {{"min", .two = min_of, .list = least_of},
                 {"max", .two = max_of, .list = most_of},
                 {"mod", .two = mod_of},
                 {"ceil", .one = ceil_of},
                 {"floor", .one = floor_of},
                 {"sum", .list = sum_of},
                 {"len", .list = len_of},
                 {"nth", .list = nth_of, .takes_both = true},
                 {"within", .list = within, .takes_both = true}};

// Reads the name that stands here.
static bool read_name(struct parser *p, char name[NAME]) {
    const char *where = here(p);
    size_t n = word(where);
    if (n >= NAME) {
        fail(p, where, "the name is longer than %d letters", NAME - 1);
        return false;
    }
    memcpy(name, where, n);
    name[n] = '\0';
    p->at += n;
    return true;
}

static bool look_up(const struct parser *p, const char *name,
                    struct lab_values *values) {
    return p->lookup && p->lookup(p->context, name, values);
}

// Takes the name of a list, if that is what stands here.
static bool accept_list(struct parser *p, struct lab_values *values) {
    const char *where = here(p);
    char name[NAME];
    if (is_letter(*where) && read_name(p, name) && look_up(p, name, values) &&
        values->is_list)
        return true;
    p->at = where;
    return false;
}

static double call_with_list(struct parser *p, const struct function *f,
                             const struct lab_values *list) {
    double b = 0;
    if (f->takes_both && !accept(p, ','))
        return expected(p, "','");
    const char *where = here(p);
    if (f->takes_both)
        b = sum(p);
    if (!accept(p, ')'))
        return expected(p, f->takes_both ? "an operator or ')'" : "')'");
    double value = f->list(list, b);
    return isnan(value)
               ? fail(p, where, "the list has only %zu of them", list->count)
               : value;
}

// The arguments, up to the closing parenthesis.
static double call(struct parser *p, const char *name, const char *where) {
    struct lab_values list;
    const struct function *f = functions;
    while (f < functions + countof(functions) && strcmp(f->name, name) != 0)
        f++;
    if (f == functions + countof(functions))
        return fail(p, where,
                    "no function '%s', only min, max, mod, ceil, floor, sum, "
                    "len, nth and within",
                    name);
    if (f->list && accept_list(p, &list))
        return call_with_list(p, f, &list);
    if (!f->one && !f->two)
        return expected(p, "a list");
    double a = sum(p), b = 0;
    if (f->two) {
        if (!accept(p, ','))
            return expected(p, "an operator or ','");
        b = sum(p);
    }
    if (!accept(p, ')'))
        return expected(p, "an operator or ')'");
    return in_range(p, where, f->two ? f->two(a, b) : f->one(a));
}

static double named(struct parser *p) {
    const char *where = p->at;
    char name[NAME];
    struct lab_values values;
    if (!read_name(p, name))
        return 0;
    if (accept(p, '('))
        return call(p, name, where);
    if (!look_up(p, name, &values))
        return fail(p, where, "unknown name '%s'", name);
    if (values.is_list)
        return fail(p, where, "'%s' is a list: take the max or the sum of it",
                    name);
    return (double)values.items[0];
}

static double inner_term(struct parser *p) {
    char c = peek(p);
    if (accept(p, '-'))
        return -term(p);
    if (is_digit(c))
        return number(p);
    if (is_letter(c))
        return named(p);
    if (!accept(p, '('))
        return expected(p, "a number or a name");
    double value = sum(p);
    return accept(p, ')') ? value : expected(p, "an operator or ')'");
}

static double term(struct parser *p) {
    // A formula must not be able to eat the stack, which in a task is small.
    if (p->depth > DEPTH)
        return fail(p, p->at, "nested deeper than %d", DEPTH);
    p->depth++;
    double value = inner_term(p);
    p->depth--;
    return value;
}

static double product(struct parser *p) {
    double value = term(p);
    for (;;) {
        const char *where = here(p);
        if (accept(p, '*')) {
            value = in_range(p, where, value * term(p));
        } else if (accept(p, '/')) {
            double divisor = term(p);
            if (divisor == 0)
                return fail(p, where, "division by zero");
            value = in_range(p, where, value / divisor);
        } else {
            return value;
        }
    }
}

static double sum(struct parser *p) {
    double value = product(p);
    for (;;) {
        const char *where = here(p);
        if (accept(p, '+'))
            value = in_range(p, where, value + product(p));
        else if (accept(p, '-'))
            value = in_range(p, where, value - product(p));
        else
            return value;
    }
}

bool lab_formula_evaluate(const char *formula, lab_formula_lookup *lookup,
                          const void *context, int64_t *value,
                          struct lab_text *error) {
    struct parser p = {.start = formula,
                       .at = formula,
                       .lookup = lookup,
                       .context = context,
                       .error = error};
    double result = sum(&p);
    if (peek(&p) != '\0')
        expected(&p, "an operator");
    double whole = floor_of(result);
    whole += result - whole >= 0.5;
    // 2^63, which is itself out of range; its negative is not.
    if (!p.failed && (whole >= 0x1p63 || whole < -0x1p63))
        fail(&p, formula, "the result is too large");
    if (p.failed)
        return false;
    *value = (int64_t)whole;
    return true;
}
