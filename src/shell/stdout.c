#include "shell/stdout.h"

#include "base/die.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

// What the first failed write said; 0 while all went well.
static int failure;

static void note_failure(void) {
    if (!failure)
        failure = errno;
}

static void print(struct lab_shell *shell, const char *bytes, size_t n) {
    const bool *live = shell->output;
    if (fwrite(bytes, 1, n, stdout) < n || (*live && fflush(stdout) != 0))
        note_failure();
    if (failure)
        shell->quitting = true; // nobody hears what else there would be
}

static void complain(struct lab_shell *shell, const char *sentence) {
    if (fflush(stdout) != 0) // what was printed before is read before
        note_failure();
    if (shell->script_line > 0)
        fprintf(stderr, "looplab: line %ld: %s\n", shell->script_line,
                sentence);
    else
        fprintf(stderr, "looplab: %s\n", sentence);
}

void lab_stdout_use(struct lab_shell *shell, bool live) {
    static bool is_live;
    is_live = live;
    shell->print = print;
    shell->complain = complain;
    shell->output = &is_live;
}

int lab_stdout_finish(int status) {
    if (fflush(stdout) != 0)
        note_failure();
    if (!failure)
        return status;
    if (failure != EPIPE)
        fprintf(stderr, "looplab: standard output: %s\n", strerror(failure));
    return LAB_EXIT_IO;
}
