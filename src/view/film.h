// film.h - runs that are over, as a film: their lanes up to a moment.
//
// All runs have one clock and one axis, so that the shorter one ends first.

#ifndef LAB_VIEW_FILM_H
#define LAB_VIEW_FILM_H

#include "view/view.h"

struct lab_film {
    const struct lab_comparison *comparison; // borrowed
    lab_time now;
    double pace; // seconds of the runs in a second
    bool is_playing;
    size_t only; // the run that is shown, from 1; 0: all, if there is room
};

// When the longest of the runs that are shown is over.
lab_time lab_film_end(const struct lab_film *film);

// The next moment at which something happens in a run that is shown, or the
// last one before; the end, or 0, if there is none.
lab_time lab_film_next(const struct lab_film *film);
lab_time lab_film_last(const struct lab_film *film);

// Appends a screen of style->width columns and [rows]: exactly so many lines,
// of which only the last has no newline.
void lab_film_screen(struct lab_text *out, const struct lab_style *style,
                     const struct lab_film *film, int rows);

// Appends what the keys do, such a screen, with the key to other variants if
// there are some.
void lab_film_help(struct lab_text *out, const struct lab_style *style,
                   bool has_others, int rows);

#endif
