#include "shell/film.h"

#include "base/die.h"
#include "shell/ahead.h"
#include "shell/canvas.h"
#include "shell/hold.h"
#include "shell/jobs.h"
#include "shell/keys.h"
#include "view/film.h"
#include "view/line.h"

enum { FRAME_MS = 50 };
#define SLOWEST (1 / 65536.0)
#define FASTEST 65536.0

struct player {
    struct lab_film film;
    struct lab_canvas canvas;
    struct lab_style style;
    lab_time before; // when [film.now] was set, by the machine's clock
    bool helps;      // the list of keys is shown
};

static void draw(struct player *player) {
    struct lab_text text = {0};
    player->style.width = player->canvas.columns;
    if (player->helps)
        lab_film_help(&text, &player->style, player->film.comparison->count > 1,
                      player->canvas.rows);
    else
        lab_film_screen(&text, &player->style, &player->film,
                        player->canvas.rows);
    lab_canvas_draw(&player->canvas, &text);
    lab_text_free(&text);
}

// Lets the time of the machine pass in the film. Returns whether it moved.
static bool pass(struct player *player) {
    struct lab_film *film = &player->film;
    lab_time now = lab_clock_machine(), end = lab_film_end(film);
    double passed = (double)(now - player->before) * film->pace;
    player->before = now;
    if (!film->is_playing || player->helps)
        return false;
    if (passed >= (double)(end - film->now)) {
        film->now = end;
        film->is_playing = false;
    } else {
        film->now += (lab_time)passed;
    }
    return true;
}

// --- keys

static void go(struct lab_film *film, lab_time time) {
    film->now = time;
    film->is_playing = false;
}

static void change_pace(struct lab_film *film, double factor) {
    double pace = film->pace * factor;
    if (pace >= SLOWEST && pace <= FASTEST)
        film->pace = pace;
}

// Plays or pauses; at the end it begins again.
static void toggle(struct lab_film *film) {
    if (!film->is_playing && film->now >= lab_film_end(film))
        film->now = 0;
    film->is_playing = !film->is_playing;
}

static void show_next(struct lab_film *film) {
    film->only = film->only < film->comparison->count ? film->only + 1 : 0;
    if (film->now > lab_film_end(film))
        film->now = lab_film_end(film);
}

// Does what [key] says. False if it says to leave.
static bool obey(struct player *player, int key) {
    struct lab_film *film = &player->film;
    if (player->helps) {
        player->helps = key == LAB_KEY_NONE;
        return key != LAB_CTRL_C;
    }
    switch (key) {
    case 'q':
    case LAB_CTRL_C:
    case LAB_CANVAS_ESCAPE:
        return false;
    case '?':
        player->helps = true;
        break;
    case ' ':
        toggle(film);
        break;
    case LAB_KEY_RIGHT:
        go(film, lab_film_next(film));
        break;
    case LAB_KEY_LEFT:
        go(film, lab_film_last(film));
        break;
    case LAB_KEY_HOME:
        go(film, 0);
        break;
    case LAB_KEY_END:
        go(film, lab_film_end(film));
        break;
    case '+':
        change_pace(film, 2);
        break;
    case '-':
        change_pace(film, 0.5);
        break;
    case 'v':
        show_next(film);
        break;
    }
    return true;
}

// Returns LAB_ECANCELED after an interrupt: at the prompt, one way to leave.
static int watch(struct player *player) {
    int key = LAB_KEY_NONE, rc = 0;
    bool drawn = false;
    while (rc >= 0 && obey(player, key)) {
        bool moved = pass(player);
        if (!drawn || moved || key != LAB_KEY_NONE ||
            lab_canvas_changed(&player->canvas))
            draw(player);
        drawn = true;
        rc = lab_canvas_key(&player->canvas, FRAME_MS * LAB_MS, &key);
    }
    return rc;
}

int lab_film_play(struct lab_call *call,
                  const struct lab_comparison *comparison, double pace) {
    struct player player = {.style = call->options.style};
    struct lab_hold hold;
    player.film = (struct lab_film){comparison, 0, pace, true, 0};
    player.before = lab_clock_machine();
    int rc = lab_jobs_need_terminal(call->shell);
    if (rc >= 0)
        rc = lab_canvas_open(&player.canvas, true);
    if (rc < 0)
        return lab_shell_refuse(call->shell,
                                "the terminal cannot be taken: %s; timeline "
                                "shows the whole",
                                lab_error_text(rc));
    lab_hold_begin(&hold, call->shell);
    rc = watch(&player);
    lab_canvas_close(&player.canvas);
    lab_hold_end(&hold);
    if (rc == LAB_EOF || (rc == LAB_ECANCELED && player.canvas.ours))
        return LAB_EXIT_INTERRUPTED;
    struct lab_text at = {0};
    lab_time end = lab_film_end(&player.film);
    lab_line_time_like(&at, player.film.now, end);
    lab_text_put(&at, " of ");
    lab_line_time(&at, end);
    lab_call_say(call, "The film was left at %s; timeline shows the whole.",
                 lab_text_string(&at));
    lab_text_free(&at);
    return LAB_EXIT_OK;
}
