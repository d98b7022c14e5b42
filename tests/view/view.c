#include "view/view.h"

#include "golden.h"
#include "runs.h"
#include "view/export.h"

#include <math.h>
#include <stdlib.h>

// What every view promises, checked on all of them.

static struct lab_comparison comparison_number(int i) {
    return i == 0   ? comparison_02()
           : i == 1 ? comparison_03()
                    : comparison_04();
}

// A comparison with what is seldom: an error, a law that did not hold, names
// that are long, wide, hostile or missing.
static struct lab_comparison comparison_odd(void) {
    static const struct lab_demo demo = {
        .name = "odd \x1b[31m\xff",
        .variants = {{"an_awfully_long_variant_name_it_is", NULL,
                      "text \x1b[2J", "min(a_long_name, another_one) * 3.14159",
                      "1s"},
                     {"日本語", NULL, NULL, "0", NULL},
                     {"\x1b[31m", NULL, "", "1s", NULL}},
        .mark = "mark",
        .gap_text = "das längste, was jemals ohne Ereignis verging"};
    struct lab_comparison comparison = comparison_of(99, &demo);
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "日本語日本語日本語日本語日本語");
    ADD(record, SPAWN, 0, 2, "");
    ADD(record, SPAWN, 0, 3, "\x1b]0;title\x07\xff\xfe");
    ADD(record, RUN, 0, 3, NULL);
    ADD(record, MARK, 3, 3, "mark");
    ADD(record, MARK, 12345678901234, 3, "mark");
    struct lab_run *run = add_result(&comparison, 0, record);
    run->time.held = false;
    run->time.predicted = 7;
    run->gap.held = false;
    run->gap.predicted = INT64_MAX / 2;
    add_result(&comparison, 1, lab_record_new())->rc = LAB_EDEADLK;
    run = add_result(&comparison, 2, record_in_turn());
    lab_free(run->time.law);
    run->time.law = NULL;
    run->time.measured = -1;
    return comparison;
}

// Does every view of [comparison] keep to [style]?
static bool fits(const struct lab_comparison *comparison,
                 const struct lab_style *style) {
    bool fit = true;
    for (const struct lab_view *view = lab_views; view->name; view++) {
        struct lab_text out = {0};
        if (view->render == lab_view_json)
            continue;
        view->render(&out, comparison, style);
        strip(out.data);
        bool whole = lines_fit(out.data, style->width);
        for (char *c = out.data; style->ascii && *c; c++)
            whole = whole && ((*c >= ' ' && *c <= '~') || *c == '\n');
        if (!whole)
            CHECK_STR(view->name, "a view that fits"); // says which
        fit = fit && whole;
        lab_text_free(&out);
    }
    return fit;
}

// Does it at [width]? Frees it. Each width has one of the four looks.
static bool all_fit(struct lab_comparison comparison, int width) {
    struct lab_style style = {width, width & 1, width & 2};
    bool fit = fits(&comparison, &style);
    lab_comparison_free(&comparison);
    return fit;
}

TEST(no_line_is_wider_than_the_style_says) {
    bool fit = true;
    for (int width = 20; width <= 200 && fit; width += width < 100 ? 1 : 7) {
        for (int i = 0; i < 3; i++)
            fit = fit && all_fit(comparison_number(i), width);
        fit = fit && all_fit(comparison_odd(), width);
        if (!fit)
            CHECK_INT(width, 0); // says which
    }
    CHECK(fit);
}

// The first [count] events of [record].
static struct lab_record *first_of(const struct lab_record *record,
                                   size_t count) {
    struct lab_record *part = lab_record_new();
    for (size_t i = 0; i < count; i++) {
        const struct lab_event *event = lab_record_at(record, i);
        lab_record_add(part, *event, lab_record_text(record, event));
    }
    return part;
}

// A style of its own for each [i], with and without a part to look at.
static struct lab_style style_number(size_t i) {
    static const int widths[] = {20, 33, 80, 200};
    static const char *const lanes[] = {NULL, "loop", "job", "heartbeat,t3",
                                        ""};
    struct lab_style style = {widths[i % 4], i & 4, i & 8};
    if (i % 3 == 0)
        style.from = (lab_time)(i % 17) * 100 * LAB_MS;
    if (i % 5 == 0)
        style.to = style.from + (lab_time)(i % 11) * 150 * LAB_MS;
    if (i % 2 == 0)
        style.lanes = lanes[i / 2 % countof(lanes)];
    return style;
}

