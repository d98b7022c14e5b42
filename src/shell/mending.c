// mending.c - one task waits for saves and grades; the command waits for
// answers, and prints what they ask for.

#include "shell/mending.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "base/save.h"
#include "core/loop.h"
#include "core/scope.h"
#include "core/task.h"
#include "core/watched.h"
#include "guest/guest.h"
#include "lesson/diff.h"
#include "lesson/markdown.h"
#include "lesson/render.h"
#include "shell/ask.h"
#include "shell/done.h"
#include "shell/editor.h"
#include "view/line.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { GRADE_STACK = 256 * 1024 }; // as every command

struct mending {
    struct lab_call *call;
    struct lab_grading grading;
    struct lab_text path; // of the learner's program
    bool is_python, has_passed, is_busy, is_over;
    size_t hints; // shown so far
    size_t solutions;
    int status; // of what was graded last
    struct lab_watched *file;
};

// --- what is printed

static void put_markdown(const struct mending *m, const char *markdown) {
    struct lab_markdown doc;
    struct lab_text text = {0};
    if (!markdown)
        return;
    lab_markdown_split(&doc, markdown, strlen(markdown));
    lab_render_put(&text, &m->call->options.style, &doc, 0, doc.length);
    if (text.length && text.data[text.length - 1] != '\n')
        lab_text_put(&text, "\n");
    lab_shell_put(m->call->shell, &text);
    lab_markdown_free(&doc);
    lab_text_free(&text);
}

static void put_task(const struct mending *m) {
    const struct lab_exercise *exercise = &m->grading.exercise;
    lab_call_paint(m->call, LAB_COLOR_HEAD, "%s", exercise->title);
    lab_shell_printf(m->call->shell, "\n");
    put_markdown(m, exercise->statement);
}

// What can be typed now.
static void put_keys(const struct mending *m) {
    struct lab_text line = {0};
    if (!m->has_passed && m->hints < m->grading.exercise.hint_count)
        lab_text_printf(&line, "h hint %zu of %zu, ", m->hints + 1,
                        m->grading.exercise.hint_count);
    lab_text_put(&line, m->has_passed
                            ? "solution shows another beside yours, h the "
                              "hints, "
                            : "solution shows one, ");
    lab_text_put(&line, "s the task, Enter looks again, q leaves.");
    lab_call_paint(m->call, LAB_COLOR_DIM, "%s", lab_text_string(&line));
    lab_text_free(&line);
}

static void put_passed(const struct mending *m) {
    int number = m->call->file->number;
    struct lab_text line = {0};
    lab_graded_put_sentence(&line, &m->grading.grade);
    lab_call_paint(m->call, LAB_COLOR_GOOD,
                   "Passed: it %s. What it was:", lab_text_string(&line));
    lab_text_free(&line);
    put_markdown(m, m->grading.exercise.after);
    lab_call_paint(m->call, LAB_COLOR_NONE,
                   "Next: solution, or q and then lesson %d, exercise %d%s.",
                   number + 1, number, m->is_python ? "" : " python");
}

static void put_grade(struct mending *m) {
    struct lab_text text = {0};
    lab_grading_put(&m->grading, &text);
    lab_shell_put(m->call->shell, &text);
    lab_text_free(&text);
    if (m->status == LAB_EXIT_OK)
        put_passed(m);
    else
        put_keys(m);
}

// --- grading

void lab_mending_note(const struct lab_grading *grading, size_t hints) {
    const struct lab_grade *grade = &grading->grade;
    const struct lab_grade_claim *first = lab_graded_first(grade);
    const char *language = grade->seeds < 10000 ? "python" : "c";
    int number = grading->call->file->number;
    if (grade->stopped || (grade->timed_out && !first))
        return;
    struct lab_shell *shell = grading->call->shell;
    if (first)
        lab_done_add(shell, "exercise", number, "%s failed schedule=%s",
                     language, first->schedule ? first->schedule : "fifo");
    else
        lab_done_add(shell, "exercise", number,
                     "%s passed schedules=%zu hints=%zu", language,
                     grade->phases[LAB_GRADE_SMALL].tried, hints);
}

static void grade(struct mending *m) {
    m->is_busy = true;
    m->status = lab_grading_run(&m->grading, lab_text_string(&m->path));
    m->is_busy = false;
    if (m->status == LAB_EXIT_OK)
        m->has_passed = true;
    if (m->grading.is_graded)
        lab_mending_note(&m->grading, m->hints);
    put_grade(m);
}

