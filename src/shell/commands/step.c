// step, back, goto, until: going through a run, event by event.

#include "base/die.h"
#include "shell/look.h"

#include <stdlib.h>
#include <string.h>

static int show(struct lab_call *call, const struct lab_look *session) {
    struct lab_text text = {0};
    lab_panel_put(&text, &call->options.style, &session->panel);
    lab_shell_put(call->shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}

static bool is_number(const char *word) {
    return *word && word[strspn(word, "0123456789")] == '\0';
}

// Takes a number that is the only word; 1 if there is none.
static size_t take_count(struct lab_call *call) {
    if (call->count != 1 || !is_number(call->words[0]))
        return 1;
    call->count = 0;
    return strtoul(call->words[0], NULL, 10);
}

int lab_command_step(struct lab_call *call) {
    struct lab_look *session;
    size_t count = take_count(call);
    int status = lab_look_session(call, &session);
    if (status != LAB_EXIT_OK)
        return status;
    size_t at = session->state->at;
    if (at == lab_record_count(session->state->record)) {
        lab_shell_printf(call->shell,
                         "Event %zu is the last; back goes back.\n", at);
        return LAB_EXIT_OK;
    }
    lab_state_go(session->state, count < SIZE_MAX - at ? at + count : at);
    return show(call, session);
}

int lab_command_back(struct lab_call *call) {
    struct lab_look *session;
    bool fresh = !call->shell->session;
    size_t count = take_count(call);
    if (call->count > 0)
        return lab_shell_refuse(call->shell,
                                "back takes a number of events, not \"%s\"; "
                                "step begins with another run",
                                call->words[0]);
    int status = lab_look_session(call, &session);
    if (status != LAB_EXIT_OK)
        return status;
    if (fresh) // one goes back from the end
        lab_state_go(session->state, SIZE_MAX);
    size_t at = session->state->at;
    if (at == 0) {
        lab_shell_printf(call->shell, "This is the beginning; step goes on.\n");
        return LAB_EXIT_OK;
    }
    lab_state_go(session->state, count < at ? at - count : 0);
    return show(call, session);
}

int lab_command_goto(struct lab_call *call) {
    struct lab_look *session;
    if (call->count == 0)
        return lab_shell_refuse(call->shell,
                                "goto needs a moment: goto 1.5s for a time, "
                                "goto 12 for an event");
    const char *moment = call->words[0];
    call->words++;
    call->count--;
    int status = lab_look_session(call, &session);
    if (status == LAB_EXIT_OK)
        status = lab_look_go(call, session, moment);
    return status == LAB_EXIT_OK ? show(call, session) : status;
}

// --- until

static const struct {
    const char *word;
    enum lab_event_kind kind;
} verbs[] = {
    {"runs", LAB_EVENT_RUN},         {"waits", LAB_EVENT_WAIT},
    {"wakes", LAB_EVENT_WAKE},       {"ends", LAB_EVENT_END},
    {"done", LAB_EVENT_END},         {"spawned", LAB_EVENT_SPAWN},
    {"cancelled", LAB_EVENT_CANCEL}, {"says", LAB_EVENT_SAY},
};

const char *lab_command_until_verb(size_t index) {
    return index < sizeof verbs / sizeof *verbs ? verbs[index].word : NULL;
}

// What is to happen: [kind] to the task that [task] means, or somebody says
// [words].
struct goal {
    int kind; // -1: words
    const char *task;
    struct lab_text words;
};

static void read_goal(struct lab_call *call, struct goal *goal) {
    *goal = (struct goal){.kind = -1, .task = call->words[0]};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (call->count == 2 && strcmp(call->words[1], verbs[i].word) == 0)
            goal->kind = (int)verbs[i].kind;
    for (int i = 0; i < call->count; i++)
        lab_text_printf(&goal->words, "%s%s", i ? " " : "", call->words[i]);
}

// Names are many tasks' at times: any of them will do.
static bool means(const struct lab_state *state, const char *word,
                  uint32_t number) {
    const struct lab_state_task *task = lab_state_task(state, number);
    const char *digits = word + (*word == 't');
    if (is_number(digits))
        return strtoul(digits, NULL, 10) == number;
    return task && strcmp(lab_state_name(state, task->spawned), word) == 0;
}

static bool reached(const struct lab_state *state, const struct goal *goal) {
    const struct lab_event *event =
        lab_record_at(state->record, state->at - 1);
    if (goal->kind >= 0)
        return event->kind == goal->kind &&
               means(state, goal->task, event->task);
    return event->kind == LAB_EVENT_SAY &&
           strstr(lab_record_text(state->record, event),
                  lab_text_string(&goal->words));
}

static int refuse_goal(struct lab_call *call, const struct lab_look *session,
                       const struct goal *goal, size_t from) {
    if (goal->kind >= 0 && !lab_question_task(session->state, goal->task))
        return lab_shell_refuse(call->shell,
                                "no task %s in this run; ps lists those that "
                                "live",
                                goal->task);
    return lab_shell_refuse(call->shell,
                            "\"%s\" does not come after event %zu; goto 0 "
                            "goes back to the beginning",
                            lab_text_string(&goal->words), from);
}

int lab_command_until(struct lab_call *call) {
    struct lab_look *session;
    struct goal goal;
    if (call->count == 0)
        return lab_shell_refuse(call->shell,
                                "until needs to know what: until t2 ends, or "
                                "words that are said");
    read_goal(call, &goal);
    call->count = 0;
    int status = lab_look_session(call, &session);
    if (status == LAB_EXIT_OK) {
        struct lab_state *state = session->state;
        size_t from = state->at, count = lab_record_count(state->record);
        bool found = false;
        while (!found && state->at < count) {
            lab_state_go(state, state->at + 1);
            found = reached(state, &goal);
        }
        status = found ? show(call, session)
                       : refuse_goal(call, session, &goal, from);
        if (!found)
            lab_state_go(state, from);
    }
    lab_text_free(&goal.words);
    return status;
}
