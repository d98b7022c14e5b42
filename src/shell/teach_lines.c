// teach_lines.c - a lesson before a class where there is no screen to take, and
// before nobody.

#include "base/die.h"
#include "shell/ask.h"
#include "shell/teach.h"
#include "view/line.h"

#include <string.h>

// --- line by line

static void put(struct lab_deck *deck, struct lab_text *out) {
    struct lab_text head = {0}, page = {0};
    lab_deck_heading(&head, deck);
    lab_line_printf(out, &deck->style, LAB_COLOR_HEAD, 0, "%s",
                    lab_text_string(&head));
    if (deck->message.length)
        lab_line_wrap(out, &deck->style, LAB_COLOR_BAD, 0,
                      lab_text_string(&deck->message));
    lab_text_put(out, "\n");
    lab_deck_page(&page, deck);
    lab_text_printf(out, "%s\n", lab_text_string(&page));
    lab_text_free(&page);
    lab_text_free(&head);
}

// Prints beside the deck, which has what the shell prints.
static void print(struct lab_deck *deck) {
    struct lab_text out = {0};
    put(deck, &out);
    lab_capture_end(deck->shell);
    lab_shell_put(deck->shell, &out);
    lab_deck_take(deck);
    lab_text_free(&out);
}

static int ask(struct lab_deck *deck, struct lab_call *call,
               struct lab_text *line) {
    lab_capture_end(deck->shell);
    int rc = lab_ask(call, "teach> ", line);
    lab_deck_take(deck);
    return rc;
}

int lab_teach_lines(struct lab_deck *deck, struct lab_lectern *lectern,
                    struct lab_call *call) {
    struct lab_text line = {0};
    enum lab_deck_next next = lab_deck_obey(deck, "1");
    int rc = 0;
    lab_deck_resize(deck, call->options.style.width, deck->rows);
    while (rc >= 0 && next != LAB_DECK_LEAVE && !deck->shell->quitting) {
        if (next == LAB_DECK_RUN || next == LAB_DECK_LEND)
            lab_deck_run(deck);
        lab_lectern_show(lectern, deck->at + 1);
        print(deck);
        rc = ask(deck, call, &line);
        lab_text_trim(&line);
        const char *typed = lab_text_string(&line);
        // A block is printed whole, so the next page is the next block.
        lab_deck_whole(deck);
        if (rc >= 0)
            next = lab_deck_obey(deck, typed + strspn(typed, " "));
    }
    lab_text_free(&line);
    return rc == LAB_ECANCELED ? LAB_EXIT_INTERRUPTED : LAB_EXIT_OK;
}
