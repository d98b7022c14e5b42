// claim.c - the language of claims: each measure is a row of a table, and a
// function of the record.

#include "demo/claim.h"

#include "base/alloc.h"
#include "base/error.h"
#include "demo/claim_measure.h"
#include "record/warning.h"

#include <string.h>

// --- reading

static const struct measure {
    const char *name;
    enum lab_claim_unit unit;
    enum { NO_ARGUMENT, MAY_HAVE_ONE, NEEDS_ONE } argument;
    lab_measure_fn *fn;
    const char *means, *alone; // with an argument, and without
} measures[] = {
    {"time", LAB_CLAIM_TIME, MAY_HAVE_ONE, lab_measure_time,
     "when that is first said", "how long the run takes"},
    {"gap", LAB_CLAIM_TIME, NEEDS_ONE, lab_measure_gap,
     "the longest time without that mark"},
    {"count", LAB_CLAIM_COUNT, NEEDS_ONE, lab_measure_count,
     "how often that is said"},
    {"on_loop", LAB_CLAIM_COUNT, NEEDS_ONE, lab_measure_on_loop,
     "how often that is said on the loop's thread"},
    {"peak", LAB_CLAIM_COUNT, NEEDS_ONE, lab_measure_peak,
     "the largest number of them at a time"},
    {"least", LAB_CLAIM_COUNT, NEEDS_ONE, lab_measure_least,
     "the smallest number of them at a time"},
    {"last", LAB_CLAIM_COUNT, NEEDS_ONE, lab_measure_last,
     "their number at the end"},
    {"live", LAB_CLAIM_COUNT, NEEDS_ONE, lab_measure_live,
     "how many other tasks lived when that is first said"},
    {"turns", LAB_CLAIM_COUNT, NO_ARGUMENT, lab_measure_turns, NULL,
     "how many turns the loop makes"},
    {"idle", LAB_CLAIM_PERCENT, NO_ARGUMENT, lab_measure_idle, NULL,
     "the part of the time in which the loop has nothing to do"},
    {"busy", LAB_CLAIM_COUNT, NEEDS_ONE, lab_measure_busy,
     "how many cores compute, on average"},
    {"occupied", LAB_CLAIM_TIME, NO_ARGUMENT, lab_measure_occupied, NULL,
     "how long threads block or compute, added up"},
    {"result", LAB_CLAIM_COUNT, MAY_HAVE_ONE, lab_measure_result,
     "what that task returns", "what the run returns"},
};

static const struct {
    const char *name;
    int rc;
} endings[] = {{"ok", 0},
               {"unread", LAB_EUNREAD},
               {"deadlock", LAB_EDEADLK},
               {"cancelled", LAB_ECANCELED},
               {"failed", 0}};

static const char *skip(const char *at) {
    return at + strspn(at, " ");
}

// Is [word] what stands at [at], and not the beginning of a longer one?
static bool is_word(const char *at, const char *word) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_0123456789";
    size_t n = strlen(word);
    return strncmp(at, word, n) == 0 && !(at[n] && strchr(letters, at[n]));
}

static char *copy(const char *from, const char *to) {
    while (to > from && to[-1] == ' ')
        to--;
    struct lab_text text = {0};
    lab_text_write(&text, from, (size_t)(to - from));
    char *owned = lab_strdup(lab_text_string(&text));
    lab_text_free(&text);
    return owned;
}

static bool fail(const struct lab_claim *claim, struct lab_text *error,
                 const char *sentence) {
    lab_text_put(error, "in the claim ");
    lab_text_quote(error, claim->text, strlen(claim->text));
    lab_text_printf(error, ", %s", sentence);
    return false;
}

static bool is_code(const char *at, const char *code) {
    return strcspn(at, " ") == strlen(code) &&
           strncmp(at, code, strlen(code)) == 0;
}

static const struct measure *measure_at(const char *at) {
    for (size_t i = 0; i < countof(measures); i++)
        if (is_word(at, measures[i].name))
            return &measures[i];
    return NULL;
}

// The end of a measure with its argument; NULL if that is not as it should be.
static const char *end_of(const struct measure *measure, const char *at) {
    const char *end = at + strlen(measure->name);
    if (*skip(end) != '(')
        return measure->argument == NEEDS_ONE ? NULL : end;
    const char *close = strchr(end, ')');
    bool empty = close && skip(skip(end) + 1) == close;
    return measure->argument == NO_ARGUMENT || !close || empty ? NULL
                                                               : close + 1;
}

// Is [law] one or several codes of warnings between spaces, or "nothing"?
static bool are_codes(const char *law) {
    const char *at = law;
    if (strcmp(law, "nothing") == 0)
        return true;
    while (*at) {
        int code = 0;
        while (code < LAB_WARNING_CODES &&
               !is_code(at, lab_warning_name((enum lab_warning_code)code)))
            code++;
        if (code == LAB_WARNING_CODES)
            return false;
        at = skip(at + strcspn(at, " "));
    }
    return *law != '\0';
}

