#include "base/die.h"
#include "shell/command.h"

int lab_command_quit(struct lab_call *call) {
    call->shell->quitting = true;
    return LAB_EXIT_OK;
}
