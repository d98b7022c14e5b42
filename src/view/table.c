// table.c - each variant's law, prediction and measure, side by side.
//
//     variant   law        predicted  measured  ratio  held
//     ────────  ─────────  ─────────  ────────  ─────  ────
//     in_turn   5 * delay    5.000 s   5.000 s   1.00  yes
//
// If no variant has a law, only the measures are shown. Where that does not
// fit, the law continues on the next line, and then names are cut; if that is
// not enough, the columns become lines, one under the other.

#include "view/grid.h"
#include "view/line.h"
#include "view/verdict.h"
#include "view/view.h"
#include "view/wording.h"

static void put_ratio(struct lab_text *out, const struct lab_measure *measure) {
    bool exact = measure->predicted == measure->measured;
    if (!measure->law || measure->measured < 0 ||
        (measure->predicted <= 0 && !exact))
        lab_text_put(out, "-");
    else if (exact)
        lab_text_put(out, "1.00");
    else
        lab_text_printf(out, "%.2f",
                        (double)measure->measured / (double)measure->predicted);
}

static void put_held(struct lab_grid *grid, struct lab_text *out,
                     const struct lab_measure *measure) {
    lab_time over = lab_time_minus(measure->measured, measure->predicted);
    lab_text_put(out, !measure->law ? "-" : measure->held ? "yes" : "no");
    if (!measure->law || measure->held || measure->measured < 0)
        return;
    lab_text_put(out, ", ");
    lab_grid_time(grid, over < 0 ? -over : over);
    lab_text_put(out, over < 0 ? " under" : " over");
}

static enum lab_color color_of(const struct lab_measure *measure) {
    return !measure->law   ? LAB_COLOR_NONE
           : measure->held ? LAB_COLOR_GOOD
                           : LAB_COLOR_BAD;
}

// An error takes the place of all that was not measured.
static void add_row(struct lab_grid *grid, const struct lab_run *run,
                    const struct lab_measure *measure, bool with_laws) {
    lab_text_put(lab_grid_cell(grid), run->name);
    if (with_laws) {
        lab_text_put(lab_grid_cell(grid), measure->law ? measure->law : "-");
        lab_grid_cell(grid);
        lab_grid_time(grid, measure->law ? measure->predicted : -1);
    }
    if (!lab_run_finished(run)) {
        const char *head = lab_run_failed(run) ? "failed" : "measured";
        lab_wording_run_failure(
            lab_grid_rest(grid, lab_wording_run_color(run), head), run);
        return;
    }
    lab_grid_cell(grid);
    lab_grid_time(grid, measure->measured);
    if (!with_laws)
        return;
    put_ratio(lab_grid_cell(grid), measure);
    put_held(grid, lab_grid_painted(grid, color_of(measure)), measure);
}

static const char heads[] = "~variant|=law|<predicted|>measured|<ratio|+held";
static const char heads_without_laws[] = "~variant|>measured";

static bool has_laws(const struct lab_comparison *comparison) {
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->runs[i]->time.law)
            return true;
    return false;
}

static void put_gaps(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    struct lab_grid grid;
    const char *text = comparison->gap_text;
    lab_grid_init(&grid, heads);
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->runs[i]->gap.law)
            add_row(&grid, comparison->runs[i], &comparison->runs[i]->gap,
                    true);
    if (grid.count > 0) {
        lab_text_put(out, "\n");
        lab_line_wrap(out, style, LAB_COLOR_HEAD, 0,
                      text ? text : "longest gap");
    }
    lab_grid_put(&grid, out, style);
}

static void put_view(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    struct lab_text verdict = {0};
    struct lab_grid grid;
    bool with_laws = has_laws(comparison);
    lab_grid_init(&grid, with_laws ? heads : heads_without_laws);
    for (size_t i = 0; i < comparison->count; i++)
        add_row(&grid, comparison->runs[i], &comparison->runs[i]->time,
                with_laws);
    lab_grid_put(&grid, out, style);
    put_gaps(out, comparison, style);
    lab_verdict_put(&verdict, comparison);
    if (verdict.length) {
        lab_text_put(out, "\n");
        lab_line_wrap(out, style, LAB_COLOR_NONE, 0, lab_text_string(&verdict));
    }
    lab_text_free(&verdict);
}

void lab_view_table(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_style *style) {
    lab_grid_view(out, comparison, style, put_view);
}
