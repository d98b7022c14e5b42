#include "base/die.h"
#include "shell/argument.h"
#include "shell/option.h"
#include "shell/rows.h"
#include "shell/suggest.h"
#include "view/line.h"

#include <string.h>

static void put_commands(struct lab_text *text, const struct lab_style *style) {
    struct lab_rows rows = {.indent = 2};
    const struct lab_command *command;
    lab_line_wrap(text, style, LAB_COLOR_NONE, 0,
                  "looplab makes asynchronous time visible. Try: run 3");
    lab_text_put(text, "\n");
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        lab_rows_add(&rows, command->name, command->text);
    lab_rows_put(&rows, text, style);
    lab_text_put(text, "\n");
    lab_line_wrap(text, style, LAB_COLOR_NONE, 0,
                  "help COMMAND says more and gives examples; help options "
                  "lists the options.");
}

static void put_options(struct lab_text *text, const struct lab_style *style) {
    struct lab_rows rows = {.indent = 2};
    struct lab_text left = {0};
    lab_line_wrap(text, style, LAB_COLOR_NONE, 0,
                  "Options come before or after a command; help COMMAND says "
                  "which it takes:");
    lab_text_put(text, "\n");
    for (size_t i = 0; lab_option_table[i].name; i++) {
        lab_text_clear(&left);
        lab_option_put(&left, &lab_option_table[i]);
        lab_rows_add(&rows, lab_text_string(&left), lab_option_table[i].text);
    }
    lab_rows_put(&rows, text, style);
    lab_text_free(&left);
}

// The examples of [command], and what each does.
static void put_examples(struct lab_text *text, const struct lab_style *style,
                         const struct lab_command *command) {
    struct lab_rows rows = {.indent = 2};
    struct lab_text left = {0}, right = {0};
    const char *line = command->help;
    while (*line) {
        size_t n = strcspn(line, "\n"), indent = strspn(line, " ");
        const char *gap = strstr(line + indent, "  ");
        size_t example = gap && gap < line + n ? (size_t)(gap - line) : n;
        size_t meaning = example + strspn(line + example, " ");
        lab_text_clear(&left);
        lab_text_clear(&right);
        lab_text_write(&left, line + indent, example - indent);
        lab_text_write(&right, line + meaning, n - meaning);
        lab_rows_add(&rows, lab_text_string(&left), lab_text_string(&right));
        line += n + (line[n] == '\n');
    }
    lab_rows_put(&rows, text, style);
    lab_text_free(&left);
    lab_text_free(&right);
}

// The options that [command] takes, in one paragraph.
static void put_taken(struct lab_text *text, const struct lab_style *style,
                      const struct lab_command *command) {
    struct lab_text line = {0};
    if (!command->options)
        return;
    lab_text_put(&line, "Options:");
    for (size_t i = 0; lab_option_table[i].name; i++)
        if (command->options & (1U << i))
            lab_text_printf(&line, " --%s", lab_option_table[i].name);
    lab_text_put(text, "\n");
    lab_line_wrap(text, style, LAB_COLOR_NONE, 2, lab_text_string(&line));
    lab_text_free(&line);
}

static void put_command(struct lab_text *text, const struct lab_style *style,
                        const struct lab_command *command) {
    struct lab_text usage = {0};
    lab_arguments_usage(&usage, command);
    lab_line_wrap(text, style, LAB_COLOR_HEAD, 0, lab_text_string(&usage));
    lab_line_wrap(text, style, LAB_COLOR_NONE, 2, command->text);
    lab_text_put(text, "\n");
    put_examples(text, style, command);
    put_taken(text, style, command);
    lab_text_free(&usage);
}

void lab_command_explain(struct lab_call *call,
                         const struct lab_command *command) {
    struct lab_text text = {0};
    if (command)
        put_command(&text, &call->options.style, command);
    else
        put_commands(&text, &call->options.style);
    lab_shell_put(call->shell, &text);
    lab_text_free(&text);
}

// --- its word: a command, or "options"

static void offer(const struct lab_request *request) {
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        lab_offer(request, command->name);
    lab_offer(request, "options");
}

static const struct lab_type topic = {
    .usage = "COMMAND | options",
    .offer = offer,
};

static int help(struct lab_call *call) {
    struct lab_text text = {0}, error = {0};
    if (call->count > 0 && strcmp(call->words[0], "options") == 0) {
        put_options(&text, &call->options.style);
        lab_shell_put(call->shell, &text);
        lab_text_free(&text);
        return LAB_EXIT_OK;
    }
    const struct lab_command *command =
        call->count > 0 ? lab_command_find(call->words[0]) : NULL;
    if (call->count > 0 && !command) {
        lab_suggest_command(call->shell, call->words[0], &error);
        return lab_shell_refuse_text(call->shell, &error);
    }
    lab_command_explain(call, command);
    return LAB_EXIT_OK;
}

LAB_COMMAND(help) = {
    .name = "help",
    .order = 890,
    .text = "explain a command",
    .help = "  help run                    one command, with examples\n"
            "  help options                what the options do\n",
    .takes = {{&topic, .optional = true}},
    .options = LAB_OPTION_COLOR | LAB_OPTION_WIDTH,
    .run = help,
};
