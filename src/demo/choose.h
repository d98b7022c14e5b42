// choose.h - which variants of a demo are meant.

#ifndef LAB_DEMO_CHOOSE_H
#define LAB_DEMO_CHOOSE_H

#include "base/text.h"
#include "demo/demo.h"

#include <stdbool.h>

// Sets in [variants] the one of [demo] that [word] means: its name, or the
// beginning of it where no other begins the same way.
//
// Errors: false, nothing set, with one sentence in [error]: what was perhaps
//         meant, or which there are.
bool lab_choose_variant(const struct lab_demo *demo, const char *word,
                        bool *variants, struct lab_text *error);

// Finds the only one in [variants]; where none is set, the only one of [demo].
//
// Errors: false, with one sentence in [error] that lists what there is.
bool lab_choose_only(const struct lab_demo *demo, const bool *variants,
                     size_t *index, struct lab_text *error);

#endif
