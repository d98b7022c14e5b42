// lesson.h - Markdown that runs.
//
// A lesson is lessons/NN_name.md, with the number and name of its demo. Three
// kinds of fenced block in it are not prose but results, and are kept true:
//
//     ```looplab                       commands, each with its real output
//     looplab> run 3
//     ...
//     ```
//
//     ```c together                    a function of the lesson's demo,
//     static int together(void) {      or a table or struct of it, quoted
//     ...                              by name with the comment above it
//     ```
//
//     ```python 03_x.py                a program, which is the file of that
//     import asyncio                   name beside the lesson; it is followed
//     ...                              by what it prints, ```output or
//     ```                              ```measured
//
// Each is a fence by the rules of CommonMark, also inside quotes and lists. A
// block holds several commands; what is between two is the output of the first.
// Spaces at the ends of output lines are left out, since editors remove them.
//
// Two more are for a class: a ```predict block holds questions, a line each,
// which the record answers, and a ```note block is for the teacher. The number
// of blocks in "<!-- plan: 12 minutes, 9 blocks -->" is kept true, too.
//
// `make real` runs programs. All other blocks (```c without a name, ```sh) are
// prose. A misspelt word after a fence is an error.

#ifndef LAB_LESSON_LESSON_H
#define LAB_LESSON_LESSON_H

#include "base/text.h"
#include "lesson/markdown.h"

#include <stdbool.h>
#include <stddef.h>

// What a lesson needs from above it.
struct lab_lesson_host {
    // Runs one command line as the prompt would, under the virtual clock, 80
    // columns, no colour, and appends what it prints to [out]. Waits. Returns
    // false, with a sentence in [error], for a command that does not exist or
    // is not understood.
    bool (*run)(void *context, const char *command, struct lab_text *out,
                struct lab_text *error);
    // Can the questions of [fence] be answered by runs of the lesson's demo?
    // Waits. If not, returns false with a sentence in [error] about the line
    // of the file in [line]. NULL: nobody asks.
    bool (*can_ask)(void *context, const struct lab_markdown *doc,
                    const struct lab_fence *fence, size_t *line,
                    struct lab_text *error);
    // Is what [command] needs there? If not, its block is left as it is.
    // NULL: it always is.
    bool (*can_run)(void *context, const char *command);
    void *context;
    // The C text of the lesson's demo, to quote from. NULL if there is none,
    // and then [no_source] may say why not, as one sentence.
    const char *source;
    const char *no_source;
    bool has_form; // it must have the parts that form.h lists
};

// Brings the text of a lesson up to date: [fresh] is [text] with every output
// and every quotation replaced by what is true now, and nothing else changed.
// Waits (it runs the commands).
//
// [path] is the lesson's file, for messages; [text] has [length] bytes, NULs
// included.
//
// A block whose new content would close its fence gets a longer one.
//
// Errors: false, with one sentence a line in [error], each beginning with
//         path:line: an unknown command, a missing function, an unclosed
//         fence, text before the first command of a block, a block marked
//         "loopalb", a part that is missing. [fresh] is then useless.
bool lab_lesson_refresh(const char *path, const char *text, size_t length,
                        const struct lab_lesson_host *host,
                        struct lab_text *fresh, struct lab_text *error);

// What lab_lesson_check and lab_lesson_write say of a file.
enum lab_lesson_state {
    LAB_LESSON_FRESH, // as it should be
    LAB_LESSON_STALE, // check: the outputs differ; a diff was written
    LAB_LESSON_WRITTEN,
    LAB_LESSON_WRONG, // a sentence was written to [error]
    LAB_LESSON_LOST,  // write: likewise; the new text could not be written
};

// Compares the lesson at [path] with what it should be and appends a unified
// diff to [diff] where they differ. Waits.
enum lab_lesson_state lab_lesson_check(const char *path,
                                       const struct lab_lesson_host *host,
                                       struct lab_text *diff,
                                       struct lab_text *error);

// Rewrites the outputs in the lesson at [path] and only them. The new file
// takes the place of the old in one step, or not at all; a file that is fresh
// is not touched. Waits.
enum lab_lesson_state lab_lesson_write(const char *path,
                                       const struct lab_lesson_host *host,
                                       struct lab_text *error);

#endif
