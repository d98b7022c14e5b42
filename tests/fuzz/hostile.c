// What comes from outside does not steer the terminal: 500 strings, wherever
// there is a place for one. tests/pty/test_hostile.py has real terminals.

#include "base/alloc.h"
#include "base/read.h"
#include "demo/result.h"
#include "harmless.h"
#include "lesson/render.h"
#include "shell/host.h"
#include "test.h"
#include "unescape.h"
#include "view/panel.h"

// --- the strings: each of some sequences in each of some shapes

enum { MOST = 40, STRINGS = 500 };

static struct lab_text sequences[MOST], shapes[MOST];
static size_t sequence_count, shape_count;

static bool read_strings(void) {
    struct lab_text file = {0};
    int gaps = 0;
    sequence_count = shape_count = 0;
    if (!CHECK(lab_read_file(LAB_FUZZ_DIR "/hostile.txt", SIZE_MAX, &file) ==
               0))
        return false;
    for (const char *at = file.data; *at;) {
        size_t n = strcspn(at, "\n");
        gaps += n == 0;
        if (n > 0 && gaps == 1)
            put_unescaped(&sequences[sequence_count++], at, n);
        else if (n > 0 && gaps == 2)
            put_unescaped(&shapes[shape_count++], at, n);
        at += n + (at[n] == '\n');
    }
    lab_text_free(&file);
    return CHECK_INT(sequence_count * shape_count, STRINGS);
}

static void forget_strings(void) {
    for (size_t i = 0; i < MOST; i++) {
        lab_text_free(&sequences[i]);
        lab_text_free(&shapes[i]);
    }
}

// Replaces [out] by string [index]. As a C string it ends at its first NUL.
static const char *string(struct lab_text *out, size_t index) {
    const struct lab_text *sequence = &sequences[index % sequence_count];
    const char *at = lab_text_string(&shapes[index / sequence_count]);
    lab_text_clear(out);
    for (const char *place; (place = strstr(at, "{}")); at = place + 2) {
        lab_text_write(out, at, (size_t)(place - at));
        lab_text_write(out, sequence->data, sequence->length);
    }
    lab_text_put(out, at);
    return lab_text_string(out);
}

// --- what is shown

// Our own colours are fine.
static void check_harmless(const struct lab_text *out, int columns) {
    struct lab_text rest = {0};
    for (const char *at = lab_text_string(out); *at; at++) {
        size_t n =
            at[0] == '\033' && at[1] == '[' ? strspn(at + 2, "0123456789;") : 0;
        if (n > 0 && at[2 + n] == 'm')
            at += 2 + n;
        else
            lab_text_write(&rest, at, 1);
    }
    assert_harmless(&rest, columns);
    lab_text_free(&rest);
}

// A run of tasks that are called, say, mark, count and raise these strings.
static struct lab_run *add_run(struct lab_comparison *comparison,
                               size_t first) {
    struct lab_text text = {0};
    struct lab_run *run =
        lab_comparison_add_run(comparison, string(&text, first));
    run->text = lab_strdup(string(&text, first));
    lab_record_add(run->record,
                   (struct lab_event){.kind = LAB_EVENT_SPAWN, .other = 1},
                   "root");
    for (uint32_t i = 0; i < sequence_count; i++) {
        static const uint8_t kinds[] = {
            LAB_EVENT_RUN,   LAB_EVENT_SAY,    LAB_EVENT_MARK, LAB_EVENT_COUNT,
            LAB_EVENT_RAISE, LAB_EVENT_UNREAD, LAB_EVENT_NOTE, LAB_EVENT_WANT,
            LAB_EVENT_WAIT,  LAB_EVENT_END};
        const char *name = string(&text, first + i);
        struct lab_event event = {
            .kind = LAB_EVENT_SPAWN, .task = 1, .other = i + 2, .line = 3};
        lab_record_add_named(run->record, event, name, name);
        for (size_t j = 0; j < countof(kinds); j++) {
            event = (struct lab_event){.kind = kinds[j],
                                       .task = i + 2,
                                       .other = i + 2,
                                       .on = LAB_ON_SLEEP,
                                       .value = -1,
                                       .time = (i + 1) * LAB_MS};
            lab_record_add_named(run->record, event, name, name);
        }
    }
    lab_text_free(&text);
    return run;
}

