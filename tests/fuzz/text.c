#include "text.h"

#include "base/alloc.h"
#include "demo/claim.h"
#include "demo/formula.h"
#include "demo/param.h"
#include "demo/result.h"
#include "harmless.h"
#include "input.h"
#include "lesson/blocks.h"
#include "lesson/form.h"
#include "lesson/info.h"
#include "lesson/quiz.h"
#include "lesson/quote.h"
#include "lesson/render.h"

#include <stdlib.h>

static int body(void) {
    return 0;
}

static const struct lab_demo demo = {
    .name = "fuzz",
    .asks = "Does it crash?",
    .params = {{"delay", 1000, .min = 0, .max = 60000, .unit = "ms",
                .text = "how long"},
               {"n", 5, .min = 1, .max = 100, .text = "how many"},
               {"pause", 7, .min = -9, .max = INT64_MAX, .unit = "ns",
                .text = "how long"},
               {"delays", .min = 1, .max = 60000, .unit = "ms",
                .list = "600,200", .text = "one after the other"}},
    .variants = {{"one", body, "this way", "n * delay"}}};

// --- p: the value of a parameter

// What is shown of a value is read as that value.
static void read_parameter(const char *text, size_t size) {
    struct lab_settings settings, again;
    struct lab_text error = {0}, shown = {0}, twice = {0};
    (void)size;
    lab_settings_init(&settings, &demo);
    lab_settings_init(&again, &demo);
    if (lab_settings_assign(&settings, text, &error))
        for (size_t i = 0; i < lab_param_count(&demo); i++) {
            lab_text_clear(&shown);
            lab_text_clear(&twice);
            lab_text_printf(&shown, "%s=", demo.params[i].name);
            lab_settings_put_value(&settings, i, &shown);
            lab_assert(
                lab_settings_assign(&again, lab_text_string(&shown), &error));
            lab_text_printf(&twice, "%s=", demo.params[i].name);
            lab_settings_put_value(&again, i, &twice);
            lab_assert(
                strcmp(lab_text_string(&shown), lab_text_string(&twice)) == 0);
        }
    lab_text_free(&error);
    lab_text_free(&shown);
    lab_text_free(&twice);
}

// --- f: a formula

static void read_formula(const char *text, size_t size) {
    struct lab_settings settings;
    struct lab_text error = {0}, again = {0};
    int64_t value = 0, other = 0;
    (void)size;
    lab_settings_init(&settings, &demo);
    bool fine = lab_formula_evaluate(text, lab_settings_lookup, &settings,
                                     &value, &error);
    lab_assert(fine == (error.length == 0));
    lab_assert(fine == lab_formula_evaluate(text, lab_settings_lookup,
                                            &settings, &other, &again));
    lab_assert(value == other);
    assert_harmless(&error, INT_MAX);
    lab_text_free(&error);
    lab_text_free(&again);
}

// --- c: a claim, and an author's verdict with places in it

static struct lab_comparison *make_comparison(void) {
    struct lab_comparison *comparison = lab_alloc(sizeof *comparison);
    comparison->demo = lab_strdup("fuzz");
    comparison->mark = lab_strdup("beat");
    struct lab_run *run = lab_comparison_add_run(comparison, "one");
    static const struct lab_event events[] = {
        {.kind = LAB_EVENT_SPAWN, .task = 1},
        {.kind = LAB_EVENT_RUN, .task = 1},
        {.kind = LAB_EVENT_SAY, .task = 1, .time = LAB_MS},
        {.kind = LAB_EVENT_END, .task = 1, .time = LAB_S}};
    for (size_t i = 0; i < countof(events); i++)
        lab_record_add_named(run->record, events[i], "a", "a");
    return comparison;
}

static lab_time tolerance(struct lab_clock clock, lab_time predicted) {
    (void)clock;
    return predicted / 100;
}

static void read_claim(const char *text, size_t size) {
    struct lab_comparison *comparison = make_comparison();
    struct lab_run *run = comparison->runs[0];
    struct lab_settings settings;
    struct lab_text error = {0}, before = {0}, name = {0}, measure = {0};
    (void)size;
    lab_settings_init(&settings, &demo);
    struct lab_claim_names names = {lab_settings_lookup, &settings};
    lab_run_add_claim(run, text);
    if (lab_claim_read(&run->claims[0], names, &error))
        lab_claim_judge(comparison, run, 0, names, tolerance);
    for (const char *at = text;
         lab_claim_place(&at, &before, &name, &measure);) {
        enum lab_claim_unit unit;
        int64_t value;
        lab_ignore(lab_claim_measure(comparison, run, lab_text_string(&measure),
                                     &unit, &value));
        lab_text_clear(&name);
        lab_text_clear(&measure);
    }
    lab_text_free(&error);
    lab_text_free(&before);
    lab_text_free(&name);
    lab_text_free(&measure);
    lab_comparison_free(comparison);
    lab_free(comparison);
}

