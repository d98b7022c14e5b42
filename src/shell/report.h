// report.h - what a bug report needs, as one text to paste, without the names
// of people and of their folders.

#ifndef LAB_SHELL_REPORT_H
#define LAB_SHELL_REPORT_H

#include "shell/shell.h"

// Appends the version; what ran last, or what the record at [file] has, unless
// that is NULL: parameters, schedule, last events, and how to attach the
// record; and the machine. Waits, as lab_doctor_check does.
//
// Errors: false, with one sentence in [error]: [file] cannot be read.
bool lab_report_put(struct lab_text *out, struct lab_shell *shell,
                    const struct lab_style *style, const char *file,
                    struct lab_text *error);

#endif
