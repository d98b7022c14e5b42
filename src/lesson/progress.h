// progress.h - what a learner has done, as lines of a file.
//
//     # looplab progress 1: a line for each thing done; lines may be deleted...
//     2026-11-27T11:02:31.402133Z predict 03 n=4 4/5 right=rank missed=state
//     2026-11-27T11:09:55.001200Z exercise 11 c failed schedule=0,1
//     2026-11-27T11:14:02.740001Z exercise 11 c passed schedules=36 hints=1
//     2026-11-27T11:15:40.118250Z lesson 11 part 3/6
//     2026-11-27T11:20:00.000001Z reset 11
//
// Use:
//     lab_progress_append(path, "exercise 11 c passed schedules=36 hints=1");
//     struct lab_progress_all all;
//     if (lab_progress_read(&all, path) >= 0)
//         ... lab_progress_of(&all, 11)->exercise[LAB_PROGRESS_C] ...
//     lab_progress_free(&all);
//
// Lines are only ever added. What they come to depends on their set alone:
// they are sorted by their times before they are read, and the same line twice
// is one. So files of two machines are merged by `cat a b | sort -u`.
//
// A line of an unknown kind is skipped, as a later looplab may have written it.
// So is a last line without an end: what wrote it was killed, or the disk was
// full. The next line that is added ends it with the word "torn".

#ifndef LAB_LESSON_PROGRESS_H
#define LAB_LESSON_PROGRESS_H

#include "base/error.h"
#include "lesson/quiz.h"

// What became of one kind of work. The better one stays.
enum lab_progress_outcome {
    LAB_PROGRESS_NONE,
    LAB_PROGRESS_FAILED,
    LAB_PROGRESS_PASSED,
};

enum { LAB_PROGRESS_C, LAB_PROGRESS_PYTHON, LAB_PROGRESS_LANGUAGES };

// A kind of question that was missed, and not answered right since.
struct lab_progress_miss {
    size_t order;        // the greater, the later; 0: it was not missed
    const char *figures; // it was asked with: "n=4,delay=2000"; "-": defaults
};

struct lab_progress_lesson {
    int number;         // of the lesson
    size_t part, parts; // the furthest part that was read, of how many; 0: none
    bool is_read;       // to its last part
    unsigned right, asked; // in the last `predict`; asked 0: there was none
    struct lab_progress_miss missed[LAB_QUIZ_KIND_COUNT];
    enum lab_progress_outcome exercise[LAB_PROGRESS_LANGUAGES];
    const char *schedule; // an exercise failed at last; NULL: not known
    enum lab_progress_outcome tried, assembled, drove;
};

struct lab_progress_all {
    struct lab_progress_lesson *lessons; // in the order of their numbers
    size_t count, room;
    size_t done;    // how many lines were understood and are not reset
    bool has_reset; // is there one that `reset undo` would undo?
    bool is_python; // the language of the last exercise; C if there was none
    char *text;     // its own; figures and schedules are in it
};

// Adds a line of [words] with the time to the file at [path], in one write.
// The folder and the file are made if need be, for the user alone.
//
// Errors: a negative code. The lines before it are as they were.
LAB_CHECKED int lab_progress_append(const char *path, const char *words);

// Reads the file at [path]. No file is an empty one.
//
// Owns:   yours, until lab_progress_free.
// Errors: a negative code; [all] is then empty.
LAB_CHECKED int lab_progress_read(struct lab_progress_all *all,
                                  const char *path);

// Reads [n] bytes of such a file.
//
// Owns: as above. [text] is copied.
void lab_progress_fold(struct lab_progress_all *all, const char *text,
                       size_t n);
void lab_progress_free(struct lab_progress_all *all);

// What was done of lesson [number]; NULL if nothing was.
const struct lab_progress_lesson *
lab_progress_of(const struct lab_progress_all *all, int number);

// The question that was missed longest ago: its lesson, and its kind in
// [kind]. [after] is the .order of the last one that was seen, at first 0.
// NULL if there are no more.
const struct lab_progress_lesson *
lab_progress_missed(const struct lab_progress_all *all, size_t after,
                    enum lab_quiz_kind *kind);

#endif
