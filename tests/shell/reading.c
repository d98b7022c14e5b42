#include "shell/reading.h"

#include "folder.h"
#include "shell/host.h"
#include "test.h"

#define LESSON                                                                 \
    "# 03 gather\nHello.\n"                                                    \
    "## Predict\nWhich?\n"                                                     \
    "## Run\nLook:\n```looplab\nlooplab> clock\nan old answer\n"               \
    "looplab> set\n```\nThat was it.\n"                                        \
    "## Why\nBecause.\n"

// A prompt, with lessons and a memory of its own.
struct desk {
    struct folder folder;
    struct host host;
};

static void sit_down(struct desk *desk) {
    host_open(&desk->host);
    lab_free(desk->host.shell.folders.lessons);
    desk->host.shell.folders.lessons = lab_strdup(desk->folder.path);
    desk->host.shell.at_prompt = true;
    desk->host.shell.options.clock = LAB_CLOCK_REAL;
}

static void desk_open(struct desk *desk) {
    folder_init(&desk->folder);
    folder_put(&desk->folder, "03_sequential_gather.md", LESSON);
    folder_put(&desk->folder, "04_executor.md", "# 04 executor\nJobs.\n");
    setenv("XDG_STATE_HOME", desk->folder.path, 1);
    sit_down(desk);
}

static void desk_close(struct desk *desk) {
    host_close(&desk->host);
    unsetenv("XDG_STATE_HOME");
    unlink(folder_file(&desk->folder, "looplab/lessons"));
    rmdir(folder_file(&desk->folder, "looplab"));
    folder_term(&desk->folder);
}

// What is printed for [line], with its lines joined by "/".
static void check(struct desk *desk, const char *line, const char *expected) {
    struct lab_text out = {0};
    CHECK_INT(host_run(&desk->host, line), LAB_EXIT_OK);
    for (const char *at = host_out(&desk->host); *at; at++)
        lab_text_write(&out, *at == '\n' ? "/" : at, 1);
    if (!CHECK_STR(lab_text_string(&out), expected))
        CHECK_STR(line, ""); // says which
    lab_text_free(&out);
}

#define FIRST                                                                                   \
    "03 gather/─────────//Hello.//1 of 4. Enter continues: Predict (b back, " \
    "q leaves)/"
#define SECOND                                                                        \
    "Predict/───────//Which?//2 of 4. Enter continues: Run (b back, q " \
    "leaves)/"
#define THIRD "Run/───//Look://3 of 4. Enter runs: clock (b back, q leaves)/"
#define LAST                                                                    \
    "Why/───//Because.//4 of 4. This is the end. Enter begins lesson 4. " \
    "(b back, q leaves)/Or type: predict 3 again, progress/"

TEST(a_lesson_is_read_part_by_part_and_its_commands_run) {
    struct desk desk;
    desk_open(&desk);
    check(&desk, "lesson 3", FIRST);
    check(&desk, "next", SECOND);
    check(&desk, "next", THIRD);
    check(&desk, "next",
          "looplab> clock/The clock is virtual: nothing waits, and figures are "
          "exact.//3 of 4. Enter runs: set (b back, q leaves)/");
    CHECK(!desk.host.shell.options.clock.is_virtual);
    CHECK_INT(host_run(&desk.host, "next"), LAB_EXIT_OK);
    CHECK(strncmp(host_out(&desk.host), "looplab> set\n", 13) == 0);
    CHECK(strstr(
        host_out(&desk.host),
        "\nThat was it.\n\n3 of 4. Enter continues: Why (b back, q leaves)\n"));
    CHECK(!strstr(host_out(&desk.host), "an old answer"));
    check(&desk, "next", LAST);
    check(&desk, "next",
          "04 executor/───────────//Jobs.//1 of 1. This is the end of the last "
          "lesson. (b back, q leaves)/Or type: predict 4 again, progress/");
    check(&desk, "next", "That was the last lesson. lesson 1 begins again./");
    CHECK_INT(host_run(&desk.host, "next"), LAB_EXIT_USAGE);
    desk_close(&desk);
}

