#include "shell/pages.h"

#include "test.h"

TEST(a_page_has_no_more_lines_than_there_is_room_for) {
    CHECK_INT(lab_pages_take("", 3), 0);
    CHECK_INT(lab_pages_take("a\nb\n", 3), 4);
    CHECK_INT(lab_pages_take("a\nb\nc\n", 3), 6);
    CHECK_INT(lab_pages_take("a\nb\nc\nd\n", 3), 6);
    CHECK_INT(lab_pages_take("a", 1), 1);
}

TEST(a_page_ends_before_an_empty_line_in_its_second_half) {
    CHECK_INT(lab_pages_take("a\nb\n\nc\nd\n", 4), 4);
    CHECK_INT(lab_pages_take("a\n\nb\nc\nd\ne\n", 4), 7);
    CHECK_INT(lab_pages_take("a\nb\n\nc\n", 4), 7); // all of it has room
}

TEST(lines_are_counted) {
    CHECK_INT(lab_pages_lines(""), 0);
    CHECK_INT(lab_pages_lines("a\n\nb"), 2);
}