// Does every view of [run] fit, if [record] is what it has left? Frees that.
static bool part_fits(const struct lab_comparison *from,
                      const struct lab_run *run, struct lab_record *record,
                      size_t look) {
    struct lab_style style = style_number(look);
    struct lab_comparison comparison = *from;
    struct lab_run part = *run, *runs[] = {&part};
    part.record = record;
    comparison.runs = runs;
    comparison.count = 1;
    bool fit = fits(&comparison, &style);
    lab_record_free(record);
    return fit;
}

static void check_beginnings(const struct lab_comparison *comparison,
                             const struct lab_run *run) {
    // Event by event at the beginning, then ever more rarely: little is new.
    for (size_t n = 0; n <= lab_record_count(run->record); n += 1 + n / 8)
        if (!CHECK(part_fits(comparison, run, first_of(run->record, n), n)))
            return;
}

TEST(a_run_of_a_demo_may_end_after_any_event) {
    with_runs(check_beginnings);
}

// The events of [record] in another order.
static struct lab_record *shuffled(const struct lab_record *record,
                                   uint32_t seed) {
    struct lab_record *other = lab_record_new();
    size_t count = lab_record_count(record);
    size_t *order = lab_alloc(count * sizeof *order);
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525 + 1013904223;
        size_t j = (seed >> 8) % (i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    for (size_t i = 0; i < count; i++) {
        const struct lab_event *event = lab_record_at(record, order[i]);
        lab_record_add(other, *event, lab_record_text(record, event));
    }
    lab_free(order);
    return other;
}

static void check_orders(const struct lab_comparison *comparison,
                         const struct lab_run *run) {
    for (uint32_t seed = 0; seed < 4; seed++)
        if (!CHECK(part_fits(comparison, run, shuffled(run->record, seed),
                             seed * 7)))
            return;
}

TEST(a_run_of_a_demo_in_any_order_is_shown_without_a_crash) {
    with_runs(check_orders);
}

// In a long record everybody has done something; in a short one somebody may
// only have been mentioned.
TEST(nonsense_is_shown_without_a_crash) {
    for (uint32_t seed = 1; seed <= 100; seed++) {
        struct lab_comparison comparison = comparison_04();
        put_record(&comparison, comparison.runs[0],
                   record_of_nonsense(seed, 200));
        put_record(&comparison, comparison.runs[1],
                   record_of_nonsense(seed + 1000, (int)seed % 12));
        if (!CHECK(all_fit(comparison, 20 + (int)seed % 100)))
            break;
    }
}

TEST(colour_changes_no_text) {
    struct lab_style plain = {80, false, false}, color = {80, false, true};
    for (const struct lab_view *view = lab_views; view->name; view++) {
        char *one = seen(view->render, comparison_04(), &plain);
        char *two = seen(view->render, comparison_04(), &color);
        CHECK(view->render == lab_view_json || strcmp(one, two) != 0);
        strip(two);
        CHECK_STR(two, one);
        lab_free(one);
        lab_free(two);
    }
}

TEST(colour_is_off_at_the_end_of_every_line) {
    struct lab_style style = {20, false, true};
    for (const struct lab_view *view = lab_views; view->name; view++) {
        char *text = seen(view->render, comparison_04(), &style);
        bool on = false, left_on = false;
        for (char *c = text; *c; c++) {
            if (*c == '\x1b')
                on = strncmp(c, "\x1b[0m", 4) != 0;
            left_on = left_on || (*c == '\n' && on);
        }
        CHECK(!left_on);
        lab_free(text);
    }
}

TEST(every_view_has_a_name_of_its_own_and_words_that_help) {
    for (size_t i = 0; lab_views[i].name; i++) {
        CHECK(*lab_views[i].text && lab_views[i].render);
        CHECK(strstr(lab_views[i].help, lab_views[i].name) != NULL);
        for (size_t j = 0; j < i; j++)
            CHECK(strcmp(lab_views[i].name, lab_views[j].name) != 0);
    }
}

TEST(views_leave_no_memory_behind) {
    long before = lab_alloc_live();
    all_fit(comparison_04(), 80);
    all_fit(comparison_odd(), 33);
    CHECK_INT(lab_alloc_live(), before);
}

TEST(golden_files_are_what_the_views_show) {
    for (int number = 1; number <= DEMOS; number++) {
        struct lab_comparison comparison = run_demo(number, NULL, "");
        for (const struct lab_view *view = lab_views; view->name; view++)
            golden_check(view, &comparison);
        lab_comparison_free(&comparison);
    }
}

// Is [name], of a file of pictures, the name of a test?
static bool is_picture(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot && strcmp(dot, ".txt") == 0 &&
           test_exists(name, (size_t)(dot - name));
}

// Each file in [folder] has a name that [has] knows; others are removed where
// golden files are written.
static void check_folder(const char *path, bool (*has)(const char *name)) {
    DIR *folder = opendir(path);
    MUST(CHECK(folder != NULL));
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (*entry->d_name == '.' || has(entry->d_name))
            continue;
        if (picture_is_written())
            unlinkat(dirfd(folder), entry->d_name, 0);
        else
            CHECK_STR(entry->d_name, "the file of a test");
    }
    closedir(folder);
}

