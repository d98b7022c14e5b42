#include "records.h"
#include "view/view.h"

// clang-format off: what is seen stands whole on its line.
TEST(timeline_02) {
    CHECK_VIEW(
        lab_view_timeline, comparison_02(), &style_80,
        "blocking  1.500 s  sleep() holds the thread\n"
        "           0     0.2 s   0.4 s   0.6 s   0.8 s    1 s    1.2 s   1.4 "
        "s\n"
        "           "
        "├───────┼───────┼───────┼───────┼───────┼───────┼───────┼───╴\n"
        "loop       "
        "●···●···●·█████████████████████████████████████████···●···●·●\n"
        "blocking   "
        "●─────────█████████████████████████████████████████─────────●\n"
        "heartbeat  "
        "◆───◆───◆─────────────────────────────────────────◆───◆───◆─●\n"
        "                   ├── longest gap between beats: 1.050 s ───┤\n"
        "loop idle 33 % of the time; 2 tasks in flight at most\n"
        "\n"
        "timer  1.500 s  the loop wakes it\n"
        "           0     0.2 s   0.4 s   0.6 s   0.8 s    1 s    1.2 s   1.4 "
        "s\n"
        "           "
        "├───────┼───────┼───────┼───────┼───────┼───────┼───────┼───╴\n"
        "loop       "
        "●···●···●·●·●···●···●···●···●···●···●···●···●···●·●·●···●···●\n"
        "timer      "
        "●─────────●───────────────────────────────────────●─────────●\n"
        "heartbeat  "
        "◆───◆───◆───◆───◆───◆───◆───◆───◆───◆───◆───◆───◆───◆───◆───●\n"
        "           ├───┤ longest gap between beats: 100.0 ms\n"
        "loop idle 100 % of the time; 2 tasks in flight at most\n"
        "\n"
        "● running  ─ waiting  █ blocked  · idle  ◆ beat\n");
    CHECK_VIEW(
        lab_view_timeline, comparison_02(), &style_80_ascii,
        "blocking  1.500 s  sleep() holds the thread\n"
        "           0     0.2 s   0.4 s   0.6 s   0.8 s    1 s    1.2 s   1.4 "
        "s\n"
        "           "
        "|-------+-------+-------+-------+-------+-------+-------+----\n"
        "loop       "
        "o...o...o.#########################################...o...o.o\n"
        "blocking   "
        "o---------#########################################---------o\n"
        "heartbeat  "
        "*---*---*-----------------------------------------*---*---*-o\n"
        "                   |-- longest gap between beats: 1.050 s ---|\n"
        "loop idle 33 % of the time; 2 tasks in flight at most\n"
        "\n"
        "timer  1.500 s  the loop wakes it\n"
        "           0     0.2 s   0.4 s   0.6 s   0.8 s    1 s    1.2 s   1.4 "
        "s\n"
        "           "
        "|-------+-------+-------+-------+-------+-------+-------+----\n"
        "loop       "
        "o...o...o.o.o...o...o...o...o...o...o...o...o...o.o.o...o...o\n"
        "timer      "
        "o---------o---------------------------------------o---------o\n"
        "heartbeat  "
        "*---*---*---*---*---*---*---*---*---*---*---*---*---*---*---o\n"
        "           |---| longest gap between beats: 100.0 ms\n"
        "loop idle 100 % of the time; 2 tasks in flight at most\n"
        "\n"
        "o running  - waiting  # blocked  . idle  * beat\n");
}

