#include "lesson/meaning.h"

#include "test.h"

TEST(a_schedule_is_told_in_words) {
    static const struct {
        const char *schedule, *means;
    } cases[] = {
        {"0,0,1", " (which ready task runs at each choice, counted from 0)"},
        {"seed:7", " (a random order, number 7)"},
        {"late:2", " (timer 2 to fire is late)"},
        {"cancel:12", " (the program is cancelled in wait 12)"},
        {"0,1+cancel-waiter:3", " (the task in wait 3 is cancelled)"},
        {"seed:7+late:2+cancel-woken:1", " (task 1 to continue is cancelled)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab_text out = {0};
        lab_meaning_put(&out, cases[i].schedule);
        CHECK_STR(lab_text_string(&out), cases[i].means);
        lab_text_free(&out);
    }
}
