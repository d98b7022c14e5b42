// edit_key.c - which keys libedit gets.

#include "shell/editing.h"
#include "shell/wide.h"

#include <string.h>

enum {
    STACK_MOST = 160 * 1024, // for libedit's recursion, of the 256 we ask for
    LINE_LONGEST = 1000      // libedit's history breaks longer ones
};

#define CTRL(letter) ((letter)&0x1f)

// May libedit have [key]? Going through the history with a longer line than
// it keeps room for would fill that line with NULs.
static bool safe(lab_edit *edit, int key) {
    struct lab_line line;
    lab_edit_look(edit, &line);
    if (key == '$' || key == CTRL('E'))
        lab_edit_guard_end(edit, &line);
    bool searches = key == LAB_KEY_UP || key == LAB_KEY_DOWN ||
                    key == CTRL('P') || key == CTRL('N') || key == CTRL('R') ||
                    key == CTRL('S');
    return !searches || line.length < LINE_LONGEST;
}

// libedit's search calls itself for each key typed in it; Ctrl-G ends it.
static bool stack_is_short(const lab_edit *edit) {
    return edit->stack - (char *)__builtin_frame_address(0) > STACK_MOST;
}

// Is [key] the space that is a whole line, see edit.h? Only if nothing is typed
// after it already.
static bool is_space_alone(lab_edit *edit, int key) {
    struct lab_line line;
    size_t n;
    lab_edit_look(edit, &line);
    lab_input_bytes(&edit->typing.input, &n);
    return key == ' ' && line.length == 0 && n == 0 && !edit->answering &&
           edit->options.takes_space &&
           edit->options.takes_space(edit->options.context);
}

// Keeps the line as it is before a key that kills some of it.
static void note_line(lab_edit *edit, int key, int before) {
    struct lab_line line;
    bool kills = key == CTRL('U') || key == CTRL('K') || key == CTRL('W') ||
                 (before == 0x1b && (key == 0x7f || key == CTRL('H')));
    lab_text_clear(&edit->before);
    lab_edit_look(edit, &line);
    if (kills)
        lab_wide_put(&edit->before, line.text, line.length);
}

// What a key has killed began where the cursor is.
static void note_killed(lab_edit *edit) {
    struct lab_line line;
    struct lab_text now = {0};
    if (edit->before.length == 0)
        return;
    lab_edit_look(edit, &line);
    lab_wide_put(&now, line.text, line.cursor);
    size_t at = now.length;
    lab_wide_put(&now, line.text + line.cursor, line.length - line.cursor);
    if (now.length < edit->before.length) {
        lab_text_clear(&edit->killed);
        lab_text_write(&edit->killed, edit->before.data + at,
                       edit->before.length - now.length);
    }
    lab_text_free(&now);
}

int lab_edit_next_key(lab_edit *edit, int *key) {
    int before = 0, rc = 0;
    *key = CTRL('G');
    struct lab_line line;
    note_killed(edit);
    lab_edit_look(edit, &line);
    lab_undo_note(&edit->undo, &line);
    if (edit->keys_left == 0)
        return LAB_EOF;
    edit->keys_left -= edit->keys_left > 0;
    if (!stack_is_short(edit))
        do {
            before = edit->typing.last_key;
            rc = lab_typing_next(&edit->typing, key);
            if (rc >= 0)
                *key = lab_edit_take_key(edit, *key, before);
        } while (rc >= 0 && (*key == LAB_KEY_NONE || !safe(edit, *key)));
    edit->spaced = rc >= 0 && is_space_alone(edit, *key);
    note_line(edit, *key, before);
    edit->listed &= *key == CTRL('I');
    if (edit->spaced)
        *key = '\r';
    return rc;
}
