// live.h - a run that is not over, as a timeline that grows.

#ifndef LAB_VIEW_LIVE_H
#define LAB_VIEW_LIVE_H

#include "view/chart.h"

// Appends the last run of [comparison] as it is at [now] of its own time, in at
// most [rows] rows, 6 or more. The axis is that of the timeline of all runs,
// and of those to come, as far as their laws predict them.
void lab_view_live(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style, lab_time now, int rows);

// Appends the lanes of [run] in at most [rows] rows, the loop's and the first
// of each kind; a row says how many more there are.
void lab_view_live_lanes(struct lab_picture *picture,
                         const struct lab_chart_run *run, size_t rows);

#endif
