// scan.h - what one line of Markdown may begin with.
//
// Each function looks at [at], up to [end], which is the end of the line
// without its line break, and says how much of it is the thing asked for; 0 if
// it is not there. All of it is ASCII and the same in every locale.

#ifndef LAB_LESSON_SCAN_H
#define LAB_LESSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

static inline bool lab_scan_is_space(char c) {
    return c == ' ' || c == '\t';
}

static inline bool lab_scan_is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline bool lab_scan_is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// May [c] stand in a C identifier? Not at its beginning, if it is a digit.
static inline bool lab_scan_is_word(char c) {
    return lab_scan_is_letter(c) || lab_scan_is_digit(c) || c == '_';
}

// Is only white space left?
bool lab_scan_is_blank(const char *at, const char *end);

// Finds the end of the line that begins at [at] in a text that ends at [end];
// the next line begins at [*next]. "\n", "\r\n" and "\r" all end a line.
const char *lab_scan_line(const char *at, const char *end, const char **next);

// The run of ` or ~ that opens a fence.
size_t lab_scan_fence(const char *at, const char *end);

// The run of [mark] that closes a fence; the caller compares lengths.
size_t lab_scan_fence_end(const char *at, const char *end, char mark);

// Is this a heading ("## ..."), the underline that makes the paragraph above
// one ("===", "---"), or a rule ("* * *")?
bool lab_scan_is_heading(const char *at, const char *end);
bool lab_scan_is_underline(const char *at, const char *end);
bool lab_scan_is_rule(const char *at, const char *end);

// A comment, "<!-- ... -->", which may end on a later line: here [end] is the
// end of the text. One that never ends is none.
size_t lab_scan_comment(const char *at, const char *end);

// The marker of a list item: "-", "12.". One that would cut a paragraph in
// two [interrupts] it only if something follows and its number is 1.
size_t lab_scan_marker(const char *at, const char *end, bool interrupts);

#endif
