// symbol.h - which function an address lies in.
//
// The linker tells the names of exported functions alone, and in a demo almost
// all are static. Their names are in the file's own table of symbols, which is
// read here: nothing is kept, and nothing needs to be there before it is asked.

#ifndef LAB_CORE_SYMBOL_H
#define LAB_CORE_SYMBOL_H

#include <stddef.h>

// Writes the name of the function that has [address], in the program or in a
// demo, to [name] of [size] bytes; "" if it is not known. Safe in a signal
// handler.
void lab_symbol_name(const void *address, char *name, size_t size);

// Where the code stood that a signal interrupted; [context] is what its handler
// was given. NULL on a machine that we do not know.
const void *lab_symbol_interrupted(void *context);

#endif
