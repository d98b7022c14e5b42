// What ran last, as every command that shows something of a run means it.

#include "shell/last.h"
#include "shell/look.h"
#include "view/view.h"

#include "host.h"
#include "test.h"

#include <stdio.h>
#include <unistd.h>

// Those that ask about one run at a moment; views, which show several, are in
// lab_views. The stepper and play, which need a terminal, read their words
// likewise.
static const char *const questions[] = {"ps",   "why t1", "alive",
                                        "step", "goto 4", NULL};

// Calls [check] for every such command.
static void each_command(struct host *host,
                         void (*check)(struct host *host, const char *command,
                                       bool asks)) {
    struct lab_text export = {0};
    for (size_t i = 0; questions[i]; i++)
        check(host, questions[i], true);
    for (const struct lab_view *view = lab_views; view->name; view++)
        check(host, view->name, false);
    lab_text_printf(&export, "export mermaid /tmp/looplab-last-%d.md",
                    (int)getpid());
    check(host, lab_text_string(&export), false);
    unlink(strrchr(lab_text_string(&export), ' ') + 1);
    lab_text_free(&export);
}

static int run(struct host *host, const char *command, const char *words) {
    struct lab_text line = {0};
    lab_text_printf(&line, "%s%s%s", command, *words ? " " : "", words);
    int status = host_run(host, lab_text_string(&line));
    if (status != LAB_EXIT_OK)
        printf("%s: %s", lab_text_string(&line), host_said(host));
    lab_text_free(&line);
    return status;
}

// What ran last is demo 3: [variants], with [delay] and [schedule].
static void check_last(const struct host *host, const char *variants,
                       const char *delay, const char *schedule) {
    const struct lab_comparison *last = &host->shell.last;
    struct lab_text names = {0};
    for (size_t i = 0; i < last->count; i++)
        lab_text_printf(&names, "%s%s", i ? " " : "", last->runs[i]->name);
    CHECK_STR(lab_text_string(&names), variants);
    CHECK_STR(last->params[1].value, delay);
    CHECK_STR(last->schedule ? last->schedule : "", schedule);
    lab_text_free(&names);
}

static void begin(struct host *host) {
    CHECK_INT(run(host, "run", "3 together delay=40 --schedule=seed:7"),
              LAB_EXIT_OK);
}

static void look_at_last(struct host *host, const char *command, bool asks) {
    (void)asks;
    begin(host);
    unsigned long ran = host->shell.ran;
    CHECK_INT(run(host, command, ""), LAB_EXIT_OK);
    CHECK_INT(run(host, command, "together"), LAB_EXIT_OK);
    CHECK_INT(run(host, command, "tog"), LAB_EXIT_OK); // its beginning will do
    CHECK_INT(host->shell.ran, ran);
    check_last(host, "together", "40", "seed:7");
}

static void run_the_rest(struct host *host, const char *command, bool asks) {
    (void)asks;
    begin(host);
    CHECK_INT(run(host, command, "in_turn"), LAB_EXIT_OK);
    check_last(host, "in_turn", "40", "seed:7");
    begin(host);
    CHECK_INT(run(host, command, "delay=70"), LAB_EXIT_OK);
    check_last(host, "together", "70", "seed:7");
    begin(host);
    CHECK_INT(run(host, command, "together in_turn"), LAB_EXIT_OK);
    check_last(host, "in_turn together", "40", "seed:7");
}

static void run_a_demo(struct host *host, const char *command, bool asks) {
    (void)asks;
    begin(host);
    bool counts = strcmp(command, "step") == 0; // step 3 is three steps
    CHECK_INT(run(host, command, counts ? "3 n=5" : "3"), LAB_EXIT_OK);
    check_last(host, "in_turn together", "1000", "");
    CHECK_INT(run(host, command, "3 together delay=5"), LAB_EXIT_OK);
    check_last(host, "together", "5", "");
}

static void go_to_a_moment(struct host *host, const char *command, bool asks) {
    if (strncmp(command, "step", 4) == 0 || strncmp(command, "goto", 4) == 0)
        return; // these have other ways to say it
    begin(host);
    int expected = asks ? LAB_EXIT_OK : LAB_EXIT_USAGE;
    static const char *const words[] = {"at=20ms", "together at=20ms",
                                        "at=20ms in_turn", "3 at=0.5s"};
    for (size_t i = 0; i < countof(words); i++) {
        struct lab_text line = {0};
        lab_text_printf(&line, "%s %s", command, words[i]);
        CHECK_INT(host_run(host, lab_text_string(&line)), expected);
        CHECK(asks || strstr(host_said(host), "at= goes with"));
        lab_text_free(&line);
    }
}

