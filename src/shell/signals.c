#include "shell/editing.h"

#include "base/alloc.h"
#include "base/die.h"
#include "shell/ahead.h"
#include "shell/terminal.h"

#include <signal.h>
#include <stdio.h>

// These arrive on the loop, between tasks: then the editor waits for a key or
// does not read at all, so the screen may be drawn on.

static const int signals[] = {SIGINT,   SIGHUP,  SIGTERM,
                              SIGWINCH, SIGTSTP, SIGCONT};

enum { SETTLE_MS = 300 }; // tmux redraws long before it tells us why

static void on_signal(int signal, void *arg);

static void die_of(int signal) {
    lab_signal_watch(signal, NULL, NULL);
    raise(signal); // which hands the terminal back: see crash.h
}

// Ends reading; if nobody reads, the command that runs gets it.
static void interrupt(lab_edit *edit, int signal) {
    if (edit->screen.reading) {
        lab_signal_answered(); // nothing holds the prompt
        lab_typing_end(&edit->typing, LAB_EINTR);
    } else if (edit->on_interrupt) {
        edit->on_interrupt(edit->interrupt_arg);
    } else {
        die_of(signal);
    }
}

static void resize(lab_edit *edit) {
    int columns, rows;
    if (!edit->screen.reading || edit->screen.away)
        return; // libedit looks when it starts
    // The terminal has already reflowed the line, to its new width.
    lab_terminal_size(&columns, &rows);
    lab_screen_erase(&edit->screen, columns, rows);
    lab_edit_resize(edit);
    lab_screen_draw(&edit->screen);
    lab_screen_hold(&edit->screen, SETTLE_MS * LAB_MS);
}

void lab_edit_lend(lab_edit *edit) {
    lab_typing_begin(&edit->typing, false); // nobody reads ahead
    lab_screen_below(&edit->screen, "");
    edit->lent = edit->screen.away = true;
    lab_edit_lend_terminal(edit);
}

void lab_edit_take_back(lab_edit *edit) {
    edit->lent = edit->screen.away = false;
    lab_edit_take_terminal(edit);
    lab_typing_leave(&edit->typing);
    lab_screen_flush(&edit->screen);
}

// Takes the terminal again, after Ctrl-Z or kill -STOP. What the shell has
// written since ends in a new row.
static void come_back(lab_edit *edit) {
    if (!lab_terminal_ours() || edit->lent)
        return; // `bg`; `fg` will tell us again
    edit->screen.away = false;
    lab_edit_take_terminal(edit);
    if (edit->screen.reading) {
        lab_edit_resize(edit);
        fputs("\r\033[J", edit->screen.out);
        lab_screen_draw(&edit->screen);
    }
    lab_screen_flush(&edit->screen);
}

static void stop(lab_edit *edit) {
    if (edit->screen.reading)
        lab_screen_go_below(&edit->screen, "");
    lab_screen_below(&edit->screen, "");
    edit->screen.away = true;
    if (!edit->lent)
        lab_edit_lend_terminal(edit);
    lab_signal_watch(SIGTSTP, NULL, NULL);
    raise(SIGTSTP); // stops here, unless no shell is there to wake us again
    lab_signal_watch(SIGTSTP, on_signal, edit);
    lab_terminal_note_return(); // SIGCONT came only if we were stopped
    come_back(edit);
}

// Drops what was typed ahead, and says which lines that were.
static void drop_ahead(lab_edit *edit) {
    struct lab_text bytes = {0};
    lab_typing_drop(&edit->typing, &bytes);
    if (bytes.length > 0 && !edit->screen.reading)
        lab_edit_tell_ahead(edit, bytes.data, bytes.length, true);
    edit->told = 0;
    lab_text_free(&bytes);
}

// Is Ctrl-Z for the command that runs, and not for us?
static bool send_back(lab_edit *edit) {
    bool is_for_it = !edit->screen.reading && lab_ahead_fd() >= 0;
    return is_for_it && edit->on_suspend && edit->on_suspend(edit->suspend_arg);
}

static void on_signal(int signal, void *arg) {
    lab_edit *edit = arg;
    switch (signal) {
    case SIGINT:
        // The editor finds it among the keys, or it is not ours.
        if (lab_ahead_kept() || edit->lent) {
            lab_signal_answered();
            break;
        }
        drop_ahead(edit);
        interrupt(edit, signal);
        break;
    case SIGHUP:
    case SIGTERM:
        lab_edit_history_save(edit);
        die_of(signal);
        break;
    case SIGWINCH:
        resize(edit);
        break;
    case SIGTSTP:
        if (!send_back(edit))
            stop(edit);
        break;
    case SIGCONT:
        lab_terminal_note_return();
        if (edit->screen.away || edit->screen.reading)
            come_back(edit);
        break;
    }
}

// Whoever started us with a signal ignored, as nohup does, means it.
void lab_signals_watch(lab_edit *edit) {
    struct sigaction old;
    for (size_t i = 0; i < countof(signals); i++) {
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN)
            continue;
        lab_signal_watch(signals[i], on_signal, edit);
        edit->watched[i] = true;
    }
}

void lab_signals_unwatch(lab_edit *edit) {
    for (size_t i = 0; i < countof(signals); i++)
        if (edit->watched[i])
            lab_signal_watch(signals[i], NULL, NULL);
}
