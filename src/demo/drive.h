// drive.h - a variant whose order somebody chooses, to reach a goal.
//
// Use:
//     struct lab_drive drive;
//     lab_drive_begin(&drive, &settings);
//     if (lab_drive_fit(&drive, kept, LAB_DRIVE_ANY, &watch))
//         ... drive.goal, drive.ways[drive.goal].least ...
//     lab_drive_run(&drive, "0,1", &comparison);
//     ... lab_drive_wins(drive.goal, comparison.runs[0]) ...
//     lab_drive_end(&drive);
//
// A run is its script of choices, so going back is running a shorter script.
// What is right is what the variant is meant to come to, or else its claims,
// in every order; also those that are about first in, first out alone, since
// the goal may be to break just them.

#ifndef LAB_DEMO_DRIVE_H
#define LAB_DEMO_DRIVE_H

#include "demo/drive_goal.h"
#include "demo/grade.h"
#include "demo/result.h"

// How long to try.
struct lab_drive_watch {
    // Called after each order; returns false to stop. May wait.
    bool (*tick)(void *arg, size_t tried);
    void *arg;
    bool stopped; // out: by the tick, or from the terminal
};

enum { LAB_DRIVE_CLAIMS = 32 };

struct lab_drive {
    struct lab_settings settings; // with which it is driven
    // A program of one's own instead, as it is typed with its values: "my.c
    // n=3". NULL: a demo.
    const char *program;
    size_t variant;
    enum lab_drive_goal goal;
    // Of all orders:
    size_t tried;
    bool truncated, shallow; // there are more
    struct lab_drive_way ways[LAB_DRIVE_GOALS];
    // Which claims of the variant some order breaks; and its law.
    bool breaks[LAB_DRIVE_CLAIMS], breaks_law;
    // Which parameters were chosen here, as they make the goal possible.
    bool chosen[LAB_DEMO_PARAMS];
    // drive.c's own.
    struct lab_demo rules; // the demo, but for what is claimed
};

// Begins to drive variant [variant] with [settings].
//
// Owns: until lab_drive_end. It must not be moved, and borrows the demo.
void lab_drive_begin(struct lab_drive *drive,
                     const struct lab_settings *settings, size_t variant);
void lab_drive_end(struct lab_drive *drive);

// Finds parameters with which [goal] can be reached by some orders and missed
// by others, and few enough that all orders can be tried. [kept] says which
// parameters stay as they are. Of the others, counts may become 2, then times
// 0, so that many things happen at one time. Waits if the tick does.
//
// Returns false if there are none: the drive is then with the settings as they
// were, and knows their first orders.
bool lab_drive_fit(struct lab_drive *drive, const bool *kept,
                   enum lab_drive_goal goal, struct lab_drive_watch *watch);

// Tries more orders, with the settings as they are. Returns whether some reach
// [goal] and others do not.
bool lab_drive_try(struct lab_drive *drive, enum lab_drive_goal goal,
                   struct lab_drive_watch *watch);

// What [claim] says of every order; NULL: nothing. Borrowed from it.
const char *lab_drive_claim(const char *claim);

// Has it several orders, all right or all wrong? They can be driven all the
// same, without a goal: LAB_DRIVE_ANY.
bool lab_drive_is_free(const struct lab_drive *drive);

// Takes what came of all orders of a program, which was graded elsewhere by
// claims of every order. Returns whether some reach [goal] and others do not.
//
// Owns: [drive] is zeroed but for its program, and yours until lab_drive_end.
bool lab_drive_take(struct lab_drive *drive, const struct lab_grade *grade,
                    enum lab_drive_goal goal);

// Runs it in the order of [script], first in, first out after its end, into
// [comparison], which is zeroed. Waits.
//
// Owns: [comparison] is yours, for lab_comparison_free.
void lab_drive_run(const struct lab_drive *drive, const char *script,
                   struct lab_comparison *comparison);

// Has [run], the only one of [comparison], reached [goal]?
bool lab_drive_wins(enum lab_drive_goal goal,
                    const struct lab_comparison *comparison);

#endif
