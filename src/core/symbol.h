// symbol.h - which function an address lies in.
//
// The linker knows only the names of exported functions, and in a demo almost
// all are static. Their names are in the file's own table of symbols, which is
// read here for each question.

#ifndef LAB_CORE_SYMBOL_H
#define LAB_CORE_SYMBOL_H

#include <stddef.h>

// Writes the name of the function that has [address], in the program or in a
// demo, to [name] of [size] bytes; "" if it is not known. Safe in a signal
// handler.
void lab_symbol_name(const void *address, char *name, size_t size);

// The address of the code that a signal interrupted; [context] is from its
// handler. NULL on an unknown kind of machine.
const void *lab_symbol_interrupted(void *context);

#endif
