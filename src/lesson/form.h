// form.h - what every lesson has, in the same order.
//
//     # 03 gather: the question in a few words     and what the variants are
//     <!-- plan: 12 minutes, 9 blocks -->
//     ## Predict               what to write down, and ```predict; no run
//     ## Run                   ```looplab
//     ## Why                   ```c NAME
//     ## The same in asyncio   ```python NN_name.py, and what it prints
//     ## Try
//     ## What not to conclude
//
// A program in Python is a file beside the lesson, which a learner can run. It
// is followed by what it prints: the next block is ```output, or ```measured
// where figures vary.

#ifndef LAB_LESSON_FORM_H
#define LAB_LESSON_FORM_H

#include "base/text.h"
#include "lesson/markdown.h"

#include <stdbool.h>

// Does [doc] have the form? If not, appends one sentence a line to [error],
// each beginning with path:line.
bool lab_form_check(const char *path, const struct lab_markdown *doc,
                    struct lab_text *error);

#endif
