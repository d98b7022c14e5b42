// stale_internal.h - is what is loaded as new as its file and its C?; private
// to src/demo.

#ifndef LAB_DEMO_STALE_INTERNAL_H
#define LAB_DEMO_STALE_INTERNAL_H

#include "demo/load.h"

// Notes of [file], which was just loaded, when its C was written.
void lab_stale_note(struct lab_demo_file *file);

#endif
