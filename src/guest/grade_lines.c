#include "guest/grade_lines_internal.h"

#include "base/alloc.h"
#include "base/json.h"

#include <inttypes.h>
#include <string.h>

// --- the plan

static void put_list(struct lab_text *out, const char *key, char *const *texts,
                     size_t count) {
    lab_json_put_key(out, key);
    lab_text_put(out, "[");
    for (size_t i = 0; i < count; i++) {
        lab_json_put_comma(out);
        lab_json_put_string(out, texts[i]);
    }
    lab_text_put(out, "]");
}

void lab_guest_grade_put_plan(struct lab_text *out,
                              const struct lab_grade *grade) {
    lab_text_put(out, "{");
    lab_json_put_member(out, "small", grade->small ? grade->small : "");
    put_list(out, "claims", grade->claims, grade->claim_count);
    put_list(out, "cases", grade->cases, grade->case_count);
    lab_text_printf(out,
                    ",\"late\":%d,\"cancel\":%d,\"seeds\":%zu,\"most\":%zu,"
                    "\"most_each\":%zu,\"patience\":%" PRId64 "}",
                    grade->late, grade->cancel, grade->seeds, grade->most,
                    grade->most_each, grade->patience);
}

struct list {
    char **texts;
    size_t count, room;
};

static char *read_string(struct lab_json *json) {
    struct lab_text text = {0};
    lab_json_string(json, &text);
    char *copy = lab_strdup(lab_text_string(&text));
    lab_text_free(&text);
    return copy;
}

static void read_list(struct lab_json *json, struct list *list) {
    lab_json_open(json, '[');
    while (lab_json_more(json, ']')) {
        list->texts = lab_grow(list->texts, list->count, &list->room,
                               sizeof *list->texts);
        list->texts[list->count++] = read_string(json);
    }
}

static size_t read_size(struct lab_json *json) {
    int64_t size = 0;
    lab_json_int(json, &size);
    if (size < 0)
        lab_json_fail(json, "expected a number of runs");
    return size < 0 ? 0 : (size_t)size;
}

static void free_list(struct list *list) {
    for (size_t i = 0; i < list->count; i++)
        lab_free(list->texts[i]);
    lab_free(list->texts);
}

bool lab_guest_grade_read_plan(const char *text, struct lab_grade *grade) {
    struct lab_json json = {.at = text};
    struct list claims = {0}, cases = {0};
    lab_json_open(&json, '{');
    while (lab_json_more(&json, '}')) {
        if (lab_json_key(&json, "small") && !grade->small)
            grade->small = read_string(&json);
        else if (lab_json_key(&json, "claims"))
            read_list(&json, &claims);
        else if (lab_json_key(&json, "cases"))
            read_list(&json, &cases);
        else if (lab_json_key(&json, "late"))
            grade->late = read_size(&json) > 0;
        else if (lab_json_key(&json, "cancel"))
            grade->cancel = read_size(&json) > 0;
        else if (lab_json_key(&json, "seeds"))
            grade->seeds = read_size(&json);
        else if (lab_json_key(&json, "most"))
            grade->most = read_size(&json);
        else if (lab_json_key(&json, "most_each"))
            grade->most_each = read_size(&json);
        else if (lab_json_key(&json, "patience"))
            lab_json_int(&json, &grade->patience);
        else
            lab_json_skip(&json);
    }
    lab_grade_claims(grade, claims.texts, claims.count);
    free_list(&claims);
    grade->cases = cases.texts;
    grade->case_count = cases.count;
    return lab_json_end(&json);
}

// --- writing what came out

static void put_claim(struct lab_text *out,
                      const struct lab_grade_claim *claim) {
    lab_json_put_comma(out);
    lab_text_printf(out, "{\"judged\":%d,\"broken\":%zu", claim->judged,
                    claim->broken);
    if (claim->broken) {
        lab_json_put_member(out, "schedule", claim->schedule);
        lab_json_put_member(out, "values", claim->values);
        lab_text_printf(out, ",\"event\":%" PRIu32, claim->event);
    }
    lab_text_printf(out,
                    ",\"missing\":%d,\"predicted\":%" PRId64
                    ",\"measured\":%" PRId64 ",\"unit\":%d}",
                    claim->missing, claim->predicted, claim->measured,
                    (int)claim->unit);
}

