#include "shell/show_guest.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/loop.h"
#include "core/scope.h"
#include "guest/guest.h"
#include "shell/live.h"
#include "shell/look.h"
#include "shell/message.h"
#include "shell/option.h"
#include "shell/play.h"
#include "shell/show.h"
#include "view/events.h"

#include <string.h>
#include <unistd.h>

enum { LAST = 5 }; // events, told of a program that was cut off

struct showing {
    struct lab_call *call;
    struct lab_live drawing;
    struct lab_progress progress;
    struct lab_text path;       // of the program
    struct lab_text stray;      // kept until nothing is drawn any more
    struct lab_message message; // what is said of it at once
    bool has_begun;
    bool has_put; // anything below the heading
};

// --- while it runs

static void on_begin(void *sink, struct lab_comparison *comparison) {
    struct showing *showing = sink;
    struct lab_call *call = showing->call;
    struct lab_shell *shell = call->shell;
    showing->has_begun = true;
    if (call->recorder)
        lab_recorder_begin(call->recorder, comparison);
    if (!call->quiet)
        lab_show_heading(call, comparison);
    lab_pages_show(shell); // before the program says something
    lab_live_begin(&showing->drawing, call, comparison);
    call->drawing = &showing->drawing;
    showing->progress =
        (struct lab_progress){comparison, shell->progress, call->job};
    shell->progress = &showing->progress;
}

static void on_run(void *sink, struct lab_run *run) {
    const struct showing *showing = sink;
    lab_show_on_run(showing->call, run);
}

static void on_run_end(void *sink, struct lab_run *run) {
    const struct showing *showing = sink;
    if (showing->call->recorder)
        lab_recorder_end(showing->call->recorder, run);
}

static void on_say(void *sink, lab_time time, const char *who,
                   const char *line) {
    struct showing *showing = sink;
    showing->has_put = true;
    if (showing->call->live)
        lab_show_on_say(showing->call, time, who, line);
}

static void on_stray(void *sink, const char *bytes, size_t n) {
    struct showing *showing = sink;
    // The first of it stands below the heading; what a run says, below its own.
    if (showing->call->live && showing->has_begun && !showing->has_put)
        lab_shell_printf(showing->call->shell, "\n");
    showing->has_put = true;
    if (showing->call->live)
        lab_message_put(&showing->message, showing->call, bytes, n);
    else
        lab_text_write(&showing->stray, bytes, n);
}

// --- its end

static void end_showing(struct showing *showing) {
    struct lab_call *call = showing->call;
    if (showing->has_begun) {
        lab_show_end_progress(call->shell, &showing->progress);
        lab_live_end(&showing->drawing);
    }
    call->drawing = NULL;
    if (!call->options.json && !call->drops_stray)
        lab_message_put(&showing->message, call,
                        lab_text_string(&showing->stray),
                        showing->stray.length);
    lab_message_end(&showing->message, call);
    lab_text_free(&showing->stray);
}

// Says why the program was cut off, and what it did last.
static int say_cut(struct lab_call *call, struct lab_comparison *comparison,
                   struct lab_text *why) {
    struct lab_text text = {0};
    const struct lab_run *run = comparison->runs[comparison->count - 1];
    size_t count = lab_record_count(run->record);
    size_t from = count > LAST ? count - LAST : 0;
    lab_shell_fail_text(call->shell, why);
    if (!call->options.json && count > 0) {
        lab_text_put(&text,
                     "The last events; story, why and step show more:\n");
        lab_events_put(&text, &call->options.style, run->record, from, LAST,
                       " ");
        lab_shell_put(call->shell, &text);
    }
    lab_text_free(&text);
    return LAB_EXIT_FAILED;
}

static int finish(struct lab_call *call, struct lab_guest *guest, int rc,
                  struct lab_text *error, lab_view_fn *view) {
    int own = lab_guest_status(guest);
    struct lab_comparison *known = lab_guest_comparison(guest);
    if (rc == LAB_EINVAL)
        return lab_shell_refuse_text(call->shell, error);
    if (!known || known->count == 0) {
        lab_shell_fail_text(call->shell, error);
        return own;
    }
    // What ran is ours from now on.
    struct lab_comparison comparison = *known;
    *known = (struct lab_comparison){0};
    if (rc == LAB_ECRASHED &&
        !(call->quiet && lab_guest_was_interrupted(guest)))
        say_cut(call, &comparison, error);
    int cut = lab_guest_was_interrupted(guest) ? LAB_EINTR : 0;
    int status = lab_show_finish(call, &comparison, cut, view);
    return status == LAB_EXIT_OK ? own : status;
}

// --- the whole

