#include "shell/live.h"

#include "base/list.h"
#include "record/clock.h"
#include "shell/jobs.h"
#include "shell/terminal.h"
#include "view/live.h"

enum {
    PATIENCE_MS = 300, // before the first frame
    FRAME_MS = 66,
};
#define WINDOW (10 * LAB_S) // what is shown of a run that has no end

static void draw(struct lab_live *live) {
    struct lab_text rows = {0};
    struct lab_style style = live->call->options.style;
    double passed = (double)(lab_clock_machine() - live->began);
    int columns, lines;
    lab_terminal_size(&columns, &lines);
    if (live->call->endless && passed > (double)WINDOW)
        style.from = (lab_time)passed - WINDOW;
    style.width = columns < 20 ? 20 : columns;
    lab_view_live(&rows, live->comparison, &style,
                  (lab_time)(passed * live->comparison->clock.pace), lines - 2);
    lab_drawn_put(&live->drawn, live->call, &rows);
    lab_text_free(&rows);
}

// A frame that takes long to draw shall not take much of the run's time.
static void on_timer(struct lab_timer *timer) {
    struct lab_live *live = lab_list_item(timer, struct lab_live, timer);
    lab_time before = lab_clock_machine();
    const struct lab_job *job = live->call->job;
    if (!job || !job->beside)
        draw(live);
    lab_time pause = 10 * (lab_clock_machine() - before);
    if (pause < FRAME_MS * LAB_MS)
        pause = FRAME_MS * LAB_MS;
    lab_timer_start(timer, pause, on_timer);
}

void lab_live_begin(struct lab_live *live, struct lab_call *call,
                    const struct lab_comparison *comparison) {
    const struct lab_shell *shell = call->shell;
    *live = (struct lab_live){.call = call, .comparison = comparison};
    live->wanted = lab_call_may_redraw(call) && !shell->capture &&
                   !call->live && !call->options.json &&
                   !comparison->clock.is_virtual;
}

void lab_live_next(struct lab_live *live) {
    live->began = lab_clock_machine();
    if (live->wanted && !lab_heap_holds(&live->timer.node))
        lab_timer_start(&live->timer, PATIENCE_MS * LAB_MS, on_timer);
}

void lab_live_end(struct lab_live *live) {
    lab_timer_stop(&live->timer);
    lab_drawn_end(&live->drawn, live->call);
}
