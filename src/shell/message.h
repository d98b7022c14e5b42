// message.h - what a compiler, Python or a program says, on lines that fit.
//
// A terminal would break them within words. So long lines are broken between
// words, with their indentation; but a line of code with a marker below is cut,
// so that the marker stays where it points:
//
//        2 | …return lab_sleeep(30 * LAB_MS) + undefined_variable; }
//          |         ^~~~~~~~~~
//
// In a pipe all is as it was said.

#ifndef LAB_SHELL_MESSAGE_H
#define LAB_SHELL_MESSAGE_H

#include "shell/command.h"

// A zeroed one is at a line's beginning.
struct lab_message {
    struct lab_text code; // a line of code that waits for its marker
    bool is_frame;        // the next line is one: the last was `File "my.py"`
};

// Prints [n] bytes of it, as they come. The next one continues it.
void lab_message_put(struct lab_message *message, const struct lab_call *call,
                     const char *bytes, size_t n);

// Prints what waits, and frees it.
void lab_message_end(struct lab_message *message, const struct lab_call *call);

// Both, for [n] bytes that are all.
void lab_message_say(const struct lab_call *call, const char *bytes, size_t n);

#endif