static bool read_words(struct lab_claim *claim, const char *at,
                       struct lab_text *error) {
    size_t n = strcspn(at, " ");
    claim->unit = LAB_CLAIM_WORDS;
    claim->measure = copy(at, at + n);
    at = skip(at + n);
    claim->law = copy(at, at + strlen(at));
    if (strcmp(claim->measure, "ends") == 0) {
        for (size_t i = 0; i < countof(endings); i++)
            if (strcmp(claim->law, endings[i].name) == 0)
                return true;
        return fail(claim, error,
                    "a run ends ok, unread, deadlock, cancelled or failed");
    }
    if (strcmp(claim->measure, "warns") == 0)
        return are_codes(claim->law) ||
               fail(claim, error,
                    "a run warns of W01, W02 and W03, or nothing");
    size_t quotes = 0;
    for (const char *c = at; *c; c++)
        quotes += *c == '"';
    return *at == '"' && quotes % 2 == 0
               ? true
               : fail(claim, error, "expected texts in quotes");
}

static bool read_number(struct lab_claim *claim, const char *at,
                        struct lab_claim_names names, struct lab_text *error) {
    const struct measure *measure = measure_at(at);
    struct lab_text why = {0};
    if (!measure)
        return fail(claim, error,
                    "there is no such measure; there are time, gap, count, "
                    "peak, least, last, live, turns, idle, busy, result, "
                    "order, never, ends and warns");
    const char *end = end_of(measure, at);
    if (!end)
        return fail(claim, error,
                    measure->argument == NO_ARGUMENT
                        ? "this measure is of nothing in particular"
                        : "what it measures stands in ( )");
    claim->unit = measure->unit;
    claim->measure = copy(at, end);
    at = skip(end);
    bool or_equal = (*at == '<' || *at == '>') && at[1] == '=';
    if (*at != '=' && !or_equal)
        return fail(claim, error, "expected =, <= or >= after the measure");
    claim->relation = *at;
    at = skip(at + 1 + or_equal);
    claim->law = copy(at, at + strlen(at));
    bool fine = lab_formula_evaluate(claim->law, names.lookup, names.context,
                                     &claim->predicted, &why);
    if (!fine)
        fail(claim, error, lab_text_string(&why));
    lab_text_free(&why);
    return fine;
}

// What follows the scope of a claim.
static const char *after_scope(const char *text, enum lab_claim_scope *scope) {
    static const char *const names[] = {
        [LAB_CLAIM_ALWAYS] = "",
        [LAB_CLAIM_FIFO] = "fifo:",
        [LAB_CLAIM_LATE] = "late:",
        [LAB_CLAIM_CANCEL] = "cancel:",
    };
    text = skip(text);
    *scope = countof(names) - 1;
    while (strncmp(text, names[*scope], strlen(names[*scope])) != 0)
        --*scope;
    return skip(text + strlen(names[*scope]));
}

bool lab_claim_put_meaning(struct lab_text *out, const char *text) {
    enum lab_claim_scope scope;
    text = after_scope(text, &scope);
    const struct measure *measure = measure_at(text);
    if (!measure)
        return false;
    size_t n = strcspn(text, "<=>");
    while (n > 0 && text[n - 1] == ' ')
        n--;
    lab_text_write(out, text, n);
    lab_text_printf(out, " is %s.",
                    memchr(text, '(', n) ? measure->means : measure->alone);
    return true;
}

enum lab_claim_scope lab_claim_scope(const char *text) {
    enum lab_claim_scope scope;
    after_scope(text, &scope);
    return scope;
}

bool lab_claim_read(struct lab_claim *claim, struct lab_claim_names names,
                    struct lab_text *error) {
    enum lab_claim_scope scope;
    const char *at = after_scope(claim->text, &scope);
    lab_free(claim->measure);
    lab_free(claim->law);
    claim->measure = claim->law = NULL;
    claim->relation = 0;
    if (is_word(at, "order") || is_word(at, "never") || is_word(at, "ends") ||
        is_word(at, "warns"))
        return read_words(claim, at, error);
    return read_number(claim, at, names, error);
}

// --- judging

static bool ends_so(const char *how, int rc) {
    for (size_t i = 0; i < countof(endings); i++)
        if (endings[i].rc < 0 && rc == endings[i].rc)
            return strcmp(how, endings[i].name) == 0;
    return strcmp(how, rc < 0 ? "failed" : "ok") == 0;
}

static void judge_words(struct lab_run *run, struct lab_claim *claim) {
    if (strcmp(claim->measure, "order") == 0) {
        claim->held = lab_measure_order(run, claim->law, &claim->event);
    } else if (strcmp(claim->measure, "never") == 0) {
        claim->held = lab_measure_never(run, claim->law, &claim->event);
    } else if (strcmp(claim->measure, "warns") == 0) {
        claim->held = lab_measure_warns(run, claim->law, &claim->event);
    } else {
        claim->held = ends_so(claim->law, run->rc);
        claim->event = claim->held ? 0 : lab_measure_end_event(run);
        run->meant |= claim->held && run->rc < 0;
    }
}

