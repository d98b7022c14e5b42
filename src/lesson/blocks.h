// blocks.h - what a teacher shows of a lesson, one after the other.
//
// Use:
//     struct lab_blocks blocks;
//     lab_blocks_find(&blocks, &parts);
//     ... blocks.all[i], i < blocks.count ...
//     lab_blocks_free(&blocks);
//
// A block is some prose; or one question of a ```predict block; or a command,
// with the prose after it and, if that is only a heading, before it. What a
// teacher should know of it is in a ```note block, which stands in or after it;
// one after a ```predict block is about all of its questions. The plan is a
// comment:
//
//     <!-- plan: 12 minutes, 9 blocks -->

#ifndef LAB_LESSON_BLOCKS_H
#define LAB_LESSON_BLOCKS_H

#include "lesson/parts.h"

enum lab_block_kind { LAB_BLOCK_PROSE, LAB_BLOCK_QUESTION, LAB_BLOCK_RUN };

// A stretch of the text; nothing if both are equal.
struct lab_stretch {
    size_t from, to;
};

struct lab_block {
    enum lab_block_kind kind;
    size_t part;
    struct lab_stretch before; // prose; of a command, its heading
    struct lab_stretch command;
    struct lab_stretch after; // prose, after the output of the command
    // Of a question: its block, and which of its lines that are not empty.
    const struct lab_fence *fence;
    size_t line;
    bool is_held;             // a command that answers the questions before it
    struct lab_stretch place; // from here to the next block; notes are in it
};

struct lab_blocks {
    const struct lab_markdown *doc;
    struct lab_block *all;
    size_t count, capacity;
    // The plan, if there is one: where its number of blocks stands.
    bool has_plan;
    size_t minutes, planned;
    struct lab_stretch number;
};

// Finds the blocks of [parts], and the plan.
//
// Owns: [parts] is borrowed, until lab_blocks_free.
void lab_blocks_find(struct lab_blocks *blocks, const struct lab_parts *parts);
void lab_blocks_free(struct lab_blocks *blocks);

// Appends the notes on block [index] as paragraphs, a line each, without marks.
void lab_blocks_note(const struct lab_blocks *blocks, size_t index,
                     struct lab_text *note);

// The text of line [index] of those of [fence] that are not empty, and its
// number in the file; false beyond the last.
bool lab_blocks_line(const struct lab_markdown *doc,
                     const struct lab_fence *fence, size_t index,
                     struct lab_stretch *line, size_t *number);

#endif
