// export_text.h - words and times, as other formats want them.
//
// Every string is first masked as for a terminal: bytes that are not UTF-8,
// control characters and direction overrides appear as "\x1b" in every format.

#ifndef LAB_VIEW_EXPORT_TEXT_H
#define LAB_VIEW_EXPORT_TEXT_H

#include "base/text.h"
#include "base/time.h"
#include "record/run.h"

// Appends [string], cut to [columns] columns.
void lab_export_put_cut(struct lab_text *out, const char *string, int columns);

// The same as text or attribute of XML and HTML.
void lab_export_put_xml(struct lab_text *out, const char *string, int columns);

// The same, quoted for JSON that may stand in a script of a page: nothing in it
// ends the script, or a line of it.
void lab_export_put_json(struct lab_text *out, const char *string, int columns);

// Appends the bytes between two symbols: a file that is in the program. They
// are parameters so that the compiler does not take them for two arrays.
void lab_export_put_file(struct lab_text *out, const char *start,
                         const char *end);

// Appends "03 sequential_gather", and its parameters and clock.
void lab_export_put_title(struct lab_text *out,
                          const struct lab_comparison *comparison);
void lab_export_put_setting(struct lab_text *out,
                            const struct lab_comparison *comparison);

// Appends how [run] goes about it; or why it failed, if it did.
void lab_export_put_about(struct lab_text *out, const struct lab_run *run);

#endif
