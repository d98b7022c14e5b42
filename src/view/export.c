#include "view/export.h"

#include <string.h>

const struct lab_export lab_exports[] = {
    {"svg", "a picture for a README, light and dark", lab_export_svg,
     .chooses = true},
    {"html", "a page to zoom and to step through", lab_export_html},
    {"trace", "for ui.perfetto.dev and chrome://tracing", lab_export_trace},
    {"cast", "what run prints, for asciinema play", lab_export_cast},
    {"mermaid", "Markdown with sequence diagrams", lab_export_mermaid},
    {0},
};

const struct lab_export *lab_export_find(const char *name,
                                         struct lab_text *error) {
    const char *best = NULL;
    for (size_t i = 0; lab_exports[i].name; i++) {
        if (strcmp(lab_exports[i].name, name) == 0)
            return &lab_exports[i];
        lab_text_nearest(name, lab_exports[i].name, &best);
    }
    lab_text_put(error, "no format ");
    lab_text_quote(error, name, strlen(name));
    if (best)
        lab_text_printf(error, "; did you mean %s?", best);
    else
        lab_text_put(error, "; there are");
    for (size_t i = 0; !best && lab_exports[i].name; i++)
        lab_text_printf(error, "%s %s", i ? "," : "", lab_exports[i].name);
    return NULL;
}
