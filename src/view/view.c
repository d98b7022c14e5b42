#include "view/view.h"
#include "view/claims.h"
#include "view/grid.h"
#include "view/notes.h"
#include "view/slowed.h"
#include "view/warned.h"

const struct lab_view lab_views[] = {
#define X(name, chooses, asks, text, help)                                     \
    {#name, text, help, lab_view_##name, chooses, asks},
    LAB_VIEWS(X)
#undef X
        {0},
};

void lab_view_append(struct lab_text *out, lab_view_fn *view,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    size_t before = out->length;
    lab_text_put(out, "\n");
    view(out, comparison, style);
    if (out->length == before + 1)
        lab_text_cut(out, before);
}

// How many variants have a time, rather than an error.
static int measured(const struct lab_comparison *comparison) {
    int count = 0;
    for (size_t i = 0; i < comparison->count; i++)
        count += lab_run_finished(comparison->runs[i]);
    return count;
}

// One view below the other; the caller has put the empty line before the
// first.
static void put_results(struct lab_text *out,
                        const struct lab_comparison *comparison,
                        const struct lab_style *style) {
    lab_view_table(out, comparison, style);
    if (lab_claims_any(comparison))
        lab_view_append(out, lab_view_claims, comparison, style);
    // The table has the same figures: bars are for comparing them.
    if (!style->plain && measured(comparison) > 1)
        lab_view_append(out, lab_view_bars, comparison, style);
    lab_view_append(out, lab_warned_put, comparison, style);
    lab_view_append(out, lab_slowed_put, comparison, style);
    lab_view_append(out, lab_notes_put, comparison, style);
}

void lab_view_results(struct lab_text *out,
                      const struct lab_comparison *comparison,
                      const struct lab_style *style) {
    lab_grid_view(out, comparison, style, put_results);
}

void lab_view_compare(struct lab_text *out,
                      const struct lab_comparison *comparison,
                      const struct lab_style *style) {
    lab_view_results(out, comparison, style);
    lab_view_append(out, lab_view_timeline, comparison, style);
}

void lab_view_color(struct lab_text *out, const struct lab_style *style,
                    enum lab_color color) {
    // Of the 256, which no theme changes, those that can be read on black as
    // well as on white: a contrast of at least 3.8 to 1 to both, and of 3 to
    // what else terminals are made of.
    static const char *const codes[] = {
        [LAB_COLOR_NONE] = "0",
        [LAB_COLOR_HEAD] = "1",
        [LAB_COLOR_PROMPT] = "1;38;5;31",  // blue
        [LAB_COLOR_GOOD] = "38;5;28",      // green
        [LAB_COLOR_BAD] = "1;38;5;196",    // red
        [LAB_COLOR_DIM] = "38;5;243",      // grey
        [LAB_COLOR_RUNNING] = "1;38;5;28", // green
        [LAB_COLOR_WAITING] = "38;5;31",   // blue
        [LAB_COLOR_READY] = "38;5;133",    // violet
        [LAB_COLOR_BLOCKED] = "38;5;196",  // red
        [LAB_COLOR_QUEUED] = "38;5;130",   // brown
    };
    if (style->color)
        lab_text_printf(out, "\x1b[%sm", codes[color]);
}
