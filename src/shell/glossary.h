// glossary.h - the words of asyncio, and what they are called here.
//
// `help words` lists them, `help gather` explains one, completion offers them,
// and a line of Python typed at the prompt is answered by them. What looplab
// has words of its own for is in vocabulary.h.

#ifndef LAB_SHELL_GLOSSARY_H
#define LAB_SHELL_GLOSSARY_H

#include "shell/shell.h"
#include "shell/vocabulary.h"
#include "view/view.h"

struct lab_term {
    const char *word; // as Python spells it, without "asyncio."
    const char *ours; // what a demo writes, or what to type; "" if nothing
    const char *text; // one sentence
    int lesson;       // its number; 0 if none
};

// Term [index]; NULL beyond the last.
const struct lab_term *lab_term_at(size_t index);

// Finds the term that [word] means: as it is, with "asyncio." before it, or
// with other capitals; or the first that has a function of ours of that name.
// NULL if there is none.
const struct lab_term *lab_term_find(const char *word);

// Finds the term that a line of Python is about. NULL if [line] is hardly
// Python, or has none of the words.
const struct lab_term *lab_term_of_line(const char *line);

// Appends the list of all terms and of our own words, or what there is to say
// of [term] or [word]. Lessons are named if their files are there.
void lab_terms_put(struct lab_text *out, struct lab_shell *shell,
                   const struct lab_style *style);
void lab_term_put(struct lab_text *out, struct lab_shell *shell,
                  const struct lab_style *style, const struct lab_term *term);
void lab_word_put(struct lab_text *out, struct lab_shell *shell,
                  const struct lab_style *style, const struct lab_word *word);

#endif
