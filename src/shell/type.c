#include "shell/type.h"

#include "base/die.h"
#include "guest/guest.h"
#include "record/lanes.h"
#include "shell/key.h"
#include "shell/look.h"
#include "shell/paths.h"
#include "shell/show.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// --- offering

void lab_offer(const struct lab_request *request, const char *candidate) {
    if (strncmp(candidate, request->word, strlen(request->word)) == 0)
        request->offer(request->to, candidate);
}

void lab_offer_joined(const struct lab_request *request, const char *a,
                      const char *b, const char *c) {
    struct lab_text text = {0};
    lab_text_printf(&text, "%s%s%s", a, b, c);
    lab_offer(request, lab_text_string(&text));
    lab_text_free(&text);
}

void lab_offer_all(const struct lab_request *request,
                   const char *const *words) {
    for (; *words; words++)
        lab_offer(request, *words);
}

void lab_offer_files(const struct lab_request *request, const char *ending) {
    lab_paths_offer(request->word, ending, request->offer, request->to);
}

// Where something else can stand, folders would be in its way until a slash
// says that a file is meant.
static void offer_file(void *to, const char *path) {
    const struct lab_request *request = to;
    if (strchr(request->word, '/') || path[strlen(path) - 1] != '/')
        request->offer(request->to, path);
}

static void offer_records(const struct lab_request *request) {
    lab_paths_offer(request->word, ".jsonl", offer_file, (void *)request);
}

// A folder that cannot be read offers nothing; the command will say why.
static bool has_demos(struct lab_shell *shell) {
    struct lab_text error = {0};
    bool has = lab_shell_demos(shell, &error);
    lab_text_free(&error);
    return has;
}

// Typing a later word of a name offers the whole of it. That counts if it is
// the only candidate; see edit.h.
static void offer_demo(const struct lab_request *request, const char *name) {
    struct lab_text part = {0};
    lab_text_printf(&part, "_%s", request->word);
    lab_offer(request, name);
    if (*request->word && strstr(name, lab_text_string(&part)))
        request->offer(request->to, name);
    lab_text_free(&part);
}

static void offer_demos(const struct lab_request *request) {
    struct lab_shell *shell = request->shell;
    for (size_t i = 0; has_demos(shell) && i < shell->demos.count; i++)
        offer_demo(request, shell->demos.files[i].name);
}

// The demo called [name], or NULL.
static const struct lab_demo *demo_of(const struct lab_request *request,
                                      const char *name) {
    struct lab_shell *shell = request->shell;
    struct lab_text error = {0};
    struct lab_demo_file *file =
        has_demos(shell) ? lab_demos_find(&shell->demos, name, &error) : NULL;
    bool loaded = file && lab_demos_load(file, &error);
    lab_text_free(&error);
    return loaded ? file->demo : NULL;
}

void lab_offer_variants(const struct lab_request *request, const char *name) {
    const struct lab_demo *demo = demo_of(request, name);
    for (size_t i = 0; demo && i < lab_variant_count(demo); i++)
        lab_offer(request, demo->variants[i].name);
}

void lab_offer_params(const struct lab_request *request, const char *name) {
    const struct lab_demo *demo = demo_of(request, name);
    for (size_t i = 0; demo && i < lab_param_count(demo); i++)
        lab_offer_joined(request, demo->params[i].name, "=", "");
}

// --- what has run

enum { OFFERED = 100 }; // lanes of a run at most

// Offers what a lane can be called: "t3", its name in pictures, and the name
// that it may share with others.
static void offer_lane(const struct lab_request *request, char kind,
                       const struct lab_lane *lane) {
    char number[16];
    snprintf(number, sizeof number, "%c%" PRIu32, kind, lane->number);
    if (kind)
        lab_offer(request, number);
    if (!strpbrk(lane->name, "\t\n,"))
        lab_offer(request, lane->name);
    if (strcmp(lane->says, lane->name) != 0 && !strpbrk(lane->says, "\t\n,"))
        lab_offer(request, lane->says);
}

