// index.h - what the demos of a folder ask, without opening them.
//
// The index is a file in the folder, which make writes after the demos: a line
// of JSON for each, as list --json prints it. A line counts as long as its demo
// is a file of the same size and time, the table is laid out as ours is, and
// the libraries that only the demo needs are there. Of any other, the question
// is learned by loading it: so an index may be old, or absent.

#ifndef LAB_DEMO_INDEX_H
#define LAB_DEMO_INDEX_H

#include "base/text.h"
#include "demo/load.h"

#include <stdbool.h>

#define LAB_INDEX_FILE "index.jsonl"

// Appends the line of [file], which is loaded for it: no line speaks for
// another. A demo that is skipped has one that says so.
//
// Errors: false, with one sentence in [error] and no line: it is no demo.
bool lab_index_put(struct lab_text *out, struct lab_demo_file *file,
                   struct lab_text *error);

// Reads the index of the folder that [demos] are in, for lab_demos_asks. What
// an earlier call has found is forgotten.
void lab_index_read(struct lab_demos *demos);

#endif
