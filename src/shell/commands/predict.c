// predict: questions about runs that have not been shown.

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "demo/orders.h"
#include "lesson/quiz.h"
#include "shell/ask.h"
#include "shell/figures.h"
#include "shell/key.h"
#include "shell/look.h"
#include "shell/option.h"
#include "shell/show.h"
#include "view/line.h"

#include <stdlib.h>
#include <string.h>

// How far somebody is.
struct session {
    struct lab_call *call;
    struct lab_quiz quiz;
    struct lab_text target, values, source, change;
    struct lab_quiz_other other; // of [changed]
    unsigned long seed;
    const struct lab_comparison *shown; // what the questions are about: in
    struct lab_comparison own;          // what has run, or in
    struct lab_recording *recording;    // a file
    struct lab_comparison changed;      // with another value
    enum mark { OPEN, SKIPPED, MISSED, HALF, RIGHT } marks[LAB_QUIZ_MOST];
    size_t at;
    bool over; // no more answers will come
};

// --- what is typed

static void say(struct session *session, enum lab_color color,
                const char *sentence) {
    struct lab_text text = {0};
    lab_line_wrap(&text, &session->call->options.style, color, 0, sentence);
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&text);
}

static void put_question(struct session *session) {
    struct lab_text text = {0};
    lab_text_put(&text, "\n");
    lab_quiz_put_question(&text, &session->call->options.style, &session->quiz,
                          session->at);
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&text);
}

static void put_right(struct session *session) {
    struct lab_text text = {0};
    lab_text_put(&text, "Yes: ");
    lab_quiz_put_right(&text, &session->quiz.questions[session->at]);
    lab_text_put(&text, ".");
    say(session, LAB_COLOR_GOOD, lab_text_string(&text));
    lab_text_free(&text);
}

static void put_miss(struct session *session, enum lab_quiz_grade grade,
                     const struct lab_quiz_answer *answer) {
    struct lab_text text = {0};
    const struct lab_style *style = &session->call->options.style;
    lab_line_wrap(&text, style, LAB_COLOR_BAD, 0,
                  grade == LAB_QUIZ_NEAR ? "Near, but not it."
                  : grade == LAB_QUIZ_HALF
                      ? "Possible, but not promised: another order of the "
                        "tasks gives it. First in, first out does not."
                      : "Not quite.");
    lab_quiz_put_miss(&text, style, &session->quiz, session->at, answer);
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&text);
}

// Another order of its tasks may say the lines as [answer] does. The demo is
// run under each, if there are not too many.
static bool is_possible(const struct session *session,
                        const struct lab_quiz_question *question,
                        const struct lab_quiz_answer *given) {
    const struct lab_selection *selection = &session->call->target.selection;
    struct lab_settings settings = selection->settings;
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_orders orders = {.most = 2000, .deepest = 100};
    bool found = false;
    size_t index = 0;
    if (question->kind != LAB_QUIZ_ORDER || !settings.demo)
        return false;
    while (strcmp(settings.demo->variants[index].name, question->run->name))
        index++;
    settings.limits = session->call->options.limits;
    lab_result_begin(&comparison, &settings);
    lab_orders_run(&orders, &comparison, &settings, index);
    for (size_t i = 0; i < orders.count; i++)
        found |= lab_quiz_is_order(question, given, orders.outcomes[i].said);
    lab_orders_free(&orders);
    lab_comparison_free(&comparison);
    return found;
}

static enum mark mark_of(enum lab_quiz_grade grade) {
    return grade == LAB_QUIZ_RIGHT     ? RIGHT
           : grade == LAB_QUIZ_HALF    ? HALF
           : grade == LAB_QUIZ_UNCLEAR ? OPEN
                                       : MISSED;
}

