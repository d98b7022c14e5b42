#include "shell/grading.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "core/loop.h"
#include "shell/edit.h"
#include "shell/look.h"
#include "shell/message.h"
#include "shell/option.h"
#include "shell/show.h"
#include "shell/show_guest.h"
#include "shell/words.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

enum {
    SEEDS_C = 10000,
    SEEDS_PYTHON = 500, // each is a process
    PATIENCE_MS = 300,  // before it is told how far it is, and between
    LONGEST = 60,       // seconds of the machine's time
};

// --- the exercise

void lab_grading_path(const struct lab_shell *shell,
                      const struct lab_demo_file *lesson,
                      struct lab_text *path) {
    lab_text_printf(path, "%s/exercises/%02d_%s.md", shell->folders.lessons,
                    lesson->number, lesson->name);
}

// --- the word that names one

static bool has_exercise(const struct lab_shell *shell, const char *name) {
    struct lab_text path = {0};
    const struct lab_demo_file *lesson;
    bool has = false;
    for (size_t i = 0; (lesson = lab_shell_lesson((void *)shell, i)) && !has;
         i++) {
        if (strcmp(lesson->name, name) != 0)
            continue;
        lab_grading_path(shell, lesson, &path);
        has = access(lab_text_string(&path), F_OK) == 0;
    }
    lab_text_free(&path);
    return has;
}

static void offer_if_any(void *to, const char *name, const char *text) {
    const struct lab_request *request = to;
    if (has_exercise(request->shell, name))
        request->offer(request->to, name, text);
}

static void offer_exercises(const struct lab_request *request) {
    struct lab_request inner = *request;
    inner.offer = offer_if_any;
    inner.to = (void *)request;
    lab_type_demo.offer(&inner);
}

static int read_exercise(struct lab_call *call, char **words, int count) {
    return lab_type_demo.read(call, words, count);
}

const struct lab_type lab_type_exercise = {
    .usage = "DEMO",
    .noun = "a demo, which list shows",
    .offer = offer_exercises,
    .read = read_exercise,
};

// --- reading it

int lab_grading_open_file(struct lab_grading *grading, struct lab_call *call,
                          const char *path) {
    struct lab_text error = {0};
    *grading = (struct lab_grading){.call = call};
    if (lab_exercise_read(&grading->exercise, path, &error))
        return LAB_EXIT_OK;
    lab_exercise_free(&grading->exercise);
    return lab_shell_fail_text(call->shell, &error);
}

int lab_grading_open(struct lab_grading *grading, struct lab_call *call,
                     const struct lab_demo_file *lesson) {
    struct lab_text path = {0};
    int status;
    lab_grading_path(call->shell, lesson, &path);
    if (access(lab_text_string(&path), F_OK) == 0)
        status = lab_grading_open_file(grading, call, lab_text_string(&path));
    else
        status = lab_shell_refuse(call->shell,
                                  "lesson %d has no exercise in "
                                  "%s/exercises; exercise lists those there "
                                  "are",
                                  lesson->number, call->shell->folders.lessons);
    lab_text_free(&path);
    return status;
}

static void forget(struct lab_grading *grading) {
    lab_grade_free(&grading->grade);
    lab_comparison_free(&grading->again);
    lab_text_clear(&grading->source);
    lab_text_clear(&grading->said);
    grading->is_graded = false;
}

void lab_grading_show_last(struct lab_grading *grading) {
    if (grading->again.count) // taken
        lab_look_replace_last(grading->call->shell, &grading->again);
    grading->again = (struct lab_comparison){0};
}

void lab_grading_close(struct lab_grading *grading) {
    lab_grading_show_last(grading);
    forget(grading);
    lab_text_free(&grading->source);
    lab_text_free(&grading->said);
    lab_guest_library_free(&grading->library);
    lab_exercise_free(&grading->exercise);
}

// --- while it is graded

static bool is_python(const char *path) {
    size_t n = strlen(path);
    return n > 3 && strcmp(path + n - 3, ".py") == 0;
}

static void show_progress(struct lab_grading *grading, size_t tried) {
    struct lab_text row = {0};
    lab_text_printf(&row, "%zu run%s so far; Ctrl-C stops\n", tried,
                    tried == 1 ? "" : "s");
    lab_drawn_put(&grading->drawn, grading->call, &row);
    lab_text_free(&row);
}

