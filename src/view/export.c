#include "view/export.h"

#include "base/nearest.h"

#include <string.h>

const struct lab_export lab_exports[] = {
#define X(name, text, chooses) {#name, text, lab_export_##name, chooses},
    LAB_EXPORTS(X)
#undef X
        {0},
};

const struct lab_export *lab_export_find(const char *name,
                                         struct lab_text *error) {
    const char *best = NULL;
    for (size_t i = 0; lab_exports[i].name; i++) {
        if (strcmp(lab_exports[i].name, name) == 0)
            return &lab_exports[i];
        lab_nearest(name, lab_exports[i].name, &best);
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
