#include "shell/pages.h"

#include "test.h"

TEST(a_page_has_no_more_rows_than_there_is_room_for) {
    CHECK_INT(lab_pages_take("", 3, 80), 0);
    CHECK_INT(lab_pages_take("a\nb\n", 3, 80), 4);
    CHECK_INT(lab_pages_take("a\nb\nc\n", 3, 80), 6);
    CHECK_INT(lab_pages_take("a\nb\nc\nd\n", 3, 80), 6);
    CHECK_INT(lab_pages_take("a", 1, 80), 1);
}

TEST(a_page_ends_before_an_empty_line_in_its_second_half) {
    CHECK_INT(lab_pages_take("a\nb\n\nc\nd\n", 4, 80), 4);
    CHECK_INT(lab_pages_take("a\n\nb\nc\nd\ne\n", 4, 80), 7);
    CHECK_INT(lab_pages_take("a\nb\n\nc\n", 4, 80), 7); // all of it has room
}

TEST(a_page_does_not_end_with_what_announces_the_next) {
    CHECK_INT(lab_pages_take("a\nb\n\nc:\n\nd\n", 4, 80), 4);
    CHECK_INT(lab_pages_take("a:\n\nc\nd\n", 2, 80), 4); // no other gap
}

TEST(a_line_wider_than_the_screen_takes_several_rows) {
    CHECK_INT(lab_pages_take("abcdef\nb\nc\n", 3, 3), 9);
    CHECK_INT(lab_pages_take("abcdefg\nb\nc\n", 3, 3), 8);
    CHECK_INT(lab_pages_take("abcdefg\nb\n", 2, 3), 8); // one line at least
    CHECK_INT(lab_pages_take("\033[1mabc\033[0m\nb\n", 2, 3), 14);
}

TEST(rows_are_counted) {
    CHECK_INT(lab_pages_rows("", 80), 0);
    CHECK_INT(lab_pages_rows("a\n\nb", 80), 2);
    CHECK_INT(lab_pages_rows("abcdef\nabcdefg\nabc\n", 3), 6);
}
