#include "shell/complete.h"

#include "base/alloc.h"
#include "shell/look.h"
#include "shell/option.h"
#include "shell/paths.h"
#include "shell/select.h"
#include "shell/show.h"
#include "view/export.h"

#include <inttypes.h>
#include <string.h>

// Where candidates go: those that begin like the word are offered.
struct offering {
    const char *word;
    void (*offer)(void *to, const char *candidate);
    void *to;
};

static void offer(const struct offering *o, const char *candidate) {
    if (strncmp(candidate, o->word, strlen(o->word)) == 0)
        o->offer(o->to, candidate);
}

static void offer_joined(const struct offering *o, const char *a, const char *b,
                         const char *c) {
    struct lab_text text = {0};
    lab_text_printf(&text, "%s%s%s", a, b, c);
    offer(o, lab_text_string(&text));
    lab_text_free(&text);
}

static void offer_commands(const struct offering *o) {
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        offer(o, command->name);
}

static void offer_options(const struct offering *o) {
    for (size_t i = 0; lab_option_table[i].name; i++)
        offer_joined(o, "--", lab_option_table[i].name,
                     lab_option_needs_value(&lab_option_table[i]) ? "=" : "");
}

static void offer_clocks(const struct offering *o) {
    static const char *const clocks[] = {"virtual", "real", "x10", "x0.5"};
    for (size_t i = 0; i < countof(clocks); i++)
        offer(o, clocks[i]);
}

// A folder that cannot be read offers nothing; the command will say why.
static bool has_demos(struct lab_shell *shell) {
    struct lab_text error = {0};
    bool has = lab_shell_demos(shell, &error);
    lab_text_free(&error);
    return has;
}

// Who types a later word of a name is offered the whole of it. It counts if
// it is the only candidate; see edit.h.
static void offer_demo(const struct offering *o, const char *name) {
    struct lab_text part = {0};
    lab_text_printf(&part, "_%s", o->word);
    offer(o, name);
    if (*o->word && strstr(name, lab_text_string(&part)))
        o->offer(o->to, name);
    lab_text_free(&part);
}

static void offer_demos(struct lab_shell *shell, const struct offering *o) {
    for (size_t i = 0; has_demos(shell) && i < shell->demos.count; i++)
        offer_demo(o, shell->demos.files[i].name);
}

static void offer_parts(struct lab_shell *shell, const char *name,
                        const struct offering *o) {
    struct lab_text error = {0};
    struct lab_demo_file *file =
        has_demos(shell) ? lab_demos_find(&shell->demos, name, &error) : NULL;
    if (file && lab_demos_load(file, &error)) {
        const struct lab_demo *demo = file->demo;
        for (size_t i = 0; i < lab_variant_count(demo); i++)
            offer(o, demo->variants[i].name);
        for (size_t i = 0; i < lab_param_count(demo); i++)
            offer_joined(o, demo->params[i].name, "=", "");
    }
    lab_text_free(&error);
}

static void offer_files(const struct offering *o, const char *ending) {
    lab_paths_offer(o->word, ending, o->offer, o->to);
}

// Where something else may stand, folders would only be in the way of it until
// a slash says that a file is meant.
static void offer_file(void *to, const char *path) {
    const struct offering *o = to;
    if (strchr(o->word, '/') || path[strlen(path) - 1] != '/')
        o->offer(o->to, path);
}

static void offer_records(const struct offering *o) {
    lab_paths_offer(o->word, ".jsonl", offer_file, (void *)o);
}

// --- what has run

enum { TASKS = 100 }; // are offered of a run at most

static void offer_task(const struct offering *o, uint32_t number,
                       const char *name) {
    char word[16];
    snprintf(word, sizeof word, "t%" PRIu32, number);
    offer(o, word);
    if (*name && !strpbrk(name, " \t\n,"))
        offer(o, name);
}

static void offer_tasks(const struct lab_record *record,
                        const struct offering *o) {
    size_t count = record ? lab_record_count(record) : 0, tasks = 0;
    for (size_t i = 0; i < count && tasks < TASKS; i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind != LAB_EVENT_SPAWN)
            continue;
        offer_task(o, event->task, lab_record_text(record, event));
        tasks++;
    }
}

// Several may be named, with commas.
static void offer_lanes(const struct lab_shell *shell,
                        const struct offering *o) {
    for (size_t i = 0; i < shell->last.count; i++)
        offer_tasks(shell->last.results[i].record, o);
}

static void offer_variants(const struct lab_shell *shell,
                           const struct offering *o) {
    for (size_t i = 0; i < shell->last.count; i++)
        offer(o, shell->last.results[i].variant->name);
}

static void offer_all(const struct offering *o, const char *const *words) {
    for (; *words; words++)
        offer(o, *words);
}

// --- commands

// What is completed: the word at [place] of [words], of which the first is
// the command.
struct request {
    struct lab_shell *shell;
    char **words;
    int place;
    struct offering o;
};

static const char *const window[] = {"from=", "to=", "lanes=", NULL};
static const char *const moment[] = {"at=", NULL};

