// intervals.h - a timeline in words: who was what, from when to when.

#ifndef LAB_VIEW_INTERVALS_H
#define LAB_VIEW_INTERVALS_H

#include "view/chart.h"

// Appends a sentence for each lane that [chart], of [comparison], draws.
void lab_intervals_put(struct lab_text *out, const struct lab_style *style,
                       const struct lab_comparison *comparison,
                       const struct lab_chart *chart);

#endif
