#include "shell/driving.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "core/schedule.h"
#include "record/choices.h"
#include "shell/ask.h"
#include "shell/look.h"
#include "shell/show.h"
#include "view/drive.h"
#include "view/drive_goal.h"
#include "view/line.h"

#include <inttypes.h>
#include <string.h>

struct session {
    struct lab_call *call;
    const struct lab_driving *driving;
    struct lab_text source;
    // The run whose first [at] choices have been made, and the others first in,
    // first out.
    struct lab_comparison shown;
    struct lab_choices choices;
    size_t at;
    bool over; // no more answers will come
    int status;
};

// --- what is said

static void say(const struct session *session, enum lab_color color,
                const char *sentence) {
    struct lab_text text = {0};
    lab_line_wrap(&text, &session->call->options.style, color, 0, sentence);
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&text);
}

static const struct lab_run *run_of(const struct session *session) {
    return session->shown.runs[0];
}

static const char at_end[] = "It is over: b goes back a choice, again begins "
                             "anew, q leaves.";

static void help(const struct session *session) {
    say(session, LAB_COLOR_NONE,
        "You are the scheduler: type the number of who runs next. b goes back "
        "a choice, again begins anew, auto goes first in, first out to the "
        "end, q leaves.");
}

// --- a run

// Appends the script of the choices that were made.
static void put_script(struct lab_text *out, const struct session *session) {
    struct lab_choices made = session->choices;
    made.count = session->at;
    lab_choices_put_script(&made, out);
}

static void forget_run(struct session *session) {
    lab_choices_free(&session->choices);
    lab_comparison_free(&session->shown);
}

static void run_demo(struct session *session, const char *script) {
    session->shown.number = session->call->target.selection.file->number;
    lab_drive_run(session->driving->drive, script, &session->shown);
}

// Returns an exit status: one's own program may not run any more.
static int run_script(struct session *session, const char *script) {
    const struct lab_driving *driving = session->driving;
    int status = LAB_EXIT_OK;
    forget_run(session);
    if (driving->run)
        status = driving->run(driving->arg, script, &session->shown);
    else
        run_demo(session, script);
    if (status != LAB_EXIT_OK)
        return status;
    lab_choices_read(&session->choices, session->shown.runs[0]->record);
    lab_free(session->shown.schedule); // the heading is of any order
    session->shown.schedule = NULL;
    return LAB_EXIT_OK;
}

// The text of the program; NULL if it is not there.
static const char *code_of(const struct session *session) {
    if (session->shown.code)
        return session->shown.code;
    return session->source.length ? lab_text_string(&session->source) : NULL;
}

static bool has_ended(const struct session *session) {
    return session->at >= session->choices.count;
}

// How many events had happened at choice [at], or at the end.
static size_t event_of(const struct session *session, size_t at) {
    return at < session->choices.count
               ? session->choices.all[at].event
               : lab_record_count(run_of(session)->record);
}

// --- what is shown

static void put_choice(const struct session *session) {
    const struct lab_style *style = &session->call->options.style;
    const struct lab_record *record = run_of(session)->record;
    struct lab_text text = {0};
    size_t alike =
        lab_choices_find_alike(&session->choices, record, session->at);
    if (alike != SIZE_MAX)
        lab_line_printf(&text, style, LAB_COLOR_BAD, 0,
                        "You go round in circles: all looks as it did before "
                        "choice %zu.",
                        alike + 1);
    lab_drive_put_choice(&text, style, record,
                         &session->choices.all[session->at], code_of(session));
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&text);
}

// Shows what has happened since the event [from], and what can be chosen.
static void show(const struct session *session, size_t from) {
    const struct lab_style *style = &session->call->options.style;
    struct lab_text text = {0};
    lab_drive_put_events(&text, style, run_of(session)->record, from,
                         event_of(session, session->at));
    if (has_ended(session))
        lab_drive_put_end(&text, style, session->driving->drive,
                          &session->shown, &session->choices, code_of(session));
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&text);
    if (!has_ended(session))
        put_choice(session);
}

// Runs it anew with the first [count] choices as they were. Returns whether
// that succeeded; else it is over.
static bool go_to(struct session *session, size_t count) {
    struct lab_text script = {0};
    session->at = count;
    put_script(&script, session);
    session->status = run_script(session, lab_text_string(&script));
    session->over |= session->status != LAB_EXIT_OK;
    lab_text_free(&script);
    return !session->over;
}

