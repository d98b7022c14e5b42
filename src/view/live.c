#include "view/live.h"

#include "view/line.h"
#include "view/picture.h"
#include "view/window.h"

enum { HEAD = 4 }; // rows: heading, axis, the loop's lane

// How long the run will take, as far as that is known.
static lab_time scale_of(const struct lab_run *run, lab_time now) {
    return run->time.law && run->time.predicted > now ? run->time.predicted
                                                      : now;
}

static void put_heading(struct lab_text *out, const struct lab_style *style,
                        const struct lab_run *run, lab_time now,
                        lab_time scale) {
    struct lab_text line = {0};
    lab_text_printf(&line, "%s  ", run->name);
    lab_line_time(&line, now);
    if (scale > now) {
        lab_text_put(&line, " of ");
        lab_line_time(&line, scale);
    }
    lab_text_printf(&line, "  %s", run->text);
    lab_view_color(out, style, LAB_COLOR_HEAD);
    lab_line_put(out, style, lab_text_string(&line), style->width);
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
    lab_text_free(&line);
}

// Draws [count] lanes of [list], and says so in a last row if there are more.
static void put_lanes(struct lab_picture *picture,
                      const struct lab_lane_list *list, size_t count,
                      const char *kind) {
    size_t shown = list->count <= count ? list->count : count - 1;
    for (size_t i = 0; i < shown && count > 0; i++)
        lab_picture_lane(picture, &list->lanes[i]);
    if (count > 0)
        lab_window_more(picture->out, picture->style, list->count, shown, kind);
}

void lab_view_live(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style, lab_time now, int rows) {
    enum { MARGIN = 18 };
    const struct lab_run *run = comparison->runs[comparison->count - 1];
    struct lab_lanes lanes;
    struct lab_picture picture;
    size_t room = rows > HEAD ? (size_t)(rows - HEAD) : 0;
    lab_time scale = scale_of(run, now);
    lab_lanes_read_until(&lanes, run->record, now);
    lab_picture_init(&picture, out, style,
                     style->width / 4 < MARGIN ? style->width / 4 : MARGIN);
    lab_picture_scale(&picture, scale > lanes.end ? scale : lanes.end);
    put_heading(out, style, run, now, scale);
    lab_axis_put(out, style, &picture.axis, picture.margin);
    lab_picture_lane(&picture, &lanes.loop);
    // Workers are few, and what the tasks wait for.
    size_t workers =
        lanes.workers.count < room / 2 ? lanes.workers.count : room / 2;
    put_lanes(&picture, &lanes.tasks, room - workers, "tasks");
    put_lanes(&picture, &lanes.workers, workers, "workers");
    lab_picture_term(&picture);
    lab_lanes_free(&lanes);
}