static void offer_list(const struct lab_request *request, char kind,
                       const struct lab_lane_list *list) {
    for (size_t i = 0; i < list->count && i < OFFERED; i++)
        offer_lane(request, kind, &list->lanes[i]);
}

void lab_offer_tasks(const struct lab_request *request, bool live) {
    const struct lab_record *record = lab_look_record(request->shell, live);
    struct lab_lanes lanes;
    if (!record)
        return;
    lab_lanes_read(&lanes, record);
    offer_list(request, 't', &lanes.tasks);
    lab_lanes_free(&lanes);
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
        offer_lane(request, '\0', &lanes.loop);
        offer_list(request, 't', &lanes.tasks);
        offer_list(request, 'w', &lanes.workers);
        lab_lanes_free(&lanes);
    }
}

// --- demos

static int read_demo(struct lab_call *call, char **words, int count) {
    (void)count;
    return lab_select_find(call->shell, words[0], &call->file);
}

const struct lab_type lab_type_demo = {
    .usage = "DEMO",
    .noun = "a demo, which list shows",
    .offer = offer_demos,
    .read = read_demo,
};

static void offer_selection(const struct lab_request *request) {
    if (request->index == 0) {
        offer_demos(request);
        return;
    }
    lab_offer_variants(request, request->words[0]);
    lab_offer_params(request, request->words[0]);
}

static int read_selection(struct lab_call *call, char **words, int count) {
    call->target.kind = LAB_TARGET_DEMO;
    return lab_select(call->shell, words, count, &call->target.selection);
}

#define SELECTION "DEMO [VARIANT ...] [NAME=VALUE ...]"

const struct lab_type lab_type_selection = {
    .usage = SELECTION,
    .noun = "a demo, which list shows",
    .is_rest = true,
    .offer = offer_selection,
    .read = read_selection,
};

// --- demos or programs of one's own

static int read_program(struct lab_call *call, char **words, int count) {
    if (!lab_guest_is(words[0]))
        return read_selection(call, words, count);
    call->target.kind = LAB_TARGET_DEMO;
    call->target.selection = (struct lab_selection){
        .guest = words[0], .words = words + 1, .count = count - 1};
    return LAB_EXIT_OK;
}

static void offer_name(void *to, const char *path) {
    const struct lab_request *request = to;
    const char *name = strrchr(path, '/') + 1;
    if (*name) // else it is a folder
        request->offer(request->to, name);
}

// Those of the lessons, by their names, once a part of one is typed: they are
// many.
static void offer_lesson_programs(const struct lab_request *request,
                                  const char *ending) {
    struct lab_text path = {0};
    lab_text_printf(&path, "%s/%s", request->shell->folders.lessons,
                    request->word);
    if (*request->word && !strchr(request->word, '/'))
        lab_paths_offer(lab_text_string(&path), ending, offer_name,
                        (void *)request);
    lab_text_free(&path);
}

static void offer_programs(const struct lab_request *request) {
    static const char *const endings[] = {".c", ".py", NULL};
    for (size_t i = 0; endings[i]; i++) {
        lab_paths_offer(request->word, endings[i], offer_file, (void *)request);
        offer_lesson_programs(request, endings[i]);
    }
}

static void offer_value(void *to, const char *name) {
    lab_offer_joined(to, name, "=", "");
}

static void offer_program(const struct lab_request *request) {
    if (request->index > 0 && lab_guest_is(request->words[0])) {
        lab_guest_offer_parameters(request->words[0], offer_value,
                                   (void *)request);
        return;
    }
    offer_selection(request);
    if (request->index == 0)
        offer_programs(request);
}

const struct lab_type lab_type_program = {
    .usage = "DEMO|PROGRAM [VARIANT ...] [NAME=VALUE ...]",
    .noun = "a demo, which list shows, or a program of yours",
    .is_rest = true,
    .offer = offer_program,
    .read = read_program,
};

