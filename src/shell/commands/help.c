#include "base/die.h"
#include "shell/option.h"
#include "view/line.h"

#include <string.h>

static void put_row(struct lab_text *text, const struct lab_style *style,
                    const char *left, int widest, const char *right) {
    int room = style->width - widest - 4;
    if (room < 24 || lab_line_columns(right) > room) {
        struct lab_text both = {0};
        lab_text_printf(&both, "%s: %s", left, right);
        lab_line_wrap(text, style, LAB_COLOR_NONE, 2, lab_text_string(&both));
        lab_text_free(&both);
        return;
    }
    lab_text_put(text, "  ");
    lab_view_color(text, style, LAB_COLOR_HEAD);
    lab_line_left(text, style, left, widest);
    lab_view_color(text, style, LAB_COLOR_NONE);
    lab_text_printf(text, "  %s\n", right);
}

static void put_commands(struct lab_text *text, const struct lab_style *style) {
    lab_line_wrap(text, style, LAB_COLOR_NONE, 0,
                  "looplab makes asynchronous time visible. Try: run 3");
    lab_text_put(text, "\n");
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        put_row(text, style, command->name, 9, command->text);
    lab_text_put(text, "\n");
    lab_line_wrap(text, style, LAB_COLOR_NONE, 0,
                  "help COMMAND says more and gives examples; help options "
                  "lists the options.");
}

static void put_options(struct lab_text *text, const struct lab_style *style) {
    struct lab_text left = {0};
    lab_line_wrap(text, style, LAB_COLOR_NONE, 0,
                  "Options stand before or behind any command:");
    lab_text_put(text, "\n");
    for (size_t i = 0; lab_option_table[i].name; i++) {
        const struct lab_option *option = &lab_option_table[i];
        lab_text_clear(&left);
        const char *argument = option->argument ? option->argument : "";
        bool may = *argument == '[';
        lab_text_printf(&left, "--%s%s%s", option->name,
                        may         ? "[="
                        : *argument ? "="
                                    : "",
                        argument + may);
        put_row(text, style, lab_text_string(&left), 26, option->text);
    }
    lab_text_free(&left);
}

// [lines] one by one, as wide as the style says; each begins with 2 spaces.
static void put_lines(struct lab_text *text, const struct lab_style *style,
                      const char *lines) {
    struct lab_text line = {0};
    while (*lines) {
        size_t n = strcspn(lines, "\n");
        lab_text_clear(&line);
        lab_text_write(&line, lines, n);
        if (lab_line_columns(lab_text_string(&line)) <= style->width)
            lab_text_printf(text, "%s\n", lab_text_string(&line));
        else
            lab_line_wrap(text, style, LAB_COLOR_NONE, 2, line.data + 2);
        lines += n + (lines[n] == '\n');
    }
    lab_text_free(&line);
}

static void put_command(struct lab_text *text, const struct lab_style *style,
                        const struct lab_command *command) {
    struct lab_text usage = {0};
    lab_text_printf(&usage, "%s %s", command->name, command->usage);
    lab_line_wrap(text, style, LAB_COLOR_HEAD, 0, lab_text_string(&usage));
    lab_line_wrap(text, style, LAB_COLOR_NONE, 2, command->text);
    lab_text_put(text, "\n");
    put_lines(text, style, command->help);
    lab_text_free(&usage);
}

int lab_command_help(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    const struct lab_style *style = &call->options.style;
    struct lab_text text = {0}, error = {0};
    if (call->count == 0) {
        put_commands(&text, style);
    } else if (strcmp(call->words[0], "options") == 0) {
        put_options(&text, style);
    } else {
        const struct lab_command *command =
            lab_command_find(call->words[0], &error);
        if (!command)
            return lab_shell_refuse_text(shell, &error);
        put_command(&text, style, command);
    }
    lab_shell_put(shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}
