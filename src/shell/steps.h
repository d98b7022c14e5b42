// steps.h - several values of a parameter, as they are typed.
//
//     1..8            each whole number
//     0..1000..250    from, to, and the step
//     100ms..1s       times; a unit counts for those without one
//     1,2,4           these

#ifndef LAB_SHELL_STEPS_H
#define LAB_SHELL_STEPS_H

#include "base/text.h"

#include <stdbool.h>

enum { LAB_STEPS_MOST = 64 };

struct lab_steps {
    char *values[LAB_STEPS_MOST]; // owned: "250ms"
    size_t count;
};

// Reads [text] into [steps].
//
// Owns:   yours, until lab_steps_free, also after an error.
// Errors: false, with one sentence in [error].
bool lab_steps_read(struct lab_steps *steps, const char *text,
                    struct lab_text *error);
void lab_steps_free(struct lab_steps *steps);

#endif
