// puzzle.h - the lines of a program, to be put in order.
//
// Use:
//     struct lab_puzzle puzzle;
//     lab_puzzle_init(&puzzle, &exercise, seed);
//     lab_puzzle_put(&out, style, &puzzle);
//     if (lab_puzzle_take(&puzzle, "3 1 5 2 4", &error))
//         lab_puzzle_put_program(&text, &puzzle);
//
// Lines have numbers, from 1 on, in an order that the seed chooses. Of a line
// and its distractor one is taken; all others are taken once.

#ifndef LAB_LESSON_PUZZLE_H
#define LAB_LESSON_PUZZLE_H

#include "lesson/exercise.h"
#include "view/view.h"

enum { LAB_PUZZLE_MOST = 60 };

struct lab_puzzle_piece {
    const char *text; // borrowed
    size_t other;     // the number of its distractor, or of what it is one of;
                      // 0: it has none
};

struct lab_puzzle {
    const struct lab_exercise *exercise;             // borrowed
    struct lab_puzzle_piece pieces[LAB_PUZZLE_MOST]; // piece i has number i + 1
    size_t count;
    size_t order[LAB_PUZZLE_MOST]; // numbers, as they are put; [placed] of them
    size_t placed;
    size_t needed; // how many a whole program has
};

// Shuffles the lines of [exercise]. False if it has none, or too many.
bool lab_puzzle_init(struct lab_puzzle *puzzle,
                     const struct lab_exercise *exercise, unsigned long seed);

// Reads an answer: all numbers in order, "3 1 5 2 4", or a change of the order
// that there is, "3 before 1", "3 after 1", "3 for 4".
//
// Errors: false, with one sentence in [error]; the order is as it was.
bool lab_puzzle_take(struct lab_puzzle *puzzle, const char *typed,
                     struct lab_text *error);

// Appends the numbered lines, between those that are given.
void lab_puzzle_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_puzzle *puzzle);

// Appends the program as it was put together.
void lab_puzzle_put_program(struct lab_text *out,
                            const struct lab_puzzle *puzzle);

#endif
