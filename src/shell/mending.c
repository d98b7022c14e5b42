// mending.c - one task waits for saves and grades; the command waits for
// answers.

#include "shell/mending.h"

#include "base/die.h"
#include "base/save.h"
#include "core/loop.h"
#include "core/scope.h"
#include "core/task.h"
#include "guest/guest.h"
#include "shell/ask.h"
#include "shell/done.h"
#include "shell/editor.h"
#include "shell/mending_internal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { GRADE_STACK = 256 * 1024 }; // as every command

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

// The lock is ours.
static void grade(struct lab_mending *m) {
    m->is_busy = true;
    m->status = lab_grading_run(&m->grading, lab_text_string(&m->path));
    m->is_busy = false;
    m->is_graded = true;
    lab_call_measure(m->call);
    if (m->status == LAB_EXIT_OK)
        m->has_passed = true;
    if (m->grading.is_graded)
        lab_mending_note(&m->grading, m->hints);
    lab_mending_put_grade(m);
}

void lab_mending_grade(struct lab_mending *m) {
    if (lab_lock_acquire(&m->grader) < 0)
        return; // cancelled: nobody waits for a grade any more
    grade(m);
    lab_lock_release(&m->grader);
}

static int grade_saves(void *arg) {
    struct lab_mending *m = arg;
    int rc;
    while ((rc = lab_watched_wait(m->file, LAB_FOREVER)) == 0) {
        if ((rc = lab_lock_acquire(&m->grader)) < 0)
            break;
        lab_shell_printf(m->call->shell, "\n");
        lab_editor_saved(m->call, lab_text_string(&m->path));
        grade(m);
        lab_lock_release(&m->grader);
    }
    if (rc != LAB_ECANCELED)
        lab_call_paint(m->call, LAB_COLOR_BAD,
                       "%s cannot be watched any more: %s",
                       lab_text_string(&m->path), lab_error_text(rc));
    return 0;
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
            "%s is there already, and stays as it is. To begin anew, type !rm "
            "%s before it.",
            path, path);
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

static void take_answers(struct lab_mending *m) {
    struct lab_text line = {0};
    int rc = 0;
    while (!m->is_over && (rc = lab_ask(m->call, "> ", &line)) >= 0) {
        if (strcmp(lab_text_string(&line), " ") != 0)
            lab_text_trim(&line);
        lab_mending_take(m, lab_text_string(&line));
        m->is_over |= m->call->shell->quitting;
    }
    if (rc == LAB_ECANCELED)
        m->status = LAB_EXIT_INTERRUPTED;
    lab_text_free(&line);
}

static void watch_and_ask(struct lab_mending *m) {
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

static int mend(struct lab_mending *m) {
    int status = lab_mending_begin(m->call, &m->grading.exercise, m->is_python,
                                   &m->path);
    if (status != LAB_EXIT_OK)
        return status;
    struct lab_shell *shell = m->call->shell;
    m->grading.path = lab_text_string(&m->path);
    bool is_open = shell->interactive &&
                   lab_editor_open(m->call, lab_text_string(&m->path));
    lab_mending_put_beginning(m, is_open);
    if (shell->interactive && shell->at_prompt)
        lab_mending_put_keys(m);
    else
        lab_mending_grade(m);
    if (m->status != LAB_EXIT_INTERRUPTED)
        watch_and_ask(m);
    return m->status;
}

int lab_mending(struct lab_call *call, bool is_python) {
    struct lab_mending m = {.call = call, .is_python = is_python};
    lab_lock_init(&m.grader);
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
