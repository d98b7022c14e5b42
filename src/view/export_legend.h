// export_legend.h - which signs an exported page draws, for its legend.

#ifndef LAB_VIEW_EXPORT_LEGEND_H
#define LAB_VIEW_EXPORT_LEGEND_H

#include "record/lanes.h"

struct lab_export_legend {
    bool states[LAB_IS_COUNT], inside, endings[LAB_ENDING_CANCELLED + 1], mark;
};

// Adds what is drawn of [lane].
void lab_export_legend_note(struct lab_export_legend *legend,
                            const struct lab_lane *lane);

// Appends a list of what was noted; marks are called [mark], or "mark" if that
// is NULL.
void lab_export_legend_put(const struct lab_export_legend *legend,
                           const char *mark, struct lab_text *out);

#endif
