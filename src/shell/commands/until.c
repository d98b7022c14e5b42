#include "base/alloc.h"
#include "base/die.h"
#include "shell/look.h"
#include "shell/option.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    enum lab_event_kind kind;
    const char *text;
} verbs[] = {
    {"runs", LAB_EVENT_RUN, "it has the thread"},
    {"waits", LAB_EVENT_WAIT, "it gives the thread away"},
    {"wakes", LAB_EVENT_WAKE, "what it waited for has come"},
    {"ends", LAB_EVENT_END, "it has returned"},
    {"done", LAB_EVENT_END, "the same"},
    {"spawned", LAB_EVENT_SPAWN, "it is there, and has not run"},
    {"cancelled", LAB_EVENT_CANCEL, "somebody asks it to stop"},
    {"says", LAB_EVENT_SAY, "it prints a line"},
};

static bool is_verb(const char *word) {
    for (size_t i = 0; i < countof(verbs); i++)
        if (strcmp(verbs[i].word, word) == 0)
            return true;
    return false;
}

static void offer(const struct lab_request *request) {
    if (request->index == 0)
        lab_offer_tasks(request, false);
    for (size_t i = 0; request->index == 1 && i < countof(verbs); i++)
        lab_offer_about(request, verbs[i].word, verbs[i].text);
    if (request->index < 2 || !is_verb(request->words[1]))
        return;
    struct lab_request look = *request;
    look.words += 2;
    look.index -= 2;
    lab_type_look.offer(&look);
}

// "t2 ends 3 together": after what a task does, which run is meant.
static int read_words(struct lab_call *call, char **words, int count) {
    enum { DEED = 2 };
    if (count <= DEED || !is_verb(words[1]) ||
        !lab_type_begins_look(call->shell, words[DEED]))
        return LAB_EXIT_OK;
    call->count = DEED;
    return lab_type_look.read(call, words + DEED, count - DEED);
}

static const struct lab_type happening = {
    .usage = "TASK runs|waits|wakes|ends [DEMO [VARIANT]] | WORDS",
    .noun = "to know what to wait for",
    .is_rest = true,
    .is_free = true,
    .offer = offer,
    .read = read_words,
};

// What is to happen: [kind] to the task that [task] means, or somebody says
// [words].
struct goal {
    int kind; // -1: words
    const char *task;
    uint32_t number; // if it is one task's alone; else 0
    struct lab_text words;
};

static void read_goal(struct lab_call *call, const struct lab_record *record,
                      struct goal *goal) {
    *goal = (struct goal){.kind = -1, .task = call->words[0]};
    goal->number = lab_question_named(record, goal->task);
    for (size_t i = 0; i < countof(verbs); i++)
        if (call->count == 2 && strcmp(call->words[1], verbs[i].word) == 0)
            goal->kind = (int)verbs[i].kind;
    for (int i = 0; i < call->count; i++)
        lab_text_printf(&goal->words, "%s%s", i ? " " : "", call->words[i]);
}

// A name can be that of many tasks: any of them will do.
static bool means(const struct lab_state *state, const struct goal *goal,
                  uint32_t number) {
    const struct lab_state_task *task = lab_state_task(state, number);
    const char *digits = goal->task + (*goal->task == 't');
    if (*digits && digits[strspn(digits, "0123456789")] == '\0')
        return strtoul(digits, NULL, 10) == number;
    return number == goal->number ||
           (task &&
            strcmp(lab_state_name(state, task->spawned), goal->task) == 0);
}

static bool reached(const struct lab_state *state, const struct goal *goal) {
    const struct lab_event *event = lab_record_at(state->record, state->at - 1);
    if (goal->kind >= 0)
        return event->kind == goal->kind && means(state, goal, event->task);
    return event->kind == LAB_EVENT_SAY &&
           strstr(lab_record_text(state->record, event),
                  lab_text_string(&goal->words));
}

static int refuse_goal(struct lab_call *call, const struct lab_look *stepper,
                       const struct goal *goal, size_t from) {
    if (goal->kind >= 0 && !lab_question_task(stepper->state, goal->task))
        return lab_shell_refuse(call->shell,
                                "no task %s in this run; ps lists live tasks",
                                goal->task);
    return lab_shell_refuse(call->shell,
                            "\"%s\" does not come after event %zu; goto 0 "
                            "goes back to the beginning",
                            lab_text_string(&goal->words), from);
}

// Words that are said can be any, so a demo cannot stand after them.
static bool needs_run(const struct lab_call *call) {
    bool is_deed = call->count == 2 && is_verb(call->words[1]);
    return !is_deed && !lab_look_record(call->shell, false);
}

static int until(struct lab_call *call) {
    struct lab_look *stepper;
    struct goal goal;
    if (needs_run(call))
        return lab_shell_refuse(call->shell,
                                "nothing has run yet; type run 3 first, or "
                                "step 3 together");
    int status = lab_look_stepper(call, &stepper);
    if (status != LAB_EXIT_OK)
        return status;
    struct lab_state *state = stepper->state;
    size_t from = state->at, count = lab_record_count(state->record);
    bool found = false;
    read_goal(call, state->record, &goal);
    while (!found && state->at < count) {
        lab_state_go(state, state->at + 1);
        found = reached(state, &goal);
    }
    status = found ? lab_look_show(call, stepper)
                   : refuse_goal(call, stepper, &goal, from);
    if (!found)
        lab_state_go(state, from);
    lab_text_free(&goal.words);
    return status;
}

LAB_COMMAND(until) = {
    .name = "until",
    .order = 630,
    .text = "go forward until a task does that, or a line is said",
    .help = "  until t2 ends               until done means the same\n"
            "  until a.txt waits           any task of that name\n"
            "  until t2 ends 3 together    in this, run quietly\n"
            "  until a.txt arrived         until a line with these words is "
            "said\n",
    .takes = {{&happening}},
    .options = LAB_OPTIONS_RUN | LAB_OPTIONS_STYLE,
    .run = until,
};
