#include "test.h"

#include "guest/guest_internal.h"

TEST(a_guest_that_had_no_processor_was_not_silent) {
    struct lab_guest guest = {0};
    CHECK_INT(lab_guest_silence(&guest, 250, 0), 250);
    CHECK_INT(lab_guest_silence(&guest, 250, 200), 50);
    CHECK_INT(lab_guest_silence(&guest, 250, 200), 250);
    CHECK_INT(lab_guest_silence(&guest, 250, 460), 31); // and our own lateness
    CHECK_INT(lab_guest_silence(&guest, 250, 460), 250);
    CHECK_INT(lab_guest_silence(&guest, 250, 0), 250); // it is not known
}

TEST(how_long_a_process_had_no_processor_is_read) {
    CHECK_INT(lab_guest_read_starved("20817392 1840213 57\n"), 1840213);
    CHECK_INT(lab_guest_read_starved("0 0 0\n"), 0);
    CHECK_INT(lab_guest_read_starved(""), 0);
}
