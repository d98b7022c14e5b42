// text.h - a string that grows, and what terminals and typing errors need.
//
// Use:
//     struct lab_text line = {0};
//     lab_text_printf(&line, "%d tasks", count);
//     puts(lab_text_string(&line));
//     lab_text_free(&line);
//
// Text is UTF-8. Columns are what a terminal shows it in: 2 for a wide
// character, 0 for a combining one, never the number of bytes.

#ifndef LAB_BASE_TEXT_H
#define LAB_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

// A zeroed text is an empty one.
struct lab_text {
    char *data; // NUL-terminated, or NULL while nothing was ever put
    size_t length, capacity;
    bool is_fixed; // it cannot grow, and [data] is somebody else's
};

// Makes [text] an empty one in the [size] bytes at [memory], at least 1. What
// does not fit is cut off. Such a text allocates nothing, so all that is put
// into it may be put in a signal handler.
//
// Owns: [memory] stays yours; lab_text_free leaves it alone.
void lab_text_fix(struct lab_text *text, char *memory, size_t size);

// Frees the bytes; the text is empty and usable again.
void lab_text_free(struct lab_text *text);

// Empties [text], keeping its room.
void lab_text_clear(struct lab_text *text);

// Keeps only the first [length] bytes of [text], which has at least that many.
void lab_text_cut(struct lab_text *text, size_t length);

// Removes the last character of [text], if there is one.
void lab_text_rub_out(struct lab_text *text);

// Removes the spaces at the end of [text].
void lab_text_trim(struct lab_text *text);

// The bytes as a C string, never NULL.
//
// Owns: borrowed, until the text changes.
const char *lab_text_string(const struct lab_text *text);

// Appends a string, [n] bytes, or a formatted string.
void lab_text_put(struct lab_text *text, const char *string);
void lab_text_write(struct lab_text *text, const char *bytes, size_t n);
__attribute__((format(printf, 2, 3))) void
lab_text_printf(struct lab_text *text, const char *format, ...);
__attribute__((format(printf, 2, 0))) void
lab_text_vprintf(struct lab_text *text, const char *format, va_list args);

// Returns where [n] bytes can be written at the end of [text], which is not a
// fixed one; and takes the first [n] of them as appended.
//
// Owns: borrowed, until the text changes.
char *lab_text_room(struct lab_text *text, size_t n);
void lab_text_add(struct lab_text *text, size_t n);

// Appends [glyph] (one character, or several) [times] times; none if <= 0.
void lab_text_repeat(struct lab_text *text, const char *glyph, int times);

// Appends [string] in exactly [columns] columns: padded with spaces on the
// right, or cut and ended by an ellipsis. Where [ascii] the ellipsis is "~"
// and every column of what is not ASCII is "?".
void lab_text_pad(struct lab_text *text, const char *string, int columns,
                  bool ascii);

// Is [code] a control character, or one that changes the direction or the line?
bool lab_text_harmful(unsigned code);

// Appends [n] bytes that may come from anywhere, harmless to a terminal:
// control characters, escape sequences, direction overrides and invalid UTF-8
// appear as "\x1b" or "\u202e". A newline stays if [newlines] says so; a tab
// never does, for nobody knows how wide it is.
void lab_text_mask(struct lab_text *text, const char *bytes, size_t n,
                   bool newlines);

// Appends up to 40 bytes of [bytes] in double quotes, masked, and an ellipsis
// ("...") for the rest: what was typed, for a sentence about it.
void lab_text_quote(struct lab_text *text, const char *bytes, size_t n);

// In how many of the [columns] of a screen sentences are set: all, but for a
// screen so wide that an eye would lose the line.
int lab_text_measure(int columns);

// Appends [string] with newlines in the place of spaces, so that no line has
// more than [columns]. A word that is longer has a line of its own, uncut.
void lab_text_wrap(struct lab_text *text, const char *string, int columns);

// Do the words before and after the space at [space] of [text] stay on one
// line? They do if one is a number and the other its unit, as in "0.95 s", or
// what it is the name or the count of, as in "(line 12)" and "ratio 1.00"; in
// "1 to 8"; in "clock virtual"; and before an ellipsis, as in "NAME ...".
bool lab_text_stays(const char *text, const char *space);

// How many bytes of [words], whose first one has [n], stay on one line: also
// those after it that stay with it, if all that is no more than [columns].
size_t lab_text_together(const char *words, size_t n, int columns);

// How many columns [string] takes.
int lab_text_columns(const char *string);

// Is every byte of [string] a printable character of ASCII? Then it has as many
// columns as bytes, and nothing in it needs a mask.
bool lab_text_is_plain(const char *string);

// Decodes one character of at most [n] bytes at [bytes] into [code].
// Returns its length in bytes; 0 if the bytes are no valid UTF-8.
size_t lab_text_decode(const char *bytes, size_t n, unsigned *code);

// Appends the character [code], at most 0x10FFFF, as UTF-8.
void lab_text_encode(struct lab_text *text, unsigned code);

#endif
