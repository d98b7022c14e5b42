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
    TIME = 11, // columns
    WHO = 12,
    NARROW = 48, // a screen that has no room for them
    WIDE = 100,  // one that has room for longer names
};

static int columns_of(const char *who, const struct lab_style *style,
                      int *columns) {
    int needed = lab_line_columns(who), most = style->width / 5;
    *columns = *columns < WHO ? WHO : *columns;
    if (style->width >= WIDE && needed > *columns)
        *columns = needed < most ? needed : most;
    return *columns;
}

// Appends the lines of [line] from column [before] on, if no word is cut.
static bool put_in_column(struct lab_text *out, const char *line, int before,
                          const struct lab_style *style) {
    int room = style->width - before;
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
    lab_line_beside(out, style, LAB_COLOR_NONE, before, line);
    return true;
}

// In columns; on a narrow screen, and where a word has no room, as a sentence.
// Under the real clock the digits beyond the millisecond are noise.
void lab_export_said_line(struct lab_text *out, lab_time time, const char *who,
                          const char *line, const struct lab_style *style,
                          int *columns) {
    double seconds = (double)time / LAB_S;
    size_t before = out->length;
    int room = columns_of(who, style, columns);
    if (style->width >= NARROW) {
        lab_text_printf(out, "%7.3f s  ", seconds);
        lab_view_color(out, style, LAB_COLOR_DIM);
        lab_line_name(out, style, who, room);
        lab_view_color(out, style, LAB_COLOR_NONE);
        lab_text_put(out, " ");
        if (put_in_column(out, line, TIME + room + 1, style))
            return;
        lab_text_cut(out, before);
    }
    lab_line_printf(out, style, LAB_COLOR_NONE, 2, "%.3f s  %s: %s", seconds,
                    who, line);
}
