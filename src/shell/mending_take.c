// mending_take.c - what is typed while a program is mended: a letter, or a
// command that looks at the run that was graded.

#include "base/die.h"
#include "base/read.h"
#include "lesson/diff.h"
#include "shell/ask.h"
#include "shell/browse.h"
#include "shell/editor.h"
#include "shell/lend.h"
#include "shell/mending_internal.h"

#include <string.h>

// The question is a sentence of its own, so that it is wrapped.
static bool is_yes(struct lab_mending *m, const char *question) {
    struct lab_text line = {0};
    lab_call_say(m->call, "%s", question);
    int rc = lab_ask(m->call, "y or n > ", &line);
    lab_text_trim(&line);
    bool yes = rc >= 0 && (line.data[0] == 'y' || line.data[0] == 'Y');
    m->is_over |= rc < 0 && rc != LAB_EINTR;
    lab_text_free(&line);
    return yes;
}

// --- hints

// Shows hint [number], from 1.
static void put_hint(struct lab_mending *m, size_t number) {
    const struct lab_exercise *exercise = &m->grading.exercise;
    lab_call_paint(m->call, LAB_COLOR_HEAD, "hint %zu of %zu", number,
                   exercise->hint_count[m->is_python]);
    lab_mending_put_markdown(m, exercise->hints[m->is_python][number - 1]);
    m->shown = number;
    lab_mending_put_keys(m);
}

static void next_hint(struct lab_mending *m) {
    size_t count = m->grading.exercise.hint_count[m->is_python];
    if (m->shown < m->hints) { // after going back
        put_hint(m, m->shown + 1);
    } else if (m->hints >= count) {
        lab_call_paint(m->call, LAB_COLOR_NONE,
                       "There are no more hints. b shows them again, and "
                       "solution shows a program that is right.");
    } else if (m->hints < LAB_EXERCISE_HINTS - 1 || m->has_passed ||
               is_yes(m, "The third hint says how. Show it?")) {
        put_hint(m, ++m->hints);
    }
}

static void last_hint(struct lab_mending *m) {
    if (m->shown > 1) {
        put_hint(m, m->shown - 1);
        return;
    }
    m->shown = 0;
    lab_mending_put_task(m);
}

// --- solutions

// The solution that is shown next; from the first again after the last.
static const struct lab_exercise_program *next_solution(struct lab_mending *m) {
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

static void put_solution(struct lab_mending *m) {
    struct lab_text own = {0}, text = {0}, diff = {0};
    struct lab_shell *shell = m->call->shell;
    if (!m->has_passed &&
        !is_yes(m, "Sure? y shows it; the exercise stays open."))
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
        lab_call_say(m->call, "Lines with - are yours, lines with + are of "
                              "the solution.");
    else
        lab_text_put(&diff, "It is yours, line by line.\n");
    lab_shell_put_file(shell, lab_text_string(&diff), diff.length);
    lab_call_say(m->call, "solution again shows the next one, by another way.");
    lab_pages_end(shell);
    lab_text_free(&own);
    lab_text_free(&text);
    lab_text_free(&diff);
}

// --- the program

// Has the program changed since it passed?
static bool has_changed(const struct lab_mending *m) {
    struct lab_text text = {0};
    lab_ignore(lab_read_file(lab_text_string(&m->path), SIZE_MAX, &text));
    bool same = strcmp(lab_text_string(&text),
                       lab_text_string(&m->grading.source)) == 0;
    lab_text_free(&text);
    return !same;
}

// One Enter too many after a pass must not cost the seconds of another grade.
static void look_again(struct lab_mending *m) {
    if (m->is_busy)
        lab_call_paint(m->call, LAB_COLOR_NONE, "It is being graded.");
    else if (m->is_graded && m->status == LAB_EXIT_OK && !has_changed(m))
        lab_mending_put_grade(m);
    else
        lab_mending_grade(m);
}

// What is saved in the editor is graded meanwhile, and shown afterwards.
static void edit(struct lab_mending *m) {
    const char *path = lab_text_string(&m->path);
    struct lab_text before = {0}, after = {0};
    bool took_keys;
    if (lab_lend_check(m->call->shell, "the editor") != LAB_EXIT_OK)
        return;
    lab_ignore(lab_read_file(path, SIZE_MAX, &before));
    if (lab_editor_run(m->call, path, &took_keys) == LAB_EXIT_OK) {
        lab_ignore(lab_read_file(path, SIZE_MAX, &after));
        if (strcmp(lab_text_string(&before), lab_text_string(&after)) == 0)
            lab_call_paint(m->call, LAB_COLOR_NONE, "%s is as it was%s.", path,
                           took_keys ? "" : ", or open in another window");
    }
    lab_text_free(&before);
    lab_text_free(&after);
}

// --- all of it

static void put_usage(struct lab_mending *m) {
    lab_call_paint(m->call, LAB_COLOR_NONE,
                   "Type e to edit %s, Enter to grade it, h for a hint, b for "
                   "the one before, s for the task, solution, or q to leave. "
                   "source shows it; timeline, story and stepper look at the "
                   "run that was graded.",
                   lab_text_string(&m->path));
}

void lab_mending_take(struct lab_mending *m, const char *typed) {
    struct lab_shell *shell = m->call->shell;
    if (strcmp(typed, " ") == 0 && lab_browse_possible(shell)) {
        lab_ignore(lab_browse(shell));
        return;
    }
    typed += strspn(typed, " \t");
    if (strcmp(typed, "q") == 0 || strcmp(typed, "quit") == 0)
        m->is_over = true;
    else if (!*typed && lab_pages_more(shell))
        return;
    else if (!*typed)
        look_again(m);
    else if (strcmp(typed, "e") == 0 || strcmp(typed, "edit") == 0)
        edit(m);
    else if (strcmp(typed, "h") == 0 || strcmp(typed, "hint") == 0)
        next_hint(m);
    else if (strcmp(typed, "b") == 0)
        last_hint(m);
    else if (strcmp(typed, "s") == 0 || strcmp(typed, "task") == 0)
        lab_mending_put_task(m);
    else if (strcmp(typed, "solution") == 0)
        put_solution(m);
    else if (strcmp(typed, "?") == 0 || strcmp(typed, "help") == 0 ||
             !lab_grading_command(&m->grading, typed))
        put_usage(m);
}