TEST(back_shows_the_part_before_unless_a_run_is_stepped_through) {
    struct desk desk;
    desk_open(&desk);
    check(&desk, "lesson 3 3", THIRD);
    check(&desk, "back", SECOND);
    check(&desk, "back", FIRST);
    check(&desk, "back", "This is the beginning of the lesson./");
    CHECK_INT(host_run(&desk.host, "step 3 together --clock=virtual"),
              LAB_EXIT_OK);
    CHECK_INT(host_run(&desk.host, "back"), LAB_EXIT_OK);
    CHECK(strstr(host_out(&desk.host), "event 0 of"));
    check(&desk, "next", SECOND);
    check(&desk, "back", FIRST);
    desk_close(&desk);
}

TEST(the_place_is_kept_from_one_session_to_the_next) {
    struct desk desk;
    desk_open(&desk);
    check(&desk, "lesson", FIRST); // there is no other
    check(&desk, "next", SECOND);
    check(&desk, "lesson 4",
          "04 executor/───────────//Jobs.//1 of 1. This is the end of the last "
          "lesson. (b back, q leaves)/Or type: predict 4 again, progress/");
    check(&desk, "lesson 3", SECOND);
    host_close(&desk.host);
    sit_down(&desk);
    CHECK_INT(host_run(&desk.host, "next"), LAB_EXIT_USAGE); // nothing is open
    check(&desk, "lesson", SECOND);
    check(&desk, "lesson 3 1", FIRST);
    check(&desk, "lesson 3 99", LAST);
    CHECK_INT(host_run(&desk.host, "lesson 3 0"), LAB_EXIT_USAGE);
    CHECK_INT(host_run(&desk.host, "lesson 3 two"), LAB_EXIT_USAGE);
    desk_close(&desk);
}

TEST(a_clock_that_the_lesson_chooses_stays_chosen) {
    struct desk desk;
    desk_open(&desk);
    folder_put(&desk.folder, "03_sequential_gather.md",
               "```looplab\nlooplab> clock x0.5\n```\n");
    check(&desk, "lesson 3",
          "/1 of 1. Enter runs: clock x0.5 (b back, q leaves)/");
    CHECK_INT(host_run(&desk.host, "next"), LAB_EXIT_OK);
    CHECK(!desk.host.shell.options.clock.is_virtual);
    CHECK(desk.host.shell.options.clock.pace < 1);
    desk_close(&desk);
}

TEST(a_lesson_that_runs_lessons_is_told_so) {
    struct desk desk;
    desk_open(&desk);
    folder_put(&desk.folder, "03_sequential_gather.md",
               "```looplab\nlooplab> lesson 4\nlooplab> next\n"
               "looplab> rnu\n```\n");
    host_run(&desk.host, "lesson 3");
    CHECK_INT(host_run(&desk.host, "next"), LAB_EXIT_OK);
    CHECK(strstr(host_out(&desk.host), "let it end first"));
    CHECK_INT(host_run(&desk.host, "next"), LAB_EXIT_OK);
    CHECK(strstr(host_out(&desk.host), "let it end first"));
    CHECK_INT(host_run(&desk.host, "next"), LAB_EXIT_OK);
    CHECK(strstr(host_out(&desk.host), "did you mean \"run\"?"));
    desk_close(&desk);
}

TEST(without_a_prompt_a_lesson_is_printed_whole) {
    struct desk desk;
    desk_open(&desk);
    desk.host.shell.at_prompt = false;
    check(&desk, "lesson 3",
          "03 gather/─────────//Hello.//Predict/───────//Which?//Run/───//"
          "Look://looplab> clock/an old answer/looplab> set//That was it.//"
          "Why/───//Because./");
    CHECK_INT(host_run(&desk.host, "lesson"), LAB_EXIT_USAGE);
    CHECK_INT(host_run(&desk.host, "lesson 3 2"), LAB_EXIT_USAGE);
    desk_close(&desk);
}