static void refuse_what_is_not_there(struct host *host, const char *command,
                                     bool asks) {
    (void)asks;
    begin(host);
    CHECK_INT(host_run(host, command), LAB_EXIT_OK);
    struct lab_text line = {0};
    lab_text_printf(&line, "%s together speed=3", command);
    CHECK_INT(host_run(host, lab_text_string(&line)), LAB_EXIT_USAGE);
    CHECK(strstr(host_said(host), "no parameter"));
    lab_text_free(&line);
}

#define TEST_EACH(name, check)                                                 \
    TEST(name) {                                                               \
        struct host host;                                                      \
        host_open(&host);                                                      \
        each_command(&host, check);                                            \
        host_close(&host);                                                     \
    }

TEST_EACH(every_command_looks_at_what_ran_last, look_at_last)
TEST_EACH(what_has_not_run_runs_as_the_last_did, run_the_rest)
TEST_EACH(every_command_runs_a_demo_that_is_named, run_a_demo)
TEST_EACH(every_question_goes_to_a_moment, go_to_a_moment)
TEST_EACH(every_command_refuses_values_of_no_parameter,
          refuse_what_is_not_there)

TEST(questions_look_at_the_variant_that_was_named_last) {
    struct host host;
    host_open(&host);
    host_run(&host, "run 3");
    host_run(&host, "ps");
    CHECK(strstr(host_out(&host), "03 in_turn: "));
    host_run(&host, "timeline together");
    host_run(&host, "ps");
    CHECK(strstr(host_out(&host), "03 together: "));
    host_run(&host, "timeline");
    CHECK(strstr(host_out(&host), "in_turn"));
    CHECK(strstr(host_out(&host), "together"));
    host_run(&host, "run 3");
    host_run(&host, "ps");
    CHECK(strstr(host_out(&host), "03 in_turn: "));
    host_close(&host);
}

// --- at once

TEST(questions_about_a_demo_run_it_at_once_and_say_so) {
    struct host host;
    struct lab_text line = {0};
    host_open(&host);
    host.shell.options.clock = LAB_CLOCK_REAL;
    for (size_t i = 0; questions[i]; i++) {
        lab_text_clear(&line);
        lab_text_printf(&line, "%s 3 together delay=60000", questions[i]);
        CHECK_INT(host_run(&host, lab_text_string(&line)), LAB_EXIT_OK);
        CHECK(strstr(host_out(&host), "03 sequential_gather runs under the "
                                      "virtual clock;"));
        CHECK(host.shell.last.clock.is_virtual);
    }
    for (const struct lab_view *view = lab_views; view->name; view++) {
        if (!view->asks)
            continue;
        lab_text_clear(&line);
        lab_text_printf(&line, "%s 3 delay=60000", view->name);
        CHECK_INT(host_run(&host, lab_text_string(&line)), LAB_EXIT_OK);
        CHECK(strstr(host_out(&host), "runs under the virtual clock"));
    }
    host_run(&host, "tree 3 together delay=1 --clock=real");
    CHECK(!strstr(host_out(&host), "under the virtual clock"));
    CHECK(!host.shell.last.clock.is_virtual);
    lab_text_free(&line);
    host_close(&host);
}

TEST(after_the_end_a_question_says_how_to_ask_about_before) {
    static const struct {
        const char *line;
        bool is_over;
    } cases[] = {{"ps 3 together", true},     {"alive 3 together", true},
                 {"why t2 3 together", true}, {"ps 3 together at=0.5s", false},
                 {"ps 7 no_wait", false},      // there is no time before
                 {"ps 19 two_orders", false}}; // two wait, for ever
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < countof(cases); i++) {
        CHECK_INT(host_run(&host, cases[i].line), LAB_EXIT_OK);
        const char *hint = strstr(host_out(&host),
                                  "\nat=0.5s asks about an earlier moment.\n");
        CHECK((hint != NULL) == cases[i].is_over);
        CHECK((strstr(host_out(&host), " asks about") != NULL) ==
              cases[i].is_over);
    }
    host_close(&host);
}

TEST(the_earlier_moment_of_a_run_of_hours_can_be_typed) {
    static const char *const cases[][2] = {
        {"ps 3 together delay=1", "\nat=0.0005s asks"},
        {"ps 26 silence limit=3600s", "\nat=1800s asks"},
        {"ps 26 in_time limit=3600s", "\nat=3590s asks"}};
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < countof(cases); i++) {
        CHECK_INT(host_run(&host, cases[i][0]), LAB_EXIT_OK);
        const char *hint = strstr(host_out(&host), "\nat=");
        CHECK(hint && strncmp(hint, cases[i][1], strlen(cases[i][1])) == 0);
    }
    host_close(&host);
}

