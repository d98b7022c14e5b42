#include "view/intervals.h"

#include "base/alloc.h"
#include "records.h"
#include "test.h"

#include <string.h>

static const struct lab_style plain = {.width = 80, .plain = true};

static char *said(struct lab_record *record) {
    return seen(lab_view_timeline, demo_with(2, "blocking", record), &plain);
}

TEST(a_timeline_in_words_says_when_each_state_began_and_ended) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, RUN, 0, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_SLEEP);
    ADD(record, WAKE, LAB_S, 1, NULL);
    ADD(record, RUN, LAB_S, 1, NULL);
    ADD(record, MARK, LAB_S, 1, "beat");
    ADD(record, END, LAB_S, 1, NULL);
    char *text = said(record);
    CHECK(strstr(text, "\nmain: running at 0 s; waiting (sleep) from 0 s to "
                       "1.000 s; running at 1.000 s;\nbeat at 1.000 s; ended "
                       "at 1.000 s\n"));
    lab_free(text);
}

TEST(of_many_states_thirty_are_said) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    for (lab_time i = 0; i < 40; i++) {
        ADD(record, RUN, i * LAB_S, 1, NULL);
        add_on(record, LAB_EVENT_WAIT, i * LAB_S, 1, LAB_ON_SLEEP);
    }
    char *text = said(record);
    CHECK(strstr(text, " more, of which from= and to= show a part"));
    lab_free(text);
}