TEST(timeline_03) {
    CHECK_VIEW(lab_view_timeline, comparison_03(), &style_80,
               "in_turn  5.000 s  call each, wait for it\n"
               "          0          1 s         2 s         3 s         4 s   "
               "     5 s\n"
               "          "
               "├───────────┼───────────┼───────────┼───────────┼───────────┤\n"
               "loop      "
               "●···········●···········●···········●···········●···········●\n"
               "in_turn   "
               "●───────────●───────────●───────────●───────────●───────────●\n"
               "loop idle 100 % of the time; 1 task in flight at most\n"
               "\n"
               "together  1.000 s  spawn all, gather\n"
               "          0          1 s         2 s         3 s         4 s   "
               "     5 s\n"
               "          "
               "├───────────┼───────────┼───────────┼───────────┼───────────┤\n"
               "loop      ●···········●\n"
               "together  ●───────────●\n"
               "a.txt     ●───────────●\n"
               "b.txt     ●───────────●\n"
               "c.txt     ●───────────●\n"
               "d.txt     ●───────────●\n"
               "e.txt     ●───────────●\n"
               "loop idle 100 % of the time; 6 tasks in flight at most\n"
               "\n"
               "● running  ─ waiting  · idle\n");
    CHECK_VIEW(lab_view_timeline, comparison_03(), &style_80_ascii,
               "in_turn  5.000 s  call each, wait for it\n"
               "          0          1 s         2 s         3 s         4 s   "
               "     5 s\n"
               "          "
               "|-----------+-----------+-----------+-----------+-----------+\n"
               "loop      "
               "o...........o...........o...........o...........o...........o\n"
               "in_turn   "
               "o-----------o-----------o-----------o-----------o-----------o\n"
               "loop idle 100 % of the time; 1 task in flight at most\n"
               "\n"
               "together  1.000 s  spawn all, gather\n"
               "          0          1 s         2 s         3 s         4 s   "
               "     5 s\n"
               "          "
               "|-----------+-----------+-----------+-----------+-----------+\n"
               "loop      o...........o\n"
               "together  o-----------o\n"
               "a.txt     o-----------o\n"
               "b.txt     o-----------o\n"
               "c.txt     o-----------o\n"
               "d.txt     o-----------o\n"
               "e.txt     o-----------o\n"
               "loop idle 100 % of the time; 6 tasks in flight at most\n"
               "\n"
               "o running  - waiting  . idle\n");
}
// clang-format on

// Demo 04 in a pool of two alone: both are too long for one string in UTF-8.
static struct lab_comparison comparison_pool_2(void) {
    struct lab_comparison comparison = comparison_of(4, &demo_04);
    add_result(&comparison, 0, record_pool(2));
    return comparison;
}

// clang-format off: what is seen stands whole on its line.
TEST(timeline_04) {
    CHECK_VIEW(
        lab_view_timeline, comparison_pool_2(), &style_80,
        "pool_2  400.0 ms  two workers\n"
        "           0            100 ms          200 ms          300 ms        "
        "400 ms\n"
        "           "
        "├───────────────┼───────────────┼───────────────┼───────────────┤\n"
        "loop       "
        "●·······●·······●·······●·······●·······●·······●·······●·······●\n"
        "pool_2     "
        "●───────────────────────────────────────────────────────────────●\n"
        "heartbeat  "
        "◆───────◆───────◆───────◆───────◆───────◆───────◆───────◆───────◆\n"
        "           ├───────┤ longest gap between beats: 50.0 ms\n"
        "job 1      ●───────────────●\n"
        "job 2      ●───────────────●\n"
        "job 3      ●░░░░░░░░░░░░░░░░───────────────●\n"
        "job 4      ●░░░░░░░░░░░░░░░░───────────────●\n"
        "job 5      ●░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░───────────────●\n"
        "job 6      ●░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░───────────────●\n"
        "job 7      "
        "●░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░───────────────●\n"
        "job 8      "
        "●░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░───────────────●\n"
        "pool-1     ▐job 1██████████▐job 3██████████▐job 5██████████▐job "
        "7███████████\n"
        "pool-2     ▐job 2██████████▐job 4██████████▐job 6██████████▐job "
        "8███████████\n"
        "loop idle 100 % of the time; 10 tasks in flight at most\n"
        "\n"
        "● running  ─ waiting  ░ queued  █ blocked  · idle  ▐ a job starts  ◆ "
        "beat\n");
    CHECK_VIEW(
        lab_view_timeline, comparison_04(), &style_80_ascii,
        "pool_2  400.0 ms  two workers\n"
        "           0            100 ms          200 ms          300 ms        "
        "400 ms\n"
        "           "
        "|---------------+---------------+---------------+---------------+\n"
        "loop       "
        "o.......o.......o.......o.......o.......o.......o.......o.......o\n"
        "pool_2     "
        "o---------------------------------------------------------------o\n"
        "heartbeat  "
        "*-------*-------*-------*-------*-------*-------*-------*-------*\n"
        "           |-------| longest gap between beats: 50.0 ms\n"
        "job 1      o---------------o\n"
        "job 2      o---------------o\n"
        "job 3      oqqqqqqqqqqqqqqqq---------------o\n"
        "job 4      oqqqqqqqqqqqqqqqq---------------o\n"
        "job 5      oqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq---------------o\n"
        "job 6      oqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq---------------o\n"
        "job 7      "
        "oqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq---------------o\n"
        "job 8      "
        "oqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq---------------o\n"
        "pool-1     [job 1##########[job 3##########[job 5##########[job "
        "7###########\n"
        "pool-2     [job 2##########[job 4##########[job 6##########[job "
        "8###########\n"
        "loop idle 100 % of the time; 10 tasks in flight at most\n"
        "\n"
        "pool_4  200.0 ms  four workers\n"
        "           0            100 ms          200 ms          300 ms        "
        "400 ms\n"
        "           "
        "|---------------+---------------+---------------+---------------+\n"
        "loop       o.......o.......o.......o.......o\n"
        "pool_4     o-------------------------------o\n"
        "heartbeat  *-------*-------*-------*-------*\n"
        "           |-------| longest gap between beats: 50.0 ms\n"
        "job 1      o---------------o\n"
        "job 2      o---------------o\n"
        "job 3      o---------------o\n"
        "job 4      o---------------o\n"
        "job 5      oqqqqqqqqqqqqqqqq---------------o\n"
        "job 6      oqqqqqqqqqqqqqqqq---------------o\n"
        "job 7      oqqqqqqqqqqqqqqqq---------------o\n"
        "job 8      oqqqqqqqqqqqqqqqq---------------o\n"
        "pool-1     [job 1##########[job 5###########\n"
        "pool-2     [job 2##########[job 6###########\n"
        "pool-3     [job 3##########[job 7###########\n"
        "pool-4     [job 4##########[job 8###########\n"
        "loop idle 100 % of the time; 10 tasks in flight at most\n"
        "\n"
        "o running  - waiting  q queued  # blocked  . idle  [ a job starts  * "
        "beat\n");
}
// clang-format on

