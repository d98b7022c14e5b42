// window.h - the part of a run that is looked at: a stretch of its time, and
// lanes with certain names; and what is said about the rest.

#ifndef LAB_VIEW_WINDOW_H
#define LAB_VIEW_WINDOW_H

#include "record/lanes.h"
#include "view/view.h"

struct lab_window {
    lab_time from, to;
};

// The stretch of a run that ends at [end] which [style] asks for.
struct lab_window lab_window_of(const struct lab_style *style, lab_time end);

// Is any of the time between these two inside [window]?
bool lab_window_meets(const struct lab_window *window, lab_time from,
                      lab_time to);

// Is there something of what [style] asks for in [comparison]: each lane that
// it names in some run, and some time of some run?
//
// Errors: false, with one sentence in [error] that says what there is.
bool lab_window_check(const struct lab_style *style,
                      const struct lab_comparison *comparison,
                      struct lab_text *error);

// Does [style] ask for [lane]: by its name, by its name in the record, or by
// its number, as in "t3"? "all" asks for all. If it asks for none, those of
// libraries are folded, and all others are shown. [lane] may be NULL.
bool lab_window_names(const struct lab_style *style,
                      const struct lab_lane *lane);

// How many tasks of [lanes] are folded; the words for [count] of them, nothing
// for 0; and a line with these words.
size_t lab_window_folded(const struct lab_style *style,
                         const struct lab_lanes *lanes);
void lab_window_say_folded(struct lab_text *out, size_t count);
void lab_window_put_folded(struct lab_text *out, const struct lab_style *style,
                           const struct lab_lanes *lanes);

// Appends which variant [run] is of, what it took and how it goes about it, in
// one line; below, why it failed if it did.
void lab_window_head(struct lab_text *out, const struct lab_style *style,
                     const struct lab_run *run);

// Ends a line that takes up to [used] columns with how a run goes about it,
// which may be NULL; below if there is no room.
void lab_window_text(struct lab_text *out, const struct lab_style *style,
                     int used, const char *text);

// Appends a line that says how many more [things] there are than the [most]
// that are shown, if there are.
void lab_window_more(struct lab_text *out, const struct lab_style *style,
                     size_t count, size_t most, const char *things);

// Appends a line if the record does not hold all events of the run.
void lab_window_left_out(struct lab_text *out, const struct lab_style *style,
                         const struct lab_record *record);

// One run as it is looked at.
struct lab_run_view {
    struct lab_text *out;
    const struct lab_style *style;
    const struct lab_record *record;
    struct lab_lanes lanes;
    struct lab_window window;
};

// Appends what [fn] shows of each run, under its heading and with an empty line
// between two. One that was skipped has its heading alone, which says why.
typedef void lab_run_view_fn(struct lab_run_view *view, void *arg);
void lab_window_each(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style, lab_run_view_fn *fn,
                     void *arg);

#endif
