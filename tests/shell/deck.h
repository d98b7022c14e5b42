// deck.h - lesson 03 as a teacher shows it, for tests that press keys.

#ifndef LAB_TESTS_SHELL_DECK_H
#define LAB_TESTS_SHELL_DECK_H

#include "host.h"
#include "shell/deck.h"
#include "shell/deck_internal.h"
#include "shell/option.h"
#include "test.h"

// Lesson 03: a heading, questions in blocks 3 to 5, and run 3 in block 6.
enum { RANK = 3, RUN = 6 };

struct room {
    struct host *host;
    struct lab_deck deck;
    void (*check)(struct lab_deck *deck);
    const struct lab_clock *clock; // that was asked for; or NULL
    bool opened;
};

static inline int teach(void *arg) {
    struct room *room = arg;
    struct lab_shell *shell = &room->host->shell;
    struct lab_call call = {.shell = shell, .options = shell->options};
    if (room->clock) {
        call.given = LAB_OPTION_CLOCK;
        call.options.clock = *room->clock;
    }
    struct lab_text error = {0};
    struct lab_demo_file *file = NULL;
    bool found = lab_shell_demos(shell, &error);
    for (size_t i = 0; found && (file = lab_shell_lesson(shell, i)); i++)
        if (file->number == 3)
            break;
    lab_text_free(&error);
    if (!file || lab_deck_open(&room->deck, &call, file) != LAB_EXIT_OK)
        return LAB_EXIT_FAILED;
    room->opened = true;
    lab_deck_obey(&room->deck, "1");
    room->check(&room->deck);
    lab_deck_close(&room->deck);
    return LAB_EXIT_OK;
}

static inline void with_class(struct host *host,
                              void (*check)(struct lab_deck *deck),
                              const struct lab_clock *clock) {
    struct room room = {.host = host, .check = check, .clock = clock};
    CHECK_INT(lab_loop_main("test", teach, &room), LAB_EXIT_OK);
    CHECK(room.opened);
}

static inline void with_deck(void (*check)(struct lab_deck *deck)) {
    struct host host;
    host_open(&host);
    with_class(&host, check, NULL);
    host_close(&host);
}

// Presses the keys of [text], runs what they ask for, and returns what the last
// one asked for.
static inline enum lab_deck_next press(struct lab_deck *deck,
                                       const char *text) {
    enum lab_deck_next next = LAB_DECK_SHOW;
    for (; *text; text++) {
        next = lab_deck_key(deck, (unsigned char)*text);
        if (next == LAB_DECK_RUN || next == LAB_DECK_LEND)
            lab_deck_run(deck);
    }
    return next;
}

static inline size_t block_after(struct lab_deck *deck, const char *keys) {
    press(deck, keys);
    return deck->at + 1;
}

static inline const char *message_after(struct lab_deck *deck,
                                        const char *keys) {
    press(deck, keys);
    return lab_text_string(&deck->message);
}

// What is shown of the block, from its first line on.
static inline const char *shown(const struct lab_deck *deck) {
    return lab_text_string(&deck->page) + deck->shown;
}

// Is the line that begins with [text] on the screen?
static inline bool is_on_screen(struct lab_deck *deck, const char *text) {
    struct lab_text out = {0};
    lab_deck_screen(&out, deck);
    bool is = strstr(lab_text_string(&out), text) != NULL;
    lab_text_free(&out);
    return is;
}

// The first row, or the last one.
static inline void put_row(struct lab_text *row, struct lab_deck *deck,
                           bool first) {
    struct lab_text out = {0};
    lab_deck_screen(&out, deck);
    const char *text = lab_text_string(&out);
    if (first)
        lab_text_write(row, text, strcspn(text, "\n"));
    else
        lab_text_put(row, strrchr(text, '\n') + 1);
    lab_text_free(&out);
}

#endif
