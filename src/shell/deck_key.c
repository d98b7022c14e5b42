// deck_key.c - what a key means: a move at once, or a letter of a line.

#include "shell/ahead.h"
#include "shell/canvas.h"
#include "shell/deck_internal.h"
#include "shell/keys.h"

#include <string.h>

enum { CTRL_U = 0x15 };

// Does [typed] name a block, of which no other has more digits?
static bool is_number(const struct lab_deck *deck, const char *typed) {
    size_t number = 0;
    if (!*typed || typed[strspn(typed, "0123456789")])
        return false;
    for (; *typed; typed++)
        number = number * 10 + (size_t)(*typed - '0');
    return number * 10 > deck->blocks.count || number == 0;
}

// Hands begin with the letter of an option; but b goes back, and h holds. While
// an answer is held any other letter begins them: "b 3" would go back and then
// jump, before the eyes of a class, and a letter too far would do so as well.
static bool begins_line(const struct lab_deck *deck, int key) {
    bool is_option = key >= 'a' && key < 'a' + LAB_DECK_OPTIONS;
    if (lab_deck_is_hand(deck, key))
        return true;
    return (is_option && key != 'b' && key != 'h') || key == 'x' ||
           key == ':' || (key >= '0' && key <= '9');
}

static bool is_command(const struct lab_text *typed) {
    return lab_text_string(typed)[0] == ':';
}

// The command before this one can be typed on, as at the prompt.
static void recall(struct lab_deck *deck) {
    lab_text_cut(&deck->typed, 1);
    lab_text_put(&deck->typed, lab_text_string(&deck->line));
}

// Adds [key] to what is typed; true when that is complete. Of "bb" the first
// is, as it cannot be hands.
static bool type(struct lab_deck *deck, int key) {
    struct lab_text *typed = &deck->typed;
    if (key == '\r' || key == '\n')
        return true;
    if (key == 'b' && strcmp(lab_text_string(typed), "b") == 0)
        return true;
    if (key == LAB_CANVAS_ESCAPE || key == LAB_CTRL_C || key == CTRL_U)
        lab_text_clear(typed);
    else if (key == LAB_KEY_UP && is_command(typed))
        recall(deck);
    else if (key == 0x7f || key == '\b')
        lab_text_rub_out(typed);
    else if (key >= ' ' && (key < LAB_KEY_UP || key > 0x9f) &&
             key < LAB_CANVAS_PAGE_UP)
        lab_text_encode(typed, (unsigned)key);
    return is_number(deck, lab_text_string(typed));
}

static const char *word_of(int key, char word[2]) {
    word[1] = '\0';
    switch (key) {
    case '\r':
    case '\n':
    case LAB_KEY_RIGHT:
    case LAB_KEY_DOWN:
    case LAB_CANVAS_PAGE_DOWN:
        return "";
    case LAB_KEY_LEFT:
    case LAB_KEY_UP:
    case LAB_CANVAS_PAGE_UP:
        return "<";
    case LAB_CTRL_C:
        return "q";
    case LAB_CANVAS_ESCAPE:
        return "b";
    default:
        word[0] = key > ' ' && key < 0x7f ? (char)key : '?';
        word[0] = key == ' ' ? ' ' : word[0];
        return word;
    }
}

static bool leaves(int key) {
    return key == 'q' || key == LAB_CTRL_C;
}

// One that leaves goes back to the lesson first, as in a pager: a class should
// not end by a key too many.
enum lab_deck_next lab_deck_key(struct lab_deck *deck, int key) {
    char word[2];
    bool is_enter = key == '\r' || key == '\n';
    bool is_needless = deck->has_jumped && is_enter;
    deck->has_jumped = false;
    if (is_needless)
        return LAB_DECK_SHOW;
    if (deck->typed.length == 0 && deck->is_aside && leaves(key))
        return lab_deck_obey(deck, "b");
    if (deck->typed.length == 0 && !begins_line(deck, key))
        return lab_deck_obey(deck, word_of(key, word));
    lab_text_clear(&deck->message);
    if (!type(deck, key))
        return LAB_DECK_SHOW;
    struct lab_text typed = deck->typed;
    deck->typed = (struct lab_text){0};
    deck->has_jumped = !is_enter && is_number(deck, lab_text_string(&typed));
    enum lab_deck_next next = lab_deck_obey(deck, lab_text_string(&typed));
    lab_text_free(&typed);
    return next;
}
