// lectern.h - what a teacher shows now, told to `notes` in another terminal.
//
// It is a file of this user alone: looplab.teach in XDG_RUNTIME_DIR or, without
// that, looplab/teach where the shell keeps its state. Whoever teaches has it
// locked, so a teacher who was killed does not seem to teach.
//
//     looplab teach 1
//     began 1764300000        in seconds, as time(2) counts
//     block 4
//     lesson /home/ada/looplab/lessons/03_sequential_gather.md
//     end

#ifndef LAB_SHELL_LECTERN_H
#define LAB_SHELL_LECTERN_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct lab_lectern {
    int fd; // -1: nobody can follow
    long long began;
    struct lab_text lesson;
};

// Opens it for a teacher, who shows the lesson at [path]. Where that cannot be,
// or somebody teaches already, nobody can follow, and lab_lectern_show does
// nothing.
//
// Errors: false, with a sentence in [error], which need not stop the teacher.
bool lab_lectern_open(struct lab_lectern *lectern, const char *path,
                      struct lab_text *error);
void lab_lectern_close(struct lab_lectern *lectern);

// Block [block] is shown, from 1; 0: the lesson is over.
void lab_lectern_show(struct lab_lectern *lectern, size_t block);

// --- for those who follow

// Appends where the file is; nothing if there is no such place.
void lab_lectern_path(struct lab_text *path);

// Makes the file if there is none yet, so that it can be watched.
void lab_lectern_make(void);

struct lab_lectern_view {
    long long began;
    size_t block; // from 1; 0: nobody teaches
    struct lab_text lesson;
};

// Reads it. A file that is just being written is read again later: false.
//
// Owns: yours, until lab_text_free(&view->lesson).
bool lab_lectern_read(struct lab_lectern_view *view);

#endif
