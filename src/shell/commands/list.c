#include "base/die.h"
#include "demo/index.h"
#include "shell/command.h"
#include "shell/option.h"
#include "view/rows.h"

// Appends what is said of [file] in place of what it asks, if it is skipped;
// returns whether it is.
static bool put_skipped(struct lab_text *row,
                        const struct lab_demo_file *file) {
    bool is = file->is_skipped && file->needs;
    if (is)
        lab_text_printf(row, "skipped: %s %s",
                        *file->packages ? "install" : "needs",
                        *file->packages ? file->packages : file->needs);
    return is;
}

// Appends what [file] asks, or why it does not. Returns false, with a sentence
// in [error], if it is no demo.
static bool put_row(struct lab_text *row, struct lab_demo_file *file,
                    struct lab_text *error) {
    if (lab_demos_asks(file, row, error)) {
        if (file->needs)
            lab_text_printf(row, " (without %s)", file->needs);
        return true;
    }
    return put_skipped(row, file);
}

// A line for each, whatever the index says: this is what the index is made of.
static int list_json(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text all = {0}, error = {0};
    int status = LAB_EXIT_OK;
    for (size_t i = 0; i < shell->demos.count; i++)
        if (!lab_index_put(&all, &shell->demos.files[i], &error))
            status = lab_shell_fail_text(shell, &error);
    lab_pages_put(shell, &all);
    lab_text_free(&all);
    return status;
}

static int list(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_rows rows = {0};
    struct lab_text name = {0}, row = {0}, error = {0}, all = {0};
    int status = LAB_EXIT_OK;
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    if (call->options.json)
        return list_json(call);
    lab_index_read(&shell->demos);
    for (size_t i = 0; i < shell->demos.count; i++) {
        struct lab_demo_file *file = &shell->demos.files[i];
        lab_text_clear(&name);
        lab_text_printf(&name, "%02d %s", file->number, file->name);
        int columns = lab_text_columns(lab_text_string(&name));
        rows.least = columns > rows.least ? columns : rows.least;
        lab_text_clear(&row);
        if (put_row(&row, file, &error))
            lab_rows_add(&rows, lab_text_string(&name), lab_text_string(&row));
        else // the others are there all the same
            status = lab_shell_fail_text(shell, &error);
        lab_text_clear(&error);
    }
    lab_rows_put(&rows, &all, &call->options.style);
    lab_pages_put(shell, &all);
    lab_text_free(&name);
    lab_text_free(&row);
    lab_text_free(&error);
    lab_text_free(&all);
    return status;
}

LAB_COMMAND(list) = {
    .name = "list",
    .order = 100,
    .text = "show the demos and what they ask",
    .help = "  list                        every demo, with its question\n"
            "  list --json                 an object on a line for each\n",
    .options = LAB_OPTION_JSON | LAB_OPTIONS_WHICH | LAB_OPTIONS_STYLE,
    .run = list,
};
