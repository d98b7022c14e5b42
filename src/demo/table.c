#include "demo/table.h"

#include "base/time.h"
#include "demo/claim.h"
#include "demo/param.h"

#include <stdarg.h>
#include <string.h>

__attribute__((format(printf, 2, 3))) static bool
wrong(struct lab_text *error, const char *format, ...) {
    va_list args;
    va_start(args, format);
    lab_text_vprintf(error, format, args);
    va_end(args);
    return false;
}

// A word that can be typed as it is: a-z, 0-9 and _.
static bool is_plain(const char *name) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    return name && *name && strspn(name, plain) == strlen(name);
}

// Is the default of parameter [i] one that could be typed?
static bool has_default(const struct lab_demo *demo, size_t i) {
    const struct lab_parameter *p = &demo->params[i];
    if (!p->list)
        return p->min <= p->value && p->value <= p->max;
    struct lab_settings settings = {.demo = demo};
    struct lab_text typed = {0}, error = {0};
    lab_text_printf(&typed, "%s=%s", p->name, p->list);
    bool fine = lab_settings_assign(&settings, lab_text_string(&typed), &error);
    lab_text_free(&typed);
    lab_text_free(&error);
    return fine;
}

static bool check_param(const struct lab_demo *demo, size_t i, bool is_guest,
                        struct lab_text *error) {
    const struct lab_parameter *p = &demo->params[i];
    int64_t unused;
    if (!is_plain(p->name) || (p->name[0] >= '0' && p->name[0] <= '9'))
        return wrong(error, "has parameter %zu not named in a-z, 0-9 and _",
                     i + 1);
    if (!p->text && !is_guest)
        return wrong(error, "has no text for \"%s\"", p->name);
    if (!has_default(demo, i))
        return wrong(error, "has no default in range for \"%s\"", p->name);
    if (strcmp(p->name, "cores") == 0 && p->min < 1)
        return wrong(error, "has a range for \"cores\" that begins before 1");
    const char *name = lab_param_unit(p);
    lab_time unit = lab_time_unit(name, strlen(name));
    if (__builtin_mul_overflow(p->min, unit, &unused) ||
        __builtin_mul_overflow(p->max, unit, &unused))
        return wrong(error, "has a range beyond 292 years for \"%s\"", p->name);
    for (size_t j = 0; j < i; j++)
        if (strcmp(demo->params[j].name, p->name) == 0)
            return wrong(error, "has two parameters \"%s\"", p->name);
    return true;
}

// Sets parameter [i] to [value], or all its items.
static void set_all(struct lab_settings *settings, size_t i, int64_t value) {
    settings->values[i] = value;
    for (size_t j = 0; j < settings->lists[i].count; j++)
        settings->lists[i].items[j] = value;
}

// Calls [check] for [text] with every parameter at its default, its least and
// its greatest.
typedef bool check_fn(const struct lab_settings *settings, const char *text,
                      struct lab_text *error);
static bool check_all(const struct lab_demo *demo, const char *text,
                      check_fn *check, struct lab_text *error) {
    struct lab_settings settings;
    struct lab_text why = {0};
    bool ok = true;
    for (int round = 0; ok && round < 3; round++) {
        lab_settings_init(&settings, demo);
        for (size_t i = 0; round > 0 && i < lab_param_count(demo); i++)
            set_all(&settings, i,
                    round == 1 ? demo->params[i].min : demo->params[i].max);
        ok = check(&settings, text, &why);
    }
    if (!ok)
        wrong(error, "is wrong %s", lab_text_string(&why));
    lab_text_free(&why);
    return ok;
}

static bool check_law(const struct lab_settings *settings, const char *law,
                      struct lab_text *error) {
    int64_t unused;
    return lab_settings_law(settings, law, &unused, error);
}

static bool check_claim(const struct lab_settings *settings, const char *text,
                        struct lab_text *error) {
    struct lab_run run = {0};
    lab_run_add_claim(&run, text);
    bool ok = lab_claim_read(
        run.claims, (struct lab_claim_names){lab_settings_lookup, settings},
        error);
    lab_run_clear(&run);
    return ok;
}

static bool has_param(const struct lab_demo *demo, const char *name) {
    for (size_t i = 0; i < lab_param_count(demo); i++)
        if (strcmp(demo->params[i].name, name) == 0)
            return true;
    return false;
}

static bool check_variant(const struct lab_demo *demo, size_t i, bool is_guest,
                          struct lab_text *error) {
    const struct lab_variant *v = &demo->variants[i];
    if (!is_plain(v->name))
        return wrong(error, "has variant %zu not named in a-z, 0-9 and _",
                     i + 1);
    if (!v->body == !v->with || !(v->text || is_guest))
        return wrong(error, "has no body or text for \"%s\"", v->name);
    for (size_t j = 0; j < i; j++)
        if (strcmp(demo->variants[j].name, v->name) == 0)
            return wrong(error, "has two variants \"%s\"", v->name);
    if (v->number && !has_param(demo, v->number))
        return wrong(error, "has no parameter \"%s\" for \"%s\"", v->number,
                     v->name);
    if (v->gap && (!demo->mark || !demo->gap_text))
        return wrong(error,
                     "has a law for gaps in \"%s\", but no mark or no "
                     "text for them",
                     v->name);
    bool ok = (!v->takes || check_all(demo, v->takes, check_law, error)) &&
              (!v->gap || check_all(demo, v->gap, check_law, error));
    for (size_t j = 0; ok && j < LAB_DEMO_CLAIMS && v->claims[j]; j++)
        ok = check_all(demo, v->claims[j], check_claim, error);
    return ok && (!v->meant || check_all(demo, v->meant, check_claim, error));
}

// Each place in it must be a measure of a variant.
static bool check_verdict(const struct lab_demo *demo, struct lab_text *error) {
    struct lab_text before = {0}, name = {0}, measure = {0};
    const char *at = demo->verdict ? demo->verdict : "";
    bool fine = true;
    while (fine && lab_claim_place(&at, &before, &name, &measure)) {
        bool known = false;
        for (size_t i = 0; i < lab_variant_count(demo); i++)
            known |=
                strcmp(demo->variants[i].name, lab_text_string(&name)) == 0;
        lab_text_put(&measure, " = 0");
        fine = known &&
               check_all(demo, lab_text_string(&measure), check_claim, error);
        if (!known)
            wrong(error, "has a verdict about a variant \"%s\" that it lacks",
                  lab_text_string(&name));
        lab_text_clear(&name);
        lab_text_clear(&measure);
    }
    lab_text_free(&before);
    lab_text_free(&name);
    lab_text_free(&measure);
    return fine;
}

bool lab_table_check(const struct lab_demo *demo, const char *name,
                     struct lab_text *error) {
    bool is_guest = !name;
    if (!is_guest && (!demo->name || strcmp(demo->name, name) != 0))
        return wrong(error, "calls itself \"%s\", not as its file is called",
                     demo->name ? demo->name : "");
    if (!is_guest && (!demo->asks || !*demo->asks))
        return wrong(error, "asks no question");
    for (size_t i = 0; i < lab_param_count(demo); i++)
        if (!check_param(demo, i, is_guest, error))
            return false;
    if (lab_variant_count(demo) == 0)
        return wrong(error, "has no variants");
    for (size_t i = 0; i < lab_variant_count(demo); i++)
        if (!check_variant(demo, i, is_guest, error))
            return false;
    return check_verdict(demo, error);
}
