#include "shell/edit.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/crash.h"
#include "shell/editing.h"
#include "shell/pen.h"
#include "shell/terminal.h"
#include "shell/wide.h"

#include <errno.h>
#include <histedit.h>
#include <string.h>
#include <unistd.h>

// lab_edit_read calls el_wgets on the reading task's stack, and el_wgets asks
// next_char for each key. There the task waits, however deep libedit is (in a
// search, after ESC, between "d" and "w"), and the loop runs:
//
//     task    lab_edit_read > el_wgets > ... > next_char > lab_typing_next
//     loop    other tasks > lab_edit_print > erase, text, redraw

#define CTRL(letter) ((letter)&0x1f)

static lab_edit *edit_of(EditLine *el) {
    lab_edit *edit;
    el_wget(el, EL_CLIENTDATA, &edit);
    return edit;
}

void lab_edit_look(void *arg, struct lab_line *line) {
    lab_edit *edit = arg;
    const LineInfoW *info = el_wline(edit->el);
    line->text = info->buffer;
    line->length = (size_t)(info->lastchar - info->buffer);
    line->cursor = (size_t)(info->cursor - info->buffer);
    el_wget(edit->el, EL_GETTC, "co", &line->columns);
    el_wget(edit->el, EL_GETTC, "li", &line->rows);
}

void lab_edit_draw(void *arg) {
    lab_edit *edit = arg;
    el_wset(edit->el, EL_REFRESH, NULL);
}

void lab_edit_resize(lab_edit *edit) {
    el_resize(edit->el);
}

void lab_edit_take_terminal(lab_edit *edit) {
    // libedit skips a change that it believes was made already, so we switch
    // there and back.
    el_wset(edit->el, EL_PREP_TERM, 0);
    el_wset(edit->el, EL_PREP_TERM, 1);
    if (!edit->screen.reading)
        el_wset(edit->el, EL_PREP_TERM, 0);
    // Ctrl-C is a key: see ahead.h. libedit has just taken over the terminal's
    // own setting.
    el_wset(edit->el, EL_SETTY, L"-x", L"intr=", NULL);
    el_wset(edit->el, EL_SETTY, L"-d", L"intr=", NULL);
    fputs(LAB_TERMINAL_PASTE_ON, edit->screen.out);
    fflush(edit->screen.out);
}

void lab_edit_lend_terminal(lab_edit *edit) {
    fputs(LAB_TERMINAL_PASTE_OFF, edit->screen.out);
    fflush(edit->screen.out);
    el_wset(edit->el, EL_PREP_TERM, 0);
    lab_terminal_lend();
}

// --- keys

static bool is_emacs(EditLine *el) {
    const wchar_t *editor = NULL;
    return el_wget(el, EL_EDITOR, &editor) < 0 || !editor ||
           wcscmp(editor, L"vi") != 0;
}

// 20221030's own "end of line" steps before the buffer on an empty line in vi
// mode, and the next command writes there.
void lab_edit_guard_end(lab_edit *edit, const struct lab_line *line) {
    if (is_emacs(edit->el))
        return;
    const wchar_t *function = line->length ? L"ed-move-to-end" : L"lab-end";
    el_wset(edit->el, EL_BIND, L"-a", L"$", function, NULL);
    el_wset(edit->el, EL_BIND, L"-a", L"^E", function, NULL);
    el_wset(edit->el, EL_BIND, L"^E", function, NULL);
}

// Gives libedit a character: 1 if there is one, -1 to make it return.
static int next_char(EditLine *el, wchar_t *c) {
    int key, rc = lab_edit_next_key(edit_of(el), &key);
    *c = (wchar_t)key;
    return rc < 0 ? -1 : 1;
}

// --- functions that keys are bound to

bool lab_edit_insert(lab_edit *edit, const char *bytes, size_t n) {
    wchar_t *wide = lab_wide_new(bytes, n);
    int rc = *wide ? el_winsertstr(edit->el, wide) : 0;
    lab_free(wide);
    return rc == 0;
}

