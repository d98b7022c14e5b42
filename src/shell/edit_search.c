// edit_search.c - Ctrl-R: a line typed before, by a part of it.
//
//     search "vir": clock virtual
//
// libedit's own search takes most characters beyond ASCII for commands, and
// calls itself for each key. This one is a function of a key that reads the
// keys which follow. One that means nothing here ends it and is then done.

#include "base/alloc.h"
#include "shell/editing.h"
#include "shell/pen.h"
#include "shell/terminal.h"
#include "shell/wide.h"
#include "view/line.h"

#include <stdint.h>
#include <string.h>

#define CTRL(letter) ((letter)&0x1f)

struct search {
    lab_edit *edit;
    struct lab_text part;  // what is looked for
    struct lab_text begun; // the line as it was
    size_t at;             // which line of the history is shown; or none
    bool fails;            // none has the part
    bool back;
};

// What is shown: the line that was found last, or else the one begun.
static const char *shown(const struct search *search) {
    const struct lab_history *history = &search->edit->history;
    return search->at < history->count ? history->lines[search->at]
                                       : lab_text_string(&search->begun);
}

static wchar_t *prompt_for(const struct search *search) {
    struct lab_style style = *search->edit->options.style;
    struct lab_text text = {0};
    int rows;
    lab_terminal_size(&style.width, &rows);
    lab_view_color(&text, &style,
                   search->fails ? LAB_COLOR_BAD : LAB_COLOR_PROMPT);
    lab_text_put(&text, search->fails ? "not there \"" : "search \"");
    lab_line_put(&text, &style, lab_text_string(&search->part),
                 style.width / 3);
    lab_text_put(&text, "\":");
    lab_view_color(&text, &style, LAB_COLOR_NONE);
    lab_text_put(&text, " ");
    wchar_t *prompt = lab_pen_prompt(lab_text_string(&text));
    lab_text_free(&text);
    return prompt;
}

// Draws what is found after [prompt]; returns the prompt from before.
static wchar_t *show(const struct search *search, wchar_t *prompt) {
    wchar_t *old = lab_screen_swap(&search->edit->screen, prompt);
    lab_edit_replace(search->edit, shown(search));
    lab_edit_draw(search->edit);
    return old;
}

// Looks for the part from line [at] on, in one that differs from what was found
// before.
static void find(struct search *search, size_t at) {
    const struct lab_history *history = &search->edit->history;
    const char *part = lab_text_string(&search->part);
    const char *now = search->at < history->count ? shown(search) : "";
    size_t found;
    while ((found = lab_history_with(history, at, part, search->back)) !=
               SIZE_MAX &&
           strcmp(history->lines[found], now) == 0)
        at = search->back ? found : found + 1;
    search->fails = found == SIZE_MAX;
    if (!search->fails)
        search->at = found;
}

// A part that has changed is looked for from what is shown on, or from the
// newest line.
static void find_part(struct search *search, bool anew) {
    const struct lab_history *history = &search->edit->history;
    const char *part = lab_text_string(&search->part);
    search->fails = false;
    bool begins = anew || search->at >= history->count;
    search->back |= begins;
    if (begins)
        search->at = history->count;
    else if (strstr(history->lines[search->at], part))
        return;
    if (*part)
        find(search, search->at);
}

static void add_paste(struct search *search) {
    const char *line;
    size_t n = lab_typing_take_line(&search->edit->typing, &line);
    lab_text_write(&search->part, line, n);
    find_part(search, false);
}

// Does what [key] means; false if that is to end the search.
static bool obey(struct search *search, int key) {
    bool is_backspace = key == 0x7f || key == CTRL('H');
    if (key == CTRL('R') || key == CTRL('S')) {
        search->back = key == CTRL('R');
        if (search->part.length > 0)
            find(search, search->at + !search->back);
    } else if (is_backspace) {
        lab_text_rub_out(&search->part);
        find_part(search, true);
    } else if (key == LAB_KEY_PASTE) {
        add_paste(search);
    } else if (key >= 0x20 && (key < 0x80 || key >= 0xa0)) {
        lab_text_encode(&search->part, (unsigned)key);
        find_part(search, false);
    } else {
        return key == LAB_KEY_NONE;
    }
    return true;
}

// Ends at [key]: Ctrl-G takes the line back that was begun, and ESC what was
// found; any other key is done to that.
static void end(struct search *search, int key) {
    if (key == CTRL('G'))
        search->at = SIZE_MAX;
    else if (key != 0x1b)
        lab_typing_unread(&search->edit->typing, key);
}

void lab_edit_search(lab_edit *edit, bool back) {
    struct search search = {.edit = edit, .at = SIZE_MAX, .back = back};
    struct lab_line line;
    int key, rc;
    lab_edit_look(edit, &line);
    lab_wide_put(&search.begun, line.text, line.length);
    edit->searching = true;
    wchar_t *prompt = show(&search, prompt_for(&search));
    while ((rc = lab_typing_next(&edit->typing, &key)) >= 0 &&
           obey(&search, key))
        lab_free(show(&search, prompt_for(&search)));
    if (rc >= 0)
        end(&search, key);
    lab_free(show(&search, prompt));
    edit->searching = false;
    lab_text_free(&search.part);
    lab_text_free(&search.begun);
}
