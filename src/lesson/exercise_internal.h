// exercise_internal.h - how the file of an exercise is read, private to
// exercise.c, which reads the file, and exercise_block.c, which reads a block.

#ifndef LAB_LESSON_EXERCISE_INTERNAL_H
#define LAB_LESSON_EXERCISE_INTERNAL_H

#include "lesson/exercise.h"
#include "lesson/markdown.h"

// A file that is being read.
struct lab_exercise_reading {
    struct lab_exercise *exercise;
    const struct lab_markdown *doc;
    const struct lab_fence *fence; // the block that is being read
    struct lab_text *error;
    bool failed;
};

// A stretch of text.
struct lab_exercise_span {
    const char *at, *end;
};

// The same without white space at both ends.
struct lab_exercise_span lab_exercise_trim(const char *at, const char *end);

// A copy of it, yours to free.
char *lab_exercise_copy(struct lab_exercise_span span);

// Takes the word off the beginning of [span], if that is [word].
bool lab_exercise_take(struct lab_exercise_span *span, const char *word);

// Appends [sentence] about line [line] to the errors.
void lab_exercise_complain(struct lab_exercise_reading *reading, size_t line,
                           const char *sentence);

// Reads the block reading->fence.
void lab_exercise_read_block(struct lab_exercise_reading *reading);

#endif
