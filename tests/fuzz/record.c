#include "record.h"

#include "base/alloc.h"
#include "base/die.h"
#include "demo/result.h"
#include "harmless.h"
#include "record/file.h"
#include "view/claims.h"
#include "view/export.h"
#include "view/line.h"
#include "view/live.h"
#include "view/panel.h"
#include "view/record_diff.h"

#include <string.h>

// --- a record, of bytes

// Reads up to [most] lines, as from a pipe, and returns how many were whole.
static size_t read_lines(struct lab_recording *recording, const char *data,
                         size_t size, size_t most) {
    struct lab_reader *reader = lab_reader_new(recording);
    struct lab_text line = {0}, error = {0};
    size_t count = 0;
    for (size_t at = 0, n; count < most && at < size; at += n + 1, count++) {
        const char *end = memchr(data + at, '\n', size - at);
        n = end ? (size_t)(end - data) - at : size - at;
        lab_text_clear(&line);
        lab_text_write(&line, data + at, n);
        if (!lab_reader_line(reader, lab_text_string(&line), n, &error))
            break;
    }
    if (error.length == 0)
        lab_reader_end(reader, &error);
    lab_reader_free(reader);
    lab_text_free(&line);
    lab_text_free(&error);
    return count;
}

// What is read up to the first line that is damaged is as good as any run that
// goes on.
static void read_file(struct lab_recording *recording, const char *data,
                      size_t size) {
    size_t whole = read_lines(recording, data, size, SIZE_MAX);
    lab_recording_free(recording);
    *recording = (struct lab_recording){0};
    read_lines(recording, data, size, whole);
}

struct bytes {
    const uint8_t *at;
    size_t left;
};

static uint64_t take(struct bytes *bytes, size_t n) {
    uint64_t value = 0;
    for (; n > 0 && bytes->left > 0; n--, bytes->at++, bytes->left--)
        value = value << 8 | *bytes->at;
    return value;
}

// A number that is small, as most are, or anything.
static int64_t take_number(struct bytes *bytes) {
    uint64_t first = take(bytes, 1);
    return first < 0xF0    ? (int64_t)first
           : first == 0xFF ? (int64_t)take(bytes, 8)
           : first == 0xFE ? INT64_MAX
           : first == 0xFD ? INT64_MIN
           : first == 0xFC ? -1
                           : (int64_t)take(bytes, 4);
}

static void make_events(struct lab_record *record, struct bytes bytes) {
    static const char *const texts[] = {NULL,
                                        "",
                                        "job",
                                        "job 1",
                                        "beat",
                                        "\x1b[2J",
                                        "\xff\xc3 a, \"b\"\n",
                                        "deadlock: every task waits"};
    while (bytes.left > 0) {
        uint64_t kind = take(&bytes, 1), on = take(&bytes, 1);
        struct lab_event event = {
            .kind = (uint8_t)(kind % (LAB_EVENT_KINDS + 1)),
            .on = (uint8_t)(on % (LAB_ONS + 1)),
            .where = (unsigned)take(&bytes, 1) % 4,
            .time = take_number(&bytes) & INT64_MAX, // as a file has it
            .value = take_number(&bytes),
            .task = (uint32_t)take_number(&bytes),
            .other = (uint32_t)take_number(&bytes),
            .worker = (uint16_t)take(&bytes, 1),
            .need = (unsigned)take(&bytes, 1) & LAB_NEED_MOST,
            .line = (unsigned)take(&bytes, 1),
            .is_library = on % 2,
            .is_stderr = on % 2,
        };
        const char *text = texts[take(&bytes, 1) % countof(texts)];
        lab_record_add_named(record, event, text, text ? text : "");
    }
}

