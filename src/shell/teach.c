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
    lab_time began;    // of the machine
};

// --- the screen

static void draw(struct teaching *t) {
    struct lab_text text = {0};
    t->deck->passed = lab_clock_machine() - t->began;
    lab_deck_screen(&text, t->deck);
    lab_canvas_draw(&t->canvas, &text);
    lab_text_free(&text);
}

static void measure(struct teaching *t) {
    if (t->canvas.columns != t->deck->columns ||
        t->canvas.rows != t->deck->rows)
        lab_deck_resize(t->deck, t->canvas.columns, t->canvas.rows);
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
    t->running = NULL;
}

// --- keys

// Does [typed] name a block, of which no other has more digits?
static bool is_number(const struct teaching *t, const char *typed) {
    size_t number = 0;
    if (typed[strspn(typed, "0123456789")])
        return false;
    for (; *typed; typed++)
        number = number * 10 + (size_t)(*typed - '0');
    return number * 10 > t->deck->blocks.count || number == 0;
}

static bool begins_line(int key) {
    return key == 'a' || key == 'x' || key == ':' || (key >= '0' && key <= '9');
}

// Adds [key] to what is typed; true when that is complete.
static bool type(struct teaching *t, int key) {
    struct lab_text *typed = &t->deck->typed;
    if (key == '\r' || key == '\n')
        return true;
    if (key == LAB_CANVAS_ESCAPE || key == LAB_CTRL_C)
        lab_text_clear(typed);
    else if (key == 0x7f || key == '\b') {
        size_t n = typed->length;
        while (n > 0 && (typed->data[n - 1] & 0xc0) == 0x80)
            n--;
        n -= n > 0;
        typed->length = n;
        typed->data[n] = '\0';
    } else if (key >= ' ' && (key < LAB_KEY_UP || key > 0x9f) &&
               key < LAB_CANVAS_PAGE_UP)
        lab_text_encode(typed, (unsigned)key);
    return is_number(t, lab_text_string(typed)) && typed->length > 0;
}

static const char *word_of(int key, char word[2]) {
    word[1] = '\0';
    switch (key) {
    case '\r':
    case '\n':
    case LAB_KEY_RIGHT:
    case LAB_KEY_DOWN:
    case LAB_CANVAS_PAGE_DOWN:
        return "";
    case LAB_KEY_LEFT:
    case LAB_KEY_UP:
    case LAB_CANVAS_PAGE_UP:
        return "<";
    case LAB_CTRL_C:
        return "q";
    case LAB_CANVAS_ESCAPE:
        return "b";
    default:
        word[0] = key < 0x7f ? (char)key : '?';
        return word;
    }
}

// False if it says to leave.
static bool act(struct teaching *t, const char *typed) {
    enum lab_deck_next next = lab_deck_obey(t->deck, typed);
    if (next == LAB_DECK_RUN)
        start(t);
    lab_lectern_show(t->lectern, t->deck->at + 1);
    return next != LAB_DECK_LEAVE && !t->deck->shell->quitting;
}

static bool obey(struct teaching *t, int key) {
    struct lab_deck *deck = t->deck;
    if (t->running) {
        if (key == 'q' || key == LAB_CTRL_C)
            stop(t);
        return true;
    }
    if (deck->typed.length == 0 && !begins_line(key)) {
        char word[2];
        return act(t, word_of(key, word));
    }
    if (!type(t, key))
        return true;
    struct lab_text typed = deck->typed;
    deck->typed = (struct lab_text){0};
    bool stays = act(t, lab_text_string(&typed));
    lab_text_free(&typed);
    return stays;
}

// Draws again when a second has passed, a command prints, or the screen has
// changed.
static bool must_draw(struct teaching *t) {
    bool has_ended = t->running && lab_task_done(t->running);
    if (has_ended) {
        lab_ignore(lab_await(t->running)); // the deck has what it printed
        t->running = NULL;
    }
    bool has_changed = lab_canvas_changed(&t->canvas);
    lab_time second = (lab_clock_machine() - t->began) / LAB_S;
    return has_changed || has_ended || t->running ||
           second != t->deck->passed / LAB_S;
}

static int watch(struct teaching *t) {
    int key = ' ', rc = 0;
    bool stays = act(t, "1");
    while (stays && rc >= 0) {
        measure(t);
        if (key != LAB_KEY_NONE || must_draw(t))
            draw(t);
        rc = lab_canvas_key(&t->canvas, LAB_CANVAS_LOOK_MS * LAB_MS, &key);
        if (t->running)
            must_draw(t); // it may have ended
        if (rc >= 0 && key != LAB_KEY_NONE)
            stays = obey(t, key) && !t->deck->shell->quitting;
    }
    return rc;
}

int lab_teach_screen(struct lab_deck *deck, struct lab_lectern *lectern) {
    struct teaching t = {.deck = deck, .lectern = lectern};
    t.began = lab_clock_machine();
    int rc = lab_jobs_need_terminal(deck->shell);
    if (rc >= 0)
        rc = lab_canvas_open(&t.canvas, true);
    if (rc < 0)
        return lab_shell_refuse(deck->shell, "the terminal cannot be taken: %s",
                                lab_error_text(rc));
    rc = watch(&t);
    stop(&t);
    bool ours = t.canvas.ours;
    lab_canvas_close(&t.canvas);
    return rc == LAB_EOF || (rc == LAB_ECANCELED && ours) ? LAB_EXIT_INTERRUPTED
                                                          : LAB_EXIT_OK;
}