static void judge_number(const struct lab_comparison *comparison,
                         const struct lab_run *run, struct lab_claim *claim,
                         lab_time tolerance) {
    const struct measure *measure = measure_at(claim->measure);
    const char *open = strchr(claim->measure, '(');
    char *argument = open ? copy(skip(open + 1), strrchr(open, ')')) : NULL;
    struct lab_measuring m = {.comparison = comparison,
                              .run = run,
                              .argument = argument,
                              .predicted = claim->predicted,
                              .relation = claim->relation};
    bool measured = measure->fn(&m);
    lab_time off = lab_time_minus(m.value, claim->predicted);
    claim->measured = m.value;
    claim->missing = !measured;
    claim->held = measured && (claim->relation == '<' ? off <= tolerance
                               : claim->relation == '>'
                                   ? off >= -tolerance
                                   : off <= tolerance && off >= -tolerance);
    claim->event = claim->held ? 0 : m.against ? m.against : m.last;
    lab_free(argument);
}

// Is [claim] about other schedules than this one? An exploration
// begins with that order, but its turns have no end: then it is not asked what
// depends on turns, nor how late a timer is.
static bool is_skipped(const struct lab_comparison *comparison,
                       const struct lab_claim *claim) {
    const char *schedule = comparison->schedule;
    enum lab_claim_scope scope = lab_claim_scope(claim->text);
    if (scope == LAB_CLAIM_ALWAYS)
        return false;
    if (scope != LAB_CLAIM_FIFO)
        return !schedule ||
               !strstr(schedule, scope == LAB_CLAIM_LATE ? "late" : "cancel");
    if (comparison->is_explored)
        return schedule || claim->unit == LAB_CLAIM_TIME ||
               strcmp(claim->measure, "turns") == 0 ||
               strcmp(claim->measure, "warns") == 0;
    return schedule && strcmp(schedule, "fifo") != 0;
}

void lab_claim_decide(const struct lab_comparison *comparison,
                      struct lab_run *run, struct lab_claim *claim,
                      lab_time tolerance) {
    claim->held = claim->skipped = claim->missing = false;
    claim->event = 0;
    if (lab_record_count(run->record) == 0)
        claim->missing = true;
    else if (claim->unit == LAB_CLAIM_WORDS)
        judge_words(run, claim);
    else
        judge_number(comparison, run, claim,
                     claim->unit == LAB_CLAIM_TIME ? tolerance : 0);
}

void lab_claim_judge(const struct lab_comparison *comparison,
                     struct lab_run *run, size_t index,
                     struct lab_claim_names names,
                     lab_time (*tolerance)(struct lab_clock clock,
                                           lab_time predicted)) {
    struct lab_claim *claim = &run->claims[index];
    struct lab_text error = {0};
    claim->held = claim->skipped = claim->missing = false;
    claim->event = 0;
    if (!lab_claim_read(claim, names, &error)) {
        // It does not hold, and has no event against it.
    } else if (lab_run_skipped(run) || is_skipped(comparison, claim)) {
        claim->skipped = claim->held = true;
    } else {
        lab_claim_decide(comparison, run, claim,
                         tolerance(comparison->clock, claim->predicted));
    }
    lab_text_free(&error);
}

// --- verdicts

bool lab_claim_measure(const struct lab_comparison *comparison,
                       const struct lab_run *run, const char *text,
                       enum lab_claim_unit *unit, int64_t *value) {
    struct lab_text error = {0}, whole = {0};
    lab_text_printf(&whole, "%s = 0", text);
    struct lab_claim claim = {.text = (char *)lab_text_string(&whole)};
    bool fine = lab_claim_read(&claim, (struct lab_claim_names){0}, &error) &&
                claim.unit != LAB_CLAIM_WORDS;
    if (fine)
        judge_number(comparison, run, &claim, 0);
    *unit = claim.unit;
    *value = claim.measured;
    lab_free(claim.measure);
    lab_free(claim.law);
    lab_text_free(&whole);
    lab_text_free(&error);
    return fine && !claim.missing;
}

bool lab_claim_place(const char **at, struct lab_text *before,
                     struct lab_text *name, struct lab_text *measure) {
    const char *open = strchr(*at, '{');
    const char *close = open ? strchr(open, '}') : NULL;
    if (!close) {
        lab_text_put(before, *at);
        return false;
    }
    size_t n = strcspn(open + 1, " }");
    lab_text_write(before, *at, (size_t)(open - *at));
    lab_text_write(name, open + 1, n);
    const char *rest = skip(open + 1 + n);
    lab_text_write(measure, rest, (size_t)(close - rest));
    *at = close + 1;
    return true;
}
