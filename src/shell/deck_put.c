// deck_put.c - what a block shows: prose, a question with the hands that were
// counted, or a command and what it printed.

#include "lesson/render.h"
#include "shell/deck_internal.h"
#include "view/line.h"

enum { BAR = 30 }; // columns of the longest one

static int most_hands(const struct lab_deck_question *question) {
    int most = 0;
    for (size_t i = 0; i < question->count; i++)
        if (question->hands[i] > most)
            most = question->hands[i];
    return most;
}

static int widest(const struct lab_deck_question *question) {
    int most = 0;
    for (size_t i = 0; i < question->count; i++) {
        int columns = lab_line_columns(lab_text_string(&question->options[i]));
        most = columns > most ? columns : most;
    }
    return most;
}

// [most] > 0 hands are the longest bar.
static void put_bar(struct lab_text *out, const struct lab_style *style,
                    int hands, int most, int room) {
    int longest = room < BAR ? room : BAR;
    int columns = hands * longest / most;
    if (hands > 0 && columns < 1)
        columns = 1;
    if (style->plain)
        columns = 0;
    lab_view_color(out, style, LAB_COLOR_WAITING);
    lab_text_repeat(out, style->ascii ? "#" : "█", columns);
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_printf(out, "%s%d", columns > 0 ? " " : "", hands);
}

// "  a  1.000 s  ████████ 12  right", with the bar below a name that would have
// to be cut.
static void put_option(struct lab_text *out, const struct lab_style *style,
                       const struct lab_deck_question *question, size_t i,
                       bool is_hidden) {
    // Columns of "  a  ", of "  9999  right", of "  right" and of a bar at
    // least.
    enum { BESIDE = 5, COUNT = 14, RIGHT = 7, LEAST = 4 };
    const char *name = lab_text_string(&question->options[i]);
    int most = most_hands(question), width = widest(question);
    int after = most ? COUNT + LEAST : is_hidden ? 0 : RIGHT;
    bool is_right = !is_hidden && i == question->best;
    bool has_more = most || is_right;
    bool fits = width <= style->width - BESIDE - after;
    lab_text_printf(out, "  %c  ", 'a' + (int)i);
    if (fits) {
        (has_more ? lab_line_left : lab_line_put)(out, style, name, width);
        lab_text_put(out, has_more ? "  " : "\n");
    } else {
        lab_line_beside(out, style, LAB_COLOR_NONE, BESIDE, name);
        lab_text_repeat(out, " ", has_more ? BESIDE : 0);
    }
    if (most)
        put_bar(out, style, question->hands[i], most,
                style->width - BESIDE - COUNT - (fits ? width : 0));
    if (is_right) {
        lab_text_put(out, most ? "  " : "");
        lab_line_paint(out, style, LAB_COLOR_GOOD, "right", 5);
    }
    lab_text_put(out, has_more ? "\n" : "");
}

void lab_deck_put_question(struct lab_text *out, const struct lab_style *style,
                           const struct lab_deck_question *question,
                           bool is_hidden) {
    lab_line_wrap(out, style, LAB_COLOR_HEAD, 0,
                  lab_text_string(&question->text));
    for (size_t i = 0; i < question->count; i++)
        put_option(out, style, question, i, is_hidden);
    if (question->is_first && is_hidden)
        lab_line_wrap(out, style, LAB_COLOR_DIM, 2,
                      "(hands: which one comes first?)");
    if (!is_hidden)
        lab_line_printf(out, style, LAB_COLOR_GOOD, 2, "Right: %s",
                        lab_text_string(&question->right));
}

// --- what a block shows

static void put_prose(struct lab_text *out, const struct lab_deck *deck,
                      struct lab_stretch prose) {
    if (prose.from == prose.to ||
        lab_parts_is_blank(&deck->doc, prose.from, prose.to))
        return;
    lab_text_put(out, out->length ? "\n" : "");
    lab_render_put(out, &deck->style, &deck->doc, prose.from, prose.to);
}

// One that nobody voted on is shown without its options, to save room.
static void put_short(struct lab_text *out, const struct lab_style *style,
                      const struct lab_deck_question *question,
                      bool is_hidden) {
    if (most_hands(question) > 0) {
        lab_deck_put_question(out, style, question, is_hidden);
        return;
    }
    lab_line_printf(out, style, LAB_COLOR_HEAD, 0, "%s%s%s",
                    lab_text_string(&question->text), is_hidden ? "" : " ",
                    is_hidden ? "" : lab_text_string(&question->right));
}

// The questions that the command answers, with the hands for each.
static void put_questions(struct lab_text *out, const struct lab_deck *deck) {
    size_t first = deck->at;
    while (first > 0 && deck->blocks.all[first - 1].kind != LAB_BLOCK_RUN)
        first--;
    for (size_t i = first; i < deck->at; i++) {
        if (deck->blocks.all[i].kind != LAB_BLOCK_QUESTION)
            continue;
        lab_text_put(out, "\n");
        put_short(out, &deck->style, &deck->states[i].question,
                  lab_deck_state_of(deck)->is_hidden);
    }
}

static void put_command(struct lab_text *out, const struct lab_deck *deck) {
    const struct lab_block *block = lab_deck_block_of(deck);
    const struct lab_deck_block *state = lab_deck_state_of(deck);
    put_prose(out, deck, block->before);
    lab_text_put(out, out->length ? "\n" : "");
    lab_line_printf(out, &deck->style, LAB_COLOR_HEAD, 0, "looplab> %.*s",
                    (int)(block->command.to - block->command.from),
                    deck->doc.text + block->command.from);
    if (state->is_hidden)
        lab_line_wrap(out, &deck->style, LAB_COLOR_DIM, 2,
                      "The output is held: space lets it go, and so does h.");
    else if (!state->has_run && !deck->is_running)
        lab_line_wrap(out, &deck->style, LAB_COLOR_DIM, 2, "r runs it.");
    if (block->is_held)
        put_questions(out, deck);
    if (state->is_hidden || !state->has_run)
        return;
    lab_text_put(out, block->is_held ? "\n" : "");
    lab_text_put(out, lab_text_string(&state->output));
    if (!deck->is_running) // it is about the output, which is not all there
        put_prose(out, deck, block->after);
}

void lab_deck_page(struct lab_text *out, struct lab_deck *deck) {
    const struct lab_block *block = lab_deck_block_of(deck);
    if (deck->is_aside) {
        lab_line_printf(out, &deck->style, LAB_COLOR_HEAD, 0, "looplab> %s",
                        lab_text_string(&deck->line));
        lab_text_put(out, lab_text_string(&deck->aside));
    } else if (block->kind == LAB_BLOCK_RUN) {
        put_command(out, deck);
    } else if (block->kind == LAB_BLOCK_QUESTION) {
        lab_deck_put_question(out, &deck->style,
                              &lab_deck_state_of(deck)->question,
                              lab_deck_state_of(deck)->is_hidden);
    } else {
        put_prose(out, deck, block->before);
    }
}
