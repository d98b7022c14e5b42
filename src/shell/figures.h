// figures.h - other figures for a demo, so that an answer cannot be remembered.

#ifndef LAB_SHELL_FIGURES_H
#define LAB_SHELL_FIGURES_H

#include "demo/param.h"

// Changes at least one value of [settings], if any may change, near to what it
// is. The same seed makes the same figures.
void lab_figures_vary(struct lab_settings *settings, unsigned long seed);

// Doubles one value, and appends it as it is typed: "delay=2000ms". Returns
// false if no value can be doubled.
bool lab_figures_double(struct lab_settings *settings, unsigned long seed,
                        struct lab_text *change);

#endif
