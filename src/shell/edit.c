#include "shell/edit.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/crash.h"
#include "shell/candidates.h"
#include "shell/editing.h"
#include "shell/pen.h"
#include "shell/terminal.h"
#include "shell/wide.h"

#include <errno.h>
#include <histedit.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// lab_edit_read calls el_wgets on the reading task's stack, and el_wgets asks
// next_char for each key. There the task waits, however deep libedit is (in a
// search, after ESC, between "d" and "w"), and the loop runs:
//
//     task    lab_edit_read > el_wgets > ... > next_char > lab_typing_next
//     loop    other tasks > lab_edit_print > erase, text, redraw

enum {
    STACK_MOST = 160 * 1024, // for libedit's recursion, of the 256 we ask for
    LINE_LONGEST = 1000      // libedit's history breaks longer ones
};

#define CTRL(letter) ((letter)&0x1f)

static lab_edit *edit_of(EditLine *el) {
    lab_edit *edit;
    el_wget(el, EL_CLIENTDATA, &edit);
    return edit;
}

static void look(void *arg, struct lab_line *line) {
    lab_edit *edit = arg;
    const LineInfoW *info = el_wline(edit->el);
    line->text = info->buffer;
    line->length = (size_t)(info->lastchar - info->buffer);
    line->cursor = (size_t)(info->cursor - info->buffer);
    el_wget(edit->el, EL_GETTC, "co", &line->columns);
    el_wget(edit->el, EL_GETTC, "li", &line->rows);
}

void lab_edit_draw(lab_edit *edit) {
    el_wset(edit->el, EL_REFRESH, NULL);
}

static void draw(void *arg) {
    lab_edit_draw(arg);
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

// 20221030's own "end of line" steps before the buffer on an empty line in vi
// mode, and the next command writes there.
static void guard_end_of_line(lab_edit *edit, const struct lab_line *line) {
    const wchar_t *editor = NULL;
    if (el_wget(edit->el, EL_EDITOR, &editor) < 0 || !editor ||
        wcscmp(editor, L"vi") != 0)
        return;
    const wchar_t *function = line->length ? L"ed-move-to-end" : L"lab-end";
    el_wset(edit->el, EL_BIND, L"-a", L"$", function, NULL);
    el_wset(edit->el, EL_BIND, L"-a", L"^E", function, NULL);
    el_wset(edit->el, EL_BIND, L"^E", function, NULL);
}

// May libedit have [key]? Going through the history with a longer line than
// it keeps room for would fill that line with NULs.
static bool safe(lab_edit *edit, int key) {
    struct lab_line line;
    look(edit, &line);
    if (key == '$' || key == CTRL('E'))
        guard_end_of_line(edit, &line);
    bool searches = key == LAB_KEY_UP || key == LAB_KEY_DOWN ||
                    key == CTRL('P') || key == CTRL('N') || key == CTRL('R') ||
                    key == CTRL('S');
    return !searches || line.length < LINE_LONGEST;
}

// libedit's search calls itself for each key typed in it; Ctrl-G ends it.
static bool stack_is_short(const lab_edit *edit) {
    return edit->stack - (char *)__builtin_frame_address(0) > STACK_MOST;
}

// Gives libedit a character: 1 if there is one, -1 to make it return.
static int next_char(EditLine *el, wchar_t *c) {
    lab_edit *edit = edit_of(el);
    int key = CTRL('G'), rc = 0;
    if (!stack_is_short(edit))
        do
            rc = lab_typing_next(&edit->typing, &key);
        while (rc >= 0 && (key == LAB_KEY_NONE || !safe(edit, key)));
    *c = (wchar_t)key;
    return rc < 0 ? -1 : 1;
}

// --- functions that keys are bound to

static int insert(EditLine *el, const char *bytes, size_t n) {
    wchar_t *wide = lab_wide_new(bytes, n);
    int rc = *wide ? el_winsertstr(el, wide) : 0;
    lab_free(wide);
    return rc;
}

static unsigned char type_paste(EditLine *el, int c) {
    (void)c;
    const char *line;
    size_t n = lab_typing_take_line(&edit_of(el)->typing, &line);
    return insert(el, line, n) < 0 ? CC_ERROR : CC_REFRESH;
}

static unsigned char go_to_end(EditLine *el, int c) {
    (void)c;
    const LineInfoW *line = el_wline(el);
    el_cursor(el, (int)(line->lastchar - line->cursor));
    return CC_CURSOR;
}

static unsigned char complete(EditLine *el, int c) {
    (void)c;
    lab_edit *edit = edit_of(el);
    const LineInfoW *line = el_wline(el);
    struct lab_text before = {0}, rest = {0}, list = {0};
    int columns, rows, rc = -1;
    if (!edit->options.complete || edit->answering)
        return CC_ERROR;
    lab_terminal_size(&columns, &rows);
    lab_wide_put(&before, line->buffer, (size_t)(line->cursor - line->buffer));
    size_t replaced =
        lab_candidates_answer(edit->options.complete, edit->options.context,
                              lab_text_string(&before), columns, &rest, &list);
    if (replaced > 0)
        el_deletestr(el, (int)replaced);
    if (rest.length > 0)
        rc = insert(el, rest.data, rest.length);
    if (list.length > 0) {
        lab_edit_print(edit, list.data, list.length);
        rc = 0;
    }
    lab_text_free(&before);
    lab_text_free(&rest);
    lab_text_free(&list);
    return rc < 0 ? CC_ERROR : CC_REFRESH;
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
    };
    for (size_t i = 0; i < countof(keys); i++) {
        wchar_t key[] = {keys[i].key, L'\0'};
        el_wset(el, EL_BIND, key, keys[i].function, NULL);
        el_wset(el, EL_BIND, L"-a", key, keys[i].function, NULL); // vi's
    }
    el_wset(el, EL_BIND, L"^R", L"em-inc-search-prev", NULL);
    el_wset(el, EL_BIND, L"^S", L"em-inc-search-next", NULL);
    el_wset(el, EL_BIND, L"^W", L"ed-delete-prev-word", NULL);
    el_wset(el, EL_BIND, L"^I", L"lab-complete", NULL);
}

