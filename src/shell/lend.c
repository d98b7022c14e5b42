#include "shell/lend.h"

#include "base/die.h"
#include "core/scope.h"
#include "shell/stdout.h"

#include <signal.h>

int lab_lend(struct lab_shell *shell, char **words, struct lab_child_end *end) {
    struct lab_child_options options = {
        .words = words, .ends_on = SIGHUP, .has_terminal = true};
    struct lab_shield shield = {0};
    struct lab_child *child;
    lab_stdout_show(); // what was printed before is read before
    if (shell->lend)
        shell->lend(shell, true);
    int rc = lab_child_start(&child, &options);
    if (rc == 0) {
        lab_shield_enter(&shield);
        rc = lab_child_wait(child, LAB_FOREVER);
        lab_shield_exit(&shield);
        *end = lab_child_close(child);
    }
    if (shell->lend)
        shell->lend(shell, false);
    return rc;
}

int lab_lend_check(struct lab_shell *shell, const char *command) {
    if (shell->interactive && shell->at_prompt)
        return LAB_EXIT_OK;
    return lab_shell_refuse(shell,
                            "%s needs the terminal, so it works at the prompt "
                            "only",
                            command);
}
