#include "shell/look.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "shell/argument.h"
#include "shell/last.h"
#include "shell/option.h"
#include "shell/show.h"
#include "view/line.h"

#include <stdlib.h>
#include <string.h>

// --- what there is to look at

// The C is only a help: without it a look shows less, and nothing wrong.
static void read_source(struct lab_look *look, const char *path) {
    if (path && lab_read_file(path, SIZE_MAX, &look->source) < 0)
        lab_text_clear(&look->source);
}

static void aim(struct lab_look *look, const struct lab_comparison *comparison,
                const struct lab_run *run, const char *source) {
    if (!comparison->code) // the file may have changed since
        read_source(look, source);
    look->snapshot.comparison = comparison;
    look->snapshot.run = run;
    look->state = lab_state_new(run->record);
    look->snapshot.state = look->state;
    look->snapshot.source = comparison->code      ? comparison->code
                            : look->source.length ? look->source.data
                                                  : NULL;
}

static int refuse_variant(struct lab_call *call,
                          const struct lab_comparison *comparison,
                          const char *name) {
    struct lab_text error = {0};
    lab_text_printf(&error, "no variant \"%s\" has run; there are", name);
    for (size_t i = 0; i < comparison->count; i++)
        lab_text_printf(&error, "%s %s", i ? "," : "",
                        comparison->runs[i]->name);
    return lab_shell_refuse_text(call->shell, &error);
}

// Where the text of a recorded demo is: with the demo that has a source of that
// name. NULL if this looplab has none.
static const char *find_source(struct lab_shell *shell, const char *name) {
    struct lab_text error = {0};
    const char *found = NULL;
    bool known = name && lab_shell_demos(shell, &error);
    for (size_t i = 0; known && i < shell->demos.count && !found; i++) {
        const char *path = shell->demos.files[i].source;
        const char *slash = strrchr(path, '/');
        if (strcmp(slash ? slash + 1 : path, name) == 0)
            found = lab_demos_source(&shell->demos.files[i]);
    }
    lab_text_free(&error);
    return found;
}

static int look_at_file(struct lab_call *call, struct lab_look *look) {
    const char *name = call->target.variant;
    struct lab_text error = {0};
    struct lab_recording *recording = look->recording =
        lab_alloc(sizeof *recording);
    if (!lab_result_read(recording, call->target.file, &error))
        return lab_shell_fail_text(call->shell, &error);
    const struct lab_comparison *comparison = recording->all[0];
    const struct lab_run *run = name ? NULL : comparison->runs[0];
    for (size_t i = 0; i < recording->count && !run; i++) {
        comparison = recording->all[i];
        run = lab_comparison_find(comparison, name);
    }
    if (!run)
        return refuse_variant(call, comparison, name);
    aim(look, comparison, run, find_source(call->shell, comparison->source));
    return LAB_EXIT_OK;
}

static int look_at_progress(struct lab_call *call,
                            const struct lab_progress *progress,
                            struct lab_look *look) {
    int status = lab_options_refuse_run(call);
    if (status != LAB_EXIT_OK)
        return status;
    const struct lab_comparison *comparison = progress->comparison;
    aim(look, comparison, comparison->runs[comparison->count - 1],
        comparison->source);
    look->snapshot.live = true;
    return LAB_EXIT_OK;
}

static int look_at_last(struct lab_call *call, struct lab_look *look) {
    const struct lab_comparison *last = &call->shell->last;
    aim(look, last, lab_last_run(call->shell), last->source);
    return LAB_EXIT_OK;
}

// The newest run of demo [number] that is running; of any demo if it is 0.
static const struct lab_progress *progress_of(const struct lab_shell *shell,
                                              int number) {
    const struct lab_progress *at = shell->progress;
    while (at && ((number && at->comparison->number != number) ||
                  at->comparison->count == 0))
        at = at->earlier;
    return at;
}

// What is running is looked at if [live] says so.
static int look_at_demo(struct lab_call *call, bool live,
                        struct lab_look *look) {
    const struct lab_selection *selection = &call->target.selection;
    struct lab_call own = *call;
    const struct lab_progress *progress =
        live && !selection->guest
            ? progress_of(call->shell, selection->file->number)
            : NULL;
    if (progress)
        return look_at_progress(call, progress, look);
    lab_show_at_once(&own);
    own.quiet = true;
    own.options.json = false;
    unsigned long before = call->shell->ran;
    int status = lab_show_run(&own, selection, lab_show_nothing);
    // The run can be looked at even if a law did not hold; what did not run,
    // as it does not compile, cannot.
    return (status == LAB_EXIT_OK || status == LAB_EXIT_FAILED) &&
                   call->shell->ran != before
               ? look_at_last(call, look)
               : status;
}

