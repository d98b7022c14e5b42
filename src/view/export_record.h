// export_record.h - the record in a page, as JSON for its script.
//
// What the JSON holds is said at the top of export_page.js.

#ifndef LAB_VIEW_EXPORT_RECORD_H
#define LAB_VIEW_EXPORT_RECORD_H

#include "view/view.h"

enum {
    LAB_EXPORT_LINE = 200,  // columns of a text at most
    LAB_EXPORT_LANES = 400, // of each kind are drawn: a canvas has a greatest
                            // height
};

// Appends a script element with all runs of [comparison] that were not skipped.
void lab_export_put_record(struct lab_text *out,
                           const struct lab_comparison *comparison);

#endif
