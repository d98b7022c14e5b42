#include "shell/lend.h"

#include "base/die.h"
#include "core/scope.h"
#include "shell/stdout.h"
#include "shell/terminal.h"

#include <signal.h>

enum { LOOK_MS = 50 }; // a person needs longer to leave an editor

// Waits for the end of [child], and looks meanwhile how it uses the terminal.
static int wait_for_end(struct lab_child *child, struct lab_lent *lent) {
    int rc = LAB_ETIMEDOUT;
    while (rc == LAB_ETIMEDOUT) {
        rc = lab_child_wait(child,
                            lent->took_keys ? LAB_FOREVER : LOOK_MS * LAB_MS);
        lent->took_keys |= lab_terminal_takes_keys();
    }
    return rc;
}

int lab_lend(struct lab_shell *shell, char **words, struct lab_lent *lent) {
    struct lab_child_options options = {
        .words = words, .ends_on = SIGHUP, .has_terminal = true};
    struct lab_shield shield = {0};
    struct lab_child *child;
    *lent = (struct lab_lent){0};
    lab_stdout_show(); // what was printed before is read before
    if (shell->lend)
        shell->lend(shell, true);
    lab_terminal_note_unread();
    int rc = lab_child_start(&child, &options);
    if (rc == 0) {
        lab_shield_enter(&shield);
        rc = wait_for_end(child, lent);
        lab_shield_exit(&shield);
        lent->took_keys |= lab_terminal_was_read();
        lent->end = lab_child_close(child);
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
