#include "view/panel.h"

#include "runs.h"

#include "record/record_internal.h"

#include <string.h>

static const char source[] =
    "line one\n\tlab_sleep(1); // \xc3\xa4\n\n\x1b[2J\n"
    "five\nsix, which is a very long line that goes on "
    "and on and on and on and on and on and on\n";

// Everything that is said of [panel], in [style].
static void put_all(struct lab_text *out, const struct lab_style *style,
                    const struct lab_snapshot *snapshot) {
    const struct lab_state *state = snapshot->state;
    lab_panel_put(out, style, snapshot);
    lab_question_ps(out, style, snapshot);
    lab_question_alive(out, style, snapshot);
    for (size_t i = 0; i < state->tasks.count; i++)
        lab_question_why(out, style, snapshot,
                         lab_state_task_at(state, i)->number);
}

static bool is_ascii(const char *text) {
    for (; *text; text++)
        if ((*text < ' ' || *text > '~') && *text != '\n')
            return false;
    return true;
}

static int count_lines(const char *text) {
    int count = 1;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

// Lines of a screen may end in spaces: nobody sees those.
static bool screen_fits(struct lab_text *screen, int columns, int rows) {
    bool fits = count_lines(lab_text_string(screen)) == rows;
    char *line = screen->data;
    while (line && *line && fits) {
        size_t n = strcspn(line, "\n");
        char end = line[n];
        line[n] = '\0';
        fits = lab_text_columns(line) <= columns;
        line[n] = end;
        line += n + (end == '\n');
    }
    return fits;
}

static bool fits(const struct lab_snapshot *snapshot, int columns, int rows,
                 bool ascii) {
    struct lab_style style = {columns, .ascii = ascii, .color = true};
    struct lab_text out = {0}, screen = {0};
    lab_panel_screen(&screen, &style, snapshot, rows);
    strip(screen.data ? screen.data : (char[]){""});
    bool fine = screen_fits(&screen, columns, rows);
    style.width = columns < 20 ? 20 : columns;
    put_all(&out, &style, snapshot);
    strip(out.data);
    fine =
        fine && lines_fit(out.data, style.width) &&
        (!ascii || (is_ascii(out.data) && is_ascii(lab_text_string(&screen))));
    lab_text_free(&out);
    lab_text_free(&screen);
    return fine;
}

static void check_record(struct lab_record *record, bool with_source) {
    static const int sizes[][2] = {{80, 24}, {200, 50}, {40, 12}, {20, 5},
                                   {7, 3},   {1, 1},    {119, 2}, {120, 24}};
    struct lab_comparison comparison = run_demo(3, "together", "");
    struct lab_run run = {.name = "together", .record = record};
    struct lab_state *state = lab_state_new(record);
    struct lab_snapshot snapshot = {.state = state,
                                    .source = with_source ? source : NULL,
                                    .comparison = &comparison,
                                    .run = &run};
    // Of a long run not every moment: each screen draws the whole of it.
    size_t step = 1 + lab_record_count(record) / 40, i = 0;
    for (size_t n = 0; n <= lab_record_count(record); n += step) {
        const int *size = sizes[i++ % countof(sizes)];
        lab_state_go(state, n);
        if (!CHECK(fits(&snapshot, size[0], size[1], i % 3 == 0))) {
            CHECK_INT(n, 0); // says where
            break;
        }
    }
    lab_state_free(state);
    lab_comparison_free(&comparison);
}

static void check_result(const struct lab_comparison *comparison,
                         const struct lab_run *run) {
    check_record(run->record, run == comparison->runs[0]);
}

TEST(moments_of_every_demo_fit_on_every_screen) {
    with_runs(check_result);
}

TEST(nonsense_fits_on_every_screen) {
    for (uint32_t seed = 1; seed <= 40; seed++) {
        struct lab_record *record = record_of_nonsense(seed, 120);
        check_record(record, seed % 2);
        lab_record_free(record);
    }
}

// The panel of [record] after [at] events.
static char *panel_at(struct lab_record *record, size_t at, lab_time asked) {
    struct lab_comparison comparison = run_demo(3, "together", "");
    struct lab_run run = {.name = "together", .record = record};
    struct lab_state *state = lab_state_new(record);
    struct lab_snapshot snapshot = {
        .state = state, .comparison = &comparison, .run = &run};
    struct lab_text out = {0};
    lab_state_go(state, at);
    lab_state_pass(state, asked);
    lab_panel_put(&out, &style_80, &snapshot);
    lab_state_free(state);
    lab_comparison_free(&comparison);
    return out.data;
}

TEST(a_panel_tells_what_happened_and_what_is_next) {
    struct lab_record *record = record_together();
    char *is = panel_at(record, 26, 0);
    picture_show("", is);
    lab_free(is);
    is = panel_at(record, 25, 0);
    CHECK(strstr(is, "is ready: its timer was due") != NULL);
    CHECK(strstr(is, "woken") == NULL); // it has just been said
    lab_free(is);
    lab_record_free(record);
}

// What the screen of [record] after [at] events says of a missing line.
static void check_no_line(struct lab_record *record, size_t at,
                          const char *text, const char *says) {
    struct lab_comparison comparison = run_demo(3, "together", "");
    struct lab_run run = {.name = "together", .record = record};
    struct lab_state *state = lab_state_new(record);
    struct lab_snapshot snapshot = {
        .state = state, .source = text, .comparison = &comparison, .run = &run};
    struct lab_text out = {0};
    lab_state_go(state, at);
    lab_panel_screen(&out, &style_80, &snapshot, 24);
    CHECK(strstr(lab_text_string(&out), says) != NULL);
    lab_text_free(&out);
    lab_state_free(state);
    lab_comparison_free(&comparison);
}

TEST(a_screen_without_a_line_says_why) {
    struct lab_record *record = record_together();
    check_no_line(record, 0, "", "(no line has run yet)");
    check_no_line(record, 1, "", "(no line of the program: the loop did that)");
    check_no_line(record, 0, NULL, "(the source is not here)");
    lab_record_free(record);
}

// The last row of the first moment of the first run.
static void check_keys(const struct lab_comparison *comparison,
                       const char *keys) {
    const struct lab_run *run = comparison->runs[0];
    struct lab_state *state = lab_state_new(run->record);
    const struct lab_snapshot snapshot = {
        .state = state, .comparison = comparison, .run = run};
    struct lab_text out = {0};
    lab_panel_screen(&out, &style_80, &snapshot, 24);
    CHECK_STR(strrchr(lab_text_string(&out), '\n') + 1, keys);
    lab_text_free(&out);
    lab_state_free(state);
}

TEST(a_stepper_of_one_variant_does_not_offer_another) {
    struct lab_comparison one = run_demo(3, "together", "");
    struct lab_comparison both = run_demo(3, NULL, "");
    check_keys(&one, "← → event   ↑ ↓ turn   Home End   ? help   q leave");
    check_keys(&both, "← → event   ↑ ↓ turn   Home End   v variant   ? help   "
                      "q leave");
    lab_comparison_free(&one);
    lab_comparison_free(&both);
}

TEST(a_narrow_stepper_says_in_whole_sentences_what_is_waited_for) {
    static const struct lab_style narrow = {.width = 36};
    struct lab_comparison pool = run_demo(4, "pool_2", "");
    const struct lab_run *run = pool.runs[0];
    struct lab_state *state = lab_state_new(run->record);
    const struct lab_snapshot snapshot = {
        .state = state, .comparison = &pool, .run = run};
    struct lab_text out = {0};
    lab_state_go(state, 84);
    lab_panel_screen(&out, &narrow, &snapshot, 30);
    const char *screen = lab_text_string(&out);
    CHECK(strstr(screen, "woken   t2 heartbeat: its timer was\n"
                         "        due\n"));
    CHECK(strstr(screen, "pools   pool: 2 of 2 workers busy, 4\n"
                         "        queued\n"));
    CHECK(strstr(screen, "task          state\n"
                         "t1 pool_2     waiting for t5 to t10\n"
                         "t2 heartbeat  sleeps until 400.0 ms\n"));
    lab_text_clear(&out);
    lab_panel_screen(&out, &narrow, &snapshot, 12); // no room for two rows
    CHECK(strstr(lab_text_string(&out), "woken   t2 heartbeat: its timer"));
    CHECK(!strstr(lab_text_string(&out), " due"));
    lab_text_free(&out);
    lab_state_free(state);
    lab_comparison_free(&pool);
}

TEST(a_narrow_stepper_has_the_states_in_their_colours_and_whole_reasons) {
    static const struct lab_style narrow = {.width = 40, .color = true};
    struct lab_comparison race = run_demo(19, "unguarded", "");
    const struct lab_run *run = race.runs[0];
    struct lab_state *state = lab_state_new(run->record);
    const struct lab_snapshot snapshot = {
        .state = state, .comparison = &race, .run = run};
    struct lab_text out = {0};
    lab_state_go(state, 8);
    lab_panel_screen(&out, &narrow, &snapshot, 30);
    CHECK(strstr(lab_text_string(&out), "\x1b[1;38;5;28mrunning\x1b[0m\n"));
    CHECK(strstr(lab_text_string(&out),
                 "\x1b[38;5;133mready\x1b[0m; has never run\n"));
    lab_state_go(state, 25);
    lab_text_clear(&out);
    lab_panel_screen(&out, &narrow, &snapshot, 30);
    strip(out.data);
    picture_show("", out.data);
    lab_text_free(&out);
    lab_state_free(state);
    lab_comparison_free(&race);
}

TEST(a_time_between_two_events_is_said_as_it_was_asked_for) {
    struct lab_record *record = record_together();
    char *is = panel_at(record, 23, 300 * LAB_MS);
    CHECK(strstr(is, "event 23 of 56, at 300.0 ms, turn 2\n") != NULL);
    lab_free(is);
    lab_record_free(record);
}

TEST(a_moment_after_which_nothing_was_kept_is_no_end) {
    struct lab_record *record = record_together();
    record->left_out = 7;
    char *is = panel_at(record, lab_record_count(record), 0);
    CHECK(strstr(is, ", where the record is full\n") != NULL);
    lab_free(is);
    is = panel_at(record, lab_record_count(record) - 1, 0);
    CHECK(strstr(is, "full") == NULL);
    lab_free(is);
    lab_record_free(record);
}

TEST(a_panel_on_a_narrow_screen_says_the_whole) {
    static const struct lab_style narrow = {.width = 40};
    struct lab_comparison comparison = run_demo(2, "blocking", "");
    struct lab_run *run = comparison.runs[0];
    struct lab_state *state = lab_state_new(run->record);
    struct lab_snapshot snapshot = {
        .state = state, .comparison = &comparison, .run = run};
    struct lab_text out = {0};
    lab_state_go(state, lab_state_by(run->record, 150 * LAB_MS));
    lab_panel_put(&out, &narrow, &snapshot);
    picture_show("", lab_text_string(&out));
    lab_text_free(&out);
    lab_state_free(state);
    lab_comparison_free(&comparison);
}

// What a screen of [record] as it is now says, with or without what is [kept].
static char *screen_of(struct lab_record *record,
                       struct lab_panel_lanes *kept) {
    struct lab_comparison comparison = run_demo(3, "together", "");
    struct lab_run run = {.name = "together", .record = record};
    struct lab_state *state = lab_state_new(record);
    struct lab_snapshot snapshot = {
        .state = state, .comparison = &comparison, .run = &run, .lanes = kept};
    struct lab_text out = {0};
    lab_panel_screen(&out, &style_80, &snapshot, 24);
    lab_state_free(state);
    lab_comparison_free(&comparison);
    return out.data;
}

static void check_kept(struct lab_record *record,
                       struct lab_panel_lanes *kept) {
    char *with = screen_of(record, kept), *without = screen_of(record, NULL);
    CHECK_STR(with, without);
    lab_free(with);
    lab_free(without);
}

TEST(lanes_that_are_kept_are_those_of_the_record_as_it_is) {
    struct lab_panel_lanes kept = {0};
    struct lab_record *record = record_together(), *other = record_of_beats(5);
    check_kept(record, &kept);
    check_kept(record, &kept);
    beat(record, LAB_S * 2, 1);
    check_kept(record, &kept);
    check_kept(other, &kept);
    lab_panel_lanes_free(&kept);
    lab_record_free(record);
    lab_record_free(other);
}
