#include "view/axis.h"

#include "records.h"

// Adds the stretch from [from] to [to] in [cells] cells to the pictures.
static void show_axis(lab_time from, lab_time to, int cells) {
    struct lab_text out = {0}, title = {0};
    struct lab_axis axis = lab_axis_between(from, to, cells);
    lab_time_put(&title, from);
    lab_text_put(&title, " to ");
    lab_time_put(&title, to);
    lab_text_printf(&title, " in %d cells", cells);
    lab_axis_put(&out, &style_80_ascii, &axis, 0);
    picture_show(lab_text_string(&title), lab_text_string(&out));
    lab_text_free(&title);
    lab_text_free(&out);
}

TEST(ticks_are_at_round_times) {
    show_axis(0, 5 * LAB_S, 31);
}

TEST(labels_have_the_unit_that_suits_the_whole) {
    show_axis(0, LAB_S, 41);
    show_axis(0, 1500, 22);
}

TEST(ticks_of_a_stretch_have_the_times_of_the_run) {
    show_axis(LAB_S, 1500 * LAB_MS, 41);
    show_axis(1150 * LAB_MS, 1500 * LAB_MS, 41);
    show_axis(999 * LAB_S, 999 * LAB_S + 1, 3);
}

TEST(a_run_without_length_has_one_cell) {
    struct lab_axis axis = lab_axis_of(0, 60);
    CHECK_INT(axis.cells, 1);
    CHECK_INT(lab_axis_cell(&axis, 0), 0);
    CHECK_INT(lab_axis_cell(&axis, LAB_S), 0);
    show_axis(0, 0, 60);
}

TEST(a_cell_is_never_further_than_half_a_cell_from_its_time) {
    static const lab_time scales[] = {
        1,          7,     999,           1000,          12345,
        7 * LAB_MS, LAB_S, 1500 * LAB_MS, 5 * LAB_S + 1, 86400 * LAB_S,
        INT64_MAX,
    };
    bool near = true;
    for (size_t i = 0; i < countof(scales); i++)
        for (int cells = 1; cells <= 180; cells++) {
            lab_time scale = scales[i];
            struct lab_axis axis = lab_axis_of(scale, cells);
            int last = axis.cells - 1;
            near = near && axis.cells >= 1 && axis.cells <= cells;
            near = near && lab_axis_cell(&axis, scale) == last;
            // So many cells is a nanosecond.
            double per = axis.step ? axis.apart / (double)axis.step
                                   : last / (double)scale;
            for (int k = 0; k <= 10; k++) {
                lab_time time = scale / 10 * k;
                double off = lab_axis_cell(&axis, time) - (double)time * per;
                near = near && off <= 0.51 && off >= -0.51;
            }
        }
    CHECK(near);
}

TEST(a_stretch_is_drawn_from_its_first_cell_to_its_last) {
    bool near = true;
    for (int cells = 2; cells <= 180; cells++)
        for (lab_time from = 0; from < 10 * LAB_S; from += 777 * LAB_MS) {
            lab_time to = from + 1234 * LAB_MS;
            struct lab_axis axis = lab_axis_between(from, to, cells);
            near = near && lab_axis_cell(&axis, from) == 0 &&
                   lab_axis_cell(&axis, to) == axis.cells - 1;
            double per = axis.step ? axis.apart / (double)axis.step
                                   : (axis.cells - 1) / (1234e6);
            for (lab_time time = from; time <= to; time += 100 * LAB_MS) {
                double off =
                    lab_axis_cell(&axis, time) - (double)(time - from) * per;
                near = near && off <= 0.51 && off >= -0.51;
            }
        }
    CHECK(near);
}

TEST(an_even_rhythm_is_drawn_evenly) {
    // A beat each 100 ms in 1.5 s, at whatever width.
    bool even = true;
    for (int cells = 40; cells <= 190; cells++) {
        struct lab_axis axis = lab_axis_of(1500 * LAB_MS, cells);
        int apart = lab_axis_cell(&axis, 100 * LAB_MS);
        for (int i = 1; i <= 15; i++)
            even =
                even && (axis.step != 200 * LAB_MS ||
                         lab_axis_cell(&axis, i * 100 * LAB_MS) == i * apart);
    }
    CHECK(even);
}

TEST(ticks_are_few_however_wide_the_screen) {
    struct lab_axis axis = lab_axis_of(LAB_S, 190);
    CHECK_INT(axis.step, 100 * LAB_MS);
    axis = lab_axis_of(9 * LAB_S, 190);
    CHECK_INT(axis.step, LAB_S);
}

TEST(two_cells_are_used_though_there_is_no_room_for_a_tick) {
    struct lab_axis axis = lab_axis_of(999, 2);
    CHECK_INT(axis.step, 0);
    CHECK_INT(axis.cells, 2);
}

