#include "shell/pager.h"

#include "base/alloc.h"
#include "shell/ahead.h"
#include "shell/canvas.h"
#include "shell/keys.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

static const struct lab_style plain = {.width = 80};
static const struct lab_style colored = {.width = 80, .color = true};

// The rows that [pager] shows, up to its status, in the place of newlines "|".
static const char *shown(const struct lab_pager *pager,
                         const struct lab_style *style) {
    static char rows[1024];
    struct lab_text text = {0};
    lab_pager_put(pager, &text, style);
    snprintf(rows, sizeof rows, "%s", lab_text_string(&text));
    *strrchr(rows, '\n') = '\0';
    for (char *c = rows; *c; c++)
        *c = *c == '\n' ? '|' : *c;
    lab_text_free(&text);
    return rows;
}

static const char *status(const struct lab_pager *pager) {
    static char row[256];
    struct lab_text text = {0};
    lab_pager_put(pager, &text, &plain);
    snprintf(row, sizeof row, "%s", strrchr(lab_text_string(&text), '\n') + 1);
    lab_text_free(&text);
    return row;
}

static void press(struct lab_pager *pager, const char *keys) {
    for (; *keys; keys++)
        CHECK(lab_pager_obey(pager, *keys));
}

// Ten lines, a digit each, on a screen of three and a status.
static void open_digits(struct lab_pager *pager) {
    lab_pager_init(pager, "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    lab_pager_fit(pager, 80, 4);
}

// They are as wide as lab_text_columns says, and not as what came before them.
TEST(bytes_of_no_character_take_a_column_each) {
    struct lab_pager pager;
    lab_pager_init(&pager, "\u4e16\xff\xff\xff\xff\xff\xff\n");
    lab_pager_fit(&pager, 8, 4);
    CHECK_STR(shown(&pager, &plain), "\u4e16\xff\xff\xff\xff\xff\xff||");
    lab_pager_term(&pager);
}

TEST(keys_move_a_long_answer) {
    static const struct {
        int key;
        const char *shows;
    } moves[] = {
        {LAB_KEY_UP, "0|1|2"},
        {' ', "3|4|5"},
        {'f', "6|7|8"},
        {LAB_CANVAS_PAGE_DOWN, "7|8|9"}, // the last page is full
        {'j', "7|8|9"},
        {'b', "4|5|6"},
        {LAB_CANVAS_PAGE_UP, "1|2|3"},
        {'b', "0|1|2"},
        {'\r', "1|2|3"},
        {LAB_KEY_DOWN, "2|3|4"},
        {'k', "1|2|3"},
        {'d', "2|3|4"},
        {'u', "1|2|3"},
        {'G', "7|8|9"},
        {'g', "0|1|2"},
        {LAB_KEY_END, "7|8|9"},
        {LAB_KEY_HOME, "0|1|2"},
        {'z', "0|1|2"}, // it means nothing
    };
    struct lab_pager pager;
    open_digits(&pager);
    for (size_t i = 0; i < countof(moves); i++) {
        CHECK(lab_pager_obey(&pager, moves[i].key));
        CHECK_STR(shown(&pager, &plain), moves[i].shows);
    }
    CHECK(strstr(status(&pager), "1 to 3 of 10 lines") == status(&pager));
    lab_pager_term(&pager);
}

TEST(q_escape_and_ctrl_c_leave_a_long_answer) {
    struct lab_pager pager;
    open_digits(&pager);
    CHECK(!lab_pager_obey(&pager, 'q'));
    CHECK(!lab_pager_obey(&pager, LAB_CANVAS_ESCAPE));
    CHECK(!lab_pager_obey(&pager, LAB_CTRL_C));
    press(&pager, "/q"); // a pattern
    CHECK(lab_pager_obey(&pager, LAB_CANVAS_ESCAPE));
    CHECK(!lab_pager_obey(&pager, 'q'));
    lab_pager_term(&pager);
}

TEST(words_are_searched_for_around_the_end) {
    struct lab_pager pager;
    lab_pager_init(&pager, "a\nBee\nc\nbee\ne\nf\ng\nh\nbee x\n");
    lab_pager_fit(&pager, 80, 4);
    press(&pager, "/bee\r");
    CHECK_STR(shown(&pager, &plain), "Bee|c|bee");
    press(&pager, "n");
    CHECK_STR(shown(&pager, &plain), "bee|e|f");
    press(&pager, "n");
    CHECK_STR(shown(&pager, &plain), "g|h|bee x");
    press(&pager, "n");
    CHECK_STR(shown(&pager, &plain), "Bee|c|bee");
    press(&pager, "N");
    CHECK_STR(shown(&pager, &plain), "g|h|bee x");
    press(&pager, "g/Bee\r"); // as it is written
    CHECK_STR(shown(&pager, &plain), "Bee|c|bee");
    press(&pager, "n");
    CHECK_STR(shown(&pager, &plain), "Bee|c|bee");
    press(&pager, "/wasp\r");
    CHECK_STR(shown(&pager, &plain), "Bee|c|bee");
    CHECK_STR(status(&pager), "\"wasp\" is not there");
    press(&pager, "/wasp\x7f\x7f\x7f\x7f");
    CHECK_STR(status(&pager), "/");
    press(&pager, "\r");
    CHECK(strstr(status(&pager), "of 9 lines"));
    lab_pager_term(&pager);
}

TEST(wide_lines_take_several_rows_and_keep_their_colors) {
    struct lab_pager pager;
    lab_pager_init(&pager, "\033[31mabcdef\033[0mgh\n\xe4\xbd\xa0\xe5\xa5\xbd"
                           "\xe4\xbd\xa0\n\nx\n");
    lab_pager_fit(&pager, 3, 9);
    CHECK_STR(shown(&pager, &colored),
              "\033[31mabc\033[0m|\033[31mdef\033[0m\033[0m|\033[0mgh\033[0m|"
              "\033[0m\xe4\xbd\xa0\033[0m|\033[0m\xe5\xa5\xbd\033[0m|"
              "\033[0m\xe4\xbd\xa0\033[0m|\033[0m\033[0m|\033[0mx\033[0m");
    press(&pager, "/ef\r");
    CHECK(strstr(shown(&pager, &colored), "d\033[7mef\033[27m"));
    lab_pager_term(&pager);
    lab_pager_init(&pager, "a\033[31mb\033[0mc\n");
    lab_pager_fit(&pager, 80, 3);
    press(&pager, "/bc\r");
    CHECK(strstr(shown(&pager, &colored),
                 "\033[31m\033[7mb\033[0m\033[7mc\033[27m"));
    lab_pager_term(&pager);
}

TEST(words_are_whole_in_rows_where_they_can_be) {
    struct lab_pager pager;
    lab_pager_init(&pager, "one two three four\n"
                           "a  antidisestablishment\n"
                           "\033[31monetwo   three\033[0m\n");
    lab_pager_fit(&pager, 9, 9);
    CHECK_STR(shown(&pager, &plain), "one two|three|four|"
                                     "a  antidi|sestablis|hment|"
                                     "\033[31monetwo  |\033[31mthree\033[0m");
    press(&pager, "/ thr\r"); // it begins in the gap between two rows
    CHECK(strstr(status(&pager), "1 to"));
    lab_pager_term(&pager);
}

TEST(later_rows_of_an_indented_line_hang) {
    struct lab_pager pager;
    lab_pager_init(&pager, "  producer puts an item into a queue\n"
                           "producer puts an item\n"
                           "           beside, far on the right\n");
    lab_pager_fit(&pager, 20, 9);
    CHECK_STR(shown(&pager, &plain),
              "  producer puts an|    item into a|    queue|"
              "producer puts an|item|"
              "           beside,|far on the right|");
    lab_pager_term(&pager);
}

TEST(the_keys_of_a_long_answer_fit_the_screen) {
    static const struct {
        int columns;
        const char *ends;
    } rows[] = {{80, "of 9 lines   q leaves  space b pages  / n search  g G "
                     "ends  ? keys"},
                {60, "of 9 lines   q leaves  space b pages  ? keys"},
                {40, "of 9   q leaves  space b  ? keys"},
                {30, "of 9   q leaves  ? keys"}};
    struct lab_pager pager;
    lab_pager_init(&pager, "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    for (size_t i = 0; i < countof(rows); i++) {
        lab_pager_fit(&pager, rows[i].columns, 5);
        CHECK_STR(strstr(status(&pager), "of 9"), rows[i].ends);
    }
    lab_pager_term(&pager);
}

TEST(another_size_keeps_the_place_of_a_long_answer) {
    struct lab_pager pager;
    lab_pager_init(&pager, "aaaa\nbbbb\ncccc\ndddd\neeee\nffff\n");
    lab_pager_fit(&pager, 80, 3);
    press(&pager, "jjj");
    CHECK_STR(shown(&pager, &plain), "dddd|eeee");
    lab_pager_fit(&pager, 2, 4);
    CHECK_STR(shown(&pager, &plain), "dd|dd|ee");
    lab_pager_begin_at(&pager, 5);
    CHECK_STR(shown(&pager, &plain), "bb|bb|cc");
    lab_pager_fit(&pager, 80, 24);
    CHECK(strncmp(shown(&pager, &plain), "aaaa|bbbb|", 10) == 0);
    lab_pager_term(&pager);
}

TEST(an_empty_answer_has_no_lines) {
    struct lab_pager pager;
    lab_pager_init(&pager, "");
    lab_pager_fit(&pager, 80, 3);
    press(&pager, " bgG/x\rnN");
    CHECK_STR(shown(&pager, &plain), "|");
    lab_pager_term(&pager);
}
