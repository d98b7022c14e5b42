#include "lesson/puzzle.h"

#include "test.h"

#include <string.h>

static struct lab_exercise_line lines[] = {
    {.right = (char *)"import x", .given = true}, {.right = (char *)"a"},
    {.right = (char *)"b", .wrong = (char *)"c"}, {.right = (char *)"d"},
    {.right = (char *)"run", .given = true},
};

static const struct lab_exercise exercise = {
    .lines = lines, .line_count = sizeof lines / sizeof *lines};

// The number of the line [text].
static size_t number_of(const struct lab_puzzle *puzzle, const char *text) {
    for (size_t i = 0; i < puzzle->count; i++)
        if (strcmp(puzzle->pieces[i].text, text) == 0)
            return i + 1;
    return 0;
}

// Answers with the numbers of these lines; [typed] has letters for them.
static void answer(struct lab_puzzle *puzzle, const char *typed,
                   struct lab_text *error) {
    struct lab_text line = {0};
    for (const char *at = typed; *at; at++) {
        char name[2] = {*at, '\0'};
        size_t number = strchr("ABCD", *at)
                            ? number_of(puzzle, (name[0] |= 0x20, name))
                            : 0;
        if (number)
            lab_text_printf(&line, "%zu", number);
        else
            lab_text_write(&line, at, 1);
    }
    lab_text_clear(error);
    lab_puzzle_take(puzzle, lab_text_string(&line), error);
    lab_text_free(&line);
}

TEST(a_puzzle_is_shuffled_the_same_for_a_seed_and_never_solved) {
    for (unsigned long seed = 0; seed < 50; seed++) {
        struct lab_puzzle one, two;
        CHECK(lab_puzzle_init(&one, &exercise, seed));
        CHECK(lab_puzzle_init(&two, &exercise, seed));
        CHECK_INT(one.count, 4);
        CHECK_INT(one.needed, 3);
        bool is_sorted = true;
        for (size_t i = 0; i < one.count; i++) {
            CHECK_STR(one.pieces[i].text, two.pieces[i].text);
            is_sorted &= strcmp(one.pieces[i].text, i == 0   ? "a"
                                                    : i == 1 ? "b"
                                                    : i == 2 ? "c"
                                                             : "d") == 0;
        }
        CHECK(!is_sorted);
        CHECK_INT(one.pieces[number_of(&one, "b") - 1].other,
                  number_of(&one, "c"));
        CHECK_INT(one.pieces[number_of(&one, "c") - 1].other,
                  number_of(&one, "b"));
    }
}

TEST(lines_are_put_in_order_and_moved) {
    static const struct {
        const char *typed, *program;
    } cases[] = {
        {"A B D", "import x\na\nb\nd\nrun\n"},
        {"D, C, A", "import x\nd\nc\na\nrun\n"},
        {"A before C", "import x\nd\na\nc\nrun\n"},
        {"D after C", "import x\na\nc\nd\nrun\n"},
        {"B for C", "import x\na\nb\nd\nrun\n"},
        {"A after B", "import x\nb\na\nd\nrun\n"},
    };
    struct lab_puzzle puzzle;
    struct lab_text error = {0};
    MUST(lab_puzzle_init(&puzzle, &exercise, 1));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab_text program = {0};
        answer(&puzzle, cases[i].typed, &error);
        CHECK_STR(lab_text_string(&error), "");
        lab_puzzle_put_program(&program, &puzzle);
        CHECK_STR(lab_text_string(&program), cases[i].program);
        lab_text_free(&program);
    }
    lab_text_free(&error);
}

TEST(all_lines_that_are_missing_are_named) {
    struct lab_puzzle puzzle;
    struct lab_text error = {0};
    MUST(lab_puzzle_init(&puzzle, &exercise, 1));
    size_t a = number_of(&puzzle, "a"), b = number_of(&puzzle, "b"),
           c = number_of(&puzzle, "c"), d = number_of(&puzzle, "d");
    struct lab_text expected = {0};
    size_t either = b < c ? b : c;
    lab_text_put(&expected, "still missing: ");
    for (size_t i = 1, told = 0; i <= 4; i++) {
        if (i != d && i != either)
            continue;
        lab_text_printf(&expected, "%s%zu", told++ ? " and " : "", i);
        if (i == either)
            lab_text_printf(&expected, " or %zu", b < c ? c : b);
    }
    answer(&puzzle, "A", &error);
    CHECK_STR(lab_text_string(&error), lab_text_string(&expected));
    CHECK(a != 0);
    lab_text_free(&expected);
    lab_text_free(&error);
}

TEST(an_answer_that_is_no_order_is_refused_and_changes_nothing) {
    static const struct {
        const char *typed, *says;
    } cases[] = {
        {"A before B", "first put all lines in an order"},
        {"A B", "still missing: "},
        {"A B D A", " is there twice"},
        {"A B C D", " are two ways to write one line"},
        {"A D", " or "},
        {"0 1", "the lines have the numbers 1 to 4"},
        {"99999999999999999999", "the lines have the numbers 1 to 4"},
        {"x", "type the numbers of the lines in order"},
        {"A B before D", "one line is moved at a time"},
        {"A before x", "type the numbers"},
    };
    struct lab_puzzle puzzle;
    struct lab_text error = {0};
    MUST(lab_puzzle_init(&puzzle, &exercise, 1));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        answer(&puzzle, cases[i].typed, &error);
        if (!strstr(lab_text_string(&error), cases[i].says))
            CHECK_STR(lab_text_string(&error), cases[i].says);
        CHECK_INT(puzzle.placed, 0);
    }
    lab_text_free(&error);
}

TEST(a_line_that_is_too_wide_is_broken_and_nothing_of_it_is_lost) {
    struct lab_exercise_line wide[] = {
        {.right = (char *)"from concurrent.futures import ThreadPoolExecutor",
         .given = true},
        {.right =
             (char *)"    tasks = [asyncio.create_task(mirror(i)) for i in "
                     "range(n)]"},
        {.right = (char *)"x"},
    };
    const struct lab_exercise exercise_wide = {.lines = wide, .line_count = 3};
    struct lab_style style = {.width = 40};
    struct lab_puzzle puzzle;
    struct lab_text out = {0};
    MUST(lab_puzzle_init(&puzzle, &exercise_wide, 1));
    lab_puzzle_put(&out, &style, &puzzle);
    CHECK_STR(lab_text_string(&out), "      from concurrent.futures import\n"
                                     "          ThreadPoolExecutor\n"
                                     "   1  x\n"
                                     "   2      tasks = [asyncio.create_task(\n"
                                     "              mirror(i)) for i in\n"
                                     "              range(n)]\n");
    lab_text_free(&out);
}
