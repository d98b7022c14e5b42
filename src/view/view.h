// view.h - recorded data as text. A view is a pure function of a comparison.
//
// Each view is a file and a row of the table below; help, completion and the
// command line read that row.

#ifndef LAB_VIEW_VIEW_H
#define LAB_VIEW_VIEW_H

#include "base/text.h"
#include "record/run.h"

#include <stdbool.h>
#include <stddef.h>

// How text is to look.
struct lab_style {
    int width;  // columns; at least 20
    bool ascii; // nothing beyond 7 bits
    bool color; // SGR escapes; they never carry meaning alone
    bool plain; // nothing is drawn: sentences and tables, for a screen reader
    // What is looked at: from and to a time of the run (0 is to its end), and
    // the lanes with one of these names, separated by commas; NULL is all.
    lab_time from, to;
    const char *lanes;       // borrowed
    bool in_turns;           // the axis of pictures counts turns, not time
    struct lab_grids *grids; // grid.c's own
};

// Writes [comparison] to [out] in [style]. No line is wider than style->width.
typedef void lab_view_fn(struct lab_text *out,
                         const struct lab_comparison *comparison,
                         const struct lab_style *style);

struct lab_view {
    const char *name;
    const char *text; // what it does as a command, in a few words
    const char *help; // an example or two; whole lines
    lab_view_fn *render;
    bool chooses; // shows the time and the lanes that the style asks for
    bool asks;    // how something came about, not how long it takes
};

// The views there are, ended by a NULL name.
extern const struct lab_view lab_views[];

// X(name, chooses, asks, text, help): a view is a row here and a function,
// lab_view_NAME, in a file of that name. Json is the same whatever the style.
#define LAB_VIEWS(X)                                                           \
    X(compare, true, false,                                                    \
      "run a demo quietly; show its table, bars and timelines",                \
      "  compare 3                   demo 3, without the lines it says\n"      \
      "  compare                     what ran last, once more\n")              \
    X(table, false, false, "show what each variant took beside its law",       \
      "  table 3                     the figures alone\n")                     \
    X(claims, false, false,                                                    \
      "show what is claimed besides, and whether it holds",                    \
      "  claims 3                    peaks, counts, orders, how it ends\n"     \
      "  claims run.jsonl            the same of a run that was recorded\n")   \
    X(bars, false, false, "show what they took as lengths on one scale",       \
      "  bars 3                      the lengths alone\n")                     \
    X(timeline, true, false,                                                   \
      "show when each task ran, waited, blocked or was queued",                \
      "  timeline                    of what ran last\n"                       \
      "  timeline 4 pool_2           of this, run quietly\n"                   \
      "  timeline 3 axis=turns       a column for each turn of the loop\n")    \
    X(story, true, true, "tell what happened, one sentence after the other",   \
      "  story 3 in_turn             every wait, and what ended it\n"          \
      "  story 4 pool_2 lanes=job    what the tasks of that name did\n")       \
    X(tree, true, true, "show who started whom, where, and how each ended",    \
      "  tree 3 together             with times, results and lines\n")         \
    X(turns, true, true, "show what each turn of the loop ran, and why",       \
      "  turns 4 pool_2              timers due, jobs back, tasks that ran\n"  \
      "  turns 2 from=1.2 to=1.4     those of this stretch of time\n")         \
    X(busy, true, true,                                                        \
      "show what each task and thread spent its time on, in figures",          \
      "  busy 2                      running, blocked, waiting, idle\n"        \
      "  busy 4 lanes=loop,pool-1    of these alone\n")                        \
    X(pool, true, true,                                                        \
      "show which jobs were queued, for how long, and who ran them",           \
      "  pool 4 pool_2               each job, each worker, the queue\n")      \
    X(warnings, false, true,                                                   \
      "warn of what holds the loop, and of unread errors",                     \
      "  warnings 2                  each step and turn of 100 ms or more\n")  \
    X(json, false, false, "print one object on one line, for programs",        \
      "  json 3                      the same as run 3 --json\n")

#define X(name, chooses, asks, text, help) lab_view_fn lab_view_##name;
LAB_VIEWS(X)
#undef X

// What a run comes to: table, claims if there are any, bars, what a program of
// one's own is warned of, and notes.
lab_view_fn lab_view_results;

// Appends an empty line and what [view] shows; nothing if it shows nothing.
void lab_view_append(struct lab_text *out, lab_view_fn *view,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style);

// Colours by what they mean. Writes nothing unless style->color.
enum lab_color {
    LAB_COLOR_NONE, // back to the terminal's own
    LAB_COLOR_HEAD,
    LAB_COLOR_PROMPT,
    LAB_COLOR_GOOD,
    LAB_COLOR_BAD,
    LAB_COLOR_DIM,
    LAB_COLOR_RUNNING,
    LAB_COLOR_WAITING,
    LAB_COLOR_READY,
    LAB_COLOR_BLOCKED,
    LAB_COLOR_QUEUED,
    LAB_COLORS,
};
void lab_view_color(struct lab_text *out, const struct lab_style *style,
                    enum lab_color color);

#endif
