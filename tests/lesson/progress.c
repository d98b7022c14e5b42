#include "lesson/progress.h"

#include "base/alloc.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What [all] comes to, in a line: lessons by "/".
static void put(struct lab_text *out, const struct lab_progress_all *all) {
    for (size_t i = 0; i < all->count; i++) {
        const struct lab_progress_lesson *of = &all->lessons[i];
        lab_text_printf(out, "%s%02d %zu/%zu%s %u/%u", i ? " / " : "",
                        of->number, of->part, of->parts,
                        of->is_read ? " read" : "", of->right, of->asked);
        for (int kind = 0; kind < LAB_QUIZ_KIND_COUNT; kind++)
            if (of->missed[kind].order)
                lab_text_printf(out, " %s:%s",
                                lab_quiz_kind_name((enum lab_quiz_kind)kind),
                                of->missed[kind].figures);
        lab_text_printf(out, " %d%d%d%d%d %s", of->exercise[LAB_PROGRESS_C],
                        of->exercise[LAB_PROGRESS_PYTHON], of->tried,
                        of->assembled, of->drove,
                        of->schedule ? of->schedule : "-");
    }
}

static void put_fold(struct lab_text *out, const char *text, size_t n) {
    struct lab_progress_all all;
    lab_progress_fold(&all, text, n);
    put(out, &all);
    lab_progress_free(&all);
}

static void check(const char *text, const char *expected) {
    struct lab_text is = {0};
    put_fold(&is, text, strlen(text));
    CHECK_STR(lab_text_string(&is), expected);
    lab_text_free(&is);
}

#define AT(second) "2026-11-27T11:00:" #second ".5Z "

TEST(each_kind_of_line_changes_its_lesson) {
    check("", "");
    check("# looplab progress 1: anything\n", "");
    check(AT(01) "lesson 11 part 3/6\n" AT(02) "lesson 11 part 2/6\n",
          "11 3/6 0/0 00000 -");
    check(AT(01) "lesson 11 read\n", "11 0/0 read 0/0 00000 -");
    check(AT(01) "predict 03 n=4 4/5 right=rank missed=state,peak x=y\n",
          "03 0/0 4/5 state:n=4 peak:n=4 00000 -");
    check(AT(01) "exercise 11 c failed schedule=0,1\n", "11 0/0 0/0 10000 0,1");
    check(AT(01) "exercise 11 c passed schedules=36 hints=1\n" //
          AT(02) "exercise 11 c failed schedule=1\n"           //
          AT(03) "exercise 11 python failed\n",
          "11 0/0 0/0 21000 -");
    check(AT(01) "try 11 passed\n" AT(02) "assemble 11 failed\n" //
          AT(03) "drive 19 won choices=4\n",
          "11 0/0 0/0 00210 - / 19 0/0 0/0 00002 -");
}

TEST(the_language_of_the_last_exercise_is_known) {
    static const struct {
        const char *text;
        bool is_python;
    } logs[] = {
        {"", false},
        {AT(01) "exercise 11 python failed\n", true},
        {AT(01) "exercise 11 python failed\n" AT(02) "exercise 3 c passed\n",
         false},
        {AT(02) "exercise 3 python passed\n" AT(01) "exercise 11 c failed\n",
         true},
        {AT(01) "exercise 3 python passed\n" AT(02) "exercise 3 rust failed\n",
         true},
    };
    for (size_t i = 0; i < countof(logs); i++) {
        struct lab_progress_all all;
        lab_progress_fold(&all, logs[i].text, strlen(logs[i].text));
        CHECK_INT(all.is_python, logs[i].is_python);
        lab_progress_free(&all);
    }
}

TEST(a_question_is_missed_until_it_is_answered_right) {
    check(AT(01) "predict 03 - 0/2 missed=rank,state\n" //
          AT(02) "review 03 n=4 1/1 right=rank\n",
          "03 0/0 0/2 state:- 00000 -");
    check(AT(01) "predict 03 - 0/2 missed=rank\n" //
          AT(02) "review 03 n=4 0/1 missed=rank\n",
          "03 0/0 0/2 rank:n=4 00000 -");
    check(AT(02) "predict 03 n=4 1/1 right=rank\n" //
          AT(01) "predict 03 - 0/1 missed=rank\n",
          "03 0/0 1/1 00000 -");
    check(AT(01) "predict 03 - 0/1 half=rank skipped=state\n",
          "03 0/0 0/1 00000 -");
}

TEST(a_reset_forgets_what_was_before_it_and_can_be_undone) {
#define DONE                                                                   \
    AT(01)                                                                     \
    "lesson 01 read\n" AT(02) "lesson 11 read\n" AT(03) "lesson 1 part "       \
                                                        "2/4\n"
#define LEFT "01 2/4 read 0/0 00000 -"
#define BOTH LEFT " / 11 0/0 read 0/0 00000 -"
    check(DONE, BOTH);
    check(DONE AT(04) "reset 11\n", LEFT);
    check(DONE AT(04) "reset all\n", "");
    check(DONE AT(04) "reset 11\n" AT(05) "reset undo\n", BOTH);
    check(DONE AT(04) "reset 11\n" AT(05) "reset all\n" AT(06) "reset undo\n",
          LEFT);
    check(DONE AT(04) "reset undo\n" AT(05) "reset 11\n", LEFT);
    check(DONE AT(04) "reset all\n" AT(05) "lesson 11 part 1/6\n",
          "11 1/6 0/0 00000 -");
}

