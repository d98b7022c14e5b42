#include "deck.h"

#include "shell/canvas.h"

// The line in the middle of the screen.
static void put_middle(struct lab_text *line, struct lab_deck *deck) {
    struct lab_text out = {0};
    lab_deck_screen(&out, deck);
    const char *at = lab_text_string(&out);
    for (int row = deck->rows / 2; row > 0 && *at; row--)
        at += strcspn(at, "\n") + 1;
    lab_text_write(line, at, strcspn(at, "\n"));
    lab_text_free(&out);
}

// The table is as wide on each of these screens.
static void check_sizes(struct lab_deck *deck) {
    static const int sizes[][2] = {{100, 30}, {60, 16}, {200, 50}, {80, 24}};
    press(deck, "6h");
    struct lab_text middle = {0}; // since a key was pressed
    for (size_t i = 0; i < countof(sizes); i++) {
        struct lab_text rule = {0};
        for (int page = 0; page < 9 && !is_on_screen(deck, "  law  "); page++) {
            press(deck, " ");
            lab_text_clear(&middle);
        }
        if (middle.length == 0)
            put_middle(&middle, deck);
        lab_text_repeat(&rule, "─", sizes[i][0]);
        CHECK_INT(lab_deck_resize(deck, sizes[i][0], sizes[i][1]),
                  LAB_DECK_RUN);
        deck->is_running = true;
        CHECK(is_on_screen(deck, "running")); // as teach draws it meanwhile
        lab_deck_run(deck);
        if (!CHECK(is_on_screen(deck, lab_text_string(&middle))))
            CHECK_STR(lab_text_string(&middle), shown(deck));
        CHECK(is_on_screen(deck, lab_text_string(&rule)));
        lab_text_free(&rule);
    }
    lab_text_free(&middle);
    CHECK_INT(lab_deck_resize(deck, 80, 30), LAB_DECK_SHOW); // as wide
    press(deck, "x2\r");
    CHECK_INT(lab_deck_resize(deck, 90, 30), LAB_DECK_SHOW); // as it was
    press(deck, "5");
    CHECK_INT(lab_deck_resize(deck, 100, 30), LAB_DECK_SHOW);
}

TEST(on_another_screen_the_block_is_made_for_it_and_its_page_kept) {
    with_deck(check_sizes);
}

static void resize(struct lab_deck *deck, int columns, int rows) {
    if (lab_deck_resize(deck, columns, rows) == LAB_DECK_RUN)
        lab_deck_run(deck);
}

// A projector tries its sizes.
static void check_there_and_back(struct lab_deck *deck) {
    struct lab_text before = {0};
    resize(deck, 100, 30);
    press(deck, "6h  ");
    CHECK(deck->shown > 0);
    lab_text_put(&before, shown(deck));
    resize(deck, 80, 24);
    resize(deck, 60, 16);
    resize(deck, 200, 60);
    CHECK_INT(deck->shown, 0); // all of it is on one page
    resize(deck, 100, 30);
    CHECK_STR(shown(deck), lab_text_string(&before));
    lab_text_free(&before);
}

TEST(back_in_the_size_of_before_the_same_page_is_shown) {
    with_deck(check_there_and_back);
}

static void check_clicker(struct lab_deck *deck) {
    struct lab_text before = {0};
    press(deck, "6h  "); // its third page
    lab_text_put(&before, shown(deck));
    while (deck->at + 1 == RUN)
        press(deck, " ");
    CHECK_INT(deck->at + 1, RUN + 1);
    lab_deck_key(deck, LAB_CANVAS_PAGE_UP);
    CHECK_INT(deck->at + 1, RUN);
    CHECK_INT(lab_deck_page_after(deck, deck->shown), deck->page.length);
    for (int i = 0; i < 9 && strcmp(shown(deck), lab_text_string(&before)); i++)
        lab_deck_key(deck, LAB_CANVAS_PAGE_UP);
    CHECK_STR(shown(deck), lab_text_string(&before));
    press(deck, "1\r");
    lab_deck_key(deck, LAB_CANVAS_PAGE_UP);
    CHECK_STR(lab_text_string(&deck->message), "This is the first block.");
    lab_text_free(&before);
}

TEST(a_clicker_goes_back_over_the_beginning_of_a_block) {
    with_deck(check_clicker);
}

static void check_rows(struct lab_deck *deck) {
    press(deck, "6");
    for (int columns = 24; columns <= 120; columns += 8) {
        struct lab_text head = {0}, foot = {0};
        lab_deck_resize(deck, columns, 24);
        put_row(&head, deck, true);
        put_row(&foot, deck, false);
        CHECK(strstr(lab_text_string(&head), "block 6 of 14"));
        CHECK(strstr(lab_text_string(&head), " 0:00"));
        CHECK(strstr(lab_text_string(&foot), "q out"));
        CHECK(!strstr(lab_text_string(&foot), "…"));
        lab_text_free(&head);
        lab_text_free(&foot);
    }
}

TEST(where_a_class_is_and_how_to_leave_is_on_every_screen) {
    with_deck(check_rows);
}

static void check_foot(struct lab_deck *deck, const char *keys,
                       const char *wanted, const char *unwanted) {
    struct lab_text foot = {0};
    press(deck, keys);
    put_row(&foot, deck, false);
    if (!CHECK(strstr(lab_text_string(&foot), wanted)))
        CHECK_STR(lab_text_string(&foot), wanted);
    CHECK(!unwanted || !strstr(lab_text_string(&foot), unwanted));
    lab_text_free(&foot);
}

static void check_keys(struct lab_deck *deck) {
    lab_deck_resize(deck, 100, 30);
    check_foot(deck, "1\r", "b back  1-14 jump  : prompt  q out", "hands");
    check_foot(deck, "3", "Esc back  1-14 jump  h let go  a 12 b 3 hands",
               "b back");
    check_foot(deck, "h", "b back  1-14 jump  h hold  a 12 b 3 hands", "Esc");
    check_foot(deck, "6", "r run  h let go", "hands");
    check_foot(deck, "h ", "← page back  b back", NULL);
    check_foot(deck, "1", "1   Enter shows that block", NULL);
    check_foot(deck, "\r3a 1", "a 1   Enter counts these hands", NULL);
    check_foot(deck, "\r:list", ":list   Enter runs it", NULL);
    check_foot(deck, "\025hb", "b   Enter goes back", NULL);
    lab_deck_resize(deck, 24, 12);
    check_foot(deck, "\025: run 3 together delay=1000",
               "n 3 together delay=1000", ":");
    check_foot(deck, "00", "together delay=100000", ": run");
}

TEST(the_keys_that_do_something_here_are_named) {
    with_deck(check_keys);
}

static void check_running(struct lab_deck *deck) {
    press(deck, "7"); // has prose after its output
    CHECK(is_on_screen(deck, "looplab> timeline 3"));
    const struct lab_block *block = lab_deck_block_of(deck);
    CHECK(block->after.from < block->after.to);
    size_t whole = deck->page.length;
    deck->is_running = true;
    lab_text_clear(&deck->states[deck->at].output);
    CHECK(is_on_screen(deck, "running"));
    CHECK(deck->page.length < 100 && whole > 500); // the command alone
    deck->is_running = false;
    press(deck, "6");
    lab_deck_obey(deck, "h");
    deck->is_running = true; // as teach draws it before the command has begun
    CHECK(is_on_screen(deck, "running"));
    CHECK(!is_on_screen(deck, "r runs it"));
    deck->is_running = false;
}

TEST(a_command_that_is_about_to_run_does_not_ask_to_be_run) {
    with_deck(check_running);
}
