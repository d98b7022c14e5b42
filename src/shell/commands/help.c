#include "base/die.h"
#include "shell/option.h"

#include <string.h>

static void put_row(struct lab_text *text, const struct lab_style *style,
                    const char *left, int widest, const char *right) {
    lab_text_put(text, "  ");
    lab_view_color(text, style, LAB_COLOR_HEAD);
    lab_text_pad(text, left, widest, style->ascii);
    lab_view_color(text, style, LAB_COLOR_NONE);
    lab_text_printf(text, "  %s\n", right);
}

static void put_commands(struct lab_text *text,
                         const struct lab_style *style) {
    lab_text_put(text, "looplab makes asynchronous time visible. Try:  run 3\n"
                       "\n");
    for (size_t i = 0; lab_commands[i].name; i++)
        put_row(text, style, lab_commands[i].name, 9, lab_commands[i].text);
    lab_text_put(text, "\nhelp COMMAND says more and gives examples; help "
                       "options lists the options.\n");
}

static void put_options(struct lab_text *text, const struct lab_style *style) {
    struct lab_text left = {0};
    lab_text_put(text, "Options stand before or behind any command:\n\n");
    for (size_t i = 0; lab_options[i].name; i++) {
        const struct lab_option *option = &lab_options[i];
        lab_text_clear(&left);
        lab_text_printf(&left, "--%s%s%s", option->name,
                        option->argument ? "=" : "",
                        option->argument ? option->argument : "");
        put_row(text, style, lab_text_string(&left), 26, option->text);
    }
    lab_text_free(&left);
}

int lab_command_help(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    const struct lab_style *style = &call->manner.style;
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
        lab_view_color(&text, style, LAB_COLOR_HEAD);
        lab_text_put(&text, command->name);
        lab_view_color(&text, style, LAB_COLOR_NONE);
        lab_text_printf(&text, "%s%s: %s\n\n%s", *command->usage ? " " : "",
                        command->usage, command->text, command->help);
    }
    lab_shell_put(shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}
