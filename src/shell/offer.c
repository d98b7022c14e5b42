#include "shell/offer.h"

#include "base/alloc.h"
#include "demo/choose.h"
#include "demo/index.h"
#include "shell/command.h"
#include "shell/paths.h"
#include "shell/vocabulary.h"

#include <inttypes.h>
#include <string.h>

// --- one candidate

static bool lists(const char *listed, const char *item) {
    size_t n = strlen(item);
    for (const char *at = listed; at && *at; at += strcspn(at, ",") + 1)
        if (strncmp(at, item, n) == 0 && at[n] == ',')
            return true;
    return false;
}

// Does the line have [candidate] already? Of "delay=" and "delay=1000" one is
// enough, whatever its value.
static bool is_given(const struct lab_request *request, const char *candidate) {
    size_t n = strcspn(candidate, "=");
    for (int i = 0; i < request->given_count; i++) {
        const char *given = request->given[i];
        if (strcspn(given, "=") == n && strncmp(given, candidate, n) == 0 &&
            (candidate[n] == '=' || given[n] == '\0'))
            return true;
    }
    return lists(request->listed, candidate);
}

// The same for what cannot be on the line.
static void put(const struct lab_request *request, const char *candidate,
                const char *text) {
    if (strncmp(candidate, request->word, strlen(request->word)) == 0)
        request->offer(request->to, candidate, text);
}

void lab_offer_about(const struct lab_request *request, const char *candidate,
                     const char *text) {
    if (!is_given(request, candidate))
        put(request, candidate, text);
}

void lab_offer(const struct lab_request *request, const char *candidate) {
    lab_offer_about(request, candidate, NULL);
}

void lab_offer_joined(const struct lab_request *request, const char *a,
                      const char *b, const char *c, const char *text) {
    struct lab_text joined = {0};
    lab_text_printf(&joined, "%s%s%s", a, b, c);
    lab_offer_about(request, lab_text_string(&joined), text);
    lab_text_free(&joined);
}

void lab_offer_all(const struct lab_request *request,
                   const struct lab_offered *rows) {
    for (; rows->word; rows++)
        lab_offer_about(request, rows->word, rows->text);
}

void lab_offer_words(const struct lab_request *request) {
    const struct lab_word *word;
    for (size_t i = 0; (word = lab_word_at(i)); i++) {
        struct lab_text name = {0};
        lab_text_write(&name, word->names, strcspn(word->names, ","));
        lab_offer_about(request, lab_text_string(&name), word->text);
        lab_text_free(&name);
    }
}

void lab_offer_commands(const struct lab_request *request) {
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        put(request, command->name, command->text);
}

// --- files

// What a file is, by the end of its name; NULL if that is all there is to say.
static const char *kind_of(const char *path) {
    static const struct lab_offered kinds[] = {
        {"/", "a folder"},
        {".py", "a program in Python"},
        {".c", "a program in C"},
        {".jsonl", "a record of runs"},
        {".md", "a lesson, or other Markdown"},
    };
    size_t n = strlen(path);
    for (size_t i = 0; i < countof(kinds); i++) {
        size_t m = strlen(kinds[i].word);
        if (n >= m && strcmp(path + n - m, kinds[i].word) == 0)
            return kinds[i].text;
    }
    return "a file that is there";
}

static void offer_path(void *to, const char *path) {
    const struct lab_request *request = to;
    request->offer(request->to, path, kind_of(path));
}

void lab_offer_files(const struct lab_request *request, const char *ending) {
    lab_paths_offer(request->word, ending, offer_path, (void *)request);
}

static void offer_file(void *to, const char *path) {
    const struct lab_request *request = to;
    if (strchr(request->word, '/') || path[strlen(path) - 1] != '/')
        offer_path(to, path);
}

void lab_offer_files_too(const struct lab_request *request,
                         const char *ending) {
    lab_paths_offer(request->word, ending, offer_file, (void *)request);
}

// --- demos

// A folder that cannot be read offers nothing; the command will say why.
static bool has_demos(struct lab_shell *shell) {
    struct lab_text error = {0};
    bool has = lab_shell_demos(shell, &error);
    lab_text_free(&error);
    return has;
}

// The table of [file]; NULL if it cannot be loaded.
static const struct lab_demo *table_of(struct lab_demo_file *file) {
    struct lab_text error = {0};
    bool loaded = lab_demos_load(file, &error);
    lab_text_free(&error);
    return loaded ? file->demo : NULL;
}

