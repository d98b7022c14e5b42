// json.c - a comparison as one object on one line, for programs.
//
// The keys are a promise; new ones may be added behind the old. A value that
// does not exist (no law, nothing measured) is null.

#include "base/json.h"
#include "base/error.h"
#include "view/view.h"

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
    lab_text_put(out, "}");
}

static void put_params(struct lab_text *out,
                       const struct lab_comparison *comparison) {
    for (size_t i = 0; i < comparison->param_count; i++) {
        lab_text_put(out, i ? "," : "");
        lab_json_put_string(out, comparison->params[i].name);
        lab_text_printf(out, ":%s", comparison->params[i].value);
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
