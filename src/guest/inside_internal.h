// inside_internal.h - parts of inside.c, private to src/guest.

#ifndef LAB_GUEST_INSIDE_INTERNAL_H
#define LAB_GUEST_INSIDE_INTERNAL_H

#include "demo/grade.h"

// Grades variant [variant] of settings->demo, and writes what comes out into
// the descriptor [record]. Waits.
void lab_inside_grade(struct lab_grade *grade,
                      const struct lab_settings *settings, size_t variant,
                      int record);

#endif
