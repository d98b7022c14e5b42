// width.h - how many columns a terminal gives to a character.
//
// Our own table, because wcwidth() obeys the locale and knows nothing but
// ASCII in the C locale, and looplab's output must not depend on either.

#ifndef LAB_BASE_WIDTH_H
#define LAB_BASE_WIDTH_H

// Returns 0, 1 or 2 for the code point [code]. Controls count 0; sequences
// joined into one picture count as the sum of their parts, as most terminals
// draw them.
int lab_width_of(unsigned code);

#endif
