#include "shell/complete.h"

#include "base/alloc.h"
#include "shell/option.h"
#include "shell/select.h"

#include <string.h>

// Where candidates go: those that begin like the word are offered.
struct offering {
    const char *word;
    void (*offer)(void *to, const char *candidate);
    void *to;
};

static void offer(const struct offering *o, const char *candidate) {
    if (strncmp(candidate, o->word, strlen(o->word)) == 0)
        o->offer(o->to, candidate);
}

static void offer_joined(const struct offering *o, const char *a, const char *b,
                         const char *c) {
    struct lab_text text = {0};
    lab_text_printf(&text, "%s%s%s", a, b, c);
    offer(o, lab_text_string(&text));
    lab_text_free(&text);
}

static void offer_commands(const struct offering *o) {
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        offer(o, command->name);
}

static void offer_options(const struct offering *o) {
    for (size_t i = 0; lab_options[i].name; i++)
        offer_joined(o, "--", lab_options[i].name,
                     lab_option_needs_value(&lab_options[i]) ? "=" : "");
}

static void offer_clocks(const struct offering *o) {
    static const char *const clocks[] = {"virtual", "real", "x10", "x0.5"};
    for (size_t i = 0; i < countof(clocks); i++)
        offer(o, clocks[i]);
}

// A folder that cannot be read offers nothing; the command will say why.
static bool has_demos(struct lab_shell *shell) {
    struct lab_text error = {0};
    bool has = lab_shell_demos(shell, &error);
    lab_text_free(&error);
    return has;
}

static void offer_demos(struct lab_shell *shell, const struct offering *o) {
    for (size_t i = 0; has_demos(shell) && i < shell->demos.count; i++)
        offer(o, shell->demos.files[i].name);
}

static void offer_parts(struct lab_shell *shell, const char *name,
                        const struct offering *o) {
    struct lab_text error = {0};
    struct lab_demo_file *file =
        has_demos(shell) ? lab_demos_find(&shell->demos, name, &error) : NULL;
    if (file && lab_demos_load(file, &error)) {
        const struct lab_demo *demo = file->demo;
        for (size_t i = 0; i < lab_variant_count(demo); i++)
            offer(o, demo->variants[i].name);
        for (size_t i = 0; i < lab_param_count(demo); i++)
            offer_joined(o, demo->params[i].name, "=", "");
    }
    lab_text_free(&error);
}

static void offer_argument(struct lab_shell *shell, char **words, int place,
                           const struct offering *o) {
    struct lab_text error = {0};
    const struct lab_command *command = lab_command_find(words[0], &error);
    lab_text_free(&error);
    if (!command)
        return;
    switch (command->argument) {
    case LAB_ARGUMENT_NONE:
        break;
    case LAB_ARGUMENT_DEMO:
        if (place > 1) {
            offer_parts(shell, words[1], o);
            break;
        }
        offer_demos(shell, o);
        if (command->run == lab_command_run)
            offer(o, "all");
        break;
    case LAB_ARGUMENT_COMMAND:
        offer_commands(o);
        offer(o, "options");
        break;
    case LAB_ARGUMENT_CLOCK:
        offer_clocks(o);
        break;
    }
}

void lab_complete(void *context, const char *line, size_t *start,
                  void (*offer_to)(void *to, const char *candidate), void *to) {
    struct lab_words words;
    size_t length = strlen(line);
    *start = length;
    while (*start > 0 && line[*start - 1] != ' ')
        --*start;
    struct offering o = {line + *start, offer_to, to};
    lab_words_split(&words, line);
    // The word being typed is the last, unless a space ends the line.
    int place = words.count - (*start < length);
    if (strncmp(o.word, "--clock=", 8) == 0) {
        o.word += 8;
        *start += 8;
        offer_clocks(&o);
    } else if (o.word[0] == '-') {
        offer_options(&o);
    } else if (place == 0) {
        offer_commands(&o);
    } else {
        offer_argument(context, words.words, place, &o);
    }
    lab_words_free(&words);
}
