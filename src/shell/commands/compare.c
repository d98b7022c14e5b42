// compare and timeline: what ran last, or what is named, run quietly.

#include "base/die.h"
#include "shell/show.h"

static int show(struct lab_call *call, enum lab_show what) {
    struct lab_shell *shell = call->shell;
    struct lab_selection selection;
    if (call->count > 0) {
        int status = lab_select(call, &selection);
        return status == LAB_EXIT_OK ? lab_show_run(call, &selection, what)
                                     : status;
    }
    if (shell->last.count == 0)
        return lab_shell_refuse(shell,
                                "nothing has run yet; say which demo: "
                                "%s 3",
                                call->command->name);
    lab_show_results(call, &shell->last, what);
    return LAB_EXIT_OK;
}

int lab_command_compare(struct lab_call *call) {
    return show(call, LAB_SHOW_RESULTS);
}

int lab_command_timeline(struct lab_call *call) {
    return show(call, LAB_SHOW_TIMELINE);
}
