// option.h - the options: how a command runs, and how its output looks.
//
// A command's row says which options it obeys; the others are refused.

#ifndef LAB_SHELL_OPTION_H
#define LAB_SHELL_OPTION_H

#include "shell/command.h"

// The options as bits, in the order of lab_option_table.
enum {
    LAB_OPTION_CLOCK = 1 << 0,
    LAB_OPTION_SCHEDULE = 1 << 1,
    LAB_OPTION_LIMIT = 1 << 2,
    LAB_OPTION_DEBUG = 1 << 3,
    LAB_OPTION_RECORD = 1 << 4,
    LAB_OPTION_TIMELINE = 1 << 5,
    LAB_OPTION_JSON = 1 << 6,
    LAB_OPTION_ASCII = 1 << 7,
    LAB_OPTION_COLOR = 1 << 8,
    LAB_OPTION_WIDTH = 1 << 9,
    LAB_OPTION_DEMOS = 1 << 10,
    LAB_OPTION_LESSONS = 1 << 11,
    LAB_OPTION_TRUST = 1 << 12,
    LAB_OPTION_CHECK = 1 << 13,
    LAB_OPTION_WRITE = 1 << 14,
    LAB_OPTION_WATCH = 1 << 15,
    LAB_OPTION_PORT = 1 << 16,
    LAB_OPTION_SERVE = 1 << 17,
    LAB_OPTION_REHEARSE = 1 << 18,
    LAB_OPTION_SHEET = 1 << 19,
    LAB_OPTION_HELP = 1 << 20,
    LAB_OPTION_VERSION = 1 << 21,
    LAB_OPTION_EXECUTE = 1 << 22,
    LAB_OPTION_ECHO = 1 << 23,
    LAB_OPTION_QUIET = 1 << 24,
    LAB_OPTION_KEEP_GOING = 1 << 25,
    LAB_OPTION_PLAIN = 1 << 26,
    LAB_OPTION_COUNT = 27,

    // Which commands are run, in place of one that is typed.
    LAB_OPTIONS_SCRIPT = LAB_OPTION_EXECUTE | LAB_OPTION_ECHO |
                         LAB_OPTION_QUIET | LAB_OPTION_KEEP_GOING,

    // Which demos are meant; how one is run; and both, which is what a command
    // that runs one obeys.
    LAB_OPTIONS_WHICH = LAB_OPTION_DEMOS | LAB_OPTION_TRUST,
    LAB_OPTIONS_HOW = LAB_OPTION_CLOCK | LAB_OPTION_SCHEDULE |
                      LAB_OPTION_LIMIT | LAB_OPTION_DEBUG | LAB_OPTION_RECORD,
    LAB_OPTIONS_RUN = LAB_OPTIONS_HOW | LAB_OPTIONS_WHICH,
    // How text looks.
    LAB_OPTIONS_STYLE = LAB_OPTION_ASCII | LAB_OPTION_COLOR | LAB_OPTION_WIDTH |
                        LAB_OPTION_PLAIN,
    // What every command obeys, and what stands without one.
    LAB_OPTIONS_ALL = LAB_OPTION_HELP | LAB_OPTION_VERSION,
    LAB_OPTIONS_ALONE = LAB_OPTION_CLOCK | LAB_OPTION_TIMELINE |
                        LAB_OPTION_JSON | LAB_OPTIONS_STYLE |
                        LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS |
                        LAB_OPTIONS_SCRIPT | LAB_OPTIONS_ALL,
};

struct lab_option {
    const char *name;     // without the dashes
    const char *argument; // what follows the =; NULL for none, and in brackets
                          // if it may be left out
    const char *text;
    // Applies the option to [call]; value is NULL where none was typed. False
    // with a sentence in [error].
    bool (*apply)(struct lab_call *call, const char *value,
                  struct lab_text *error);
    void (*offer)(const struct lab_request *request); // values; or NULL
};

// The options there are, ended by a NULL name.
extern const struct lab_option lab_option_table[];

// The options that [command] obeys; NULL is a line of options alone.
uint32_t lab_options_of(const struct lab_command *command);

// Must a value follow, or may it be left out?
bool lab_option_needs_value(const struct lab_option *option);

// Appends the option as help shows it: "--debug[=TIME]".
void lab_option_put(struct lab_text *out, const struct lab_option *option);

// Takes the options out of call->words; the rest keeps its order. "--" ends
// them. Which there were is in call->given, and what follows their = in
// [values], zeroed and of LAB_OPTION_COUNT.
//
// Errors: false, with one sentence in [error].
bool lab_options_take(struct lab_call *call, const char **values,
                      struct lab_text *error);

// Applies the options that lab_options_take found, once call->command is set.
//
// Errors: false, with one sentence in [error]: the command does not obey one,
//         or its value is wrong.
bool lab_options_apply(struct lab_call *call, const char *const *values,
                       struct lab_text *error);

// For a command that turns out to run no demo: refuses the options that say how
// one is run. Returns an exit status.
int lab_options_refuse_run(struct lab_call *call);

// Is [path], a file to write, "-"? Other programs mean standard output by that,
// and a file of that name is hard to remove. Then one sentence is in [error].
bool lab_option_refuse_dash(const char *path, struct lab_text *error);

// --- option_offer.c: values that the table offers
void lab_option_offer_clocks(const struct lab_request *request);
void lab_option_offer_schedules(const struct lab_request *request);
void lab_option_offer_limits(const struct lab_request *request);
void lab_option_offer_colors(const struct lab_request *request);
void lab_option_offer_records(const struct lab_request *request);
void lab_option_offer_folders(const struct lab_request *request);

// Sets [options] to what fits the program's standard output: [is_terminal],
// of [width] columns.
void lab_options_default(struct lab_options *options, bool is_terminal,
                         int width);

#endif
