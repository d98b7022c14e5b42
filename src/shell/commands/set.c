#include "base/die.h"
#include "shell/about.h"
#include "shell/option.h"
#include "view/line.h"

#include <string.h>

static void put_all(struct lab_call *call,
                    const struct lab_settings *settings) {
    struct lab_rows rows = {.indent = 2};
    struct lab_text text = {0};
    lab_about_params(&rows, settings);
    lab_rows_put(&rows, &text, &call->options.style);
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
}

static bool is_changed(const struct lab_settings *settings) {
    for (size_t i = 0; i < lab_param_count(settings->demo); i++)
        if (!lab_settings_is_default(settings, i))
            return true;
    return false;
}

static int put_changed(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    bool any = false;
    for (size_t i = 0; shell->set && i < shell->demos.count; i++) {
        const struct lab_settings *settings = &shell->set[i];
        if (!settings->demo || !is_changed(settings))
            continue;
        lab_pages_printf(shell, "%02d %s\n", shell->demos.files[i].number,
                         settings->demo->name);
        put_all(call, settings);
        any = true;
    }
    if (!any)
        lab_call_say(call, "Every parameter has its default; set 3 shows "
                           "those of demo 3.");
    return LAB_EXIT_OK;
}

// --- its words: a demo, and then values or "reset"

static bool is_reset(char **words, int count) {
    return count == 2 && strcmp(words[1], "reset") == 0;
}

static int read_values(struct lab_call *call, char **words, int count) {
    if (count == 0)
        return LAB_EXIT_OK;
    if (strchr(words[0], '='))
        return lab_shell_refuse(
            call->shell, "set needs the demo first, as in set 3 %s", words[0]);
    for (int i = 1; i < count; i++)
        if (!strchr(words[i], '=') && !is_reset(words, count))
            return lab_shell_refuse(call->shell,
                                    "set takes NAME=VALUE or reset after a "
                                    "demo, not \"%s\"",
                                    words[i]);
    return lab_type_selection.read(call, words, count - is_reset(words, count));
}

static void offer_values(const struct lab_request *request) {
    if (request->index == 0)
        lab_type_selection.offer(request);
    else
        lab_offer_params(request, request->words[0]);
    if (request->index == 1)
        lab_offer_about(request, "reset", "the defaults again");
}

static const struct lab_type values = {
    .usage = "DEMO [NAME=VALUE ... | reset]",
    .is_rest = true,
    .offer = offer_values,
    .read = read_values,
};

// Says how to change one of the parameters that were only shown.
static void put_next(struct lab_call *call, const struct lab_demo *demo,
                     int number) {
    struct lab_text text = {0};
    if (lab_param_count(demo) == 0)
        return;
    lab_line_printf(&text, &call->options.style, LAB_COLOR_DIM, 0,
                    "set %d %s=VALUE changes one from now on; set %d reset "
                    "restores the defaults.",
                    number, demo->params[0].name, number);
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
}

static int set(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_selection *selection = &call->target.selection;
    struct lab_text error = {0};
    if (call->count == 0)
        return lab_shell_demos(shell, &error)
                   ? put_changed(call)
                   : lab_shell_fail_text(shell, &error);
    if (is_reset(call->words, call->count))
        lab_settings_init(&selection->settings, selection->file->demo);
    *lab_select_set(shell, selection->file) = selection->settings;
    put_all(call, &selection->settings);
    if (call->count == 1)
        put_next(call, selection->file->demo, selection->file->number);
    return LAB_EXIT_OK;
}

LAB_COMMAND(set) = {
    .name = "set",
    .order = 710,
    .text = "show or change a demo's parameters",
    .help = "  set                         what was changed so far\n"
            "  set 3                       the parameters of demo 3 and their "
            "range\n"
            "  set 3 delay=200             from now on, in every run\n"
            "  set 3 reset                 back to the defaults\n",
    .takes = {{&values, .optional = true}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTIONS_STYLE,
    .run = set,
};
