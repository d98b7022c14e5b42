#include "shell/editing.h"

#include "shell/terminal.h"

// A history that cannot be read or written is told once, and left alone from
// then on: whatever is there is not ours to replace.
static void complain(lab_edit *edit, const char *what, int rc) {
    struct lab_text text = {0}, lines = {0};
    int columns, rows;
    lab_text_printf(&text, "looplab: the history in %s cannot be %s: %s.\n",
                    edit->options.history, what, lab_error_text(rc));
    lab_terminal_size(&columns, &rows);
    lab_text_wrap(&lines, lab_text_string(&text), lab_text_measure(columns));
    lab_edit_print(edit, lines.data, lines.length);
    lab_text_free(&text);
    lab_text_free(&lines);
    edit->options.history = NULL;
}

void lab_edit_history_load(lab_edit *edit) {
    if (!edit->options.history)
        return;
    int rc = lab_history_load(&edit->history, edit->options.history);
    if (rc < 0)
        complain(edit, "read", rc);
    for (size_t i = 0; i < edit->history.count; i++)
        lab_edit_remember(edit, edit->history.lines[i]);
}

// A line is in the file before it is obeyed: that may be what kills us. If it
// cannot be saved, the next one tries again, and the last says so on leaving.
void lab_edit_history_add(lab_edit *edit, const struct lab_text *line) {
    if (!lab_history_add(&edit->history, line->data, line->length))
        return;
    lab_edit_remember(edit, line->data);
    if (edit->options.history)
        lab_ignore(lab_history_save(&edit->history, edit->options.history));
}

void lab_edit_history_save(lab_edit *edit) {
    if (!edit->options.history)
        return;
    int rc = lab_history_save(&edit->history, edit->options.history);
    if (rc < 0)
        complain(edit, "saved", rc);
}

int lab_edit_ask(lab_edit *edit, const char *prompt, bool beside,
                 struct lab_text *line) {
    edit->answering = true;
    int rc = lab_edit_read(edit, prompt, beside, line);
    edit->answering = false;
    return rc;
}
