#include "record/run.h"

#include "base/alloc.h"

#include <string.h>

struct lab_run_param *
lab_comparison_add_param(struct lab_comparison *comparison, const char *name,
                         const char *value, const char *unit) {
    comparison->params =
        lab_grow(comparison->params, comparison->param_count,
                 &comparison->param_room, sizeof *comparison->params);
    struct lab_run_param *param =
        &comparison->params[comparison->param_count++];
    *param = (struct lab_run_param){lab_strdup(name), lab_strdup(value),
                                    lab_strdup(unit), false};
    return param;
}

struct lab_run *lab_comparison_add_run(struct lab_comparison *comparison,
                                       const char *name) {
    struct lab_run *run = lab_alloc(sizeof *run);
    run->name = lab_strdup(name);
    run->record = lab_record_new();
    comparison->runs = lab_grow(comparison->runs, comparison->count,
                                &comparison->room, sizeof(struct lab_run *));
    return comparison->runs[comparison->count++] = run;
}

void lab_run_add_claim(struct lab_run *run, const char *text) {
    run->claims = lab_grow(run->claims, run->claim_count, &run->claim_room,
                           sizeof *run->claims);
    run->claims[run->claim_count++] =
        (struct lab_claim){.text = lab_strdup(text)};
}

struct lab_run *lab_comparison_find(const struct lab_comparison *comparison,
                                    const char *name) {
    for (size_t i = 0; i < comparison->count; i++)
        if (strcmp(comparison->runs[i]->name, name) == 0)
            return comparison->runs[i];
    return NULL;
}

void lab_comparison_put_param(const struct lab_comparison *comparison,
                              size_t index, struct lab_text *out) {
    const struct lab_run_param *param = &comparison->params[index];
    lab_text_printf(out, "%s=%s%s%s", param->name, param->value,
                    *param->unit ? " " : "", param->unit);
}

// The reason is the last line of its kind: those before it were of children.
const char *lab_run_skipped_text(const struct lab_run *run) {
    for (size_t i = lab_record_count(run->record); i > 0; i--) {
        const struct lab_event *event = lab_record_at(run->record, i - 1);
        const char *text = event->kind == LAB_EVENT_SAY
                               ? lab_record_text(run->record, event)
                               : "";
        if (strncmp(text, LAB_RECORD_SKIPPED, strlen(LAB_RECORD_SKIPPED)) == 0)
            return text + strlen(LAB_RECORD_SKIPPED);
    }
    return "no reason was given";
}

bool lab_comparison_held(const struct lab_comparison *comparison) {
    for (size_t i = 0; i < comparison->count; i++) {
        const struct lab_run *run = comparison->runs[i];
        if (lab_run_skipped(run))
            continue;
        if (lab_run_failed(run) || (run->time.law && !run->time.held) ||
            (run->gap.law && !run->gap.held))
            return false;
        for (size_t j = 0; j < run->claim_count; j++)
            if (!run->claims[j].held)
                return false;
    }
    return true;
}

void lab_run_clear(struct lab_run *run) {
    lab_free(run->name);
    lab_free(run->text);
    lab_free(run->time.law);
    lab_free(run->gap.law);
    for (size_t i = 0; i < run->claim_count; i++) {
        lab_free(run->claims[i].text);
        lab_free(run->claims[i].measure);
        lab_free(run->claims[i].law);
    }
    lab_free(run->claims);
    lab_record_free(run->record);
}

void lab_comparison_cut(struct lab_comparison *comparison, size_t count) {
    for (size_t i = count; i < comparison->count; i++) {
        lab_run_clear(comparison->runs[i]);
        lab_free(comparison->runs[i]);
    }
    comparison->count = count;
}

void lab_comparison_free(struct lab_comparison *comparison) {
    for (size_t i = 0; i < comparison->param_count; i++) {
        lab_free(comparison->params[i].name);
        lab_free(comparison->params[i].value);
        lab_free(comparison->params[i].unit);
    }
    lab_comparison_cut(comparison, 0);
    lab_free(comparison->params);
    lab_free(comparison->runs);
    lab_free(comparison->demo);
    lab_free(comparison->asks);
    lab_free(comparison->mark);
    lab_free(comparison->gap_text);
    lab_free(comparison->verdict);
    lab_free(comparison->source);
    lab_free(comparison->code);
    lab_free(comparison->language);
    lab_free(comparison->schedule);
    *comparison = (struct lab_comparison){0};
}
