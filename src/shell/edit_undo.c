// edit_undo.c - Ctrl-_ takes back what the last keys have changed.
//
// The line is noted before each key. Characters typed one after the other, up
// to the next space, are one step.

#include "base/alloc.h"
#include "shell/editing.h"
#include "shell/wide.h"

#include <string.h>

static void forget_last(struct lab_undo *undo) {
    lab_text_free(&undo->steps[--undo->count].line);
}

void lab_undo_clear(struct lab_undo *undo) {
    while (undo->count > 0)
        forget_last(undo);
}

void lab_undo_free(struct lab_undo *undo) {
    lab_undo_clear(undo);
    lab_free(undo->steps);
    *undo = (struct lab_undo){0};
}

// Was [line] made of [step] by one character more, before the cursor?
static bool is_typed(const struct lab_step *step, const struct lab_line *line) {
    return line->length == step->length + 1 && line->cursor > 0;
}

void lab_undo_note(struct lab_undo *undo, const struct lab_line *line) {
    struct lab_text text = {0};
    struct lab_step *last = undo->count ? &undo->steps[undo->count - 1] : NULL;
    lab_wide_put(&text, line->text, line->length);
    bool is_same = last && strcmp(lab_text_string(&text),
                                  lab_text_string(&last->line)) == 0;
    bool typed = last && is_typed(last, line);
    if (typed && last->typed && line->text[line->cursor - 1] != L' ')
        forget_last(undo); // the step has become longer
    if (is_same) {
        last->cursor = line->cursor;
        lab_text_free(&text);
        return;
    }
    undo->steps = lab_grow(undo->steps, undo->count, &undo->capacity,
                           sizeof *undo->steps);
    undo->steps[undo->count++] =
        (struct lab_step){text, line->length, line->cursor, .typed = typed};
}

const struct lab_step *lab_undo_go(struct lab_undo *undo) {
    if (undo->count < 2)
        return NULL;
    forget_last(undo);
    struct lab_step *step = &undo->steps[undo->count - 1];
    step->typed = false; // what is typed now is a step of its own
    return step;
}