TEST(what_is_not_understood_is_skipped) {
    static const char *const strange[] = {
        "nonsense",
        "\r",
        "2026",
        AT(01) "lesson",
        AT(01) "lesson eleven read",
        AT(01) "lesson 11",
        AT(01) "lesson 11 part 7/6",
        AT(01) "lesson 11 part 3",
        AT(01) "dance 11 twice",
        AT(01) "exercise 11 rust passed",
        AT(01) "exercise 11 c perhaps",
        AT(01) "reset 1 torn",
        AT(01) "reset 11x",
        AT(01) "reset undo torn",
        AT(01) "lesson 12345678901234567890 read",
        "11:00 yesterday lesson 11 read",
        AT(01) "predict 03 n=4 5/4 missed=dance",
        AT(01) "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    };
    for (size_t i = 0; i < countof(strange); i++) {
        struct lab_text text = {0}, is = {0};
        lab_text_printf(&text,
                        AT(00) "lesson 01 read\n%s\n" AT(02) "try 1 "
                                                             "passed\n",
                        strange[i]);
        put_fold(&is, text.data, text.length);
        // A lesson may be known by its number alone.
        if (!CHECK(strncmp(lab_text_string(&is), "01 0/0 read 0/0 00200 -",
                           23) == 0) ||
            !CHECK(!strstr(lab_text_string(&is), "11 0/0 read")))
            CHECK_STR(strange[i], lab_text_string(&is));
        lab_text_free(&text);
        lab_text_free(&is);
    }
}

TEST(a_last_line_without_an_end_is_skipped) {
    check(AT(01) "lesson 01 read\n" AT(02) "reset 1",
          "01 0/0 read 0/0 00000 -");
    check(AT(01) "lesson 01 read", "");
}

TEST(lines_come_to_the_same_in_any_order_and_twice) {
    enum { LINES = 12, TIMES = 300 };
    static const char *const things[] = {
        "lesson 01 part 2/4",
        "lesson 01 read",
        "predict 01 - 1/2 right=rank missed=state",
        "review 01 n=2 1/1 right=state",
        "review 01 n=3 0/1 missed=rank",
        "exercise 01 c failed schedule=0,1",
        "exercise 01 c failed schedule=1",
        "exercise 01 c passed",
        "reset 1",
        "reset undo",
        "reset all",
        "try 02 passed",
        "# a comment",
    };
    uint32_t random = 1;
    for (int n = 0; n < TIMES; n++) {
        char lines[LINES][96];
        struct lab_text once = {0}, twice = {0}, a = {0}, b = {0};
        for (int i = 0; i < LINES; i++) { // several in the same second
            random = random * 1664525 + 1013904223;
            snprintf(lines[i], sizeof lines[i], "2026-11-27T11:00:0%uZ %s\n",
                     random >> 30, things[(random >> 16) % countof(things)]);
            lab_text_put(&once, lines[i]);
        }
        for (int i = 0; i < 2 * LINES; i++)
            lab_text_put(&twice, lines[(i * 7 + n) % LINES]);
        put_fold(&a, once.data, once.length);
        put_fold(&b, twice.data, twice.length);
        CHECK_STR(lab_text_string(&b), lab_text_string(&a));
        lab_text_free(&once);
        lab_text_free(&twice);
        lab_text_free(&a);
        lab_text_free(&b);
    }
}

TEST(what_was_missed_longest_ago_comes_first) {
    static const char text[] = AT(03) "predict 01 - 0/1 missed=rank\n" AT(
        01) "predict 11 n=2 0/2 "
            "missed=state,"
            "order\n" AT(02) "predict 02 - "
                             "0/1 "
                             "missed="
                             "peak\n" AT(04) "review 11 n=3 0/1 missed=order\n";
    static const char *const expected[] = {"11 state", "02 peak", "01 rank",
                                           "11 order"};
    struct lab_progress_all all;
    const struct lab_progress_lesson *of;
    enum lab_quiz_kind kind;
    size_t after = 0, count = 0;
    lab_progress_fold(&all, text, sizeof text - 1);
    while ((of = lab_progress_missed(&all, after, &kind)) && count < 4) {
        char is[32];
        snprintf(is, sizeof is, "%02d %s", of->number,
                 lab_quiz_kind_name(kind));
        CHECK_STR(is, expected[count++]);
        after = of->missed[kind].order;
    }
    CHECK_INT(count, 4);
    CHECK(!of);
    lab_progress_free(&all);
}
