#include "shell/subject.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "demo/orders.h"
#include "shell/figures.h"
#include "shell/look.h"
#include "shell/option.h"
#include "shell/reading.h"
#include "shell/show.h"
#include "shell/show_guest.h"
#include "shell/words.h"

#include <string.h>

// --- what has run

// The same with another value, for "what if".
static int run_other(struct lab_subject *subject, struct lab_call *call) {
    int status =
        lab_show_quietly(call, &call->target.selection, &subject->changed);
    subject->other = (struct lab_quiz_other){&subject->changed,
                                             lab_text_string(&subject->change)};
    return status;
}

// Without it there is one question less.
static void run_changed(struct lab_subject *subject, unsigned long seed) {
    struct lab_call call = *subject->call;
    if (lab_figures_double(&call.target.selection.settings, seed,
                           &subject->change))
        lab_ignore(run_other(subject, &call));
}

static int run_demo(struct lab_subject *subject, unsigned long seed) {
    struct lab_selection *selection = &subject->call->target.selection;
    bool is_guest = selection->guest != NULL;
    if (subject->call->again && !is_guest)
        lab_figures_vary(&selection->settings, seed);
    int status = lab_show_quietly(subject->call, selection, &subject->own);
    if (status == LAB_EXIT_OK && !is_guest)
        run_changed(subject, seed);
    return status;
}

static int read_file(struct lab_subject *subject) {
    struct lab_call *call = subject->call;
    struct lab_text error = {0};
    subject->recording = lab_alloc(sizeof *subject->recording);
    if (!lab_result_read(subject->recording, call->target.file, &error))
        return lab_shell_fail_text(call->shell, &error);
    subject->shown = subject->recording->all[0];
    return LAB_EXIT_OK;
}

static int find(struct lab_subject *subject, unsigned long seed) {
    struct lab_call *call = subject->call;
    subject->shown = &subject->own;
    if (call->target.kind == LAB_TARGET_DEMO)
        return run_demo(subject, seed);
    int status = lab_options_refuse_run(call);
    if (status != LAB_EXIT_OK)
        return status;
    if (call->target.kind == LAB_TARGET_FILE)
        return read_file(subject);
    if (call->shell->last.count == 0)
        return lab_shell_refuse(call->shell,
                                "nothing has run yet; say which demo: "
                                "predict %d",
                                lab_reading_example(call->shell));
    lab_look_take_last(call->shell, &subject->own);
    return LAB_EXIT_OK;
}

// --- how it is called

// Commands name it " 3" and " n=4", or " my.py n=4".
static void name_target(struct lab_subject *subject) {
    const struct lab_target *target = &subject->call->target;
    const struct lab_settings *settings = &target->selection.settings;
    const char *name = target->kind == LAB_TARGET_FILE
                           ? target->file
                           : target->selection.guest;
    if (name) {
        lab_text_put(&subject->target, " ");
        lab_words_put(&subject->target, name, '\0'); // as it is typed
    }
    for (int i = 0; i < target->selection.count; i++)
        lab_text_printf(&subject->target, " %s", target->selection.words[i]);
    if (name || !settings->demo)
        return;
    lab_text_printf(&subject->target, " %d", target->selection.file->number);
    for (size_t i = 0; i < lab_param_count(settings->demo); i++) {
        if (lab_settings_is_default(settings, i))
            continue;
        lab_text_printf(&subject->values,
                        " %s=", settings->demo->params[i].name);
        lab_settings_put_value(settings, i, &subject->values);
    }
}

// The program's text is only a help, as in look.c.
static const char *source_of(struct lab_subject *subject) {
    const struct lab_comparison *shown = subject->shown;
    if (shown->code)
        return shown->code;
    if (!shown->source ||
        lab_read_file(shown->source, SIZE_MAX, &subject->source) < 0)
        lab_text_clear(&subject->source);
    return subject->source.length ? subject->source.data : NULL;
}

// Questions name what ran as the learner's commands do.
static void make_quiz(struct lab_subject *subject, unsigned long seed,
                      uint32_t kinds) {
    struct lab_quiz *quiz = &subject->quiz;
    lab_quiz_make_of(quiz, subject->shown,
                     subject->changed.count ? &subject->other : NULL, seed,
                     kinds);
    quiz->target = lab_text_string(&subject->target);
    quiz->values = subject->call->target.selection.settings.demo
                       ? lab_text_string(&subject->values)
                       : NULL;
    quiz->source = subject->code;
}

int lab_subject_open(struct lab_subject *subject, struct lab_call *call,
                     unsigned long seed) {
    *subject = (struct lab_subject){.call = call};
    int status = find(subject, seed);
    if (status != LAB_EXIT_OK)
        return status;
    name_target(subject);
    subject->code = source_of(subject);
    make_quiz(subject, seed, LAB_QUIZ_EVERY);
    return LAB_EXIT_OK;
}