// --- w: a question of an author

static void read_wish(const char *text, size_t size) {
    struct lab_quiz_wish wish;
    struct lab_text error = {0};
    if (!lab_quiz_wish_read(&wish, text, size, &error))
        lab_assert(error.length > 0);
    lab_quiz_wish_free(&wish);
    lab_text_free(&error);
}

// --- q, y: what is defined in C and in Python

static void read_source(lab_quote_fn *next, const char *text) {
    struct lab_quote quote = {0}, found;
    const char *end = text + strlen(text);
    while (next(text, &quote)) {
        lab_assert(text <= quote.start && quote.start <= quote.name);
        lab_assert(quote.name + quote.name_length <= quote.end);
        lab_assert(quote.end <= end && quote.name_length > 0);
        lab_assert(
            lab_quote_find(next, text, quote.name, quote.name_length, &found));
    }
}

static void read_c(const char *text, size_t size) {
    (void)size;
    read_source(lab_quote_next, text);
}

static void read_python(const char *text, size_t size) {
    (void)size;
    read_source(lab_quote_next_python, text);
}

// --- m: Markdown

static void show_part(const struct lab_parts *parts, size_t part,
                      const struct lab_style *style) {
    const struct lab_markdown *doc = parts->doc;
    struct lab_text out = {0};
    struct lab_item item;
    for (size_t i = 0; lab_parts_item(parts, part, i, &item); i++) {
        lab_assert(item.from <= item.to && item.to <= doc->length);
        if (!item.is_command && !item.asks)
            lab_render_put(&out, style, doc, item.from, item.to);
    }
    if (!style->color)
        assert_harmless(&out, style->width);
    lab_text_free(&out);
}

static void show_blocks(const struct lab_parts *parts) {
    struct lab_blocks blocks;
    struct lab_text note = {0};
    lab_blocks_find(&blocks, parts);
    for (size_t i = 0; i < blocks.count; i++)
        lab_blocks_note(&blocks, i, &note);
    lab_text_free(&note);
    lab_blocks_free(&blocks);
}

static void show_fences(const struct lab_markdown *doc) {
    struct lab_text prefix = {0};
    for (size_t i = 0; i < doc->fence_count; i++) {
        const struct lab_fence *fence = &doc->fences[i];
        lab_assert(fence->info <= fence->info_end &&
                   fence->info_end <= doc->length);
        lab_assert(lab_markdown_after(doc, fence) <= doc->length);
        lab_assert(fence->first + fence->count <= doc->line_count);
        lab_info_read(doc->text + fence->info, doc->text + fence->info_end,
                      "int f(void) {\n}\n");
        lab_markdown_prefix(doc, fence, &prefix);
    }
    lab_text_free(&prefix);
}

static void read_markdown(const char *text, size_t size) {
    static const struct lab_style styles[] = {
        {.width = 80}, {.width = 20, .ascii = true}, {.width = 33, .color = 1}};
    struct lab_markdown doc;
    struct lab_parts parts;
    struct lab_text error = {0};
    lab_markdown_split(&doc, text, size);
    show_fences(&doc);
    lab_parts_split(&parts, &doc);
    for (size_t i = 0; i < parts.count; i++)
        show_part(&parts, i, &styles[size % countof(styles)]);
    show_blocks(&parts);
    lab_form_check("lesson.md", &doc, &error);
    lab_text_free(&error);
    lab_parts_free(&parts);
    lab_markdown_free(&doc);
}

// --- all of them

static const struct {
    char letter;
    void (*read)(const char *text, size_t size);
} readers[] = {{'p', read_parameter}, {'f', read_formula}, {'c', read_claim},
               {'w', read_wish},      {'q', read_c},       {'y', read_python},
               {'m', read_markdown}};

static void read_as(uint8_t letter, const uint8_t *data, size_t size) {
    struct lab_text text = {0};
    lab_text_write(&text, (const char *)data, size);
    for (size_t i = 0; i < countof(readers); i++)
        if (readers[i].letter == letter)
            readers[i].read(lab_text_string(&text), size);
    lab_text_free(&text);
}

void fuzz_text(const uint8_t *data, size_t size) {
    if (size > 0)
        read_as(data[0], data + 1, size - 1);
}

// For the fuzzer. Weak, as the unit tests have others besides.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
__attribute__((weak)) int LLVMFuzzerTestOneInput(const uint8_t *data,
                                                 size_t size) {
    try_kind(read_as, data, size);
    return 0;
}
