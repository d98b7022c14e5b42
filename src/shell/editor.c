#include "shell/editor.h"

#include "base/text.h"
#include "core/child.h"
#include "shell/words.h"

#include <stdlib.h>
#include <time.h>

const char *lab_editor(void) {
    static const char *const names[] = {"VISUAL", "EDITOR"};
    for (size_t i = 0; i < 2; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return NULL;
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
    const char *editor = lab_editor(), *tmux = getenv("TMUX");
    struct lab_text line = {0};
    if (!editor || !tmux || !*tmux)
        return false;
    // The editor is as many words as its user has written.
    lab_text_printf(&line, "%s ", editor);
    lab_words_put(&line, path, '\0');
    bool is_open = split(line.data);
    lab_text_free(&line);
    lab_call_measure(call);
    return is_open;
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