TEST(what_is_beyond_the_scale_is_at_its_end) {
    struct lab_axis axis = lab_axis_of(LAB_S, 41);
    CHECK_INT(lab_axis_cell(&axis, -5), 0);
    CHECK_INT(lab_axis_cell(&axis, LAB_FOREVER), 40);
}

// --- what is drawn along it, compared with when it was

enum { BLOCKS = 6 };

struct blocks {
    lab_time from[BLOCKS], to[BLOCKS];
};

static uint32_t roll(uint32_t *seed) {
    return (*seed = *seed * 1664525 + 1013904223) >> 8;
}

// A task that holds the thread now and then.
static struct lab_record *record_blocks(uint32_t seed, struct blocks *blocks) {
    struct lab_record *record = lab_record_new();
    lab_time time = 0;
    ADD(record, SPAWN, 0, 1, "blocks");
    ADD(record, RUN, 0, 1, NULL);
    for (int i = 0; i < BLOCKS; i++) {
        add_on(record, LAB_EVENT_WAIT, time, 1, LAB_ON_SLEEP);
        time += 1 + roll(&seed) % 1000 * (lab_time)(roll(&seed) % 1000000);
        wake(record, time, 1);
        blocks->from[i] = time;
        add_block(record, LAB_EVENT_BLOCK, time, 1, 0, LAB_ON_BLOCK);
        time += 1 + roll(&seed) % 300 * (lab_time)(roll(&seed) % 1000000);
        blocks->to[i] = time;
        add_block(record, LAB_EVENT_UNBLOCK, time, 1, 0, LAB_ON_BLOCK);
    }
    ADD(record, END, time, 1, NULL);
    return record;
}

// Is [cell] within one cell of some time from [from] to [to]?
static bool is_near(const struct lab_axis *axis, int cell, lab_time from,
                    lab_time to) {
    double per = axis->step ? axis->apart / (double)axis->step
                            : (axis->cells - 1) / (double)axis->scale;
    return cell >= (double)(from - axis->from) * per - 1 &&
           cell <= (double)(to - axis->from) * per + 1;
}

// Is each cell of [row] that is blocked near a block, and is each beginning
// and end of a block that is on the axis near such a cell?
static bool row_is_true(const char *row, const struct lab_axis *axis,
                        const struct blocks *blocks) {
    bool right = true, begun[BLOCKS] = {0}, ended[BLOCKS] = {0};
    for (int cell = 0; row[cell] && row[cell] != '\n'; cell++) {
        bool near = row[cell] != '#';
        for (int i = 0; i < BLOCKS && row[cell] == '#'; i++) {
            lab_time from = blocks->from[i], to = blocks->to[i];
            near = near || is_near(axis, cell, from, to);
            begun[i] = begun[i] || is_near(axis, cell, from, from);
            ended[i] = ended[i] || is_near(axis, cell, to, to);
        }
        right = right && near;
    }
    for (int i = 0; i < BLOCKS; i++) {
        lab_time end = axis->from + axis->scale;
        if (blocks->from[i] >= axis->from && blocks->from[i] <= end)
            right = right && begun[i];
        if (blocks->to[i] >= axis->from && blocks->to[i] <= end)
            right = right && ended[i];
    }
    return right;
}

// A comparison of demo 03 with [record] alone.
static struct lab_comparison comparison_with(struct lab_record *record) {
    return demo_with(3, "in_turn", record);
}

static bool drawing_is_true(uint32_t seed) {
    struct blocks blocks;
    struct lab_record *record = record_blocks(seed, &blocks);
    lab_time end = lab_record_end(record);
    struct lab_style style = {.width = 20 + (int)(seed % 180), .ascii = true};
    if (seed % 2) {
        style.from = end / 1000 * (lab_time)(roll(&seed) % 900);
        style.to = style.from + 1 + end / 10;
    }
    // Names take "blocks", or a quarter; then come a space or two.
    int margin = style.width < 24 ? 6 : style.width < 40 ? 7 : 8;
    struct lab_axis axis = lab_axis_between(
        style.from, style.to && style.to < end ? style.to : end,
        style.width - margin);
    char *text = seen(lab_view_timeline, comparison_with(record), &style);
    const char *above = strstr(text, "\nblocks\n"); // it has no room beside
    const char *row = above ? strchr(above + 1, '\n') : strstr(text, "\nbloc");
    bool right = row && strlen(row) > (size_t)margin &&
                 row_is_true(row + 1 + margin, &axis, &blocks);
    lab_free(text);
    return right;
}

TEST(the_axis_never_lies_by_more_than_a_cell) {
    for (uint32_t seed = 1; seed <= 500; seed++)
        if (!CHECK(drawing_is_true(seed)))
            CHECK_INT(seed, 0); // says which
}
