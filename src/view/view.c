#include "view/view.h"

const struct lab_view lab_views[] = {
    {"table", "what each variant took, beside its law", lab_view_table},
    {"bars", "the times as lengths on one scale", lab_view_bars},
    {"timeline", "who ran, waited, blocked, and when", lab_view_timeline},
    {"json", "one object on one line, for programs", lab_view_json},
    {0},
};

void lab_view_color(struct lab_text *out, const struct lab_style *style,
                    enum lab_color color) {
    // The first sixteen colours alone: a terminal's theme chooses them to be
    // readable on its background, which no fixed colour can be.
    static const char *const codes[] = {
        [LAB_COLOR_NONE] = "0",     [LAB_COLOR_HEAD] = "1",
        [LAB_COLOR_GOOD] = "32",    [LAB_COLOR_BAD] = "1;31",
        [LAB_COLOR_DIM] = "2",      [LAB_COLOR_RUNNING] = "1;32",
        [LAB_COLOR_WAITING] = "36", [LAB_COLOR_BLOCKED] = "31",
        [LAB_COLOR_QUEUED] = "33",
    };
    if (style->color)
        lab_text_printf(out, "\x1b[%sm", codes[color]);
}
