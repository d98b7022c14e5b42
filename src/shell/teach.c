// teach.c - keys in, screens out, while a command may run.

#include "shell/teach.h"

#include "base/die.h"
#include "core/loop.h"
#include "core/scope.h"
#include "shell/ahead.h"
#include "shell/ask.h"
#include "shell/canvas.h"
#include "shell/jobs.h"
#include "shell/keys.h"

#include <string.h>

enum { RUN_STACK = 256 * 1024 }; // as every command

struct teaching {
    struct lab_deck *deck;
    struct lab_lectern *lectern;
    struct lab_canvas canvas;
    lab_task *running; // a command, or NULL
    bool interrupted;  // by Ctrl-C, which was a signal
    int rc;            // why the screen could not be taken again
};

// Ctrl-C is for the command that runs, not for the class; unless that was
// asked to stop before and has not.
static bool on_interrupt(void *arg) {
    struct teaching *t = arg;
    if (t->interrupted)
        return false;
    t->interrupted = true;
    if (t->running)
        lab_cancel(t->running);
    return true;
}

// No command runs any more.
static void forget(struct teaching *t) {
    t->running = NULL;
    if (t->interrupted)
        lab_signal_answered();
    t->interrupted = false;
}

static void listen(struct teaching *t, bool on) {
    struct lab_jobs *jobs = t->deck->shell->jobs;
    if (!jobs)
        return;
    jobs->takes_interrupt = on ? on_interrupt : NULL;
    jobs->interrupt_arg = on ? t : NULL;
}

// --- the screen

static void draw(struct teaching *t) {
    struct lab_text text = {0};
    t->deck->passed = lab_clock_machine() - t->deck->began;
    t->canvas.caret = lab_deck_screen(&text, t->deck);
    lab_canvas_draw(&t->canvas, &text);
    lab_text_free(&text);
}

// --- a command

static int run(void *arg) {
    struct teaching *t = arg;
    lab_deck_run(t->deck);
    return 0;
}

static void start(struct teaching *t) {
    t->deck->is_running = true;
    t->running = lab_spawn_deep("command", run, t, RUN_STACK);
}

// Waits even if we are cancelled: it uses what is ours.
static void stop(struct teaching *t) {
    struct lab_shield shield = {0};
    if (!t->running)
        return;
    lab_shield_enter(&shield);
    lab_cancel(t->running);
    lab_ignore(lab_await(t->running)); // the deck has what it printed
    lab_shield_exit(&shield);
    forget(t);
}

// The command has the screen, and the keys. Waits.
static int lend(struct teaching *t) {
    lab_canvas_close(&t->canvas);
    t->deck->capture.lends_screen = true;
    start(t);
    if (lab_await(t->running) == LAB_ECANCELED)
        stop(t); // we are cancelled; the command may not have ended
    forget(t);
    t->deck->capture.lends_screen = false;
    return lab_canvas_open(&t->canvas, true);
}

// --- keys

// False if it says to leave.
static bool act(struct teaching *t, enum lab_deck_next next) {
    if (next == LAB_DECK_RUN)
        start(t);
    else if (next == LAB_DECK_LEND)
        t->rc = lend(t);
    lab_lectern_show(t->lectern, t->deck->at + 1);
    return next != LAB_DECK_LEAVE && !t->deck->shell->quitting;
}

static void measure(struct teaching *t) {
    const struct lab_canvas *canvas = &t->canvas;
    if (canvas->columns != t->deck->columns || canvas->rows != t->deck->rows)
        act(t, lab_deck_resize(t->deck, canvas->columns, canvas->rows));
}

// Waits for a key, or for a moment. Where Ctrl-C is a signal, it is that key.
static int read_key(struct teaching *t, int *key) {
    int rc = lab_canvas_key(&t->canvas, LAB_CANVAS_LOOK_MS * LAB_MS, key);
    if (rc >= 0 && t->interrupted && !t->running) {
        forget(t);
        *key = LAB_CTRL_C;
    }
    return rc;
}

static bool obey(struct teaching *t, int key) {
    if (!t->running)
        return act(t, lab_deck_key(t->deck, key));
    if (key == 'q' || key == LAB_CTRL_C)
        stop(t);
    return true;
}

// Draws again when a second has passed, a command prints, or the screen has
// changed.
static bool must_draw(struct teaching *t) {
    bool has_ended = t->running && lab_task_done(t->running);
    if (has_ended) {
        lab_ignore(lab_await(t->running)); // the deck has what it printed
        forget(t);
    }
    bool has_changed = lab_canvas_changed(&t->canvas);
    lab_time second = (lab_clock_machine() - t->deck->began) / LAB_S;
    return has_changed || has_ended || t->running ||
           second != t->deck->passed / LAB_S;
}

static int watch(struct teaching *t) {
    int key = ' ', rc = 0;
    struct lab_text first = {0};
    lab_text_printf(&first, "%zu", t->deck->at + 1);
    bool stays = act(t, lab_deck_obey(t->deck, lab_text_string(&first)));
    lab_text_free(&first);
    while (stays && rc >= 0) {
        bool draws = must_draw(t); // it looks how large the screen is
        measure(t);
        if (key != LAB_KEY_NONE || draws)
            draw(t);
        rc = read_key(t, &key);
        if (t->running)
            must_draw(t); // it may have ended
        if (rc >= 0 && key != LAB_KEY_NONE)
            stays = obey(t, key) && !t->deck->shell->quitting;
        rc = t->rc < 0 ? t->rc : rc;
    }
    return rc;
}

int lab_teach_screen(struct lab_deck *deck, struct lab_lectern *lectern) {
    struct teaching t = {.deck = deck, .lectern = lectern};
    int rc = lab_jobs_need_terminal(deck->shell);
    if (rc >= 0)
        rc = lab_canvas_open(&t.canvas, true);
    if (rc < 0)
        return lab_shell_refuse(deck->shell, "the terminal cannot be taken: %s",
                                lab_error_text(rc));
    listen(&t, true);
    rc = watch(&t);
    stop(&t);
    listen(&t, false);
    bool ours = t.canvas.ours;
    lab_canvas_close(&t.canvas);
    return rc == LAB_EOF || (rc == LAB_ECANCELED && ours) ? LAB_EXIT_INTERRUPTED
                                                          : LAB_EXIT_OK;
}
