#include "view/export.h"

#include "export.h"
#include "runs.h"

// The tags of [text] but the ticks: long names leave less room for those.
static char *tags_but_ticks(const char *text) {
    static const char tick[] = "<text x=\"\" y=\"\" class=\"\" text-anchor="
                               "\"\"></text><path class=\"\" d=\"\"/>";
    char *tags = tags_of(text);
    for (char *at = tags; (at = strstr(at, tick));)
        memmove(at, at + strlen(tick), strlen(at + strlen(tick)) + 1);
    return tags;
}

TEST(names_change_no_tag_of_a_picture) {
    char *plain = export_called(lab_export_svg, "plain");
    char *expected = tags_but_ticks(plain);
    for (size_t i = 0; i < HARMFUL; i++) {
        char *name = harmful_name(i);
        char *text = export_called(lab_export_svg, name);
        char *tags = tags_but_ticks(text);
        if (!CHECK_STR(tags, expected) || !CHECK(is_balanced(tags)))
            CHECK_INT(i, -1); // says which
        lab_free(tags);
        lab_free(text);
        lab_free(name);
    }
    lab_free(expected);
    lab_free(plain);
}

TEST(a_picture_stands_alone_and_says_what_it_shows) {
    char *text = seen(lab_export_svg, comparison_03(), &style_80);
    CHECK(strstr(text, "role=\"img\"") != NULL);
    CHECK(strstr(text, ">03 sequential_gather</title>") != NULL);
    CHECK(strstr(text, "in_turn took 5.000 s, together took 1.000 s. together "
                       "is 5.0 times as fast") != NULL);
    CHECK(strstr(text, "prefers-color-scheme:dark") != NULL);
    CHECK_INT(times_in(text, "<script"), 0);
    CHECK_INT(times_in(text, "http"), 1); // the name of the format
    lab_free(text);
}

TEST(time_goes_evenly_from_left_to_right) {
    struct lab_comparison comparison = run_demo(3, "in_turn", "");
    char *text = seen(lab_export_svg, comparison, &style_80);
    const char *at = strstr(text, "class=\"run dot\" d=\"");
    int x[6] = {0}, count = 0;
    MUST(at != NULL);
    for (; *at != '>' && count < 6; at++)
        if (*at == 'M')
            x[count++] = atoi(at + 1);
    CHECK_INT(count, 6); // one a second
    for (int i = 1; i < 6; i++)
        CHECK(abs(x[i] - x[0] - (x[5] - x[0]) * i / 5) <= 1);
    CHECK(x[0] > 40 && x[5] > 800 && x[5] < 880);
    lab_free(text);
}

// Lanes, a task's and the loop's, in which each state is another shape.
TEST(each_state_is_drawn_in_a_way_of_its_own) {
    char *text = seen(lab_export_svg, comparison_04(), &style_80);
    CHECK(strstr(text, "class=\"block\"") && strstr(text, "class=\"queue\""));
    CHECK(strstr(text, "url(#lab-block)") && strstr(text, "dasharray:4 2"));
    CHECK(strstr(text, "class=\"idle\"") && strstr(text, "class=\"wait\""));
    CHECK(strstr(text, "class=\"run dot\"") && strstr(text, "class=\"mark\""));
    CHECK(strstr(text, ">beat</text>") && strstr(text, ">queued</text>"));
    CHECK(!strstr(text, ">computing</text>")); // nobody did
    lab_free(text);
}

TEST(a_picture_says_what_a_timeline_says) {
    char *text = seen(lab_export_svg, comparison_04(), &style_80);
    CHECK_INT(times_in(text, "class=\"gap\""), 2); // one a variant
    CHECK_INT(times_in(text, ">longest time without a beat: 50.0 ms</text>"),
              2);
    // Each of the 8 jobs has a bar with its name in it, of both pools.
    CHECK_INT(times_in(text, "class=\"job\">job "), 2 * 8);
    CHECK(strstr(text, "class=\"b\">pool_4 is 2.0 times as fast as pool_2"));
    lab_free(text);
}

// Each waits for the lock at once, and is named where it does.
TEST(a_job_that_waits_has_its_whole_name) {
    char *text = seen(lab_export_svg, run_demo(19, "locked", ""), &style_80);
    for (int i = 1; i <= 4; i++) {
        char name[32];
        snprintf(name, sizeof name, "class=\"job\">adder %d<", i);
        CHECK_INT(times_in(text, name), 1);
    }
    lab_free(text);
}

