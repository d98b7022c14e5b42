#include "deck.h"

#include "shell/ahead.h"
#include "shell/canvas.h"
#include "shell/keys.h"

// --- moves

static void check_moves(struct lab_deck *deck) {
    CHECK_STR(message_after(deck, "b"), "This is the first block.");
    CHECK_INT(block_after(deck, " "), 2);
    CHECK_INT(block_after(deck, "\r"), 3);
    lab_deck_key(deck, LAB_CANVAS_ESCAPE); // b would be hands here
    CHECK_INT(deck->at + 1, 2);
    CHECK_INT(block_after(deck, "b"), 1);
    CHECK_INT(block_after(deck, "6"), 6); // there are fewer than 60
    CHECK_INT(block_after(deck, "1"), 6); // 10 or more begin so
    CHECK_STR(lab_text_string(&deck->typed), "1");
    CHECK_INT(block_after(deck, "\r"), 1);
    CHECK_INT(block_after(deck, "12"), 12);
    CHECK_INT(block_after(deck, "\r"), 12); // belongs to the number
    CHECK_INT(block_after(deck, "1\r\r"), 2);
    CHECK_INT(block_after(deck, "12 \r12"), 12);
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
    CHECK(strstr(message_after(deck, "%"), "space next"));
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

// The fingers of a teacher who counts must not move the class.
static void check_letters(struct lab_deck *deck) {
    press(deck, "3");
    check_hands(deck, "b 3\r", 0, 3, 0);
    check_hands(deck, "b12\r", 0, 12, 0);
    check_hands(deck, "A 1, B 2; c=3\r", 1, 2, 3);
    CHECK(strstr(message_after(deck, "z 3\r"), "letters are a to c"));
    CHECK(strstr(message_after(deck, "z\r"), "letters are a to c"));
    CHECK_STR(message_after(deck, "b x\r"),
              "How many hands for b? For example: b 12");
    check_hands(deck, "a\b", 1, 2, 3);
    CHECK_INT(block_after(deck, "b\r"), 2); // b alone goes back
    CHECK_INT(block_after(deck, " "), 3);
    CHECK_INT(block_after(deck, "bb"), 2);
    CHECK_INT(block_after(deck, " hb"), 2); // nothing is held
    CHECK_STR(message_after(deck, "6a 3\r"),
              "Hands are counted at their own question: Esc goes back to it.");
    CHECK_INT(deck->at + 1, RUN);
}

TEST(a_letter_is_a_hand_while_an_answer_is_held) {
    with_deck(check_letters);
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

static void check_let_go(struct lab_deck *deck) {
    press(deck, "6");
    CHECK(deck->states[RUN - 1].is_hidden);
    CHECK_INT(block_after(deck, " "), RUN);
    CHECK(!deck->states[RUN - 1].is_hidden);
    press(deck, "h"); // held again
    CHECK(deck->states[RUN - 1].is_hidden);
    CHECK_INT(block_after(deck, " "), RUN);
    CHECK(!deck->states[RUN - 1].is_hidden);
}

TEST(the_key_for_the_next_block_lets_a_held_output_go_first) {
    with_deck(check_let_go);
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

// What is shown of [question] in 40 columns.
static void check_narrow_question(const struct lab_deck_question *question,
                                  bool is_hidden, const char *expected) {
    const struct lab_style style = {.width = 40, .ascii = true};
    struct lab_text out = {0};
    lab_deck_put_question(&out, &style, question, is_hidden);
    const char *options = strstr(lab_text_string(&out), "  a  ");
    CHECK_STR(options ? options : "", expected);
    lab_text_free(&out);
}

static void check_narrow(struct lab_deck *deck) {
    static const char long_one[] = "waits for another task, or in a queue";
    struct lab_deck_question *question = &deck->states[RANK - 1].question;
    press(deck, "3"); // that it is made
    lab_text_clear(&question->options[0]);
    lab_text_clear(&question->options[1]);
    lab_text_put(&question->options[0], "is ready");
    lab_text_put(&question->options[1], "waits for another task");
    lab_text_free(&question->options[2]);
    lab_text_clear(&question->right);
    lab_text_put(&question->right, "b");
    question->count = 2;
    question->best = 1;
    question->is_first = false;
    check_narrow_question(question, true,
                          "  a  is ready\n  b  waits for another task\n");
    check_narrow_question(question, false,
                          "  a  is ready\n"
                          "  b  waits for another task  right\n  Right: b\n");
    question->hands[0] = 1, question->hands[1] = 2;
    check_narrow_question(question, false,
                          "  a  is ready\n     ########## 1\n"
                          "  b  waits for another task\n"
                          "     ##################### 2  right\n  Right: b\n");
    lab_text_clear(&question->options[1]);
    lab_text_put(&question->options[1], long_one);
    question->hands[0] = question->hands[1] = 0;
    check_narrow_question(question, true,
                          "  a  is ready\n  b  waits for another task, or in "
                          "a\n     queue\n");
}

TEST(answers_that_a_class_chooses_from_are_whole_on_a_narrow_screen) {
    with_deck(check_narrow);
}

// --- commands

static void check_recall(struct lab_deck *deck) {
    press(deck, ":list\r:");
    lab_deck_key(deck, LAB_KEY_UP);
    CHECK_STR(lab_text_string(&deck->typed), ":list");
    press(deck, "\025");
    CHECK_STR(lab_text_string(&deck->typed), "");
    lab_deck_key(deck, LAB_KEY_UP); // back to the lesson
    CHECK(!deck->is_aside);
}

TEST(a_command_in_between_can_be_typed_on_and_taken_back) {
    with_deck(check_recall);
}

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

static void check_refused(struct lab_deck *deck, const char *name,
                          const char *words) {
    struct lab_text line = {0}, wanted = {0}, flat = {0};
    lab_text_printf(&line, ":%s%s\r", name, words);
    lab_text_printf(&wanted,
                    "looplab> %s%s %s asks questions, which a class cannot "
                    "answer here; q leaves, and teach 3, then 6, comes back to "
                    "this block ",
                    name, words, name);
    press(deck, lab_text_string(&line));
    for (const char *at = shown(deck); *at; at++)
        lab_text_printf(&flat, "%c", *at == '\n' ? ' ' : *at);
    CHECK_STR(lab_text_string(&flat), lab_text_string(&wanted));
    CHECK_INT(block_after(deck, " "), RUN);
    lab_text_free(&line);
    lab_text_free(&wanted);
    lab_text_free(&flat);
}

static void check_asking(struct lab_deck *deck) {
    press(deck, "6h");
    check_refused(deck, "try", " 4");
    check_refused(deck, "predict", " 4");
    check_refused(deck, "exercise", " 4");
    check_refused(deck, "assemble", " 4");
    check_refused(deck, "drive", " 19");
    check_refused(deck, "review", "");
    check_refused(deck, "reset", " all");
    press(deck, ":predict 3 --json\r"); // this asks nobody
    CHECK(strstr(shown(deck), "\"options\""));
    press(deck, ":teach 2\r");
    CHECK(strstr(shown(deck), "q leaves it, and teach 2 then begins"));
}

TEST(what_asks_in_a_class_is_refused_with_the_next_step) {
    with_deck(check_asking);
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

static void check_virtual(struct lab_deck *deck) {
    press(deck, ":clock\r");
    CHECK(strstr(shown(deck), "The clock is virtual"));
    press(deck, ":run 3 n=2\r");
    CHECK(strstr(shown(deck), "clock virtual"));
}

static void check_paced(struct lab_deck *deck) {
    press(deck, ":run 3 n=2\r");
    CHECK(strstr(shown(deck), "clock x1000"));
    press(deck, ":clock virtual\r");
    press(deck, ":run 3 n=2\r");
    CHECK(strstr(shown(deck), "clock virtual"));
}

TEST(a_command_in_between_runs_under_the_clock_of_the_class) {
    const struct lab_clock paced = {.pace = 1000};
    struct host host;
    host_open(&host);
    host.shell.options.clock = LAB_CLOCK_REAL;
    with_class(&host, check_virtual, NULL);
    CHECK(lab_clock_is(host.shell.options.clock, LAB_CLOCK_REAL));
    with_class(&host, check_paced, &paced);
    CHECK(lab_clock_is(host.shell.options.clock, LAB_CLOCK_VIRTUAL));
    host_close(&host);
}