bool lab_edit_replace(lab_edit *edit, const char *line) {
    const LineInfoW *info = el_wline(edit->el);
    el_cursor(edit->el, (int)(info->lastchar - info->cursor));
    lab_edit_delete(edit, (size_t)(info->lastchar - info->buffer));
    return lab_edit_insert(edit, line, strlen(line));
}

void lab_edit_delete(lab_edit *edit, size_t n) {
    if (n > 0)
        el_deletestr(edit->el, (int)n);
}

static unsigned char type_paste(EditLine *el, int c) {
    (void)c;
    const char *line;
    size_t n = lab_typing_take_line(&edit_of(el)->typing, &line);
    return lab_edit_insert(edit_of(el), line, n) ? CC_REFRESH : CC_ERROR;
}

static unsigned char go_to_end(EditLine *el, int c) {
    (void)c;
    const LineInfoW *line = el_wline(el);
    el_cursor(el, (int)(line->lastchar - line->cursor));
    return CC_CURSOR;
}

static unsigned char go_up(EditLine *el, int c) {
    (void)c;
    return lab_edit_recall(edit_of(el), true) ? CC_REFRESH : CC_ERROR;
}

static unsigned char go_down(EditLine *el, int c) {
    (void)c;
    return lab_edit_recall(edit_of(el), false) ? CC_REFRESH : CC_ERROR;
}

static unsigned char search(EditLine *el, int c) {
    (void)c;
    lab_edit_search(edit_of(el), true);
    return CC_REFRESH;
}

static unsigned char search_next(EditLine *el, int c) {
    (void)c;
    lab_edit_search(edit_of(el), false);
    return CC_REFRESH;
}

static unsigned char take(EditLine *el, int c) {
    bool is_word = c != LAB_KEY_TAKE;
    return lab_edit_take(edit_of(el), is_word) ? CC_REFRESH : CC_ERROR;
}

static unsigned char undo(EditLine *el, int c) {
    (void)c;
    const struct lab_step *step = lab_undo_go(&edit_of(el)->undo);
    if (!step || !lab_edit_replace(edit_of(el), lab_text_string(&step->line)))
        return CC_ERROR;
    el_cursor(el, (int)step->cursor - (int)step->length);
    return CC_REFRESH;
}

static unsigned char complete(EditLine *el, int c) {
    (void)c;
    return lab_edit_complete_word(edit_of(el)) ? CC_REFRESH : CC_ERROR;
}

static unsigned char compose(EditLine *el, int c) {
    (void)c;
    return lab_edit_compose(edit_of(el)) ? CC_NORM : CC_ERROR;
}

// --- setting libedit up

static wchar_t *prompt_of(EditLine *el) {
    return edit_of(el)->screen.prompt;
}

static void bind_keys(EditLine *el) {
    static const struct {
        wchar_t key;
        const wchar_t *function;
    } keys[] = {
        {LAB_KEY_UP, L"ed-prev-history"},
        {LAB_KEY_DOWN, L"ed-next-history"},
        {LAB_KEY_RIGHT, L"ed-next-char"},
        {LAB_KEY_LEFT, L"ed-prev-char"},
        {LAB_KEY_HOME, L"ed-move-to-beg"},
        {LAB_KEY_END, L"lab-end"},
        {LAB_KEY_DELETE, L"ed-delete-next-char"},
        {LAB_KEY_WORD_RIGHT, L"em-next-word"},
        {LAB_KEY_WORD_LEFT, L"ed-prev-word"},
        {LAB_KEY_WORD_DELETE, L"em-delete-next-word"},
        {LAB_KEY_PASTE, L"lab-paste"},
        {LAB_KEY_TAKE, L"lab-take"},
        {LAB_KEY_TAKE_WORD, L"lab-take"},
    };
    for (size_t i = 0; i < countof(keys); i++) {
        wchar_t key[] = {keys[i].key, L'\0'};
        el_wset(el, EL_BIND, key, keys[i].function, NULL);
        el_wset(el, EL_BIND, L"-a", key, keys[i].function, NULL); // vi's
    }
    // In vi's command mode, Up and Down leave the cursor at the line's start.
    static const wchar_t up[] = {LAB_KEY_UP, L'\0'};
    static const wchar_t down[] = {LAB_KEY_DOWN, L'\0'};
    static const wchar_t take_word[] = {CTRL('['), LAB_KEY_TAKE_WORD, L'\0'};
    el_wset(el, EL_BIND, up, L"lab-up", NULL);
    el_wset(el, EL_BIND, down, L"lab-down", NULL);
    if (is_emacs(el)) // in vi, ESC must end insert mode at once
        el_wset(el, EL_BIND, take_word, L"lab-take", NULL);
    el_wset(el, EL_BIND, L"^P", L"lab-up", NULL);
    el_wset(el, EL_BIND, L"^N", L"lab-down", NULL);
    el_wset(el, EL_BIND, L"^R", L"lab-search", NULL);
    el_wset(el, EL_BIND, L"^S", L"lab-search-next", NULL);
    el_wset(el, EL_BIND, L"^W", L"ed-delete-prev-word", NULL);
    el_wset(el, EL_BIND, L"^I", L"lab-complete", NULL);
    el_wset(el, EL_BIND, L"^_", L"lab-undo", NULL);
    if (is_emacs(el))
        el_wset(el, EL_BIND, L"^X^E", L"lab-compose", NULL);
    else // its own would hold the loop meanwhile
        el_wset(el, EL_BIND, L"-a", L"v", L"lab-compose", NULL);
}

