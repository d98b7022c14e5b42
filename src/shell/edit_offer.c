// edit_offer.c - what the editor offers while a line is typed: completions, and
// in grey how to continue.
//
// The grey text is never in the line. The screen puts it after the cursor while
// the editor waits, and takes it away before the editor knows of the next key.

#include "shell/candidates.h"
#include "shell/editing.h"
#include "shell/terminal.h"
#include "shell/wide.h"
#include "view/line.h"

#include <stdint.h>
#include <string.h>
#include <wchar.h>

// --- completion

bool lab_edit_complete_word(lab_edit *edit) {
    struct lab_style style = *edit->options.style;
    struct lab_text before = {0}, rest = {0}, list = {0};
    struct lab_line line;
    int rows;
    if (!edit->options.complete || edit->answering)
        return false;
    lab_edit_look(edit, &line);
    lab_terminal_size(&style.width, &rows);
    lab_wide_put(&before, line.text, line.cursor);
    size_t replaced = lab_candidates_answer(
        edit->options.complete, edit->options.context, lab_text_string(&before),
        &style, rows - 2, &rest, &list);
    lab_edit_delete(edit, replaced);
    bool is_done =
        rest.length > 0 && lab_edit_insert(edit, rest.data, rest.length);
    if (list.length > 0 && (!edit->listed || style.plain)) {
        lab_edit_print(edit, list.data, list.length);
        edit->listed = is_done = true;
    }
    lab_text_free(&before);
    lab_text_free(&rest);
    lab_text_free(&list);
    return is_done;
}

// --- hints

#define CTRL(letter) ((letter)&0x1f)

// Is the cursor at the end of a line that can continue in grey? A search has
// lines of its own below.
static bool can_hint(const lab_edit *edit, const struct lab_line *line) {
    const struct lab_style *style = edit->options.style;
    return style->color && !style->plain && !edit->answering &&
           !edit->searching && line->length > 0 &&
           line->cursor == line->length &&
           !wmemchr(line->text, L'\n', line->length);
}

// What the newest line of the history that begins with [typed] has after it;
// NULL if there is none.
static const char *rest_of(const lab_edit *edit, const char *typed) {
    const struct lab_history *history = &edit->history;
    size_t at = lab_history_before(history, history->count, typed);
    return at == SIZE_MAX ? NULL : history->lines[at] + strlen(typed);
}

int lab_edit_hint_at(void *arg, const struct lab_line *line, int room,
                     struct lab_text *out) {
    const lab_edit *edit = arg;
    const struct lab_style *style = edit->options.style;
    struct lab_text typed = {0}, hint = {0}, shown = {0};
    if (!can_hint(edit, line))
        return 0;
    lab_wide_put(&typed, line->text, line->length);
    const char *rest = rest_of(edit, lab_text_string(&typed));
    if (rest)
        lab_text_put(&hint, rest);
    else if (edit->options.hint)
        edit->options.hint(edit->options.context, lab_text_string(&typed),
                           &hint);
    lab_line_put(&shown, style, lab_text_string(&hint), room);
    int width = lab_text_columns(lab_text_string(&shown));
    if (width > 0) {
        lab_view_color(out, style, LAB_COLOR_DIM);
        lab_text_put(out, lab_text_string(&shown));
        lab_view_color(out, style, LAB_COLOR_NONE);
    }
    lab_text_free(&typed);
    lab_text_free(&hint);
    lab_text_free(&shown);
    return width;
}

// What continues the line of [edit] now, or NULL.
//
// Owns: borrowed, from the history.
static const char *continuation(const lab_edit *edit) {
    struct lab_line line;
    struct lab_text typed = {0};
    lab_edit_look((void *)edit, &line);
    if (!can_hint(edit, &line))
        return NULL;
    lab_wide_put(&typed, line.text, line.length);
    const char *rest = rest_of(edit, lab_text_string(&typed));
    lab_text_free(&typed);
    return rest;
}

int lab_edit_take_key(lab_edit *edit, int key, int before) {
    bool is_all = key == LAB_KEY_RIGHT || key == LAB_KEY_END ||
                  key == CTRL('F') || key == CTRL('E');
    bool is_word = key == LAB_KEY_WORD_RIGHT || (before == 0x1b && key == 'f');
    if ((!is_all && !is_word) || before == CTRL('V') || !continuation(edit))
        return key;
    return is_all ? LAB_KEY_TAKE : LAB_KEY_TAKE_WORD;
}

bool lab_edit_take(lab_edit *edit, bool is_word) {
    const char *rest = continuation(edit);
    if (!rest)
        return false;
    size_t blanks = strspn(rest, " ");
    size_t n = is_word ? blanks + strcspn(rest + blanks, " ") : strlen(rest);
    return lab_edit_insert(edit, rest, n);
}

// --- lines typed before

bool lab_edit_recall(lab_edit *edit, bool back) {
    struct lab_line line;
    struct lab_text typed = {0};
    lab_edit_look(edit, &line);
    lab_wide_put(&typed, line.text, line.length);
    const char *other = lab_recall_go(&edit->recall, &edit->history,
                                      lab_text_string(&typed), back);
    lab_text_free(&typed);
    return other && lab_edit_replace(edit, other);
}
