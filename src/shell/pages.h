// pages.h - an answer that is longer than the screen, shown page by page.
//
// Use:
//     lab_pages_put(shell, &text);    what a command answers
//     lab_pages_pass(shell, &text);   what a run says while it runs
//     lab_pages_end(shell);           when it has ended
//
// At a prompt on a terminal the first page is shown at once, and each empty
// line shows the next one. A space takes the whole screen for it; see browse.h.
// q, or any other line, drops the rest. Everywhere else the whole is printed.
// What a run says is not paged, but it is kept, and a space shows it again.

#ifndef LAB_SHELL_PAGES_H
#define LAB_SHELL_PAGES_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct lab_shell;

// What the command that ran last has printed.
struct lab_pages {
    struct lab_text text;
    size_t shown; // how many bytes of it have been
    size_t rows;  // of the screen that these took, before there were pages
    bool paging;  // a page is shown, and the rest waits
    bool passed;  // some of it was printed without pages
};

// Adds [text] to the answer of the command that runs; prints it where there are
// no pages.
void lab_pages_put(struct lab_shell *shell, const struct lab_text *text);

// Prints [text] at once, and keeps it.
void lab_pages_pass(struct lab_shell *shell, const struct lab_text *text);

// The same as lab_pages_put of a formatted string.
__attribute__((format(printf, 2, 3))) void
lab_pages_printf(struct lab_shell *shell, const char *format, ...);

// Shows the answer so far, or its first page.
void lab_pages_show(struct lab_shell *shell);

// The same when the command has ended: says how to see what scrolled away.
void lab_pages_end(struct lab_shell *shell);

// Can the whole screen be taken for it? There is a terminal that can be drawn
// on.
bool lab_pages_browsable(const struct lab_shell *shell);

// Is there more of it than the screen shows?
bool lab_pages_overflow(const struct lab_shell *shell);

// Shows the next page. Returns false if nothing is left to show.
bool lab_pages_more(struct lab_shell *shell);

// Drops what is left of a page, and returns true; false if nothing is.
bool lab_pages_leave(struct lab_shell *shell);

// Drops what is left: another command begins.
void lab_pages_drop(struct lab_shell *shell);

// How many bytes at the beginning of [text] are a page of at most [rows] rows
// of [columns] columns, at least one line. It ends before an empty line, if
// half a page or more is above it, and no line that ends in a colon; the end
// of the text ends it, too.
size_t lab_pages_take(const char *text, size_t rows, int columns);

// How many rows [text] takes on a screen of [columns]; a line without a newline
// at its end does not count.
size_t lab_pages_rows(const char *text, int columns);

#endif
