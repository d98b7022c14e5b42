#include "shell/deck.h"

#include "host.h"
#include "shell/ahead.h"
#include "shell/canvas.h"
#include "shell/deck_internal.h"
#include "shell/keys.h"
#include "test.h"

// Lesson 03: a heading, questions in blocks 3 to 5, and run 3 in block 6.
enum { RANK = 3, RUN = 6 };

struct room {
    struct host host;
    struct lab_deck deck;
    void (*check)(struct lab_deck *deck);
    bool opened;
};

static int teach(void *arg) {
    struct room *room = arg;
    struct lab_shell *shell = &room->host.shell;
    struct lab_call call = {.shell = shell, .options = shell->options};
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

static void with_deck(void (*check)(struct lab_deck *deck)) {
    struct room room = {.check = check};
    host_open(&room.host);
    CHECK_INT(lab_loop_main("test", teach, &room), LAB_EXIT_OK);
    CHECK(room.opened);
    host_close(&room.host);
}

// Presses the keys of [text], runs what they ask for, and returns what the last
// one asked for.
static enum lab_deck_next press(struct lab_deck *deck, const char *text) {
    enum lab_deck_next next = LAB_DECK_SHOW;
    for (; *text; text++) {
        next = lab_deck_key(deck, (unsigned char)*text);
        if (next == LAB_DECK_RUN || next == LAB_DECK_LEND)
            lab_deck_run(deck);
    }
    return next;
}

static size_t block_after(struct lab_deck *deck, const char *keys) {
    press(deck, keys);
    return deck->at + 1;
}

static const char *message_after(struct lab_deck *deck, const char *keys) {
    press(deck, keys);
    return lab_text_string(&deck->message);
}

// --- moves

static void check_moves(struct lab_deck *deck) {
    CHECK_STR(message_after(deck, "b"), "This is the first block.");
    CHECK_INT(block_after(deck, " "), 2);
    CHECK_INT(block_after(deck, "\r"), 3);
    CHECK_INT(block_after(deck, "b"), 2);
    CHECK_INT(block_after(deck, "6"), 6); // there are fewer than 60
    CHECK_INT(block_after(deck, "1"), 6); // 10 or more begin so
    CHECK_STR(lab_text_string(&deck->typed), "1");
    CHECK_INT(block_after(deck, "\r"), 1);
    CHECK_INT(block_after(deck, "12"), 12);
    CHECK_STR(message_after(deck, "0"), "Blocks are 1 to 14.");
    CHECK_INT(deck->at + 1, 12);
    CHECK_INT(block_after(deck, "14"), 14);
    for (int i = 0; i < 9; i++)
        press(deck, " "); // its pages
    CHECK_STR(lab_text_string(&deck->message),
              "This is the end of the lesson: q leaves.");
    CHECK_INT(press(deck, "q"), LAB_DECK_LEAVE);
}

TEST(a_lesson_is_gone_through_by_keys) {
    with_deck(check_moves);
}

static void check_typing(struct lab_deck *deck) {
    press(deck, "3a 1");
    CHECK_STR(message_after(deck, "x"), "");
    press(deck, "\b\b\b");
    CHECK_STR(lab_text_string(&deck->typed), "a");
    lab_deck_key(deck, LAB_CANVAS_ESCAPE);
    CHECK_STR(lab_text_string(&deck->typed), "");
    lab_deck_key(deck, LAB_CANVAS_ESCAPE); // now it goes back
    CHECK_INT(deck->at + 1, 2);
    lab_deck_key(deck, LAB_CANVAS_PAGE_DOWN);
    CHECK_INT(deck->at + 1, 3);
    CHECK(strstr(message_after(deck, "z"), "space next"));
    CHECK_STR(message_after(deck, ":"), ""); // it is gone where one types
    press(deck, "\b");
    CHECK_INT(lab_deck_key(deck, LAB_CTRL_C), LAB_DECK_LEAVE);
}

TEST(what_is_typed_to_a_class_can_be_taken_back) {
    with_deck(check_typing);
}

// --- hands

static void check_hands(struct lab_deck *deck, const char *keys, int a, int b,
                        int c) {
    const int *hands = deck->states[RANK - 1].question.hands;
    CHECK_STR(message_after(deck, keys), "");
    CHECK_INT(hands[0], a);
    CHECK_INT(hands[1], b);
    CHECK_INT(hands[2], c);
    CHECK_INT(deck->at + 1, RANK);
}

static void check_counting(struct lab_deck *deck) {
    press(deck, "3");
    check_hands(deck, "a 12 b 3\r", 12, 3, 0);
    check_hands(deck, "c 7\r", 12, 3, 7); // not "next page", and then 7
    check_hands(deck, "a0c1b2\r", 0, 2, 1);
    check_hands(deck, "a  5   b 6 a 4 \r", 4, 6, 1);
    CHECK_STR(message_after(deck, "a 1 d 2\r"),
              "Hands are letters with their numbers, such as a 12 b 3; not "
              "\"d\": here the letters are a to c.");
    CHECK_STR(message_after(deck, "a twelve\r"),
              "How many hands for a? For example: a 12");
    CHECK_STR(message_after(deck, "a -3\r"),
              "How many hands for a? For example: a 12");
    CHECK_STR(message_after(deck, "a 1 c 99999999999999999999\r"),
              "At most 9999 hands are counted.");
    check_hands(deck, ":\r", 4, 6, 1); // none of these changed anything
    press(deck, "1\r");
    CHECK_STR(message_after(deck, "a 1\r"),
              "There is no question here to count hands for.");
}

TEST(hands_are_counted_or_refused_whole) {
    with_deck(check_counting);
}

static int bar_of(const char *text, const char *option) {
    const char *line = strstr(text, option);
    int columns = 0;
    if (!CHECK(line != NULL))
        return -1;
    for (size_t n = strcspn(line, "\n"), i = 0; i < n; i++)
        columns += line[i] == '#';
    return columns;
}

static void check_bars(struct lab_deck *deck) {
    struct lab_deck_question *question = &deck->states[RANK - 1].question;
    press(deck, "3a 9999 b 1 c 0\r");
    question->best = 0;
    for (int width = 40; width <= 200; width += 20) {
        struct lab_style style = {.width = width, .ascii = true};
        struct lab_text out = {0}, open = {0};
        lab_deck_put_question(&out, &style, question, true);
        const char *text = lab_text_string(&out);
        CHECK_INT(bar_of(text, "  a  "),
                  width == 40 ? 7 : 30 - (width < 80) * 3);
        CHECK_INT(bar_of(text, "  b  "), 1); // somebody is seen
        CHECK_INT(bar_of(text, "  c  "), 0);
        CHECK(!strstr(text, "right"));
        lab_deck_put_question(&open, &style, question, false);
        const char *line = strstr(lab_text_string(&open), "  a  ");
        CHECK(strstr(line, "9999  right\n"));
        CHECK((int)strcspn(line, "\n") <= width);
        lab_text_free(&out);
        lab_text_free(&open);
    }
}

TEST(hands_are_bars_of_which_the_longest_has_room) {
    with_deck(check_bars);
}

// --- commands

static void check_pace(struct lab_deck *deck) {
    const struct lab_clock *clock = &deck->states[RUN - 1].clock;
    CHECK_STR(message_after(deck, "1\rx2\r"),
              "There is no command in this block.");
    CHECK_STR(message_after(deck, "6x0.5\r"), "r runs it at that pace.");
    CHECK(!clock->is_virtual && clock->pace == 0.5);
    CHECK(message_after(deck, "x0\r")[0] != '\0');
    CHECK(message_after(deck, "xyz\r")[0] != '\0');
    CHECK(!clock->is_virtual && clock->pace == 0.5);
    press(deck, "x\r");
    CHECK(clock->is_virtual);
}

TEST(a_pace_is_kept_with_its_block) {
    with_deck(check_pace);
}

// What is shown of the block, from its first line on.
static const char *shown(const struct lab_deck *deck) {
    return lab_text_string(&deck->page) + deck->shown;
}

static void check_aside(struct lab_deck *deck) {
    press(deck, "6h  "); // page 3 of the run
    struct lab_text before = {0};
    lab_text_put(&before, shown(deck));
    static const char *const backs[] = {"b", " ", "q", "\003"};
    for (size_t i = 0; i < countof(backs); i++) {
        press(deck, ":list\r");
        CHECK(strstr(shown(deck), "looplab> list") == shown(deck));
        for (int pages = 0; deck->is_aside && pages < 9; pages++)
            press(deck, backs[i]);
        CHECK_INT(deck->at + 1, RUN);
        CHECK_STR(shown(deck), lab_text_string(&before));
    }
    CHECK_INT(lab_deck_obey(deck, ": play 3"), LAB_DECK_LEND);
    CHECK_INT(lab_deck_obey(deck, ": stepper 3 x"), LAB_DECK_LEND);
    CHECK_INT(lab_deck_obey(deck, ": timeline 3"), LAB_DECK_RUN);
    lab_text_free(&before);
}

TEST(a_command_in_between_leads_back_to_the_page_that_was_left) {
    with_deck(check_aside);
}

// Is the line that begins with [text] on the screen?
static bool is_on_screen(struct lab_deck *deck, const char *text) {
    struct lab_text out = {0};
    lab_deck_screen(&out, deck);
    bool is = strstr(lab_text_string(&out), text) != NULL;
    lab_text_free(&out);
    return is;
}

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
    for (size_t i = 0; i < countof(sizes); i++) {
        struct lab_text middle = {0}, rule = {0};
        for (int page = 0; page < 9 && !is_on_screen(deck, "  law  "); page++)
            press(deck, " ");
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
        lab_text_free(&middle);
        lab_text_free(&rule);
    }
    CHECK_INT(lab_deck_resize(deck, 80, 30), LAB_DECK_SHOW); // as wide
    press(deck, "x2\r");
    CHECK_INT(lab_deck_resize(deck, 90, 30), LAB_DECK_SHOW); // as it was
    press(deck, "5");
    CHECK_INT(lab_deck_resize(deck, 100, 30), LAB_DECK_SHOW);
}

TEST(on_another_screen_the_block_is_made_for_it_and_its_page_kept) {
    with_deck(check_sizes);
}

// The first row, or the last one.
static void put_row(struct lab_text *row, struct lab_deck *deck, bool first) {
    struct lab_text out = {0};
    lab_deck_screen(&out, deck);
    const char *text = lab_text_string(&out);
    if (first)
        lab_text_write(row, text, strcspn(text, "\n"));
    else
        lab_text_put(row, strrchr(text, '\n') + 1);
    lab_text_free(&out);
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

static void check_running(struct lab_deck *deck) {
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