// Two runs of which the second is the first cut short, with laws.
static void make_runs(struct lab_recording *recording, const uint8_t *data,
                      size_t size) {
    static const char *const laws[] = {
        NULL, "n", "1 / n", "n * n * n * n", "0 - n", "max(1s, n)"};
    struct lab_comparison *comparison = lab_alloc(sizeof *comparison);
    struct bytes bytes = {data, size};
    recording->all = lab_grow(recording->all, recording->count,
                              &recording->room, sizeof *recording->all);
    recording->all[recording->count++] = comparison;
    comparison->number = (int)(take(&bytes, 1) % 100);
    comparison->clock =
        take(&bytes, 1) % 2 ? LAB_CLOCK_REAL : LAB_CLOCK_VIRTUAL;
    comparison->demo = lab_strdup("fuzz");
    comparison->mark = lab_strdup("beat");
    lab_comparison_add_param(comparison, "n", "3000000000", "");
    for (int i = 0; i < 2; i++) {
        struct lab_run *run = lab_comparison_add_run(comparison, i ? "b" : "a");
        const char *time = laws[take(&bytes, 1) % countof(laws)];
        const char *gap = laws[take(&bytes, 1) % countof(laws)];
        run->time.law = time ? lab_strdup(time) : NULL;
        run->gap.law = gap ? lab_strdup(gap) : NULL;
        run->rc = (int)take_number(&bytes);
        make_events(run->record,
                    (struct bytes){bytes.at, bytes.left / (i ? 2 : 1)});
    }
}

// --- into everything that shows one

static const struct lab_style styles[] = {
    {.width = 80},
    {.width = 20, .ascii = true},
    {.width = 41, .color = true, .from = 1, .to = LAB_S},
    {.width = 80, .plain = true},
};

// With colours there are escapes, which are ours.
static void check(const struct lab_text *out, const struct lab_style *style) {
    if (!style->color)
        assert_harmless(out, style->width);
}

static void show_views(const struct lab_comparison *comparison,
                       const struct lab_style *style) {
    for (const struct lab_view *view = lab_views; view->name; view++) {
        struct lab_text out = {0};
        view->render(&out, comparison, style);
        if (view->render != lab_view_json)
            check(&out, style);
        lab_text_free(&out);
    }
    for (const struct lab_export *one = lab_exports; one->name; one++) {
        struct lab_text out = {0};
        one->render(&out, comparison, style);
        lab_text_free(&out);
    }
}

static void ask(const struct lab_snapshot *snapshot,
                const struct lab_style *style) {
    struct lab_text out = {0};
    lab_panel_put(&out, style, snapshot);
    lab_question_ps(&out, style, snapshot);
    lab_question_alive(&out, style, snapshot);
    for (uint32_t task = 0; task < 4; task++)
        lab_question_why(&out, style, snapshot, task);
    check(&out, style);
    lab_text_clear(&out);
    lab_panel_screen(&out, style, snapshot, 24);
    lab_question_stuck(&out, snapshot);
    lab_text_free(&out);
}

// At some moments: a few events, half of them, and all, backwards too.
static void show_moments(const struct lab_comparison *comparison,
                         const struct lab_run *run,
                         const struct lab_style *style) {
    size_t count = lab_record_count(run->record);
    const size_t moments[] = {0, 3, count / 2, count, count / 3};
    struct lab_state *state = lab_state_new(run->record);
    struct lab_snapshot snapshot = {state, NULL, comparison, run, false};
    for (size_t i = 0; i < countof(moments); i++) {
        lab_state_go(state, moments[i]);
        ask(&snapshot, style);
        if (moments[i] < count)
            lab_state_pass(state,
                           lab_record_at(run->record, moments[i])->time - 1);
        ask(&snapshot, style);
    }
    lab_question_task(state, "job");
    lab_state_free(state);
}

// In one style, since all take three times as long: which one, the size says.
static void show(struct lab_comparison *comparison, size_t size) {
    static const char *const names[2] = {"one", "other"};
    const struct lab_style *style = &styles[size % countof(styles)];
    struct lab_text out = {0};
    size_t events = 0, runs = 0;
    for (size_t i = 0; i < comparison->count; i++)
        lab_result_measure(comparison, comparison->runs[i]);
    show_views(comparison, style);
    if (comparison->count > 0)
        lab_view_live(&out, comparison, style, LAB_S, 12);
    lab_record_diff_put(&out, style, comparison, comparison, names, &events,
                        &runs);
    lab_text_free(&out);
    for (size_t i = 0; i < comparison->count; i++)
        show_moments(comparison, comparison->runs[i], style);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct lab_recording recording = {0};
    if (size > 0 && data[0] == '{')
        read_file(&recording, (const char *)data, size);
    else
        make_runs(&recording, data, size);
    for (size_t i = 0; i < recording.count; i++)
        show(recording.all[i], size);
    lab_recording_free(&recording);
    return 0;
}
