// axis.h - time from left to right: which cell is when.
//
// A cell stands for a moment, the first often for 0, so what happens at a tick
// is drawn in the very cell of the tick. Ticks are a whole number of cells
// apart, so what happens in even steps of time is drawn in even steps of cells.

#ifndef LAB_VIEW_AXIS_H
#define LAB_VIEW_AXIS_H

#include "base/time.h"
#include "view/view.h"

struct lab_axis {
    lab_time from;  // the time of the first cell
    lab_time scale; // from there to the last; 0 if all is one moment
    int cells;      // at least 1
    lab_time step;  // between two ticks; 0 if there is room for none
    int apart;      // the same in cells
    bool in_turns;  // these are no times, but the numbers of turns
};

// Returns an axis from 0 to [scale] with at most [cells] cells. Its ticks are
// at multiples of 1, 2 or 5 times a power of ten nanoseconds.
struct lab_axis lab_axis_of(lab_time scale, int cells);

// The same from [from] >= 0 to [to]; its ticks are at multiples of such a
// time, counted from 0. One that ends before it begins is one moment.
struct lab_axis lab_axis_between(lab_time from, lab_time to, int cells);

// The same of turns from the first, 1, to [last].
struct lab_axis lab_axis_turns(int64_t last, int cells);

// The cell of [time], 0 to cells - 1: the nearest if it is outside.
int lab_axis_cell(const struct lab_axis *axis, lab_time time);

// Appends the label of [time], such as "0.25 s", in the unit that suits the
// whole axis and without needless digits.
void lab_axis_label(struct lab_text *out, const struct lab_axis *axis,
                    lab_time time);

// Appends two lines, each [indent] columns from the left: labels and ruler.
void lab_axis_put(struct lab_text *out, const struct lab_style *style,
                  const struct lab_axis *axis, int indent);

#endif
