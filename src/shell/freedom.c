#include "shell/freedom.h"

#include "base/alloc.h"
#include "base/die.h"
#include "demo/choose.h"
#include "shell/show.h"
#include "shell/words.h"

#include <stdlib.h>
#include <string.h>

// --- as its author wrote it

static size_t find_param(const struct lab_demo *demo, const char *name,
                         size_t n) {
    size_t i = 0;
    while (i < lab_param_count(demo) &&
           (strlen(demo->params[i].name) != n ||
            strncmp(demo->params[i].name, name, n) != 0))
        i++;
    return i;
}

static bool add(struct lab_freedom *freedom, const struct lab_demo *demo,
                const char *word, struct lab_text *error) {
    size_t n = strcspn(word, "=");
    struct lab_freedom_param *param = &freedom->params[freedom->count];
    if (freedom->count == LAB_FREEDOM_MOST) {
        lab_text_printf(error, "more than %d parameters may be changed",
                        LAB_FREEDOM_MOST);
        return false;
    }
    param->index = find_param(demo, word, n);
    if (param->index == lab_param_count(demo)) {
        lab_param_put_unknown(error, demo, word, n);
        return false;
    }
    freedom->count++;
    param->range = lab_strdup(word + n + 1);
    return lab_steps_read(&param->steps, param->range, error);
}

static bool read_word(struct lab_freedom *freedom, const char *word,
                      struct lab_selection *selection, struct lab_text *error) {
    const struct lab_demo *demo = selection->settings.demo;
    const char *value = strchr(word, '=');
    if (!value)
        return lab_choose_variant(demo, word, selection->variants, error);
    return strstr(value, "..") || strchr(value, ',')
               ? add(freedom, demo, word, error)
               : lab_settings_assign(&selection->settings, word, error);
}

bool lab_freedom_read(struct lab_freedom *freedom, const char *text,
                      struct lab_selection *selection, struct lab_text *error) {
    struct lab_words words;
    size_t index;
    *freedom = (struct lab_freedom){0};
    bool fine = lab_words_split(&words, text, error);
    for (int i = 0; i < words.count && fine; i++)
        fine = read_word(freedom, words.words[i], selection, error);
    lab_words_free(&words);
    fine = fine && lab_choose_only(selection->settings.demo,
                                   selection->variants, &index, error);
    if (fine)
        selection->variants[index] = true;
    if (fine && !freedom->count)
        lab_text_put(error, "no parameter may be changed");
    return fine && freedom->count;
}

static void read_claims(struct lab_grade *claims, const char *at) {
    char *texts[LAB_DEMO_CLAIMS];
    size_t count = 0;
    while (*at && count < countof(texts)) {
        struct lab_text text = {0};
        size_t n = strcspn(at, ";");
        lab_text_write(&text, at, n);
        lab_text_trim(&text);
        texts[count++] = lab_strdup(lab_text_string(&text));
        lab_text_free(&text);
        at += n + (at[n] == ';');
        at += strspn(at, " ");
    }
    lab_grade_claims(claims, texts, count);
    for (size_t i = 0; i < count; i++)
        lab_free(texts[i]);
}

bool lab_freedom_open(struct lab_freedom *freedom, struct lab_grade *claims,
                      const struct lab_exercise *exercise,
                      struct lab_selection *selection, struct lab_text *error) {
    struct lab_text why = {0};
    struct lab_demo_file *file = selection->file;
    lab_settings_init(&selection->settings, file->demo);
    selection->settings.file = file;
    read_claims(claims, exercise->try_claims);
    bool fine =
        lab_freedom_read(freedom, exercise->try_values, selection, &why) &&
        lab_grade_check(claims, &selection->settings, &why);
    if (!fine)
        lab_text_printf(error, "%s: %s: %s", exercise->path,
                        exercise->try_values, lab_text_string(&why));
    lab_text_free(&why);
    return fine;
}

