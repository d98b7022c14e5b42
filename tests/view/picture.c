#include "view/picture.h"

#include "records.h"

#include <string.h>

// A picture of one second.
static void open_picture(struct lab_picture *picture, struct lab_text *out,
                         const struct lab_style *style) {
    lab_picture_init(picture, out, style, 10, 0);
    lab_picture_scale(picture, LAB_S);
}

static void check_bracket(lab_time from, lab_time to, const char *expected) {
    struct lab_text out = {0};
    struct lab_style style = {.width = 50, .ascii = true};
    struct lab_picture picture;
    open_picture(&picture, &out, &style);
    lab_picture_bracket(&picture, from, to, "gap: 0.5 s");
    CHECK_STR(lab_text_string(&out), expected);
    lab_picture_term(&picture);
    lab_text_free(&out);
}

TEST(a_bracket_has_its_text_inside_if_it_is_long_enough) {
    check_bracket(0, 500 * LAB_MS, "          |--- gap: 0.5 s ---|\n");
}

TEST(a_short_bracket_has_its_text_behind) {
    check_bracket(200 * LAB_MS, 400 * LAB_MS,
                  "                  |------| gap: 0.5 s\n");
}

TEST(a_short_bracket_near_the_end_has_its_text_before) {
    check_bracket(800 * LAB_MS, LAB_S,
                  "                             gap: 0.5 s |-------|\n");
}

// Neither in it, nor before or after it in its row: below where it begins, or
// so far to the left that it fits.
TEST(a_bracket_with_a_long_text_has_it_below) {
    static const char *const text = "the longest gap is 0.5 s";
    static const struct {
        int from, to;
        const char *expected;
    } cases[] = {{300, 900,
                  "|----------------------|\n"
                  "                     the longest gap is 0.5 s\n"},
                 {600, 900,
                  "|----------|\n"
                  "                          the longest gap is 0.5 "
                  "s\n"}};
    static const struct lab_style style = {.width = 50, .ascii = true};
    for (size_t i = 0; i < countof(cases); i++) {
        struct lab_text out = {0};
        struct lab_picture picture;
        open_picture(&picture, &out, &style);
        lab_picture_bracket(&picture, cases[i].from * LAB_MS,
                            cases[i].to * LAB_MS, text);
        CHECK_STR(strchr(lab_text_string(&out), '|'), cases[i].expected);
        lab_picture_term(&picture);
        lab_text_free(&out);
    }
}

TEST(a_bracket_without_length_is_a_line) {
    check_bracket(LAB_S, LAB_S,
                  "                                     gap: 0.5 s |\n");
}

static bool is_drawn(int glyph) {
    return glyph != LAB_PICTURE_STATE + LAB_IS_NEW && // as READY
           glyph != LAB_PICTURE_STATE + LAB_IS_ENDED;
}

static void check_distinct(bool ascii) {
    struct lab_text glyphs[LAB_PICTURE_GLYPHS] = {0};
    struct lab_style style = {.width = 80, .ascii = ascii};
    for (int i = 0; i < LAB_PICTURE_GLYPHS; i++) {
        if (is_drawn(i))
            lab_picture_glyph(&glyphs[i], &style, (enum lab_picture_glyph)i, 1);
        for (int j = 0; j < i; j++)
            CHECK(!is_drawn(i) || strcmp(lab_text_string(&glyphs[i]),
                                         lab_text_string(&glyphs[j])) != 0);
    }
    for (int i = 0; i < LAB_PICTURE_GLYPHS; i++)
        lab_text_free(&glyphs[i]);
}

TEST(no_two_meanings_have_the_same_glyph) {
    check_distinct(false);
    check_distinct(true);
}

TEST(what_matters_most_wins_the_cell) {
    struct lab_text out = {0};
    struct lab_picture picture;
    struct lab_span spans[] = {
        {0, LAB_S, LAB_IS_WAITING},
        {0, 300 * LAB_MS, LAB_IS_QUEUED},
        {100 * LAB_MS, 100 * LAB_MS, LAB_IS_RUNNING},
        {100 * LAB_MS, 200 * LAB_MS, LAB_IS_COMPUTING},
        {200 * LAB_MS, 200 * LAB_MS, LAB_IS_BLOCKED},
    };
    struct lab_moment moment = {.time = 500 * LAB_MS, .name = "beat"};
    struct lab_lane lane = {.name = "lane",
                            .spans = spans,
                            .span_count = 5,
                            .moments = &moment,
                            .moment_count = 1};
    struct lab_style style = {.width = 31, .ascii = true};
    open_picture(&picture, &out, &style);
    lab_picture_lanes(&picture, lane.name, &lane, 1);
    lab_picture_legend(&picture, "beat");
    picture_show("", lab_text_string(&out));
    lab_picture_term(&picture);
    lab_text_free(&out);
}

TEST(a_job_has_its_name_in_the_bar_or_its_number_or_nothing) {
    struct lab_text out = {0};
    struct lab_picture picture;
    struct lab_span spans[] = {
        {0, 600 * LAB_MS, LAB_IS_BLOCKED},
        {600 * LAB_MS, LAB_S, LAB_IS_IDLE},
    };
    struct lab_moment moments[] = {
        {.time = 0, .name = "read", .job = 1},
        {.time = 200 * LAB_MS, .name = "a long name", .job = 2},
        {.time = 400 * LAB_MS, .name = "é", .job = 3},
        {.time = 600 * LAB_MS, .name = "x", .job = 4},
    };
    struct lab_lane lane = {.name = "w",
                            .spans = spans,
                            .span_count = 2,
                            .moments = moments,
                            .moment_count = countof(moments)};
    open_picture(&picture, &out, &style_80_ascii);
    lab_picture_lanes(&picture, lane.name, &lane, 1);
    CHECK_STR(lab_text_string(&out),
              "w         [read#######[2##########[3##########[............"
              "............\n");
    lab_picture_term(&picture);
    lab_text_free(&out);
}

TEST(of_jobs_that_start_in_one_cell_the_last_is_named_alone) {
    struct lab_text out = {0};
    struct lab_picture picture;
    struct lab_span span = {0, LAB_S, LAB_IS_BLOCKED};
    struct lab_moment moments[] = {
        {.time = 0, .name = "both_pools", .job = 1},
        {.time = 0, .name = "read", .job = 2},
    };
    struct lab_lane lane = {.name = "w",
                            .spans = &span,
                            .span_count = 1,
                            .moments = moments,
                            .moment_count = countof(moments)};
    open_picture(&picture, &out, &style_80_ascii);
    lab_picture_lanes(&picture, lane.name, &lane, 1);
    CHECK(strstr(lab_text_string(&out), " [read####"));
    lab_picture_term(&picture);
    lab_text_free(&out);
}
