#include "view/film.h"

#include "runs.h"

#include "view/demos.h"

// A frame at [now], of one run or of all.
static const char *frame(const struct lab_comparison *comparison, lab_time now,
                         size_t only, int width, int rows) {
    static char text[20000];
    const struct lab_style style = {.width = width, .ascii = true};
    const struct lab_film film = {comparison, now, 0.5, true, only};
    struct lab_text out = {0};
    lab_film_screen(&out, &style, &film, rows);
    memccpy(text, lab_text_string(&out), 0, sizeof text - 1);
    lab_text_free(&out);
    return text;
}

static int count_lines(const char *text, int width) {
    int count = 1;
    for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
        CHECK((int)strcspn(text, "\n") <= width);
        count += strchr(text, '\n') != NULL;
    }
    return count;
}

TEST(a_frame_has_the_rows_and_columns_of_the_screen) {
    static const int widths[] = {1, 10, 20, 40, 80, 200};
    struct lab_comparison comparison = comparison_04();
    for (size_t i = 0; i < countof(widths); i++)
        for (int rows = 1; rows < 50; rows++)
            for (size_t only = 0; only <= comparison.count; only++)
                CHECK_INT(count_lines(frame(&comparison, LAB_S / 3, only,
                                            widths[i], rows),
                                      widths[i]),
                          rows);
    lab_comparison_free(&comparison);
}

TEST(a_frame_shows_what_was_so_up_to_its_moment) {
    struct lab_comparison comparison = comparison_04();
    struct lab_text text = {0};
    lab_text_printf(&text, "%s\n", frame(&comparison, 150 * LAB_MS, 1, 80, 16));
    picture_show("", text.data);
    lab_text_free(&text);
    lab_comparison_free(&comparison);
}

// From the beginning to the end and back, by the moments of all runs.
TEST(moments_are_gone_through_in_both_directions) {
    struct lab_comparison comparison = comparison_04();
    struct lab_film film = {.comparison = &comparison, .pace = 1};
    lab_time end = lab_film_end(&film), seen[200];
    size_t count = 0;
    CHECK(end > 0);
    while (film.now < end && count < countof(seen)) {
        seen[count++] = film.now;
        lab_time next = lab_film_next(&film);
        MUST(next > film.now);
        film.now = next;
    }
    CHECK_INT(film.now, end);
    CHECK_INT(lab_film_next(&film), end);
    CHECK(count > 3);
    while (count > 0) {
        film.now = lab_film_last(&film);
        CHECK_INT(film.now, seen[--count]);
    }
    CHECK_INT(lab_film_last(&film), 0);
    lab_comparison_free(&comparison);
}

TEST(a_film_of_one_variant_does_not_offer_another) {
    struct lab_comparison one = run_demo(4, "pool_2", ""),
                          all = comparison_04();
    CHECK_INT(one.count, 1);
    CHECK(strstr(frame(&all, LAB_S, 1, 80, 14), "+ -: speed  v  ? help"));
    CHECK(strstr(frame(&one, LAB_S, 0, 80, 14), "+ -: speed  ? help"));
    CHECK(strstr(frame(&one, LAB_S, 0, 40, 14), "? help"));
    lab_comparison_free(&one);
    lab_comparison_free(&all);
}

TEST(what_finds_no_room_in_a_frame_is_said) {
    struct lab_comparison comparison = run_demo(4, NULL, "");
    CHECK(comparison.count > 3);
    CHECK(strstr(frame(&comparison, LAB_S, 0, 80, 14), "more; v shows one"));
    CHECK(!strstr(frame(&comparison, LAB_S, 1, 80, 14), "more; v shows one"));
    CHECK(!strstr(frame(&comparison, LAB_S, 0, 80, 60), "more; v shows one"));
    lab_comparison_free(&comparison);
}

TEST(the_signs_of_a_frame_are_named_where_there_is_room) {
    struct lab_comparison comparison = comparison_04();
    const char *runs = "o running  - waiting", *gap = "\n\no running";
    MUST(strstr(frame(&comparison, 150 * LAB_MS, 0, 80, 60), runs));
    CHECK(strstr(frame(&comparison, 150 * LAB_MS, 0, 80, 60), gap));
    int rows = 60; // the fewest that have room for it
    while (strstr(frame(&comparison, 150 * LAB_MS, 0, 80, rows - 1), runs))
        rows--;
    const char *last = frame(&comparison, 150 * LAB_MS, 0, 80, rows);
    const char *legend = strstr(last, runs);
    MUST(legend);
    CHECK(strstr(legend, "\nspace: play"));
    CHECK_INT(count_lines(last, 80), rows);
    lab_comparison_free(&comparison);
}

// In which row of [text] does a line begin with [head]?
static int row_of(const char *text, const char *head) {
    int row = 0;
    for (; *text && strncmp(text, head, strlen(head)) != 0; row++)
        text += strcspn(text, "\n") + (strchr(text, '\n') != NULL);
    return *text ? row : -1;
}

TEST(a_narrow_film_says_the_whole_of_how_a_run_goes_about_it) {
    struct lab_comparison comparison = run_demo(3, NULL, "");
    const char *now = frame(&comparison, LAB_S, 0, 40, 24);
    CHECK(strstr(now, "\nin_turn  1.000 s\n  call each, wait for it\nloop "));
    CHECK(strstr(now, "\ntogether  1.000 s, over\n  spawn all, gather\nloop "));
    int row = row_of(now, "together  ");
    CHECK(row > 0); // and nothing moves when it is over
    CHECK_INT(row_of(frame(&comparison, 5 * LAB_S, 0, 40, 24), "together  "),
              row);
    lab_comparison_free(&comparison);
    comparison = run_demo(11, NULL, ""); // there is no room for it
    now = frame(&comparison, LAB_S, 0, 40, 13);
    CHECK(strstr(now, "\nin_rounds  1.000 s  gather as many as t~\nloop "));
    lab_comparison_free(&comparison);
}

TEST(tasks_and_workers_that_find_no_room_are_counted_in_one_row) {
    struct lab_comparison comparison = run_demo(4, NULL, "");
    const char *now = frame(&comparison, LAB_S, 0, 80, 24);
    CHECK(strstr(now, "\npool-1  "));
    CHECK(strstr(now, "\n... and 10 tasks and 3 workers more\n"));
    CHECK(strstr(now, "\n... and 10 tasks and 1 worker more\n"));
    CHECK(!strstr(now, "more\n... and"));
    now = frame(&comparison, LAB_S, 4, 30, 7);
    CHECK(strstr(now, "\n... and 14 lanes more\n"));
    lab_comparison_free(&comparison);
}