void lab_freedom_free(struct lab_freedom *freedom) {
    for (size_t i = 0; i < freedom->count; i++) {
        lab_steps_free(&freedom->params[i].steps);
        lab_free(freedom->params[i].range);
    }
    *freedom = (struct lab_freedom){0};
}

// --- answers

bool lab_freedom_step(const struct lab_freedom *freedom, size_t index,
                      size_t step, struct lab_settings *settings) {
    const struct lab_freedom_param *param = &freedom->params[index];
    struct lab_text word = {0}, error = {0};
    lab_text_printf(&word, "%s=%s", settings->demo->params[param->index].name,
                    param->steps.values[step]);
    bool fine = lab_settings_assign(settings, lab_text_string(&word), &error);
    lab_text_free(&word);
    lab_text_free(&error);
    return fine;
}

// Is the value that [settings] has one of those that are free?
static bool is_free(const struct lab_freedom *freedom, size_t index,
                    const struct lab_settings *settings) {
    size_t at = freedom->params[index].index;
    struct lab_settings other = *settings;
    for (size_t i = 0; i < freedom->params[index].steps.count; i++)
        if (lab_freedom_step(freedom, index, i, &other) &&
            other.values[at] == settings->values[at])
            return true;
    return false;
}

// Copies [typed] without the spaces around "=": "n = 7" is one word.
static void join_signs(struct lab_text *out, const char *typed) {
    for (; *typed; typed++) {
        size_t n = strspn(typed, " ");
        bool is_beside = typed[n] == '=' ||
                         (out->length && out->data[out->length - 1] == '=');
        if (*typed != ' ' || !is_beside)
            lab_text_write(out, typed, 1);
    }
}

void lab_freedom_put_range(const struct lab_freedom_param *param,
                           const struct lab_demo *demo, struct lab_text *out) {
    const struct lab_steps *steps = &param->steps;
    const char *unit = demo->params[param->index].unit;
    long step = steps->count > 1 ? strtol(steps->values[1], NULL, 10) -
                                       strtol(steps->values[0], NULL, 10)
                                 : 1;
    lab_text_printf(out, "%s to %s%s%s", steps->values[0],
                    steps->values[steps->count - 1], unit ? " " : "",
                    unit ? unit : "");
    if (step != 1)
        lab_text_printf(out, ", in steps of %ld", step);
}

static void say_range(const struct lab_freedom_param *param,
                      const struct lab_demo *demo, struct lab_text *error) {
    lab_text_printf(error, "%s is free from ", demo->params[param->index].name);
    lab_freedom_put_range(param, demo, error);
}

// Sets one value. What the demo refuses as too large or small is out of the
// range that is free here, which may be smaller than the demo's.
static bool assign(const struct lab_freedom *freedom, const char *word,
                   struct lab_settings *settings, struct lab_text *error) {
    const char *value = word + strcspn(word, "=");
    if (lab_settings_assign(settings, word, error))
        return true;
    for (size_t i = 0; i < freedom->count; i++) {
        const struct lab_freedom_param *param = &freedom->params[i];
        if (find_param(settings->demo, word, (size_t)(value - word)) !=
                param->index ||
            !value[0] || !value[1] ||
            strspn(value + 1, "0123456789") + 1 != strlen(value))
            continue;
        lab_text_clear(error);
        say_range(param, settings->demo, error);
    }
    return false;
}

static bool read_answer(const struct lab_freedom *freedom, const char *typed,
                        struct lab_settings *settings, struct lab_text *error) {
    struct lab_words words;
    struct lab_text joined = {0};
    join_signs(&joined, typed);
    bool fine = lab_words_split(&words, lab_text_string(&joined), error);
    for (int i = 0; i < words.count && fine; i++) {
        struct lab_text word = {0};
        if (!strchr(words.words[i], '=') && freedom->count == 1)
            lab_text_printf(
                &word,
                "%s=", settings->demo->params[freedom->params[0].index].name);
        lab_text_put(&word, words.words[i]);
        fine = assign(freedom, lab_text_string(&word), settings, error);
        lab_text_free(&word);
    }
    lab_words_free(&words);
    lab_text_free(&joined);
    return fine;
}

