// picture.h - what a test shows, kept in a file that a reviewer reads.
//
// Use:
//     TEST(a_bar_is_as_long_as_its_time) {
//         ...
//         picture_show("in ASCII", lab_text_string(&out));
//     }
//
// The pictures of that test are in tests/view/pictures, in a file with the name
// of the test. `make golden` writes these files again. When a test ends, its
// file must hold what the test has shown, and no more: if not, the test fails
// and a diff says how they differ.

#ifndef LAB_TESTS_PICTURE_H
#define LAB_TESTS_PICTURE_H

#include "base/text.h"

#include <stdbool.h>

// Adds [text] to the pictures of the running test. [title] stands above it; a
// test with one picture needs none, and says "".
void picture_show(const char *title, const char *text);

// Does the file at [path] hold [text]? Prints a diff if not. Where golden files
// are written, writes it instead; without text there is no file.
bool picture_same(const char *path, const struct lab_text *text);

// Are golden files written, not compared?
bool picture_is_written(void);

// For main.c: compares what the test [name] has shown with its file.
bool picture_end(const char *name);

#endif