// --- these or records

static void offer_shown(const struct lab_request *request) {
    if (request->index == 0) {
        offer_program(request);
        offer_records(request);
    } else if (!lab_show_is_file(request->words[0])) {
        offer_program(request);
    }
}

static int read_shown(struct lab_call *call, char **words, int count) {
    if (count == 0)
        return LAB_EXIT_OK;
    if (!lab_show_is_file(words[0]))
        return read_program(call, words, count);
    call->target.kind = LAB_TARGET_FILE;
    call->target.file = words[0];
    if (count == 1)
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell,
                            "\"%s\" cannot be chosen for a file; it holds what "
                            "has run",
                            words[1]);
}

const struct lab_type lab_type_shown = {
    .usage = "DEMO|PROGRAM [VARIANT ...] [NAME=VALUE ...] | FILE",
    .is_rest = true,
    .offer = offer_shown,
    .read = read_shown,
};

static bool has_run(const struct lab_shell *shell, const char *variant) {
    return lab_comparison_find(&shell->last, variant) != NULL;
}

static void offer_look(const struct lab_request *request) {
    const struct lab_comparison *last = &request->shell->last;
    for (size_t i = 0; request->index == 0 && i < last->count; i++)
        lab_offer(request, last->runs[i]->name);
    offer_shown(request);
}

static int read_viewed(struct lab_call *call, char **words, int count) {
    struct lab_target *target = &call->target;
    if (count != 1 || !has_run(call->shell, words[0]))
        return read_shown(call, words, count);
    target->kind = LAB_TARGET_VARIANT;
    target->variant = words[0];
    return LAB_EXIT_OK;
}

const struct lab_type lab_type_viewed = {
    .usage = "DEMO|PROGRAM [VARIANT ...] [NAME=VALUE ...] | VARIANT | FILE",
    .is_rest = true,
    .offer = offer_look,
    .read = read_viewed,
};

static int read_look(struct lab_call *call, char **words, int count) {
    if (count == 2 && lab_show_is_file(words[0]))
        call->target.variant = words[--count];
    return read_viewed(call, words, count);
}

const struct lab_type lab_type_look = {
    .usage = "DEMO|PROGRAM [VARIANT] [NAME=VALUE ...] | VARIANT | "
             "FILE [VARIANT]",
    .is_rest = true,
    .offer = offer_look,
    .read = read_look,
};

static void offer_files(const struct lab_request *request) {
    lab_offer_files(request, ".jsonl");
}

const struct lab_type lab_type_record = {
    .usage = "FILE",
    .noun = "two files that run --record=FILE wrote",
    .offer = offer_files,
};

// --- parts of a run

static void offer_live_tasks(const struct lab_request *request) {
    lab_offer_tasks(request, true);
}

static int read_task(struct lab_call *call, char **words, int count) {
    (void)count;
    if (words[0][0])
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell, "a task has a name or a number, such "
                                         "as t3; ps lists them");
}

const struct lab_type lab_type_task = {
    .usage = "TASK",
    .noun = "a task, which ps lists",
    .offer = offer_live_tasks,
    .read = read_task,
};

static int read_moment(struct lab_call *call, char **words, int count) {
    (void)count;
    return lab_key_moment(call->shell, words[0], &call->moment);
}

const struct lab_type lab_type_moment = {
    .usage = "MOMENT",
    .noun = "a moment: a time or a number of events",
    .read = read_moment,
};

static int read_count(struct lab_call *call, char **words, int count) {
    char *end;
    (void)count;
    call->number = strtoul(words[0], &end, 10);
    if (words[0][0] >= '0' && words[0][0] <= '9' && !*end)
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell,
                            "%s takes a number of events, not \"%s\"",
                            call->command->name, words[0]);
}

const struct lab_type lab_type_count = {
    .usage = "N",
    .noun = "a number of events",
    .read = read_count,
};
