#include "shell/ask.h"

#include "base/die.h"
#include "shell/capture.h"
#include "shell/jobs.h"
#include "shell/lines.h"

#include <unistd.h>

// Prints the answer after its prompt, where no terminal has.
static void echo(struct lab_shell *shell, const char *prompt,
                 const struct lab_text *line) {
    struct lab_text text = {0};
    lab_text_put(&text, prompt);
    lab_text_mask(&text, lab_text_string(line), line->length, false);
    lab_text_put(&text, "\n");
    lab_shell_put(shell, &text);
    lab_text_free(&text);
}

int lab_ask(struct lab_call *call, const char *prompt, struct lab_text *line) {
    struct lab_shell *shell = call->shell;
    lab_text_clear(line);
    if (!shell->ask || shell->capture)
        return LAB_EOF;
    LAB_TRY(lab_jobs_need_terminal(shell));
    shell->typing = shell->interactive;
    int rc = shell->ask(shell, prompt, line);
    shell->typing = false;
    lab_call_measure(call);
    if (rc >= 0 && !shell->interactive)
        echo(shell, prompt, line);
    return rc;
}

int lab_ask_check(const struct lab_call *call) {
    const struct lab_capture *capture = call->shell->capture;
    return capture && capture->unanswered
               ? lab_shell_refuse(call->shell, "%s asks questions, which %s",
                                  call->command->name, capture->unanswered)
               : LAB_EXIT_OK;
}

// Opened when something is first read, as most commands ask nothing.
static int read_input(struct lab_shell *shell, const char *prompt,
                      struct lab_text *line) {
    lab_lines *lines = shell->asked;
    if (!lines)
        LAB_TRY(lab_lines_open(&lines, STDIN_FILENO));
    shell->asked = lines;
    if (shell->interactive)
        lab_shell_printf(shell, "%s", prompt);
    int rc = lab_lines_read(lines, line);
    if (rc < 0 && shell->interactive) // nobody has pressed Enter
        lab_shell_printf(shell, "\n");
    return rc;
}

void lab_ask_begin_input(struct lab_shell *shell) {
    shell->ask = read_input;
    shell->asked = NULL;
}

void lab_ask_end_input(struct lab_shell *shell) {
    if (shell->asked)
        lab_lines_close(shell->asked);
    shell->ask = NULL;
    shell->asked = NULL;
}