static bool on_tick(void *arg, const struct lab_grade *grade) {
    struct lab_grading *grading = arg;
    lab_time now = lab_clock_machine();
    size_t tried = 0;
    if (grading->is_enough && is_python(grading->path) &&
        grading->is_enough(grade, grading->arg))
        return false;
    if (!lab_call_may_redraw(grading->call) || grading->keeps_quiet ||
        now - grading->shown < PATIENCE_MS * LAB_MS)
        return true;
    for (int i = 0; i < LAB_GRADE_PHASES; i++)
        tried += grade->phases[i].tried;
    show_progress(grading, tried);
    grading->shown = now;
    return true;
}

static void on_begin(void *sink, struct lab_comparison *comparison) {
    (void)sink;
    (void)comparison;
}

static void on_run(void *sink, struct lab_run *run) {
    (void)sink;
    (void)run;
}

static void on_say(void *sink, lab_time time, const char *who,
                   const char *line) {
    (void)sink;
    (void)time;
    (void)who;
    (void)line;
}

// What a compiler says; a program's own output goes nowhere.
static void on_stray(void *sink, const char *bytes, size_t n) {
    struct lab_grading *grading = sink;
    if (grading->keeps_quiet)
        lab_text_write(&grading->said, bytes, n);
    else
        lab_message_say(grading->call, bytes, n);
}

static void fail(struct lab_grading *grading, struct lab_text *error) {
    if (grading->keeps_quiet) {
        lab_text_put(&grading->said, lab_text_string(error));
        lab_text_free(error);
    } else if (error->length) {
        lab_shell_fail_text(grading->call->shell, error);
    }
}

// --- grading

static void watch(struct lab_grading *grading) {
    grading->grade.tick = on_tick;
    grading->grade.arg = grading;
    grading->grade.patience = LONGEST * LAB_S;
    grading->grade.phase = -1;
}

static void plan(struct lab_grading *grading) {
    const struct lab_exercise *exercise = &grading->exercise;
    struct lab_grade *grade = &grading->grade;
    watch(grading);
    lab_grade_claims(grade, exercise->claims, exercise->claim_count);
    grade->small = lab_strdup(exercise->small ? exercise->small : "");
    grade->cases = lab_alloc((exercise->case_count + 1) * sizeof(char *));
    for (size_t i = 0; i < exercise->case_count; i++)
        grade->cases[i] = lab_strdup(exercise->cases[i]);
    grade->case_count = exercise->case_count;
    grade->late = exercise->late;
    grade->cancel = exercise->cancel;
    grade->seeds = is_python(grading->path) ? SEEDS_PYTHON : SEEDS_C;
}

static size_t tried(const struct lab_grade *grade) {
    size_t all = 0;
    for (int i = 0; i < LAB_GRADE_PHASES; i++)
        all += grade->phases[i].tried;
    return all;
}

static int finish(struct lab_grading *grading, const struct lab_guest *guest,
                  int rc, struct lab_text *error) {
    lab_drawn_end(&grading->drawn, grading->call);
    grading->is_graded = tried(&grading->grade) > 0;
    if (!grading->is_graded || rc == LAB_EINVAL) {
        grading->is_graded = false;
        fail(grading, error);
        return lab_guest_was_interrupted(guest) ? LAB_EXIT_INTERRUPTED
               : rc == LAB_EINVAL               ? LAB_EXIT_USAGE
                                                : LAB_EXIT_FAILED;
    }
    lab_text_free(error);
    return grading->grade.stopped  ? LAB_EXIT_INTERRUPTED
           : grading->grade.passed ? LAB_EXIT_OK
                                   : LAB_EXIT_FAILED;
}

static int grade(struct lab_grading *grading,
                 const struct lab_selection *selection) {
    struct lab_call *call = grading->call;
    struct lab_text error = {0};
    struct lab_guest *guest;
    struct lab_guest_options options =
        lab_show_guest_options(call, selection, grading->path);
    options.clock = LAB_CLOCK_VIRTUAL;
    options.schedule = NULL;
    options.has_input = false;
    options.library = &grading->library;
    options.grade = &grading->grade;
    options.ends_at_once = true;
    options.sink = (struct lab_guest_sink){on_begin, on_run,   on_run,
                                           on_say,   on_stray, grading};
    grading->shown = lab_clock_machine();
    int status = lab_guest_start(&guest, &options, &error);
    if (status != LAB_EXIT_OK) {
        if (status == LAB_EXIT_INTERRUPTED)
            lab_text_put(&error, "cancelled");
        fail(grading, &error);
        return status;
    }
    int rc = lab_show_guest_wait(call->shell, guest, &error);
    status = finish(grading, guest, rc, &error);
    lab_guest_free(guest);
    return status;
}

