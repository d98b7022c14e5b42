#include "shell/typing.h"

#include "base/list.h"
#include "core/task.h"
#include "record/clock.h"
#include "shell/ahead.h"
#include "shell/terminal.h"
#include "shell/transcript.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum {
    ESCAPE_MS = 40, // after which ESC is a key of its own
    TELL_MS = 50,   // until lines that are typed ahead are said to wait
    SLICE_MS = 2,   // of key after key, until other tasks get a turn
    QUOTE = 'V' & 0x1f
};

int lab_typing_open(struct lab_typing *typing, struct lab_screen *screen) {
    *typing = (struct lab_typing){.screen = screen};
    lab_ahead_init();
    return lab_input_open(&typing->input, STDIN_FILENO);
}

static void drop_paste(struct lab_typing *typing) {
    lab_text_clear(&typing->paste);
    typing->pasted = 0;
}

// What is left of a paste comes before all that was typed after it.
static void put_paste(const struct lab_typing *typing, struct lab_text *bytes) {
    size_t left = typing->paste.length - typing->pasted;
    if (left > 0)
        lab_text_printf(bytes, "\033[200~%.*s\033[201~", (int)left,
                        typing->paste.data + typing->pasted);
}

void lab_typing_drop(struct lab_typing *typing, struct lab_text *bytes) {
    size_t n;
    const char *read = lab_input_bytes(&typing->input, &n);
    put_paste(typing, bytes);
    lab_ahead_take_dropped(bytes);
    lab_text_write(bytes, read, n);
    lab_input_drop(&typing->input);
    drop_paste(typing);
}

// --- what is typed while a command runs

// Whoever else reads the keys, such as the stepper, has them for itself.
static void on_tell(struct lab_timer *timer) {
    struct lab_typing *typing = lab_list_item(timer, struct lab_typing, tell);
    struct lab_text bytes = {0};
    if (lab_ahead_fd() != typing->input.fd || !typing->on_ahead)
        return;
    put_paste(typing, &bytes);
    lab_ahead_look(&bytes);
    typing->on_ahead(typing->ahead_arg, lab_text_string(&bytes), bytes.length);
    lab_text_free(&bytes);
}

// A command that is over at once leaves nothing waiting. Once a row is there it
// follows the keys.
static void on_keys_ahead(int signal, void *arg) {
    struct lab_typing *typing = arg;
    (void)signal;
    if (typing->screen->below.length > 0)
        on_tell(&typing->tell);
    else if (!lab_heap_holds(&typing->tell.node))
        lab_timer_start(&typing->tell, TELL_MS * LAB_MS, on_tell);
}

// Is Ctrl-C among what was read? It takes with it all that was typed before it
// and is not used yet; what was typed after it stays.
static bool take_interrupt(struct lab_typing *typing) {
    size_t n;
    const char *bytes = lab_input_bytes(&typing->input, &n);
    const char *at = memchr(bytes, LAB_CTRL_C, n);
    if (!at)
        return false;
    lab_input_take(&typing->input, (size_t)(at + 1 - bytes));
    drop_paste(typing);
    return true;
}

// Reads more, as lab_input_fill does; LAB_EINTR for Ctrl-C.
static int fill(struct lab_typing *typing) {
    int rc = lab_input_fill(&typing->input);
    return rc > 0 && take_interrupt(typing) ? LAB_EINTR : rc;
}

static void wake(struct lab_typing *typing) {
    if (typing->input.wait)
        lab_fd_interrupt(typing->input.wait);
}

static void on_keys(int signal, void *arg) {
    (void)signal;
    wake(arg);
}

void lab_typing_begin(struct lab_typing *typing, bool beside) {
    lab_timer_stop(&typing->tell);
    lab_ahead_end(&typing->input.bytes);
    lab_ahead_listen(on_keys, typing);
    if (beside)
        lab_ahead_begin(typing->input.fd, "", 0, true);
    typing->ended = take_interrupt(typing) ? LAB_EINTR : 0;
    typing->last_key = typing->unread = 0;
    typing->slice = lab_clock_machine();
}

