// place.h - how far each lesson has been read, in a file.
//
// It holds a line for each lesson, its name and the part: "02_sleep_timer 3".
// The one read last is the last.

#ifndef LAB_SHELL_PLACE_H
#define LAB_SHELL_PLACE_H

#include "base/error.h"
#include "base/text.h"

#include <stddef.h>

// The part of [lesson] that was read last, from 1; 0 if none is known.
size_t lab_place_find(const char *path, const char *lesson);

// Appends to [lesson] which one was read last; nothing if none is known.
void lab_place_last(const char *path, struct lab_text *lesson);

// Notes that [part] of [lesson] is being read. The folder is made if need be.
//
// Errors: a negative code, and the file is as it was.
LAB_CHECKED int lab_place_save(const char *path, const char *lesson,
                               size_t part);

#endif