static void put_ways(struct lab_text *out, const struct lab_grade *grade) {
    lab_text_put(out, ",\"ways\":[");
    for (size_t i = 0; i < LAB_DRIVE_GOALS; i++) {
        const struct lab_drive_way *way = &grade->ways[i];
        lab_json_put_comma(out);
        lab_text_printf(out, "{\"count\":%zu,\"least\":%zu,\"fifo\":%d",
                        way->count, way->least, way->by_fifo);
        lab_json_put_member(out, "script", way->script);
        lab_text_put(out, "}");
    }
    lab_text_put(out, "]");
}

void lab_guest_grade_put_phase(struct lab_text *out,
                               const struct lab_grade *grade,
                               enum lab_grade_phase phase) {
    const struct lab_grade_result *result = &grade->phases[phase];
    lab_text_printf(out,
                    "{\"graded\":\"%s\",\"tried\":%zu,\"truncated\":%d,"
                    "\"done\":%d,\"claims\":[",
                    lab_grade_phases[phase], result->tried, result->truncated,
                    result->done);
    for (size_t i = 0; i < grade->claim_count && result->claims; i++)
        put_claim(out, &result->claims[i]);
    lab_text_put(out, "]");
    if (phase == LAB_GRADE_SMALL)
        put_ways(out, grade);
    lab_text_put(out, "}\n");
}

void lab_guest_grade_put_cut(struct lab_text *out,
                             const struct lab_grade_plan *plan) {
    char bytes[2000];
    struct lab_text schedule;
    lab_text_fix(&schedule, bytes, sizeof bytes);
    lab_schedule_put_short(&schedule, &plan->schedule);
    lab_text_printf(out, "{\"cut\":\"%s\"", lab_grade_phases[plan->phase]);
    lab_json_put_member(out, "schedule", schedule.data);
    lab_json_put_member(out, "values", plan->values);
    lab_text_put(out, "}\n");
}

void lab_guest_grade_put_over(struct lab_text *out,
                              const struct lab_grade *grade) {
    lab_text_printf(out, "{\"over\":1,\"stopped\":%d,\"timed_out\":%d}\n",
                    grade->stopped, grade->timed_out);
}

// --- reading it

static int read_phase(struct lab_json *json) {
    char *name = read_string(json);
    int phase = LAB_GRADE_PHASES - 1;
    while (phase >= 0 && strcmp(lab_grade_phases[phase], name) != 0)
        phase--;
    if (phase < 0)
        lab_json_fail(json, "no such phase");
    lab_free(name);
    return phase < 0 ? 0 : phase;
}

static void replace_string(struct lab_json *json, char **string) {
    lab_free(*string);
    *string = lab_json_null(json) ? NULL : read_string(json);
}

static void read_claim(struct lab_json *json, struct lab_grade_claim *claim) {
    int64_t unit = 0;
    lab_json_open(json, '{');
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "judged"))
            claim->judged = read_size(json) > 0;
        else if (lab_json_key(json, "broken"))
            claim->broken = read_size(json);
        else if (lab_json_key(json, "schedule"))
            replace_string(json, &claim->schedule);
        else if (lab_json_key(json, "values"))
            replace_string(json, &claim->values);
        else if (lab_json_key(json, "event"))
            claim->event = (uint32_t)read_size(json);
        else if (lab_json_key(json, "missing"))
            claim->missing = read_size(json) > 0;
        else if (lab_json_key(json, "predicted"))
            lab_json_int(json, &claim->predicted);
        else if (lab_json_key(json, "measured"))
            lab_json_int(json, &claim->measured);
        else if (lab_json_key(json, "unit"))
            lab_json_int(json, &unit);
        else
            lab_json_skip(json);
    }
    if (unit < LAB_CLAIM_TIME || unit > LAB_CLAIM_WORDS)
        lab_json_fail(json, "no such unit");
    else
        claim->unit = (enum lab_claim_unit)unit;
}

