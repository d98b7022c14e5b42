#include "shell/show.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/error.h"
#include "base/write.h"
#include "core/detector.h"
#include "demo/outside.h"
#include "guest/guest.h"
#include "shell/live.h"
#include "shell/look.h"
#include "shell/option.h"
#include "shell/show_guest.h"
#include "shell/stdout.h"
#include "view/export_said.h"
#include "view/line.h"
#include "view/window.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

// --- while it runs

void lab_show_on_run(void *sink, struct lab_run *run) {
    struct lab_call *call = sink;
    struct lab_text text = {0};
    if (call->recorder)
        lab_recorder_run(call->recorder, run);
    if (call->drawing)
        lab_live_next(call->drawing);
    if (!call->live)
        return;
    call->silent = run;
    call->said_columns = 0;
    lab_export_said_begin(&text, run, &call->options.style);
    lab_pages_pass(call->shell, &text);
    lab_text_free(&text);
}

void lab_show_on_say(void *sink, lab_time time, const char *who,
                     const char *line) {
    struct lab_call *call = sink;
    struct lab_text text = {0};
    if (call->silent)
        lab_export_said_first(&text, call->silent, &call->options.style);
    call->silent = NULL;
    lab_export_said_line(&text, time, who, line, &call->options.style,
                         &call->said_columns);
    lab_pages_pass(call->shell, &text);
    lab_text_free(&text);
}

void lab_show_heading(struct lab_call *call,
                      const struct lab_comparison *comparison) {
    struct lab_text text = {0};
    if (call->options.json)
        return;
    lab_export_said_heading(&text, comparison, &call->options.style);
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
}

// --- at once

void lab_show_at_once(struct lab_call *call) {
    const struct lab_selection *selection = &call->target.selection;
    struct lab_text text = {0}, name = {0};
    if (call->options.clock.is_virtual || call->given & LAB_OPTION_CLOCK)
        return;
    call->options.clock = LAB_CLOCK_VIRTUAL;
    if (call->options.json)
        return;
    if (selection->guest)
        lab_text_put(&name, selection->guest);
    else // some names are words: 14 errors
        lab_text_printf(&name, "%02d %s", selection->file->number,
                        selection->file->name);
    lab_line_printf(&text, &call->options.style, LAB_COLOR_DIM, 0,
                    "%s runs under the virtual clock; --clock=real takes "
                    "its time.",
                    lab_text_string(&name));
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
    lab_text_free(&name);
}

// --- when it has run

int lab_show_check(struct lab_call *call,
                   const struct lab_comparison *comparison) {
    struct lab_text error = {0};
    return lab_window_check(&call->options.style, comparison, &error)
               ? LAB_EXIT_OK
               : lab_shell_refuse_text(call->shell, &error);
}

void lab_show_results(struct lab_call *call,
                      const struct lab_comparison *comparison,
                      lab_view_fn *view) {
    const struct lab_style *style = &call->options.style;
    struct lab_text text = {0};
    if (call->options.json) {
        lab_view_json(&text, comparison, style);
    } else if (view) {
        lab_view_append(&text, view, comparison, style);
    } else {
        lab_view_append(&text, lab_view_results, comparison, style);
        if (call->options.timeline)
            lab_view_append(&text, lab_view_timeline, comparison, style);
    }
    if (view && !call->options.json) // and not the end of what has streamed by
        lab_pages_put(call->shell, &text);
    else
        lab_pages_pass(call->shell, &text);
    lab_text_free(&text);
}

void lab_show_nothing(struct lab_text *out,
                      const struct lab_comparison *comparison,
                      const struct lab_style *style) {
    (void)out;
    (void)comparison;
    (void)style;
}

bool lab_show_is_file(const char *word) {
    size_t n = strlen(word);
    return !lab_guest_is(word) &&
           (strchr(word, '/') ||
            (n > 6 && strcmp(word + n - 6, ".jsonl") == 0));
}

// --- running it

// Says who holds the loop, from the watchdog's thread: the loop, and with it
// the prompt, cannot. A line that is being edited is left as it stands.
static void on_blocked(void *sink, const struct lab_blocked *blocked) {
    const struct lab_call *call = sink;
    struct lab_text text = {0}, lines = {0};
    lab_text_put(&text, "looplab: ");
    lab_detector_put(&text, blocked);
    lab_text_put(&lines, call->shell->background ? "\n" : "");
    lab_stdout_wrap_error(&lines, lab_text_string(&text));
    lab_text_put(&lines, "\n");
    // There is nowhere left to tell of an error.
    lab_ignore(lab_write_whole(STDERR_FILENO, lines.data, lines.length));
    lab_text_free(&text);
    lab_text_free(&lines);
}

static int run_one(struct lab_call *call, struct lab_comparison *comparison,
                   const struct lab_settings *settings, size_t index,
                   const struct lab_result_sink *sink) {
    int rc = lab_result_run(comparison, settings, index, sink);
    if (call->recorder)
        lab_recorder_end(call->recorder,
                         comparison->runs[comparison->count - 1]);
    return rc;
}

