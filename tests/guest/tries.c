#include "test.h"

#include "base/alloc.h"
#include "guest/tries_internal.h"

#include <string.h>
#include <unistd.h>

// A process that is not there: tries are answered here, in its words.
static void answer(struct lab_tries *tries, const char *line) {
    lab_tries_line(tries, line, strlen(line));
}

static struct lab_orders tried(size_t most, size_t deepest,
                               const char *const *widths, size_t count) {
    struct lab_orders orders = {.most = most, .deepest = deepest};
    struct lab_tries *tries = lab_tries_of_orders(&orders);
    struct lab_text line = {0};
    int input;
    CHECK_INT(lab_tries_open(tries, &input), 0);
    for (size_t i = 0; lab_tries_ask(tries); i++) {
        lab_text_clear(&line);
        lab_text_printf(&line,
                        "{\"ran\":1,\"status\":0,\"result\":0,\"ns\":5,"
                        "\"widths\":%s,\"past\":\"%zu\"}",
                        widths[i < count ? i : count - 1], i);
        answer(tries, lab_text_string(&line));
    }
    lab_text_free(&line);
    close(input);
    lab_tries_free(tries);
    return orders;
}

TEST(orders_of_a_process_are_tried_until_none_is_left) {
    // The second choice has two more after it.
    static const char *const widths[] = {"[2]", "[2,3]", "[2,3]", "[2,3]"};
    struct lab_orders orders = tried(100, 100, widths, countof(widths));
    static const char *const names[] = {"fifo", "1", "1,1", "1,2"};
    MUST(CHECK_INT(orders.tried, countof(names)));
    MUST(CHECK_INT(orders.count, countof(names)));
    for (size_t i = 0; i < countof(names); i++)
        CHECK_STR(orders.outcomes[i].schedule, names[i]);
    CHECK(!orders.truncated && !orders.shallow && orders.outcomes[0].held);
    lab_orders_free(&orders);
}

TEST(orders_of_a_process_are_bounded_in_number_and_in_depth) {
    static const char *const widths[] = {"[2,2,2,2]"};
    struct lab_orders all = tried(16, 100, widths, 1),
                      few = tried(15, 100, widths, 1),
                      shallow = tried(100, 2, widths, 1);
    CHECK(all.tried == 16 && !all.truncated);
    CHECK(few.tried == 15 && few.truncated);
    CHECK(shallow.tried == 4 && shallow.shallow && !shallow.truncated);
    lab_orders_free(&all);
    lab_orders_free(&few);
    lab_orders_free(&shallow);
}

#define HEAD                                                                   \
    "{\"looplab\":\"record\",\"version\":1,\"demo\":\"my\",\"number\":0,"      \
    "\"clock\":\"virtual\",\"params\":[]}"
#define RUN "{\"run\":\"main\"}"
#define SAY                                                                    \
    "{\"seq\":1,\"ns\":0,\"event\":\"say\",\"task\":1,\"text\":\"hello\"}"
#define END "{\"end\":\"main\",\"result\":0,\"ns\":5,\"events\":1}"
#define ENDED "{\"ran\":1,\"signal\":0,\"status\":0,\"result\":0,\"ns\":5}"

// What a child's lines come to, and what it has said.
TEST(a_try_that_does_not_end_its_run_was_cut_off) {
    static const struct {
        const char *lines[6];
        int rc;
        const char *said;
    } stories[] = {
        {{HEAD, RUN, SAY, END, ENDED}, 0, "hello\n"},
        {{HEAD, RUN, SAY, ENDED}, LAB_ECRASHED, "hello\n"},
        {{HEAD, RUN, SAY, END, "{\"ran\":0,\"signal\":11,\"past\":\"x\"}"},
         LAB_ECRASHED,
         "hello\nx"},
        {{HEAD, RUN, "{\"seq\":1,\"ns\":0,\"ev", "",
          "{\"ran\":0,\"signal\":14}"},
         LAB_EMACHINE,
         ""},
        {{HEAD, "no record", RUN, SAY, ENDED}, LAB_ECRASHED, ""},
        {{"{\"printed\":\"a\"}", "{\"printed\":\"b\",\"stream\":\"stderr\"}",
          "{\"error\":\"ValueError: no\"}",
          "{\"ran\":1,\"status\":1,\"result\":-5002}"},
         LAB_ERAISED,
         "aValueError: no\n"},
    };
    for (size_t i = 0; i < countof(stories); i++) {
        struct lab_orders orders = {.most = 1, .deepest = 1};
        struct lab_tries *tries = lab_tries_of_orders(&orders);
        int input;
        CHECK_INT(lab_tries_open(tries, &input), 0);
        CHECK(lab_tries_ask(tries));
        for (size_t j = 0; stories[i].lines[j]; j++)
            answer(tries, stories[i].lines[j]);
        if (CHECK_INT(orders.count, 1)) {
            CHECK_INT(orders.outcomes[0].rc, stories[i].rc);
            CHECK_STR(orders.outcomes[0].said, stories[i].said);
        }
        close(input);
        lab_tries_free(tries);
        lab_orders_free(&orders);
    }
}