TEST(questions_about_nothing_say_what_to_type) {
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"why", "nothing has run yet; type run 3 first, or why 3 together\n"},
        {"goto", "goto needs a moment: a time or a number of events; and as "
                 "nothing has run yet, a demo; for example: goto 0.5s 3 "
                 "together\n"},
        {"why t3", "nothing has run yet; type run 3 first, or why t3 3 "
                   "together\n"},
        {"goto 0.5s", "nothing has run yet; type run 3 first, or goto 0.5s 3 "
                      "together\n"},
        {"ps", "nothing has run yet; type run 3 first, or ps 3 together\n"},
        {"back", "nothing has run yet; type run 3 first, or step 3 together\n"},
        {"until t2 ends",
         "nothing has run yet; type run 3 first, or until t2 ends 3 "
         "together\n"},
        {"until a.txt arrived 3 together",
         "nothing has run yet; type run 3 first, or step 3 together\n"},
    };
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < countof(cases); i++) {
        CHECK_INT(host_run(&host, cases[i].line), LAB_EXIT_USAGE);
        CHECK_STR(host_said(&host), cases[i].says);
    }
    host_close(&host);
}

// Its lane is beside those of the tasks.
TEST(why_of_a_worker_says_whose_job_it_is_at) {
    struct host host;
    host_open(&host);
    CHECK_INT(host_run(&host, "why pool-1 18 asking at=0.3s"), LAB_EXIT_USAGE);
    CHECK_STR(host_said(&host),
              "pool-1 is a worker, not a task; it is at a job of t1, so ask "
              "why t1; pool lists its jobs\n");
    CHECK_INT(host_run(&host, "why pool-1 18 asking"), LAB_EXIT_USAGE);
    CHECK_STR(host_said(&host),
              "pool-1 is a worker, not a task; pool lists its jobs\n");
    CHECK_INT(host_run(&host, "why pool-9 18 asking"), LAB_EXIT_USAGE);
    CHECK(strstr(host_said(&host), "no task pool-9 in asking"));
    host_close(&host);
}

static void check_out(struct host *host, const char *line, const char *out) {
    CHECK_INT(host_run(host, line), LAB_EXIT_OK);
    if (!CHECK(strstr(host_out(host), out)))
        CHECK_STR(host_out(host), line);
}

// Bare, it is of the whole run; of a demo, a variant, or what ran last.
TEST(why_is_asked_of_a_run_when_no_task_is_named) {
    struct host host;
    host_open(&host);
    check_out(&host, "why 3 together at=0.5s",
              "t1 together waits for t2 to t6");
    check_out(&host, "why at=0.5s", "t1 together waits for t2 to t6");
    check_out(&host, "why 3 at=0.5s", "t3 b.txt sleeps");
    CHECK_INT(host_run(&host, "why at=0"), LAB_EXIT_USAGE);
    CHECK(strstr(host_said(&host), "no task was spawned by then"));
    check_out(&host, "run 3", "together");
    check_out(&host, "why", "t1 in_turn ended at 5.000 s");
    check_out(&host, "why together at=0.5s", "t1 together waits for t2 to t6");
    check_out(&host, "why 4 on_loop", "t1 on_loop ended");
    check_out(&host, "why 3 together", "t1 together ended");
    check_out(&host, "why b.txt together", "t3 b.txt ended");
    CHECK_INT(host_run(&host, "why nobody"), LAB_EXIT_USAGE);
    CHECK(strstr(host_said(&host), "no task nobody in together"));
    host_close(&host);
}

TEST(until_runs_what_is_named_after_the_deed) {
    struct host host;
    host_open(&host);
    check_out(&host, "until t2 ends 3 together", "t2 a.txt ends with 100");
    check_out(&host, "until t2 ends together", "t2 a.txt ends with 100");
    CHECK_INT(host_run(&host, "until t2 says hello"), LAB_EXIT_USAGE);
    CHECK(strstr(host_said(&host), "\"t2 says hello\" does not come"));
    host_close(&host);
}

TEST(a_word_that_means_nothing_is_told_what_ran_last) {
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"tree nothing", "no demo \"nothing\"; type list to see which there "
                         "are; sequential_gather, which ran last, has in_turn, "
                         "together\n"},
        {"ps togehter",
         "no variant \"togehter\" has run; did you mean \"together\"?\n"},
        {"timeline seqential",
         "no demo \"seqential\"; did you mean \"sequential\"?\n"},
    };
    struct host host;
    host_open(&host);
    host_run(&host, "run 3");
    for (size_t i = 0; i < countof(cases); i++) {
        CHECK_INT(host_run(&host, cases[i].line), LAB_EXIT_USAGE);
        CHECK_STR(host_said(&host), cases[i].says);
    }
    host_close(&host);
}
