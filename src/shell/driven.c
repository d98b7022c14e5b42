#include "shell/driven.h"

#include "base/alloc.h"
#include "base/die.h"
#include "guest/guest.h"
#include "shell/driving.h"
#include "shell/grading.h"
#include "shell/look.h"
#include "shell/mending.h"
#include "shell/show.h"
#include "shell/show_guest.h"
#include "shell/words.h"
#include "view/drive_goal.h"

#include <string.h>

struct driven {
    struct lab_call *call;
    struct lab_grading grading;
    struct lab_text path;            // of the program
    struct lab_text variant, values; // "slow", "n=3 limit=2"
    struct lab_text typed;           // the program with these
    // What is right.
    char *claims[LAB_DRIVE_CLAIMS]; // owned
    size_t count;
    struct lab_drive drive;
};

// --- what is right

static void add_claim(struct driven *driven, const char *claim) {
    const char *always = lab_drive_claim(claim);
    if (always && driven->count < countof(driven->claims))
        driven->claims[driven->count++] = lab_strdup(always);
}

// Its laws are claims like others.
static void add_law(struct driven *driven, const char *what, const char *law) {
    struct lab_text claim = {0};
    if (!law)
        return;
    lab_text_printf(&claim, "%s = %s", what, law);
    add_claim(driven, lab_text_string(&claim));
    lab_text_free(&claim);
}

static void add_own_claims(struct driven *driven,
                           const struct lab_comparison *comparison) {
    const struct lab_run *run = comparison->runs[0];
    struct lab_text gap = {0};
    add_law(driven, "time", run->time.law);
    lab_text_printf(&gap, "gap(%s)", comparison->mark ? comparison->mark : "");
    add_law(driven, lab_text_string(&gap), run->gap.law);
    for (size_t i = 0; i < run->claim_count; i++)
        add_claim(driven, run->claims[i].text);
    lab_text_free(&gap);
}

// --- one run

// In the order of [script]; NULL: first in, first out. Returns an exit status.
static int run_quietly(struct driven *driven, const char *script,
                       struct lab_comparison *comparison) {
    struct lab_call call = *driven->call;
    struct lab_text error = {0};
    struct lab_words words;
    lab_words_split(&words, lab_text_string(&driven->typed), &error);
    struct lab_selection selection = {.guest = lab_text_string(&driven->path),
                                      .words = words.words + 1,
                                      .count = words.count - 1};
    call.schedule = script;
    call.library = &driven->grading.library;
    int status = lab_show_quietly(&call, &selection, comparison);
    if (status == LAB_EXIT_OK && comparison->count == 0)
        status = LAB_EXIT_FAILED; // it is told
    lab_words_free(&words);
    lab_text_free(&error);
    return status;
}

// A program has one run, or several choices would be one.
static int refuse_runs(const struct driven *driven,
                       const struct lab_comparison *comparison) {
    struct lab_text text = {0};
    const char *path = lab_text_string(&driven->path);
    lab_text_printf(&text, "drive takes one run, and %s has %zu:", path,
                    comparison->count);
    for (size_t i = 0; i < comparison->count; i++)
        lab_text_printf(&text, "%s %s", i ? "," : "",
                        comparison->runs[i]->name);
    if (comparison->language && *comparison->language == 'c')
        lab_text_printf(&text, "; name one: drive %s %s", path,
                        comparison->runs[0]->name);
    return lab_shell_refuse_text(driven->call->shell, &text);
}

static void drop_law(struct lab_measure *measure) {
    lab_free(measure->law);
    *measure = (struct lab_measure){0};
}

// What is right is in the claims alone.
static void judge(const struct driven *driven,
                  struct lab_comparison *comparison) {
    struct lab_run *run = comparison->runs[0];
    const struct lab_grade *grade = &driven->grading.grade;
    drop_law(&run->time);
    drop_law(&run->gap);
    lab_grade_give(grade, comparison, run);
    bool held =
        lab_grade_judge(comparison, run, LAB_GRADE_SMALL) == grade->claim_count;
    run->meant = held && run->rc < 0;
}

static int run(void *arg, const char *script,
               struct lab_comparison *comparison) {
    struct driven *driven = arg;
    int status = run_quietly(driven, script, comparison);
    if (status == LAB_EXIT_OK && comparison->count > 1)
        status = refuse_runs(driven, comparison);
    if (status == LAB_EXIT_OK)
        judge(driven, comparison);
    return status;
}