static void read_claims(struct lab_grade *grade, struct lab_json *json,
                        struct lab_grade_result *result) {
    lab_json_open(json, '[');
    for (size_t i = 0; lab_json_more(json, ']'); i++) {
        if (i < grade->claim_count) {
            read_claim(json, &result->claims[i]);
        } else {
            lab_json_fail(json, "more results than claims");
            lab_json_skip(json);
        }
    }
}

static void read_way(struct lab_json *json, struct lab_drive_way *way) {
    lab_json_open(json, '{');
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "count"))
            way->count = read_size(json);
        else if (lab_json_key(json, "least"))
            way->least = read_size(json);
        else if (lab_json_key(json, "fifo"))
            way->by_fifo = read_size(json) > 0;
        else if (lab_json_key(json, "script"))
            replace_string(json, &way->script);
        else
            lab_json_skip(json);
    }
}

static void read_ways(struct lab_grade *grade, struct lab_json *json) {
    lab_json_open(json, '[');
    for (size_t i = 0; lab_json_more(json, ']'); i++) {
        if (i < LAB_DRIVE_GOALS) {
            read_way(json, &grade->ways[i]);
        } else {
            lab_json_fail(json, "more ways than goals");
            lab_json_skip(json);
        }
    }
}

static void read_graded(struct lab_grade *grade, struct lab_json *json) {
    struct lab_grade_result *result =
        lab_grade_result(grade, (enum lab_grade_phase)read_phase(json));
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "tried"))
            result->tried = read_size(json);
        else if (lab_json_key(json, "truncated"))
            result->truncated = read_size(json) > 0;
        else if (lab_json_key(json, "done"))
            result->done = read_size(json) > 0;
        else if (lab_json_key(json, "claims"))
            read_claims(grade, json, result);
        else if (lab_json_key(json, "ways"))
            read_ways(grade, json);
        else
            lab_json_skip(json);
    }
}

static void read_cut(struct lab_grade *grade, struct lab_json *json) {
    enum lab_grade_phase phase = (enum lab_grade_phase)read_phase(json);
    struct lab_schedule schedule = {0};
    struct lab_text error = {0};
    char *name = NULL, *values = NULL;
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "schedule"))
            replace_string(json, &name);
        else if (lab_json_key(json, "values"))
            replace_string(json, &values);
        else
            lab_json_skip(json);
    }
    bool fine = name && values && lab_schedule_parse(name, &schedule, &error);
    if (fine)
        lab_grade_cut(grade, phase, &schedule, values);
    else
        lab_json_fail_line(json, "expected a schedule and values");
    lab_schedule_free(&schedule);
    lab_text_free(&error);
    lab_free(name);
    lab_free(values);
}

static void read_over(struct lab_grade *grade, struct lab_json *json) {
    read_size(json);
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "stopped"))
            grade->stopped = read_size(json) > 0;
        else if (lab_json_key(json, "timed_out"))
            grade->timed_out = read_size(json) > 0;
        else
            lab_json_skip(json);
    }
}

bool lab_guest_grade_line(struct lab_grade *grade, const char *line,
                          bool *is_over, const char **error) {
    struct lab_json json = {.at = line};
    lab_json_open(&json, '{');
    if (!lab_json_more(&json, '}'))
        return false;
    if (lab_json_key(&json, "graded")) {
        read_graded(grade, &json);
    } else if (lab_json_key(&json, "cut")) {
        read_cut(grade, &json);
    } else if (lab_json_key(&json, "over")) {
        read_over(grade, &json);
        *is_over = true;
    } else {
        return false;
    }
    *error = lab_json_end(&json) ? NULL : json.error;
    if (grade->tick)
        grade->tick(grade->arg, grade);
    return true;
}

// The phase that the process was in, as far as it has said.
static enum lab_grade_phase last_phase(const struct lab_grade *grade) {
    int phase = LAB_GRADE_PHASES - 1;
    while (phase > 0 && !grade->phases[phase].claims)
        phase--;
    return (enum lab_grade_phase)phase;
}

void lab_guest_grade_end(struct lab_grade *grade, const char *why) {
    if (why && !grade->is_cut)
        lab_grade_cut(grade, last_phase(grade), NULL, NULL);
    if (why && !grade->error)
        grade->error = lab_strdup(why);
    lab_grade_end(grade);
}
