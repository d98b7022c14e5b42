// svg.h - what a picture is made of: text and lanes.
//
// All is in whole pixels: what happened within one is drawn once, so a picture
// has a bound. A state is told by shape and pattern; colour says it again.

#ifndef LAB_VIEW_SVG_H
#define LAB_VIEW_SVG_H

#include "view/axis.h"
#include "view/chart.h"

enum {
    LAB_SVG_WIDTH = 880,
    LAB_SVG_EDGE = 20,   // around everything
    LAB_SVG_ROW = 22,    // from lane to lane
    LAB_SVG_NAME = 24,   // columns of a lane's name at most
    LAB_SVG_SAMPLE = 24, // how wide a sample is
    LAB_SVG_GLYPH = 7,   // pixels of a column of text, about
};

struct lab_svg {
    struct lab_text *out;
    const struct lab_style *style;
    int left, y; // where time begins, and the top of what is drawn next
    struct lab_axis axis;
    // What the lanes have shown.
    bool seen[LAB_IS_COUNT], seen_inside, seen_mark;
    bool seen_ending[LAB_ENDING_CANCELLED + 1];

    // svg.c's own: what each pixel of a lane shows: a state and INSIDE + 1, or
    // that, or 0; and moments.
    unsigned char states[LAB_SVG_WIDTH], dots[LAB_SVG_WIDTH];
    unsigned char marks[LAB_SVG_WIDTH];
};

// The pixel of [time], from drawing->left on: the nearest if it is outside.
int lab_svg_at(const struct lab_svg *drawing, lab_time time);

// Appends [string], cut to [columns], at [x], in the line whose foot is [y].
void lab_svg_text(struct lab_svg *drawing, int x, int y, const char *class,
                  const char *string, int columns);

// Appends what the lanes of [row], or a gauge, show of the time of the axis,
// and goes to below it.
void lab_svg_lanes(struct lab_svg *drawing, const struct lab_chart_row *row);

// Appends a bracket from one time to the other with [text] beside it, below
// what is drawn, and goes to below it. Draws nothing if it is not on the axis.
void lab_svg_bracket(struct lab_svg *drawing, lab_time from, lab_time to,
                     const char *text);

// Appends how a state, a wait for another task, a mark or an end looks.
void lab_svg_sample(struct lab_svg *drawing, int x, enum lab_is state);
void lab_svg_sample_inside(struct lab_svg *drawing, int x);
void lab_svg_sample_mark(struct lab_svg *drawing, int x);
void lab_svg_sample_ending(struct lab_svg *drawing, int x,
                           enum lab_ending ending);

#endif
