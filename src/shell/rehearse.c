// rehearse.c - a lesson is played before nobody, so that it works before a
// class.

#include "base/alloc.h"
#include "shell/teach.h"

#include <string.h>

enum { COLUMNS = 80, ROWS = 24 };

struct rehearsal {
    struct lab_deck *deck;
    struct lab_text *error;
    struct lab_text *pages; // of the blocks, as they were first
    bool failed;
};

// Begins a sentence. The caller ends it with a newline.
static void complain(struct rehearsal *r) {
    r->failed = true;
    lab_text_printf(r->error, "%s: ", lab_text_string(&r->deck->path));
}

// --- screens

// The columns that the [n] bytes at [line] take, without colours.
static int columns_of(const char *line, size_t n) {
    struct lab_text shown = {0};
    for (size_t i = 0; i < n; i++) {
        if (line[i] == '\033')
            i += strcspn(line + i, "m");
        else
            lab_text_write(&shown, &line[i], 1);
    }
    int columns = lab_text_columns(lab_text_string(&shown));
    lab_text_free(&shown);
    return columns;
}

// What does not fit would be cut, so all that the block shows is looked at.
static void check_width(struct rehearsal *r) {
    struct lab_text page = {0};
    size_t n;
    lab_deck_page(&page, r->deck);
    for (const char *at = lab_text_string(&page); *at;
         at += n + (at[n] == '\n')) {
        n = strcspn(at, "\n");
        int columns = columns_of(at, n);
        if (columns <= COLUMNS)
            continue;
        complain(r);
        lab_text_printf(r->error,
                        "block %zu has a line of %d columns: ", r->deck->at + 1,
                        columns);
        lab_text_quote(r->error, at, n);
        lab_text_put(r->error, "\n");
    }
    lab_text_free(&page);
}

static void check_screen(struct rehearsal *r) {
    struct lab_text screen = {0};
    int rows = 1;
    size_t n;
    lab_deck_screen(&screen, r->deck);
    for (const char *at = lab_text_string(&screen); *at; at += n) {
        n = strcspn(at, "\n");
        if (columns_of(at, n) > COLUMNS) {
            complain(r);
            lab_text_printf(r->error, "a screen of block %zu is too wide\n",
                            r->deck->at + 1);
        }
        rows += at[n] == '\n';
        n += at[n] == '\n';
    }
    if (rows > ROWS) {
        complain(r);
        lab_text_printf(r->error, "a screen of block %zu has %d rows\n",
                        r->deck->at + 1, rows);
    }
    lab_text_free(&screen);
}

// --- blocks

// The first time the page is kept, and from then on it must be the same.
static void check_page(struct rehearsal *r, const char *when) {
    struct lab_text page = {0}, *first = &r->pages[r->deck->at];
    lab_deck_page(&page, r->deck);
    if (first->length == 0) {
        *first = page;
        return;
    }
    if (strcmp(lab_text_string(&page), lab_text_string(first)) != 0) {
        complain(r);
        lab_text_printf(r->error, "block %zu shows something else %s\n",
                        r->deck->at + 1, when);
    }
    lab_text_free(&page);
}

static void obey(struct rehearsal *r, const char *typed) {
    if (lab_deck_obey(r->deck, typed) != LAB_DECK_SHOW)
        lab_deck_run(r->deck);
}

// Lets go what is held, and goes through the pages; the last of them is shown.
static void show_block(struct rehearsal *r, const char *when) {
    struct lab_deck *deck = r->deck;
    size_t at = deck->at, before;
    check_screen(r);
    if (deck->states[at].is_hidden)
        obey(r, "h");
    check_page(r, when);
    check_width(r);
    do {
        check_screen(r);
        before = deck->shown;
        obey(r, "");
    } while (deck->at == at && deck->shown > before);
}

static void run_again(struct rehearsal *r) {
    struct lab_deck *deck = r->deck;
    for (size_t i = 0; i < deck->blocks.count; i++) {
        struct lab_text number = {0};
        lab_text_printf(&number, "%zu", i + 1);
        obey(r, lab_text_string(&number));
        lab_text_free(&number);
        if (deck->blocks.all[i].kind == LAB_BLOCK_RUN) {
            obey(r, "r");
            check_page(r, "when it runs again");
        }
    }
}

static void forward(struct rehearsal *r, const char *when) {
    size_t last = r->deck->blocks.count - 1, at;
    obey(r, "1");
    do {
        at = r->deck->at;
        show_block(r, when);
    } while (at < last);
}

static void back(struct rehearsal *r) {
    while (r->deck->at > 0) {
        obey(r, "b");
        check_page(r, "on the way back");
        check_screen(r);
    }
}

bool lab_teach_rehearse(struct lab_deck *deck, struct lab_text *error) {
    struct rehearsal r = {.deck = deck, .error = error};
    r.pages = lab_alloc(deck->blocks.count * sizeof *r.pages);
    lab_deck_resize(deck, COLUMNS, ROWS);
    forward(&r, "at first");
    back(&r);
    forward(&r, "on the way forward again");
    run_again(&r);
    for (size_t i = 0; i < deck->blocks.count; i++)
        lab_text_free(&r.pages[i]);
    lab_free(r.pages);
    return !r.failed;
}
