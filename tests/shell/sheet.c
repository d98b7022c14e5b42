#include "deck.h"

// How a question of the deck stands on paper: its text, then its options, with
// the letters by which the class counts hands.
static void put_paper(struct lab_text *out,
                      const struct lab_deck_question *question) {
    lab_text_printf(out, ". %s\n", lab_text_string(&question->text));
    for (size_t i = 0; i < question->count; i++)
        lab_text_printf(out, "  (%c) %s\n", 'a' + (int)i,
                        lab_text_string(&question->options[i]));
}

static struct lab_text papers[3]; // of the questions of lesson 03

static void note_papers(struct lab_deck *deck) {
    for (size_t i = 0; i < countof(papers); i++)
        put_paper(&papers[i], &deck->states[RANK - 1 + i].question);
}

TEST(a_sheet_has_the_letters_and_options_that_a_class_has) {
    struct host host;
    with_deck(note_papers);
    host_open(&host);
    CHECK_INT(host_run(&host, "lessons --sheet 3"), LAB_EXIT_OK);
    CHECK(strstr(papers[0].data, "(c) they are equal"));
    for (size_t i = 0; i < countof(papers); i++) {
        if (!strstr(host_out(&host), papers[i].data))
            CHECK_STR(host_out(&host), papers[i].data);
        lab_text_free(&papers[i]);
    }
    host_close(&host);
}

static void check_sheet(const char *line, const char *const *wanted,
                        size_t count) {
    struct host host;
    host_open(&host);
    CHECK_INT(host_run(&host, line), LAB_EXIT_OK);
    for (size_t i = 0; i < count; i++)
        if (!strstr(host_out(&host), wanted[i]))
            CHECK_STR(host_out(&host), wanted[i]);
    host_close(&host);
}

TEST(the_answers_of_a_sheet_name_the_letter) {
    static const char *const two[] = {
        "\n   Right: (c) they are equal\n",
    };
    static const char *const five[] = {
        "\n   Right: (d) pool_4, (e) pool, (c) pool_2, (a) on_loop = (b) "
        "pool_1\n",
        "\n   Right: (a) job 3\n   (b) heartbeat: heartbeat is ready,",
    };
    static const char *const ten[] = {
        "\n   Right: (b) cleaned up, told to stop, (a) our wait ends: timed "
        "out",
    };
    check_sheet("lessons --sheet 10", ten, countof(ten));
    check_sheet("lessons --sheet 2", two, countof(two));
    check_sheet("lessons --sheet 4", five, countof(five));
}

TEST(a_sheet_says_how_its_letters_are_written_down) {
    static const char *const how[] = {
        "\n  (each once, such as e a=b c d; = stands between equal ones)\n",
        "\n  (its letter)\n",
    };
    static const char *const others[] = {
        "\n  (its letter, or any time: 3s, 250ms)\n",
        "\n  (their letters, the line that is said first in front, such as a "
        "b)\n",
    };
    check_sheet("lessons --sheet 4", how, countof(how));
    check_sheet("lessons --sheet 1", others, countof(others));
}
