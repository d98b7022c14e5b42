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
            if (at != recording.first && !call->options.json)
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
    call->options.json |= view == lab_view_json;
    int status = lab_show_take_part(call);
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
