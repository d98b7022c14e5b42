// panel.h - one moment of a run, laid out: for a script, and for a full screen.

#ifndef LAB_VIEW_PANEL_H
#define LAB_VIEW_PANEL_H

#include "record/run.h"
#include "view/chart.h"
#include "view/question.h"

// The lanes of a run, read once for many screens: of a million events that
// takes a fifth of a second. They are read again when the snapshot is of
// another run, or its record has grown; the style must be the same but for its
// width. A zeroed one is empty.
struct lab_panel_lanes {
    struct lab_chart chart;
    const struct lab_record *record; // that was read
    size_t events;                   // in it then
};
void lab_panel_lanes_free(struct lab_panel_lanes *lanes);

// Returns how many events had happened when the run was stopped, by Ctrl-C or
// in a deadlock; SIZE_MAX if it was not. After that its tasks were cancelled.
size_t lab_panel_stopped(const struct lab_snapshot *snapshot);

// Appends which moment of what this is, in a line:
// "03 together: event 24 of 56, at 1.000 s, turn 3".
void lab_panel_heading(struct lab_text *out, const struct lab_style *style,
                       const struct lab_snapshot *snapshot);

// Appends what happened last, in which line of the C, who is ready, whose
// timers are next, and what pools and locks there are.
void lab_panel_put(struct lab_text *out, const struct lab_style *style,
                   const struct lab_snapshot *snapshot);

// Appends a screen of style->width columns, here at least 1, and [rows]: the
// moment with its source, time and tasks. There are exactly [rows] lines, none
// is wider than that, and only the last has no newline.
void lab_panel_screen(struct lab_text *out, const struct lab_style *style,
                      const struct lab_snapshot *snapshot, int rows);

// Appends such a screen with what the keys do, and the key to other variants if
// there are some.
void lab_panel_help(struct lab_text *out, const struct lab_style *style,
                    bool has_others, int rows);

#endif