// Is this a terminal on which the cursor moves as ours does, by ANSI?
static bool moves(EditLine *el) {
    char *up = NULL, *clear = NULL;
    el_wget(el, EL_GETTC, "up", &up);
    el_wget(el, EL_GETTC, "ce", &clear);
    return up && *up && clear && strncmp(clear, "\033[", 2) == 0;
}

bool lab_edit_knows_terminal(void) {
    FILE *none = fopen("/dev/null", "r+"); // libedit complains there
    EditLine *el = none ? el_init("looplab", none, none, none) : NULL;
    bool knows = el && moves(el);
    el_end(el);
    if (none)
        fclose(none);
    return knows;
}

static void set_modes(EditLine *el) {
    // Raw between lines, too: what is typed there is neither echoed over the
    // output nor lost when the mode changes. And Ctrl-C is not to throw away
    // (flush) what was printed before it and is still on its way.
    el_wset(el, EL_SETTY, L"-x", L"-icanon", L"-echo", L"-iexten", L"-icrnl",
            L"+noflsh", NULL);
    el_wset(el, EL_SETTY, L"-d", L"-ixon", L"-icrnl", L"-inlcr", L"+noflsh",
            NULL);
    // With these 20221030 loses text in lines of several rows.
    static const wchar_t *const broken[] = {L"ic", L"IC", L"im", L"ei", L"ip",
                                            L"dc", L"DC", L"dm", L"ed"};
    for (size_t i = 0; i < countof(broken); i++)
        el_wset(el, EL_SETTC, broken[i], L"", NULL);
}

// What libedit makes is there unless memory is not.
static void need(const void *made) {
    if (!made)
        lab_die(LAB_EXIT_OS, "out of memory (the line editor cannot start)");
}

static int set_up(lab_edit *edit) {
    EditLine *el = edit->el;
    HistEventW event;
    int editing = 0;
    el_wset(el, EL_CLIENTDATA, edit);
    el_wset(el, EL_SIGNAL, 0); // it would take them from the loop
    el_wset(el, EL_EDITOR, L"emacs");
    el_wset(el, EL_PROMPT_ESC, prompt_of, LAB_PEN_LITERAL);
    el_wset(el, EL_GETCFN, next_char);
    el_wset(el, EL_ADDFN, L"lab-complete", L"Complete", complete);
    el_wset(el, EL_ADDFN, L"lab-compose", L"Edit elsewhere", compose);
    el_wset(el, EL_ADDFN, L"lab-down", L"Show a newer line", go_down);
    el_wset(el, EL_ADDFN, L"lab-end", L"Move to the end", go_to_end);
    el_wset(el, EL_ADDFN, L"lab-paste", L"Insert a paste", type_paste);
    el_wset(el, EL_ADDFN, L"lab-search", L"Search older", search);
    el_wset(el, EL_ADDFN, L"lab-search-next", L"Search newer", search_next);
    el_wset(el, EL_ADDFN, L"lab-take", L"Take what is offered", take);
    el_wset(el, EL_ADDFN, L"lab-undo", L"Take back a change", undo);
    el_wset(el, EL_ADDFN, L"lab-up", L"Show an older line", go_up);
    edit->libedit_history = history_winit();
    need(edit->libedit_history);
    history_w(edit->libedit_history, &event, H_SETSIZE, LAB_HISTORY_MOST);
    el_wset(el, EL_HIST, history_w, edit->libedit_history);
    el_source(el, NULL); // ~/.editrc; there may be none
    el_wget(el, EL_EDITMODE, &editing);
    if (!editing || !moves(el))
        return LAB_EINVAL;
    set_modes(el);
    bind_keys(el); // after the user's, whose `bind -v` clears all
    return 0;
}

