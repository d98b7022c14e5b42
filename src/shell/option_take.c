// option_take.c - options as they were typed, and which a command obeys.

#include "base/die.h"
#include "base/nearest.h"
#include "shell/option.h"

#include <ctype.h>
#include <getopt.h>
#include <string.h>

// Says that [word], "--json=1", has a value that its option does not take, if
// that is so.
static bool refuse_value(struct lab_text *error, const char *word) {
    const char *name = word + strspn(word, "-"), *value = strchr(word, '=');
    size_t n = strcspn(name, "=");
    for (size_t i = 0; value && n > 0 && lab_option_table[i].name; i++)
        if (!lab_option_table[i].argument &&
            strncmp(lab_option_table[i].name, name, n) == 0) {
            lab_text_printf(error, "--%s takes no value; leave \"%s\" out",
                            lab_option_table[i].name, value);
            return true;
        }
    return false;
}

static void complain(struct lab_text *error, int c, const char *word) {
    const char *best = NULL;
    struct lab_text name = {0};
    if (c == ':') {
        lab_text_put(error, word);
        lab_text_put(error, " needs a value; see help options");
        return;
    }
    if (refuse_value(error, word))
        return;
    lab_text_write(&name, word, strcspn(word, "="));
    lab_text_printf(error, "no option %s", lab_text_string(&name));
    if (isdigit((unsigned char)word[1])) {
        lab_text_printf(error, "; for the number, type -- before it: -- %s",
                        word);
        lab_text_free(&name);
        return;
    }
    for (size_t i = 0; lab_option_table[i].name; i++)
        lab_nearest(lab_text_string(&name) + strspn(word, "-"),
                    lab_option_table[i].name, &best);
    lab_text_free(&name);
    if (best)
        lab_text_printf(error, "; did you mean --%s?", best);
    else
        lab_text_put(error, "; help options lists them");
}

// The word in which getopt has met what is no option. It steps over letters
// behind one dash only when it has seen them all.
static const char *refused(const struct lab_call *call) {
    const char *passed = call->words[optind - 1];
    size_t n = strlen(passed);
    bool is_done = n > 1 && passed[0] == '-' &&
                   (optopt == 0 || passed[1] == '-' || passed[n - 1] == optopt);
    return is_done || optind >= call->count ? passed : call->words[optind];
}

static int takes(const struct lab_option *option) {
    if (lab_option_needs_value(option))
        return required_argument;
    return option->argument ? optional_argument : no_argument;
}

// Notes the option [bit], whose value is optarg.
static void note(struct lab_call *call, uint32_t bit, const char **values) {
    call->given |= bit;
    values[__builtin_ctz(bit)] = optarg;
    if (bit == LAB_OPTION_EXECUTE)
        lab_text_printf(&call->shell->script.lines, "%s\n", optarg);
}

// Many programs take -help. getopt reads -h, which is meant, and -e with "lp".
static bool is_rest_of_help(const struct lab_call *call) {
    const char *word = call->words[optind - 1];
    return optarg == word + strlen("-he") && strcmp(word, "-help") == 0;
}

// getopt does the cutting; it knows = and --, and moves options to the front.
bool lab_options_take(struct lab_call *call, const char **values,
                      struct lab_text *error) {
    struct option table[LAB_OPTION_COUNT + 1] = {0};
    for (size_t i = 0; lab_option_table[i].name; i++)
        table[i] = (struct option){lab_option_table[i].name,
                                   takes(&lab_option_table[i]), NULL, 0};
    int at = -1, c;
    opterr = 0;
    optind = 0; // forget the last command line
    while ((c = getopt_long(call->count, call->words, ":he:", table, &at)) !=
           -1) {
        if (c == ':' || c == '?') {
            complain(error, c, refused(call));
            return false;
        }
        if (c == 'e' && is_rest_of_help(call))
            continue;
        note(call,
             c == 'h'   ? LAB_OPTION_HELP
             : c == 'e' ? LAB_OPTION_EXECUTE
                        : 1U << at,
             values);
    }
    call->words += optind;
    call->count -= optind;
    return true;
}

// Appends the names of the first commands that obey the option [bit].
static void put_takers(struct lab_text *out, uint32_t bit) {
    enum { NAMED = 3 };
    const struct lab_command *command;
    size_t count = 0;
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        if ((command->options & bit) && count++ < NAMED)
            lab_text_printf(out, "%s %s", count > 1 ? "," : "", command->name);
    lab_text_put(out, count > NAMED ? " and others" : "");
}

static void refuse(struct lab_text *error, const struct lab_command *command,
                   const char *option, uint32_t bit) {
    if (command)
        lab_text_printf(error, "%s does not take --%s", command->name, option);
    else
        lab_text_printf(error, "--%s needs a command", option);
    lab_text_put(error, "; it goes with");
    if (bit & LAB_OPTIONS_SCRIPT)
        lab_text_put(error, " a script: looplab FILE, or looplab -e COMMAND");
    else
        put_takers(error, bit);
}

bool lab_options_apply(struct lab_call *call, const char *const *values,
                       struct lab_text *error) {
    uint32_t obeyed = lab_options_of(call->command);
    for (size_t i = 0; lab_option_table[i].name; i++) {
        const struct lab_option *option = &lab_option_table[i];
        uint32_t bit = 1U << i;
        if (!(call->given & bit))
            continue;
        if (!(obeyed & bit)) {
            refuse(error, call->command, option->name, bit);
            return false;
        }
        if (!option->apply(call, values[i], error))
            return false;
    }
    return true;
}

int lab_options_refuse_run(struct lab_call *call) {
    uint32_t useless = call->given & LAB_OPTIONS_HOW;
    if (!useless)
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell,
                            "%s runs no demo here, so --%s has no effect; "
                            "name a demo, or leave it out",
                            call->command->name,
                            lab_option_table[__builtin_ctz(useless)].name);
}
