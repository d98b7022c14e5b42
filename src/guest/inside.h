// inside.h - looplab inside a guest's process: it loads the library that was
// made of my.c, and runs what is in it.

#ifndef LAB_GUEST_INSIDE_H
#define LAB_GUEST_INSIDE_H

#include <stdbool.h>

// Is this process one that lab_guest_start has started?
bool lab_guest_inside(int argc, char **argv);

// Runs the guest that [argv] names, and returns the exit status. Its record
// goes to descriptor 4; a refusal, too: {"refused":"..."}.
int lab_guest_inside_main(int argc, char **argv);

#endif