TEST(there_is_no_golden_file_without_a_test) {
    check_folder(LAB_GOLDEN_DIR, golden_has);
    check_folder(LAB_PICTURES_DIR, is_picture);
}

// --- tables

// Is there the line under the heads of a table: "-----  ---"?
static bool has_columns(const char *text) {
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, "\n");
        if (strspn(at, "- ") == n && strncmp(at, "--", 2) == 0 &&
            memmem(at, n, "  -", 3))
            return true;
        at += n + (at[n] == '\n');
    }
    return false;
}

// Is there a figure of a row that stands line by line?
static bool has_lines(const char *text) {
    static const char *const figures[] = {
        "\n  predicted: ", "\n  lasted: ", "\n  queued at: ", "\n  idle: ",
        "\n  claim: "};
    for (size_t i = 0; i < countof(figures); i++)
        if (strstr(text, figures[i]))
            return true;
    return false;
}

static int seen_columns, seen_lines;

static void check_layouts(const struct lab_comparison *comparison,
                          const struct lab_run *run) {
    if (run != comparison->runs[0])
        return;
    for (const struct lab_view *view = lab_views; view->name; view++) {
        for (int width = 24; width <= 110; width += 9) {
            struct lab_style style = {.width = width, .ascii = true};
            struct lab_text out = {0};
            view->render(&out, comparison, &style);
            bool columns = has_columns(lab_text_string(&out));
            bool lines = has_lines(lab_text_string(&out));
            if (!CHECK(!(columns && lines)))
                CHECK_STR(lab_text_string(&out), view->name);
            seen_columns += columns;
            seen_lines += lines;
            lab_text_free(&out);
        }
    }
}

// Rows in columns beside rows that stand line by line are hard to compare.
TEST(the_tables_of_a_view_are_laid_out_alike_at_any_width) {
    seen_columns = seen_lines = 0;
    with_runs(check_layouts);
    CHECK(seen_columns > 25 && seen_lines > 25); // both are recognised
}

// --- colours

static int seen_held;

// Each "yes" and "no" that is a cell has a colour.
static void check_held(const struct lab_comparison *comparison,
                       const struct lab_run *run) {
    static const struct lab_style color = {80, false, true};
    struct lab_text out = {0};
    (void)run;
    lab_view_results(&out, comparison, &color);
    for (const char *at = lab_text_string(&out); *at; at++) {
        size_t n = strncmp(at, "  yes", 5) == 0  ? 5
                   : strncmp(at, "  no", 4) == 0 ? 4
                                                 : 0;
        if (n == 0 || (at[n] != '\n' && at[n] != '\033'))
            continue;
        const char *before = at; // there are spaces between columns
        while (before > lab_text_string(&out) && before[-1] == ' ')
            before--;
        CHECK(before[-1] == 'm'); // the end of a colour's code
        seen_held++;
    }
    lab_text_free(&out);
}

