#include "base/die.h"
#include "shell/command.h"

int lab_command_clock(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0}, text = {0};
    if (call->count > 1)
        return lab_shell_refuse(shell, "clock takes one word: virtual, real "
                                       "or xN");
    if (call->count == 1) {
        struct lab_clock clock;
        if (!lab_clock_parse(call->words[0], &clock, &error))
            return lab_shell_refuse_text(shell, &error);
        if (shell->in_lesson && !clock.is_virtual)
            return lab_shell_refuse(shell, "lessons run under the virtual "
                                           "clock alone");
        shell->options.clock = clock;
    }
    lab_text_put(&text, "The clock is ");
    lab_clock_put(&text, shell->options.clock);
    lab_text_put(
        &text, shell->options.clock.is_virtual
                   ? ": nothing waits, and figures are exact.\n"
               : shell->options.clock.pace == 1 ? ": a second takes a second.\n"
               : shell->options.clock.pace > 1  ? ": faster than real.\n"
                                                : ": slow motion.\n");
    lab_shell_put(shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}