static void show(const struct lab_comparison *comparison,
                 const struct lab_style *style) {
    struct lab_text out = {0};
    for (const struct lab_view *view = lab_views; view->name; view++) {
        lab_text_clear(&out);
        view->render(&out, comparison, style);
        check_harmless(&out,
                       view->render == lab_view_json ? INT_MAX : style->width);
    }
    struct lab_state *state = lab_state_new(comparison->runs[0]->record);
    struct lab_snapshot snapshot = {state, NULL, comparison,
                                    comparison->runs[0], false};
    lab_state_go(state, lab_record_count(comparison->runs[0]->record) / 2);
    lab_text_clear(&out);
    lab_panel_put(&out, style, &snapshot);
    lab_question_ps(&out, style, &snapshot);
    lab_question_alive(&out, style, &snapshot);
    lab_question_why(&out, style, &snapshot, 5);
    lab_panel_screen(&out, style, &snapshot, 24);
    check_harmless(&out, style->width);
    lab_state_free(state);
    lab_text_free(&out);
}

TEST(no_name_in_a_record_steers_the_terminal) {
    static const struct lab_style styles[] = {{.width = 80, .color = true},
                                              {.width = 60, .plain = true}};
    struct lab_text text = {0};
    MUST(read_strings());
    for (size_t i = 0; i < STRINGS; i += sequence_count) {
        struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
        const char *name = string(&text, i);
        comparison.demo = lab_strdup(name);
        comparison.asks = lab_strdup(name);
        comparison.mark = lab_strdup(name);
        lab_comparison_add_param(&comparison, name, name, name);
        lab_result_measure(&comparison, add_run(&comparison, i));
        show(&comparison, &styles[i / sequence_count % countof(styles)]);
        lab_comparison_free(&comparison);
    }
    lab_text_free(&text);
    forget_strings();
}

TEST(no_text_of_a_lesson_steers_the_terminal) {
    static const struct lab_style style = {.width = 60, .color = true};
    struct lab_text text = {0}, doc = {0}, out = {0};
    struct lab_markdown markdown;
    MUST(read_strings());
    for (size_t i = 0; i < STRINGS; i++) {
        string(&text, i);
        static const char *const before[] = {
            "# ",   "- ",  "```c\n", "| a |\n| --- |\n| ",
            "[a](", "> `", "",       "**"};
        lab_text_clear(&doc);
        lab_text_clear(&out);
        lab_text_put(&doc, before[i % countof(before)]);
        lab_text_write(&doc, text.data, text.length);
        lab_markdown_split(&markdown, doc.data, doc.length);
        lab_render_put(&out, &style, &markdown, 0, doc.length);
        check_harmless(&out, style.width);
        lab_markdown_free(&markdown);
    }
    lab_text_free(&text);
    lab_text_free(&doc);
    lab_text_free(&out);
    forget_strings();
}

// --- what is typed, and files

static void check_line(struct host *host, const char *before,
                       const char *hostile) {
    struct lab_text line = {0};
    lab_text_put(&line, before);
    lab_words_put(&line, hostile, '\0');
    host_run(host, lab_text_string(&line));
    check_harmless(&host->said, INT_MAX);
    check_harmless(&host->out, INT_MAX);
    lab_text_free(&line);
}

TEST(nothing_that_is_typed_steers_the_terminal) {
    static const char *const lines[] = {"",
                                        "run ",
                                        "run 3 ",
                                        "run 3 delay=",
                                        "--",
                                        "help ",
                                        "explain ",
                                        "timeline 3 lanes=",
                                        "source 3 ",
                                        "why ",
                                        "until ",
                                        "list --color=",
                                        "list --width=",
                                        "clock ",
                                        "set 3 n=",
                                        "timeline /nowhere/",
                                        "run 3 --schedule=",
                                        "lesson ",
                                        "diff /nowhere/a ",
                                        "export "};
    struct host host;
    struct lab_text text = {0};
    MUST(read_strings());
    host_open(&host);
    for (size_t i = 0; i < STRINGS; i++)
        check_line(&host, lines[(i / 25 + i) % countof(lines)],
                   string(&text, i));
    host_close(&host);
    lab_text_free(&text);
    forget_strings();
}

TEST(no_file_that_is_shown_steers_the_terminal) {
    struct host host;
    struct lab_text text = {0};
    MUST(read_strings());
    host_open(&host);
    host.shell.on_terminal = true;
    for (size_t i = 0; i < STRINGS; i++) {
        string(&text, i);
        lab_text_clear(&host.out);
        lab_shell_put_file(&host.shell, text.data, text.length);
        check_harmless(&host.out, INT_MAX);
    }
    host_close(&host);
    lab_text_free(&text);
    forget_strings();
}