void lab_typing_leave(struct lab_typing *typing) {
    size_t n;
    lab_ahead_end(&typing->input.bytes);
    lab_ahead_listen(on_keys_ahead, typing);
    const char *bytes = lab_input_bytes(&typing->input, &n);
    bool fits = n <= LAB_AHEAD_MOST;
    lab_ahead_begin(typing->input.fd, bytes, fits ? n : 0, false);
    if (fits)
        lab_input_drop(&typing->input);
}

void lab_typing_close(struct lab_typing *typing) {
    lab_timer_stop(&typing->tell);
    lab_ahead_end(&typing->input.bytes);
    lab_ahead_listen(NULL, NULL);
    lab_input_close(&typing->input);
    lab_text_free(&typing->paste);
}

void lab_typing_end(struct lab_typing *typing, int why) {
    typing->ended = why;
    wake(typing);
}

// Waits for more to read. Meanwhile the screen may be drawn on by anybody.
static int wait_for_key(struct lab_typing *typing, lab_time timeout) {
    if (typing->input.fd < 0) // all that will come is there
        return timeout == LAB_FOREVER ? LAB_EOF : LAB_ETIMEDOUT;
    typing->screen->shown = true;
    if (timeout == LAB_FOREVER)
        lab_screen_redraw_wide(typing->screen);
    lab_screen_hint(typing->screen);
    int rc = lab_input_wait(&typing->input, timeout);
    lab_screen_unhint(typing->screen);
    typing->screen->shown = false;
    typing->slice = lab_clock_machine();
    return rc;
}

// Lets other tasks run once in a while; says whether reading is over.
static int take_turns(struct lab_typing *typing) {
    if (typing->ended == 0 &&
        lab_clock_machine() - typing->slice > SLICE_MS * LAB_MS) {
        typing->screen->shown = true;
        int rc = lab_yield();
        typing->screen->shown = false;
        typing->slice = lab_clock_machine();
        if (rc < 0)
            return rc;
    }
    return typing->ended;
}

// Of a session that is pasted, the commands are typed. The others are counted
// above the line. Of a program nothing is.
static void leave_commands(struct lab_typing *typing) {
    struct lab_screen *screen = typing->screen;
    struct lab_text text = {0}, lines = {0};
    int columns, rows;
    bool is_program = lab_transcript_is_program(&typing->paste);
    size_t skipped = is_program ? 0 : lab_transcript_reduce(&typing->paste);
    if (is_program) {
        lab_text_clear(&typing->paste);
        lab_text_put(&text, "A program goes into a file, and none of it was "
                            "run here: edit my.py begins one, or edit my.c, "
                            "and run my.py runs it.");
    } else if (skipped) {
        lab_transcript_put(&text, skipped);
    }
    if (text.length > 0 && screen->output) {
        lab_terminal_size(&columns, &rows);
        lab_text_wrap(&lines, lab_text_string(&text),
                      lab_text_measure(columns));
        lab_text_put(&lines, "\n");
        screen->shown = true;
        lab_screen_print(screen, lines.data, lines.length);
        lab_screen_flush(screen);
        screen->shown = false;
    }
    lab_text_free(&text);
    lab_text_free(&lines);
}

// Collects what the terminal pastes, up to its end mark.
static int read_paste(struct lab_typing *typing) {
    size_t text = 0, after, n;
    const char *bytes = lab_input_bytes(&typing->input, &n);
    while (!lab_keys_paste_end(bytes, n, text, &text, &after)) {
        LAB_TRY(take_turns(typing));
        int rc = fill(typing);
        LAB_TRY(rc);
        if (rc == 0)
            rc = wait_for_key(typing, LAB_FOREVER);
        if (rc < 0 && rc != LAB_EINTR)
            return rc;
        LAB_TRY(typing->ended); // then the bytes are gone
        bytes = lab_input_bytes(&typing->input, &n);
    }
    lab_text_clear(&typing->paste);
    lab_keys_clean(&typing->paste, bytes, text);
    leave_commands(typing);
    lab_input_take(&typing->input, after);
    typing->pasted = 0;
    typing->state = LAB_PASTE_OFFERED; // by the mark that brought us here
    return 0;
}

