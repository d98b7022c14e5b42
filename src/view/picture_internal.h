// picture_internal.h - what the files of pictures share, private to src/view.

#ifndef LAB_VIEW_PICTURE_INTERNAL_H
#define LAB_VIEW_PICTURE_INTERNAL_H

#include "view/picture.h"

// Is none of the time between these two on the axis?
static inline bool lab_picture_beside(const struct lab_picture *picture,
                                      lab_time from, lab_time to) {
    const struct lab_axis *axis = &picture->axis;
    return to < axis->from || from > axis->from + axis->scale;
}

// Appends the row of a gauge: its name, its height in each cell, and the
// greatest value of all.
void lab_picture_gauge(struct lab_picture *picture,
                       const struct lab_lane *lane);

#endif