static int grade_saves(void *arg) {
    struct mending *m = arg;
    int rc;
    while ((rc = lab_watched_wait(m->file, LAB_FOREVER)) == 0) {
        lab_shell_printf(m->call->shell, "\n");
        lab_editor_saved(m->call, lab_text_string(&m->path));
        grade(m);
    }
    if (rc != LAB_ECANCELED)
        lab_call_paint(m->call, LAB_COLOR_BAD,
                       "%s cannot be watched any more: %s",
                       lab_text_string(&m->path), lab_error_text(rc));
    return 0;
}

// --- answers

static bool is_yes(struct mending *m, const char *question) {
    struct lab_text line = {0};
    int rc = lab_ask(m->call->shell, question, &line);
    lab_text_trim(&line);
    bool yes = rc >= 0 && (line.data[0] == 'y' || line.data[0] == 'Y');
    m->is_over |= rc < 0 && rc != LAB_EINTR;
    lab_text_free(&line);
    return yes;
}

static void put_hint(struct mending *m) {
    const struct lab_exercise *exercise = &m->grading.exercise;
    if (m->hints >= exercise->hint_count) {
        lab_call_paint(m->call, LAB_COLOR_NONE,
                       "There are no more hints; b shows the last one "
                       "again, and solution one that is right.");
        return;
    }
    if (m->hints == LAB_EXERCISE_HINTS - 1 && !m->has_passed &&
        !is_yes(m, "The third hint says how. Show it? y or n > "))
        return;
    lab_call_paint(m->call, LAB_COLOR_HEAD, "hint %zu of %zu", m->hints + 1,
                   exercise->hint_count);
    put_markdown(m, exercise->hints[m->hints++]);
}

static void put_last_hint(struct mending *m) {
    if (m->hints == 0)
        put_task(m);
    else
        put_markdown(m, m->grading.exercise.hints[m->hints - 1]);
}

// The solution that is shown next; from the first again after the last.
static const struct lab_exercise_program *next_solution(struct mending *m) {
    const struct lab_exercise_program *at = NULL;
    for (size_t i = 0; i <= m->solutions; i++)
        at = lab_exercise_find(&m->grading.exercise, LAB_EXERCISE_SOLUTION,
                               m->is_python, at);
    if (at || m->solutions == 0) {
        m->solutions++;
        return at;
    }
    m->solutions = 0;
    return next_solution(m);
}

static void put_solution(struct mending *m) {
    struct lab_text own = {0}, text = {0}, diff = {0};
    if (!m->has_passed &&
        !is_yes(m, "Sure? y shows it; the exercise stays open > "))
        return;
    const struct lab_exercise_program *solution = next_solution(m);
    if (!solution)
        return;
    lab_text_put(&text, solution->text);
    if (lab_read_file(lab_text_string(&m->path), SIZE_MAX, &own) < 0)
        lab_text_clear(&own);
    lab_diff_put("yours", &own, *solution->name ? solution->name : "solution",
                 &text, &diff);
    if (diff.length)
        lab_shell_put_file(m->call->shell, diff.data, diff.length);
    else
        lab_call_paint(m->call, LAB_COLOR_NONE, "It is yours, line by line.");
    lab_call_paint(m->call, LAB_COLOR_DIM,
                   "solution again shows the next one, by another way.");
    lab_text_free(&own);
    lab_text_free(&text);
    lab_text_free(&diff);
}

static void look_again(struct mending *m) {
    if (m->is_busy)
        lab_call_paint(m->call, LAB_COLOR_NONE, "It is being graded.");
    else
        grade(m);
}

static void take(struct mending *m, const char *typed) {
    if (strcmp(typed, "q") == 0)
        m->is_over = true;
    else if (!*typed)
        look_again(m);
    else if (strcmp(typed, "h") == 0)
        put_hint(m);
    else if (strcmp(typed, "b") == 0)
        put_last_hint(m);
    else if (strcmp(typed, "s") == 0 || strcmp(typed, "task") == 0)
        put_task(m);
    else if (strcmp(typed, "solution") == 0)
        put_solution(m);
    else
        lab_call_paint(
            m->call, LAB_COLOR_NONE,
            "Type h for a hint, b for the one before, s for the task, "
            "solution, "
            "q to leave, or Enter to look at %s again.",
            lab_text_string(&m->path));
}