bool lab_freedom_take(const struct lab_freedom *freedom, const char *typed,
                      struct lab_settings *settings, struct lab_text *error) {
    const struct lab_settings before = *settings;
    bool may_change[LAB_DEMO_PARAMS] = {0};
    if (!read_answer(freedom, typed, settings, error))
        return false;
    for (size_t i = 0; i < freedom->count; i++) {
        const struct lab_freedom_param *param = &freedom->params[i];
        may_change[param->index] = true;
        if (is_free(freedom, i, settings))
            continue;
        say_range(param, settings->demo, error);
        return false;
    }
    for (size_t i = 0; i < lab_param_count(settings->demo); i++)
        if (!may_change[i] && settings->values[i] != before.values[i]) {
            lab_text_printf(error, "%s stays as it is",
                            settings->demo->params[i].name);
            return false;
        }
    return true;
}

void lab_freedom_put(const struct lab_freedom *freedom,
                     const struct lab_settings *settings,
                     struct lab_text *out) {
    for (size_t i = 0; i < freedom->count; i++) {
        size_t at = freedom->params[i].index;
        struct lab_settings shown = *settings;
        if (!is_free(freedom, i, settings))
            lab_ignore(lab_freedom_step(freedom, i, 0, &shown));
        lab_text_printf(out, "%s%s=", i ? " " : "",
                        settings->demo->params[at].name);
        lab_settings_put_value(&shown, at, out);
    }
}

// --- runs

struct lab_run *lab_freedom_run(struct lab_call *call,
                                const struct lab_selection *selection,
                                const struct lab_grade *claims,
                                const struct lab_settings *settings,
                                struct lab_comparison *comparison) {
    struct lab_selection one = *selection;
    one.settings = *settings;
    int status = lab_show_quietly(call, &one, comparison);
    if (status != LAB_EXIT_OK || comparison->count == 0)
        return NULL;
    struct lab_run *only = comparison->runs[0];
    lab_grade_give(claims, comparison, only);
    lab_grade_judge(comparison, only, LAB_GRADE_SMALL);
    return only;
}

bool lab_freedom_holds(const struct lab_run *run) {
    for (size_t i = 0; run && i < run->claim_count; i++)
        if (!run->claims[i].held)
            return false;
    return run != NULL;
}

static bool holds_with(struct lab_call *call,
                       const struct lab_selection *selection,
                       const struct lab_grade *claims,
                       const struct lab_settings *settings) {
    struct lab_comparison comparison = {0};
    bool holds = lab_freedom_holds(
        lab_freedom_run(call, selection, claims, settings, &comparison));
    lab_comparison_free(&comparison);
    return holds;
}

// Does it hold with some values of the parameters from [index] on?
static bool holds_somewhere(struct lab_call *call,
                            const struct lab_freedom *freedom, size_t index,
                            const struct lab_selection *selection,
                            const struct lab_grade *claims,
                            const struct lab_settings *settings) {
    struct lab_settings other = *settings;
    if (index == freedom->count)
        return holds_with(call, selection, claims, settings);
    for (size_t i = 0; i < freedom->params[index].steps.count; i++)
        if (lab_freedom_step(freedom, index, i, &other) &&
            holds_somewhere(call, freedom, index + 1, selection, claims,
                            &other))
            return true;
    return false;
}

bool lab_freedom_check(struct lab_call *call, const struct lab_freedom *freedom,
                       const struct lab_selection *selection,
                       const struct lab_grade *claims, struct lab_text *error) {
    const struct lab_settings *settings = &selection->settings;
    if (holds_with(call, selection, claims, settings))
        lab_text_put(error, "it holds before anything is changed");
    else if (!holds_somewhere(call, freedom, 0, selection, claims, settings))
        lab_text_put(error, "no value makes it hold");
    return error->length == 0;
}
