#include "shell/editor.h"

#include "base/die.h"
#include "shell/lend.h"
#include "shell/terminal.h"
#include "shell/words.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

// Of blanks alone, the program itself would be what is started.
const char *lab_editor(void) {
    static const char *const names[] = {"VISUAL", "EDITOR"};
    for (size_t i = 0; i < 2; i++) {
        const char *value = getenv(names[i]);
        if (value && value[strspn(value, " \t")])
            return value;
    }
    return NULL;
}

const char *lab_editor_name(void) {
    const char *editor = lab_editor();
    return editor ? editor : "vi";
}

// The editor is as many words as its user has written.
static void put_line(struct lab_text *line, const char *path) {
    lab_text_printf(line, "%s ", lab_editor_name());
    lab_words_put(line, path, '\0');
}

// --- beside us

enum { WIDE = 120 }; // two panes of fewer columns are too narrow to read

static bool is_wide(void) {
    int columns, rows;
    lab_terminal_size(&columns, &rows);
    return columns >= WIDE;
}

// Does `tmux split-window` with the command [line] come to its end?
static bool split(char *line) {
    struct lab_child *child;
    struct lab_child_options options = {
        .words = (char *[]){(char *)"tmux", (char *)"split-window",
                            (char *)"-h", line, NULL}};
    if (lab_child_start(&child, &options) < 0)
        return false;
    bool has_ended = lab_child_wait(child, LAB_S) == 0;
    struct lab_child_end end = lab_child_close(child);
    return has_ended && end.status == 0;
}

bool lab_editor_open(struct lab_call *call, const char *path) {
    const char *tmux = getenv("TMUX");
    struct lab_text line = {0};
    if (!lab_editor() || !tmux || !*tmux || !is_wide())
        return false;
    put_line(&line, path);
    bool is_open = split(line.data);
    lab_text_free(&line);
    lab_call_measure(call);
    return is_open;
}

// --- in front of us

int lab_editor_run(struct lab_call *call, const char *path, bool *took_keys) {
    struct lab_words words;
    struct lab_text line = {0}, error = {0};
    struct lab_lent lent = {0};
    int status = LAB_EXIT_OK, rc = LAB_EINVAL;
    put_line(&line, path);
    if (lab_words_split(&words, lab_text_string(&line), &error))
        rc = lab_lend(call->shell, words.words, &lent);
    if (error.length)
        status = lab_shell_refuse_text(call->shell, &error);
    else if (rc < 0)
        status = lab_shell_refuse(
            call->shell, "the editor %s cannot be started (%s): set EDITOR",
            words.words[0], lab_error_text(rc));
    else if (lent.end.status != 0)
        status = lab_shell_refuse(call->shell, "the editor %s has failed",
                                  words.words[0]);
    *took_keys = lent.took_keys;
    lab_words_free(&words);
    lab_text_free(&line);
    return status == LAB_EXIT_OK ? LAB_EXIT_OK : LAB_EXIT_FAILED;
}

void lab_editor_saved(struct lab_call *call, const char *path) {
    time_t now = time(NULL);
    struct tm when;
    char clock[16] = "";
    if (localtime_r(&now, &when))
        strftime(clock, sizeof clock, "%T", &when);
    lab_call_measure(call);
    lab_call_paint(call, LAB_COLOR_HEAD, "%s  %s saved", clock, path);
}
