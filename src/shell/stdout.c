#include "shell/stdout.h"

#include "base/die.h"
#include "base/error.h"
#include "base/write.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { HELD_MOST = 64 * 1024 };

static char held[HELD_MOST]; // the first bytes are not written yet
static size_t holds;
static int failure; // what the first failed write said; 0 while all went well

// Safe in a signal handler, which may be there while it is already here: so
// nothing is written twice.
static void flush(void) {
    size_t n = holds;
    holds = 0;
    if (failure)
        return; // what follows a gap would look as if it were all
    int rc = lab_write_whole(STDOUT_FILENO, held, n);
    if (rc < 0)
        failure = rc;
}

static void print(struct lab_shell *shell, const char *bytes, size_t n) {
    const bool *live = shell->output;
    while (n > 0) {
        size_t part = n < HELD_MOST - holds ? n : HELD_MOST - holds;
        memcpy(held + holds, bytes, part);
        holds += part;
        bytes += part;
        n -= part;
        if (*live || holds == HELD_MOST)
            flush();
    }
    if (failure)
        shell->quitting = true; // nobody hears what else there would be
}

void lab_stdout_wrap_error(struct lab_text *out, const char *sentence) {
    struct winsize size;
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0;
    lab_text_wrap(out, sentence,
                  known && size.ws_col > 0 ? lab_text_measure(size.ws_col)
                                           : INT_MAX);
}

static void complain(struct lab_shell *shell, const char *sentence) {
    struct lab_text text = {0}, lines = {0};
    flush(); // what was printed before is read before
    lab_text_put(&text, "looplab: ");
    if (shell->script_line > 0 && shell->script.file) {
        lab_text_mask(&text, shell->script.file, strlen(shell->script.file),
                      false);
        lab_text_put(&text, ", ");
    }
    if (shell->script_line > 0)
        lab_text_printf(&text, "line %ld: ", shell->script_line);
    lab_text_put(&text, sentence);
    lab_stdout_wrap_error(&lines, lab_text_string(&text));
    lab_text_put(&lines, "\n");
    int rc = lab_write_whole(STDERR_FILENO, lines.data, lines.length);
    (void)rc; // there is nowhere left to tell of it
    lab_text_free(&text);
    lab_text_free(&lines);
}

void lab_stdout_use(struct lab_shell *shell, bool live) {
    static bool is_live, is_kept;
    is_live = live;
    shell->print = print;
    shell->complain = complain;
    shell->output = &is_live;
    if (!is_kept)
        atexit(flush);
    is_kept = true;
    lab_die_hook(flush); // what was printed before is read before
}

void lab_stdout_show(void) {
    flush();
}

int lab_stdout_finish(int status) {
    flush();
    if (!failure)
        return status;
    if (failure != LAB_EPIPE) {
        char line[160];
        int n = snprintf(line, sizeof line, "looplab: standard output: %s\n",
                         strerror(-failure));
        int rc = lab_write_whole(STDERR_FILENO, line, (size_t)n);
        (void)rc;
    }
    return LAB_EXIT_IO;
}