TEST(timeline_02_at_20_columns) {
    struct lab_style style = {.width = 20};
    CHECK_VIEW(lab_view_timeline, comparison_02(), &style,
               "blocking  1.500 s\n"
               "      0      1 s\n"
               "      ├───────┼───╴\n"
               "loop  ●●█████████●●\n"
               "bloc… ●─█████████─●\n"
               "hear… ◆◆◆───────◆◆◆\n"
               "        ├───────┤\n"
               "  longest gap\n"
               "    between beats:\n"
               "    1.050 s\n"
               "loop idle 33 % of\n"
               "the time; 2 tasks in\n"
               "flight at most\n"
               "\n"
               "timer  1.500 s\n"
               "      0      1 s\n"
               "      ├───────┼───╴\n"
               "loop  ●●●●●●●●●●●●●\n"
               "timer ●─●───────●─●\n"
               "hear… ◆◆◆◆◆◆◆◆◆◆◆◆●\n"
               "      ├┤\n"
               "  longest gap\n"
               "    between beats:\n"
               "    100.0 ms\n"
               "loop idle 100 % of\n"
               "the time; 2 tasks in\n"
               "flight at most\n"
               "\n"
               "● running  ─ waiting\n"
               "█ blocked  ◆ beat\n");
}

// A comparison of demo 03 with [record] alone.
static struct lab_comparison comparison_with(struct lab_record *record) {
    struct lab_comparison comparison = comparison_of(3, &demo_03);
    add_result(&comparison, 0, record);
    return comparison;
}

TEST(a_run_without_length_is_one_cell) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, RUN, 0, 1, NULL);
    ADD(record, SPAWN, 0, 2, "child");
    ADD(record, END, 0, 1, NULL);
    ADD(record, RUN, 0, 2, NULL);
    ADD(record, END, 0, 2, NULL);
    CHECK_VIEW(lab_view_timeline, comparison_with(record), &style_80_ascii,
               "in_turn  0 s  call each, wait for it\n"
               "       0\n"
               "       |\n"
               "loop   o\n"
               "main   o\n"
               "child  o\n"
               "2 tasks in flight at most\n"
               "\n"
               "o running\n");
}

TEST(an_empty_record_has_a_loop_that_did_nothing) {
    CHECK_VIEW(lab_view_timeline, comparison_with(lab_record_new()),
               &style_80_ascii,
               "in_turn  0 s  call each, wait for it\n"
               "       0\n"
               "       |\n"
               "loop\n"
               "0 tasks in flight at most\n"
               "\n");
}

