// picture.h - lanes and brackets as rows of glyphs under one time axis.
//
// A row is a name in the margin and cells after it. What a cell shows is told
// by its glyph; the colour says the same again.

#ifndef LAB_VIEW_PICTURE_H
#define LAB_VIEW_PICTURE_H

#include "record/lanes.h"
#include "view/axis.h"
#include "view/view.h"

// What a cell shows; where several things meet, the greatest wins.
enum lab_picture_glyph {
    LAB_PICTURE_BLANK,
    LAB_PICTURE_INSIDE, // waits for another task of the run
    LAB_PICTURE_STATE,  // and an enum lab_is added
    LAB_PICTURE_SHARED = LAB_PICTURE_STATE + LAB_IS_COUNT, // computes slowly
    LAB_PICTURE_SLICED, // computes and waits for the interpreter lock in turn
    LAB_PICTURE_JOB,
    LAB_PICTURE_CALL,
    LAB_PICTURE_TIMEOUT,
    LAB_PICTURE_MARK,
    LAB_PICTURE_FAILED, // how a lane ends
    LAB_PICTURE_CANCELLED,
    LAB_PICTURE_GLYPHS,
};

struct lab_picture {
    struct lab_text *out;
    const struct lab_style *style;
    struct lab_axis axis;
    int margin; // columns of the names, and of the space after them
    int room;   // columns after that
    int values; // columns after those, for the figures of gauges
    bool above; // a name that is too wide stands above its row
    bool seen[LAB_PICTURE_GLYPHS]; // which ones the legend has to name
    unsigned char *cells;          // picture.c's own
    char *letters;                 // likewise
};

// Makes a picture whose rows are style->width wide at most, [margin] of it for
// names and [values] for the figures of gauges. Set its scale before anything
// is drawn.
//
// Owns: [out] and [style] are borrowed. Until lab_picture_term.
void lab_picture_init(struct lab_picture *picture, struct lab_text *out,
                      const struct lab_style *style, int margin, int values);
void lab_picture_term(struct lab_picture *picture);

// Sets the time of the cells from here on, 0 to [scale].
void lab_picture_scale(struct lab_picture *picture, lab_time scale);

// The same from one time to another: what is outside is not drawn.
void lab_picture_between(struct lab_picture *picture, lab_time from,
                         lab_time to);

// The same of turns from 1 to [last].
void lab_picture_turns(struct lab_picture *picture, int64_t last);

// Appends a row of the times at which turns begin, the levels of [turns]; one
// that is the same as that before it is left out.
void lab_picture_times(struct lab_picture *picture,
                       const struct lab_lane *turns);

// Appends a row: [name], and states, moments and ends of the [count] [lanes],
// which are laid over each other. A gauge's has in each cell the most that it
// stood at there, and the most of all after them.
void lab_picture_lanes(struct lab_picture *picture, const char *name,
                       const struct lab_lane *lanes, size_t count);

// Appends a row with a bracket from one time to the other and [text] inside
// it, after it, before it, or in rows below, where there is room. Draws nothing
// if it lies outside the axis.
void lab_picture_bracket(struct lab_picture *picture, lab_time from,
                         lab_time to, const char *text);

// Appends what [glyph] looks like, in its colour, [times] times.
void lab_picture_glyph(struct lab_text *out, const struct lab_style *style,
                       enum lab_picture_glyph glyph, int times);

// Appends the meaning of the glyphs that were drawn; a mark is called [mark].
void lab_picture_legend(struct lab_picture *picture, const char *mark);

// The same below an empty line; nothing if none was drawn.
void lab_picture_end(struct lab_picture *picture, const char *mark);

#endif
