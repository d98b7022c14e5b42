#include "base/die.h"
#include "shell/full.h"

int lab_command_stepper(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_look *session;
    if (!lab_full_possible(shell))
        return lab_shell_refuse(shell, "stepper needs a whole terminal; here "
                                       "step, back and goto go through a run");
    if (shell->typing)
        return lab_shell_refuse(shell, "stepper needs the terminal to itself; "
                                       "leave the & out");
    int status = lab_look_session(call, &session);
    return status == LAB_EXIT_OK ? lab_full_step(call, session) : status;
}
