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
        "  quit                        as Ctrl-D on an empty line; what runs "
        "beside the prompt is cancelled\n",
    .run = quit,
};
