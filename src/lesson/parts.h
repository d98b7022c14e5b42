// parts.h - the parts of a lesson, and what a reader meets in each.
//
// Use:
//     struct lab_parts parts;
//     lab_parts_split(&parts, &doc);
//     struct lab_item item;
//     for (size_t i = 0; lab_parts_item(&parts, 0, i, &item); i++)
//         ... item.is_command, item.from, item.to ...
//     lab_parts_free(&parts);
//
// The first part is what stands before the first "## " heading; each heading
// begins another. A part is prose, commands and ```predict blocks in the order
// of the text. The outputs below the commands belong to none of these: the
// reader sees what they print now. Notes for a teacher and comments are no
// prose.

#ifndef LAB_LESSON_PARTS_H
#define LAB_LESSON_PARTS_H

#include "lesson/markdown.h"

struct lab_part {
    size_t from, to;   // offsets into the text
    size_t line;       // of its heading, from 1
    const char *title; // its heading, without the marks; borrowed
    size_t title_length;
};

struct lab_parts {
    const struct lab_markdown *doc;
    struct lab_part *parts; // at least one
    size_t count, capacity;
};

struct lab_item {
    bool is_command; // [from] to [to] is the command, without its prompt
    size_t from, to; // offsets into the text
    const struct lab_fence *asks; // a block of questions; else NULL
};

// Finds the parts of [doc].
//
// Owns: [doc] is borrowed, until lab_parts_free.
void lab_parts_split(struct lab_parts *parts, const struct lab_markdown *doc);
void lab_parts_free(struct lab_parts *parts);

// Is there nothing for a reader from [from] to [to], both offsets of lines
// outside of blocks?
bool lab_parts_is_blank(const struct lab_markdown *doc, size_t from, size_t to);

// Finds item [index] of part [part]. Returns false beyond the last.
bool lab_parts_item(const struct lab_parts *parts, size_t part, size_t index,
                    struct lab_item *item);

#endif
