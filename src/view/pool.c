// pool.c - jobs and workers: who waited for how long, and who was busy.
//
//     asked by  job  queued at  waited    ran from  to        worker
//     ────────  ───  ─────────  ────────  ────────  ────────  ──────
//     job 1       1        0 s       0 s       0 s  250.0 ms  pool-1

#include "base/alloc.h"
#include "view/grid.h"
#include "view/line.h"
#include "view/share.h"

#include <stdlib.h>

enum {
    MOST_JOBS = 30, // that are listed, of a pool
    MOST_POOLS = 8,
    MOST_WORKERS = 30,
};

// The jobs of a run, pool by pool.
struct jobs {
    const struct lab_state *state;
    const struct lab_state_job **all;
    size_t count;
};

static int by_pool(const void *a, const void *b) {
    const struct lab_state_job *one = *(const struct lab_state_job *const *)a;
    const struct lab_state_job *two = *(const struct lab_state_job *const *)b;
    if (one->pool != two->pool)
        return one->pool < two->pool ? -1 : 1;
    return one->number < two->number ? -1 : one->number > two->number;
}

static struct jobs read_jobs(const struct lab_state *state) {
    struct jobs jobs = {state, NULL, state->jobs.count};
    jobs.all = lab_alloc((jobs.count + 1) * sizeof *jobs.all);
    for (size_t i = 0; i < jobs.count; i++)
        jobs.all[i] = lab_state_job_at(state, i);
    qsort(jobs.all, jobs.count, sizeof *jobs.all, by_pool);
    return jobs;
}

// --- figures

// When the job left its queue; [end] if it never did.
static lab_time left_queue(const struct lab_state_job *job, lab_time end) {
    lab_time time = job->worker               ? job->started
                    : job->is == LAB_IS_ENDED ? job->ended
                                              : end;
    return time > job->queued ? time : job->queued;
}

static int by_time(const void *a, const void *b) {
    const lab_time *one = a, *two = b;
    return *one < *two ? -1 : *one > *two;
}

// The most jobs of [jobs] that were in the queue at once, for any time.
static size_t longest_queue(const struct jobs *jobs, lab_time end) {
    lab_time *in = lab_alloc(jobs->count * sizeof *in);
    lab_time *out = lab_alloc(jobs->count * sizeof *out);
    size_t n = 0, i = 0, left = 0, most = 0;
    for (size_t j = 0; j < jobs->count; j++) {
        const struct lab_state_job *job = jobs->all[j];
        if (left_queue(job, end) == job->queued)
            continue; // a worker was free
        in[n] = job->queued;
        out[n++] = left_queue(job, end);
    }
    if (n > 0) {
        qsort(in, n, sizeof *in, by_time);
        qsort(out, n, sizeof *out, by_time);
    }
    while (i < n) {
        while (out[left] <= in[i])
            left++;
        i++;
        most = i - left > most ? i - left : most;
    }
    lab_free(in);
    lab_free(out);
    return most;
}

static void put_sums(struct lab_text *out, const struct lab_style *style,
                     const struct jobs *jobs, lab_time end) {
    struct lab_text text = {0};
    double sum = 0;
    lab_time most = 0;
    for (size_t i = 0; i < jobs->count; i++) {
        const struct lab_state_job *job = jobs->all[i];
        lab_time waited = left_queue(job, end) - job->queued;
        sum += (double)waited;
        most = waited > most ? waited : most;
    }
    const struct lab_state_pool *pool =
        lab_numbered_find(&jobs->state->pools, jobs->all[0]->pool);
    const char *name = pool ? lab_state_name(jobs->state, pool->named) : "";
    lab_text_printf(&text,
                    "%s: %zu %s, at most %zu in the queue at once; in "
                    "the queue for ",
                    *name ? name : "pool", jobs->count,
                    jobs->count == 1 ? "job" : "jobs",
                    longest_queue(jobs, end));
    double mean = sum / (double)jobs->count + 0.5;
    lab_time_put(&text, mean < (double)most ? (lab_time)mean : most);
    lab_text_put(&text, " on average, ");
    lab_time_put(&text, most);
    lab_text_put(&text, " at most");
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &text);
}

// --- tables

static const struct lab_lane *task_of(const struct lab_run_view *view,
                                      const struct lab_state_job *job) {
    return lab_lanes_task(&view->lanes, job->task);
}

static const struct lab_lane *worker_of(const struct lab_run_view *view,
                                        const struct lab_state_job *job) {
    return job->worker ? lab_lanes_worker(&view->lanes, job->worker) : NULL;
}

static bool is_asked(const struct lab_run_view *view,
                     const struct lab_state_job *job) {
    lab_time end = job->is == LAB_IS_ENDED ? job->ended : view->lanes.end;
    const struct lab_lane *task = task_of(view, job);
    const struct lab_lane *worker = worker_of(view, job);
    return lab_window_meets(&view->window, job->queued, end) &&
           (lab_window_names(view->style, task) ||
            lab_window_names(view->style, worker));
}

static bool are_named(const struct jobs *jobs) {
    for (size_t i = 0; i < jobs->count; i++)
        if (jobs->all[i]->name)
            return true;
    return false;
}

