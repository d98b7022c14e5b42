// keys.h - bytes from the terminal -> keys, one at a time.
//
// A terminal sends an arrow as several bytes, and libedit's own decoder knows
// neither bracketed paste nor vi mode's ESC beside an arrow. So we decode, and
// hand libedit each special key as one character from U+0080 to U+009F, which
// no keyboard sends and libedit can bind.

#ifndef LAB_SHELL_KEYS_H
#define LAB_SHELL_KEYS_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum lab_key {
    LAB_KEY_NONE = -1, // bytes without a meaning, which are dropped
    LAB_KEY_UP = 0x80,
    LAB_KEY_DOWN,
    LAB_KEY_RIGHT,
    LAB_KEY_LEFT,
    LAB_KEY_HOME,
    LAB_KEY_END,
    LAB_KEY_DELETE,
    LAB_KEY_WORD_RIGHT,
    LAB_KEY_WORD_LEFT,
    LAB_KEY_WORD_DELETE,
    LAB_KEY_PASTE, // pasted text follows, up to lab_keys_paste_end
    // What other keys mean at the end of a line that is offered more:
    LAB_KEY_TAKE,      // all of it
    LAB_KEY_TAKE_WORD, // its next word
};

// Decodes the key that the [n] bytes at [bytes] begin with: a character, one
// of enum lab_key, or 0x1b for ESC as a key of its own (Meta is ESC and then
// the character). Returns how many bytes that was; 0 if the key is not yet
// complete. [last] says that nothing more comes soon, so that what could be
// the beginning of a sequence is ESC. [quoted] takes ESC as a character.
size_t lab_keys_decode(const char *bytes, size_t n, bool last, bool quoted,
                       int *key);

// Finds where a bracketed paste ends: returns the length of the text in
// [bytes], with the length of text and end mark in [after]. The first [from]
// bytes are known to hold no end mark.
//
// Errors: false if the end mark is not there yet; [text] is then what to pass
//         as [from] when more bytes have come.
bool lab_keys_paste_end(const char *bytes, size_t n, size_t from, size_t *text,
                        size_t *after);

// Appends pasted [bytes] as they may be typed: tabs become four spaces, CR and
// CRLF a newline; other control characters and invalid UTF-8 are dropped.
void lab_keys_clean(struct lab_text *out, const char *bytes, size_t n);

#endif
