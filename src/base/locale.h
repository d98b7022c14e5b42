// locale.h - which characters there are, as the environment has it.
//
// Only characters follow the locale: a decimal comma would break JSON and
// lessons. To find and map a locale takes a sixth of a start that prints to a
// pipe, where all is UTF-8. So only a terminal and the code of a demo ask for
// it.

#ifndef LAB_BASE_LOCALE_H
#define LAB_BASE_LOCALE_H

// Chooses the characters of the environment's locale, the first time it is
// called. A locale that is not installed leaves those of "C".
void lab_locale_choose(void);

#endif