static void pick(struct session *session, size_t number) {
    size_t from = event_of(session, session->at);
    session->choices.all[session->at].taken = number;
    if (go_to(session, session->at + 1))
        show(session, from);
}

static void finish(struct session *session) {
    size_t from = event_of(session, session->at);
    session->at = session->choices.count;
    show(session, from);
}

static void go_back(struct session *session) {
    if (session->at == 0) {
        say(session, LAB_COLOR_NONE, "This is the first choice.");
        return;
    }
    if (go_to(session, session->at - 1))
        put_choice(session);
}

// --- what is next

const char *lab_drive_goal_word(enum lab_drive_goal goal) {
    static const char *const words[] = {
        [LAB_DRIVE_ANY] = "",
        [LAB_DRIVE_LOCK] = "lock",
        [LAB_DRIVE_BREAK] = "break",
        [LAB_DRIVE_SAVE] = "save",
    };
    return words[goal];
}

// Appends the words after drive that lead to where it was left.
static void put_place(struct lab_text *out, const struct session *session,
                      const char *words) {
    const char *goal = lab_drive_goal_word(session->driving->drive->goal);
    const struct lab_call *call = session->call;
    const struct lab_selection *selection = &call->target.selection;
    if (call->file) {
        lab_text_printf(out, "exercise %d %s", call->file->number,
                        selection->guest);
        for (int i = 0; i < selection->count; i++)
            lab_text_printf(out, " %s", selection->words[i]);
    } else {
        lab_text_put(out, words);
    }
    lab_text_printf(out, "%s%s from ", *goal ? " " : "", goal);
    put_script(out, session);
}

// Commands stand on lines of their own, whole, so that they can be copied.
static void put_next(const struct session *session) {
    const struct lab_call *call = session->call;
    const struct lab_demo_file *file = call->target.selection.file;
    struct lab_text words = {0}, text = {0}, more = {0};
    lab_drive_put_words(&words, session->driving->drive, &session->shown);
    if (session->at > 0 && !has_ended(session)) {
        lab_text_put(&text, "drive ");
        put_place(&text, session, lab_text_string(&words));
        lab_text_put(&text, "\ncontinues from here;\n");
    }
    lab_text_printf(&text, "orders %s\n", lab_text_string(&words));
    lab_text_put(&more, "shows what each order comes to");
    if (call->file)
        lab_text_printf(&more, "; exercise %d grades it.", call->file->number);
    else if (file)
        lab_text_printf(&more, "; lesson %d says more.", file->number);
    else
        lab_text_put(&more, "; story tells what happened.");
    lab_line_end(&text, &call->options.style, LAB_COLOR_NONE, 0, &more);
    lab_shell_put(call->shell, &text);
    lab_text_free(&words);
    lab_text_free(&text);
}

// --- what is typed

static void refuse_answer(const struct session *session, const char *typed) {
    struct lab_text text = {0};
    if (has_ended(session))
        lab_text_put(&text, at_end);
    else
        lab_text_printf(&text,
                        "\"%s\" is not a choice here: type a number from 1 to "
                        "%zu, or b, again, auto, q.",
                        typed, session->choices.all[session->at].count);
    say(session, LAB_COLOR_BAD, lab_text_string(&text));
    lab_text_free(&text);
}

static bool read_pick(const struct session *session, const char *typed,
                      size_t *number) {
    *number = 0;
    if (has_ended(session) || !*typed || strlen(typed) > 6)
        return false;
    for (; *typed >= '0' && *typed <= '9'; typed++)
        *number = *number * 10 + (size_t)(*typed - '0');
    return !*typed && *number >= 1 &&
           *number <= session->choices.all[session->at].count;
}

// What there is to choose from may have scrolled away.
static void answer_help(const struct session *session) {
    if (has_ended(session)) {
        say(session, LAB_COLOR_NONE, at_end);
    } else {
        help(session);
        put_choice(session);
    }
}

static void take(struct session *session, const char *typed) {
    size_t number;
    if (strcmp(typed, "q") == 0) {
        session->over = true;
        put_next(session);
    } else if (strcmp(typed, "b") == 0)
        go_back(session);
    else if (strcmp(typed, "again") == 0) {
        if (go_to(session, 0))
            show(session, 0);
    } else if (!*typed || strcmp(typed, "?") == 0)
        answer_help(session);
    else if (read_pick(session, typed, &number))
        pick(session, number - 1);
    else if (strcmp(typed, "auto") == 0 && !has_ended(session))
        finish(session);
    else
        refuse_answer(session, typed);
}