static int run_all(struct lab_call *call, struct lab_comparison *comparison,
                   const struct lab_selection *selection,
                   const struct lab_result_sink *sink) {
    const struct lab_settings *settings = &selection->settings;
    size_t n = lab_variant_count(settings->demo);
    bool named = false;
    for (size_t i = 0; i < n; i++)
        named |= selection->variants[i];
    for (size_t i = 0; i < n; i++)
        if (!named || selection->variants[i])
            lab_result_expect(comparison, settings, i);
    for (size_t i = 0; i < n; i++)
        if (!named || selection->variants[i])
            if (run_one(call, comparison, settings, i, sink) == LAB_EINTR)
                return LAB_EINTR;
    return 0;
}

void lab_show_end_progress(struct lab_shell *shell,
                           const struct lab_progress *progress) {
    struct lab_progress **at = &shell->progress;
    while (*at != progress)
        at = &(*at)->earlier;
    *at = progress->earlier;
}

// A lesson's output must not depend on what ran before.
static void warn_once(struct lab_shell *shell, struct lab_demo_file *file) {
    struct lab_text warning = {0};
    if (!shell->in_lesson && lab_demos_warn(file, &warning))
        shell->complain(shell, lab_text_string(&warning));
    lab_text_clear(&warning);
    if (!shell->in_lesson && lab_demos_stale(file, &warning))
        lab_shell_refuse_text(shell, &warning);
    lab_text_free(&warning);
}

int lab_show_finish(struct lab_call *call, struct lab_comparison *comparison,
                    int rc, lab_view_fn *view) {
    struct lab_shell *shell = call->shell;
    int status = LAB_EXIT_INTERRUPTED;
    if (rc == LAB_EINTR && call->endless)
        status = LAB_EXIT_OK;
    else if (rc == LAB_EINTR)
        shell->complain(shell, "cancelled; why, story and other views show "
                               "how far it came");
    else
        status = lab_show_check(call, comparison);
    if (status == LAB_EXIT_OK && rc != LAB_EINTR) {
        lab_show_results(call, comparison, view);
        status =
            lab_comparison_held(comparison) ? LAB_EXIT_OK : LAB_EXIT_FAILED;
    }
    lab_look_replace_last(shell, comparison);
    return status;
}

int lab_show_run(struct lab_call *call, const struct lab_selection *selection,
                 lab_view_fn *view) {
    struct lab_shell *shell = call->shell;
    if (call->schedule && !call->options.clock.is_virtual)
        return lab_shell_refuse(shell, "--schedule needs the virtual clock; "
                                       "add --clock=virtual");
    if (call->given & LAB_OPTION_LIMIT && !call->options.clock.is_virtual)
        return lab_shell_refuse(shell, "--limit needs the virtual clock; add "
                                       "--clock=virtual");
    if (selection->guest)
        return lab_show_guest(call, selection, view);
    struct lab_demo_file *file = selection->file; // NULL: it is looplab's own
    struct lab_comparison comparison = {.number = file ? file->number : 0,
                                        .clock = call->options.clock};
    if (file)
        warn_once(shell, file);
    struct lab_selection limited = *selection;
    limited.settings.limits = call->options.limits;
    struct lab_outside outside = {0};
    limited.settings.outside = &outside;
    lab_result_begin(&comparison, &limited.settings);
    if (file)
        comparison.source = lab_strdup(file->source);
    if (call->schedule)
        comparison.schedule = lab_strdup(call->schedule);
    bool live = !view && !call->options.json;
    struct lab_result_sink sink = {lab_show_on_run,
                                   live ? lab_show_on_say : NULL, call};
    struct lab_progress progress = {&comparison, shell->progress, call->job};
    if (call->recorder)
        lab_recorder_begin(call->recorder, &comparison);
    if (!call->quiet)
        lab_show_heading(call, &comparison);
    lab_pages_show(shell); // before the run says something
    call->live = live;
    struct lab_live drawing;
    lab_live_begin(&drawing, call, &comparison);
    call->drawing = &drawing;
    // cppcheck-suppress autoVariables ; taken back below
    shell->progress = &progress;
    // Where another run has a watchdog already, that one watches us as well.
    bool watched =
        call->slow && lab_detector_start(call->slow, on_blocked, call) == 0;
    int rc = run_all(call, &comparison, &limited, &sink);
    lab_outside_close(&outside);
    if (watched)
        lab_detector_stop();
    lab_show_end_progress(shell, &progress);
    lab_live_end(&drawing);
    call->drawing = NULL;
    return lab_show_finish(call, &comparison, rc, view);
}

int lab_show_quietly(struct lab_call *call,
                     const struct lab_selection *selection,
                     struct lab_comparison *comparison) {
    struct lab_call own = *call;
    unsigned long before = call->shell->ran;
    *comparison = (struct lab_comparison){0};
    own.quiet = own.keeps_input = true;
    own.options.json = false;
    own.options.clock = LAB_CLOCK_VIRTUAL;
    int status = lab_show_run(&own, selection, lab_show_nothing);
    if (call->shell->ran == before)
        return status;
    // A law that does not hold is a result like any other.
    if (status == LAB_EXIT_OK || status == LAB_EXIT_FAILED)
        lab_look_take_last(call->shell, comparison);
    return comparison->count ? LAB_EXIT_OK : status;
}
