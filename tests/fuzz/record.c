#include "record.h"

#include "base/alloc.h"
#include "base/die.h"
#include "demo/result.h"
#include "harmless.h"
#include "input.h"
#include "record/file.h"
#include "view/claims.h"
#include "view/export.h"
#include "view/line.h"
#include "view/live.h"
#include "view/panel.h"
#include "view/record_diff.h"

#include <stdlib.h>
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

static void show_view(const struct lab_view *view,
                      const struct lab_comparison *comparison,
                      const struct lab_style *style) {
    struct lab_text out = {0};
    view->render(&out, comparison, style);
    if (view->render != lab_view_json)
        check(&out, style);
    lab_text_free(&out);
}

static void show_export(const struct lab_export *one,
                        const struct lab_comparison *comparison,
                        const struct lab_style *style) {
    struct lab_text out = {0};
    one->render(&out, comparison, style);
    lab_text_free(&out);
}

static void show_live(const struct lab_comparison *comparison,
                      const struct lab_style *style) {
    struct lab_text out = {0};
    if (comparison->count > 0)
        lab_view_live(&out, comparison, style, LAB_S, 12);
    lab_text_free(&out);
}

static void show_diff(const struct lab_comparison *comparison,
                      const struct lab_style *style) {
    struct lab_text out = {0};
    size_t events = 0, runs = 0;
    lab_record_diff_put(&out, style, comparison, comparison, &events, &runs);
    lab_text_free(&out);
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
    lab_question_stuck(&out, snapshot);
    lab_text_free(&out);
}

static void show_screen(const struct lab_snapshot *snapshot,
                        const struct lab_style *style) {
    struct lab_text out = {0};
    lab_panel_screen(&out, style, snapshot, 24);
    check(&out, style);
    lab_text_free(&out);
}

// After a few events, half of them, all, and back again; and just before the
// next event. Each is asked about or shown, of each second run.
enum { MOMENTS = 5, OF_MOMENT = 4 };

static void show_moment(const struct lab_comparison *comparison,
                        const struct lab_run *run,
                        const struct lab_style *style, size_t part) {
    size_t count = lab_record_count(run->record), moment = part / OF_MOMENT;
    const size_t moments[MOMENTS] = {0, 3, count / 2, count, count / 3};
    struct lab_state *state = lab_state_new(run->record);
    struct lab_snapshot snapshot = {state, NULL, comparison, run, false};
    lab_state_go(state, moments[moment > 0 ? moment - 1 : 0]);
    lab_state_go(state, moments[moment]);
    (part % 2 ? ask : show_screen)(&snapshot, style);
    if (moments[moment] < count) {
        lab_state_pass(state,
                       lab_record_at(run->record, moments[moment])->time - 1);
        (part % 2 ? ask : show_screen)(&snapshot, style);
    }
    lab_question_task(state, "job");
    lab_state_free(state);
}

static void show_moments(const struct lab_comparison *comparison,
                         const struct lab_style *style, size_t part) {
    for (size_t i = part / 2 % 2; i < comparison->count; i += 2)
        show_moment(comparison, comparison->runs[i], style, part);
}

// All that can be shown, in parts: each view, each export, and the rest.
struct parts {
    size_t views, exports, count;
};

static struct parts count_parts(void) {
    struct parts parts = {0};
    while (lab_views[parts.views].name)
        parts.views++;
    while (lab_exports[parts.exports].name)
        parts.exports++;
    parts.count = parts.views + parts.exports + 2 + MOMENTS * OF_MOMENT;
    return parts;
}

static void show_part(const struct lab_comparison *comparison,
                      const struct lab_style *style, const struct parts *parts,
                      size_t part) {
    const size_t exports = parts->views, moments = exports + parts->exports,
                 rest = moments + MOMENTS * OF_MOMENT;
    if (part < exports)
        show_view(&lab_views[part], comparison, style);
    else if (part < moments)
        show_export(&lab_exports[part - exports], comparison, style);
    else if (part < rest)
        show_moments(comparison, style, part - moments);
    else if (part == rest)
        show_live(comparison, style);
    else
        show_diff(comparison, style);
}

// Of all parts, or of the one that [size] chooses: all take 40 times as long.
static void show(struct lab_comparison *comparison, size_t size, bool whole) {
    const struct parts parts = count_parts();
    const struct lab_style *style =
        &styles[(whole ? size : size / parts.count) % countof(styles)];
    for (size_t i = 0; i < comparison->count; i++)
        lab_result_measure(comparison, comparison->runs[i]);
    for (size_t part = 0; part < parts.count; part++)
        if (whole || part == size % parts.count)
            show_part(comparison, style, &parts, part);
}

static void show_bytes(const uint8_t *data, size_t size, bool whole) {
    struct lab_recording recording = {0};
    if (size > 0 && data[0] == '{')
        read_file(&recording, (const char *)data, size);
    else
        make_runs(&recording, data, size);
    for (size_t i = 0; i < recording.count; i++)
        show(recording.all[i], size, whole);
    lab_recording_free(&recording);
}

void fuzz_record(const uint8_t *data, size_t size) {
    show_bytes(data, size, true);
}

// For the fuzzer, one part of each input: which, and in which style, its size
// says. Weak, as the unit tests have others besides.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
__attribute__((weak)) int LLVMFuzzerTestOneInput(const uint8_t *data,
                                                 size_t size) {
    try_input(data, size);
    show_bytes(data, size, getenv("WHOLE") != NULL);
    return 0;
}
