// lines.h - lines from a file or pipe, or a terminal that cannot edit.
//
// Use:
//     lab_lines *lines;
//     LAB_TRY(lab_lines_open(&lines, 0));
//     while ((rc = lab_lines_read(lines, &line)) >= 0)
//         ...
//     lab_lines_close(lines);

#ifndef LAB_SHELL_LINES_H
#define LAB_SHELL_LINES_H

#include "base/error.h"
#include "base/text.h"
#include "base/time.h"

typedef struct lab_lines lab_lines;

// Opens the pipe, file, terminal or socket that [fd] is, for reading.
//
// Owns:   [fd] stays yours; it must stay open until lab_lines_close.
// Errors: a negative code if it is closed, or a folder.
LAB_CHECKED int lab_lines_open(lab_lines **out, int fd);

// Waits for the next line and returns its length. [line] holds it without its
// end, "\n" or "\r\n". A NUL is a byte like any other. Bytes after the
// last newline are a line, too.
//
// Errors: LAB_EOF when there is no more; LAB_ECANCELED; LAB_EMSGSIZE for a
//         line of more than a megabyte; a negative code if reading fails.
LAB_CHECKED int lab_lines_read(lab_lines *lines, struct lab_text *line);

// Does more follow without a pause? Waits for [pause] at most.
bool lab_lines_flow(lab_lines *lines, lab_time pause);

// Frees [lines]; what it has read ahead is gone.
void lab_lines_close(lab_lines *lines);

#endif
