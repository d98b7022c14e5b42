#include "base/die.h"
#include "shell/show.h"

#include <string.h>

static int run_every(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    int worst = LAB_EXIT_OK;
    if (call->count > 1)
        return lab_shell_refuse(shell, "run all takes nothing more, and not "
                                       "\"%s\"; parameters belong to one demo",
                                call->words[1]);
    if (!lab_shell_demos(shell))
        return LAB_EXIT_USAGE;
    for (size_t i = 0; i < shell->demos.count; i++) {
        struct lab_selection selection;
        int status = LAB_EXIT_FAILED;
        if (i > 0 && !call->manner.json)
            lab_shell_printf(shell, "\n\n");
        if (lab_select_file(shell, &shell->demos.files[i], &selection))
            status = lab_show_run(call, &selection, LAB_SHOW_ALL);
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
    return lab_select(call, &selection)
               ? lab_show_run(call, &selection, LAB_SHOW_ALL)
               : LAB_EXIT_USAGE;
}
