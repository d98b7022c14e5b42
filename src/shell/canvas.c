#include "shell/canvas.h"

#include "core/loop.h"
#include "shell/ahead.h"
#include "shell/terminal.h"
#include "view/line.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// --- the terminal

static void on_return(int signal, void *arg) {
    (void)signal;
    (void)arg;
    lab_terminal_note_return();
}

// Ctrl-Z is a key, but anybody may send the signal.
static void on_stop(int signal, void *arg) {
    lab_terminal_lend();
    lab_signal_watch(signal, NULL, NULL);
    raise(signal); // stops here, unless no shell is there to wake us again
    lab_signal_watch(signal, on_stop, arg);
    lab_terminal_note_return();
}

static void on_drained(void *arg) {
    (void)arg; // the next screen is a whole one
}

static void make_raw(const struct lab_canvas *canvas) {
    struct termios raw = canvas->before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    raw.c_cc[VINTR] = LAB_CTRL_C;
    if (canvas->ours && canvas->takes_keys)
        raw.c_lflag &= ~(tcflag_t)ISIG;
    raw.c_cc[VSUSP] = raw.c_cc[VQUIT] = _POSIX_VDISABLE;
    raw.c_iflag &= ~(tcflag_t)(IXON | ICRNL | INLCR);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

static int take(struct lab_canvas *canvas) {
    LAB_TRY(
        lab_output_open(&canvas->output, STDOUT_FILENO, on_drained, canvas));
    int rc = lab_input_open(&canvas->input, STDIN_FILENO);
    if (rc < 0)
        goto no_input;
    canvas->ours = !lab_terminal_taken();
    if (canvas->ours)
        rc = lab_terminal_open(lab_output_fd(canvas->output));
    if (rc < 0)
        goto no_terminal;
    if (canvas->ours) {
        lab_signal_watch(SIGCONT, on_return, canvas);
        lab_signal_watch(SIGTSTP, on_stop, canvas);
    }
    canvas->returns = lab_terminal_returns();
    tcgetattr(STDIN_FILENO, &canvas->before);
    make_raw(canvas);
    return 0;
no_terminal:
    lab_input_close(&canvas->input);
no_input:
    lab_output_close(canvas->output);
    return rc;
}

static bool measure(struct lab_canvas *canvas) {
    int columns, rows;
    lab_terminal_size(&columns, &rows);
    bool changed = columns != canvas->columns || rows != canvas->rows;
    canvas->columns = columns;
    canvas->rows = rows;
    return changed;
}

int lab_canvas_open(struct lab_canvas *canvas, bool takes_keys) {
    *canvas = (struct lab_canvas){.takes_keys = takes_keys};
    LAB_TRY(take(canvas));
    measure(canvas);
    lab_terminal_full(true);
    fputs(LAB_TERMINAL_FULL_ON, lab_output_file(canvas->output));
    return 0;
}

void lab_canvas_close(struct lab_canvas *canvas) {
    tcsetattr(STDIN_FILENO, TCSADRAIN, &canvas->before);
    fputs(LAB_TERMINAL_FULL_OFF, lab_output_file(canvas->output));
    fflush(lab_output_file(canvas->output));
    lab_terminal_full(false);
    if (canvas->ours) {
        lab_signal_watch(SIGCONT, NULL, NULL);
        lab_signal_watch(SIGTSTP, NULL, NULL);
        lab_terminal_close();
    }
    lab_input_close(&canvas->input);
    lab_output_close(canvas->output);
}

// --- the screen

// Takes the screen again if the program was stopped, by kill -STOP, and
// continues; in the background it is not ours yet.
static bool come_back(struct lab_canvas *canvas) {
    unsigned returns = lab_terminal_returns();
    if (returns == canvas->returns || !lab_terminal_ours())
        return false;
    canvas->returns = returns;
    make_raw(canvas);
    fputs(LAB_TERMINAL_FULL_ON, lab_output_file(canvas->output));
    return true;
}

bool lab_canvas_changed(struct lab_canvas *canvas) {
    bool changed = measure(canvas);
    return come_back(canvas) || changed || canvas->skipped;
}

// The line is wiped before it is written, because after a full row the cursor
// is still in it.
void lab_canvas_draw(struct lab_canvas *canvas, const struct lab_text *text) {
    FILE *out = lab_output_file(canvas->output);
    struct lab_text frame = {0};
    int rows = 1;
    canvas->skipped = lab_output_waiting(canvas->output) > 0;
    if (canvas->skipped)
        return; // a slow terminal gets the latest, not all
    lab_text_put(&frame, "\033[H");
    for (const char *line = lab_text_string(text);; rows++) {
        size_t n = strcspn(line, "\n");
        lab_text_put(&frame, "\033[2K"); // also of a last row that is empty
        lab_line_cut(&frame, line, n, canvas->columns);
        line += n;
        if (!*line++)
            break;
        lab_text_put(&frame, "\r\n");
    }
    if (rows < canvas->rows)
        lab_text_put(&frame, "\r\n\033[J");
    if (canvas->caret)
        lab_text_printf(&frame, "\033[%d;%dH\033[?25h", rows, canvas->caret);
    else
        lab_text_put(&frame, "\033[?25l");
    fwrite(lab_text_string(&frame), 1, frame.length, out);
    fflush(out);
    lab_text_free(&frame);
}
