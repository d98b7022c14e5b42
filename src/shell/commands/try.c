// try: reach what is claimed by the parameters of a demo alone.

#include "base/die.h"
#include "demo/claim.h"
#include "demo/grade.h"
#include "shell/ask.h"
#include "shell/done.h"
#include "shell/freedom.h"
#include "shell/grading.h"
#include "shell/look.h"
#include "shell/option.h"
#include "view/claims.h"
#include "view/line.h"

#include <string.h>

struct session {
    struct lab_call *call;
    struct lab_grading grading; // for its exercise
    struct lab_grade claims;
    struct lab_selection selection; // with the values of its author
    struct lab_freedom freedom;
    bool is_over, has_passed;
};

static const struct lab_demo *demo_of(const struct session *session) {
    return session->selection.settings.demo;
}

// --- one run

static struct lab_run *run(struct session *session,
                           const struct lab_settings *settings,
                           struct lab_comparison *comparison) {
    return lab_freedom_run(session->call, &session->selection, &session->claims,
                           settings, comparison);
}

// "peak(inside) is 2: holds", or what is against it.
static void put_claim(const struct session *session, const struct lab_run *run,
                      size_t i) {
    const struct lab_claim *claim = &run->claims[i];
    struct lab_text line = {0};
    if (i == 0 && session->claims.implied && claim->held)
        return;
    if (!claim->held)
        lab_claims_put_against(&line, run, claim, NULL);
    else if (claim->unit == LAB_CLAIM_WORDS)
        lab_text_printf(&line, "%s: holds.", claim->text);
    else {
        lab_text_printf(&line, "%s: holds, it is ", claim->text);
        lab_claims_put_value(&line, claim->unit, claim->measured);
        lab_text_put(&line, ".");
    }
    lab_call_paint(session->call, claim->held ? LAB_COLOR_GOOD : LAB_COLOR_BAD,
                   "%s", lab_text_string(&line));
    lab_text_free(&line);
}

// --- what else would do

// Runs each other value of the one parameter, and says which do as well.
static void put_others(struct session *session,
                       const struct lab_settings *settings) {
    const struct lab_freedom *freedom = &session->freedom;
    const struct lab_steps *steps = &freedom->params[0].steps;
    size_t at = freedom->params[0].index;
    struct lab_text others = {0};
    size_t count = 0;
    for (size_t i = 0; freedom->count == 1 && i < steps->count; i++) {
        struct lab_settings other = *settings;
        struct lab_comparison comparison = {0};
        if (lab_freedom_step(freedom, 0, i, &other) &&
            other.values[at] != settings->values[at] &&
            lab_freedom_holds(run(session, &other, &comparison)))
            lab_text_printf(&others, "%s%s", count++ ? ", " : "",
                            steps->values[i]);
        lab_comparison_free(&comparison);
    }
    if (count)
        lab_call_paint(session->call, LAB_COLOR_GOOD,
                       "All hold. So they do with %s: what is different then?",
                       lab_text_string(&others));
    else
        lab_call_paint(session->call, LAB_COLOR_GOOD, "All hold%s.",
                       session->freedom.count == 1 ? ", and with no other value"
                                                   : "");
    lab_text_free(&others);
}

// --- answers

static void answer(struct session *session, const char *typed) {
    struct lab_settings settings = session->selection.settings;
    struct lab_comparison comparison = {0};
    struct lab_text error = {0};
    if (!lab_freedom_take(&session->freedom, typed, &settings, &error)) {
        lab_call_paint(session->call, LAB_COLOR_BAD, "%s.",
                       lab_text_string(&error));
        lab_text_free(&error);
        return;
    }
    struct lab_run *one = run(session, &settings, &comparison);
    for (size_t i = 0; one && i < one->claim_count; i++)
        put_claim(session, one, i);
    session->has_passed = lab_freedom_holds(one);
    session->is_over = session->has_passed || !one;
    if (session->has_passed)
        put_others(session, &settings);
    lab_look_replace_last(session->call->shell, &comparison); // for timeline
    lab_done_add(session->call->shell, "try", session->call->file->number,
                 session->has_passed ? "passed" : "failed");
}

// "limit (1 to 9)", "nap (100 to 2000 ms, in steps of 100)".
static void put_free(const struct session *session, size_t i,
                     struct lab_text *line) {
    const struct lab_freedom_param *param = &session->freedom.params[i];
    const struct lab_demo *demo = demo_of(session);
    lab_text_printf(line, "%s (", demo->params[param->index].name);
    lab_freedom_put_range(param, demo, line);
    lab_text_put(line, ")");
}

static void put_how(const struct session *session) {
    struct lab_text line = {0};
    lab_freedom_put(&session->freedom, &session->selection.settings, &line);
    lab_call_paint(
        session->call, LAB_COLOR_DIM,
        "Type values, as in %s%s. timeline and story show the last try, b the "
        "question, and q leaves.",
        lab_text_string(&line),
        session->freedom.count == 1 ? ", or the value alone" : "");
    lab_text_free(&line);
}

