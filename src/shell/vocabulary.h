// vocabulary.h - looplab's own words: what views and lessons call things.
//
// The words of asyncio are in glossary.h. `help words` lists both; `help gap`
// and `explain gap` explain one.

#ifndef LAB_SHELL_VOCABULARY_H
#define LAB_SHELL_VOCABULARY_H

#include <stddef.h>

struct lab_word {
    const char *names; // its spellings, with ", " between them
    const char *text;  // one sentence
    const char *see;   // a command that shows it; "" if none does
    int lesson;        // its number; 0 if none
};

// Word [index]; NULL beyond the last.
const struct lab_word *lab_word_at(size_t index);

// Finds the word that [name] is a spelling of, in any case, or the plural of
// one. NULL if there is none.
const struct lab_word *lab_word_find(const char *name);

#endif
