#include "base/die.h"
#include "shell/show.h"

#include <string.h>

static int run_every(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    int worst = LAB_EXIT_OK;
    if (call->count > 1)
        return lab_shell_refuse(shell,
                                "run all takes nothing more, and not "
                                "\"%s\"; parameters belong to one demo",
                                call->words[1]);
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    for (size_t i = 0; i < shell->demos.count; i++) {
        struct lab_selection selection;
        if (i > 0 && !call->options.json)
            lab_shell_printf(shell, "\n\n");
        int status = lab_select_file(shell, &shell->demos.files[i], &selection);
        if (status == LAB_EXIT_OK)
            status = lab_show_run(call, &selection, NULL);
        if (status == LAB_EXIT_INTERRUPTED)
            return status;
        if (status != LAB_EXIT_OK)
            worst = status;
    }
    return worst;
}

int lab_command_run(struct lab_call *call) {
    struct lab_selection selection;
    if (call->count > 0 && strcmp(call->words[0], "all") == 0)
        return run_every(call);
    int status = lab_select(call, &selection);
    return status == LAB_EXIT_OK ? lab_show_run(call, &selection, NULL)
                                 : status;
}
