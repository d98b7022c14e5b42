// full.c - keys in, screens out.
//
// At the prompt the line editor has the terminal, and is not reading: the
// settings are borrowed from it, and its handlers of signals stay. Elsewhere
// the terminal is taken here. Either way terminal.c always gives it back.
// Ctrl-C and Ctrl-Z come as keys, so that neither leaves this screen on the
// terminal. But at the prompt Ctrl-C comes as a signal, because a run beside it
// may hold the loop, and then nobody reads keys.

#include "shell/full.h"

#include "base/die.h"
#include "core/loop.h"
#include "shell/ahead.h"
#include "shell/edit.h"
#include "shell/input.h"
#include "shell/keys.h"
#include "shell/output.h"
#include "shell/terminal.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum {
    ESCAPE_MS = 50, // within which the rest of an arrow key has come
    LOOK_MS = 100,  // the editor watches SIGWINCH, so the size is asked for
    HELD_MOST = 1 << 20,
    PAGE_UP = 0x110000, // beyond all characters
    PAGE_DOWN,
    ESCAPE = 0x1b,
};

struct full {
    struct lab_shell *shell;
    struct lab_look *stepper;
    struct lab_style style;
    int rows;
    unsigned returns; // of the program, as of the last screen
    bool helps;       // the list of keys is shown
    bool ours;        // the terminal was taken here
    struct termios before;
    lab_output *output;
    struct lab_input input;
    // What the shell printed with, and what is held back for it.
    void (*print)(struct lab_shell *shell, const char *bytes, size_t n);
    void *printer;
    struct lab_text held;
};

bool lab_full_possible(const struct lab_shell *shell) {
    return shell->interactive && !shell->in_lesson && lab_edit_possible();
}

// --- the terminal

static void on_return(int signal, void *arg) {
    (void)signal;
    (void)arg;
    lab_terminal_note_return();
}

static void on_drained(void *arg) {
    (void)arg; // the next screen is a whole one
}

static void hold(struct lab_shell *shell, const char *bytes, size_t n) {
    struct full *full = shell->output;
    if (full->held.length + n <= HELD_MOST)
        lab_text_write(&full->held, bytes, n);
}

