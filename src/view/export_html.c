#include "view/export.h"
void lab_export_html(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    (void)out;
    (void)comparison;
    (void)style;
}
