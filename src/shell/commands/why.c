#include "base/alloc.h"
#include "base/die.h"
#include "shell/key.h"
#include "shell/look.h"
#include "shell/option.h"

#include <inttypes.h>
#include <string.h>

// Says which tasks there were instead.
static void put_others(struct lab_text *error, const struct lab_state *state) {
    size_t count = state->tasks.count;
    const void **order = lab_numbered_in_order(&state->tasks);
    const struct lab_state_task *first = order[0], *last = order[count - 1];
    lab_free(order);
    if (count == 1)
        lab_text_printf(error, "; by then there is t%" PRIu32 " alone",
                        first->number);
    else
        lab_text_printf(error,
                        "; by then there are t%" PRIu32 " to t%" PRIu32
                        ", and ps lists live ones",
                        first->number, last->number);
}

static bool has_task(const struct lab_record *record, const char *word) {
    struct lab_state *state = lab_state_new(record);
    lab_state_go(state, lab_record_count(record));
    bool has = lab_question_task(state, word) != 0;
    lab_state_free(state);
    return has;
}

// Says which other variant has such a task, if one does.
static void put_variant(struct lab_text *error, const struct lab_call *call,
                        const struct lab_snapshot *snapshot) {
    const struct lab_comparison *all = snapshot->comparison;
    const char *word = call->words[0];
    for (size_t i = 0; i < all->count; i++) {
        const struct lab_run *at = all->runs[i];
        if (at == snapshot->run || !has_task(at->record, word))
            continue;
        lab_text_printf(error, "; %s has one", at->name);
        if (call->count == 1 && all == &call->shell->last)
            lab_text_printf(error, ": why %s %s", word, at->name);
        return;
    }
}

// A lane may be a worker's: says at whose job it is, if [word] names one.
static bool put_worker(struct lab_text *error, const struct lab_state *state,
                       const char *word) {
    for (size_t i = 0; i < state->workers.count; i++) {
        const struct lab_state_worker *worker =
            lab_numbered_at(&state->workers, i);
        if (strcmp(lab_state_name(state, worker->named), word) != 0)
            continue;
        const struct lab_state_job *job = lab_state_job(state, worker->job);
        lab_text_printf(error, "%s is a worker, not a task", word);
        if (job)
            lab_text_printf(
                error, "; it is at a job of t%" PRIu32 ", so ask why t%" PRIu32,
                job->task, job->task);
        lab_text_put(error, "; pool lists its jobs");
        return true;
    }
    return false;
}

static int refuse_task(struct lab_call *call, const struct lab_look *look) {
    struct lab_text error = {0};
    if (call->count == 0)
        return lab_shell_refuse(call->shell,
                                "no task was spawned by then; say a later "
                                "moment with at=");
    if (put_worker(&error, look->state, call->words[0]))
        return lab_shell_refuse_text(call->shell, &error);
    lab_text_printf(&error, "no task %s in %s", call->words[0],
                    look->snapshot.run->name);
    if (look->state->tasks.count > 0)
        put_others(&error, look->state);
    else
        lab_text_put(&error, ": none was spawned by then; say a later moment "
                             "with at=");
    put_variant(&error, call, &look->snapshot);
    return lab_shell_refuse_text(call->shell, &error);
}

// The task that the run began with: what it waits for, the whole run does.
static uint32_t first_of(const struct lab_state *state) {
    const void **order = lab_numbered_in_order(&state->tasks);
    const struct lab_state_task *first = state->tasks.count ? order[0] : NULL;
    lab_free(order);
    return first ? first->number : 0;
}

static int why(struct lab_call *call) {
    struct lab_look look;
    struct lab_text text = {0};
    int status = lab_look_open(call, &look);
    if (status != LAB_EXIT_OK)
        return status;
    uint32_t task = call->count > 0
                        ? lab_question_task(look.state, call->words[0])
                        : first_of(look.state);
    if (task) {
        const struct lab_style *style = &call->options.style;
        lab_panel_heading(&text, style, &look.snapshot);
        lab_question_why(&text, style, &look.snapshot, task);
        lab_look_put_earlier(&text, call, &look);
        lab_pages_put(call->shell, &text);
    } else {
        status = refuse_task(call, &look);
    }
    lab_text_free(&text);
    lab_look_close(&look);
    return status;
}

// --- its words: a task, or what to look at, or both

static bool is_number(const char *word) {
    word += *word == 't';
    return *word && word[strspn(word, "0123456789")] == '\0';
}

// Is the first of [words] a task? Of two words the second can be what to look
// at; if it cannot, the first is: "3 together". Alone, "3" is a task of what
// has run, and else a demo.
static bool names_task(struct lab_shell *shell, char **words, int count) {
    const struct lab_record *record = lab_look_record(shell, true);
    const char *word = words[0];
    if (*word == 't' && is_number(word))
        return true;
    if (count > 1)
        return lab_type_begins_look(shell, words[1]);
    if (record && (is_number(word) || has_task(record, word)))
        return true;
    return !lab_type_begins_look(shell, word);
}

static int read_words(struct lab_call *call, char **words, int count) {
    int tasks = count > 0 && names_task(call->shell, words, count);
    int status = tasks ? lab_type_task.read(call, words, tasks) : LAB_EXIT_OK;
    call->count = tasks;
    return status == LAB_EXIT_OK
               ? lab_type_look.read(call, words + tasks, count - tasks)
               : status;
}

static void offer(const struct lab_request *request) {
    struct lab_request look = *request;
    if (request->index == 0)
        lab_offer_tasks(request, true);
    if (request->index == 0 && lab_look_record(request->shell, true))
        return;
    if (look.index > 0 && names_task(look.shell, look.words, look.index)) {
        look.words++;
        look.index--;
    }
    lab_type_look.offer(&look);
}

static const struct lab_type task_and_look = {
    .usage = "[TASK] [DEMO|PROGRAM [VARIANT] [NAME=VALUE ...] | VARIANT | FILE "
             "[VARIANT]]",
    .is_rest = true,
    .offer = offer,
    .read = read_words,
};

LAB_COMMAND(why) = {
    .name = "why",
    .order = 510,
    .text = "explain what a task waits for, step by step",
    .help = "  why t3                      as ps lists it; 3 and its name do, "
            "too\n"
            "  why                         the first task, and so the whole "
            "run\n"
            "  why t3 at=0.5s              in what ran last, at that time\n"
            "  why a.txt 3 together at=12  in this, run quietly, after 12 "
            "events\n"
            "  why 3 together              the first task of this\n",
    .takes = {{&task_and_look, .optional = true}},
    .keys = LAB_KEYS_MOMENT,
    .options = LAB_OPTIONS_RUN | LAB_OPTIONS_STYLE,
    .run = why,
};