// Returns false if it was no answer.
static bool answer(struct session *session, const char *typed) {
    struct lab_text error = {0};
    struct lab_quiz_answer given;
    const struct lab_quiz_question *question =
        &session->quiz.questions[session->at];
    enum lab_quiz_grade grade = lab_quiz_grade(question, typed, &given, &error);
    if (grade == LAB_QUIZ_WRONG && is_possible(session, question, &given))
        grade = LAB_QUIZ_HALF;
    if (grade == LAB_QUIZ_UNCLEAR)
        say(session, LAB_COLOR_BAD, lab_text_string(&error));
    else if (grade == LAB_QUIZ_RIGHT)
        put_right(session);
    else
        put_miss(session, grade, &given);
    lab_text_free(&error);
    session->marks[session->at] = mark_of(grade);
    return grade != LAB_QUIZ_UNCLEAR;
}

static void help(struct session *session) {
    struct lab_text text = {0};
    lab_quiz_put_how(&text, &session->quiz.questions[session->at]);
    lab_text_put(&text, " s skips the question, b goes back to the one before, "
                        "q leaves.");
    say(session, LAB_COLOR_NONE, lab_text_string(&text));
    lab_text_free(&text);
}

static void go_back(struct session *session) {
    if (session->at == 0) {
        say(session, LAB_COLOR_NONE, "This is the first question.");
        return;
    }
    session->marks[--session->at] = OPEN;
    put_question(session);
}

static void skip(struct session *session) {
    session->marks[session->at++] = SKIPPED;
    if (session->at < session->quiz.count)
        put_question(session);
}

// Removes spaces at both ends.
static const char *trim(struct lab_text *line) {
    lab_text_trim(line);
    const char *typed = lab_text_string(line);
    return typed + strspn(typed, " \t");
}

static void take(struct session *session, const char *typed) {
    if (strcmp(typed, "q") == 0)
        session->over = true;
    else if (strcmp(typed, "b") == 0)
        go_back(session);
    else if (strcmp(typed, "s") == 0)
        skip(session);
    else if (!*typed || strcmp(typed, "?") == 0)
        help(session);
    else if (answer(session, typed) && ++session->at < session->quiz.count)
        put_question(session);
}

// What is left is shown, for those who read.
static void put_rest(struct session *session) {
    while (++session->at < session->quiz.count)
        put_question(session);
    lab_shell_printf(session->call->shell, "\n");
    say(session, LAB_COLOR_NONE,
        "Nobody answers here: there is nothing more to read. At the prompt, or "
        "with an answer a line in a pipe, predict says what is right.");
}

// Returns an exit status.
static int ask_all(struct session *session) {
    struct lab_text line = {0};
    int rc = 0;
    put_question(session);
    while (!session->over && session->at < session->quiz.count &&
           (rc = lab_ask(session->call->shell, "> ", &line)) >= 0)
        take(session, trim(&line));
    if (rc == LAB_EOF && !session->call->shell->on_terminal)
        put_rest(session);
    lab_text_free(&line);
    return rc == LAB_ECANCELED ? LAB_EXIT_INTERRUPTED : LAB_EXIT_OK;
}

// --- the end

static size_t count(const struct session *session, enum mark mark) {
    size_t n = 0;
    for (size_t i = 0; i < session->quiz.count; i++)
        n += session->marks[i] == mark;
    return n;
}

static void put_end(struct session *session) {
    struct lab_text text = {0};
    const struct lab_quiz *quiz = &session->quiz;
    bool target = quiz->values != NULL;
    size_t right = count(session, RIGHT), half = count(session, HALF),
           missed = count(session, MISSED), skipped = count(session, SKIPPED);
    if (right + half + missed + skipped == 0)
        return;
    lab_text_printf(&text, "%zu of %zu right", right, session->quiz.count);
    if (half)
        lab_text_printf(&text, ", %zu half right", half);
    if (missed)
        lab_text_printf(&text, ", %zu missed", missed);
    if (skipped)
        lab_text_printf(&text, ", %zu skipped", skipped);
    lab_text_printf(&text, ". %s%s%s shows it all, timeline%s%s draws it",
                    target ? "run" : "compare", quiz->target,
                    target ? quiz->values : "", quiz->target,
                    target ? quiz->values : "");
    if (target)
        lab_text_printf(&text, ", predict%s again asks with other figures",
                        quiz->target);
    lab_text_put(&text, ".");
    lab_shell_printf(session->call->shell, "\n");
    say(session, LAB_COLOR_NONE, lab_text_string(&text));
    lab_text_free(&text);
}

