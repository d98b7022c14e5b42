// export.h - a comparison as a file for other programs.
//
// An export is a view that is written to a file, not to a terminal. Each is a
// file (export_NAME.c) and a row of the table below. Each gives the same bytes
// on every machine, at any width, with or without colours; some show the part
// of the run that is asked for. Names and lines come from anywhere, so use the
// functions of export_text.h to write them: these know what may stand there.

#ifndef LAB_VIEW_EXPORT_H
#define LAB_VIEW_EXPORT_H

#include "view/view.h"

struct lab_export {
    const char *name;
    const char *text; // what it is good for, in a few words
    lab_view_fn *render;
    bool chooses; // shows the time and the lanes that the style asks for
};

// The formats there are, ended by a NULL name.
extern const struct lab_export lab_exports[];

// X(name, text, chooses): an export is a row here and a function,
// lab_export_NAME, in export_NAME.c.
#define LAB_EXPORTS(X)                                                         \
    X(svg, "a picture for a README, light and dark", true)                     \
    X(html, "a page to zoom and to step through", false)                       \
    X(trace, "for ui.perfetto.dev and chrome://tracing", false)                \
    X(cast, "what run and timeline print, for asciinema", false)               \
    X(mermaid, "Markdown with sequence diagrams", false)

#define X(name, text, chooses) lab_view_fn lab_export_##name;
LAB_EXPORTS(X)
#undef X

// Finds the format called [name].
//
// Errors: NULL, with one sentence in [error] that lists them.
const struct lab_export *lab_export_find(const char *name,
                                         struct lab_text *error);

#endif