static void add_time(struct lab_grid *grid, lab_time time) {
    lab_grid_cell(grid);
    lab_grid_time(grid, time);
}

static void add_job(const struct lab_run_view *view, struct lab_grid *grid,
                    const struct lab_state_job *job, bool named) {
    const struct lab_lane *task = task_of(view, job);
    const struct lab_lane *worker = worker_of(view, job);
    lab_text_put(lab_grid_cell(grid), task ? task->name : "?");
    lab_text_printf(lab_grid_cell(grid), "%u", (unsigned)job->number);
    if (named)
        lab_text_put(lab_grid_cell(grid),
                     lab_record_string(view->record, job->name));
    add_time(grid, job->queued);
    add_time(grid, left_queue(job, view->lanes.end) - job->queued);
    add_time(grid, job->worker ? job->started : -1);
    add_time(grid, job->is == LAB_IS_ENDED && !job->dropped ? job->ended : -1);
    lab_text_put(lab_grid_cell(grid), worker         ? worker->name
                                      : job->dropped ? "none, it was dropped"
                                                     : "none yet");
}

static void put_jobs(const struct lab_run_view *view, const struct jobs *jobs) {
    struct lab_grid grid;
    size_t count = 0;
    bool named = are_named(jobs);
    lab_grid_init(
        &grid,
        named ? "asked by|>job|runs|>queued at|>waited|>ran from|>to|worker"
              : "asked by|>job|>queued at|>waited|>ran from|>to|worker");
    for (size_t i = 0; i < jobs->count; i++)
        if (is_asked(view, jobs->all[i]) && count++ < MOST_JOBS)
            add_job(view, &grid, jobs->all[i], named);
    lab_grid_put(&grid, view->out, view->style);
    lab_window_more(view->out, view->style, count, MOST_JOBS, "jobs");
    put_sums(view->out, view->style, jobs, view->lanes.end);
}

static void add_worker(const struct lab_run_view *view, struct lab_grid *grid,
                       const struct lab_lane *lane) {
    struct lab_share share = lab_share_of(lane, &view->window);
    lab_time busy = share.all - share.of[LAB_IS_IDLE];
    size_t jobs = 0;
    for (size_t i = 0; i < lane->moment_count; i++)
        jobs += lane->moments[i].job &&
                lab_window_meets(&view->window, lane->moments[i].time,
                                 lane->moments[i].time);
    int percent = lab_share_percent(busy, share.all);
    int all = lab_share_cells(view->style), cells = (percent * all + 50) / 100;
    lab_text_put(lab_grid_cell(grid), lane->name);
    struct lab_text *bar = lab_grid_cell(grid);
    lab_grid_bar(bar, LAB_PICTURE_STATE + LAB_IS_BLOCKED, cells);
    lab_grid_bar(bar, LAB_PICTURE_STATE + LAB_IS_IDLE, all - cells);
    lab_text_printf(lab_grid_cell(grid), "%d %%", percent);
    add_time(grid, busy);
    add_time(grid, share.of[LAB_IS_IDLE]);
    lab_text_printf(lab_grid_cell(grid), "%zu", jobs);
}

static void put_workers(const struct lab_run_view *view) {
    const struct lab_lane_list *list = &view->lanes.workers;
    struct lab_grid grid;
    size_t count = 0;
    lab_grid_init(&grid, "worker|#busy|>share|>time|>idle|>jobs");
    for (size_t i = 0; i < list->count; i++)
        if (lab_window_names(view->style, &list->lanes[i]) &&
            count++ < MOST_WORKERS)
            add_worker(view, &grid, &list->lanes[i]);
    if (count > 0)
        lab_text_put(view->out, "\n");
    lab_grid_put(&grid, view->out, view->style);
    lab_window_more(view->out, view->style, count, MOST_WORKERS, "workers");
}

static void put_pools(const struct lab_run_view *view,
                      const struct jobs *jobs) {
    size_t pools = 0;
    for (size_t i = 0, next; i < jobs->count; i = next, pools++) {
        for (next = i + 1; next < jobs->count; next++)
            if (jobs->all[next]->pool != jobs->all[i]->pool)
                break;
        struct jobs part = {jobs->state, jobs->all + i, next - i};
        if (pools > 0 && pools < MOST_POOLS)
            lab_text_put(view->out, "\n");
        if (pools < MOST_POOLS)
            put_jobs(view, &part);
    }
    lab_window_more(view->out, view->style, pools, MOST_POOLS, "pools");
}

static void put_run(struct lab_run_view *view, void *arg) {
    (void)arg;
    struct jobs jobs = read_jobs(view->lanes.state);
    if (jobs.count == 0)
        lab_line_wrap(view->out, view->style, LAB_COLOR_NONE, 0,
                      view->lanes.state->pools.count
                          ? "The workers had nothing to do: no job was "
                            "offloaded."
                          : "There was no pool: all that ran, ran on the "
                            "loop's thread.");
    put_pools(view, &jobs);
    put_workers(view);
    lab_free(jobs.all);
}

static void put_view(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    lab_window_each(out, comparison, style, put_run, NULL);
}

void lab_view_pool(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style) {
    lab_grid_view(out, comparison, style, put_view);
}
