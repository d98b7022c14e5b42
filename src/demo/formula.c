// Recursive descent, one function a rule, evaluated while it is read:
//
//     sum     = product { ("+" | "-") product }
//     product = term { ("*" | "/") term }
//     term    = "-" term | number [unit] | name | "(" sum ")"
//             | function "(" sum [ "," sum ] ")"
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

static const struct function {
    const char *name;
    double (*one)(double);
    double (*two)(double, double);
} functions[] = {{"min", NULL, min_of},
                 {"max", NULL, max_of},
                 {"mod", NULL, mod_of},
                 {"ceil", ceil_of, NULL},
                 {"floor", floor_of, NULL}};

// The arguments, up to the closing parenthesis.
static double call(struct parser *p, const char *name, const char *where) {
    const struct function *f = functions;
    while (f < functions + countof(functions) && strcmp(f->name, name) != 0)
        f++;
    if (f == functions + countof(functions))
        return fail(p, where,
                    "no function '%s', only min, max, mod, ceil and floor",
                    name);
    double a = sum(p), b = 0;
    if (f->two) {
        if (!accept(p, ','))
            return expected(p, "an operator or ','");
        b = sum(p);
    }
    if (!accept(p, ')'))
        return expected(p, "an operator or ')'");
    return f->two ? f->two(a, b) : f->one(a);
}

static double named(struct parser *p) {
    const char *where = p->at;
    char name[NAME] = "";
    size_t n = word(p->at);
    int64_t value;
    if (n >= NAME)
        return fail(p, where, "the name is longer than %d letters", NAME - 1);
    memcpy(name, p->at, n);
    p->at += n;
    if (accept(p, '('))
        return call(p, name, where);
    if (!p->lookup || !p->lookup(p->context, name, &value))
        return fail(p, where, "unknown name '%s'", name);
    return (double)value;
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
