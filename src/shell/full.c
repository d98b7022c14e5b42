// full.c - keys in, screens out.

#include "shell/full.h"

#include "base/die.h"
#include "core/loop.h"
#include "shell/ahead.h"
#include "shell/canvas.h"
#include "shell/edit.h"
#include "shell/keys.h"

#include <string.h>

enum {
    ESCAPE_MS = 50, // within which the rest of an arrow key has come
    HELD_MOST = 1 << 20,
    PAGE_UP = 0x110000, // beyond all characters
    PAGE_DOWN,
    ESCAPE = 0x1b,
};

struct full {
    struct lab_shell *shell;
    struct lab_look *stepper;
    struct lab_style style;
    struct lab_canvas canvas;
    bool helps; // the list of keys is shown
    // What the shell printed with, and what is held back for it.
    void (*print)(struct lab_shell *shell, const char *bytes, size_t n);
    void *printer;
    struct lab_text held;
};

bool lab_full_possible(const struct lab_shell *shell) {
    return shell->interactive && !shell->in_lesson && lab_edit_possible();
}

// --- the terminal

static void hold(struct lab_shell *shell, const char *bytes, size_t n) {
    struct full *full = shell->output;
    if (full->held.length + n <= HELD_MOST)
        lab_text_write(&full->held, bytes, n);
}

// Others may print while keys are waited for, and would print over the screen.
static void enter(struct full *full) {
    struct lab_shell *shell = full->shell;
    full->print = shell->print;
    full->printer = shell->output;
    // cppcheck-suppress autoVariables ; given back in leave
    shell->output = full;
    shell->print = hold;
}

static void leave(struct full *full) {
    struct lab_shell *shell = full->shell;
    lab_canvas_close(&full->canvas);
    shell->output = full->printer;
    shell->print = full->print;
    lab_shell_put(shell, &full->held);
    lab_text_free(&full->held);
}

// --- the screen

static void draw(struct full *full) {
    struct lab_text text = {0};
    const struct lab_canvas *canvas = &full->canvas;
    full->style.width = canvas->columns;
    if (full->helps)
        lab_panel_help(&text, &full->style, canvas->rows);
    else
        lab_panel_screen(&text, &full->style, &full->stepper->snapshot,
                         canvas->rows);
    lab_canvas_draw(&full->canvas, &text);
    lab_text_free(&text);
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
        const char *bytes = lab_input_bytes(&full->canvas.input, &n);
        size_t used = decode_page(bytes, n, key);
        if (!used)
            used = lab_keys_decode(bytes, n, late, false, key);
        if (used) {
            lab_input_take(&full->canvas.input, used);
            if (*key == LAB_KEY_PASTE)
                lab_input_drop(&full->canvas.input); // nobody pastes arrows
            if (*key != LAB_KEY_NONE)
                return 0;
            continue;
        }
        int rc = lab_input_fill(&full->canvas.input);
        if (rc == 0)
            rc = lab_input_wait(&full->canvas.input,
                                (n ? ESCAPE_MS : LAB_CANVAS_LOOK_MS) * LAB_MS);
        late = n && rc == LAB_ETIMEDOUT;
        if (rc == LAB_ETIMEDOUT && lab_canvas_changed(&full->canvas)) {
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
    int rc = lab_canvas_open(&full.canvas, true);
    if (rc < 0)
        return lab_shell_refuse(call->shell,
                                "the terminal cannot be taken: %s; use step, "
                                "back and goto",
                                lab_error_text(rc));
    stepper->watched = true;
    rc = watch(&full);
    stepper->watched = false;
    if (rc == LAB_EOF || (rc == LAB_ECANCELED && full.canvas.ours))
        return LAB_EXIT_INTERRUPTED;
    struct lab_text text = {0};
    lab_panel_heading(&text, &call->options.style, &stepper->snapshot);
    lab_shell_put(call->shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}
