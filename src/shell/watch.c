// watch.c - one task runs, one waits for the next save, and the command waits
// for both.

#include "shell/watch.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/list.h"
#include "core/loop.h"
#include "core/scope.h"
#include "core/wait.h"
#include "core/watched.h"
#include "shell/canvas.h"
#include "shell/capture.h"
#include "shell/full.h"
#include "shell/input.h"
#include "shell/option.h"
#include "shell/show_guest.h"
#include "shell/stdout.h"
#include "view/line.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    RUN_STACK = 256 * 1024, // as every command
    SHOWN_MOST = 1 << 20,
    FRAME_MS = 16,
    EMPTY_MS = 200, // before an empty page is drawn: most runs are quicker
};

struct watching {
    struct lab_call *call;
    const struct lab_watch *watch;
    struct lab_watched *file;
    size_t runs;
    struct lab_text head; // the line above the page
    // The tasks, and what they have found out.
    lab_task *running, *saving, *reading;
    bool is_saved, has_ended, is_over; // over: the input
    int status, failure;               // of the run; of watching
    // On a terminal: what is shown.
    bool on_screen;
    struct lab_canvas canvas;
    struct lab_text shown;
    struct lab_timer frame;
    bool is_due; // within FRAME_MS
    struct lab_capture capture;
};

// --- the page

static size_t count_lines(const char *text) {
    size_t count = 0;
    for (; *text; text += *text == '\n') {
        count++;
        text += strcspn(text, "\n");
    }
    return count;
}

static const char *skip_lines(const char *text, size_t count) {
    for (; count > 0 && *text; count--) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return text;
}

// The first lines say what runs, or what is wrong; the last ones what it came
// to.
void lab_watch_page(struct lab_text *out, const struct lab_style *style,
                    const char *head, const char *text, int rows) {
    enum { ABOVE = 2, FIRST = 3 }; // a third is for the first lines
    size_t lines = count_lines(text);
    size_t room = rows > ABOVE ? (size_t)rows - ABOVE : 0;
    lab_line_paint(out, style, LAB_COLOR_HEAD, head, style->width);
    lab_text_put(out, room > 0 ? "\n\n" : "");
    if (lines <= room) {
        lab_text_put(out, text);
    } else if (room > 0) {
        size_t first = room / FIRST, last = room - first - 1;
        const char *rest = skip_lines(text, first);
        lab_text_write(out, text, (size_t)(rest - text));
        lab_line_printf(out, style, LAB_COLOR_DIM, 0,
                        "(%zu lines; a taller window shows them)",
                        lines - first - last);
        lab_text_put(out, skip_lines(text, lines - last));
    }
    if (out->length && out->data[out->length - 1] == '\n')
        out->data[--out->length] = '\0';
}

static void draw(struct watching *w) {
    struct lab_text page = {0};
    struct lab_style style = w->call->options.style;
    lab_timer_stop(&w->frame);
    w->is_due = false;
    style.width = w->canvas.columns;
    lab_watch_page(&page, &style, lab_text_string(&w->head),
                   lab_text_string(&w->shown), w->canvas.rows);
    lab_canvas_draw(&w->canvas, &page);
    lab_text_free(&page);
}

static void on_frame(struct lab_timer *timer) {
    draw(lab_list_item(timer, struct watching, frame));
}

static void draw_soon(struct watching *w) {
    if (!w->is_due)
        lab_timer_start(&w->frame, FRAME_MS * LAB_MS, on_frame);
    w->is_due = true;
}

// --- what is printed

static void print(struct lab_shell *shell, const char *bytes, size_t n) {
    struct watching *w = shell->output;
    if (w->shown.length > SHOWN_MOST)
        return;
    lab_text_write(&w->shown, bytes, n);
    if (w->shown.length > SHOWN_MOST)
        lab_text_put(&w->shown, "\n(and more, which is left out)\n");
    draw_soon(w);
}

static int take_screen(struct watching *w) {
    LAB_TRY(lab_canvas_open(&w->canvas, false));
    w->on_screen = true;
    lab_capture_begin(&w->capture, w->call->shell, &w->call->options.style,
                      print, w);
    return 0;
}

// What was shown last stays on the terminal, and whole.
static void give_screen(struct watching *w) {
    struct lab_shell *shell = w->call->shell;
    lab_timer_stop(&w->frame);
    lab_canvas_close(&w->canvas);
    lab_capture_end(shell);
    lab_shell_put(shell, &w->shown);
    lab_text_free(&w->shown);
}

// --- tasks

static int run(void *arg) {
    struct watching *w = arg;
    w->status = w->watch->run(w->call, w->watch->arg);
    w->has_ended = true;
    return 0;
}

static int wait_for_save(void *arg) {
    struct watching *w = arg;
    int rc = lab_watched_wait(w->file, LAB_FOREVER);
    w->is_saved = rc == 0;
    if (rc < 0 && rc != LAB_ECANCELED)
        w->failure = rc;
    return 0;
}

static int wait_for_end_of_input(void *arg) {
    struct watching *w = arg;
    struct lab_input input;
    int rc = lab_input_open(&input, STDIN_FILENO);
    if (rc < 0)
        return 0; // it has none, and only a signal ends it
    while ((rc = lab_input_fill(&input)) >= 0) {
        lab_input_drop(&input);
        if (rc == 0 && (rc = lab_input_wait(&input, LAB_FOREVER)) < 0)
            break;
    }
    lab_input_close(&input);
    w->is_over = rc != LAB_ECANCELED;
    return 0;
}

