// pages.h - how much of a text a screen has room for.

#ifndef LAB_SHELL_PAGES_H
#define LAB_SHELL_PAGES_H

#include <stddef.h>

// How many bytes at the beginning of [text] are a page of at most [lines]
// lines, at least 1. It ends before an empty line, if half a page or more
// is above it; the end of the text ends it, too.
size_t lab_pages_take(const char *text, size_t lines);

// How many newlines are in [text].
size_t lab_pages_lines(const char *text);

#endif
