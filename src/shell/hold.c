#include "shell/hold.h"

enum { MOST = 1 << 20 };

static void keep(struct lab_shell *shell, const char *bytes, size_t n) {
    struct lab_hold *hold = shell->output;
    if (hold->held.length + n <= MOST)
        lab_text_write(&hold->held, bytes, n);
}

void lab_hold_begin(struct lab_hold *hold, struct lab_shell *shell) {
    *hold = (struct lab_hold){
        .shell = shell, .print = shell->print, .printer = shell->output};
    // cppcheck-suppress autoVariables ; given back in lab_hold_end
    shell->output = hold;
    shell->print = keep;
}

void lab_hold_end(struct lab_hold *hold) {
    struct lab_shell *shell = hold->shell;
    shell->output = hold->printer;
    shell->print = hold->print;
    lab_shell_put(shell, &hold->held);
    lab_text_free(&hold->held);
}
