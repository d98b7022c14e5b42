// words.h - a line cut into words, as a shell cuts it.
//
// White space separates words. 'Single quotes' keep what is between them as it
// is. "Double quotes" do too, except that \" and \\ stand for " and \. Outside
// quotes a backslash keeps the next character. The ~ of a word that begins with
// ~/ is the home folder, unless it is in quotes or kept.
//
// "!ls -l" is a line for another shell: the words "shell", "--" and "ls -l".

#ifndef LAB_SHELL_WORDS_H
#define LAB_SHELL_WORDS_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct lab_words {
    char **words; // owned; NULL-terminated, as getopt wants it
    int count;
    bool background; // the line ended with &, which is taken off
    // The last word, for completion:
    size_t start;    // where it begins in the line
    bool ended;      // white space follows it
    char quote;      // the quote that is open at its end, or '\0'
    size_t capacity; // words.c's own
};

// Cuts [line] into [words].
//
// Owns:   [words] is yours to free, also after an error.
// Errors: false, with one sentence in [error], if a quote is not closed. The
//         words are there all the same, the last one as far as it goes.
bool lab_words_split(struct lab_words *words, const char *line,
                     struct lab_text *error);
void lab_words_free(struct lab_words *words);

// Returns how many bytes of [raw], a word as it was typed, stand for its first
// [length] bytes.
size_t lab_words_skip(const char *raw, size_t length);

// The end of a line, from some byte on, as it is read.
struct lab_words_tail {
    struct lab_text text; // without quotes; yours to free
    char before, after;   // the quote that is open there, or '\0'
};
void lab_words_tail(const char *line, size_t start,
                    struct lab_words_tail *tail);

// Would [text] be read as something else outside quotes?
bool lab_words_need_quotes(const char *text);

// Appends what to type so that [text] is read. [quote] is the quote that is
// open there, or '\0'.
void lab_words_put(struct lab_text *out, const char *text, char quote);

#endif
