// views.c - what it takes to look at a run of a million events: each view, the
// moments of it, and the files it is written to. Of several such runs the
// slowest counts. Nothing waits here, so the processor's time is taken, which
// other programs lengthen least.

#include "bench.h"

#include "../view/million.h"
#include "base/alloc.h"
#include "base/die.h"
#include "record/file.h"
#include "view/export.h"
#include "view/panel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STEPS = 20, FOLDER = 200 };

// A run, and what is looked at in it.
struct sight {
    struct lab_comparison comparison;
    const struct lab_record *record;
    struct lab_state *state; // that has gone to the end, and then back
    struct lab_panel_lanes lanes;
    char path[FOLDER + 32];
};

static const struct lab_style style = {.width = 80};

static void view(struct sight *sight, lab_view_fn *render) {
    struct lab_text out = {0};
    render(&out, &sight->comparison, &style);
    lab_text_free(&out);
}

#define VIEW(name, render)                                                     \
    static void name(struct sight *sight) {                                    \
        view(sight, render);                                                   \
    }
VIEW(compare, lab_view_compare)
VIEW(timeline, lab_view_timeline)
VIEW(story, lab_view_story)
VIEW(tree, lab_view_tree)
VIEW(turns, lab_view_turns)
VIEW(busy, lab_view_busy)
VIEW(pool, lab_view_pool)
VIEW(warnings, lab_view_warnings)
VIEW(svg, lab_export_svg)
VIEW(html, lab_export_html)

// --- moments

static struct lab_snapshot snapshot_of(struct sight *sight) {
    return (struct lab_snapshot){.state = sight->state,
                                 .comparison = &sight->comparison,
                                 .run = sight->comparison.runs[0],
                                 .lanes = &sight->lanes};
}

static void put_screen(struct sight *sight) {
    struct lab_text out = {0};
    struct lab_snapshot snapshot = snapshot_of(sight);
    lab_panel_screen(&out, &style, &snapshot, 24);
    lab_text_free(&out);
}

// To the end, as every question about a run that is over does.
static void go(struct sight *sight) {
    sight->state = lab_state_new(sight->record);
    lab_state_go(sight->state, SIZE_MAX);
}

static void why(struct sight *sight) {
    struct lab_text out = {0};
    struct lab_snapshot snapshot = snapshot_of(sight);
    lab_question_why(&out, &style, &snapshot, 1);
    lab_text_free(&out);
}

static void first_back(struct sight *sight) {
    lab_state_go(sight->state, sight->state->at - 1);
    put_screen(sight);
}

static void back(struct sight *sight) {
    for (int i = 0; i < STEPS; i++)
        first_back(sight);
}

// --- files

static void save(struct sight *sight) {
    struct lab_text error = {0};
    struct lab_recorder recorder;
    struct lab_run run = {.name = "run", .record = lab_record_new()};
    if (!lab_recorder_open(&recorder, sight->path, &error))
        lab_die(LAB_EXIT_OS, "%s", lab_text_string(&error));
    lab_recorder_begin(&recorder, &sight->comparison);
    lab_recorder_run(&recorder, &run);
    for (size_t i = 0; i < lab_record_count(sight->record); i++) {
        const struct lab_event *event = lab_record_at(sight->record, i);
        lab_record_add(run.record, *event,
                       lab_record_text(sight->record, event));
    }
    lab_recorder_end(&recorder, &run);
    if (!lab_recorder_close(&recorder, &error))
        lab_die(LAB_EXIT_OS, "%s", lab_text_string(&error));
    lab_record_free(run.record);
}

static void load(struct sight *sight) {
    struct lab_recording recording = {0};
    struct lab_text error = {0};
    if (!lab_recording_read(&recording, sight->path, &error))
        lab_die(LAB_EXIT_OS, "%s", lab_text_string(&error));
    lab_recording_free(&recording);
}

// --- all of them

// In the order of main.c and scenarios.py.
static const struct row {
    const char *metric;
    void (*fn)(struct sight *sight);
    int times; // that it does it
} rows[] = {
    {"compare_ms", compare, 1},
    {"timeline_ms", timeline, 1},
    {"story_ms", story, 1},
    {"tree_ms", tree, 1},
    {"turns_ms", turns, 1},
    {"busy_ms", busy, 1},
    {"pool_ms", pool, 1},
    {"warnings_ms", warnings, 1},
    {"svg_ms", svg, 1},
    {"html_ms", html, 1},
    {"go_ms", go, 1},
    {"why_ms", why, 1},
    {"first_back_ms", first_back, 1},
    {"back_ms", back, STEPS},
    {"save_ms", save, 1},
    {"load_ms", load, 1},
};

static double milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

// Takes [record], and puts into [slowest] what is slower than it says.
static void measure(struct lab_record *record, double *slowest) {
    struct sight sight = {.comparison = {.demo = lab_strdup("million"),
                                         .clock = LAB_CLOCK_VIRTUAL},
                          .record = record};
    struct lab_run *run = lab_comparison_add_run(&sight.comparison, "run");
    const char *in = getenv("TMPDIR");
    snprintf(sight.path, sizeof sight.path, "%s/looplab-bench-XXXXXX",
             in && strlen(in) < FOLDER ? in : P_tmpdir);
    int fd = mkstemp(sight.path);
    lab_record_free(run->record);
    run->record = record;
    run->time.measured = lab_record_end(record);
    for (size_t i = 0; i < countof(rows); i++) {
        double began = milliseconds();
        rows[i].fn(&sight);
        double took = (milliseconds() - began) / rows[i].times;
        slowest[i] = took > slowest[i] ? took : slowest[i];
    }
    lab_panel_lanes_free(&sight.lanes);
    lab_state_free(sight.state);
    lab_comparison_free(&sight.comparison);
    close(fd);
    unlink(sight.path);
}

int bench_views(const struct bench *bench) {
    double slowest[countof(rows)] = {0};
    size_t count = (size_t)bench_size(bench, MILLION, MILLION / 1000);
    for (size_t i = 0; i < countof(millions); i++)
        if (!bench->argument || strstr(millions[i].name, bench->argument))
            measure(millions[i].make(count), slowest);
    for (size_t i = 0; i < countof(rows); i++)
        bench_print(rows[i].metric, slowest[i]);
    return 0;
}
