// json.c - a comparison as one object on one line, for programs.
//
// The keys are a promise; new ones may be added after the old. A value that
// does not exist (no law, nothing measured) is null.

#include "base/json.h"
#include "view/view.h"
#include "view/wording.h"

#include <inttypes.h>

static void put_time(struct lab_text *out, const char *key, bool is_known,
                     lab_time time) {
    lab_json_put_key(out, key);
    if (is_known)
        lab_time_put_in(out, time, LAB_MS);
    else
        lab_text_put(out, "null");
}

static void put_held(struct lab_text *out, bool is_known, bool held) {
    lab_json_put_key(out, "held");
    lab_text_put(out, !is_known ? "null" : held ? "true" : "false");
}

static void put_measure(struct lab_text *out, const struct lab_run *run,
                        const struct lab_measure *measure) {
    lab_json_put_member(out, "law", measure->law);
    put_time(out, "predicted_ms", measure->law != NULL, measure->predicted);
    put_time(out, "measured_ms", measure->measured >= 0, measure->measured);
    put_held(out, measure->law && !lab_run_skipped(run), measure->held);
}

static void put_value(struct lab_text *out, const char *key, bool is_known,
                      int64_t value) {
    lab_json_put_key(out, key);
    if (is_known)
        lab_text_printf(out, "%" PRId64, value);
    else
        lab_text_put(out, "null");
}

// A claim about a time says so in its keys, as laws do.
static void put_claim(struct lab_text *out, const struct lab_claim *claim) {
    bool is_known = !claim->missing && !claim->skipped;
    lab_json_put_comma(out);
    lab_text_put(out, "{");
    lab_json_put_member(out, "claim", claim->text);
    if (claim->unit == LAB_CLAIM_TIME) {
        put_time(out, "predicted_ms", true, claim->predicted);
        put_time(out, "measured_ms", is_known, claim->measured);
    } else if (claim->unit != LAB_CLAIM_WORDS) {
        put_value(out, "predicted", true, claim->predicted);
        put_value(out, "measured", is_known, claim->measured);
    }
    put_held(out, !claim->skipped, claim->held);
    if (claim->event)
        put_value(out, "event", true, claim->event);
    lab_text_put(out, "}");
}

static void put_result(struct lab_text *out, const struct lab_run *run) {
    struct lab_text error = {0};
    lab_json_put_comma(out);
    lab_text_put(out, "{");
    lab_json_put_member(out, "name", run->name);
    put_measure(out, run, &run->time);
    if (run->gap.law) {
        lab_json_put_key(out, "gap");
        lab_text_put(out, "{");
        put_measure(out, run, &run->gap);
        lab_text_put(out, "}");
    }
    if (lab_run_skipped(run)) {
        lab_json_put_member(out, "skipped", lab_run_skipped_text(run));
    } else if (run->rc < 0) {
        lab_wording_run_failure(&error, run);
        lab_json_put_member(out, "error", lab_text_string(&error));
        lab_text_free(&error);
    }
    if (run->claim_count) {
        lab_json_put_key(out, "claims");
        lab_text_put(out, "[");
        for (size_t i = 0; i < run->claim_count; i++)
            put_claim(out, &run->claims[i]);
        lab_text_put(out, "]");
    }
    lab_text_put(out, "}");
}

static void put_params(struct lab_text *out,
                       const struct lab_comparison *comparison) {
    for (size_t i = 0; i < comparison->param_count; i++) {
        const struct lab_run_param *param = &comparison->params[i];
        lab_json_put_key(out, param->name);
        lab_text_printf(out, param->is_list ? "[%s]" : "%s", param->value);
    }
}

// One form for all styles: a program reads it.
void lab_view_json(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style) {
    (void)style;
    struct lab_text clock = {0};
    lab_clock_put(&clock, comparison->clock);
    lab_text_put(out, "{");
    lab_json_put_member(out, "demo", comparison->demo);
    put_value(out, "number", true, comparison->number);
    lab_json_put_member(out, "clock", lab_text_string(&clock));
    if (comparison->schedule)
        lab_json_put_member(out, "schedule", comparison->schedule);
    lab_text_put(out, ",\"params\":{");
    put_params(out, comparison);
    lab_text_put(out, "},\"variants\":[");
    for (size_t i = 0; i < comparison->count; i++)
        put_result(out, comparison->runs[i]);
    lab_text_free(&clock);
    lab_text_put(out, "]}\n");
}
