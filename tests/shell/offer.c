#include "folder.h"
#include "shell/host.h"
#include "test.h"

#include "shell/complete.h"

static void add(void *to, const char *candidate, const char *text) {
    struct lab_text *offered = to;
    lab_text_printf(offered, "%s: %s\n", candidate, text ? text : "-");
}

static void check(struct host *host, const char *line, const char *expected) {
    struct lab_text offered = {0};
    size_t start;
    lab_complete(&host->shell, line, &start, add, &offered);
    if (!CHECK_STR(lab_text_string(&offered), expected))
        CHECK_STR(line, ""); // says which
    lab_text_free(&offered);
}

TEST(sweep_is_offered_a_range_with_its_unit) {
    struct host host;
    host_open(&host);
    check(&host, "sweep 4 workers=",
          "workers=1..16: 3, of 1 to 16: how many workers pool has\n");
    check(&host, "sweep 3 together delay=5",
          "delay=500ms..2000ms..500ms: 1000 ms, of 1 to 60000: how long one "
          "download takes\n");
    check(&host, "sweep 3 n=2..4 delay=",
          "delay=1000: 1000 ms, of 1 to 60000: how long one download takes\n");
    check(&host, "sweep 9 delays=",
          "delays=600,200,400,900: 600,200,400,900 ms, of 1 to 60000: how long "
          "each mirror takes\n");
    check(&host, "run 4 workers=",
          "workers=3: 3, of 1 to 16: how many workers pool has\n");
    host_close(&host);
}

// What is offered there is something that sweep takes.
TEST(each_range_that_is_offered_can_be_swept) {
    static const char *const lines[] = {
        "sweep 8 n=", "sweep 12 make=", "sweep 10 patience="};
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < countof(lines); i++) {
        struct lab_text line = {0}, offered = {0};
        size_t start;
        lab_complete(&host.shell, lines[i], &start, add, &offered);
        lab_text_write(&line, lines[i], start);
        lab_text_write(&line, lab_text_string(&offered),
                       strcspn(lab_text_string(&offered), ":"));
        CHECK(strstr(lab_text_string(&line), ".."));
        if (!CHECK_INT(host_run(&host, lab_text_string(&line)), LAB_EXIT_OK))
            CHECK_STR(lab_text_string(&line), ""); // says which
        lab_text_free(&line);
        lab_text_free(&offered);
    }
    host_close(&host);
}

TEST(moments_of_what_ran_last_are_offered) {
    struct host host;
    host_open(&host);
    check(&host, "goto ", "");
    host_run(&host, "run 3 in_turn n=3 delay=1500");
    check(&host, "goto ",
          "0s: the run begins with t1 in_turn\n"
          "1.5s: t1 in_turn has a timer that is due\n"
          "3s: t1 in_turn has a timer that is due\n"
          "4.5s: t1 in_turn has a timer that is due\n");
    check(&host, "timeline from=3", "3s: t1 in_turn has a timer that is due\n");
    check(&host, "timeline to=",
          "1.5s: t1 in_turn has a timer that is due\n"
          "3s: t1 in_turn has a timer that is due\n"
          "4.5s: t1 in_turn has a timer that is due\n");
    check(&host,
          "timeline from=3s to=", "4.5s: t1 in_turn has a timer that is due\n");
    check(&host, "ps at=4", "4.5s: t1 in_turn has a timer that is due\n");
    check(&host, "goto 1.5s in_t", "in_turn: ran last\n");
    host_close(&host);
}

TEST(of_many_moments_the_first_twenty_are_offered) {
    struct host host;
    struct lab_text offered = {0};
    size_t start, lines = 0;
    host_open(&host);
    host_run(&host, "run 2 timer nap=9000");
    lab_complete(&host.shell, "goto ", &start, add, &offered);
    for (const char *at = lab_text_string(&offered); *at; at++)
        lines += *at == '\n';
    CHECK_INT(lines, 20);
    lab_text_free(&offered);
    host_close(&host);
}

TEST(new_is_offered_a_number_that_is_free_and_a_name) {
    struct host host;
    struct folder folder;
    host_open(&host);
    folder_init(&folder);
    folder_put(&folder, "01_one.c", "");
    folder_put(&folder, "02_two.md", "");
    check(&host, "new ", ""); // not in a checkout
    lab_free(host.shell.folders.sources);
    host.shell.folders.sources = lab_strdup(folder.path);
    lab_free(host.shell.folders.lessons);
    host.shell.folders.lessons = lab_strdup(folder.path);
    host.shell.folders.is_checkout = true;
    check(&host, "new ", "3: the first number that is free\n");
    check(&host, "new 3 ",
          "nap: or another name of small letters, digits and _\n");
    host_close(&host);
    folder_term(&folder);
}
