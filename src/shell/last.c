#include "shell/last.h"

#include "base/alloc.h"
#include "base/die.h"
#include "demo/choose.h"
#include "guest/guest.h"
#include "shell/option.h"
#include "shell/show.h"

#include <string.h>

// --- what it was

// The demo that ran last, loaded; NULL if it was a program, or if nothing ran.
static struct lab_demo_file *file_of(struct lab_shell *shell) {
    const struct lab_comparison *last = &shell->last;
    struct lab_text error = {0};
    struct lab_demo_file *found = NULL;
    bool known = last->count && !last->language && !last->code &&
                 lab_shell_demos(shell, &error);
    for (size_t i = 0; known && i < shell->demos.count && !found; i++) {
        struct lab_demo_file *file = &shell->demos.files[i];
        if (file->number == last->number && strcmp(file->name, last->demo) == 0)
            found = file;
    }
    bool loaded = found && lab_demos_load(found, &error);
    lab_text_free(&error);
    return loaded ? found : NULL;
}

static bool has_run(const struct lab_shell *shell, const char *variant) {
    return lab_comparison_find(&shell->last, variant) != NULL;
}

static size_t variant_of(const struct lab_demo *demo, const char *word) {
    size_t i = 0, count = lab_variant_count(demo);
    while (i < count && strcmp(demo->variants[i].name, word) != 0)
        i++;
    return i;
}

// Does [word] begin a variant of [demo], and mean nothing else?
static bool begins_variant(struct lab_shell *shell, const struct lab_demo *demo,
                           const char *word) {
    struct lab_text error = {0};
    bool variants[LAB_DEMO_VARIANTS] = {0};
    bool means = *word && !lab_show_is_file(word) && !lab_guest_is(word) &&
                 lab_choose_variant(demo, word, variants, &error) &&
                 !lab_demos_find(&shell->demos, word, &error);
    lab_text_free(&error);
    return means;
}

bool lab_last_means(struct lab_shell *shell, const char *word) {
    if (shell->last.count == 0)
        return false;
    if (has_run(shell, word))
        return true;
    const struct lab_demo_file *file = file_of(shell);
    return file &&
           (strchr(word, '=') ||
            variant_of(file->demo, word) < lab_variant_count(file->demo) ||
            begins_variant(shell, file->demo, word));
}

// --- words

// The values that it ran with.
static bool take_values(const struct lab_comparison *last,
                        struct lab_settings *settings, struct lab_text *error) {
    bool fine = true;
    lab_settings_init(settings, settings->demo);
    for (size_t i = 0; i < last->param_count && fine; i++) {
        struct lab_text typed = {0};
        lab_comparison_put_param(last, i, &typed);
        fine = lab_settings_assign(settings, lab_text_string(&typed), error);
        lab_text_free(&typed);
    }
    return fine;
}

// If the line names no variant, it means the variants that ran last.
static void take_variants(const struct lab_comparison *last,
                          struct lab_selection *selection) {
    const struct lab_demo *demo = selection->file->demo;
    size_t count = lab_variant_count(demo);
    for (size_t i = 0; i < count; i++)
        if (selection->variants[i])
            return;
    for (size_t i = 0; i < last->count; i++) {
        size_t at = variant_of(demo, last->runs[i]->name);
        if (at < count)
            selection->variants[at] = true;
    }
}

// The schedule needs the virtual clock, which it had.
static void take_manner(struct lab_call *call) {
    const struct lab_comparison *last = &call->shell->last;
    if (!(call->given & LAB_OPTION_CLOCK))
        call->options.clock = last->clock;
    if (last->schedule && !(call->given & LAB_OPTION_SCHEDULE)) {
        call->schedule = call->kept_schedule = lab_strdup(last->schedule);
        call->options.clock = LAB_CLOCK_VIRTUAL;
    }
}

static int select_last(struct lab_call *call, char **words, int count) {
    struct lab_shell *shell = call->shell;
    struct lab_selection *selection = &call->target.selection;
    struct lab_text error = {0};
    int status = lab_select_file(shell, file_of(shell), selection);
    if (status != LAB_EXIT_OK)
        return status;
    if (!take_values(&shell->last, &selection->settings, &error))
        return lab_shell_refuse_text(shell, &error);
    status = lab_select_more(shell, words, count, selection);
    if (status != LAB_EXIT_OK)
        return status;
    take_variants(&shell->last, selection);
    take_manner(call);
    call->target.kind = LAB_TARGET_DEMO;
    return LAB_EXIT_OK;
}

// Puts whole names in the place of their beginnings, where these are clear.
static void complete_names(const struct lab_demo *demo, char **words,
                           int count) {
    struct lab_text error = {0};
    for (int i = 0; i < count; i++) {
        bool variants[LAB_DEMO_VARIANTS] = {0};
        size_t at = 0;
        if (strchr(words[i], '=') ||
            !lab_choose_variant(demo, words[i], variants, &error))
            continue;
        while (!variants[at])
            at++;
        words[i] = (char *)demo->variants[at].name;
    }
    lab_text_free(&error);
}

// Questions that name no variant look at the one that was named last.
static void look_at(struct lab_shell *shell, const char *name) {
    for (size_t i = 0; i < shell->last.count; i++)
        if (strcmp(shell->last.runs[i]->name, name) == 0)
            shell->looked_at = i;
}

// Have all of these run?
static bool have_run(const struct lab_shell *shell, char **words, int count) {
    for (int i = 0; i < count; i++)
        if (!has_run(shell, words[i]))
            return false;
    return true;
}

int lab_last_read(struct lab_call *call, char **words, int count) {
    struct lab_target *target = &call->target;
    const struct lab_demo_file *file = file_of(call->shell);
    if (file)
        complete_names(file->demo, words, count);
    if (have_run(call->shell, words, count)) {
        target->kind = LAB_TARGET_VARIANT;
        target->variants = words;
        target->count = count;
        look_at(call->shell, words[0]);
        return LAB_EXIT_OK;
    }
    if (file)
        return select_last(call, words, count);
    return lab_shell_refuse(call->shell,
                            "\"%s\" is not among what ran last; run %s with "
                            "what you mean",
                            words[count - 1], call->shell->last.demo);
}

// --- what is looked at

static bool is_named(const struct lab_target *target, const char *name) {
    for (int i = 0; i < target->count; i++)
        if (strcmp(target->variants[i], name) == 0)
            return true;
    return false;
}

void lab_last_part(const struct lab_target *target,
                   const struct lab_comparison *whole,
                   struct lab_comparison *part) {
    *part = *whole;
    part->runs = lab_alloc((whole->count + 1) * sizeof(struct lab_run *));
    part->count = 0;
    for (size_t i = 0; i < whole->count; i++)
        if (target->kind != LAB_TARGET_VARIANT ||
            is_named(target, whole->runs[i]->name))
            part->runs[part->count++] = whole->runs[i];
}

void lab_last_end_part(struct lab_comparison *part) {
    lab_free(part->runs);
    *part = (struct lab_comparison){0};
}

const struct lab_run *lab_last_run(const struct lab_shell *shell) {
    const struct lab_comparison *last = &shell->last;
    if (last->count == 0)
        return NULL;
    return last->runs[shell->looked_at < last->count ? shell->looked_at : 0];
}
