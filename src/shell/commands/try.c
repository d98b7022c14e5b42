// try: reach what is claimed by the parameters of a demo alone.

#include "base/alloc.h"
#include "base/die.h"
#include "demo/choose.h"
#include "demo/grade.h"
#include "shell/ask.h"
#include "shell/done.h"
#include "shell/grading.h"
#include "shell/option.h"
#include "shell/show.h"
#include "shell/steps.h"
#include "shell/words.h"
#include "view/claims.h"
#include "view/line.h"

#include <string.h>

enum { OPEN_MOST = 2 }; // parameters that may be changed

// A parameter that may be changed, and to what.
struct open {
    size_t index; // in the demo
    struct lab_steps steps;
    char *range; // as its author wrote it: "1..9"
};

struct session {
    struct lab_call *call;
    struct lab_grading grading; // for its exercise
    struct lab_grade claims;
    struct lab_selection selection; // with the values of its author
    struct open open[OPEN_MOST];
    size_t open_count;
    bool is_over, has_passed;
};

__attribute__((format(printf, 3, 4))) static void
say(const struct session *session, enum lab_color color, const char *format,
    ...) {
    struct lab_text sentence = {0}, text = {0};
    va_list args;
    va_start(args, format);
    lab_text_vprintf(&sentence, format, args);
    va_end(args);
    lab_line_wrap(&text, &session->call->options.style, color, 0,
                  lab_text_string(&sentence));
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&sentence);
    lab_text_free(&text);
}

static const struct lab_demo *demo_of(const struct session *session) {
    return session->selection.settings.demo;
}

// --- what may be changed

static size_t find_param(const struct lab_demo *demo, const char *name,
                         size_t n) {
    size_t i = 0;
    while (i < lab_param_count(demo) &&
           (strlen(demo->params[i].name) != n ||
            strncmp(demo->params[i].name, name, n) != 0))
        i++;
    return i;
}

static bool add_open(struct session *session, const char *word,
                     struct lab_text *error) {
    const struct lab_demo *demo = demo_of(session);
    size_t n = strcspn(word, "=");
    struct open *open = &session->open[session->open_count];
    if (session->open_count == OPEN_MOST) {
        lab_text_printf(error, "more than %d parameters may be changed",
                        OPEN_MOST);
        return false;
    }
    open->index = find_param(demo, word, n);
    if (open->index == lab_param_count(demo)) {
        lab_param_put_unknown(error, demo, word, n);
        return false;
    }
    session->open_count++;
    open->range = lab_strdup(word + n + 1);
    return lab_steps_read(&open->steps, open->range, error);
}

// Reads "semaphore limit=1..9 n=9": a variant, what may be changed, and what
// may not.
static bool read_word(struct session *session, const char *word,
                      struct lab_text *error) {
    const char *value = strchr(word, '=');
    if (!value)
        return lab_choose_variant(demo_of(session), word,
                                  session->selection.variants, error);
    return strstr(value, "..") || strchr(value, ',')
               ? add_open(session, word, error)
               : lab_settings_assign(&session->selection.settings, word, error);
}

static bool read_values(struct session *session, struct lab_text *error) {
    struct lab_words words;
    size_t index;
    bool fine =
        lab_words_split(&words, session->grading.exercise.try_values, error);
    for (int i = 0; i < words.count && fine; i++)
        fine = read_word(session, words.words[i], error);
    lab_words_free(&words);
    fine = fine && lab_choose_only(demo_of(session),
                                   session->selection.variants, &index, error);
    if (fine)
        session->selection.variants[index] = true;
    if (fine && !session->open_count)
        lab_text_put(error, "no parameter may be changed");
    return fine && session->open_count;
}

static void read_claims(struct session *session) {
    char *texts[LAB_DEMO_CLAIMS];
    size_t count = 0;
    const char *at = session->grading.exercise.try_claims;
    while (*at && count < countof(texts)) {
        struct lab_text text = {0};
        size_t n = strcspn(at, ";");
        lab_text_write(&text, at, n);
        lab_text_trim(&text);
        texts[count++] = lab_strdup(lab_text_string(&text));
        lab_text_free(&text);
        at += n + (at[n] == ';');
        at += strspn(at, " ");
    }
    lab_grade_claims(&session->claims, texts, count);
    for (size_t i = 0; i < count; i++)
        lab_free(texts[i]);
}

// --- one run

// Runs it with [settings], and judges it. Returns the run; NULL if there is
// none.
static struct lab_run *run(struct session *session,
                           const struct lab_settings *settings,
                           struct lab_comparison *comparison) {
    struct lab_selection selection = session->selection;
    selection.settings = *settings;
    int status = lab_show_quietly(session->call, &selection, comparison);
    if (status != LAB_EXIT_OK || comparison->count == 0)
        return NULL;
    struct lab_run *only = comparison->runs[0];
    lab_grade_give(&session->claims, comparison, only);
    lab_grade_judge(comparison, only, LAB_GRADE_SMALL);
    return only;
}