// Is this the beginning of a session that nothing marks as pasted? Nobody types
// so many keys at once. A prompt counts only at the beginning of a line.
static bool is_session(const struct lab_typing *typing) {
    size_t n;
    const char *bytes = lab_input_bytes(&typing->input, &n);
    int last = typing->last_key;
    bool is_in_line = last >= 0xa0 || (last >= 0x20 && last < 0x7f);
    return !is_in_line && lab_transcript_command(bytes) != bytes;
}

// Collects it, until nothing more comes for a moment.
static int read_session(struct lab_typing *typing) {
    int rc;
    size_t n;
    do {
        LAB_TRY(take_turns(typing));
        rc = fill(typing);
        if (rc == 0) {
            rc = wait_for_key(typing, LAB_TRANSCRIPT_PAUSE_MS * LAB_MS);
            if (rc == 0 || rc == LAB_EINTR || rc == LAB_ETIMEDOUT)
                rc = fill(typing); // also after a pause: we may be late
        }
        LAB_TRY(rc);
    } while (rc > 0);
    const char *bytes = lab_input_bytes(&typing->input, &n);
    lab_text_clear(&typing->paste);
    lab_keys_clean(&typing->paste, bytes, n);
    lab_input_drop(&typing->input);
    leave_commands(typing);
    typing->pasted = 0;
    typing->state = LAB_PASTE_NEW;
    return 0;
}

// Pasted lines are typed as "paste key, Enter, paste key, ...", and the key's
// function inserts a line at once. Where libedit is in no mood for keys (after
// "/" in vi mode) it takes that key for a character: then we rub it out and
// type the others one by one, or we would be pressing that key for ever.
static int next_pasted(struct lab_typing *typing) {
    const char *rest = typing->paste.data + typing->pasted;
    size_t left = typing->paste.length - typing->pasted;
    unsigned code;
    if (*rest == '\n') {
        typing->state = LAB_PASTE_NEW;
        typing->pasted++;
        return '\r';
    }
    if (typing->state != LAB_PASTE_TYPED)
        return typing->state++ == LAB_PASTE_NEW ? LAB_KEY_PASTE : '\b';
    typing->pasted += lab_text_decode(rest, left, &code);
    return (int)code;
}

static int next_key(struct lab_typing *typing, int *key) {
    if (typing->unread) {
        *key = typing->unread;
        typing->unread = 0;
        return 0;
    }
    bool late = false; // what follows ESC has not come in time
    for (;;) {
        size_t n;
        LAB_TRY(take_turns(typing));
        if (typing->pasted < typing->paste.length) {
            *key = next_pasted(typing);
            return 0;
        }
        if (is_session(typing)) {
            LAB_TRY(read_session(typing));
            continue;
        }
        const char *bytes = lab_input_bytes(&typing->input, &n);
        bool escape = n > 0 && bytes[0] == 0x1b;
        size_t used =
            lab_keys_decode(bytes, n, late, typing->last_key == QUOTE, key);
        if (used > 0) {
            lab_input_take(&typing->input, used);
            return *key == LAB_KEY_PASTE ? read_paste(typing) : 0;
        }
        int rc = fill(typing);
        LAB_TRY(rc);
        if (rc == 0)
            rc =
                wait_for_key(typing, escape ? ESCAPE_MS * LAB_MS : LAB_FOREVER);
        late = rc == LAB_ETIMEDOUT;
        if (rc < 0 && rc != LAB_EINTR && rc != LAB_ETIMEDOUT)
            return rc;
    }
}

int lab_typing_next(struct lab_typing *typing, int *key) {
    int rc = next_key(typing, key);
    if (rc < 0)
        typing->ended = rc;
    else
        typing->last_key = *key;
    return rc;
}

void lab_typing_unread(struct lab_typing *typing, int key) {
    typing->unread = key;
}

size_t lab_typing_take_line(struct lab_typing *typing, const char **line) {
    size_t left = typing->paste.length - typing->pasted;
    *line = lab_text_string(&typing->paste) + typing->pasted;
    const char *newline = memchr(*line, '\n', left);
    size_t n = newline ? (size_t)(newline - *line) : left;
    typing->pasted += n;
    typing->state = LAB_PASTE_NEW;
    return n;
}