static int look_at_nothing_said(struct lab_call *call, bool live,
                                struct lab_look *look) {
    struct lab_shell *shell = call->shell;
    const struct lab_progress *progress = progress_of(shell, 0);
    if (progress && live)
        return look_at_progress(call, progress, look);
    if (shell->last.count > 0)
        return look_at_last(call, look);
    if (progress)
        return lab_shell_refuse(shell,
                                "%s is still running; ps and why look at it, "
                                "and %s can when it has ended",
                                progress->comparison->demo,
                                call->command->name);
    struct lab_text error = {0};
    lab_text_put(&error, "nothing has run yet; type run 3 first, or ");
    if (lab_arguments_take_demo(call->command)) {
        lab_text_put(&error, call->command->name);
        for (int i = 0; i < call->count; i++)
            lab_text_printf(&error, " %s", call->words[i]);
    } else {
        lab_text_put(&error, "step");
    }
    lab_text_put(&error, " 3 together");
    return lab_shell_refuse_text(shell, &error);
}

// What runs is a demo, or else nothing: then options for a run are refused.
static int find(struct lab_call *call, bool live, struct lab_look *look) {
    const struct lab_target *target = &call->target;
    if (target->kind == LAB_TARGET_DEMO)
        return look_at_demo(call, live, look);
    int status = lab_options_refuse_run(call);
    if (status != LAB_EXIT_OK)
        return status;
    if (target->kind == LAB_TARGET_FILE)
        return look_at_file(call, look);
    if (target->kind == LAB_TARGET_VARIANT)
        return look_at_last(call, look);
    return look_at_nothing_said(call, live, look);
}

const struct lab_record *lab_look_record(const struct lab_shell *shell,
                                         bool live) {
    const struct lab_progress *progress = live ? progress_of(shell, 0) : NULL;
    const struct lab_comparison *last =
        progress ? progress->comparison : &shell->last;
    if (shell->stepper && !progress)
        return shell->stepper->state->record;
    if (progress)
        return last->runs[last->count - 1]->record;
    return last->count > 0 ? lab_last_run(shell)->record : NULL;
}

// --- moments

static int go_to_event(struct lab_call *call, struct lab_look *look,
                       unsigned long number) {
    size_t count = lab_record_count(look->state->record);
    if (number > count)
        return lab_shell_refuse(
            call->shell, "there are %zu events; %zu is the end", count, count);
    lab_state_go(look->state, number);
    return LAB_EXIT_OK;
}

// To the last event, or to where the run was stopped.
static void go_to_end(struct lab_look *look) {
    const struct lab_record *record = look->state->record;
    size_t at = lab_panel_stopped(&look->snapshot);
    lab_state_go(look->state, at);
    if (at < lab_record_count(record))
        lab_state_pass(look->state, lab_record_at(record, at)->time);
}

int lab_look_go(struct lab_call *call, struct lab_look *look,
                const struct lab_instant *moment) {
    if (moment->is_event)
        return go_to_event(call, look, moment->events);
    const struct lab_record *record = look->state->record;
    size_t at = lab_state_by(record, moment->time);
    if (at == lab_record_count(record)) {
        go_to_end(look);
        return LAB_EXIT_OK;
    }
    lab_state_go(look->state, at);
    lab_state_pass(look->state, moment->time);
    return LAB_EXIT_OK;
}

void lab_look_next_variant(struct lab_look *look) {
    const struct lab_comparison *comparison = look->snapshot.comparison;
    size_t i = 0;
    while (i < comparison->count && comparison->runs[i] != look->snapshot.run)
        i++;
    const struct lab_run *run = comparison->runs[(i + 1) % comparison->count];
    lab_time now = look->state->now;
    if (run == look->snapshot.run)
        return;
    lab_state_free(look->state);
    look->state = lab_state_new(run->record);
    look->snapshot.run = run;
    look->snapshot.state = look->state;
    lab_state_go(look->state, lab_state_by(run->record, now));
}

// The stepper's own run and moment, in a state of ours.
static void look_at_stepper(const struct lab_look *stepper,
                            struct lab_look *look) {
    look->snapshot = stepper->snapshot;
    look->snapshot.lanes = NULL; // of its screen
    look->state = lab_state_new(stepper->state->record);
    look->snapshot.state = look->state;
    lab_state_go(look->state, stepper->state->at);
    lab_state_pass(look->state, stepper->state->now);
}

