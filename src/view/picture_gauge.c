#include "view/picture_internal.h"

#include "base/alloc.h"
#include "view/line.h"

#include <inttypes.h>

// Stores in [most] what gauge [lane] stood at in each cell, the most of what
// lasted.
static void read_levels(const struct lab_picture *picture,
                        const struct lab_lane *lane, int64_t *most) {
    const struct lab_axis *axis = &picture->axis;
    for (size_t i = 0; i < lane->level_count; i++) {
        const struct lab_level *level = &lane->levels[i];
        bool last = i + 1 == lane->level_count;
        lab_time to = last ? LAB_FOREVER : level[1].time;
        if (to == level->time || to <= axis->from ||
            lab_picture_beside(picture, level->time, to))
            continue;
        int cell = lab_axis_cell(axis, level->time),
            end = lab_axis_cell(axis, to);
        do {
            most[cell] = level->value > most[cell] ? level->value : most[cell];
        } while (++cell < end);
        if (last)
            most[end] = level->value;
    }
}

// [value] as one of the eight heights, the highest being [most]; in ASCII as a
// digit, the very one if there are enough of them.
static void put_height(struct lab_picture *picture, int64_t value,
                       int64_t most) {
    static const char *const heights[] = {"▁", "▂", "▃", "▄",
                                          "▅", "▆", "▇", "█"};
    enum { HIGHEST = countof(heights) - 1, DIGITS = 9 };
    value = value > 0 ? value : 0; // below 0 it is as low as at 0
    double part = most > 0 ? (double)value / (double)most : 0;
    if (!picture->style->ascii)
        lab_text_put(picture->out, heights[(int)(part * HIGHEST + 0.5)]);
    else if (most <= DIGITS)
        lab_text_printf(picture->out, "%d", (int)value);
    else
        lab_text_printf(picture->out, "%d", (int)(part * DIGITS + 0.5));
}

void lab_picture_gauge(struct lab_picture *picture,
                       const struct lab_lane *lane) {
    struct lab_text value = {0};
    int cells = lab_axis_cell(&picture->axis, lane->to) + 1;
    int64_t *most = lab_alloc((size_t)picture->axis.cells * sizeof *most);
    int64_t peak = lab_lane_peak(lane);
    read_levels(picture, lane, most);
    lab_line_left(picture->out, picture->style, lane->name,
                  picture->margin - 1);
    lab_text_put(picture->out, " ");
    lab_view_color(picture->out, picture->style, LAB_COLOR_HEAD);
    for (int i = 0; i < cells; i++)
        put_height(picture, most[i], peak);
    lab_view_color(picture->out, picture->style, LAB_COLOR_NONE);
    lab_text_printf(&value, " %" PRId64, peak);
    lab_line_put(picture->out, picture->style, lab_text_string(&value),
                 picture->values);
    lab_text_put(picture->out, "\n");
    lab_text_free(&value);
    lab_free(most);
}
