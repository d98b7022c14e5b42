#include "base/die.h"
#include "shell/command.h"

static int quit(struct lab_call *call) {
    call->shell->quitting = true;
    return LAB_EXIT_OK;
}

LAB_COMMAND(quit) = {
    .name = "quit",
    .order = 900,
    .text = "leave looplab",
    .help =
        "  quit                        Ctrl-D on an empty line does it too\n",
    .run = quit,
};