static bool holds(const struct lab_run *run) {
    for (size_t i = 0; run && i < run->claim_count; i++)
        if (!run->claims[i].held)
            return false;
    return run != NULL;
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
    say(session, claim->held ? LAB_COLOR_GOOD : LAB_COLOR_BAD, "%s",
        lab_text_string(&line));
    lab_text_free(&line);
}

// --- what else would do

// Appends the values that may be changed: "limit=4".
static void put_open(const struct session *session,
                     const struct lab_settings *settings,
                     struct lab_text *out) {
    for (size_t i = 0; i < session->open_count; i++) {
        lab_text_printf(out, "%s%s=", i ? " " : "",
                        settings->demo->params[session->open[i].index].name);
        lab_settings_put_value(settings, session->open[i].index, out);
    }
}

// Runs each other value of the one parameter, and says which do as well.
static void put_others(struct session *session,
                       const struct lab_settings *settings) {
    const struct open *open = &session->open[0];
    struct lab_text others = {0}, error = {0};
    size_t count = 0;
    for (size_t i = 0; session->open_count == 1 && i < open->steps.count; i++) {
        struct lab_settings other = *settings;
        struct lab_comparison comparison = {0};
        struct lab_text word = {0};
        lab_text_printf(&word, "%s=%s", other.demo->params[open->index].name,
                        open->steps.values[i]);
        bool differs =
            lab_settings_assign(&other, lab_text_string(&word), &error) &&
            other.values[open->index] != settings->values[open->index];
        if (differs && holds(run(session, &other, &comparison)))
            lab_text_printf(&others, "%s%s", count++ ? ", " : "",
                            open->steps.values[i]);
        lab_comparison_free(&comparison);
        lab_text_free(&word);
    }
    if (count)
        say(session, LAB_COLOR_GOOD,
            "All hold. So they do with %s: what is different then?",
            lab_text_string(&others));
    else
        say(session, LAB_COLOR_GOOD, "All hold%s.",
            session->open_count == 1 ? ", and with no other value" : "");
    lab_text_free(&others);
    lab_text_free(&error);
}

// --- answers

// Is the value one of those that are open?
static bool is_allowed(const struct open *open,
                       const struct lab_settings *settings) {
    struct lab_settings other = *settings;
    struct lab_text error = {0};
    bool allowed = false;
    for (size_t i = 0; i < open->steps.count && !allowed; i++) {
        struct lab_text word = {0};
        lab_text_printf(&word, "%s=%s",
                        settings->demo->params[open->index].name,
                        open->steps.values[i]);
        allowed = lab_settings_assign(&other, lab_text_string(&word), &error) &&
                  other.values[open->index] == settings->values[open->index];
        lab_text_free(&word);
    }
    lab_text_free(&error);
    return allowed;
}

// Reads "3", or "limit=3 n=4", into [settings].
static bool read_answer(const struct session *session, const char *typed,
                        struct lab_settings *settings, struct lab_text *error) {
    struct lab_words words;
    bool fine = lab_words_split(&words, typed, error);
    for (int i = 0; i < words.count && fine; i++) {
        struct lab_text word = {0};
        if (!strchr(words.words[i], '=') && session->open_count == 1)
            lab_text_printf(
                &word,
                "%s=", settings->demo->params[session->open[0].index].name);
        lab_text_put(&word, words.words[i]);
        fine = lab_settings_assign(settings, lab_text_string(&word), error);
        lab_text_free(&word);
    }
    lab_words_free(&words);
    return fine;
}

// Did the answer change nothing but what is open, and as far as it may?
static bool check_answer(const struct session *session,
                         const struct lab_settings *settings,
                         struct lab_text *error) {
    const struct lab_settings *own = &session->selection.settings;
    bool is_open[LAB_DEMO_PARAMS] = {0};
    for (size_t i = 0; i < session->open_count; i++) {
        const struct open *open = &session->open[i];
        is_open[open->index] = true;
        if (is_allowed(open, settings))
            continue;
        lab_text_printf(error, "%s may be one of %s",
                        settings->demo->params[open->index].name, open->range);
        return false;
    }
    for (size_t i = 0; i < lab_param_count(settings->demo); i++)
        if (!is_open[i] && settings->values[i] != own->values[i]) {
            lab_text_printf(error, "%s stays as it is",
                            settings->demo->params[i].name);
            return false;
        }
    return true;
}