// With what it asks, which a demo that cannot be read keeps to itself.
static void offer_demo(const struct lab_request *request,
                       struct lab_demo_file *file) {
    struct lab_text part = {0}, error = {0};
    lab_text_printf(&part, "_%s", request->word);
    bool begins =
        strncmp(file->name, request->word, strlen(request->word)) == 0;
    if (begins ||
        (*request->word && strstr(file->name, lab_text_string(&part)))) {
        lab_text_clear(&part);
        lab_text_printf(&part, "%d: ", file->number);
        lab_demos_asks(file, &part, &error);
        request->offer(request->to, file->name, lab_text_string(&part));
    }
    lab_text_free(&part);
    lab_text_free(&error);
}

void lab_offer_demos(const struct lab_request *request) {
    struct lab_shell *shell = request->shell;
    if (has_demos(shell))
        lab_index_read(&shell->demos);
    for (size_t i = 0; has_demos(shell) && i < shell->demos.count; i++)
        offer_demo(request, &shell->demos.files[i]);
}

// The demo called [name], or NULL.
static const struct lab_demo *demo_of(const struct lab_request *request,
                                      const char *name) {
    struct lab_shell *shell = request->shell;
    struct lab_text error = {0};
    struct lab_demo_file *file =
        has_demos(shell) ? lab_demos_find(&shell->demos, name, &error) : NULL;
    lab_text_free(&error);
    return file ? table_of(file) : NULL;
}

// Sets in [named] the variants that the line names, in full or in part.
static void find_named(const struct lab_request *request, const char *name,
                       const struct lab_demo *demo, bool *named) {
    struct lab_text none = {0};
    for (int i = 0; i < request->index; i++)
        if (request->words[i] != name && !strchr(request->words[i], '='))
            lab_choose_variant(demo, request->words[i], named, &none);
    lab_text_free(&none);
}

void lab_offer_variants(const struct lab_request *request, const char *name) {
    const struct lab_demo *demo = demo_of(request, name);
    bool named[LAB_DEMO_VARIANTS] = {0};
    if (!demo)
        return;
    find_named(request, name, demo, named);
    for (size_t i = 0; i < lab_variant_count(demo); i++)
        if (!named[i])
            put(request, demo->variants[i].name, demo->variants[i].text);
}

// Appends "1000 ms, of 1 to 60000: how long one download takes".
static void put_param(struct lab_text *out, const struct lab_settings *defaults,
                      size_t index) {
    const struct lab_parameter *param = &defaults->demo->params[index];
    lab_settings_put_value(defaults, index, out);
    lab_text_printf(out, "%s%s, of %" PRId64 " to %" PRId64,
                    param->unit ? " " : "", lab_param_unit(param), param->min,
                    param->max);
    if (param->text)
        lab_text_printf(out, ": %s", param->text);
}

enum { ALL = 20, STEPS = 4 }; // values in a range: each of them, or a few

// Appends "1..16"; of a large range "500ms..2000ms..500ms", around [value].
static void put_range(struct lab_text *out, const struct lab_parameter *param,
                      int64_t value) {
    int64_t step = value / 2 > 0 ? value / 2 : 1;
    int64_t from = step > param->min ? step : param->min;
    int64_t to = from + (STEPS - 1) * step;
    if (param->max - param->min < ALL) {
        lab_text_printf(out, "%" PRId64 "..%" PRId64, param->min, param->max);
        lab_text_put(out, lab_param_unit(param));
        return;
    }
    while (to > param->max && to - step > from)
        to -= step;
    lab_text_printf(out, "%" PRId64 "%s..%" PRId64 "%s..%" PRId64 "%s", from,
                    lab_param_unit(param), to, lab_param_unit(param), step,
                    lab_param_unit(param));
}

static void offer_param(const struct lab_request *request,
                        const struct lab_settings *defaults, size_t index,
                        bool as_range) {
    const struct lab_parameter *param = &defaults->demo->params[index];
    struct lab_text value = {0}, text = {0};
    if (strchr(request->word, '=') && as_range)
        put_range(&value, param, defaults->values[index]);
    else if (strchr(request->word, '='))
        lab_settings_put_value(defaults, index, &value);
    put_param(&text, defaults, index);
    lab_offer_joined(request, param->name, "=", lab_text_string(&value),
                     lab_text_string(&text));
    lab_text_free(&value);
    lab_text_free(&text);
}

static void offer_all(const struct lab_request *request, const char *name,
                      bool as_ranges) {
    const struct lab_demo *demo = demo_of(request, name);
    struct lab_settings defaults;
    if (!demo)
        return;
    lab_settings_init(&defaults, demo);
    for (size_t i = 0; i < lab_param_count(demo); i++) // a list is one value
        offer_param(request, &defaults, i, as_ranges && !demo->params[i].list);
}

void lab_offer_params(const struct lab_request *request, const char *name) {
    offer_all(request, name, false);
}

void lab_offer_ranges(const struct lab_request *request, const char *name) {
    offer_all(request, name, true);
}