static void run_as(struct lab_grading *grading,
                   const struct lab_grade_claim *first) {
    struct lab_call call = *grading->call;
    struct lab_text error = {0};
    struct lab_words words;
    lab_words_split(&words, first->values ? first->values : "", &error);
    struct lab_selection selection = {
        .guest = grading->path, .words = words.words, .count = words.count};
    call.schedule =
        first->schedule && *first->schedule ? first->schedule : NULL;
    call.record = NULL;
    call.recorder = NULL;
    call.library = &grading->library;
    // One who is cancelled to break it prints a traceback; that is no news. One
    // that breaks by itself says in it where.
    call.drops_stray = grading->grade.phase == LAB_GRADE_CANCEL;
    lab_ignore(lab_show_quietly(&call, &selection, &grading->again));
    lab_words_free(&words);
    lab_text_free(&error);
}

// Judges the run that is shown. Does the claim that is first against it hold?
// If not, what is told of it is what it came to there.
static bool holds_again(struct lab_grading *grading) {
    const struct lab_comparison *again = &grading->again;
    struct lab_grade *grade = &grading->grade;
    if (again->count != 1)
        return false; // it is not known which of them was judged
    struct lab_run *run = again->runs[0];
    lab_grade_give(grade, again, run);
    lab_grade_judge(again, run, (enum lab_grade_phase)grade->phase);
    bool holds = run->claims[grade->claim].held;
    if (!holds)
        lab_grade_note_again(grade, run);
    return holds;
}

// Runs it once more under what is first against it, and keeps the run. It
// cannot be shown if it does not run to its end; the grade says why. While
// orders are tried a turn has no end, also in the first of them: where that is
// what breaks it, first in, first out does not, and a script of that order
// does.
static void run_again(struct lab_grading *grading) {
    struct lab_grade_claim *first = &grading->grade.phases[grading->grade.phase]
                                         .claims[grading->grade.claim];
    run_as(grading, first);
    bool is_fifo = first->schedule && strcmp(first->schedule, "fifo") == 0;
    if (!holds_again(grading) || !is_fifo)
        return;
    lab_comparison_free(&grading->again);
    lab_free(first->schedule);
    first->schedule = lab_strdup("0");
    run_as(grading, first);
    holds_again(grading);
}

bool lab_grading_is_python(const char *word) {
    return strcasecmp(word, "python") == 0 || strcasecmp(word, "py") == 0;
}

int lab_grading_run(struct lab_grading *grading, const char *path) {
    forget(grading);
    lab_guest_library_free(&grading->library); // what it includes may be new
    grading->path = path;
    plan(grading);
    int status = grade(grading, &(struct lab_selection){.guest = path});
    if (!grading->is_graded || grading->keeps_quiet)
        return status;
    if (lab_graded_first(&grading->grade) && !grading->grade.error)
        run_again(grading);
    lab_ignore(lab_read_file(path, SIZE_MAX, &grading->source));
    return status;
}

int lab_grading_orders(struct lab_grading *grading,
                       const struct lab_selection *selection,
                       char *const *claims, size_t count, const char *values) {
    forget(grading);
    grading->path = selection->guest;
    watch(grading);
    lab_grade_claims(&grading->grade, claims, count);
    grading->grade.small = lab_strdup(values);
    int status = grade(grading, selection);
    return grading->is_graded && !grading->grade.stopped ? LAB_EXIT_OK : status;
}

void lab_grading_put(const struct lab_grading *grading, struct lab_text *out) {
    struct lab_graded graded = {
        .grade = &grading->grade,
        .file = grading->path,
        .again = grading->again.count ? &grading->again : NULL,
        .source = lab_text_string(&grading->source),
    };
    if (grading->is_graded)
        lab_graded_put(out, &grading->call->options.style, &graded);
}
