// shell.h - the learner's side: commands, and where they print.
//
// The same commands work at the prompt, as `looplab COMMAND ...`, in a lesson,
// and line by line from a pipe. They differ in where their output goes and in
// how it looks, which is this struct.

#ifndef LAB_SHELL_SHELL_H
#define LAB_SHELL_SHELL_H

#include "demo/load.h"
#include "demo/result.h"
#include "record/clock.h"
#include "shell/pages.h"
#include "view/view.h"

#include <stdbool.h>
#include <stddef.h>

#define LAB_VERSION "0.1.0"
#define LAB_VERSION_DATE "November 28, 2026" // of that version

// How a command is to run and to look; options change it for one command.
struct lab_options {
    struct lab_clock clock;
    struct lab_style style;
    struct lab_limits limits;
    bool json;     // results as JSON Lines, nothing else
    bool timeline; // show the timeline too
};

// Where files are looked for. All owned.
struct lab_folders {
    char *demos, *sources, *lessons, *include;
    bool is_checkout; // they are somebody's to change
};

// A run in progress, whose record is being written.
struct lab_progress {
    const struct lab_comparison *comparison; // its last result is of that run
    struct lab_progress *earlier;
    const struct lab_job *job; // that runs it; NULL if that is no job
};

// What was asked for on the command line in place of a command.
struct lab_script {
    const char *file;      // of commands; borrowed; NULL: none
    struct lab_text lines; // or those of -e
    bool echoes, is_quiet, keeps_going;
    bool has_begun; // whatever runs, runs; it is too late for these options
};

struct lab_capture;     // shell/capture.h
struct lab_drawn;       // shell/drawn.h
struct lab_job;         // shell/jobs.h
struct lab_jobs;        // likewise
struct lab_look;        // shell/look.h
struct lab_interrupted; // shell/show_guest.h
struct lab_reading;     // shell/reading.h

struct lab_shell {
    struct lab_folders folders;
    struct lab_demos demos; // empty until first needed
    struct lab_demos own;   // likewise: lab_shell_own
    bool has_own;
    struct lab_options options;
    struct lab_settings *set; // one per demo, from `set`; .demo NULL: none. It
                              // is NULL until a demo is selected
    struct lab_late *late; // demos to load anew once they do not run: renew.h
    struct lab_comparison last;    // what ran last, for views asked for later
    size_t looked_at;              // which of its runs was named last
    unsigned long ran;             // how often that was replaced
    struct lab_progress *progress; // the newest of the runs in progress
    struct lab_interrupted *interrupted; // the newest of the programs that are
    struct lab_look *stepper;            // where step and back stand, or NULL
    struct lab_reading *reading; // the lesson read at the prompt, or NULL
    struct lab_left *left;       // a class that was left in the middle, or NULL
    bool at_prompt;              // somebody types one line after another
    bool interactive;            // somebody reads along and may answer
    bool on_terminal;            // what is printed goes to a terminal
    bool in_lesson;              // the output must be the same everywhere
    struct lab_capture *capture; // who takes what is printed, or NULL
    struct lab_pages pages;      // what is shown page by page
    struct lab_script script;
    bool quitting;
    bool typing;      // a line is being typed, and the terminal is not ours
    long script_line; // of the command that runs, in a script; else 0
    int background;   // commands that run beside the prompt
    struct lab_jobs *jobs;   // these and the one that holds it, or NULL
    struct lab_drawn *drawn; // what is drawn below the cursor, or NULL
    // Both print; callable from any task or callback of the loop; neither
    // waits. Errors are whole sentences without a newline.
    void (*print)(struct lab_shell *shell, const char *bytes, size_t n);
    void (*complain)(struct lab_shell *shell, const char *sentence);
    void *output; // theirs
    // Waits for a line that answers a command; for ask.h. NULL: nobody does.
    int (*ask)(struct lab_shell *shell, const char *prompt,
               struct lab_text *line);
    void *asked; // its own
    // Lends the terminal to another program, or takes it back. NULL: nobody
    // has it.
    void (*lend)(struct lab_shell *shell, bool lent);
    unsigned predicted;     // how often `predict ... again` has asked
    bool has_lost_progress; // it was said that progress is not kept
};

// Makes [shell] ready for commands. [output] functions are the caller's to
// set. The folders are found beside the running program, in its build folder
// or where it is installed.
void lab_shell_init(struct lab_shell *shell);
void lab_shell_term(struct lab_shell *shell);

// Makes [shell] one that runs the commands of a lesson: with the folders and
// demos of [outer], fresh settings and the options of lessons. [output]
// functions are the caller's to set.
//
// Owns: yours, until lab_shell_end_lesson.
void lab_shell_begin_lesson(struct lab_shell *shell, struct lab_shell *outer);
void lab_shell_end_lesson(struct lab_shell *shell);

// Is what is printed laid out for somebody who reads it at the prompt? In a
// transcript it is, too: --echo shows what would stand on the screen.
bool lab_shell_is_read(const struct lab_shell *shell);

// In how many columns sentences are set that are printed in [style]. A pipe has
// no end of a line to break them at: INT_MAX.
int lab_shell_measure(const struct lab_shell *shell,
                      const struct lab_style *style);

// Reads the folder of demos, once.
//
// Errors: false, with one sentence in [error].
bool lab_shell_demos(struct lab_shell *shell, struct lab_text *error);

// Returns the lessons that stand beside programs of their own, and reads which
// there are, once. None before the demos are read.
struct lab_demos *lab_shell_own(struct lab_shell *shell);

// What lesson [index] belongs to, from 0 on: a demo, or then a program beside
// the lesson; NULL beyond the last. A demo's lesson may be missing.
struct lab_demo_file *lab_shell_lesson(struct lab_shell *shell, size_t index);

// Prints [n] bytes of a file. In a pipe they are exact, for other programs. On
// a terminal, which could take them for commands, they are masked, and tabs are
// spaces.
void lab_shell_put_file(struct lab_shell *shell, const char *bytes, size_t n);

// Appends [n] bytes of a line, without its newline, masked in this way.
void lab_shell_put_line(struct lab_text *out, const char *line, size_t n);

// Appends where the file [name] is kept from one session to the next; nothing
// if there is no such place.
void lab_shell_state_path(const char *name, struct lab_text *path);

// Prints text, or a formatted string.
void lab_shell_put(struct lab_shell *shell, const struct lab_text *text);
__attribute__((format(printf, 2, 3))) void
lab_shell_printf(struct lab_shell *shell, const char *format, ...);

// Prints a formatted sentence and a newline; wrapped at words, unless it goes
// to a pipe.
__attribute__((format(printf, 2, 3))) void
lab_shell_say(struct lab_shell *shell, const char *format, ...);

// Complains in a formatted sentence, and returns LAB_EXIT_USAGE.
__attribute__((format(printf, 2, 3))) int
lab_shell_refuse(struct lab_shell *shell, const char *format, ...);

// Complain with what [error] holds, and free it. What was typed is wrong
// (LAB_EXIT_USAGE is returned), output could not be written (LAB_EXIT_IO), or
// something else is wrong (LAB_EXIT_FAILED).
int lab_shell_refuse_text(struct lab_shell *shell, struct lab_text *error);
int lab_shell_lost_text(struct lab_shell *shell, struct lab_text *error);
int lab_shell_fail_text(struct lab_shell *shell, struct lab_text *error);

#endif
