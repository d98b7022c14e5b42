// say.h - what a task reports: a line, a mark in time, or a count.

#ifndef LAB_CORE_SAY_H
#define LAB_CORE_SAY_H

// Prints one line, formatted, with the run's time before it. Callable from
// tasks and workers. Control characters are made visible.
__attribute__((format(printf, 1, 2))) void lab_say(const char *format, ...);
#define lab_say LAB_COVER(lab_say)

// Notes in the record that [name] happened now. A comparison measures the
// longest time between marks of one name.
void lab_mark(const char *name);
#define lab_mark LAB_COVER(lab_mark)

// Changes the gauge called [name] by [delta]: how many are inside, how many are
// open. A gauge begins at 0. Claims can name its peak, its least and its last
// value, and a timeline draws it.
void lab_count(const char *name, int delta);
#define lab_count LAB_COVER(lab_count)

#endif
