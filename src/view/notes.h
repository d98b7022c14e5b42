// notes.h - what looplab has to say about a program, below its results.

#ifndef LAB_VIEW_NOTES_H
#define LAB_VIEW_NOTES_H

#include "view/view.h"

// Appends a line for each note of each run: "main: the coroutine greet was
// never awaited (line 26)". Nothing if there are none.
lab_view_fn lab_notes_put;

#endif
