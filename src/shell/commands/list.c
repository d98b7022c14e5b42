#include "base/die.h"
#include "shell/command.h"
#include "shell/option.h"
#include "shell/rows.h"

// Adds the row of [file], called [name], if it is skipped; returns whether.
static bool put_skipped(struct lab_rows *rows, struct lab_demo_file *file,
                        const char *name) {
    struct lab_text why = {0};
    lab_demos_load(file, &why);
    lab_text_clear(&why);
    if (file->is_skipped && file->needs) {
        bool known = *file->packages;
        lab_text_printf(&why, "skipped: %s %s", known ? "install" : "needs",
                        known ? file->packages : file->needs);
        lab_rows_add(rows, name, lab_text_string(&why));
    }
    lab_text_free(&why);
    return file->is_skipped && file->needs;
}

static int list(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_rows rows = {0};
    struct lab_text text = {0}, asks = {0}, error = {0};
    int status = LAB_EXIT_OK;
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    for (size_t i = 0; i < shell->demos.count; i++) {
        struct lab_demo_file *file = &shell->demos.files[i];
        struct lab_selection selection;
        lab_text_clear(&text);
        lab_text_printf(&text, "%02d %s", file->number, file->name);
        int columns = lab_text_columns(lab_text_string(&text));
        rows.least = columns > rows.least ? columns : rows.least;
        if (put_skipped(&rows, file, lab_text_string(&text)))
            continue;
        if (lab_select_file(shell, file, &selection) != LAB_EXIT_OK) {
            status = LAB_EXIT_FAILED; // the others are there all the same
            continue;
        }
        lab_text_clear(&asks);
        lab_text_put(&asks, file->demo->asks);
        if (file->needs)
            lab_text_printf(&asks, " (without %s)", file->needs);
        lab_rows_add(&rows, lab_text_string(&text), lab_text_string(&asks));
    }
    lab_text_clear(&text);
    lab_rows_put(&rows, &text, &call->options.style);
    lab_pages_put(shell, &text);
    lab_text_free(&text);
    lab_text_free(&asks);
    return status;
}

LAB_COMMAND(list) = {
    .name = "list",
    .order = 100,
    .text = "show the demos and what they ask",
    .help = "  list                        every demo, with its question\n",
    .options = LAB_OPTIONS_WHICH | LAB_OPTIONS_STYLE,
    .run = list,
};
