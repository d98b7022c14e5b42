// predict: questions about runs that have not been shown.

#include "base/die.h"
#include "shell/ask.h"
#include "shell/key.h"
#include "shell/option.h"
#include "shell/show.h"
#include "shell/subject.h"
#include "view/line.h"

#include <string.h>

// How far somebody is.
struct session {
    struct lab_call *call;
    struct lab_subject subject;
    const struct lab_quiz *quiz; // of the subject
    unsigned long seed;
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
    lab_quiz_put_question(&text, &session->call->options.style, session->quiz,
                          session->at);
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&text);
}

static void put_right(struct session *session) {
    struct lab_text text = {0};
    lab_text_put(&text, "Yes: ");
    lab_quiz_put_right(&text, &session->quiz->questions[session->at]);
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
    lab_quiz_put_miss(&text, style, session->quiz, session->at, answer);
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&text);
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
        &session->quiz->questions[session->at];
    enum lab_quiz_grade grade = lab_quiz_grade(question, typed, &given, &error);
    if (grade == LAB_QUIZ_WRONG &&
        lab_subject_is_possible(&session->subject, question, &given))
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
    lab_quiz_put_how(&text, &session->quiz->questions[session->at]);
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
    if (session->at < session->quiz->count)
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
    else if (answer(session, typed) && ++session->at < session->quiz->count)
        put_question(session);
}

// What is left is shown, for those who read.
static void put_rest(struct session *session) {
    while (++session->at < session->quiz->count)
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
    while (!session->over && session->at < session->quiz->count &&
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
    for (size_t i = 0; i < session->quiz->count; i++)
        n += session->marks[i] == mark;
    return n;
}

// Says which commands come next. A session at the prompt remembers how often it
// has asked again; elsewhere the seed says it.
static void put_next(struct lab_text *out, const struct session *session) {
    const struct lab_call *call = session->call;
    const struct lab_quiz *quiz = session->quiz;
    const char *target = quiz->target, *values = quiz->values;
    bool can_run = values || call->target.selection.guest;
    lab_text_printf(out,
                    ". %s%s%s shows it all, timeline%s%s draws it, predict%s",
                    can_run ? "run" : "compare", target, values ? values : "",
                    target, values ? values : "", target);
    if (values)
        lab_text_put(out, " again");
    if (!values || !call->shell->at_prompt)
        lab_text_printf(out, " seed=%lu", session->seed + 1);
    lab_text_put(out,
                 values ? " asks with other figures" : " asks other questions");
}

static void put_end(struct session *session) {
    struct lab_text text = {0};
    size_t right = count(session, RIGHT), half = count(session, HALF),
           missed = count(session, MISSED), skipped = count(session, SKIPPED);
    if (right + half + missed + skipped == 0)
        return;
    lab_text_printf(&text, "%zu of %zu right", right, session->quiz->count);
    if (half)
        lab_text_printf(&text, ", %zu half right", half);
    if (missed)
        lab_text_printf(&text, ", %zu missed", missed);
    if (skipped)
        lab_text_printf(&text, ", %zu skipped", skipped);
    put_next(&text, session);
    lab_text_put(&text, ".");
    lab_shell_printf(session->call->shell, "\n");
    say(session, LAB_COLOR_NONE, lab_text_string(&text));
    lab_text_free(&text);
}

// --- the command

static int ask(struct session *session) {
    struct lab_call *call = session->call;
    if (call->options.json) {
        struct lab_text text = {0};
        lab_quiz_put_json(&text, session->quiz);
        lab_shell_put(call->shell, &text);
        lab_text_free(&text);
        return LAB_EXIT_OK;
    }
    lab_show_heading(call, session->subject.shown);
    lab_pages_show(call->shell);
    if (session->quiz->count == 0) {
        say(session, LAB_COLOR_NONE,
            lab_run_skipped(session->subject.shown->runs[0])
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
    session.quiz = &session.subject.quiz;
    int status = lab_subject_open(&session.subject, call, session.seed);
    if (status == LAB_EXIT_OK)
        status = ask(&session);
    lab_subject_close(&session.subject);
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
    .usage = "DEMO|PROGRAM [VARIANT ...] [NAME=VALUE ...] [again] | FILE",
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
