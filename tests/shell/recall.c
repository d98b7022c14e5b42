#include "test.h"

#include "shell/recall.h"

#include <string.h>

static struct lab_history history;
static struct lab_recall recall;

static void begin(void) {
    static const char *const lines[] = {"run 3", "list", "run 4", "run 3",
                                        "why t1"};
    for (size_t i = 0; i < 5; i++)
        lab_history_add(&history, lines[i], strlen(lines[i]));
}

static void end(void) {
    lab_history_free(&history);
    lab_recall_free(&recall);
}

// Presses Up for each 'u' in [keys] and Down for each 'd', with [line] typed,
// and checks what is there then.
static bool comes(const char *line, const char *keys, const char *expected) {
    char now[64];
    recall.is_going = false; // a new line
    strcpy(now, line);
    for (; *keys; keys++) {
        const char *next = lab_recall_go(&recall, &history, now, *keys == 'u');
        if (next)
            strcpy(now, next);
    }
    return CHECK_STR(now, expected);
}

TEST(up_goes_through_the_lines_that_begin_like_this_one) {
    begin();
    CHECK(comes("run", "u", "run 3"));
    CHECK(comes("run", "uu", "run 4"));
    CHECK(comes("run", "uuu", "run 3"));
    CHECK(comes("run", "uuuu", "run 3"));
    CHECK(comes("w", "uu", "why t1"));
    CHECK(comes("x", "u", "x"));
    end();
}

TEST(up_goes_through_all_lines_if_none_is_begun) {
    begin();
    CHECK(comes("", "u", "why t1"));
    CHECK(comes("", "uuuu", "list"));
    CHECK(comes("", "uuuuuuu", "run 3"));
    end();
}

TEST(down_comes_back_to_the_line_begun) {
    begin();
    CHECK(comes("run", "uud", "run 3"));
    CHECK(comes("run", "uudd", "run"));
    CHECK(comes("run", "uuddd", "run"));
    CHECK(comes("run", "d", "run"));
    CHECK(comes("", "uudd", ""));
    CHECK(comes("run", "uuddu", "run 3"));
    end();
}

TEST(a_line_that_was_found_and_changed_begins_anew) {
    begin();
    CHECK_STR(lab_recall_go(&recall, &history, "run", true), "run 3");
    CHECK(!lab_recall_go(&recall, &history, "run 3x", false));
    CHECK(!lab_recall_go(&recall, &history, "run 3x", true));
    CHECK_STR(lab_recall_go(&recall, &history, "li", true), "list");
    end();
}
