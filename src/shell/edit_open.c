// edit_open.c - the editor's beginning and end.

#include "base/alloc.h"
#include "shell/editing.h"
#include "shell/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool lab_edit_possible(void) {
    const char *term = getenv("TERM");
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term && *term &&
           strcmp(term, "dumb") != 0;
}

int lab_edit_open(lab_edit **out, const struct lab_edit_options *options) {
    lab_edit *edit = lab_alloc(sizeof *edit);
    edit->options = *options;
    edit->in = STDIN_FILENO;
    edit->out = STDOUT_FILENO;
    edit->keys_left = -1;
    edit->screen = (struct lab_screen){.look = lab_edit_look,
                                       .draw = lab_edit_draw,
                                       .hint = lab_edit_hint_at,
                                       .arg = edit};
    int rc = lab_edit_possible() ? lab_screen_open(&edit->screen) : LAB_EINVAL;
    if (rc < 0)
        goto no_screen;
    if ((rc = lab_typing_open(&edit->typing, &edit->screen)) < 0)
        goto no_typing;
    if ((rc = lab_terminal_open(lab_output_fd(edit->screen.output))) < 0)
        goto no_terminal;
    if ((rc = lab_edit_start(edit)) < 0)
        goto no_editor;
    lab_signals_watch(edit);
    fputs(LAB_TERMINAL_HEAL, edit->screen.out);
    lab_edit_take_terminal(edit);
    lab_edit_history_load(edit);
    *out = edit;
    return 0;
no_editor:
    lab_terminal_close();
no_terminal:
    lab_typing_close(&edit->typing);
no_typing:
    lab_screen_close(&edit->screen);
no_screen:
    lab_free(edit);
    return rc;
}

void lab_edit_close(lab_edit *edit) {
    lab_typing_begin(&edit->typing,
                     false); // what is typed now is for the shell
    lab_edit_history_save(edit);
    lab_signals_unwatch(edit);
    lab_edit_lend_terminal(edit);
    lab_edit_end(edit);
    lab_edit_end_second(edit);
    lab_screen_close(&edit->screen);
    lab_terminal_close();
    lab_typing_close(&edit->typing);
    lab_recall_free(&edit->recall);
    lab_undo_free(&edit->undo);
    lab_text_free(&edit->killed);
    lab_text_free(&edit->before);
    lab_history_free(&edit->history);
    lab_free(edit);
}

void lab_edit_on_interrupt(lab_edit *edit, void (*fn)(void *arg), void *arg) {
    edit->on_interrupt = fn;
    edit->interrupt_arg = arg;
}

void lab_edit_on_suspend(lab_edit *edit, bool (*fn)(void *arg), void *arg) {
    edit->on_suspend = fn;
    edit->suspend_arg = arg;
}

void lab_edit_below(lab_edit *edit, const struct lab_text *row) {
    lab_screen_below(&edit->screen, lab_text_string(row));
}

void lab_edit_print(lab_edit *edit, const char *bytes, size_t n) {
    edit->listed = false;
    if (edit->screen.output) // else nobody sees it: edit_ahead.c
        lab_screen_print(&edit->screen, bytes, n);
}