TEST(of_a_variant_that_was_skipped_a_picture_has_the_reason_alone) {
    struct lab_comparison comparison = comparison_02();
    struct lab_event event = {.kind = LAB_EVENT_SAY, .task = 1};
    char *whole = seen(lab_export_svg, comparison_02(), &style_80);
    lab_record_add(comparison.runs[1]->record, event, "skipped: nobody talks");
    comparison.runs[1]->rc = LAB_ESKIPPED;
    char *text = seen(lab_export_svg, comparison, &style_80);
    CHECK(strstr(text, "skipped: nobody talks"));
    CHECK(strstr(text, ">blocking<")); // the lane of the other
    CHECK(strstr(whole, ">timer<"));
    CHECK(!strstr(text, ">timer<"));
    lab_free(whole);
    lab_free(text);
}

// Whatever is in it, the legend stays inside the picture.
TEST(a_long_legend_has_more_rows) {
    char *text = seen(lab_export_svg, comparison_04(), &style_80);
    int most = 0;
    for (const char *at = text; (at = strstr(at, "<text x=\"")); at++) {
        int x = atoi(at + 9);
        const char *word = strchr(at, '>') + 1;
        int end = x + 7 * (int)strcspn(word, "<");
        if (strstr(at, "class=\"name\"") < word)
            most = end > most ? end : most;
    }
    CHECK(most > 400 && most < 880);
    lab_free(text);
}

static size_t count_names(const char *text) {
    return (size_t)times_in(text, "class=\"name\"");
}

TEST(a_picture_shows_the_lanes_that_are_asked_for) {
    struct lab_style style = {.width = 80, .lanes = "loop,t2"};
    char *all = seen(lab_export_svg, comparison_03(), &style_80);
    char *text = seen(lab_export_svg, comparison_03(), &style);
    CHECK(strstr(text, ">loop</text>") && strstr(text, ">a.txt</text>"));
    CHECK(!strstr(text, ">b.txt</text>") && strstr(all, ">b.txt</text>"));
    CHECK(!strstr(text, "class=\"name\">in_turn</text>"));
    CHECK(count_names(text) < count_names(all));
    lab_free(all);
    lab_free(text);
}

TEST(a_picture_shows_the_time_that_is_asked_for) {
    struct lab_style style = {
        .width = 80, .from = 1500 * LAB_MS, .to = 2500 * LAB_MS};
    char *text = seen(lab_export_svg, comparison_03(), &style);
    CHECK(strstr(text, ">2 s</text>") && strstr(text, ">1.6 s</text>"));
    CHECK(!strstr(text, ">0</text>") && !strstr(text, ">3 s</text>"));
    CHECK(!strstr(text, ">a.txt</text>")); // was over by then
    // In turn, one task is woken at 2 s: a dot of its own and of the loop.
    const char *at = strstr(text, "class=\"run dot\" d=\"M");
    MUST(at != NULL);
    int x = atoi(at + strlen("class=\"run dot\" d=\"M"));
    CHECK(x > 400 && x < 520);
    CHECK(strchr(strchr(at, 'M') + 1, 'M') > strchr(at, '>'));
    lab_free(text);
}

TEST(a_picture_of_any_part_of_nonsense_is_whole) {
    for (uint32_t seed = 1; seed <= 40; seed++) {
        struct lab_style style = {.width = 80,
                                  .from = seed % 5 * LAB_S,
                                  .to = seed % 3 ? (seed % 7 + 5) * LAB_S : 0,
                                  .lanes = seed % 2 ? "t1,t3,w1" : NULL};
        struct lab_comparison comparison =
            demo_with(3, "in_turn", record_of_nonsense(seed, 200));
        char *text = seen(lab_export_svg, comparison, &style);
        char *tags = tags_of(text);
        CHECK(is_balanced(tags));
        lab_free(tags);
        lab_free(text);
    }
}

TEST(a_picture_has_a_bound_however_long_the_run_was) {
    struct lab_comparison comparison =
        demo_with(2, "blocking", record_of_beats(20000));
    char *text = seen(lab_export_svg, comparison, &style_80);
    CHECK(strlen(text) < 40000);
    lab_free(text);
}

TEST(a_picture_draws_so_many_lanes_and_counts_the_rest) {
    struct lab_record *record = lab_record_new();
    for (unsigned i = 1; i <= 41; i++) {
        char name[] = {'j', 'o', 'b', ' ', (char)('@' + i), '\0'};
        ADD(record, SPAWN, 0, i, name);
    }
    struct lab_comparison comparison = demo_with(3, "in_turn", record);
    char *text = seen(lab_export_svg, comparison, &style_80);
    CHECK(strstr(text, ">job ^<") && !strstr(text, ">job _<"));
    CHECK(strstr(text, "... and 11 tasks more") != NULL);
    lab_free(text);
}