TEST(of_many_tasks_thirty_are_shown) {
    struct lab_record *record = lab_record_new();
    for (unsigned i = 1; i <= 100; i++)
        ADD(record, SPAWN, 0, i, "task");
    char *text =
        seen(lab_view_timeline, comparison_with(record), &style_80_ascii);
    CHECK(strstr(text, "\ntask 30"));
    CHECK(!strstr(text, "\ntask 31"));
    CHECK(strstr(text, "\n... and 70 tasks more\n"));
    lab_free(text);
}

TEST(forty_tasks_are_all_shown) {
    struct lab_record *record = lab_record_new();
    for (unsigned i = 1; i <= 40; i++)
        ADD(record, SPAWN, 0, i, "task");
    char *text =
        seen(lab_view_timeline, comparison_with(record), &style_80_ascii);
    CHECK(strstr(text, "\ntask 40"));
    CHECK(!strstr(text, "more"));
    lab_free(text);
}

TEST(the_gap_is_shown_though_its_lane_is_not) {
    struct lab_comparison comparison = comparison_of(2, &demo_02);
    struct lab_record *record = lab_record_new();
    for (unsigned i = 1; i <= 50; i++)
        ADD(record, SPAWN, 0, i, "task");
    ADD(record, MARK, 0, 50, "beat");
    ADD(record, MARK, LAB_S, 50, "beat");
    add_result(&comparison, 0, record);
    char *text = seen(lab_view_timeline, comparison, &style_80_ascii);
    CHECK(strstr(text, " longest gap between beats: 1.000 s -"));
    lab_free(text);
}

TEST(a_much_shorter_run_is_stretched_and_says_so) {
    struct lab_comparison comparison = comparison_03();
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "quick");
    ADD(record, RUN, 0, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, 0, 1, LAB_ON_SLEEP);
    wake(record, 5 * LAB_MS, 1);
    ADD(record, END, 5 * LAB_MS, 1, NULL);
    add_result(&comparison, 1, record);
    char *text = seen(lab_view_timeline, comparison, &style_80_ascii);
    CHECK(strstr(text, "together  5.0 ms  spawn all, gather\n"
                       "(too short for the common scale: stretched)\n"));
    CHECK(strstr(text, "5 ms\n"));
    lab_free(text);
}

TEST(a_run_that_failed_says_why) {
    struct lab_comparison comparison = comparison_03();
    comparison.runs[0]->rc = LAB_ECANCELED;
    struct lab_text line = {0};
    lab_text_printf(&line, "call each, wait for it\n%s\n",
                    lab_error_text(LAB_ECANCELED));
    char *text = seen(lab_view_timeline, comparison, &style_80_ascii);
    CHECK(strstr(text, lab_text_string(&line)));
    lab_text_free(&line);
    lab_free(text);
}

TEST(a_stretch_of_time_and_some_lanes_can_be_looked_at) {
    struct lab_style style = {.width = 60,
                              .ascii = true,
                              .from = 100 * LAB_MS,
                              .to = 300 * LAB_MS,
                              .lanes = "job 3,pool-1,t2"};
    CHECK_VIEW(lab_view_timeline, comparison_pool_2(), &style,
               "pool_2  400.0 ms  two workers\n"
               "           100 ms   150 ms      200 ms      250 ms    300 ms\n"
               "           |-----------+-----------+-----------+-----------+\n"
               "heartbeat  *-----------*-----------*-----------*-----------*\n"
               "job 3      q-----------------------o\n"
               "pool-1     [job 3##################[job 5##################[\n"
               "loop idle 100 % of the time; 10 tasks in flight at most\n"
               "\n"
               "o running  - waiting  q queued  # blocked  [ a job starts\n"
               "* beat\n");
}

TEST(who_is_not_there_in_a_stretch_of_time_has_no_lane) {
    struct lab_style style = {.width = 80, .from = 250 * LAB_MS};
    char *text = seen(lab_view_timeline, comparison_pool_2(), &style);
    CHECK(!strstr(text, "\njob 4")); // over at 200 ms
    CHECK(strstr(text, "\njob 5 "));
    lab_free(text);
}

TEST(a_run_that_was_over_before_says_so) {
    struct lab_style style = {.width = 80, .ascii = true, .from = 2 * LAB_S};
    char *text = seen(lab_view_timeline, comparison_03(), &style);
    CHECK(strstr(text, "together  1.000 s  spawn all, gather\n"
                       "(over before what is shown here begins)\n"));
    lab_free(text);
}
