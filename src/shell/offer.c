#include "shell/offer.h"

#include "base/alloc.h"
#include "demo/choose.h"
#include "record/lanes.h"
#include "shell/command.h"
#include "shell/look.h"
#include "shell/paths.h"
#include "view/wording.h"

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

static void offer_param(const struct lab_request *request,
                        const struct lab_settings *defaults, size_t index) {
    struct lab_text value = {0}, text = {0};
    const char *name = defaults->demo->params[index].name;
    if (strchr(request->word, '='))
        lab_settings_put_value(defaults, index, &value);
    put_param(&text, defaults, index);
    lab_offer_joined(request, name, "=", lab_text_string(&value),
                     lab_text_string(&text));
    lab_text_free(&value);
    lab_text_free(&text);
}

void lab_offer_params(const struct lab_request *request, const char *name) {
    const struct lab_demo *demo = demo_of(request, name);
    struct lab_settings defaults;
    if (!demo)
        return;
    lab_settings_init(&defaults, demo);
    for (size_t i = 0; i < lab_param_count(demo); i++)
        offer_param(request, &defaults, i);
}

// --- what has run

enum {
    OFFERED = 100,   // lanes of a run at most
    STATED = 1 << 18 // events: of a longer run, nobody wants to wait for it
};

// Offers what a lane can be called: "t3", its name in pictures, and the name
// that it may share with others. [text] is what it does, or "".
static void offer_lane(const struct lab_request *request, char kind,
                       const struct lab_lane *lane, const char *text) {
    struct lab_text number = {0}, about = {0};
    lab_text_printf(&number, "%c%" PRIu32, kind, lane->number);
    lab_text_mask(&about, lane->name, strlen(lane->name), false);
    if (*text)
        lab_text_printf(&about, ": %s", text);
    else
        text = kind ? lab_text_string(&number) : NULL;
    if (kind)
        lab_offer_about(request, lab_text_string(&number),
                        lab_text_string(&about));
    if (!strpbrk(lane->name, "\t\n,"))
        lab_offer_about(request, lane->name, text);
    if (strcmp(lane->says, lane->name) != 0 && !strpbrk(lane->says, "\t\n,"))
        lab_offer_about(request, lane->says, text);
    lab_text_free(&number);
    lab_text_free(&about);
}

// Appends what [lane], a task, does in [state]: "sleeps until 1.000 s".
static void put_doing(struct lab_text *out, const struct lab_state *state,
                      const struct lab_lane *lane) {
    const struct lab_state_task *task = lab_state_task(state, lane->number);
    if (!task)
        lab_text_put(out, "is not there yet");
    else if (lab_is_waiting(task->is))
        lab_wording_wait(out, lab_wording_of(state), task);
    else if (task->is == LAB_IS_ENDED && *lab_ending_name(lane->ending))
        lab_text_put(out, lab_ending_name(lane->ending));
    else
        lab_text_put(out, lab_is_name(task->is));
}

static void offer_doing(const struct lab_request *request,
                        const struct lab_state *state,
                        const struct lab_lane *lane) {
    struct lab_text text = {0};
    if (state)
        put_doing(&text, state, lane);
    offer_lane(request, 't', lane, lab_text_string(&text));
    lab_text_free(&text);
}

// The moment that is looked at: where the stepper is, or the last there is.
// NULL if finding it would take long. The caller frees [own].
static const struct lab_state *state_of(const struct lab_shell *shell,
                                        const struct lab_record *record,
                                        struct lab_state **own) {
    if (shell->stepper && shell->stepper->state->record == record)
        return shell->stepper->state;
    if (lab_record_count(record) > STATED)
        return NULL;
    *own = lab_state_new(record);
    lab_state_go(*own, lab_record_count(record));
    return *own;
}

void lab_offer_tasks(const struct lab_request *request, bool live) {
    const struct lab_record *record = lab_look_record(request->shell, live);
    struct lab_state *own = NULL;
    struct lab_lanes lanes;
    if (!record)
        return;
    const struct lab_state *state = state_of(request->shell, record, &own);
    lab_lanes_read(&lanes, record);
    for (size_t i = 0; i < lanes.tasks.count && i < OFFERED; i++)
        offer_doing(request, state, &lanes.tasks.lanes[i]);
    lab_lanes_free(&lanes);
    if (own)
        lab_state_free(own);
}

static void offer_list(const struct lab_request *request, char kind,
                       const struct lab_lane_list *list) {
    for (size_t i = 0; i < list->count && i < OFFERED; i++)
        offer_lane(request, kind, &list->lanes[i], "");
}

static bool folds(const struct lab_lane_list *tasks) {
    for (size_t i = 0; i < tasks->count; i++)
        if (tasks->lanes[i].is_library)
            return true;
    return false;
}

void lab_offer_lanes(const struct lab_request *request) {
    const struct lab_comparison *last = &request->shell->last;
    struct lab_lanes lanes;
    for (size_t i = 0; i < last->count; i++) {
        lab_lanes_read(&lanes, last->runs[i]->record);
        if (folds(&lanes.tasks))
            lab_offer(request, "all");
        offer_lane(request, '\0', &lanes.loop, "");
        offer_list(request, 't', &lanes.tasks);
        offer_list(request, 'w', &lanes.workers);
        lab_lanes_free(&lanes);
    }
}
