// variables.h - the variables of a loaded demo, kept as they were at first.
//
// A run must not find what another one left in a demo's variables. Each run
// has a copy of the demo that is loaded for it alone, and before it begins
// all variables of that copy are put back. They are put back where they were:
// some of them point at others.

#ifndef LAB_DEMO_VARIABLES_H
#define LAB_DEMO_VARIABLES_H

struct lab_variables;

// Keeps the present values of all variables of the shared object that contains
// [address], thread-local ones included.
//
// Owns: yours, until lab_variables_free.
struct lab_variables *lab_variables_keep(const void *address);

// Sets every variable to what was kept; thread-local ones only for the calling
// thread. No code of the object may run meanwhile.
void lab_variables_restore(struct lab_variables *variables);

// Frees what was kept. NULL is fine.
void lab_variables_free(struct lab_variables *variables);

#endif
