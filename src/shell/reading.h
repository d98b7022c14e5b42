// reading.h - a lesson, read part by part at the prompt.
//
// A part is shown as far as the screen has room. What Enter does next is said
// below it:
//
//     more of the page > the next command of the part > the next part
//
// A command is run then and there, under the virtual clock as the lesson's own
// output was made, and what it prints is shown page by page, too. So is the
// prose after it. The next session continues where this one
// ended.

#ifndef LAB_SHELL_READING_H
#define LAB_SHELL_READING_H

#include "shell/command.h"

// Begins to read the lesson of [file] at [part], from 1; at the part that was
// read last if it is 0. Returns an exit status, after complaining if it is not
// 0.
int lab_reading_begin(struct lab_call *call, struct lab_demo_file *file,
                      size_t part);

// Continues where a lesson was left in this session or an earlier one; begins
// the first lesson if there was none. Returns an exit status, as above.
int lab_reading_continue(struct lab_call *call);

// Does what Enter does, or shows the part before this one. Waits for the
// command that it runs. Return an exit status, as above.
int lab_reading_next(struct lab_call *call);
int lab_reading_back(struct lab_call *call);

// Runs [line] as a lesson does, under [clock]. A clock that it chooses stays
// chosen. Waits.
void lab_reading_call(struct lab_shell *shell, const char *line,
                      struct lab_clock clock);

// Closes the lesson that is being read, and says so. Returns false if there is
// none, or a command of it runs.
bool lab_reading_leave(struct lab_shell *shell);

// The number of the lesson that is being read, for a sentence that needs a demo
// as its example; 3 if there is none.
int lab_reading_example(const struct lab_shell *shell);

// Closes the lesson that is being read, if there is one.
void lab_reading_end(struct lab_shell *shell);

#endif