// A demo or the file of a record at place [first], and what goes with either
// behind it: one of [more], too.
static void offer_shown(const struct request *request, int first,
                        const char *const *more) {
    const struct offering *o = &request->o;
    if (request->place < first)
        return;
    if (request->place == first) {
        offer_demos(request->shell, o);
        offer_records(o);
    } else if (!lab_show_is_file(request->words[first])) {
        offer_parts(request->shell, request->words[first], o);
    }
    offer_all(o, more);
}

// That, or a variant of what ran last.
static void offer_look(const struct request *request, int first,
                       const char *const *more) {
    if (request->place == first)
        offer_variants(request->shell, &request->o);
    offer_shown(request, first, more);
}

static void offer_export(const struct request *request) {
    const struct offering *o = &request->o;
    struct lab_text ending = {0};
    if (request->place == 1)
        for (size_t i = 0; lab_exports[i].name; i++)
            offer(o, lab_exports[i].name);
    if (request->place == 2) {
        lab_text_printf(&ending, ".%s", request->words[1]);
        offer_files(o, lab_text_string(&ending));
    }
    offer_shown(request, 3, window); // refused by some, with what to do
    lab_text_free(&ending);
}

static void offer_until(const struct request *request) {
    const char *verb;
    if (request->place == 1)
        offer_tasks(lab_look_record(request->shell, false), &request->o);
    if (request->place == 2)
        for (size_t i = 0; (verb = lab_command_until_verb(i)); i++)
            offer(&request->o, verb);
}

static void offer_demo_words(const struct request *request, bool all) {
    if (request->place > 1)
        offer_parts(request->shell, request->words[1], &request->o);
    else
        offer_demos(request->shell, &request->o);
    if (request->place == 1 && all)
        offer(&request->o, "all");
}

static void offer_argument(const struct request *request,
                           const struct lab_command *command) {
    static const char *const none[] = {NULL};
    const struct offering *o = &request->o;
    switch (command->argument) {
    case LAB_ARGUMENT_NONE:
        break;
    case LAB_ARGUMENT_DEMO:
        offer_demo_words(request, command->run == lab_command_run);
        break;
    case LAB_ARGUMENT_VIEW:
        offer_shown(request, 1, window);
        break;
    case LAB_ARGUMENT_EXPORT:
        offer_export(request);
        break;
    case LAB_ARGUMENT_LOOK:
        offer_look(request, 1, none);
        break;
    case LAB_ARGUMENT_MOMENT:
        offer_look(request, 1, moment);
        break;
    case LAB_ARGUMENT_WHY:
        if (request->place == 1)
            offer_tasks(lab_look_record(request->shell, true), o);
        offer_look(request, 2, moment);
        break;
    case LAB_ARGUMENT_GOTO:
        offer_look(request, 2, none);
        break;
    case LAB_ARGUMENT_UNTIL:
        offer_until(request);
        break;
    case LAB_ARGUMENT_FILES:
        if (request->place < 3)
            offer_files(o, ".jsonl");
        break;
    case LAB_ARGUMENT_COMMAND:
        offer_commands(o);
        offer(o, "options");
        break;
    case LAB_ARGUMENT_CLOCK:
        offer_clocks(o);
        break;
    }
}

// Has the word completed from what stands behind [prefix], if it begins so,
// and behind the last comma there.
static bool skip(struct offering *o, size_t *start, const char *prefix) {
    if (strncmp(o->word, prefix, strlen(prefix)) != 0)
        return false;
    const char *comma = strrchr(o->word, ',');
    const char *word = comma ? comma + 1 : o->word + strlen(prefix);
    *start += (size_t)(word - o->word);
    o->word = word;
    return true;
}

static void offer_word(struct request *request, size_t *start) {
    struct offering *o = &request->o;
    struct lab_text error = {0};
    const struct lab_command *command = NULL;
    if (request->place > 0)
        command = lab_command_find(request->words[0], &error);
    lab_text_free(&error);
    bool shows = command && (command->argument == LAB_ARGUMENT_VIEW ||
                             command->argument == LAB_ARGUMENT_EXPORT);
    if (skip(o, start, "--clock="))
        offer_clocks(o);
    else if (skip(o, start, "--record="))
        offer_files(o, ".jsonl");
    else if (o->word[0] == '-')
        offer_options(o);
    else if (request->place == 0)
        offer_commands(o);
    else if (shows && skip(o, start, "lanes="))
        offer_lanes(request->shell, o);
    else if (command)
        offer_argument(request, command);
}

void lab_complete(void *context, const char *line, size_t *start,
                  void (*offer_to)(void *to, const char *candidate), void *to) {
    struct lab_words words;
    size_t length = strlen(line);
    *start = length;
    while (*start > 0 && line[*start - 1] != ' ')
        --*start;
    lab_words_split(&words, line);
    struct request request = {context,
                              words.words,
                              // The word being typed is the last, unless a
                              // space ends the line.
                              words.count - (*start < length),
                              {line + *start, offer_to, to}};
    offer_word(&request, start);
    lab_words_free(&words);
}
