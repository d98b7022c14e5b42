// busy.c - what each lane spent its time on, in figures.
//
//     who      share       lasted   blocked  waiting  idle  waits for
//     ───────  ──────────  ───────  ───────  ───────  ────  ───────────
//     loop     ██████····  1.000 s     60 %           40 %
//     in_turn  ──────────  1.000 s            100 %         sleep 100 %

#include "base/alloc.h"
#include "view/grid.h"
#include "view/line.h"
#include "view/share.h"

enum {
    MOST = 30, // lanes of a kind that are shown
    REASONS = 3,
};

// In the order in which a bar has them.
static const enum lab_is order[] = {
    LAB_IS_RUNNING, LAB_IS_COMPUTING, LAB_IS_BLOCKED, LAB_IS_READY,
    LAB_IS_QUEUED,  LAB_IS_WAITING,   LAB_IS_IDLE,
};

// Divides [cells] by the shares and uses all of them: the shares that lost most
// by rounding down get the rest.
static void divide(const struct lab_share *share, int cells,
                   int parts[LAB_IS_COUNT]) {
    double rest[LAB_IS_COUNT];
    int left = cells;
    for (int i = 0; i < LAB_IS_COUNT; i++) {
        double exact = (double)share->of[i] / (double)share->all * cells;
        parts[i] = (int)exact;
        rest[i] = exact - parts[i];
        left -= parts[i];
    }
    while (left-- > 0) {
        int most = 0;
        for (int i = 1; i < LAB_IS_COUNT; i++)
            most = rest[i] > rest[most] ? i : most;
        parts[most]++;
        rest[most] = -1;
    }
}

static void put_bar(struct lab_picture *picture, struct lab_text *cell,
                    const struct lab_share *share) {
    int parts[LAB_IS_COUNT];
    if (share->all <= 0)
        return;
    divide(share, lab_share_cells(picture->style), parts);
    for (size_t i = 0; i < countof(order); i++) {
        int glyph = LAB_PICTURE_STATE + (int)order[i];
        if (parts[order[i]] > 0)
            picture->seen[glyph] = true;
        lab_grid_bar(cell, (enum lab_picture_glyph)glyph, parts[order[i]]);
    }
}

// Less than half of one is left blank: on a real clock each task does a little
// of everything, and the columns would be full of small figures.
static void put_percent(struct lab_text *cell, lab_time part, lab_time all) {
    int percent = lab_share_percent(part, all);
    if (percent > 0)
        lab_text_printf(cell, "%d %%", percent);
}

// Appends what was waited for, the longest first.
static void put_reasons(struct lab_text *cell, const struct lab_share *share) {
    bool told[LAB_ONS] = {0};
    for (int n = 0; n < REASONS; n++) {
        int most = -1;
        for (int i = 0; i < LAB_ONS; i++)
            if (lab_share_percent(share->on[i], share->all) > 0 && !told[i] &&
                (most < 0 || share->on[i] > share->on[most]))
                most = i;
        if (most < 0)
            return;
        told[most] = true;
        lab_text_put(cell, n ? ", " : "");
        lab_text_put(cell, lab_event_on_name((unsigned)most));
        lab_text_put(cell, " ");
        put_percent(cell, share->on[most], share->all);
    }
}

static void add_row(struct lab_picture *picture, struct lab_grid *grid,
                    const struct lab_lane *lane,
                    const struct lab_window *window) {
    struct lab_share share = lab_share_of(lane, window);
    const lab_time *of = share.of;
    lab_text_put(lab_grid_cell(grid), lane->name);
    put_bar(picture, lab_grid_cell(grid), &share);
    lab_grid_cell(grid);
    lab_grid_time(grid, share.all);
    put_percent(lab_grid_cell(grid), of[LAB_IS_RUNNING] + of[LAB_IS_COMPUTING],
                share.all);
    put_percent(lab_grid_cell(grid), of[LAB_IS_BLOCKED], share.all);
    put_percent(lab_grid_cell(grid), of[LAB_IS_READY], share.all);
    put_percent(lab_grid_cell(grid), of[LAB_IS_QUEUED], share.all);
    put_percent(lab_grid_cell(grid), of[LAB_IS_WAITING], share.all);
    put_percent(lab_grid_cell(grid), of[LAB_IS_IDLE], share.all);
    put_reasons(lab_grid_cell(grid), &share);
}

// Adds those of [list] that are asked for; returns how many these are.
static size_t add_list(struct lab_picture *picture, struct lab_grid *grid,
                       const struct lab_lane_list *list,
                       const struct lab_window *window) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct lab_lane *lane = &list->lanes[i];
        if (lab_window_names(picture->style, lane) &&
            lab_window_meets(window, lane->from, lane->to) && count++ < MOST)
            add_row(picture, grid, lane, window);
    }
    return count;
}

static void put_run(struct lab_run_view *view, void *arg) {
    struct lab_picture *picture = arg;
    const struct lab_lanes *lanes = &view->lanes;
    struct lab_grid grid;
    lab_grid_init(&grid, "who|#share|>lasted|>runs|>blocked|>ready|>queued|"
                         ">waiting|>idle|waits for");
    if (lab_window_names(view->style, &lanes->loop))
        add_row(picture, &grid, &lanes->loop, &view->window);
    size_t tasks = add_list(picture, &grid, &lanes->tasks, &view->window);
    size_t workers = add_list(picture, &grid, &lanes->workers, &view->window);
    lab_grid_put(&grid, view->out, view->style);
    lab_window_more(view->out, view->style, tasks, MOST, "tasks");
    lab_window_more(view->out, view->style, workers, MOST, "workers");
    lab_window_put_folded(view->out, view->style, lanes);
    lab_share_put(view->out, view->style, lanes, &view->window);
}

static void put_view(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    // For its legend alone: nothing is drawn along an axis here.
    struct lab_picture picture = {.out = out, .style = style};
    lab_window_each(out, comparison, style, put_run, &picture);
    if (style->plain)
        return;
    lab_picture_end(&picture, "");
}

void lab_view_busy(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style) {
    lab_grid_view(out, comparison, style, put_view);
}
