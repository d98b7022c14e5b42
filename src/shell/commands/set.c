#include "base/die.h"
#include "shell/select.h"

#include <string.h>

// One line a parameter: what it is now, what it may be, and what it means.
static void put_all(struct lab_call *call,
                    const struct lab_settings *settings) {
    struct lab_text text = {0}, value = {0};
    for (size_t i = 0; i < lab_param_count(settings->demo); i++) {
        const struct lab_param *param = &settings->demo->params[i];
        lab_text_clear(&value);
        lab_settings_put(settings, i, &value);
        lab_text_put(&text, "  ");
        lab_text_pad(&text, lab_text_string(&value), 16,
                     call->options.style.ascii);
        lab_text_printf(&text, " %s, %lld to %lld%s%s\n", param->text,
                        (long long)param->min, (long long)param->max,
                        param->unit && *param->unit ? " " : "",
                        param->unit ? param->unit : "");
    }
    lab_shell_put(call->shell, &text);
    lab_text_free(&text);
    lab_text_free(&value);
}

static bool is_changed(const struct lab_settings *settings) {
    for (size_t i = 0; i < lab_param_count(settings->demo); i++)
        if (settings->values[i] != settings->demo->params[i].value)
            return true;
    return false;
}

static int put_changed(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    bool any = false;
    for (size_t i = 0; i < shell->demos.count; i++) {
        const struct lab_settings *settings = &shell->set[i];
        if (!settings->demo || !is_changed(settings))
            continue;
        lab_shell_printf(shell, "%02d %s\n", shell->demos.files[i].number,
                         settings->demo->name);
        put_all(call, settings);
        any = true;
    }
    if (!any)
        lab_shell_printf(shell, "Every parameter has its default; set 3 shows "
                                "those of demo 3.\n");
    return LAB_EXIT_OK;
}

int lab_command_set(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_selection selection;
    struct lab_text error = {0};
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    if (call->count == 0)
        return put_changed(call);
    bool reset = call->count == 2 && strcmp(call->words[1], "reset") == 0;
    call->count -= reset;
    int status = lab_select(call, &selection);
    if (status != LAB_EXIT_OK)
        return status;
    if (reset)
        lab_settings_init(&selection.settings, selection.file->demo);
    *lab_select_set(shell, selection.file) = selection.settings;
    put_all(call, &selection.settings);
    return LAB_EXIT_OK;
}
