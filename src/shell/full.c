// full.c - keys in, screens out.

#include "shell/full.h"

#include "base/die.h"
#include "core/loop.h"
#include "shell/ahead.h"
#include "shell/canvas.h"
#include "shell/capture.h"
#include "shell/edit.h"
#include "shell/hold.h"
#include "shell/jobs.h"
#include "shell/keys.h"

struct full {
    struct lab_shell *shell;
    struct lab_look *stepper;
    struct lab_style style;
    struct lab_canvas canvas;
    struct lab_panel_lanes lanes;
    bool helps; // the list of keys is shown
};

bool lab_full_possible(const struct lab_call *call) {
    const struct lab_capture *capture = call->shell->capture;
    return lab_call_may_redraw(call) && !call->shell->in_lesson &&
           (!capture || capture->lends_screen);
}

// --- the screen

static void draw(struct full *full) {
    struct lab_text text = {0};
    const struct lab_canvas *canvas = &full->canvas;
    full->style.width = canvas->columns;
    if (full->helps)
        lab_panel_help(&text, &full->style,
                       full->stepper->snapshot.comparison->count > 1,
                       canvas->rows);
    else
        lab_panel_screen(&text, &full->style, &full->stepper->snapshot,
                         canvas->rows);
    lab_canvas_draw(&full->canvas, &text);
    lab_text_free(&text);
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
    case LAB_CANVAS_ESCAPE:
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
    case LAB_CANVAS_PAGE_DOWN:
        lab_state_go(state, next_turn(full));
        break;
    case LAB_KEY_UP:
    case LAB_CANVAS_PAGE_UP:
        lab_state_go(state, last_turn(full));
        break;
    case 'v':
        lab_look_next_variant(full->stepper);
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
    bool drawn = false;
    struct lab_hold hold;
    lab_hold_begin(&hold, full->shell);
    while (rc >= 0 && obey(full, key)) {
        if (key != LAB_KEY_NONE || lab_canvas_changed(&full->canvas) || !drawn)
            draw(full);
        drawn = true;
        rc = lab_canvas_key(&full->canvas, LAB_CANVAS_LOOK_MS * LAB_MS, &key);
    }
    lab_canvas_close(&full->canvas);
    lab_hold_end(&hold);
    return rc;
}

int lab_full_step(struct lab_call *call, struct lab_look *stepper) {
    struct full full = {
        .shell = call->shell, .stepper = stepper, .style = call->options.style};
    int rc = lab_jobs_need_terminal(call->shell);
    if (rc >= 0)
        rc = lab_canvas_open(&full.canvas, true);
    if (rc < 0)
        return lab_shell_refuse(call->shell,
                                "the terminal cannot be taken: %s; use step, "
                                "back and goto",
                                lab_error_text(rc));
    stepper->watched = true;
    stepper->snapshot.lanes = &full.lanes;
    rc = watch(&full);
    stepper->snapshot.lanes = NULL;
    stepper->watched = false;
    lab_panel_lanes_free(&full.lanes);
    if (rc == LAB_EOF || (rc == LAB_ECANCELED && full.canvas.ours))
        return LAB_EXIT_INTERRUPTED;
    struct lab_text text = {0};
    lab_panel_heading(&text, &call->options.style, &stepper->snapshot);
    lab_shell_put(call->shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}
