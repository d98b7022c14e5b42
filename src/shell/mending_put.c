#include "base/die.h"
#include "lesson/markdown.h"
#include "lesson/render.h"
#include "shell/editor.h"
#include "shell/mending_internal.h"

#include <string.h>

void lab_mending_put_markdown(const struct lab_mending *m,
                              const char *markdown) {
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

void lab_mending_put_task(const struct lab_mending *m) {
    const struct lab_exercise *exercise = &m->grading.exercise;
    lab_call_paint(m->call, LAB_COLOR_HEAD, "%s", exercise->title);
    lab_shell_printf(m->call->shell, "\n");
    lab_mending_put_markdown(m, exercise->statement);
}

// Is there a terminal that an editor could have?
static bool can_edit(const struct lab_mending *m) {
    return m->call->shell->interactive && m->call->shell->at_prompt;
}

void lab_mending_put_beginning(const struct lab_mending *m, bool is_open) {
    const char *path = lab_text_string(&m->path);
    lab_mending_put_task(m);
    lab_shell_printf(m->call->shell, "\n");
    if (is_open)
        lab_call_paint(m->call, LAB_COLOR_NONE,
                       "%s is yours, and open in the pane beside this.", path);
    else if (can_edit(m))
        lab_call_paint(m->call, LAB_COLOR_NONE,
                       "%s is yours: e opens it in %s.", path,
                       lab_editor_name());
    else
        lab_call_paint(m->call, LAB_COLOR_NONE, "%s is yours.", path);
    lab_call_paint(
        m->call, LAB_COLOR_NONE,
        "It is graded whenever you save it. The same in %s: exercise %d %s.",
        m->is_python ? "C" : "Python", m->call->file->number,
        m->is_python ? "c" : "python");
    lab_shell_printf(m->call->shell, "\n");
}

void lab_mending_put_keys(const struct lab_mending *m) {
    const struct lab_exercise *exercise = &m->grading.exercise;
    struct lab_text line = {0};
    if (!m->is_graded)
        lab_text_put(&line, "Enter shows what is wrong, ");
    if (can_edit(m))
        lab_text_put(&line, "e edits, ");
    if (m->has_passed)
        lab_text_put(&line, "solution shows another beside yours, ");
    else if (m->hints < exercise->hint_count[m->is_python])
        lab_text_printf(&line, "h hint %zu of %zu, ", m->hints + 1,
                        exercise->hint_count[m->is_python]);
    if (m->is_graded)
        lab_text_put(&line, m->has_passed
                                ? ""
                                : "solution shows one, s the task, Enter "
                                  "grades, ");
    lab_text_put(&line, "q leaves.");
    lab_call_paint(m->call, LAB_COLOR_DIM, "%s", lab_text_string(&line));
    lab_text_free(&line);
}

static void put_passed(const struct lab_mending *m) {
    int number = m->call->file->number;
    struct lab_text line = {0};
    lab_graded_put_sentence(&line, &m->grading.grade);
    lab_call_paint(m->call, LAB_COLOR_GOOD,
                   "Passed: it %s. What it was:", lab_text_string(&line));
    lab_text_free(&line);
    lab_mending_put_markdown(m, m->grading.exercise.after);
    lab_call_paint(m->call, LAB_COLOR_NONE,
                   "Next: solution; or q, and then lesson %d, or exercise %d "
                   "%s, the same in %s.",
                   number + 1, number, m->is_python ? "c" : "python",
                   m->is_python ? "C" : "Python");
}

void lab_mending_put_grade(const struct lab_mending *m) {
    struct lab_text text = {0};
    lab_pages_show(m->call->shell); // what the compiler said
    lab_grading_put(&m->grading, &text);
    lab_shell_put(m->call->shell, &text);
    lab_text_free(&text);
    if (m->status == LAB_EXIT_OK)
        put_passed(m);
    else
        lab_mending_put_keys(m);
}
