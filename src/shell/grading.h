// grading.h - the exercise of a lesson, and a program that is graded by it.
//
// Use:
//     struct lab_grading grading;
//     int status = lab_grading_open(&grading, call, call->file);
//     if (status == LAB_EXIT_OK)
//         status = lab_grading_run(&grading, "exercises/11_semaphore.c");
//     lab_grading_put(&grading, &text);
//     lab_grading_close(&grading);

#ifndef LAB_SHELL_GRADING_H
#define LAB_SHELL_GRADING_H

#include "guest/guest.h"
#include "lesson/exercise.h"
#include "lesson/graded.h"
#include "shell/drawn.h"

struct lab_grading {
    struct lab_exercise exercise;
    struct lab_grade grade; // of the program that was graded last
    bool is_graded;         // it ran: the grade says something
    bool keeps_quiet;       // nobody reads along: what a compiler says is kept
    struct lab_text said;   // there
    // NULL, or: for a program in Python, each run of which is a process. Says
    // after a run whether the grade is decided well enough.
    bool (*is_enough)(const struct lab_grade *grade, const void *arg);
    const void *arg;
    const char *path; // of the program; NULL until it is known
    // grading.c's own.
    struct lab_call *call;
    struct lab_guest_library library;
    struct lab_comparison again; // the run of what is first against it
    struct lab_text source;
    lab_time shown; // when it was told last how far it is
    struct lab_drawn drawn;
};

// Appends where the exercise of [lesson] is, or would be.
void lab_grading_path(const struct lab_shell *shell,
                      const struct lab_demo_file *lesson,
                      struct lab_text *path);

// A demo whose lesson has an exercise, as a word of a command.
extern const struct lab_type lab_type_exercise;

// Is [word] how one says that an exercise is to be in Python?
bool lab_grading_is_python(const char *word);

// Reads the exercise of [lesson]. Returns an exit status, after complaining if
// it is not 0: there is nothing to close then.
int lab_grading_open(struct lab_grading *grading, struct lab_call *call,
                     const struct lab_demo_file *lesson);

// The same of the exercise in the file at [path].
int lab_grading_open_file(struct lab_grading *grading, struct lab_call *call,
                          const char *path);

// Makes the run that shows what is first against it what ran last, if there is
// one, so that views look at it.
void lab_grading_show_last(struct lab_grading *grading);

// Runs [typed], if it is a command and leads nowhere else: a bare timeline
// shows what was graded last. Waits. Returns false if it is no command.
bool lab_grading_command(struct lab_grading *grading, const char *typed);

// Frees it. What was run again is what ran last from now on.
void lab_grading_close(struct lab_grading *grading);

// Grades the program at [path], borrowed until the next. Waits. Returns an exit
// status: LAB_EXIT_FAILED if it does not pass; after complaining if it did not
// run.
int lab_grading_run(struct lab_grading *grading, const char *path);

// Tries every order of the program that [selection] names by its path, with
// [values], between spaces, and judges it by [claims] instead of an exercise.
// Waits. Returns an exit status, after complaining if it is not 0: LAB_EXIT_OK
// whatever came out.
int lab_grading_orders(struct lab_grading *grading,
                       const struct lab_selection *selection,
                       char *const *claims, size_t count, const char *values);

// Appends what it came to.
void lab_grading_put(const struct lab_grading *grading, struct lab_text *out);

#endif
