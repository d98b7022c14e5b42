#include "base/die.h"
#include "shell/command.h"
#include "shell/lend.h"

// A shell can do anything, so only what somebody types is passed on.
static int shell_line(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text line = {0};
    struct lab_lent lent;
    int status = lab_lend_check(shell, "a line for your shell");
    if (status != LAB_EXIT_OK)
        return status;
    for (int i = 0; i < call->count; i++)
        lab_text_printf(&line, i ? " %s" : "%s", call->words[i]);
    lab_call_paint(call, LAB_COLOR_DIM, "your shell: %s",
                   lab_text_string(&line));
    int rc = lab_lend(
        shell, (char *[]){(char *)"/bin/sh", (char *)"-c", line.data, NULL},
        &lent);
    lab_text_free(&line);
    if (rc < 0)
        status = lab_shell_refuse(shell, "/bin/sh cannot be started: %s",
                                  lab_error_text(rc));
    else if (lent.end.signal)
        status = lab_shell_refuse(shell, "your shell was ended by signal %d",
                                  lent.end.signal);
    else if (lent.end.status)
        status = lab_shell_refuse(shell, "your shell ended with status %d",
                                  lent.end.status);
    return status == LAB_EXIT_OK ? LAB_EXIT_OK : LAB_EXIT_FAILED;
}

static const struct lab_type line = {
    .usage = "LINE",
    .noun = "a line for your shell",
    .is_rest = true,
};

LAB_COMMAND(shell) = {
    .name = "shell",
    .order = 870,
    .text = "run a line of your shell's: !ls",
    .help = "  shell ls                    !ls does it, too, at the prompt\n"
            "  shell -- ls -l              words that begin with a dash\n",
    .takes = {{&line}},
    .run = shell_line,
};
