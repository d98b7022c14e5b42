// view.h - recorded data as text. A view is a pure function of a comparison.
//
// Each view is a file and a row of the table in view.c; help, completion and
// the command line read that row.

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
    // What is looked at: from and to a time of the run (0 is to its end), and
    // the lanes with one of these names, separated by commas; NULL is all.
    lab_time from, to;
    const char *lanes; // borrowed
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
};

// The views there are, ended by a NULL name.
extern const struct lab_view lab_views[];

// The views themselves. Compare: table, bars and timelines. Table: what each
// variant took beside what its law says. Bars: the same as lengths. Timeline:
// a lane for the loop, each task and each worker. Story: sentence by sentence
// what happened. Tree: who started whom. Turns: what each turn of the loop ran.
// Busy: what each spent its time on. Pool: workers, and jobs in the queue.
// Claims: what was claimed beside the time, and what speaks against it.
// Json: one object, the same whatever the style.
lab_view_fn lab_view_claims, lab_view_compare, lab_view_table, lab_view_bars,
    lab_view_timeline, lab_view_story, lab_view_tree, lab_view_turns,
    lab_view_busy, lab_view_pool, lab_view_json;

// Appends an empty line and what [view] shows; nothing if it shows nothing.
void lab_view_append(struct lab_text *out, lab_view_fn *view,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style);

// Colours by what they mean. Writes nothing unless style->color.
enum lab_color {
    LAB_COLOR_NONE, // back to the terminal's own
    LAB_COLOR_HEAD,
    LAB_COLOR_GOOD,
    LAB_COLOR_BAD,
    LAB_COLOR_DIM,
    LAB_COLOR_RUNNING,
    LAB_COLOR_WAITING,
    LAB_COLOR_READY,
    LAB_COLOR_BLOCKED,
    LAB_COLOR_QUEUED,
};
void lab_view_color(struct lab_text *out, const struct lab_style *style,
                    enum lab_color color);

#endif
