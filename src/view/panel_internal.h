// panel_internal.h - the parts of a panel, private to the files of
// the panel.

#ifndef LAB_VIEW_PANEL_INTERNAL_H
#define LAB_VIEW_PANEL_INTERNAL_H

#include "view/panel.h"

// The event that happened last; NULL before the first.
const struct lab_event *lab_panel_event(const struct lab_snapshot *snapshot);

// Appends it as a sentence.
void lab_panel_event_put(struct lab_text *out, const struct lab_style *style,
                         const struct lab_snapshot *snapshot);

// Appends the lines around the place where that was, in [rows] rows at most.
// Returns false, and appends nothing, if the place or its text is not known.
bool lab_panel_source(struct lab_text *out, const struct lab_style *style,
                      const struct lab_snapshot *snapshot, int rows);

// Appends where the moment is, as a cursor above lanes of the whole run, in
// [rows] rows at most. Returns false, and appends nothing, if there is no room.
bool lab_panel_lanes_put(struct lab_text *out, const struct lab_style *style,
                         const struct lab_snapshot *snapshot, int rows);

// Appends who is ready, timers, pools, locks, and what woke somebody last: a
// row for each, or as many as it takes if it [wraps].
void lab_panel_loop(struct lab_text *out, const struct lab_style *style,
                    const struct lab_snapshot *snapshot, bool wraps);

#endif
