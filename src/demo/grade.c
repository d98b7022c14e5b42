#include "demo/grade.h"

#include "base/alloc.h"
#include "demo/grade_internal.h"
#include "demo/result.h"

#include <string.h>

const char *const lab_grade_phases[LAB_GRADE_PHASES] = {
    [LAB_GRADE_SMALL] = "small",
    [LAB_GRADE_LATE] = "late",
    [LAB_GRADE_CANCEL] = "cancel",
    [LAB_GRADE_CASES] = "cases",
};

// --- the plan

static const char ends_ok[] = "ends ok";

// Is this claim about how the run ends, whatever the schedule?
static bool is_ending(const char *text) {
    enum lab_claim_scope scope = lab_claim_scope(text);
    if (scope == LAB_CLAIM_FIFO)
        text = strchr(text, ':') + 1;
    text += strspn(text, " ");
    return (scope == LAB_CLAIM_ALWAYS || scope == LAB_CLAIM_FIFO) &&
           strncmp(text, "ends ", 5) == 0;
}

static size_t find_ending(const struct lab_grade *grade) {
    size_t i = 0;
    while (i < grade->claim_count && !is_ending(grade->claims[i]))
        i++;
    return i;
}

static void add_claim(struct lab_grade *grade, const char *text) {
    grade->claims[grade->claim_count++] = lab_strdup(text);
}

void lab_grade_claims(struct lab_grade *grade, char *const *texts,
                      size_t count) {
    grade->implied = true;
    for (size_t i = 0; i < count; i++)
        grade->implied &= !is_ending(texts[i]);
    grade->claims = lab_alloc((count + 1) * sizeof *grade->claims);
    if (grade->implied)
        add_claim(grade, ends_ok);
    for (size_t i = 0; i < count; i++)
        add_claim(grade, texts[i]);
}

bool lab_grade_assign(struct lab_settings *settings, const char *values,
                      struct lab_text *error) {
    bool fine = true;
    struct lab_text word = {0};
    while (fine && *(values += strspn(values, " "))) {
        size_t n = strcspn(values, " ");
        lab_text_clear(&word);
        lab_text_write(&word, values, n);
        fine = lab_settings_assign(settings, lab_text_string(&word), error);
        values += n;
    }
    lab_text_free(&word);
    return fine;
}

static bool check_values(const struct lab_grade *grade,
                         const struct lab_settings *settings,
                         const char *values, struct lab_text *error) {
    struct lab_settings own = *settings;
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    if (!lab_grade_assign(&own, values, error))
        return false;
    lab_result_begin(&comparison, &own);
    bool fine = true;
    for (size_t i = 0; i < grade->claim_count && fine; i++) {
        struct lab_claim claim = {.text = grade->claims[i]};
        fine = lab_claim_read(&claim, lab_result_names(&comparison), error);
        lab_free(claim.measure);
        lab_free(claim.law);
    }
    lab_comparison_free(&comparison);
    return fine;
}

bool lab_grade_check(const struct lab_grade *grade,
                     const struct lab_settings *settings,
                     struct lab_text *error) {
    const char *small = grade->small ? grade->small : "";
    if (!check_values(grade, settings, small, error))
        return false;
    for (size_t i = 0; i < grade->case_count; i++)
        if (!check_values(grade, settings, grade->cases[i], error))
            return false;
    return true;
}

bool lab_grade_wants(const struct lab_grade *grade,
                     enum lab_grade_phase phase) {
    for (int i = 0; i < (int)phase; i++)
        if (lab_grade_first_broken(grade, (enum lab_grade_phase)i) <
            grade->claim_count)
            return false;
    return !grade->stopped &&
           (phase == LAB_GRADE_LATE     ? grade->late
            : phase == LAB_GRADE_CANCEL ? grade->cancel
            : phase == LAB_GRADE_CASES  ? grade->case_count > 0
                                        : true);
}

// --- judging

static bool is_of_time(const struct lab_claim *claim) {
    return claim->unit == LAB_CLAIM_TIME || claim->unit == LAB_CLAIM_PERCENT ||
           strcmp(claim->measure, "turns") == 0 ||
           strcmp(claim->measure, "warns") == 0 ||
           strncmp(claim->measure, "busy", 4) == 0;
}

// Is [claim] judged in [phase]?
static bool is_for(const struct lab_comparison *comparison,
                   const struct lab_claim *claim, enum lab_grade_phase phase) {
    switch (lab_claim_scope(claim->text)) {
    case LAB_CLAIM_LATE:
        return phase == LAB_GRADE_LATE;
    case LAB_CLAIM_CANCEL:
        return phase == LAB_GRADE_CANCEL;
    case LAB_CLAIM_FIFO:
        return (phase == LAB_GRADE_SMALL || phase == LAB_GRADE_CASES) &&
               !comparison->schedule &&
               !(phase == LAB_GRADE_SMALL && is_of_time(claim));
    case LAB_CLAIM_ALWAYS:
        break;
    }
    return phase == LAB_GRADE_CANCEL
               ? is_ending(claim->text)
               : phase != LAB_GRADE_LATE || !is_of_time(claim);
}

