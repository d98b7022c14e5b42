// deck_internal.h - what the files of a deck share: deck.c moves, deck_key.c
// says what a key means, deck_ask.c has the questions and hands, deck_put.c
// what a block shows, deck_screen.c draws.

#ifndef LAB_SHELL_DECK_INTERNAL_H
#define LAB_SHELL_DECK_INTERNAL_H

#include "shell/deck.h"

// Makes the questions of the ```predict block whose first question is block
// [index]. Waits.
void lab_deck_ask(struct lab_deck *deck, struct lab_call *call, size_t index);

// Appends why a command in between that asks is refused, and what to do: the
// class has the keys. It is the end of a sentence.
void lab_deck_put_unanswered(struct lab_text *out, const struct lab_deck *deck);

// Is an answer held that hands are counted for? Then a letter is a hand, except
// h, r and q, and b alone.
bool lab_deck_is_asking(const struct lab_deck *deck);
bool lab_deck_is_hand(const struct lab_deck *deck, int letter);

// Reads hands, "a 12 b 3", for the question of the block that is shown, or the
// only one before it. Options that are not named keep theirs.
//
// Errors: false, with a sentence in [error]; nothing has changed.
bool lab_deck_count(struct lab_deck *deck, const char *typed,
                    struct lab_text *error);

// The block that is shown, and what was made of it.
static inline const struct lab_block *
lab_deck_block_of(const struct lab_deck *deck) {
    return &deck->blocks.all[deck->at];
}

static inline struct lab_deck_block *
lab_deck_state_of(const struct lab_deck *deck) {
    return &deck->states[deck->at];
}

// How many rows of a page the screen has room for.
size_t lab_deck_room(const struct lab_deck *deck);

// Makes deck->page anew.
void lab_deck_make(struct lab_deck *deck);

// Where the page after the one at [from] begins; the length if there is none.
size_t lab_deck_page_after(const struct lab_deck *deck, size_t from);

// Appends a question with the hands that were counted, as bars.
void lab_deck_put_question(struct lab_text *out, const struct lab_style *style,
                           const struct lab_deck_question *question,
                           bool is_hidden);

#endif
