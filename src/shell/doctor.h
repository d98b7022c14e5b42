// doctor.h - is all there that looplab needs of the machine?
//
// Use:
//     struct lab_checkup of = {0};
//     for (size_t i = 0; lab_doctor_check(shell, i, &of); i++)
//         ... of.name, of.is, of.fix ...
//     lab_checkup_free(&of);

#ifndef LAB_SHELL_DOCTOR_H
#define LAB_SHELL_DOCTOR_H

#include "base/text.h"
#include "shell/shell.h"

// What was found out about one thing. Zeroed is nothing.
struct lab_checkup {
    const char *name;    // of the thing: "compiler"
    struct lab_text is;  // what is there: "cc (Debian) 12.2.0"
    struct lab_text fix; // what to do; empty if all is well
};

// Looks at thing [index], and puts what it finds into [of]. The home folder is
// written "~". False beyond the last. Waits: for the compiler and for Python.
bool lab_doctor_check(struct lab_shell *shell, size_t index,
                      struct lab_checkup *of);

// Frees what [of] has.
void lab_checkup_free(struct lab_checkup *of);

#endif