// Has the run ended by itself? A cancel may well be its result.
static bool ends_at_all(int rc) {
    return rc != LAB_ECRASHED && rc != LAB_EDEADLK && rc != LAB_EEVENTS &&
           rc != LAB_ETURNS && rc != LAB_EMACHINE && rc != LAB_EHOURS &&
           rc != LAB_ESKIPPED;
}

// A run that was cancelled at its start has said and counted nothing: that is
// 0.
static void count_nothing(struct lab_claim *claim) {
    claim->missing = false;
    claim->measured = 0;
    claim->held = claim->relation == '<'   ? claim->predicted >= 0
                  : claim->relation == '>' ? claim->predicted <= 0
                                           : claim->predicted == 0;
}

static void judge(const struct lab_comparison *comparison, struct lab_run *run,
                  struct lab_claim *claim, enum lab_grade_phase phase) {
    bool is_read = claim->measure != NULL;
    claim->held = claim->skipped = is_read && !is_for(comparison, claim, phase);
    if (claim->skipped || !is_read)
        return;
    lab_claim_decide(comparison, run, claim, 0);
    if (phase == LAB_GRADE_CANCEL &&
        lab_claim_scope(claim->text) != LAB_CLAIM_CANCEL)
        claim->held = ends_at_all(run->rc);
    else if (phase == LAB_GRADE_CANCEL && claim->missing &&
             claim->unit == LAB_CLAIM_COUNT)
        count_nothing(claim);
}

size_t lab_grade_judge(const struct lab_comparison *comparison,
                       struct lab_run *run, enum lab_grade_phase phase) {
    size_t first = run->claim_count;
    for (size_t i = run->claim_count; i > 0; i--) {
        judge(comparison, run, &run->claims[i - 1], phase);
        if (!run->claims[i - 1].held)
            first = i - 1;
    }
    return first;
}

void lab_grade_give(const struct lab_grade *grade,
                    const struct lab_comparison *comparison,
                    struct lab_run *run) {
    struct lab_text error = {0};
    for (size_t i = 0; i < run->claim_count; i++) {
        lab_free(run->claims[i].text);
        lab_free(run->claims[i].measure);
        lab_free(run->claims[i].law);
    }
    run->claim_count = 0;
    for (size_t i = 0; i < grade->claim_count; i++) {
        lab_run_add_claim(run, grade->claims[i]);
        // One that cannot be read has no measure, and does not hold.
        struct lab_claim *claim = &run->claims[i];
        if (!lab_claim_read(claim, lab_result_names(comparison), &error)) {
            lab_free(claim->measure);
            claim->measure = NULL;
        }
    }
    lab_text_free(&error);
}

// --- what came out

struct lab_grade_result *lab_grade_result(struct lab_grade *grade,
                                          enum lab_grade_phase phase) {
    struct lab_grade_result *result = &grade->phases[phase];
    if (!result->claims)
        result->claims = lab_alloc(grade->claim_count * sizeof *result->claims);
    return result;
}

// A claim in words has no measure; how the run ended is known of each.
static void note_measure(struct lab_grade_claim *noted,
                         const struct lab_claim *claim, int rc) {
    noted->missing = claim->missing;
    noted->predicted = claim->predicted;
    noted->measured = claim->unit == LAB_CLAIM_WORDS ? rc : claim->measured;
    noted->unit = claim->unit;
    noted->event = claim->event;
}

// Keeps a schedule under which a claim did not hold, if it is the simplest so
// far. Returns whether it is.
static bool keep_simplest(struct lab_grade_claim *noted,
                          const struct lab_schedule *schedule,
                          const char *values) {
    struct lab_schedule_cost cost = lab_schedule_cost(schedule);
    struct lab_text text = {0};
    if (noted->schedule && !lab_schedule_is_simpler(cost, noted->cost))
        return false;
    lab_schedule_put_short(&text, schedule);
    lab_free(noted->schedule);
    lab_free(noted->values);
    noted->schedule = lab_strdup(lab_text_string(&text));
    noted->values = lab_strdup(values);
    noted->cost = cost;
    lab_text_free(&text);
    return true;
}

static void note_way(struct lab_drive_way *way,
                     const struct lab_schedule *schedule) {
    size_t odd = (size_t)lab_schedule_cost(schedule).odd;
    struct lab_text text = {0};
    way->by_fifo |= odd == 0;
    if (way->count++ > 0 && odd >= way->least)
        return;
    way->least = odd;
    lab_schedule_put_short(&text, schedule);
    lab_free(way->script);
    way->script = lab_strdup(lab_text_string(&text));
    lab_text_free(&text);
}

