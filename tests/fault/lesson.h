// lesson.h - a lesson that is out of date, in a scene's folder: after each
// play it is as it was or as it should be, and nothing between or beside.

#ifndef LAB_FAULT_LESSON_H
#define LAB_FAULT_LESSON_H

#include "play.h"

// Writes lesson.md.
void lesson_before(const char *folder);

// Is it old or new? New, if the program said that all went well: the first
// time that tells what new is. Nothing else is in the folder, unless one fault
// followed another so that what failed could not be cleaned up either.
bool lesson_after(const struct play *play);

#endif