// --- what it is about

// Runs what the call means, quietly, and takes the record.
static int run_quietly(struct lab_call *call,
                       const struct lab_selection *selection,
                       struct lab_comparison *comparison) {
    struct lab_call own = *call;
    unsigned long before = call->shell->ran;
    own.quiet = true;
    own.options.json = false;
    own.options.clock = LAB_CLOCK_VIRTUAL;
    int status = lab_show_run(&own, selection, lab_show_nothing);
    if (call->shell->ran == before)
        return status;
    // A law that does not hold is a question like any other.
    if (status == LAB_EXIT_OK || status == LAB_EXIT_FAILED)
        lab_look_take_last(call->shell, comparison);
    return comparison->count ? LAB_EXIT_OK : status;
}

// The same with another value, for "what if". Without it there is one question
// less.
static void run_changed(struct session *session) {
    struct lab_call call = *session->call;
    if (!lab_figures_double(&call.target.selection.settings, session->seed,
                            &session->change))
        return;
    lab_ignore(run_quietly(&call, &call.target.selection, &session->changed));
    session->other = (struct lab_quiz_other){&session->changed,
                                             lab_text_string(&session->change)};
}

static int run_demo(struct session *session) {
    struct lab_selection *selection = &session->call->target.selection;
    bool is_guest = selection->guest != NULL;
    if (session->call->again && !is_guest)
        lab_figures_vary(&selection->settings, session->seed);
    int status = run_quietly(session->call, selection, &session->own);
    if (status == LAB_EXIT_OK && !is_guest)
        run_changed(session);
    return status;
}

static int read_file(struct session *session) {
    struct lab_call *call = session->call;
    struct lab_text error = {0};
    session->recording = lab_alloc(sizeof *session->recording);
    if (!lab_result_read(session->recording, call->target.file, &error))
        return lab_shell_fail_text(call->shell, &error);
    session->shown = session->recording->all[0];
    return LAB_EXIT_OK;
}

// Runs or reads what the questions are about. Returns an exit status.
static int find(struct session *session) {
    struct lab_call *call = session->call;
    int status = LAB_EXIT_OK;
    session->shown = &session->own;
    if (call->target.kind == LAB_TARGET_DEMO)
        return run_demo(session);
    status = lab_options_refuse_run(call);
    if (status == LAB_EXIT_OK && call->target.kind == LAB_TARGET_FILE)
        return read_file(session);
    if (status == LAB_EXIT_OK && call->shell->last.count == 0)
        return lab_shell_refuse(call->shell, "nothing has run yet; say which "
                                             "demo: predict 3");
    if (status == LAB_EXIT_OK)
        lab_look_take_last(call->shell, &session->own);
    return status;
}

// How commands name it: " 3" and " n=4", or " my.py".
static void name_target(struct session *session) {
    const struct lab_selection *selection = &session->call->target.selection;
    const struct lab_settings *settings = &selection->settings;
    const char *name = session->call->target.kind == LAB_TARGET_FILE
                           ? session->call->target.file
                           : selection->guest;
    if (name || !settings->demo) {
        lab_text_put(&session->target, name ? " " : "");
        lab_text_put(&session->target, name ? name : "");
        return;
    }
    lab_text_printf(&session->target, " %d", selection->file->number);
    for (size_t i = 0; i < lab_param_count(settings->demo); i++) {
        if (lab_settings_is_default(settings, i))
            continue;
        lab_text_printf(&session->values,
                        " %s=", settings->demo->params[i].name);
        lab_settings_put_value(settings, i, &session->values);
    }
}