static void take_answers(struct mending *m) {
    struct lab_text line = {0};
    int rc = 0;
    while (!m->is_over && (rc = lab_ask(m->call->shell, "> ", &line)) >= 0) {
        lab_text_trim(&line);
        const char *typed = lab_text_string(&line);
        take(m, typed + strspn(typed, " \t"));
    }
    if (rc == LAB_ECANCELED)
        m->status = LAB_EXIT_INTERRUPTED;
    lab_text_free(&line);
}

// --- the program

int lab_mending_begin(struct lab_call *call,
                      const struct lab_exercise *exercise, bool is_python,
                      struct lab_text *own) {
    const struct lab_exercise_program *start =
        lab_exercise_find(exercise, LAB_EXERCISE_START, is_python, NULL);
    struct lab_save save;
    if (!start)
        return lab_shell_refuse(
            call->shell, "this exercise is not there in %s; try %s",
            is_python ? "Python" : "C", is_python ? "c" : "python");
    lab_text_printf(own, "exercises/%02d_%s.%s", call->file->number,
                    call->file->name, is_python ? "py" : "c");
    const char *path = lab_text_string(own);
    if (access(path, F_OK) == 0) {
        lab_call_paint(
            call, LAB_COLOR_NONE,
            "%s is there already, and stays as it is; remove it to begin anew.",
            path);
        return LAB_EXIT_OK;
    }
    lab_save_folder(path);
    int rc = lab_save_open(&save, path);
    if (rc == 0) {
        fputs(start->text, save.file);
        rc = lab_save_close(&save);
    }
    if (rc == 0)
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell, "%s cannot be written: %s", path,
                            lab_error_text(rc));
}

static void put_beginning(const struct mending *m) {
    const char *path = lab_text_string(&m->path);
    const char *editor = lab_editor();
    put_task(m);
    lab_shell_printf(m->call->shell, "\n");
    if (m->call->shell->interactive && lab_editor_open(m->call, path))
        lab_call_paint(m->call, LAB_COLOR_NONE,
                       "%s is yours, and open in the pane beside this.", path);
    else
        lab_call_paint(m->call, LAB_COLOR_NONE,
                       "%s is yours: open it in another window%s%s%s%s.", path,
                       editor ? ", with " : "", editor ? editor : "",
                       editor ? " " : "", editor ? path : "");
    lab_call_paint(
        m->call, LAB_COLOR_NONE,
        "It is graded whenever you save it. The same in %s: exercise %d %s.",
        m->is_python ? "C" : "Python", m->call->file->number,
        m->is_python ? "c" : "python");
    lab_shell_printf(m->call->shell, "\n");
}

static void watch_and_ask(struct mending *m) {
    lab_task *saves = NULL;
    struct lab_shield shield = {0};
    if (m->call->shell->interactive &&
        lab_watched_open(&m->file, lab_text_string(&m->path)) == 0)
        saves = lab_spawn_deep("saves", grade_saves, m, GRADE_STACK);
    take_answers(m);
    if (!saves)
        return;
    lab_shield_enter(&shield);
    lab_cancel(saves);
    lab_ignore(lab_await(saves));
    lab_shield_exit(&shield);
    lab_watched_close(m->file);
}

static int mend(struct mending *m) {
    int status = lab_mending_begin(m->call, &m->grading.exercise, m->is_python,
                                   &m->path);
    if (status != LAB_EXIT_OK)
        return status;
    put_beginning(m);
    grade(m);
    if (m->status != LAB_EXIT_INTERRUPTED)
        watch_and_ask(m);
    return m->status;
}

int lab_mending(struct lab_call *call, bool is_python) {
    struct mending m = {.call = call, .is_python = is_python};
    if (is_python && !lab_guest_can_start("x.py"))
        return lab_shell_refuse(call->shell,
                                "there is no python3 here; exercise %d is the "
                                "same in C",
                                call->file->number);
    int status = lab_grading_open(&m.grading, call, call->file);
    if (status != LAB_EXIT_OK)
        return status;
    status = mend(&m);
    lab_grading_close(&m.grading);
    lab_text_free(&m.path);
    return status;
}