static void make_raw(const struct full *full) {
    struct termios raw = full->before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    raw.c_cc[VINTR] = LAB_CTRL_C;
    if (full->ours)
        raw.c_lflag &= ~(tcflag_t)ISIG;
    raw.c_cc[VSUSP] = raw.c_cc[VQUIT] = _POSIX_VDISABLE;
    raw.c_iflag &= ~(tcflag_t)(IXON | ICRNL | INLCR);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

static int take(struct full *full) {
    LAB_TRY(lab_output_open(&full->output, STDOUT_FILENO, on_drained, full));
    int rc = lab_input_open(&full->input, STDIN_FILENO);
    if (rc < 0)
        goto no_input;
    full->ours = !lab_terminal_taken();
    if (full->ours)
        rc = lab_terminal_open(lab_output_fd(full->output));
    if (rc < 0)
        goto no_terminal;
    if (full->ours)
        lab_signal_watch(SIGCONT, on_return, full);
    full->returns = lab_terminal_returns();
    tcgetattr(STDIN_FILENO, &full->before);
    make_raw(full);
    return 0;
no_terminal:
    lab_input_close(&full->input);
no_input:
    lab_output_close(full->output);
    return rc;
}

static void give_back(struct full *full) {
    tcsetattr(STDIN_FILENO, TCSADRAIN, &full->before);
    fputs(LAB_TERMINAL_FULL_OFF, lab_output_file(full->output));
    fflush(lab_output_file(full->output));
    lab_terminal_full(false);
    if (full->ours) {
        lab_signal_watch(SIGCONT, NULL, NULL);
        lab_terminal_close();
    }
    lab_input_close(&full->input);
    lab_output_close(full->output);
}

// Others may print while keys are waited for, and would print over the screen.
static void enter(struct full *full) {
    struct lab_shell *shell = full->shell;
    full->print = shell->print;
    full->printer = shell->output;
    // cppcheck-suppress autoVariables ; given back in leave
    shell->output = full;
    shell->print = hold;
    lab_terminal_full(true);
    fputs(LAB_TERMINAL_FULL_ON, lab_output_file(full->output));
}

static void leave(struct full *full) {
    struct lab_shell *shell = full->shell;
    give_back(full);
    shell->output = full->printer;
    shell->print = full->print;
    lab_shell_put(shell, &full->held);
    lab_text_free(&full->held);
}

// --- the screen

// The line is wiped before it is written, because after a full row the cursor
// is still in it.
static void draw(struct full *full) {
    struct lab_text text = {0};
    FILE *out = lab_output_file(full->output);
    if (lab_output_waiting(full->output) > 0)
        return; // a slow terminal gets the latest, not all
    if (full->helps)
        lab_panel_help(&text, &full->style, full->rows);
    else
        lab_panel_screen(&text, &full->style, &full->stepper->snapshot,
                         full->rows);
    fputs("\033[H", out);
    for (const char *line = lab_text_string(&text); *line;) {
        size_t n = strcspn(line, "\n");
        fputs("\033[2K", out);
        fwrite(line, 1, n, out);
        line += n;
        if (*line == '\n') {
            fputs("\r\n", out);
            line++;
        }
    }
    fflush(out);
    lab_text_free(&text);
}

static bool measure(struct full *full) {
    int columns, rows;
    lab_terminal_size(&columns, &rows);
    bool changed = columns != full->style.width || rows != full->rows;
    full->style.width = columns;
    full->rows = rows;
    return changed;
}

// Takes the screen again if the program was stopped, by kill -STOP, and goes
// on; in the background it is not ours yet.
static bool come_back(struct full *full) {
    unsigned returns = lab_terminal_returns();
    if (returns == full->returns || !lab_terminal_ours())
        return false;
    full->returns = returns;
    make_raw(full);
    fputs(LAB_TERMINAL_FULL_ON, lab_output_file(full->output));
    return true;
}

// Has the size changed, or the terminal come back? Both are seen to.
static bool is_to_be_drawn(struct full *full) {
    bool changed = measure(full);
    return come_back(full) || changed;
}

// --- keys

// The line editor has no use for these two, so its keys lack them.
static size_t decode_page(const char *bytes, size_t n, int *key) {
    bool up = n >= 4 && memcmp(bytes, "\033[5~", 4) == 0;
    bool down = n >= 4 && memcmp(bytes, "\033[6~", 4) == 0;
    *key = up ? PAGE_UP : PAGE_DOWN;
    return up || down ? 4 : 0;
}

// Waits for a key; LAB_KEY_NONE if the screen must be drawn again.
static int next_key(struct full *full, int *key) {
    bool late = false;
    for (;;) {
        size_t n;
        const char *bytes = lab_input_bytes(&full->input, &n);
        size_t used = decode_page(bytes, n, key);
        if (!used)
            used = lab_keys_decode(bytes, n, late, false, key);
        if (used) {
            lab_input_take(&full->input, used);
            if (*key == LAB_KEY_PASTE)
                lab_input_drop(&full->input); // nobody pastes arrows
            if (*key != LAB_KEY_NONE)
                return 0;
            continue;
        }
        int rc = lab_input_fill(&full->input);
        if (rc == 0)
            rc = lab_input_wait(&full->input,
                                (n ? ESCAPE_MS : LOOK_MS) * LAB_MS);
        late = n && rc == LAB_ETIMEDOUT;
        if (rc == LAB_ETIMEDOUT && is_to_be_drawn(full)) {
            *key = LAB_KEY_NONE;
            return 0;
        }
        if (rc < 0 && rc != LAB_ETIMEDOUT && rc != LAB_EINTR)
            return rc;
    }
}

// --- moves

static const struct lab_event *event_at(const struct full *full, size_t i) {
    return lab_record_at(full->stepper->state->record, i);
}

// To the first event of the next turn.
static size_t next_turn(const struct full *full) {
    const struct lab_state *state = full->stepper->state;
    size_t count = lab_record_count(state->record), i = state->at;
    while (i < count && (event_at(full, i)->kind != LAB_EVENT_RUN ||
                         event_at(full, i)->value == state->turn))
        i++;
    return i < count ? i + 1 : count;
}

// To the first event of this turn, or of the one before if it is there.
static size_t last_turn(const struct full *full) {
    size_t i = full->stepper->state->at, first = 0;
    int64_t turn = 0;
    for (i = i ? i - 1 : 0; i > 0; i--) {
        const struct lab_event *event = event_at(full, i - 1);
        if (event->kind != LAB_EVENT_RUN)
            continue;
        if (first && event->value != turn)
            break;
        first = i;
        turn = event->value;
    }
    return first;
}

// Goes where [key] says. False if it says to leave.
static bool obey(struct full *full, int key) {
    struct lab_state *state = full->stepper->state;
    if (key == LAB_KEY_NONE)
        return true; // the screen has
    if (full->helps) {
        full->helps = false;
        return key != LAB_CTRL_C;
    }
    switch (key) {
    case 'q':
    case LAB_CTRL_C:
    case ESCAPE:
        return false;
    case '?':
        full->helps = true;
        break;
    case ' ':
    case LAB_KEY_RIGHT:
        lab_state_go(state, state->at + 1);
        break;
    case LAB_KEY_LEFT:
        lab_state_go(state, state->at ? state->at - 1 : 0);
        break;
    case LAB_KEY_DOWN:
    case PAGE_DOWN:
        lab_state_go(state, next_turn(full));
        break;
    case LAB_KEY_UP:
    case PAGE_UP:
        lab_state_go(state, last_turn(full));
        break;
    case LAB_KEY_HOME:
        lab_state_go(state, 0);
        break;
    case LAB_KEY_END:
        lab_state_go(state, SIZE_MAX);
        break;
    }
    return true;
}

// Returns LAB_ECANCELED after an interrupt: at the prompt, one way to leave.
static int watch(struct full *full) {
    int key = LAB_KEY_NONE, rc = 0;
    measure(full);
    enter(full);
    while (rc >= 0 && obey(full, key)) {
        draw(full);
        rc = next_key(full, &key);
    }
    leave(full);
    return rc;
}

int lab_full_step(struct lab_call *call, struct lab_look *stepper) {
    struct full full = {
        .shell = call->shell, .stepper = stepper, .style = call->options.style};
    int rc = take(&full);
    if (rc < 0)
        return lab_shell_refuse(call->shell,
                                "the terminal cannot be taken: %s; use step, "
                                "back and goto",
                                lab_error_text(rc));
    stepper->watched = true;
    rc = watch(&full);
    stepper->watched = false;
    if (rc == LAB_EOF || (rc == LAB_ECANCELED && full.ours))
        return LAB_EXIT_INTERRUPTED;
    struct lab_text text = {0};
    lab_panel_heading(&text, &call->options.style, &stepper->snapshot);
    lab_shell_put(call->shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}
