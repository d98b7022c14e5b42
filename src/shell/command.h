// command.h - a command is a file in commands/ and a row in command.c.
//
// Help, completion and parsing read the row.

#ifndef LAB_SHELL_COMMAND_H
#define LAB_SHELL_COMMAND_H

#include "demo/recording.h"
#include "shell/shell.h"

// One command as it was typed, its options already taken out and applied.
struct lab_call {
    struct lab_shell *shell;
    const struct lab_command *command;
    char **words; // what follows the command's name
    int count;
    struct lab_options options; // the shell's, as the options changed it
    const char *schedule;       // borrowed from the words; NULL is fifo
    const char *record; // likewise; where to write what happens, or NULL
    struct lab_recorder *recorder; // that does, or NULL
    lab_time slow;                 // tell who holds the loop so long; 0: nobody
    struct lab_live *drawing;      // shows a quiet run as it goes on, or NULL
    bool live;                     // each line is shown as it is said
    bool quiet;                    // nothing of the run is shown
    bool check, write;             // options of `lessons`
    bool wants_help, wants_version;
    char **own; // behind words; lab_command_call's
};

// What the words after a command can be, for completion.
enum lab_argument {
    LAB_ARGUMENT_NONE,
    LAB_ARGUMENT_DEMO,   // a demo, then its variants and parameters
    LAB_ARGUMENT_VIEW,   // that or a record's file, and what of it to show
    LAB_ARGUMENT_EXPORT, // a format and a file; then that
    LAB_ARGUMENT_LOOK,   // what look.h reads, but for the moment
    LAB_ARGUMENT_MOMENT, // and with it
    LAB_ARGUMENT_WHY,    // a task; then that
    LAB_ARGUMENT_GOTO,   // a moment; then what look.h reads
    LAB_ARGUMENT_UNTIL,  // a task, and what it is to do
    LAB_ARGUMENT_FILES,  // files of records
    LAB_ARGUMENT_COMMAND,
    LAB_ARGUMENT_CLOCK,
};

struct lab_command {
    const char *name;
    const char *usage; // the words after the name: "DEMO [VARIANT]"
    const char *text;  // what it does, in a few words
    const char *help;  // more of it, and examples; whole lines
    enum lab_argument argument;
    // Waits. Returns an exit status, after complaining if it is not 0.
    int (*run)(struct lab_call *call);
};

// Name, version and license, in two lines.
extern const char lab_version_text[];

// The commands there are, from 0 on, and the views behind them; NULL beyond
// the last.
const struct lab_command *lab_command_at(size_t index);

// One row each; the functions are in commands/NAME.c.
int lab_command_list(struct lab_call *call);
int lab_command_run(struct lab_call *call);
int lab_command_view(struct lab_call *call);
int lab_command_export(struct lab_call *call);
int lab_command_set(struct lab_call *call);
int lab_command_clock(struct lab_call *call);
int lab_command_source(struct lab_call *call);
int lab_command_lesson(struct lab_call *call);
int lab_command_lessons(struct lab_call *call);
int lab_command_ps(struct lab_call *call);
int lab_command_why(struct lab_call *call);
int lab_command_alive(struct lab_call *call);
int lab_command_step(struct lab_call *call);
int lab_command_back(struct lab_call *call);
int lab_command_goto(struct lab_call *call);
int lab_command_until(struct lab_call *call);
int lab_command_stepper(struct lab_call *call);
int lab_command_diff(struct lab_call *call);
int lab_command_help(struct lab_call *call);
int lab_command_quit(struct lab_call *call);

// The verbs that `until` knows; NULL beyond the last.
const char *lab_command_until_verb(size_t index);

// Finds the command called [name].
//
// Errors: NULL, with one sentence in [error] and what was perhaps meant.
const struct lab_command *lab_command_find(const char *name,
                                           struct lab_text *error);

// A line cut into words at white space; a final & is taken off.
struct lab_words {
    char **words; // owned; NULL-terminated, as getopt wants it
    int count;
    bool background;
};
void lab_words_split(struct lab_words *words, const char *line);
void lab_words_free(struct lab_words *words);

// Runs the command that [words] are, with the options among them. Waits.
// Returns an exit status, after complaining if it is not 0. Options without a
// command become the shell's options, and LAB_COMMAND_NONE is returned.
enum { LAB_COMMAND_NONE = -1 };
int lab_command_call(struct lab_shell *shell, char **words, int count);

#endif
