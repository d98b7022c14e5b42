// pen.h - where on the screen does the edited line put the cursor?
//
// libedit knows, but does not tell. So we draw the prompt and the line with a
// pen that leaves no trace, by libedit's own rules (refresh.c, re_putc and
// re_addc): then we know how many rows to go up to print above the line.

#ifndef LAB_SHELL_PEN_H
#define LAB_SHELL_PEN_H

#include <stddef.h>
#include <wchar.h>

// Counted from the first cell of the prompt.
struct lab_pen {
    int column, row;
    int columns; // of the screen
};

// Encloses what takes no room in a prompt, as libedit's EL_PROMPT_ESC wants.
#define LAB_PEN_LITERAL L'\1'

// Returns [prompt] as libedit needs it: wide, escape sequences enclosed in
// LAB_PEN_LITERAL. libedit shows an enclosed sequence together with the next
// visible character and loses one that has none, so a last one moves before
// the last character: end a coloured prompt with a space. Control characters
// are dropped.
//
// Owns: yours, until lab_free.
wchar_t *lab_pen_prompt(const char *prompt);

// Finds, on a screen of [columns], where the cursor is ([at]) and where the
// line ends ([end]) when [prompt], as from lab_pen_prompt, and [length]
// characters of [line] are drawn and the cursor is before line[cursor].
void lab_pen_place(int columns, const wchar_t *prompt, const wchar_t *line,
                   size_t length, size_t cursor, struct lab_pen *at,
                   struct lab_pen *end);

#endif