static void put_meanings(const struct session *session) {
    struct lab_text line = {0};
    for (size_t i = session->claims.implied; i < session->claims.claim_count;
         i++) {
        lab_text_clear(&line);
        if (lab_claim_put_meaning(&line, session->claims.claims[i]))
            lab_call_paint(session->call, LAB_COLOR_DIM, "%s",
                           lab_text_string(&line));
    }
    lab_text_free(&line);
}

static void put_question(const struct session *session) {
    const struct lab_settings *settings = &session->selection.settings;
    const struct lab_demo *demo = demo_of(session);
    struct lab_text line = {0};
    size_t variant = 0;
    while (!session->selection.variants[variant])
        variant++;
    lab_call_paint(session->call, LAB_COLOR_HEAD, "%02d %s, %s: %s",
                   session->call->file->number, demo->name,
                   demo->variants[variant].name, demo->variants[variant].text);
    lab_text_put(&line, "It has");
    for (size_t i = 0; i < lab_param_count(demo); i++) {
        lab_text_put(&line, i ? ", " : " ");
        lab_settings_put(settings, i, &line);
    }
    lab_text_put(&line, ". Change ");
    for (size_t i = 0; i < session->freedom.count; i++) {
        lab_text_put(&line, i ? " and " : "");
        put_free(session, i, &line);
    }
    lab_text_put(&line, " so that this holds:");
    lab_call_paint(session->call, LAB_COLOR_NONE, "%s", lab_text_string(&line));
    for (size_t i = session->claims.implied; i < session->claims.claim_count;
         i++)
        lab_shell_printf(session->call->shell, "  %s\n",
                         session->claims.claims[i]);
    lab_text_free(&line);
    put_meanings(session);
    put_how(session);
}

static void take(struct session *session, const char *typed) {
    if (strcmp(typed, "q") == 0 || strcmp(typed, "s") == 0)
        session->is_over = true;
    else if (strcmp(typed, "b") == 0)
        put_question(session);
    else if (!*typed || strcmp(typed, "?") == 0)
        put_how(session);
    else if (!lab_grading_command(&session->grading, typed))
        answer(session, typed);
}

static int ask(struct session *session) {
    struct lab_text line = {0};
    struct lab_call *call = session->call;
    const struct lab_demo *demo = demo_of(session);
    int rc = 0, number = call->file->number;
    put_question(session);
    while (!session->is_over && (rc = lab_ask(call, "> ", &line)) >= 0) {
        lab_text_trim(&line);
        const char *typed = lab_text_string(&line);
        take(session, typed + strspn(typed, " \t"));
    }
    lab_text_free(&line);
    lab_call_paint(session->call, LAB_COLOR_DIM,
                   "Next: sweep %d %s=%s shows each value; assemble %d, "
                   "exercise %d python.",
                   number, demo->params[session->freedom.params[0].index].name,
                   session->freedom.params[0].range, number, number);
    return rc == LAB_ECANCELED ? LAB_EXIT_INTERRUPTED : LAB_EXIT_OK;
}

// --- the command

static int begin(struct session *session) {
    struct lab_call *call = session->call;
    const struct lab_exercise *exercise = &session->grading.exercise;
    struct lab_text error = {0};
    int status = lab_select_file(call->shell, call->file, &session->selection);
    if (status != LAB_EXIT_OK)
        return status;
    if (!exercise->try_values)
        return lab_shell_refuse(call->shell,
                                "lesson %d has nothing to try; exercise %d "
                                "mends a program",
                                call->file->number, call->file->number);
    return lab_freedom_open(&session->freedom, &session->claims, exercise,
                            &session->selection, &error)
               ? ask(session)
               : lab_shell_fail_text(call->shell, &error);
}

static int try_values(struct lab_call *call) {
    struct session session = {.call = call};
    if (call->shell->in_lesson)
        return lab_shell_refuse(call->shell, "a lesson cannot ask for values");
    int status = lab_ask_check(call);
    if (status == LAB_EXIT_OK)
        status = lab_grading_open(&session.grading, call, call->file);
    if (status != LAB_EXIT_OK)
        return status;
    status = begin(&session);
    lab_freedom_free(&session.freedom);
    lab_grade_free(&session.claims);
    lab_grading_close(&session.grading);
    return status;
}

LAB_COMMAND(try) = {
    .name = "try",
    .order = 48,
    .text = "reach what is claimed by the parameters of a demo alone",
    .help = "  try 11                      which values make it hold?\n",
    .takes = {{&lab_type_demo}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS | LAB_OPTION_LIMIT |
               LAB_OPTIONS_STYLE,
    .run = try_values,
};