// Notes which goals of somebody who chooses the order were reached.
static void note_ways(struct lab_grade *grade, const struct lab_run *run,
                      const struct lab_schedule *schedule) {
    bool held = true;
    for (size_t i = 0; i < grade->claim_count; i++)
        held &= run->claims[i].held;
    if (run->rc == LAB_EDEADLK)
        note_way(&grade->ways[LAB_DRIVE_LOCK], schedule);
    note_way(&grade->ways[held ? LAB_DRIVE_SAVE : LAB_DRIVE_BREAK], schedule);
}

void lab_grade_note(struct lab_grade *grade, enum lab_grade_phase phase,
                    const struct lab_run *run,
                    const struct lab_schedule *schedule, const char *values) {
    struct lab_grade_result *result = lab_grade_result(grade, phase);
    result->tried++;
    if (phase == LAB_GRADE_SMALL)
        note_ways(grade, run, schedule);
    for (size_t i = 0; i < grade->claim_count; i++) {
        struct lab_grade_claim *noted = &result->claims[i];
        const struct lab_claim *claim = &run->claims[i];
        if (claim->skipped)
            continue;
        bool shows = !noted->judged;
        noted->judged = true;
        noted->broken += !claim->held;
        if (!claim->held)
            shows = keep_simplest(noted, schedule, values);
        if (shows)
            note_measure(noted, claim, run->rc);
    }
}

void lab_grade_note_simpler(struct lab_grade *grade, enum lab_grade_phase phase,
                            const struct lab_run *run,
                            const struct lab_schedule *schedule,
                            const char *values) {
    for (size_t i = 0; i < grade->claim_count; i++) {
        struct lab_grade_claim *noted =
            &lab_grade_result(grade, phase)->claims[i];
        const struct lab_claim *claim = &run->claims[i];
        if (!claim->held && noted->broken > 0 &&
            keep_simplest(noted, schedule, values))
            note_measure(noted, claim, run->rc);
    }
}

void lab_grade_note_again(struct lab_grade *grade, const struct lab_run *run) {
    note_measure(&grade->phases[grade->phase].claims[grade->claim],
                 &run->claims[grade->claim], run->rc);
}

void lab_grade_cut(struct lab_grade *grade, enum lab_grade_phase phase,
                   const struct lab_schedule *schedule, const char *values) {
    struct lab_grade_result *result = lab_grade_result(grade, phase);
    struct lab_grade_claim *noted = &result->claims[find_ending(grade)];
    result->tried++;
    result->truncated = grade->is_cut = true;
    noted->judged = true;
    noted->broken++;
    if (schedule && phase == LAB_GRADE_SMALL)
        note_way(&grade->ways[LAB_DRIVE_BREAK], schedule);
    if (schedule && keep_simplest(noted, schedule, values))
        note_measure(noted, &(struct lab_claim){.unit = LAB_CLAIM_WORDS},
                     LAB_ECRASHED);
}

size_t lab_grade_first_broken(const struct lab_grade *grade,
                              enum lab_grade_phase phase) {
    const struct lab_grade_claim *claims = grade->phases[phase].claims;
    size_t i = 0;
    while (i < grade->claim_count && claims && claims[i].broken == 0)
        i++;
    return claims ? i : grade->claim_count;
}

void lab_grade_end_phase(struct lab_grade *grade, enum lab_grade_phase phase) {
    lab_grade_result(grade, phase)->done = true;
}

void lab_grade_end(struct lab_grade *grade) {
    grade->phase = -1;
    for (int i = 0; i < LAB_GRADE_PHASES && grade->phase < 0; i++) {
        grade->claim = lab_grade_first_broken(grade, (enum lab_grade_phase)i);
        if (grade->claim < grade->claim_count)
            grade->phase = i;
    }
    grade->passed = grade->phase < 0 && !grade->stopped && !grade->timed_out;
}

void lab_grade_free(struct lab_grade *grade) {
    for (size_t i = 0; i < LAB_GRADE_PHASES; i++) {
        struct lab_grade_claim *claims = grade->phases[i].claims;
        for (size_t j = 0; claims && j < grade->claim_count; j++) {
            lab_free(claims[j].schedule);
            lab_free(claims[j].values);
        }
        lab_free(claims);
    }
    for (size_t i = 0; i < LAB_DRIVE_GOALS; i++)
        lab_free(grade->ways[i].script);
    for (size_t i = 0; i < grade->claim_count; i++)
        lab_free(grade->claims[i]);
    for (size_t i = 0; i < grade->case_count; i++)
        lab_free(grade->cases[i]);
    lab_free(grade->claims);
    lab_free(grade->cases);
    lab_free(grade->small);
    lab_free(grade->error);
    *grade = (struct lab_grade){0};
}
