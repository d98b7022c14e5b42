#include "shell/type.h"

#include "base/die.h"
#include "base/nearest.h"
#include "guest/guest.h"
#include "shell/key.h"
#include "shell/last.h"
#include "shell/look.h"
#include "shell/paths.h"
#include "shell/program.h"
#include "shell/show.h"
#include "shell/show_guest.h"

#include <stdlib.h>
#include <string.h>

// --- demos

static int read_demo(struct lab_call *call, char **words, int count) {
    (void)count;
    return lab_select_find(call->shell, words[0], &call->file);
}

const struct lab_type lab_type_demo = {
    .usage = "DEMO",
    .noun = "a demo, which list shows",
    .offer = lab_offer_demos,
    .read = read_demo,
};

static void offer_selection(const struct lab_request *request) {
    if (request->index == 0) {
        lab_offer_demos(request);
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
    int status = LAB_EXIT_OK;
    bool is_program = lab_guest_is(words[0]);
    bool is_source = lab_select_is_source(call->shell, words[0]);
    if (!is_source)
        status = is_program ? lab_program_check(call, words[0])
                            : lab_program_check_other(call, words[0]);
    if (status != LAB_EXIT_OK)
        return status;
    if (!is_program || is_source)
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
        request->offer(request->to, name, NULL);
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
        lab_offer_files_too(request, endings[i]);
        offer_lesson_programs(request, endings[i]);
    }
}

static void offer_value(void *to, const char *name) {
    lab_offer_joined(to, name, "=", "", "a number at the top of the program");
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
        lab_offer_files_too(request, ".jsonl");
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

static void offer_look(const struct lab_request *request) {
    const struct lab_comparison *last = &request->shell->last;
    for (size_t i = 0; request->index == 0 && i < last->count; i++)
        lab_offer_about(request, last->runs[i]->name, "ran last");
    offer_shown(request);
}

bool lab_type_begins_look(struct lab_shell *shell, const char *word) {
    return lab_last_means(shell, word) || lab_show_is_file(word) ||
           lab_guest_is(word) || lab_select_is_demo(shell, word);
}

// Neither a demo nor of what ran last: says what both have.
static int refuse_viewed(struct lab_call *call, const char *word) {
    const struct lab_comparison *last = &call->shell->last;
    struct lab_text error = {0};
    const char *best = NULL;
    for (size_t i = 0; i < last->count; i++)
        lab_nearest(word, last->runs[i]->name, &best);
    if (best)
        return lab_shell_refuse(call->shell,
                                "no variant \"%s\" has run; did you mean "
                                "\"%s\"?",
                                word, best);
    lab_demos_find(&call->shell->demos, word, &error);
    if (error.data[error.length - 1] == '?')
        return lab_shell_refuse_text(call->shell, &error);
    lab_text_printf(&error, "; %s, which ran last, has", last->demo);
    for (size_t i = 0; i < last->count; i++)
        lab_text_printf(&error, "%s %s", i ? "," : "", last->runs[i]->name);
    return lab_shell_refuse_text(call->shell, &error);
}

static int read_viewed(struct lab_call *call, char **words, int count) {
    struct lab_shell *shell = call->shell;
    if (count == 0 || !shell->last.count ||
        (!lab_last_means(shell, words[0]) &&
         lab_type_begins_look(shell, words[0])))
        return read_shown(call, words, count);
    return lab_last_means(shell, words[0]) ? lab_last_read(call, words, count)
                                           : refuse_viewed(call, words[0]);
}

const struct lab_type lab_type_viewed = {
    .usage = "DEMO|PROGRAM [VARIANT ...] [NAME=VALUE ...] | VARIANT ... | FILE",
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

static void offer_moments(const struct lab_request *request) {
    lab_offer_moments(request, false, LAB_ANY_MOMENT);
}

const struct lab_type lab_type_moment = {
    .usage = "MOMENT",
    .noun = "a moment: a time or a number of events",
    .offer = offer_moments,
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