int lab_look_open(struct lab_call *call, struct lab_look *look) {
    const struct lab_shell *shell = call->shell;
    const struct lab_instant *moment = &call->moment;
    bool said = call->target.kind != LAB_TARGET_NONE;
    int status = LAB_EXIT_OK;
    *look = (struct lab_look){0};
    if (shell->stepper && !said && !progress_of(shell, 0)) {
        status = lab_options_refuse_run(call);
        if (status == LAB_EXIT_OK)
            look_at_stepper(shell->stepper, look);
    } else {
        status = find(call, true, look);
        if (status == LAB_EXIT_OK && !moment->is_set)
            go_to_end(look);
    }
    if (status == LAB_EXIT_OK && moment->is_set)
        status = lab_look_go(call, look, moment);
    if (status != LAB_EXIT_OK)
        lab_look_close(look);
    return status;
}

void lab_look_close(struct lab_look *look) {
    lab_state_free(look->state);
    lab_text_free(&look->source);
    lab_comparison_free(&look->kept);
    if (look->recording)
        lab_recording_free(look->recording);
    lab_free(look->recording);
    *look = (struct lab_look){0};
}

static bool all_ended(const struct lab_state *state) {
    for (size_t i = 0; i < state->tasks.count; i++)
        if (lab_state_task_at(state, i)->is != LAB_IS_ENDED)
            return false;
    return true;
}

// Half of [end] in three digits, as at= takes it: never "1.5e+03".
static void put_middle(struct lab_text *out, lab_time end) {
    lab_time step = 1, middle = end / 2;
    while (middle / step >= 1000)
        step *= 10;
    lab_time_put_in(out, middle / step * step, LAB_S);
}

void lab_look_put_earlier(struct lab_text *out, const struct lab_call *call,
                          const struct lab_look *look) {
    const struct lab_state *state = look->state;
    struct lab_text line = {0};
    if (call->moment.is_set || state->now == 0 || !all_ended(state))
        return;
    lab_text_put(&line, "at=");
    put_middle(&line, state->now);
    lab_text_put(&line, "s asks about an earlier moment.");
    lab_line_end(out, &call->options.style, LAB_COLOR_DIM, 0, &line);
}

int lab_look_answer(struct lab_call *call, lab_question_fn *question) {
    struct lab_look look;
    struct lab_text text = {0};
    int status = lab_look_open(call, &look);
    if (status != LAB_EXIT_OK)
        return status;
    lab_panel_heading(&text, &call->options.style, &look.snapshot);
    question(&text, &call->options.style, &look.snapshot);
    lab_look_put_earlier(&text, call, &look);
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
    lab_look_close(&look);
    return LAB_EXIT_OK;
}

int lab_look_show(struct lab_call *call, const struct lab_look *look) {
    struct lab_text text = {0};
    lab_panel_put(&text, &call->options.style, &look->snapshot);
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}

// --- the stepper

void lab_look_end_stepper(struct lab_shell *shell) {
    if (!shell->stepper)
        return;
    lab_look_close(shell->stepper);
    lab_free(shell->stepper);
    shell->stepper = NULL;
}

int lab_look_stepper(struct lab_call *call, struct lab_look **stepper) {
    struct lab_shell *shell = call->shell;
    *stepper = shell->stepper;
    if (*stepper && (*stepper)->watched) // and we run beside it
        return lab_shell_refuse(shell, "the stepper is open; leave it first");
    if (*stepper && call->target.kind == LAB_TARGET_NONE)
        return lab_options_refuse_run(call);
    // What is running cannot be stepped: its record is not ours to keep.
    struct lab_look look = {0};
    int status = find(call, false, &look);
    if (status == LAB_EXIT_OK && shell->stepper && shell->stepper->watched)
        status = lab_shell_refuse(shell, "the stepper was opened meanwhile");
    if (status != LAB_EXIT_OK) {
        lab_look_close(&look);
        return status;
    }
    lab_look_end_stepper(shell);
    *stepper = shell->stepper = lab_alloc(sizeof **stepper);
    **stepper = look;
    return LAB_EXIT_OK;
}

// The comparison moves; its runs stay where they are.
static void keep(struct lab_look *stepper, struct lab_comparison *comparison) {
    stepper->kept = *comparison;
    stepper->snapshot.comparison = &stepper->kept;
    *comparison = (struct lab_comparison){0};
}

// No stepper looks at what ran last any more.
static void release_last(struct lab_shell *shell) {
    struct lab_look *stepper = shell->stepper;
    if (stepper && !stepper->watched)
        lab_look_end_stepper(shell);
    else if (stepper && stepper->snapshot.comparison == &shell->last)
        keep(stepper, &shell->last);
}

void lab_look_replace_last(struct lab_shell *shell,
                           struct lab_comparison *comparison) {
    release_last(shell);
    lab_comparison_free(&shell->last);
    shell->last = *comparison;
    shell->looked_at = 0;
    shell->ran++;
}

void lab_look_take_last(struct lab_shell *shell,
                        struct lab_comparison *comparison) {
    release_last(shell);
    *comparison = shell->last;
    shell->last = (struct lab_comparison){0};
}