// Is this a terminal on which the cursor moves as ours does, by ANSI?
static bool moves(EditLine *el) {
    char *up = NULL, *clear = NULL;
    el_wget(el, EL_GETTC, "up", &up);
    el_wget(el, EL_GETTC, "ce", &clear);
    return up && *up && clear && strncmp(clear, "\033[", 2) == 0;
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
    el_wset(el, EL_ADDFN, L"lab-end", L"Move to the end", go_to_end);
    el_wset(el, EL_ADDFN, L"lab-paste", L"Insert a paste", type_paste);
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

static void end_editor(lab_edit *edit) {
    // Else it would throw away what is typed ahead for the shell.
    el_wset(edit->el, EL_EDITMODE, 0);
    el_end(edit->el);
    history_wend(edit->libedit_history);
}

static int start_editor(lab_edit *edit) {
    // Of a terminal it does not know, libedit would speak on two lines.
    FILE *nowhere = fopen("/dev/null", "w");
    if (!nowhere)
        return -errno;
    lab_crash_may_exit(true); // so libtinfo does without memory
    edit->el = el_init_fd("looplab", stdin, edit->screen.out, nowhere,
                          STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO);
    need(edit->el);
    el_wset(edit->el, EL_SETFP, 2, edit->screen.out);
    fclose(nowhere);
    int rc = set_up(edit);
    lab_crash_may_exit(false);
    if (rc < 0)
        end_editor(edit);
    return rc;
}

void lab_edit_remember(lab_edit *edit, const char *line) {
    HistEventW event;
    wchar_t *wide = lab_wide_new(line, strlen(line));
    history_w(edit->libedit_history, &event, H_ENTER, wide);
    lab_free(wide);
}

// --- the editor

#define WORDS(number) #number
#define VERSION(major, minor) WORDS(major) "." WORDS(minor)

const char *lab_edit_libedit(void) {
    return VERSION(LIBEDIT_MAJOR, LIBEDIT_MINOR);
}

bool lab_edit_possible(void) {
    const char *term = getenv("TERM");
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term && *term &&
           strcmp(term, "dumb") != 0;
}

int lab_edit_open(lab_edit **out, const struct lab_edit_options *options) {
    lab_edit *edit = lab_alloc(sizeof *edit);
    edit->options = *options;
    edit->screen = (struct lab_screen){.look = look, .draw = draw, .arg = edit};
    int rc = lab_edit_possible() ? lab_screen_open(&edit->screen) : LAB_EINVAL;
    if (rc < 0)
        goto no_screen;
    if ((rc = lab_typing_open(&edit->typing, &edit->screen)) < 0)
        goto no_typing;
    if ((rc = lab_terminal_open(lab_output_fd(edit->screen.output))) < 0)
        goto no_terminal;
    if ((rc = start_editor(edit)) < 0)
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
    end_editor(edit);
    lab_screen_close(&edit->screen);
    lab_terminal_close();
    lab_typing_close(&edit->typing);
    lab_history_free(&edit->history);
    lab_free(edit);
}

void lab_edit_on_interrupt(lab_edit *edit, void (*fn)(void *arg), void *arg) {
    edit->on_interrupt = fn;
    edit->interrupt_arg = arg;
}

void lab_edit_print(lab_edit *edit, const char *bytes, size_t n) {
    lab_screen_print(&edit->screen, bytes, n);
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

int lab_edit_read(lab_edit *edit, const char *prompt, bool beside,
                  struct lab_text *line) {
    int got = 0;
    lab_text_clear(line);
    if (edit->gone)
        return LAB_EOF;
    edit->stack = __builtin_frame_address(0);
    lab_typing_begin(&edit->typing, beside);
    lab_screen_begin(&edit->screen, prompt);
    const wchar_t *wide = el_wgets(edit->el, &got);
    int rc = finish(edit, wide, got, line);
    lab_screen_end(&edit->screen);
    if (rc >= 0)
        lab_typing_leave(&edit->typing);
    if (rc >= 0 && !edit->answering &&
        lab_history_add(&edit->history, line->data, line->length))
        lab_edit_remember(edit, line->data);
    return rc;
}
