// command.h - a command is one file in commands/.
//
// Its row says what it is called, which words and options it takes, and what
// help says of it. Parsing, completion, help and refusals read the row.
//
// Use:
//     static int nap(struct lab_call *call) {
//         ...
//         return LAB_EXIT_OK;
//     }
//
//     LAB_COMMAND(nap) = {
//         .name = "nap",
//         .order = 190,
//         .text = "sleep for some seconds",
//         .help = "  nap 3                       three seconds\n",
//         .takes = {{&lab_type_count}},
//         .run = nap,
//     };

#ifndef LAB_SHELL_COMMAND_H
#define LAB_SHELL_COMMAND_H

#include "record/file.h"
#include "shell/select.h"
#include "shell/shell.h"
#include "shell/type.h"

#include <stdint.h>

// A moment of a run: a time, or the number of events that have happened.
struct lab_instant {
    bool is_set, is_event;
    lab_time time;
    unsigned long events;
};

// One command as it was typed, its options already applied.
struct lab_call {
    struct lab_shell *shell;
    struct lab_job *job; // whose command it is, or NULL
    const struct lab_command *command;
    char **words; // what follows the command's name, without options and keys
    int count;
    // What the types of the words have read from them; see type.h.
    struct lab_target target;
    struct lab_demo_file *file;
    struct lab_instant moment; // at=, too
    size_t number;             // 1 if none was typed
    size_t part;               // of a lesson, from 1; 0 if none was typed
    unsigned long seed;        // 0 if none was typed
    bool again;                // predict: with other figures
    // What the options have set; see option.h.
    uint32_t given;             // which options, as bits
    struct lab_options options; // the shell's, as the options changed it
    const char *schedule;       // borrowed from the words; NULL is fifo
    const char *record; // likewise; where to write what happens, or NULL
    lab_time slow;      // report who holds the loop this long; 0: nobody
    int port;           // to serve on; 0: any
    bool check, write, watch, serve, rehearse, sheet;
    bool wants_help, wants_version;
    // While a demo runs.
    struct lab_recorder *recorder; // writes [record], or NULL
    struct lab_live *drawing;      // shows a quiet run as it proceeds, or NULL
    bool live;                     // each line is shown as it is said
    const struct lab_run *silent;  // that has said nothing so far, or NULL
    int said_columns;              // of the names before it; see export_said.h
    bool quiet;                    // nothing of the run is shown
    bool drops_stray;              // nor what a program prints as it fails
    bool keeps_input;              // standard input is not the program's
    // NULL, or where the library of a program in C is kept between its runs.
    struct lab_guest_library *library;
    bool endless;        // Ctrl-C is how it ends
    char **own;          // the memory of words; lab_command_call's
    char *kept_schedule; // owned, if [schedule] is of what ran last
};

// One of the words that a command takes.
struct lab_argument {
    const struct lab_type *type;
    bool optional;
};

enum { LAB_COMMAND_TAKES = 4 };

// In the order in which a row is read.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
struct lab_command {
    const char *name;
    int order;        // help lists commands from the least to the greatest
    bool is_hidden;   // it is for programs; help and completion leave it out
    const char *text; // what it does, in a few words
    const char *help; // examples, each a line: two spaces, the command, two
                      // spaces or more, what it does
    struct lab_argument takes[LAB_COMMAND_TAKES]; // up to a NULL type
    uint32_t keys;         // which NAME=VALUE words it takes; see key.h
    const char *keys_with; // only after this word; NULL: always
    uint32_t options;      // which options it obeys; see option.h
    bool wants_screen;     // it draws on the whole screen, and reads keys
    // Waits. Returns an exit status, after complaining if it is not 0.
    int (*run)(struct lab_call *call);
};

// Defines a command and adds it to those there are; its row follows.
#define LAB_COMMAND(command)                                                   \
    static const struct lab_command lab_command_##command;                     \
    __attribute__((section("lab_commands"),                                    \
                   used)) static const struct lab_command                      \
        *const lab_command_row_##command = &lab_command_##command;             \
    static const struct lab_command lab_command_##command

// Name, version and license, in two lines.
extern const char lab_version_text[];

// The commands that help lists, from 0 on, in its order; NULL beyond the last.
const struct lab_command *lab_command_at(size_t index);

// The command that shows view [index]; NULL beyond the last. In
// commands/view.c; for command.c alone.
const struct lab_command *lab_command_of_view(size_t index);

// Finds the command called [name], listed or hidden; NULL if there is none.
const struct lab_command *lab_command_find(const char *name);

// Does the command that [line] begins with take the whole screen?
bool lab_command_wants_screen(const char *line);

// May what was printed be replaced by something newer? Somebody reads along,
// on a terminal that can, and not by a screen reader.
bool lab_call_may_redraw(const struct lab_call *call);

// Notes how wide the terminal is now: it may have changed while [call] waited.
void lab_call_measure(struct lab_call *call);

// Prints a formatted sentence in [color] and a newline, wrapped at words.
__attribute__((format(printf, 3, 4))) void
lab_call_paint(const struct lab_call *call, enum lab_color color,
               const char *format, ...);

// Prints a formatted sentence and a newline; wrapped at words, if somebody
// reads along.
__attribute__((format(printf, 2, 3))) void
lab_call_say(const struct lab_call *call, const char *format, ...);

// Prints what help says of [command].
void lab_command_explain(struct lab_call *call,
                         const struct lab_command *command);

// Runs the command that [words] are, with the options among them. Waits.
// Returns an exit status, after complaining if it is not 0. Options without a
// command become the shell's options, and LAB_COMMAND_NONE is returned.
enum { LAB_COMMAND_NONE = -1 };
int lab_command_call(struct lab_shell *shell, char **words, int count);

#endif