static void prepare(struct session *session) {
    struct lab_quiz *quiz = &session->quiz;
    const struct lab_comparison *shown = session->shown;
    const char *path = shown->source;
    name_target(session);
    if (!shown->code && path &&
        lab_read_file(path, SIZE_MAX, &session->source) < 0)
        lab_text_clear(&session->source);
    lab_quiz_make(quiz, shown, session->changed.count ? &session->other : NULL,
                  1);
    quiz->target = lab_text_string(&session->target);
    quiz->values = session->call->target.selection.settings.demo
                       ? lab_text_string(&session->values)
                       : NULL;
    quiz->source = shown->code              ? shown->code
                   : session->source.length ? session->source.data
                                            : NULL;
}

static void session_free(struct session *session) {
    lab_quiz_free(&session->quiz);
    lab_text_free(&session->target);
    lab_text_free(&session->values);
    lab_text_free(&session->source);
    lab_text_free(&session->change);
    lab_comparison_free(&session->changed);
    if (session->recording)
        lab_recording_free(session->recording);
    else if (session->own.count) // taken
        lab_look_replace_last(session->call->shell, &session->own);
    lab_free(session->recording);
}

static int ask(struct session *session) {
    struct lab_call *call = session->call;
    if (call->options.json) {
        struct lab_text text = {0};
        lab_quiz_put_json(&text, &session->quiz);
        lab_shell_put(call->shell, &text);
        lab_text_free(&text);
        return LAB_EXIT_OK;
    }
    lab_show_heading(call, session->shown);
    lab_pages_show(call->shell);
    if (session->quiz.count == 0) {
        say(session, LAB_COLOR_NONE,
            lab_run_skipped(session->shown->runs[0])
                ? "There is nothing to ask: it is skipped under the virtual "
                  "clock."
                : "There is nothing to ask: too little happens in it.");
        return LAB_EXIT_OK;
    }
    say(session, LAB_COLOR_NONE,
        "It has run, but is not shown. Type what you expect: ? helps, s skips, "
        "b goes back, q leaves.");
    int status = ask_all(session);
    put_end(session);
    return status;
}

static int predict(struct lab_call *call) {
    struct session session = {.call = call, .seed = call->seed};
    struct lab_shell *shell = call->shell;
    if (shell->typing)
        return lab_shell_refuse(shell, "predict asks at the prompt; leave the "
                                       "& out");
    if (!session.seed)
        session.seed = call->again ? ++shell->predicted + 1 : 1;
    int status = find(&session);
    if (status == LAB_EXIT_OK) {
        prepare(&session);
        status = ask(&session);
    }
    session_free(&session);
    return status;
}

// --- its words: what it is about, and "again"

static int read_words(struct lab_call *call, char **words, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], "again") == 0)
            call->again = true;
        else
            words[kept++] = words[i];
    return lab_type_shown.read(call, words, kept);
}

static void offer(const struct lab_request *request) {
    lab_type_shown.offer(request);
    if (request->index > 0)
        lab_offer(request, "again");
}

static const struct lab_type about = {
    .usage = "DEMO [VARIANT ...] [NAME=VALUE ...] [again] | PROGRAM | FILE",
    .is_rest = true,
    .offer = offer,
    .read = read_words,
};

LAB_COMMAND(predict) = {
    .name = "predict",
    .order = 735,
    .text = "answer questions about a run before it is shown",
    .help = "  predict 3                   at most five questions\n"
            "  predict 3 together          about one variant\n"
            "  predict 3 again             with other figures\n"
            "  predict 3 seed=7            other questions; the same for each "
            "seed\n"
            "  predict my.py               about a program of yours\n"
            "  predict run.jsonl           about a run that was recorded\n"
            "  predict                     about what ran last\n",
    .takes = {{&about, .optional = true}},
    .keys = LAB_KEYS_SEED,
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_SCHEDULE | LAB_OPTION_LIMIT |
               LAB_OPTION_RECORD | LAB_OPTION_JSON | LAB_OPTIONS_STYLE,
    .run = predict,
};