// --- one run

// "my.py saved at 14:03:07, run 3; Ctrl-C ends"
static void put_head(struct watching *w) {
    const char *slash = strrchr(w->watch->path, '/');
    struct stat about;
    struct tm when;
    char clock[16];
    lab_text_clear(&w->head);
    lab_text_put(&w->head, slash ? slash + 1 : w->watch->path);
    if (w->runs == 1)
        lab_text_put(&w->head, " runs again when it is saved");
    else if (stat(w->watch->path, &about) == 0 &&
             localtime_r(&about.st_mtime, &when) &&
             strftime(clock, sizeof clock, "%T", &when) > 0)
        lab_text_printf(&w->head, " saved at %s", clock);
    if (w->runs > 1)
        lab_text_printf(&w->head, ", run %zu", w->runs);
    if (w->on_screen)
        lab_text_put(&w->head, "; Ctrl-C ends");
}

static void begin_page(struct watching *w) {
    struct lab_call *call = w->call;
    put_head(w);
    if (w->on_screen) {
        lab_text_clear(&w->shown);
        if (!(call->given & LAB_OPTION_WIDTH))
            call->options.style.width =
                w->canvas.columns < 20 ? 20 : w->canvas.columns;
        lab_timer_start(&w->frame, EMPTY_MS * LAB_MS, on_frame);
    } else if (w->runs > 1 && !call->options.json) {
        lab_shell_printf(call->shell, "\n%s\n\n", lab_text_string(&w->head));
    }
}

static void begin_run(struct watching *w) {
    w->runs++;
    w->is_saved = w->has_ended = false;
    begin_page(w);
    w->running = lab_spawn_deep("run", run, w, RUN_STACK);
    w->saving = lab_spawn("save", wait_for_save, w);
}

// Waits even if we are cancelled: the task uses what is ours.
static void end_task(lab_task *task) {
    struct lab_shield shield = {0};
    lab_shield_enter(&shield);
    lab_cancel(task);
    lab_ignore(lab_await(task)); // it has noted what there is to know
    lab_shield_exit(&shield);
}

// Interrupts the run, if it has not ended. One that is to make room for the
// next is given a second.
static void end_run(struct watching *w) {
    lab_time patience = w->is_saved ? LAB_S : LAB_FOREVER;
    struct lab_shield shield = {0};
    lab_shield_enter(&shield);
    lab_cancel(w->running);
    if (lab_wait(&w->running, 1, LAB_ALL_COMPLETED, patience) == 0)
        lab_show_interrupted_again(w->call->shell);
    lab_shield_exit(&shield);
    end_task(w->running);
    end_task(w->saving);
}

// --- the whole

// Waits until something has happened.
static int wait_for_news(struct watching *w) {
    lab_task *all[] = {w->running, w->saving, w->reading}, *open[countof(all)];
    size_t count = 0;
    for (size_t i = 0; i < countof(all); i++)
        if (all[i] && !lab_task_done(all[i]))
            open[count++] = all[i];
    lab_time look = w->on_screen ? LAB_CANVAS_LOOK_MS * LAB_MS : LAB_FOREVER;
    bool had_ended = w->has_ended;
    LAB_TRY(lab_wait(open, count, LAB_FIRST_COMPLETED, look));
    if (w->on_screen &&
        (lab_canvas_changed(&w->canvas) || w->has_ended != had_ended))
        draw(w);
    return 0;
}

static bool is_over(const struct watching *w) {
    return w->failure || (w->is_over && w->has_ended);
}

// Returns an error if it was cancelled.
static int run_again_and_again(struct watching *w) {
    int rc = 0;
    while (rc >= 0 && !is_over(w)) {
        begin_run(w);
        while (rc >= 0 && !w->is_saved && !is_over(w))
            rc = wait_for_news(w);
        end_run(w);
    }
    return rc;
}

int lab_watch(struct lab_call *call, const struct lab_watch *watch) {
    struct watching w = {.call = call, .watch = watch};
    struct lab_shell *shell = call->shell;
    int rc = lab_watched_open(&w.file, watch->path);
    if (rc < 0)
        return lab_shell_refuse(shell, "%s cannot be watched: %s", watch->path,
                                lab_error_text(rc));
    if (lab_full_possible(call))
        lab_ignore(take_screen(&w)); // else as in a pipe
    if (!w.on_screen && !shell->at_prompt)
        lab_stdout_use(shell, true); // somebody waits for each run
    if (!isatty(STDIN_FILENO))
        w.reading = lab_spawn("input", wait_for_end_of_input, &w);
    rc = run_again_and_again(&w);
    if (w.reading)
        end_task(w.reading);
    if (w.on_screen)
        give_screen(&w);
    lab_text_free(&w.head);
    // Nobody waits for it any more: see end_run.
    lab_watched_close(w.file);
    if (w.failure)
        return lab_shell_refuse(shell, "%s cannot be watched any more: %s",
                                watch->path, lab_error_text(w.failure));
    return rc < 0 ? LAB_EXIT_INTERRUPTED : w.status;
}

const char *lab_watch_obstacle(const struct lab_call *call) {
    const struct lab_shell *shell = call->shell;
    if (shell->in_lesson)
        return "a lesson cannot wait for a file to be saved";
    if (shell->script_line > 0)
        return "a script would never come to its next line";
    if (shell->at_prompt && shell->typing)
        return "it has the screen for itself, so it cannot run beside the "
               "prompt; leave the & out";
    return NULL;
}
