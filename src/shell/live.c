#include "shell/live.h"

#include "base/list.h"
#include "record/clock.h"
#include "shell/edit.h"
#include "shell/jobs.h"
#include "shell/terminal.h"
#include "view/live.h"

#include <string.h>

enum {
    PATIENCE_MS = 300, // before the first frame
    FRAME_MS = 66,
};
#define WINDOW (10 * LAB_S) // what is shown of a run that has no end

// Goes up to where the frame began, and puts each row in the place of the old
// one: in one write, with nothing erased before, so that nothing flickers.
static void put_frame(struct lab_text *out, const struct lab_text *rows,
                      int before) {
    const char *row = lab_text_string(rows);
    if (before > 0)
        lab_text_printf(out, "\r\033[%dA", before);
    while (*row) {
        size_t n = strcspn(row, "\n");
        lab_text_write(out, row, n);
        lab_text_put(out, "\033[K\n");
        row += n + (row[n] == '\n');
    }
    lab_text_put(out, "\033[J");
}

static int count_rows(const struct lab_text *rows) {
    int count = 0;
    for (const char *c = lab_text_string(rows); *c; c++)
        count += *c == '\n';
    return count;
}

static void draw(struct lab_live *live) {
    struct lab_text rows = {0}, frame = {0};
    struct lab_style style = live->call->options.style;
    double passed = (double)(lab_clock_machine() - live->began);
    int columns, lines;
    lab_terminal_size(&columns, &lines);
    if (live->call->endless && passed > (double)WINDOW)
        style.from = (lab_time)passed - WINDOW;
    style.width = columns < 20 ? 20 : columns;
    lab_view_live(&rows, live->comparison, &style,
                  (lab_time)(passed * live->comparison->clock.pace), lines - 2);
    put_frame(&frame, &rows, live->rows);
    live->rows = count_rows(&rows);
    live->is_drawing = true;
    lab_shell_put(live->call->shell, &frame);
    live->is_drawing = false;
    lab_text_free(&rows);
    lab_text_free(&frame);
}

// A frame that takes long to draw shall not take much of the run's time.
static void on_timer(struct lab_timer *timer) {
    struct lab_live *live = lab_list_item(timer, struct lab_live, timer);
    lab_time before = lab_clock_machine();
    live->call->shell->drawn = live;
    draw(live);
    lab_time pause = 10 * (lab_clock_machine() - before);
    if (pause < FRAME_MS * LAB_MS)
        pause = FRAME_MS * LAB_MS;
    lab_timer_start(timer, pause, on_timer);
}

static void start(struct lab_live *live, lab_time delay) {
    if (live->wanted && !live->paused && !lab_heap_holds(&live->timer.node))
        lab_timer_start(&live->timer, delay, on_timer);
}

void lab_live_begin(struct lab_live *live, struct lab_call *call,
                    const struct lab_comparison *comparison) {
    const struct lab_shell *shell = call->shell;
    *live = (struct lab_live){.call = call, .comparison = comparison};
    live->wanted = lab_call_may_redraw(call) && !shell->capture &&
                   !call->live && !call->options.json &&
                   !comparison->clock.is_virtual;
    live->paused = call->job && call->job->beside;
    if (call->job && live->wanted)
        call->job->live = live;
}

void lab_live_next(struct lab_live *live) {
    live->began = lab_clock_machine();
    live->has_begun = true;
    start(live, PATIENCE_MS * LAB_MS);
}

static void take_off(struct lab_live *live) {
    int rows = live->rows;
    live->rows = 0;
    if (rows > 0)
        lab_shell_printf(live->call->shell, "\r\033[%dA\033[J", rows);
}

void lab_live_end(struct lab_live *live) {
    struct lab_job *job = live->call->job;
    lab_timer_stop(&live->timer);
    take_off(live);
    if (live->call->shell->drawn == live)
        live->call->shell->drawn = NULL;
    if (job && job->live == live)
        job->live = NULL;
}

void lab_live_pause(struct lab_live *live) {
    live->paused = true;
    lab_timer_stop(&live->timer);
    take_off(live);
}

void lab_live_resume(struct lab_live *live) {
    live->paused = false;
    if (live->has_begun)
        start(live, 0);
}

void lab_live_make_room(struct lab_shell *shell) {
    if (shell->drawn && !shell->drawn->is_drawing)
        take_off(shell->drawn);
}
