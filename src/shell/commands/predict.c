// predict: questions about runs that have not been shown.

#include "base/die.h"
#include "shell/answers.h"
#include "shell/ask.h"
#include "shell/key.h"
#include "shell/option.h"
#include "shell/show.h"
#include "view/line.h"

#include <string.h>

struct session {
    struct lab_call *call;
    struct lab_subject subject;
    struct lab_answers answers;
    unsigned long seed;
};

// --- the end

// Says which commands come next. A session at the prompt remembers how often it
// has asked again; elsewhere the seed says it.
static void put_next(struct lab_text *out, const struct session *session) {
    const struct lab_call *call = session->call;
    const struct lab_quiz *quiz = &session->subject.quiz;
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
    const struct lab_answers *answers = &session->answers;
    size_t right = lab_answers_count(answers, LAB_ANSWER_RIGHT),
           half = lab_answers_count(answers, LAB_ANSWER_HALF),
           missed = lab_answers_count(answers, LAB_ANSWER_MISSED),
           skipped = lab_answers_count(answers, LAB_ANSWER_SKIPPED);
    if (right + half + missed + skipped == 0)
        return;
    lab_text_printf(&text, "%zu of %zu right", right,
                    session->subject.quiz.count);
    if (half)
        lab_text_printf(&text, ", %zu half right", half);
    if (missed)
        lab_text_printf(&text, ", %zu missed", missed);
    if (skipped)
        lab_text_printf(&text, ", %zu skipped", skipped);
    put_next(&text, session);
    if (missed && session->call->shell->interactive)
        lab_text_put(&text, ", review comes back to what was missed");
    lab_text_put(&text, ".");
    lab_shell_printf(session->call->shell, "\n");
    lab_answers_say(&session->answers, LAB_COLOR_NONE, lab_text_string(&text));
    lab_text_free(&text);
}

// --- the beginning

// Says what each variant is: who has not read the lesson knows their names
// only.
static void put_variants(const struct session *session) {
    const struct lab_comparison *shown = session->subject.shown;
    struct lab_text text = {0};
    for (size_t i = 0; i < shown->count && shown->count > 1; i++) {
        const struct lab_run *run = shown->runs[i];
        if (run->text && *run->text)
            lab_line_printf(&text, &session->call->options.style,
                            LAB_COLOR_NONE, 2, "%s: %s", run->name, run->text);
    }
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&text);
}

// --- the command

static int ask(struct session *session) {
    struct lab_call *call = session->call;
    if (call->options.json) {
        struct lab_text text = {0};
        lab_quiz_put_json(&text, &session->subject.quiz);
        lab_shell_put(call->shell, &text);
        lab_text_free(&text);
        return LAB_EXIT_OK;
    }
    lab_show_heading(call, session->subject.shown);
    lab_pages_show(call->shell);
    put_variants(session);
    if (session->subject.quiz.count == 0) {
        lab_answers_say(
            &session->answers, LAB_COLOR_NONE,
            lab_run_skipped(session->subject.shown->runs[0])
                ? "There is nothing to ask: it is skipped under the virtual "
                  "clock."
                : "There is nothing to ask: too little happens in it.");
        return LAB_EXIT_OK;
    }
    bool was_seen = call->target.kind == LAB_TARGET_NONE ||
                    call->target.kind == LAB_TARGET_VARIANT;
    lab_answers_say(
        &session->answers, LAB_COLOR_NONE,
        was_seen
            ? "It ran last; what do you remember? ? helps, s skips, b goes "
              "back, q leaves."
            : "It has run, but is not shown. Type what you expect: ? helps, s "
              "skips, b goes back, q leaves.");
    int status = lab_answers_ask(&session->answers);
    put_end(session);
    lab_answers_note(&session->answers, "predict");
    return status;
}

static int predict(struct lab_call *call) {
    struct session session = {.call = call, .seed = call->seed};
    struct lab_shell *shell = call->shell;
    if (shell->typing)
        return lab_shell_refuse(shell, "predict asks at the prompt; leave the "
                                       "& out");
    int status = call->options.json ? LAB_EXIT_OK : lab_ask_check(call);
    if (status != LAB_EXIT_OK)
        return status;
    if (!session.seed)
        session.seed = call->again ? ++shell->predicted + 1 : 1;
    session.answers =
        (struct lab_answers){.call = call, .subject = &session.subject};
    status = lab_subject_open(&session.subject, call, session.seed);
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
        lab_offer_about(request, "again", "with other figures");
}

static const struct lab_type about = {
    .usage = "DEMO|PROGRAM [VARIANT ...] [NAME=VALUE ...] [again] | FILE",
    .is_rest = true,
    .offer = offer,
    .read = read_words,
};

LAB_COMMAND(predict) = {
    .name = "predict",
    .order = 44,
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
