// bars.c - times as lengths on one scale: bars that are equally long are of the
// same time, whatever they measure.
//
//     in_turn   ██████████████████████████████ 5.000 s
//     together  ██████ 1.000 s
//     late      ██████┃██ 1.400 s (law: 1.000 s)
//
// The law's end is marked only where it is not the bar's.

#include "view/line.h"
#include "view/view.h"
#include "view/wording.h"

// What each variant's bar is of.
enum what { TIME, GAP };

static const struct lab_measure *measure_of(const struct lab_run *run,
                                            enum what what) {
    return what == TIME ? &run->time : &run->gap;
}

// Has [result] a place among the bars?
static bool listed(const struct lab_run *run, enum what what) {
    return what == TIME || run->gap.law;
}

static bool law_differs(const struct lab_measure *measure) {
    return measure->law && !measure->held && measure->measured >= 0;
}

// How much is said after a bar about a law that did not hold.
enum detail { MARK_ALONE, FIGURE, LABELLED };

struct scale {
    struct lab_times times; // the longest has the longest bar
    int names, cells;       // columns
    enum detail detail;
};

// Appends what stands after the bar.
static void put_figure(struct lab_text *out, const struct lab_measure *measure,
                       const struct scale *scale) {
    lab_times_put(out, &scale->times, measure->measured);
    if (!law_differs(measure) || scale->detail == MARK_ALONE)
        return;
    lab_text_put(out, scale->detail == LABELLED ? " (law: " : " (");
    lab_times_put(out, &scale->times, measure->predicted);
    lab_text_put(out, ")");
}

// Makes [scale] long enough for [run]'s bar of [what], if it has one.
static void lengthen(struct scale *scale, const struct lab_run *run,
                     enum what what) {
    const struct lab_measure *measure = measure_of(run, what);
    if (!listed(run, what) || !lab_run_finished(run))
        return;
    lab_times_add(&scale->times, measure->measured);
    if (law_differs(measure))
        lab_times_add(&scale->times, measure->predicted);
}

// Sees to it that [run]'s bar of [what], if it has one, has room.
static void admit(struct scale *scale, const struct lab_run *run,
                  enum what what, int *figures) {
    const struct lab_measure *measure = measure_of(run, what);
    struct lab_text figure = {0};
    int name = lab_line_columns(run->name);
    if (!listed(run, what))
        return;
    scale->names = name > scale->names ? name : scale->names;
    if (!lab_run_finished(run))
        return;
    put_figure(&figure, measure, scale);
    if ((int)figure.length > *figures)
        *figures = (int)figure.length;
    lab_text_free(&figure);
}

// The room that is left for bars beside the widest name and figure.
static void fit(struct scale *scale, const struct lab_comparison *comparison,
                int width) {
    enum { FEW = 8 }; // cells, for which names are cut
    int figures = 0;
    scale->names = 0;
    scale->times = (struct lab_times){0};
    for (size_t i = 0; i < comparison->count; i++) {
        lengthen(scale, comparison->runs[i], TIME);
        lengthen(scale, comparison->runs[i], GAP);
    }
    for (size_t i = 0; i < comparison->count; i++) {
        admit(scale, comparison->runs[i], TIME, &figures);
        admit(scale, comparison->runs[i], GAP, &figures);
    }
    if (scale->names > width / 2)
        scale->names = width / 2;
    scale->cells = width - scale->names - 2 - figures - 1;
    while ((scale->cells < FEW && scale->names > width / 4) ||
           (scale->cells < 1 && scale->names > 1)) {
        scale->names--;
        scale->cells++;
    }
}

// How many eighths of a cell [time] is long.
static int eighths(const struct scale *scale, lab_time time) {
    if (time <= 0 || scale->times.longest <= 0)
        return 0;
    double cells = (double)time / (double)scale->times.longest * scale->cells;
    int parts = (int)(cells * 8 + 0.5);
    return parts < 8 ? 8 : parts; // what is there is seen
}

// Appends a bar of [parts] eighths, and a mark in cell [mark] (none if < 0).
static void put_bar(struct lab_text *out, bool ascii, int parts, int mark) {
    static const char *const blocks[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int full = ascii ? (parts + 4) / 8 : parts / 8;
    int rest = ascii ? 0 : parts % 8;
    for (int i = 0; i < full || i <= mark; i++) {
        if (i == mark)
            lab_text_put(out, ascii ? "|" : "┃");
        else if (i < full)
            lab_text_put(out, ascii ? "#" : "█");
        else if (i == full && rest)
            lab_text_put(out, blocks[rest]);
        else
            lab_text_put(out, " ");
    }
    if (rest && mark < full)
        lab_text_put(out, blocks[rest]);
}

// The longer a gap, the worse, even if its law has held: its bar is not in the
// colour of what runs, but in that of the bracket in a timeline.
static enum lab_color color_of(const struct lab_measure *measure,
                               enum what what) {
    if (law_differs(measure))
        return LAB_COLOR_BAD;
    return what == GAP ? LAB_COLOR_HEAD : LAB_COLOR_GOOD;
}

static void put_row(struct lab_text *out, const struct lab_style *style,
                    const struct lab_run *run, enum what what,
                    const struct scale *scale) {
    const struct lab_measure *measure = measure_of(run, what);
    lab_line_left(out, style, run->name, scale->names);
    lab_text_put(out, "  ");
    if (!lab_run_finished(run)) {
        struct lab_text error = {0};
        lab_wording_run_failure(&error, run);
        lab_line_beside(out, style, lab_wording_run_color(run),
                        scale->names + 2, lab_text_string(&error));
        lab_text_free(&error);
        return;
    }
    int mark = -1;
    if (law_differs(measure)) {
        mark = (eighths(scale, measure->predicted) + 4) / 8 - 1;
        mark = mark < 0 ? 0 : mark;
    }
    int parts = eighths(scale, measure->measured);
    lab_view_color(out, style, color_of(measure, what));
    put_bar(out, style->ascii, parts, mark);
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, parts > 0 || mark >= 0 ? " " : "");
    put_figure(out, measure, scale);
    lab_text_put(out, "\n");
}

static void put_block(struct lab_text *out,
                      const struct lab_comparison *comparison,
                      const struct lab_style *style, enum what what,
                      const struct scale *scale) {
    for (size_t i = 0; i < comparison->count; i++)
        if (listed(comparison->runs[i], what))
            put_row(out, style, comparison->runs[i], what, scale);
}

void lab_view_bars(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style) {
    struct scale scale = {.detail = LABELLED};
    bool gaps = false;
    if (style->plain) {
        lab_view_table(out, comparison, style);
        return;
    }
    for (size_t i = 0; i < comparison->count; i++)
        gaps = gaps || listed(comparison->runs[i], GAP);
    fit(&scale, comparison, style->width);
    while (scale.cells < style->width / 4 && scale.detail > MARK_ALONE) {
        scale.detail--;
        fit(&scale, comparison, style->width);
    }
    if (!gaps) {
        put_block(out, comparison, style, TIME, &scale);
        return;
    }
    const char *text = comparison->gap_text;
    lab_line_wrap(out, style, LAB_COLOR_HEAD, 0, "time");
    put_block(out, comparison, style, TIME, &scale);
    lab_text_put(out, "\n");
    lab_line_wrap(out, style, LAB_COLOR_HEAD, 0, text ? text : "longest gap");
    put_block(out, comparison, style, GAP, &scale);
}