static void answer(struct session *session, const char *typed) {
    struct lab_settings settings = session->selection.settings;
    struct lab_comparison comparison = {0};
    struct lab_text error = {0};
    if (!read_answer(session, typed, &settings, &error) ||
        !check_answer(session, &settings, &error)) {
        say(session, LAB_COLOR_BAD, "%s.", lab_text_string(&error));
        lab_text_free(&error);
        return;
    }
    struct lab_run *one = run(session, &settings, &comparison);
    for (size_t i = 0; one && i < one->claim_count; i++)
        put_claim(session, one, i);
    session->has_passed = holds(one);
    session->is_over = session->has_passed || !one;
    lab_comparison_free(&comparison);
    if (session->has_passed)
        put_others(session, &settings);
    lab_done_add(session->call->shell, "try", session->call->file->number,
                 session->has_passed ? "passed" : "failed");
}

static void put_question(const struct session *session) {
    const struct lab_settings *settings = &session->selection.settings;
    const struct lab_demo *demo = demo_of(session);
    struct lab_text line = {0};
    size_t variant = 0;
    while (!session->selection.variants[variant])
        variant++;
    say(session, LAB_COLOR_HEAD, "%02d %s, %s: %s", session->call->file->number,
        demo->name, demo->variants[variant].name, demo->variants[variant].text);
    lab_text_put(&line, "It has");
    for (size_t i = 0; i < lab_param_count(demo); i++) {
        lab_text_put(&line, i ? ", " : " ");
        lab_settings_put(settings, i, &line);
    }
    lab_text_put(&line, ". Change ");
    for (size_t i = 0; i < session->open_count; i++)
        lab_text_printf(&line, "%s%s (%s)", i ? " and " : "",
                        demo->params[session->open[i].index].name,
                        session->open[i].range);
    lab_text_put(&line, " so that this holds:");
    say(session, LAB_COLOR_NONE, "%s", lab_text_string(&line));
    for (size_t i = session->claims.implied; i < session->claims.claim_count;
         i++)
        lab_shell_printf(session->call->shell, "  %s\n",
                         session->claims.claims[i]);
    lab_text_free(&line);
}

static void help(const struct session *session) {
    struct lab_text line = {0};
    put_open(session, &session->selection.settings, &line);
    say(session, LAB_COLOR_NONE,
        "Type values, as in %s%s. b shows the question again, q leaves.",
        lab_text_string(&line),
        session->open_count == 1 ? ", or the value alone" : "");
    lab_text_free(&line);
}

static void take(struct session *session, const char *typed) {
    if (strcmp(typed, "q") == 0 || strcmp(typed, "s") == 0)
        session->is_over = true;
    else if (strcmp(typed, "b") == 0)
        put_question(session);
    else if (!*typed || strcmp(typed, "?") == 0)
        help(session);
    else
        answer(session, typed);
}

static int ask(struct session *session) {
    struct lab_text line = {0};
    const struct lab_call *call = session->call;
    const struct lab_demo *demo = demo_of(session);
    int rc = 0, number = call->file->number;
    put_question(session);
    while (!session->is_over && (rc = lab_ask(call->shell, "> ", &line)) >= 0) {
        lab_text_trim(&line);
        const char *typed = lab_text_string(&line);
        take(session, typed + strspn(typed, " \t"));
    }
    lab_text_free(&line);
    say(session, LAB_COLOR_DIM,
        "Next: sweep %d %s=%s shows each value; assemble %d, exercise %d.",
        number, demo->params[session->open[0].index].name,
        session->open[0].range, number, number);
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
    // With the demo's own values, whatever was set: the claims are about them.
    lab_settings_init(&session->selection.settings, call->file->demo);
    session->selection.settings.file = call->file;
    read_claims(session);
    if (read_values(session, &error))
        return ask(session);
    struct lab_text sentence = {0};
    lab_text_printf(&sentence, "%s: %s: %s", exercise->path,
                    exercise->try_values, lab_text_string(&error));
    lab_text_free(&error);
    return lab_shell_fail_text(call->shell, &sentence);
}

static int try_values(struct lab_call *call) {
    struct session session = {.call = call};
    if (call->shell->in_lesson)
        return lab_shell_refuse(call->shell, "a lesson cannot ask for values");
    int status = lab_grading_open(&session.grading, call, call->file);
    if (status != LAB_EXIT_OK)
        return status;
    status = begin(&session);
    for (size_t i = 0; i < session.open_count; i++) {
        lab_steps_free(&session.open[i].steps);
        lab_free(session.open[i].range);
    }
    lab_grade_free(&session.claims);
    lab_grading_close(&session.grading);
    return status;
}

LAB_COMMAND(try) = {
    .name = "try",
    .order = 755,
    .text = "reach what is claimed by the parameters of a demo alone",
    .help = "  try 11                      which values make it hold?\n",
    .takes = {{&lab_type_demo}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS | LAB_OPTION_LIMIT |
               LAB_OPTIONS_STYLE,
    .run = try_values,
};
