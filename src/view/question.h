// question.h - answers about one moment of a run, read from its state.
//
// Each appends whole lines, none wider than style->width.

#ifndef LAB_VIEW_QUESTION_H
#define LAB_VIEW_QUESTION_H

#include "record/state.h"
#include "view/view.h"

// A run at one moment.
struct lab_snapshot {
    const struct lab_state *state;
    const char *source; // the demo's C, or NULL
    // For panels only: what it is a moment of.
    const struct lab_comparison *comparison;
    const struct lab_run *run;
    bool live;                     // it is still running
    struct lab_panel_lanes *lanes; // kept between screens; NULL: they are not
};

typedef void lab_question_fn(struct lab_text *out,
                             const struct lab_style *style,
                             const struct lab_snapshot *snapshot);

// ps lists live tasks, a line for each, with what it waits for; alive says what
// keeps the loop running.
lab_question_fn lab_question_ps, lab_question_alive;

// As ps, but lists no more of them than [rows] rows have room for, one at
// least.
void lab_question_tasks(struct lab_text *out, const struct lab_style *style,
                        const struct lab_snapshot *snapshot, size_t rows);

// Why [task], which exists, does not run: the chain of waits, step by step down
// to a timer, a queue, a worker or the world; or the circle that they form.
void lab_question_why(struct lab_text *out, const struct lab_style *style,
                      const struct lab_snapshot *snapshot, uint32_t task);

// Appends why a run that is stuck at this moment cannot continue, as a
// sentence: the circle that its waits form, or which tasks wait for what
// nothing is left to do.
void lab_question_stuck(struct lab_text *out,
                        const struct lab_snapshot *snapshot);

// Returns the number of the task whose name in pictures is [word], with a
// number where names repeat; 0 if [record] has none.
uint32_t lab_question_named(const struct lab_record *record, const char *word);

// Returns the number of the task that [word] means: "t3", "3", its name in
// pictures, or a name that several share (then the first live one); 0 if there
// is none.
uint32_t lab_question_task(const struct lab_state *state, const char *word);

#endif