// --- which program

static void add_word(struct lab_text *out, const char *word) {
    lab_text_printf(out, "%s%s", out->length ? " " : "", word);
}

static void add_words(struct driven *driven) {
    const struct lab_selection *selection = &driven->call->target.selection;
    for (int i = 0; i < selection->count; i++)
        add_word(strchr(selection->words[i], '=') ? &driven->values
                                                  : &driven->variant,
                 selection->words[i]);
}

static void put_typed(struct driven *driven) {
    lab_words_put(&driven->typed, lab_text_string(&driven->path), '\0');
    if (driven->variant.length)
        add_word(&driven->typed, lab_text_string(&driven->variant));
    if (driven->values.length)
        add_word(&driven->typed, lab_text_string(&driven->values));
    driven->drive.program = lab_text_string(&driven->typed);
}

static int open_exercise(struct driven *driven) {
    struct lab_call *call = driven->call;
    const char *word = call->target.selection.guest;
    int status = lab_grading_open(&driven->grading, call, call->file);
    if (status != LAB_EXIT_OK)
        return status;
    const struct lab_exercise *exercise = &driven->grading.exercise;
    if (lab_guest_is(word))
        lab_text_put(&driven->path, word);
    else
        status = lab_mending_begin(call, exercise, strcmp(word, "python") == 0,
                                   &driven->path);
    lab_text_put(&driven->values, exercise->small ? exercise->small : "");
    add_words(driven);
    for (size_t i = 0; i < exercise->claim_count; i++)
        add_claim(driven, exercise->claims[i]);
    put_typed(driven);
    return status;
}

static int open_program(struct driven *driven) {
    struct lab_comparison comparison = {0};
    driven->grading.call = driven->call;
    lab_show_guest_find(driven->call, driven->call->target.selection.guest,
                        &driven->path);
    add_words(driven);
    put_typed(driven);
    int status = run_quietly(driven, NULL, &comparison);
    if (status == LAB_EXIT_OK && comparison.count > 1)
        status = refuse_runs(driven, &comparison);
    if (status == LAB_EXIT_OK)
        add_own_claims(driven, &comparison);
    lab_comparison_free(&comparison);
    return status;
}

// --- the whole

static int try_orders(struct driven *driven) {
    struct lab_text error = {0};
    struct lab_words variant;
    lab_words_split(&variant, lab_text_string(&driven->variant), &error);
    struct lab_selection selection = {.guest = lab_text_string(&driven->path),
                                      .words = variant.words,
                                      .count = variant.count};
    int status =
        lab_grading_orders(&driven->grading, &selection, driven->claims,
                           driven->count, lab_text_string(&driven->values));
    lab_words_free(&variant);
    lab_text_free(&error);
    return status;
}

static int play(struct driven *driven, enum lab_drive_goal goal,
                const char *from) {
    int status = try_orders(driven);
    if (status != LAB_EXIT_OK)
        return status;
    if (!lab_drive_take(&driven->drive, &driven->grading.grade, goal) &&
        !lab_drive_is_free(&driven->drive)) {
        struct lab_text text = {0};
        lab_drive_put_no_goal(&text, driven->drive.program, &driven->drive,
                              goal);
        lab_text_put(&text, "; try drive 19");
        return lab_shell_refuse_text(driven->call->shell, &text);
    }
    return lab_driving_play(driven->call, &(struct lab_driving){
                                              .drive = &driven->drive,
                                              .from = from,
                                              .run = run,
                                              .arg = driven,
                                          });
}

int lab_driven_play(struct lab_call *call, enum lab_drive_goal goal,
                    const char *from) {
    struct driven driven = {.call = call};
    const char *word = call->target.selection.guest;
    bool is_python = strcmp(word, "python") == 0;
    if (!lab_guest_can_start(is_python ? "x.py" : word))
        return lab_shell_refuse(call->shell,
                                "there is no python3 here; a program in C can "
                                "be driven");
    int status = call->file ? open_exercise(&driven) : open_program(&driven);
    if (status == LAB_EXIT_OK)
        status = play(&driven, goal, from);
    for (size_t i = 0; i < driven.count; i++)
        lab_free(driven.claims[i]);
    lab_drive_end(&driven.drive);
    lab_grading_close(&driven.grading);
    lab_text_free(&driven.path);
    lab_text_free(&driven.variant);
    lab_text_free(&driven.values);
    lab_text_free(&driven.typed);
    return status;
}
