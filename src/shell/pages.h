// pages.h - an answer that is longer than the screen, shown page by page.
//
// Use:
//     lab_pages_put(shell, &text);    what a command answers
//     lab_pages_show(shell);          when it has ended
//
// At a prompt on a terminal the first page is shown at once, and each empty
// line shows the next one. Any other line drops the rest. Everywhere else the
// whole is printed. What a run says while it runs is not paged.

#ifndef LAB_SHELL_PAGES_H
#define LAB_SHELL_PAGES_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct lab_shell;

// The answer of the command that ran last.
struct lab_pages {
    struct lab_text text; // that is not shown yet, or page by page
    size_t shown;         // how many bytes of it have been
    size_t rows;          // of the screen that it took before
};

// Adds [text] to the answer of the command that runs; prints it where there are
// no pages.
void lab_pages_put(struct lab_shell *shell, const struct lab_text *text);

// The same of a formatted string.
__attribute__((format(printf, 2, 3))) void
lab_pages_printf(struct lab_shell *shell, const char *format, ...);

// Shows the answer so far, or its first page.
void lab_pages_show(struct lab_shell *shell);

// Shows the next page. Returns false if nothing is left to show.
bool lab_pages_more(struct lab_shell *shell);

// Drops what is left: another command begins.
void lab_pages_drop(struct lab_shell *shell);

// How many bytes at the beginning of [text] are a page of at most [rows] rows
// of [columns] columns, at least one line. It ends before an empty line, if
// half a page or more is above it; the end of the text ends it, too.
size_t lab_pages_take(const char *text, size_t rows, int columns);

// How many rows [text] takes on a screen of [columns]; a line without a newline
// at its end does not count.
size_t lab_pages_rows(const char *text, int columns);

#endif
