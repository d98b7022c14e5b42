// share.h - how much of a stretch of time was spent on what.

#ifndef LAB_VIEW_SHARE_H
#define LAB_VIEW_SHARE_H

#include "record/lanes.h"
#include "view/window.h"

struct lab_share {
    lab_time all; // of the window, the part in which the lane was there
    lab_time of[LAB_IS_COUNT];
    lab_time on[LAB_ONS]; // of the waiting, by what for
};

// Sums up what [lane] did inside [window].
struct lab_share lab_share_of(const struct lab_lane *lane,
                              const struct lab_window *window);

// [part] of [all] in percent, rounded to nearest; of nothing, 0.
int lab_share_percent(lab_time part, lab_time all);

// How many cells a bar of shares has, in a column beside figures.
int lab_share_cells(const struct lab_style *style);

// Appends a line on how idle the loop was, and on how many tasks were in
// flight at once, at most, inside [window]: spawned, and not yet over.
void lab_share_put(struct lab_text *out, const struct lab_style *style,
                   const struct lab_lanes *lanes,
                   const struct lab_window *window);

#endif
