#include "view/export_said.h"

#include "view/export_text.h"
#include "view/line.h"

void lab_export_said_heading(struct lab_text *out,
                             const struct lab_comparison *comparison,
                             const struct lab_style *style) {
    struct lab_text line = {0};
    lab_export_put_title(&line, comparison);
    if (comparison->asks)
        lab_text_printf(&line, ": %s", comparison->asks);
    lab_line_end(out, style, LAB_COLOR_HEAD, 0, &line);
    lab_export_put_setting(&line, comparison);
    lab_line_end(out, style, LAB_COLOR_DIM, 2, &line);
}

void lab_export_said_variant(struct lab_text *out, const struct lab_run *run,
                             const struct lab_style *style) {
    lab_text_put(out, "\n");
    lab_line_printf(out, style, LAB_COLOR_HEAD, 0, run->text ? "%s: %s" : "%s",
                    run->name, run->text);
}

enum { WHO = 12, BEFORE_LINE = 11 + WHO + 1 }; // columns

// In columns, or where they do not fit, wrapped. Under the real clock the
// digits beyond the millisecond are noise.
void lab_export_said_line(struct lab_text *out, lab_time time, const char *who,
                          const char *line, const struct lab_style *style) {
    double seconds = (double)time / LAB_S;
    int room = style->width - BEFORE_LINE;
    if (lab_line_columns(line) > room) {
        lab_line_printf(out, style, LAB_COLOR_NONE, 2, "%.3f s  %s: %s",
                        seconds, who, line);
    } else {
        lab_text_printf(out, "%7.3f s  ", seconds);
        lab_view_color(out, style, LAB_COLOR_DIM);
        lab_line_name(out, style, who, WHO);
        lab_view_color(out, style, LAB_COLOR_NONE);
        lab_text_put(out, " ");
        lab_line_put(out, style, line, room);
        lab_text_put(out, "\n");
    }
}