// Removes spaces at both ends.
static const char *trim(struct lab_text *line) {
    lab_text_trim(line);
    const char *typed = lab_text_string(line);
    return typed + strspn(typed, " \t");
}

// Returns an exit status.
static int ask(struct session *session) {
    struct lab_shell *shell = session->call->shell;
    struct lab_text line = {0};
    bool any = false;
    int rc = 0;
    while (!session->over &&
           (rc = lab_ask(session->call, "run> ", &line)) >= 0) {
        take(session, trim(&line));
        any = true;
    }
    if (rc == LAB_EOF && !any && !shell->on_terminal)
        say(session, LAB_COLOR_NONE,
            "Nobody chooses here. At the prompt, or with a choice a line in a "
            "pipe, it continues.");
    lab_text_free(&line);
    return rc == LAB_ECANCELED ? LAB_EXIT_INTERRUPTED : session->status;
}

// --- the beginning

// Makes the choices of the script that was typed.
static int begin_from(struct session *session) {
    struct lab_shell *shell = session->call->shell;
    const char *from = session->driving->from;
    struct lab_schedule schedule = {0};
    struct lab_text error = {0};
    int status = LAB_EXIT_OK;
    if (!lab_schedule_parse(from, &schedule, &error))
        return lab_shell_refuse_text(shell, &error);
    if (schedule.kind != LAB_SCHEDULE_SCRIPT || schedule.cancel_at > 0 ||
        schedule.late_at > 0)
        status = lab_shell_refuse(shell,
                                  "from takes a script of choices, such "
                                  "as 0,1, not \"%s\"",
                                  from);
    else
        status = run_script(session, from);
    if (status == LAB_EXIT_OK && schedule.scripted > session->choices.count)
        status =
            lab_shell_refuse(shell,
                             "\"%s\" has %zu choices, but that "
                             "order only has %zu",
                             from, schedule.scripted, session->choices.count);
    for (size_t i = 0; status == LAB_EXIT_OK && i < schedule.scripted; i++)
        if (schedule.choices[i].taken != session->choices.all[i].taken)
            status = lab_shell_refuse(
                shell, "choice %zu of \"%s\" is from 0 to %zu, not %" PRIu32,
                i + 1, from, session->choices.all[i].count - 1,
                schedule.choices[i].taken);
    session->at = schedule.scripted;
    lab_schedule_free(&schedule);
    return status;
}

static void put_head(const struct session *session) {
    struct lab_call *call = session->call;
    const struct lab_style *style = &call->options.style;
    struct lab_text text = {0};
    lab_drive_put_goal(&text, style, session->driving->drive, run_of(session));
    lab_shell_put(call->shell, &text);
    lab_text_clear(&text);
    lab_show_heading(call, &session->shown);
    lab_pages_show(call->shell);
    lab_drive_put_chosen(&text, style, session->driving->drive,
                         session->driving->chose_variant);
    lab_shell_put(call->shell, &text);
    lab_text_free(&text);
    help(session);
    lab_shell_printf(call->shell, "\n");
}

static int play(struct session *session) {
    struct lab_call *call = session->call;
    const struct lab_demo_file *file = call->target.selection.file;
    if (file && lab_read_file(file->source, SIZE_MAX, &session->source) < 0)
        lab_text_clear(&session->source);
    int status =
        session->driving->from ? begin_from(session) : run_script(session, "0");
    if (status != LAB_EXIT_OK)
        return status;
    put_head(session);
    show(session, 0);
    return ask(session);
}

// What was driven is what ran last, as other runs of a program are.
static void keep_run(struct session *session) {
    struct lab_text script = {0};
    lab_choices_put_script(&session->choices, &script);
    session->shown.schedule = lab_strdup(lab_text_string(&script));
    lab_look_replace_last(session->call->shell, &session->shown);
    session->shown = (struct lab_comparison){0};
    lab_text_free(&script);
}

int lab_driving_play(struct lab_call *call, const struct lab_driving *driving) {
    struct session session = {.call = call, .driving = driving};
    int status = play(&session);
    if (driving->run && session.shown.count)
        keep_run(&session);
    forget_run(&session);
    lab_text_free(&session.source);
    return status;
}
