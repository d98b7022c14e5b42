// claims.c - what was claimed of the runs beside their time, and whether it
// holds: a table for each kind of measure.
//
//     variant    claim                         claimed  measured  held
//     ─────────  ────────────────────────────  ───────  ────────  ────
//     semaphore  peak(inside) = min(n, limit)        3         3  yes
//
// Below stands what speaks against a claim that does not hold: an event.

#include "view/claims.h"

#include "view/grid.h"
#include "view/line.h"
#include "view/source.h"

#include <inttypes.h>

void lab_claims_put_value(struct lab_text *out, enum lab_claim_unit unit,
                          int64_t value) {
    if (unit == LAB_CLAIM_TIME)
        lab_line_time(out, value);
    else
        lab_text_printf(out, "%" PRId64 "%s", value,
                        unit == LAB_CLAIM_PERCENT ? " %" : "");
}

void lab_claims_add_value(struct lab_grid *grid, enum lab_claim_unit unit,
                          int64_t value) {
    struct lab_text *cell = lab_grid_cell(grid);
    if (unit == LAB_CLAIM_TIME)
        lab_grid_time(grid, value);
    else
        lab_claims_put_value(cell, unit, value);
}

static void add_measured(struct lab_grid *grid, const struct lab_claim *claim) {
    if (claim->skipped || claim->missing)
        lab_text_put(lab_grid_cell(grid), claim->skipped ? "-" : "none");
    else
        lab_claims_add_value(grid, claim->unit, claim->measured);
}

static void add_claim(struct lab_grid *grid, const struct lab_run *run,
                      const struct lab_claim *claim) {
    lab_text_put(lab_grid_cell(grid), run->name);
    lab_text_put(lab_grid_cell(grid), claim->text);
    if (claim->unit != LAB_CLAIM_WORDS) {
        lab_claims_add_value(grid, claim->unit, claim->predicted);
        add_measured(grid, claim);
    }
    if (claim->skipped)
        lab_text_put(lab_grid_cell(grid), "not checked");
    else
        lab_grid_held(grid, claim->held);
}

static void put_unit(struct lab_text *out, const struct lab_style *style,
                     const struct lab_comparison *comparison,
                     enum lab_claim_unit unit, size_t start) {
    struct lab_grid grid;
    lab_grid_init(&grid, unit == LAB_CLAIM_WORDS
                             ? "~variant|=claim|+held"
                             : "~variant|=claim|<claimed|>measured|+held");
    for (size_t i = 0; i < comparison->count; i++)
        for (size_t j = 0; j < comparison->runs[i]->claim_count; j++)
            if (comparison->runs[i]->claims[j].unit == unit)
                add_claim(&grid, comparison->runs[i],
                          &comparison->runs[i]->claims[j]);
    if (grid.count > 0 && out->length > start)
        lab_text_put(out, "\n"); // between two tables
    lab_grid_put(&grid, out, style);
}

void lab_claims_put_against(struct lab_text *out, const struct lab_run *run,
                            const struct lab_claim *claim, const char *code) {
    lab_text_printf(out, "%s: %s", run->name, claim->text);
    if (claim->missing) {
        lab_text_put(out, ", but there is none");
    } else if (claim->unit != LAB_CLAIM_WORDS) {
        lab_text_put(out, ", but it is ");
        lab_claims_put_value(out, claim->unit, claim->measured);
    } else {
        lab_text_put(out, " does not hold");
    }
    if (claim->event) {
        const struct lab_event *event =
            lab_record_at(run->record, claim->event - 1);
        lab_text_put(out, ": see ");
        lab_time_put(out, event->time);
        lab_text_printf(out, ", event %" PRIu32, claim->event);
        lab_source_where(out, run->record, code, event->line);
    }
    lab_text_put(out, ".");
}

static void put_against(struct lab_text *out, const struct lab_style *style,
                        const struct lab_run *run, const char *code) {
    for (size_t i = 0; i < run->claim_count; i++) {
        struct lab_text line = {0};
        if (run->claims[i].held)
            continue;
        lab_claims_put_against(&line, run, &run->claims[i], code);
        lab_line_wrap(out, style, LAB_COLOR_BAD, 0, lab_text_string(&line));
        lab_text_free(&line);
    }
}

bool lab_claims_any(const struct lab_comparison *comparison) {
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->runs[i]->claim_count > 0)
            return true;
    return false;
}

static bool is_timed(const struct lab_comparison *comparison) {
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->runs[i]->time.law)
            return true;
    return false;
}

static void put_view(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    size_t start = out->length;
    if (!lab_claims_any(comparison))
        lab_line_wrap(out, style, LAB_COLOR_DIM, 0,
                      is_timed(comparison)
                          ? "Only the time is claimed; table shows it."
                          : "Nothing is claimed; demos do, and claims 3 shows "
                            "it.");
    for (int unit = 0; unit <= LAB_CLAIM_WORDS; unit++)
        put_unit(out, style, comparison, (enum lab_claim_unit)unit, start);
    for (size_t i = 0; i < comparison->count; i++)
        put_against(out, style, comparison->runs[i], comparison->code);
}

void lab_view_claims(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    lab_grid_view(out, comparison, style, put_view);
}
