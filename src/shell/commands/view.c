// The views, each a command of its name: of what ran last, of what is named
// and run quietly, or of a file that was recorded.

#include "base/die.h"
#include "shell/show.h"

#include <string.h>

static const struct lab_view *view_of(const struct lab_call *call) {
    const struct lab_view *view = lab_views;
    while (strcmp(view->name, call->command->name) != 0)
        view++;
    return view;
}

// --- what is looked at

static bool take_time(struct lab_call *call, const char *word, lab_time *time) {
    const char *value = strchr(word, '=') + 1;
    if (lab_param_time(value, "s", time) && *time >= 0)
        return true;
    lab_shell_refuse(call->shell,
                     "%.*s is a time of the run, such as 1.5s or 200ms, not "
                     "\"%s\"",
                     (int)(value - word - 1), word, value);
    return false;
}

// Takes [word] if it is for the view and not for the demo. *[status] is set if
// it is wrong.
static bool take_word(struct lab_call *call, const char *word, int *status) {
    struct lab_style *style = &call->manner.style;
    bool fine = true;
    if (strncmp(word, "from=", 5) == 0)
        fine = take_time(call, word, &style->from);
    else if (strncmp(word, "to=", 3) == 0)
        fine = take_time(call, word, &style->to);
    else if (strncmp(word, "lanes=", 6) == 0)
        style->lanes = word + 6;
    else
        return false;
    if (!fine)
        *status = LAB_EXIT_USAGE;
    return true;
}

static int take_words(struct lab_call *call) {
    const struct lab_style *style = &call->manner.style;
    int status = LAB_EXIT_OK, kept = 0;
    for (int i = 0; i < call->count && status == LAB_EXIT_OK; i++)
        if (!take_word(call, call->words[i], &status))
            call->words[kept++] = call->words[i];
    call->count = kept;
    if (status == LAB_EXIT_OK && style->to && style->to <= style->from)
        return lab_shell_refuse(call->shell, "to= must be later than from=");
    return status;
}

// --- a file

static int show_file(struct lab_call *call, lab_view_fn *view) {
    struct lab_recording recording;
    struct lab_text error = {0};
    int status = LAB_EXIT_OK;
    if (call->count > 1)
        return lab_shell_refuse(
            call->shell,
            "\"%s\" cannot be said of a file: it holds what "
            "has run",
            call->words[1]);
    if (!lab_recording_read(&recording, call->words[0], &error)) {
        status = lab_shell_fail_text(call->shell, &error);
    } else {
        for (struct lab_recorded *at = recording.first; at; at = at->next) {
            if (at != recording.first && !call->manner.json)
                lab_shell_printf(call->shell, "\n\n");
            lab_show_heading(call, &at->comparison);
            lab_show_results(call, &at->comparison, view);
        }
    }
    lab_recording_free(&recording);
    return status;
}

int lab_command_view(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_selection selection;
    lab_view_fn *view = view_of(call)->render;
    call->manner.json |= view == lab_view_json;
    int status = take_words(call);
    if (status != LAB_EXIT_OK)
        return status;
    if (call->count > 0 && lab_show_is_file(call->words[0]))
        return show_file(call, view);
    if (call->count > 0) {
        status = lab_select(call, &selection);
        return status == LAB_EXIT_OK ? lab_show_run(call, &selection, view)
                                     : status;
    }
    if (shell->last.count == 0)
        return lab_shell_refuse(shell,
                                "nothing has run yet; say which demo: %s 3",
                                call->command->name);
    lab_show_results(call, &shell->last, view);
    return LAB_EXIT_OK;
}