// A file or pipe that a command is given is the program's; what is typed at the
// prompt, or stands in a script, is looplab's. A program that runs again and
// again would find its input empty the second time.
static bool takes_input(const struct lab_call *call) {
    const struct lab_shell *shell = call->shell;
    return !call->watch && !call->keeps_input && !shell->at_prompt &&
           !shell->script_line && !shell->in_lesson && !isatty(STDIN_FILENO);
}

// The programs of lessons are run by their names, wherever they are.
void lab_show_guest_find(const struct lab_call *call, const char *name,
                         struct lab_text *path) {
    struct lab_text lessons = {0};
    lab_text_printf(&lessons, "%s/%s", call->shell->folders.lessons, name);
    bool is_lessons = !strchr(name, '/') && access(name, F_OK) < 0 &&
                      access(lab_text_string(&lessons), F_OK) == 0;
    lab_text_put(path, is_lessons ? lab_text_string(&lessons) : name);
    lab_text_free(&lessons);
}

struct lab_guest_options
lab_show_guest_options(const struct lab_call *call,
                       const struct lab_selection *what, const char *path) {
    struct lab_limits limits = call->options.limits;
    if (!(call->given & LAB_OPTION_LIMIT))
        limits.machine = -1;
    return (struct lab_guest_options){
        .path = path,
        .include = call->shell->folders.include,
        .schedule = call->schedule,
        .clock = call->options.clock,
        .limits = limits,
        .has_input = takes_input(call),
        .library = call->library,
        .ends_at_once = call->quiet,
        .words = what->words,
        .count = what->count,
    };
}

void lab_show_interrupted_again(struct lab_shell *shell) {
    if (shell->interrupted)
        lab_signal_answered();
    for (struct lab_interrupted *at = shell->interrupted; at; at = at->earlier)
        lab_guest_interrupt(at->guest);
}

// Interrupts the program, which may take its time to clean up.
static int interrupt(struct lab_shell *shell, struct lab_guest *guest,
                     struct lab_text *error) {
    struct lab_interrupted self = {guest, shell->interrupted};
    struct lab_interrupted **at = &shell->interrupted;
    struct lab_shield shield = {0};
    int rc;
    // cppcheck-suppress autoVariables ; taken back below
    shell->interrupted = &self;
    lab_guest_interrupt(guest);
    lab_signal_answered();
    lab_shield_enter(&shield);
    do
        rc = lab_guest_wait(guest, error);
    while (rc == LAB_ECANCELED || rc == LAB_EINTR);
    lab_shield_exit(&shield);
    while (*at != &self)
        at = &(*at)->earlier;
    *at = self.earlier;
    return rc;
}

int lab_show_guest_wait(struct lab_shell *shell, struct lab_guest *guest,
                        struct lab_text *error) {
    int rc = lab_guest_wait(guest, error);
    return rc == LAB_ECANCELED || rc == LAB_EINTR
               ? interrupt(shell, guest, error)
               : rc;
}

int lab_show_guest_refuse(struct lab_call *call, int status,
                          struct lab_text *error) {
    lab_pages_show(call->shell); // what the compiler says comes before that
    if (status == LAB_EXIT_INTERRUPTED)
        lab_text_put(error, "cancelled");
    if (status == LAB_EXIT_USAGE)
        return lab_shell_refuse_text(call->shell, error);
    lab_shell_fail_text(call->shell, error);
    return status;
}

// Runs it, with a practice server on port [practice] if that is not 0.
static int show(struct lab_call *call, const struct lab_selection *selection,
                lab_view_fn *view, int practice) {
    struct showing showing = {.call = call};
    struct lab_text error = {0};
    struct lab_guest *guest;
    lab_show_guest_find(call, selection->guest, &showing.path);
    struct lab_guest_options options =
        lab_show_guest_options(call, selection, lab_text_string(&showing.path));
    options.practice = practice;
    options.sink = (struct lab_guest_sink){on_begin, on_run,   on_run_end,
                                           on_say,   on_stray, &showing};
    call->live = !view && !call->options.json;
    int status = lab_guest_start(&guest, &options, &error);
    if (status != LAB_EXIT_OK) {
        end_showing(&showing);
        lab_text_free(&showing.path);
        return lab_show_guest_refuse(call, status, &error);
    }
    int rc = lab_show_guest_wait(call->shell, guest, &error);
    end_showing(&showing);
    status = finish(call, guest, rc, &error, view);
    lab_text_free(&error);
    lab_guest_free(guest);
    lab_text_free(&showing.path);
    return status;
}

int lab_show_guest(struct lab_call *call, const struct lab_selection *selection,
                   lab_view_fn *view) {
    struct lab_play play;
    if (call->slow)
        return lab_shell_refuse(call->shell,
                                "--debug watches looplab's own loop; busy "
                                "shows who held that of %s",
                                selection->guest);
    int status = lab_play_begin(&play, call);
    if (status != LAB_EXIT_OK)
        return status;
    status = show(call, selection, view, play.port);
    lab_play_end(&play);
    return status;
}
