// printed.h - what a demo prints without lab_say.
//
// printf, puts and write(1, ...) know nothing of runs. Their output would
// appear after the table, inside JSON or in the middle of the edited line, and
// be missing from records and lessons. So it is captured: each line is said by
// the task or worker that prints it, as if by lab_say. A last line without a
// newline is said when the task or job ends.
//
//     captured      all of stdio on stdout and stderr, assert, write(2)
//     not captured  dprintf, writev and other system calls; processes and
//                   threads that the demo starts itself

#ifndef LAB_CORE_PRINTED_H
#define LAB_CORE_PRINTED_H

// From here on, output of runs with [captures_output] is captured. Other output
// is written as before.
void lab_printed_init(void);

// Ends that.
void lab_printed_term(void);

#endif
