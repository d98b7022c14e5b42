// The views, each a command of its name: of what ran last, of what is named
// and run quietly, or of a file that was recorded.

#include "base/alloc.h"
#include "base/die.h"
#include "shell/key.h"
#include "shell/last.h"
#include "shell/option.h"
#include "shell/reading.h"
#include "shell/show.h"
#include "view/window.h"

#include <string.h>

static const struct lab_view *view_of(const struct lab_call *call) {
    const struct lab_view *view = lab_views;
    while (strcmp(view->name, call->command->name) != 0)
        view++;
    return view;
}

// Of a file with several demos, one has what is asked for.
static int check_file(struct lab_call *call,
                      const struct lab_recording *recording) {
    struct lab_text error = {0};
    bool has = recording->count == 0;
    for (size_t i = 0; i < recording->count && !has; i++) {
        lab_text_clear(&error);
        has = lab_window_check(&call->options.style, recording->all[i], &error);
    }
    if (!has)
        return lab_shell_refuse_text(call->shell, &error);
    lab_text_free(&error);
    return LAB_EXIT_OK;
}

static int show_file(struct lab_call *call, lab_view_fn *view) {
    struct lab_recording recording;
    struct lab_text error = {0};
    int status;
    if (!lab_result_read(&recording, call->target.file, &error))
        status = lab_shell_fail_text(call->shell, &error);
    else
        status = check_file(call, &recording);
    for (size_t i = 0; status == LAB_EXIT_OK && i < recording.count; i++) {
        if (i > 0 && !call->options.json)
            lab_pages_printf(call->shell, "\n\n");
        lab_show_heading(call, recording.all[i]);
        lab_show_results(call, recording.all[i], view);
    }
    lab_recording_free(&recording);
    return status;
}

// Shows what ran last, or the variants of it that were named.
static int show_last(struct lab_call *call, lab_view_fn *view) {
    struct lab_comparison part;
    lab_last_part(&call->target, &call->shell->last, &part);
    int status = lab_show_check(call, &part);
    if (status == LAB_EXIT_OK)
        lab_show_results(call, &part, view);
    lab_last_end_part(&part);
    return status;
}

// What answers a question is run at once; figures are those of the clock.
static int show_demo(struct lab_call *call, const struct lab_view *view) {
    if (view->asks)
        lab_show_at_once(call);
    return lab_show_run(call, &call->target.selection, view->render);
}

static int show(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    lab_view_fn *view = view_of(call)->render;
    call->options.json |= view == lab_view_json;
    if (call->target.kind == LAB_TARGET_DEMO)
        return show_demo(call, view_of(call));
    int status = lab_options_refuse_run(call);
    if (status != LAB_EXIT_OK)
        return status;
    if (call->target.kind == LAB_TARGET_FILE)
        return show_file(call, view);
    if (shell->last.count == 0)
        return lab_shell_refuse(
            shell, "nothing has run yet; say which demo: %s %d",
            call->command->name, lab_reading_example(shell));
    return show_last(call, view);
}

// A row is made from the view's own when it is first asked for. JSON is the
// same whatever the style.
const struct lab_command *lab_command_of_view(size_t index) {
    enum { FIRST = 300, MOST = 32 };
    static struct lab_command rows[MOST];
    const struct lab_view *view = &lab_views[index];
    if (!view->name)
        return NULL;
    lab_assert(index < MOST);
    bool is_json = view->render == lab_view_json;
    rows[index] = (struct lab_command){
        .name = view->name,
        .order = FIRST + (int)index,
        .text = view->text,
        .help = view->help,
        .takes = {{&lab_type_viewed, .optional = true}},
        .keys = (view->chooses ? LAB_KEYS_PART : 0) |
                (view->render == lab_view_timeline ? LAB_KEYS_AXIS : 0),
        .options = LAB_OPTIONS_RUN |
                   (is_json ? 0 : LAB_OPTIONS_STYLE | LAB_OPTION_JSON),
        .run = show,
    };
    return &rows[index];
}
