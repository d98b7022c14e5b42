// For make install: looplab manual >looplab.1

#include "shell/manual.h"
#include "base/die.h"
#include "shell/command.h"

static int manual(struct lab_call *call) {
    struct lab_text page = {0};
    lab_manual_put(&page);
    lab_shell_put(call->shell, &page);
    lab_text_free(&page);
    return LAB_EXIT_OK;
}

LAB_COMMAND(manual) = {
    .name = "manual",
    .order = 990,
    .is_hidden = true,
    .text = "print looplab(1), as mdoc",
    .help = "  manual                      for man -l\n",
    .run = manual,
};
