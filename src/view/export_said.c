#include "view/export_said.h"

#include "view/export_text.h"
#include "view/line.h"

#include <string.h>

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

void lab_export_said_begin(struct lab_text *out, const struct lab_run *run,
                           const struct lab_style *style) {
    if (!run->text)
        return;
    lab_text_put(out, "\n");
    lab_line_printf(out, style, LAB_COLOR_HEAD, 0, "%s: %s", run->name,
                    run->text);
}

void lab_export_said_first(struct lab_text *out, const struct lab_run *run,
                           const struct lab_style *style) {
    if (run->text)
        return;
    lab_text_put(out, "\n");
    lab_line_wrap(out, style, LAB_COLOR_HEAD, 0, run->name);
}

enum {
    WHO = 12,
    BEFORE_LINE = 11 + WHO + 1, // columns
    NARROW = 48,                // a screen that has no room for them
};

// Appends the lines of [line] in the column that is left, if no word is cut.
static bool put_in_column(struct lab_text *out, const char *line,
                          const struct lab_style *style) {
    int room = style->width - BEFORE_LINE;
    if (lab_line_columns(line) <= room) {
        lab_line_put(out, style, line, room);
        lab_text_put(out, "\n");
        return true;
    }
    for (const char *at = line; *at; at += strspn(at, " ")) {
        struct lab_text word = {0};
        size_t n = strcspn(at, " ");
        lab_text_write(&word, at, n);
        bool fits = lab_line_columns(lab_text_string(&word)) <= room;
        lab_text_free(&word);
        if (!fits)
            return false;
        at += n;
    }
    lab_line_beside(out, style, BEFORE_LINE, line);
    return true;
}

// In columns; on a narrow screen, and where a word has no room, as a sentence.
// Under the real clock the digits beyond the millisecond are noise.
void lab_export_said_line(struct lab_text *out, lab_time time, const char *who,
                          const char *line, const struct lab_style *style) {
    double seconds = (double)time / LAB_S;
    size_t before = out->length;
    if (style->width >= NARROW) {
        lab_text_printf(out, "%7.3f s  ", seconds);
        lab_view_color(out, style, LAB_COLOR_DIM);
        lab_line_name(out, style, who, WHO);
        lab_view_color(out, style, LAB_COLOR_NONE);
        lab_text_put(out, " ");
        if (put_in_column(out, line, style))
            return;
        lab_text_cut(out, before);
    }
    lab_line_printf(out, style, LAB_COLOR_NONE, 2, "%.3f s  %s: %s", seconds,
                    who, line);
}
