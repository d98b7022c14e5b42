#include "base/die.h"
#include "shell/command.h"
#include "shell/edit.h"
#include "shell/terminal.h"

// In a pipe, or on a terminal that cannot, there is nothing to clear.
static int clear(struct lab_call *call) {
    if (!call->shell->on_terminal || !lab_edit_possible())
        return LAB_EXIT_OK;
    if (call->options.style.plain)
        lab_call_say(call, "With --plain what was printed stays.");
    else
        lab_shell_printf(call->shell, LAB_TERMINAL_CLEAR);
    return LAB_EXIT_OK;
}

LAB_COMMAND(clear) = {
    .name = "clear",
    .order = 860,
    .text = "clear the screen",
    .help = "  clear                       Ctrl-L does it too\n",
    .run = clear,
};