void lab_edit_end(lab_edit *edit) {
    // Else it would throw away what is typed ahead for the shell.
    el_wset(edit->el, EL_EDITMODE, 0);
    el_end(edit->el);
    history_wend(edit->libedit_history);
}

int lab_edit_start(lab_edit *edit) {
    // Of a terminal it does not know, libedit would speak on two lines.
    FILE *nowhere = fopen("/dev/null", "w");
    if (!nowhere)
        return -errno;
    lab_crash_may_exit(true); // so libtinfo does without memory
    edit->el = el_init_fd("looplab", stdin, edit->screen.out, nowhere, edit->in,
                          edit->out, STDERR_FILENO);
    need(edit->el);
    el_wset(edit->el, EL_SETFP, 2, edit->screen.out);
    fclose(nowhere);
    int rc = set_up(edit);
    lab_crash_may_exit(false);
    if (rc < 0)
        lab_edit_end(edit);
    return rc;
}

void lab_edit_remember(lab_edit *edit, const char *line) {
    HistEventW event;
    wchar_t *wide = lab_wide_new(line, strlen(line));
    history_w(edit->libedit_history, &event, H_ENTER, wide);
    lab_free(wide);
}

void lab_edit_forget(lab_edit *edit) {
    HistEventW event;
    history_w(edit->libedit_history, &event, H_CLEAR);
}

// --- the editor

#define WORDS(number) #number
#define VERSION(major, minor) WORDS(major) "." WORDS(minor)

const char *lab_edit_libedit(void) {
    return VERSION(LIBEDIT_MAJOR, LIBEDIT_MINOR);
}

// libedit returned [wide], of [got] characters. Why, it does not always say:
// cut short inside a search it claims to have seen Ctrl-D.
static int finish(lab_edit *edit, const wchar_t *wide, int got,
                  struct lab_text *line) {
    const LineInfoW *info = el_wline(edit->el);
    int ended = edit->typing.ended;
    if (wide && ended == 0) {
        lab_wide_put(line, wide, (size_t)got);
        if (line->length > 0 && line->data[line->length - 1] == '\n')
            line->data[--line->length] = '\0';
        lab_text_put(line, edit->spaced ? " " : "");
        if (edit->spaced) // its row, which is the one above, is used again
            fputs("\033[A\033[2K", edit->screen.out);
        return (int)line->length;
    }
    if (got < 0 && ended == LAB_EINTR)
        lab_screen_go_below(&edit->screen, "^C");
    else if (got < 0)
        lab_screen_go_below(&edit->screen, "");
    else if (ended == 0)
        fputc('\n', edit->screen.out); // after the "^D" it has printed
    for (const wchar_t *c = info->buffer; c < info->lastchar; c++)
        if (*c == L'\n') // a search, below what is edited
            break;
        else
            lab_wide_put(line, c, 1);
    edit->gone |= ended == LAB_EOF || (ended == 0 && got < 0);
    return ended < 0 ? ended : LAB_EOF;
}

int lab_edit_read_line(lab_edit *edit, struct lab_text *line) {
    int got = 0;
    edit->stack = __builtin_frame_address(0);
    edit->recall.is_going = false;
    lab_undo_clear(&edit->undo);
    const wchar_t *wide = el_wgets(edit->el, &got);
    return finish(edit, wide, got, line);
}
