#include "base/width.h"

#include "test.h"

TEST(width_knows_the_edges_of_its_ranges) {
    CHECK_INT(lab_width_of(0x2FF), 1);
    CHECK_INT(lab_width_of(0x300), 0);
    CHECK_INT(lab_width_of(0x36F), 0);
    CHECK_INT(lab_width_of(0x370), 1);
    CHECK_INT(lab_width_of(0x10FF), 1);
    CHECK_INT(lab_width_of(0x1100), 2);
    CHECK_INT(lab_width_of(0x115F), 2);
    CHECK_INT(lab_width_of(0x1160), 0);
    CHECK_INT(lab_width_of(0xAD), 1);
    CHECK_INT(lab_width_of(0x9F), 0);
    CHECK_INT(lab_width_of(0x10FFFF), 1);
}
