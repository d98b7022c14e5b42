// json.c - a comparison as one object on one line, for programs.
//
// The keys are a promise; new ones may be added behind the old. A value that
// does not exist (no law, nothing measured) is null.

#include "base/json.h"
#include "base/error.h"
#include "view/view.h"

#include <inttypes.h>

// Appends the four keys of [measure], without braces.
static void put_measure(struct lab_text *out,
                        const struct lab_measure *measure) {
    lab_text_put(out, "\"law\":");
    lab_json_put_optional(out, measure->law);
    lab_text_put(out, ",\"predicted_ms\":");
    if (measure->law)
        lab_time_put_in(out, measure->predicted, LAB_MS);
    else
        lab_text_put(out, "null");
    lab_text_put(out, ",\"measured_ms\":");
    if (measure->measured >= 0)
        lab_time_put_in(out, measure->measured, LAB_MS);
    else
        lab_text_put(out, "null");
    lab_text_put(out, ",\"held\":");
    lab_text_put(out, !measure->law   ? "null"
                      : measure->held ? "true"
                                      : "false");
}

static void put_value(struct lab_text *out, const struct lab_claim *claim,
                      int64_t value) {
    if (claim->unit == LAB_CLAIM_TIME)
        lab_time_put_in(out, value, LAB_MS);
    else
        lab_text_printf(out, "%" PRId64, value);
}

// A claim about a time says so in its keys, as laws do.
static void put_claim(struct lab_text *out, const struct lab_claim *claim) {
    const char *unit = claim->unit == LAB_CLAIM_TIME ? "_ms" : "";
    lab_text_put(out, "{\"claim\":");
    lab_json_put_string(out, claim->text);
    if (claim->unit != LAB_CLAIM_WORDS) {
        lab_text_printf(out, ",\"predicted%s\":", unit);
        put_value(out, claim, claim->predicted);
        lab_text_printf(out, ",\"measured%s\":", unit);
        if (claim->missing || claim->skipped)
            lab_text_put(out, "null");
        else
            put_value(out, claim, claim->measured);
    }
    lab_text_put(out, ",\"held\":");
    lab_text_put(out, claim->skipped ? "null" : claim->held ? "true" : "false");
    if (claim->event)
        lab_text_printf(out, ",\"event\":%" PRIu32, claim->event);
    lab_text_put(out, "}");
}

static void put_result(struct lab_text *out, const struct lab_run *run) {
    lab_text_put(out, "{\"name\":");
    lab_json_put_string(out, run->name);
    lab_text_put(out, ",");
    put_measure(out, &run->time);
    if (run->gap.law) {
        lab_text_put(out, ",\"gap\":{");
        put_measure(out, &run->gap);
        lab_text_put(out, "}");
    }
    if (run->rc < 0) {
        struct lab_text error = {0};
        lab_error_put(&error, run->rc);
        lab_text_put(out, ",\"error\":");
        lab_json_put_string(out, lab_text_string(&error));
        lab_text_free(&error);
    }
    for (size_t i = 0; i < run->claim_count; i++) {
        lab_text_put(out, i ? "," : ",\"claims\":[");
        put_claim(out, &run->claims[i]);
    }
    lab_text_put(out, run->claim_count ? "]}" : "}");
}

static void put_params(struct lab_text *out,
                       const struct lab_comparison *comparison) {
    for (size_t i = 0; i < comparison->param_count; i++) {
        lab_text_put(out, i ? "," : "");
        lab_json_put_string(out, comparison->params[i].name);
        const struct lab_run_param *param = &comparison->params[i];
        lab_text_printf(out, param->is_list ? ":[%s]" : ":%s", param->value);
    }
}

// One form for all styles: a program reads it.
void lab_view_json(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style) {
    (void)style;
    struct lab_text clock = {0};
    lab_clock_put(&clock, comparison->clock);
    lab_text_put(out, "{\"demo\":");
    lab_json_put_string(out, comparison->demo);
    lab_text_printf(out, ",\"number\":%d,\"clock\":", comparison->number);
    lab_json_put_string(out, lab_text_string(&clock));
    lab_text_free(&clock);
    if (comparison->schedule) {
        lab_text_put(out, ",\"schedule\":");
        lab_json_put_string(out, comparison->schedule);
    }
    lab_text_put(out, ",\"params\":{");
    put_params(out, comparison);
    lab_text_put(out, "},\"variants\":[");
    for (size_t i = 0; i < comparison->count; i++) {
        lab_text_put(out, i ? "," : "");
        put_result(out, comparison->runs[i]);
    }
    lab_text_put(out, "]}\n");
}
