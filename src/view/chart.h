// chart.h - which lanes of a comparison a picture draws, and on which scale.
//
// Use:
//     struct lab_chart chart;
//     lab_chart_read(&chart, comparison, style);
//     lab_chart_put(&picture, &chart.runs[i].rows[j]);
//     lab_chart_free(&chart);

#ifndef LAB_VIEW_CHART_H
#define LAB_VIEW_CHART_H

#include "view/picture.h"

// A row of a picture: one lane, or many that differ only in the number at the
// end of their names, as one: in each cell the state that counts most.
struct lab_chart_row {
    const struct lab_lane *lanes;
    size_t count;
    char *name; // of many: "call 1 to 50"; NULL: the lane's own
};

// The name of [row].
const char *lab_chart_name(const struct lab_chart_row *row);

// Appends [row] to [picture].
void lab_chart_put(struct lab_picture *picture,
                   const struct lab_chart_row *row);

// The lanes that are drawn: those that the style names, if they exist in the
// time that is shown; only the first of very many tasks or workers.
struct lab_chart_run {
    struct lab_lanes lanes;
    // The loop's, then tasks', then workers' from their place on; and gauges'
    // from theirs.
    struct lab_chart_row *rows;
    size_t count, workers_from, gauges_from;
    size_t more_tasks, more_workers;
    size_t folded; // tasks of libraries
};

struct lab_chart {
    struct lab_chart_run *runs; // in the order of the comparison
    size_t count;
    lab_time scale; // the longest of the runs
    int columns;    // of the widest name
    int values; // of the greatest value of a gauge, and a space; 0: no gauge
};

// Reads the runs of [comparison]. If the last one is not over, it is shown up
// to [now]; otherwise [now] is 0.
//
// Owns: until lab_chart_free; the records must stay as they are until then.
void lab_chart_read(struct lab_chart *chart,
                    const struct lab_comparison *comparison,
                    const struct lab_style *style, lab_time now);
void lab_chart_free(struct lab_chart *chart);

// The longest gap in the marks of a run: when, after which of its rows it is to
// be drawn (.count: below all), and in words, which are owned.
struct lab_chart_gap {
    struct lab_gap gap; // from 0 to 0: there is none
    size_t row;
    char *text;
};

// The lane of the task or worker that made the last mark of [gap]; NULL if
// there is none. Borrowed from [lanes].
const struct lab_lane *lab_chart_gap_lane(const struct lab_lanes *lanes,
                                          const struct lab_gap *gap);

// Appends the words for [gap]: "longest time without a beat: 1.050 s".
void lab_chart_gap_put(struct lab_text *out,
                       const struct lab_comparison *comparison,
                       const struct lab_gap *gap);

// Reads the gap of [record], which [run] draws. Free its text.
struct lab_chart_gap lab_chart_gap(const struct lab_chart_run *run,
                                   const struct lab_comparison *comparison,
                                   const struct lab_record *record);

// Returns how many of [width] columns the names get, with the space after them:
// what they need, but at most a quarter.
int lab_chart_margin(const struct lab_chart *chart, int width);

#endif