TEST(what_held_and_what_did_not_has_a_colour_in_every_table) {
    seen_held = 0;
    with_runs(check_held);
    CHECK(seen_held > 100);
}

// --- errors

static void check_errors(const char *name, const struct lab_text *out) {
    const char *text = lab_text_string(out);
    bool first = strstr(text, "error -77777") != NULL;
    bool second = strstr(text, "error -88888") != NULL;
    if (!CHECK(first == second) || !CHECK(!strstr(text, "nknown error")))
        CHECK_STR(text, name);
}

// A channel of a colour, of the 6 x 6 x 6 that begin with 16, as light.
static double light(int level) {
    static const int steps[] = {0, 95, 135, 175, 215, 255};
    return pow((steps[level] / 255.0 + 0.055) / 1.055, 2.4);
}

// How light colour [code] of xterm's 256 is, as WCAG 2 measures it.
static double luminance(int code) {
    if (code >= 232)
        return pow(((8 + 10 * (code - 232)) / 255.0 + 0.055) / 1.055, 2.4);
    code -= 16;
    return 0.2126 * light(code / 36) + 0.7152 * light(code / 6 % 6) +
           0.0722 * light(code % 6);
}

static double contrast(double one, double two) {
    return one > two ? (one + 0.05) / (two + 0.05)
                     : (two + 0.05) / (one + 0.05);
}

// Whatever the terminal's background: it can be read.
TEST(view_colors_can_be_read_on_light_and_on_dark) {
    static const struct {
        double light, least;
    } grounds[] = {{0, 3.8},    // black
                   {1, 3.8},    // white
                   {0.923, 3},  // Solarized light, #fdf6e3
                   {0.021, 3},  // Solarized dark, #002b36
                   {0.013, 3}}; // #1e1e1e, of many an editor
    const struct lab_style color = {80, false, true};
    for (int i = 0; i < LAB_COLORS; i++) {
        struct lab_text out = {0};
        lab_view_color(&out, &color, (enum lab_color)i);
        const char *code = strstr(lab_text_string(&out), "38;5;");
        CHECK(code || i == LAB_COLOR_NONE || i == LAB_COLOR_HEAD);
        for (size_t j = 0; code && j < countof(grounds); j++)
            CHECK(contrast(luminance(atoi(code + 5)), grounds[j].light) >=
                  grounds[j].least);
        lab_text_free(&out);
    }
}

// Of two variants that return what nobody has given a meaning, each is told
// with its own number, wherever errors are told.
TEST(an_unknown_error_is_told_by_its_number_in_every_view) {
    struct lab_comparison comparison = comparison_03();
    int told = 0;
    comparison.runs[0]->rc = -77777;
    comparison.runs[1]->rc = -88888;
    for (const struct lab_view *view = lab_views; view->name; view++) {
        struct lab_text out = {0};
        view->render(&out, &comparison, &style_80);
        check_errors(view->name, &out);
        told += strstr(lab_text_string(&out), "error -77777") != NULL;
        lab_text_free(&out);
    }
    for (const struct lab_export *one = lab_exports; one->name; one++) {
        struct lab_text out = {0};
        one->render(&out, &comparison, &style_80);
        check_errors(one->name, &out);
        told += strstr(lab_text_string(&out), "error -77777") != NULL;
        lab_text_free(&out);
    }
    CHECK(told >= 8);
    lab_comparison_free(&comparison);
}

// A bar is there to be compared: with one, the table has said it all.
TEST(results_have_bars_of_two_variants_but_not_of_one) {
    struct lab_comparison comparison = comparison_03();
    for (int count = 2; count > 0; count--) {
        struct lab_text out = {0};
        lab_view_results(&out, &comparison, &style_80);
        CHECK(strstr(lab_text_string(&out), "5.000 s"));
        CHECK((strstr(lab_text_string(&out), "\u2588") != NULL) ==
              (count == 2));
        lab_text_free(&out);
        comparison.runs[1]->rc = LAB_ECANCELED;
    }
    lab_comparison_free(&comparison);
}
