// edit_ahead.c - what is typed while no line is read, as it will be read.
//
// The keys are typed into a second editor, on a terminal that nobody sees. It
// knows the same history, and does with each key what this one will do.

#include "base/alloc.h"
#include "shell/editing.h"
#include "shell/pen.h"
#include "shell/wide.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// So many take a few milliseconds, for which the loop is held. A person does
// not type that far ahead; what is pasted is one key a line.
enum { KEYS_MOST = 1000 };

// libedit edits at a terminal only. What it draws goes nowhere.
struct unseen {
    int other_end; // while it is open, there is a terminal
    int terminal;
    FILE *nowhere;
};

static void close_unseen(struct unseen *unseen) {
    if (unseen->terminal >= 0)
        close(unseen->terminal);
    if (unseen->other_end >= 0)
        close(unseen->other_end);
    if (unseen->nowhere)
        fclose(unseen->nowhere);
}

static bool open_unseen(struct unseen *unseen) {
    enum { FLAGS = O_RDWR | O_NOCTTY | O_CLOEXEC };
    char name[64];
    int end = posix_openpt(FLAGS);
    bool is_there = end >= 0 && grantpt(end) == 0 && unlockpt(end) == 0 &&
                    ptsname_r(end, name, sizeof name) == 0;
    *unseen = (struct unseen){.other_end = end,
                              .terminal = is_there ? open(name, FLAGS) : -1,
                              .nowhere = fopen("/dev/null", "we")};
    if (unseen->terminal >= 0 && unseen->nowhere)
        return true;
    close_unseen(unseen);
    return false;
}

struct lab_second {
    lab_edit edit;
    struct unseen unseen;
};

static void release(lab_edit *second) {
    lab_recall_free(&second->recall);
    lab_undo_free(&second->undo);
    lab_text_free(&second->killed);
    lab_text_free(&second->before);
    lab_history_free(&second->history);
    lab_text_free(&second->typing.input.bytes);
    lab_text_free(&second->typing.paste);
    lab_free(second->screen.prompt);
}

// Has [second] begin as [edit] is now, with the [n] bytes to be typed in it.
// Its libedit stays: a new one takes a millisecond, and memory that libtinfo
// never gives back.
static void begin(struct lab_second *second, const lab_edit *edit,
                  const char *bytes, size_t n) {
    lab_edit *it = &second->edit;
    *it = (lab_edit){.options = edit->options,
                     .in = second->unseen.terminal,
                     .out = second->unseen.terminal,
                     .el = it->el,
                     .libedit_history = it->libedit_history,
                     .keys_left = -1,
                     .screen = {.look = lab_edit_look,
                                .draw = lab_edit_draw,
                                .arg = it,
                                .out = second->unseen.nowhere,
                                .prompt = lab_pen_prompt("")},
                     .typing = {.screen = &it->screen,
                                .input = {.fd = -1, .flags = -1, .ahead = -1},
                                .slice = LAB_FOREVER}}; // no turn for others
    it->options.history = NULL;
    it->options.takes_space = NULL;
    it->options.compose = NULL;
    if (edit->killed.length > 0)
        lab_text_printf(&it->typing.input.bytes, "\033[200~%s\033[201~",
                        edit->killed.data);
    lab_text_put(&it->typing.input.bytes, "\025\r"); // see copy_killed
    lab_text_write(&it->typing.input.bytes, bytes, n);
}

// Makes the second editor of [edit], if it is not there; NULL if it cannot be.
static struct lab_second *need_second(lab_edit *edit) {
    struct lab_second *second = edit->second;
    if (second)
        return second;
    second = lab_alloc(sizeof *second);
    if (open_unseen(&second->unseen)) {
        begin(second, edit, "", 0);
        if (lab_edit_start(&second->edit) == 0)
            edit->second = second;
        release(&second->edit);
    }
    if (!edit->second) {
        close_unseen(&second->unseen);
        lab_free(second);
    }
    return edit->second;
}

void lab_edit_end_second(lab_edit *edit) {
    struct lab_second *second = edit->second;
    if (!second)
        return;
    lab_edit_end(&second->edit);
    close_unseen(&second->unseen);
    lab_free(second);
    edit->second = NULL;
}

static void copy_history(lab_edit *second, const lab_edit *edit) {
    lab_edit_forget(second);
    for (size_t i = 0; i < edit->history.count; i++) {
        const char *line = edit->history.lines[i];
        lab_history_add(&second->history, line, strlen(line));
        lab_edit_remember(second, line);
    }
}

// What [edit] has killed is killed in [second], too, for Ctrl-Y, and nothing
// else: in a line of its own, of which nothing is left.
static void copy_killed(lab_edit *second) {
    struct lab_text line = {0};
    lab_ignore(lab_edit_read_line(second, &line));
    second->keys_left = KEYS_MOST;
    lab_text_free(&line);
}

// Reads what is typed in [second]; see lab_edit_foresee.
static size_t read_all(lab_edit *second, size_t from, struct lab_text *lines,
                       struct lab_text *begun, size_t *cursor) {
    struct lab_text line = {0};
    struct lab_line rest;
    size_t count = 0;
    for (; lab_edit_read_line(second, &line) >= 0; lab_text_clear(&line)) {
        lab_edit_history_add(second, &line);
        if (count++ >= from && line.length > 0)
            lab_text_printf(lines, "%s\n", line.data);
    }
    lab_edit_look(second, &rest);
    if (second->keys_left == 0) {
        lab_text_put(begun, "...");
        rest.length = rest.cursor = 0;
    }
    lab_wide_put(begun, rest.text, rest.cursor);
    *cursor = begun->length;
    lab_wide_put(begun, rest.text + rest.cursor, rest.length - rest.cursor);
    lab_text_free(&line);
    return count;
}

size_t lab_edit_foresee(lab_edit *edit, const char *bytes, size_t n,
                        size_t from, struct lab_text *lines,
                        struct lab_text *begun, size_t *cursor) {
    struct lab_second *second = need_second(edit);
    if (!second)
        return from;
    begin(second, edit, bytes, n);
    copy_killed(&second->edit);
    copy_history(&second->edit, edit);
    size_t count = read_all(&second->edit, from, lines, begun, cursor);
    release(&second->edit);
    return count;
}

void lab_edit_tell_ahead(lab_edit *edit, const char *bytes, size_t n,
                         bool dropped) {
    struct lab_text lines = {0}, begun = {0};
    struct lab_edit_ahead ahead = {.dropped = dropped};
    if (!edit->on_ahead)
        return;
    edit->told = lab_edit_foresee(edit, bytes, n, dropped ? 0 : edit->told,
                                  &lines, &begun, &ahead.cursor);
    if (dropped) {
        lab_text_clear(&begun);
        ahead.cursor = edit->told = 0;
    }
    ahead.lines = lab_text_string(&lines);
    ahead.begun = lab_text_string(&begun);
    if (!dropped || lines.length > 0)
        edit->on_ahead(edit->ahead_arg, &ahead);
    lab_text_free(&lines);
    lab_text_free(&begun);
}

static void on_ahead(void *edit, const char *bytes, size_t n) {
    lab_edit_tell_ahead(edit, bytes, n, false);
}

void lab_edit_on_ahead(lab_edit *edit, lab_edit_ahead_fn *fn, void *arg) {
    edit->on_ahead = fn;
    edit->ahead_arg = arg;
    edit->typing.on_ahead = on_ahead;
    edit->typing.ahead_arg = edit;
}
