#include "view/share.h"

#include "view/line.h"

static lab_time inside(const struct lab_window *window, lab_time from,
                       lab_time to) {
    from = from > window->from ? from : window->from;
    to = to < window->to ? to : window->to;
    return to > from ? to - from : 0;
}

struct lab_share lab_share_of(const struct lab_lane *lane,
                              const struct lab_window *window) {
    struct lab_share share = {.all = inside(window, lane->from, lane->to)};
    for (size_t i = 0; i < lane->span_count; i++) {
        const struct lab_span *span = &lane->spans[i];
        lab_time time = inside(window, span->from, span->to);
        share.of[span->state] += time;
        if (span->state == LAB_IS_WAITING && span->on < LAB_ONS)
            share.on[span->on] += time;
    }
    return share;
}

int lab_share_percent(lab_time part, lab_time all) {
    return all > 0 ? (int)((double)part / (double)all * 100 + 0.5) : 0;
}

static size_t in_flight(const struct lab_record *record,
                        const struct lab_window *window) {
    size_t living = 0, most = 0;
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->time > window->to)
            break;
        // Tasks that are live when the window opens count as well.
        if (event->time >= window->from && living > most)
            most = living;
        if (event->kind == LAB_EVENT_SPAWN)
            living++;
        else if (event->kind == LAB_EVENT_END && living > 0)
            living--;
        if (event->time >= window->from && living > most)
            most = living;
    }
    return most ? most : living;
}

int lab_share_cells(const struct lab_style *style) {
    enum {
        BAR = 10,      // cells
        FINE_BAR = 20, // on a screen of WIDE columns
        WIDE = 100,
        MORE = 4,     // beyond that, columns for one cell more
        LONGEST = 60, // cells
    };
    int cells =
        style->width < WIDE ? BAR : FINE_BAR + (style->width - WIDE) / MORE;
    return cells < LONGEST ? cells : LONGEST;
}

void lab_share_put(struct lab_text *out, const struct lab_style *style,
                   const struct lab_lanes *lanes,
                   const struct lab_window *window) {
    struct lab_share loop = lab_share_of(&lanes->loop, window);
    size_t tasks = in_flight(lanes->state->record, window);
    struct lab_text text = {0};
    if (loop.all > 0)
        lab_text_printf(&text, "loop idle %d %% of the time; ",
                        lab_share_percent(loop.of[LAB_IS_IDLE], loop.all));
    lab_text_printf(&text, "%zu %s in flight at most", tasks,
                    tasks == 1 ? "task" : "tasks");
    lab_line_end(out, style, LAB_COLOR_DIM, 0, &text);
}