static int run_with(struct lab_subject *subject, const char *change) {
    struct lab_call call = *subject->call;
    struct lab_text error = {0};
    struct lab_settings *settings = &call.target.selection.settings;
    if (!settings->demo)
        return lab_shell_refuse(call.shell, "what_if is asked of demos only");
    if (!lab_settings_assign(settings, change, &error))
        return lab_shell_refuse_text(call.shell, &error);
    lab_text_put(&subject->change, change);
    return run_other(subject, &call);
}

int lab_subject_open_plain(struct lab_subject *subject, struct lab_call *call,
                           const char *change) {
    *subject = (struct lab_subject){.call = call};
    subject->shown = &subject->own;
    int status = lab_show_quietly(call, &call->target.selection, &subject->own);
    if (status == LAB_EXIT_OK && change)
        status = run_with(subject, change);
    if (status != LAB_EXIT_OK)
        return status;
    name_target(subject);
    subject->code = source_of(subject);
    make_quiz(subject, 1, 0);
    return LAB_EXIT_OK;
}

void lab_subject_ask_only(struct lab_subject *subject, unsigned long seed,
                          uint32_t kinds) {
    lab_quiz_free(&subject->quiz);
    make_quiz(subject, seed, kinds);
}

void lab_subject_put_figures(const struct lab_subject *subject,
                             struct lab_text *out) {
    const char *values = lab_text_string(&subject->values);
    if (!*values)
        lab_text_put(out, "-");
    for (const char *at = values + (*values == ' '); *at; at++)
        lab_text_write(out, *at == ' ' ? "," : at, 1);
}

void lab_subject_close(struct lab_subject *subject) {
    lab_quiz_free(&subject->quiz);
    lab_text_free(&subject->target);
    lab_text_free(&subject->values);
    lab_text_free(&subject->source);
    lab_text_free(&subject->change);
    lab_comparison_free(&subject->changed);
    if (subject->recording)
        lab_recording_free(subject->recording);
    else if (subject->own.count) // taken
        lab_look_replace_last(subject->call->shell, &subject->own);
    lab_free(subject->recording);
}

// --- every order

struct trying {
    const struct lab_quiz_question *question;
    const struct lab_quiz_answer *answer;
    lab_time until; // of the machine
    bool found;
};

// Tries no more when it is found, or has taken too long.
static bool on_order(void *arg, const struct lab_orders *orders) {
    struct trying *trying = arg;
    for (size_t i = 0; i < orders->count && !trying->found; i++)
        trying->found |= lab_quiz_is_order(trying->question, trying->answer,
                                           orders->outcomes[i].said);
    return !trying->found && lab_clock_machine() < trying->until;
}

static void try_demo(const struct lab_subject *subject,
                     struct lab_orders *orders, const char *variant) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_settings settings = subject->call->target.selection.settings;
    size_t index = 0;
    while (strcmp(settings.demo->variants[index].name, variant) != 0)
        index++;
    settings.limits = subject->call->options.limits;
    lab_result_begin(&comparison, &settings);
    lab_orders_run(orders, &comparison, &settings, index);
    lab_comparison_free(&comparison);
}

// One that cannot be run again has no other orders.
static void try_guest(const struct lab_subject *subject,
                      struct lab_orders *orders) {
    const struct lab_selection *selection = &subject->call->target.selection;
    struct lab_text error = {0}, path = {0};
    struct lab_guest *guest;
    lab_show_guest_find(subject->call, selection->guest, &path);
    struct lab_guest_options options = lab_show_guest_options(
        subject->call, selection, lab_text_string(&path));
    options.clock = LAB_CLOCK_VIRTUAL;
    options.has_input = false;
    options.orders = orders;
    if (lab_guest_start(&guest, &options, &error) == LAB_EXIT_OK) {
        lab_ignore(lab_show_guest_wait(subject->call->shell, guest, &error));
        lab_guest_free(guest);
    }
    lab_text_free(&error);
    lab_text_free(&path);
}

bool lab_subject_is_possible(const struct lab_subject *subject,
                             const struct lab_quiz_question *question,
                             const struct lab_quiz_answer *answer) {
    const struct lab_selection *selection = &subject->call->target.selection;
    struct trying trying = {question, answer, lab_clock_machine() + LAB_S / 2,
                            false};
    struct lab_orders orders = {.most = 20000, .deepest = 100};
    orders.tick = on_order;
    orders.arg = &trying;
    if (question->kind != LAB_QUIZ_ORDER)
        return false;
    if (selection->guest)
        try_guest(subject, &orders);
    else if (selection->settings.demo)
        try_demo(subject, &orders, question->run->name);
    on_order(&trying, &orders);
    lab_orders_free(&orders);
    return trying.found;
}
