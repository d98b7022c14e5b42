// edit_read.c - a line is read, and perhaps changed by an editor.

#include "shell/editing.h"

bool lab_edit_compose(lab_edit *edit) {
    if (!edit->options.compose || edit->answering)
        return false;
    edit->composing = true;
    lab_typing_unread(&edit->typing, '\r');
    return true;
}

static int read_once(lab_edit *edit, const char *prompt, bool beside,
                     struct lab_text *line) {
    lab_text_clear(line);
    edit->composing = false;
    if (edit->gone)
        return LAB_EOF;
    lab_typing_begin(&edit->typing, beside);
    lab_screen_begin(&edit->screen, prompt);
    int rc = lab_edit_read_line(edit, line);
    lab_screen_end(&edit->screen);
    if (rc < 0)
        return rc;
    lab_typing_leave(&edit->typing);
    edit->told -= edit->told > 0; // one of them was read
    return rc;
}

// Has an editor change [line], and shows what came of it as if it was typed. If
// that is nothing, the line as it was can be found in the history.
static bool hand_over(lab_edit *edit, const char *prompt,
                      struct lab_text *line) {
    struct lab_text before = {0}, shown = {0};
    lab_text_put(&before, lab_text_string(line));
    bool is_there =
        edit->options.compose(edit->options.context, line) && line->length > 0;
    if (is_there) {
        lab_text_put(&shown, prompt);
        lab_text_mask(&shown, line->data, line->length, false);
        lab_text_put(&shown, "\n");
        lab_edit_print(edit, shown.data, shown.length);
    } else if (before.length > 0) {
        lab_edit_history_add(edit, &before);
    }
    lab_text_free(&before);
    lab_text_free(&shown);
    return is_there;
}

int lab_edit_read(lab_edit *edit, const char *prompt, bool beside,
                  struct lab_text *line) {
    int rc;
    do
        rc = read_once(edit, prompt, beside, line);
    while (rc >= 0 && edit->composing && !hand_over(edit, prompt, line));
    if (rc < 0)
        return rc;
    if (!edit->answering)
        lab_edit_history_add(edit, line);
    return (int)line->length;
}
