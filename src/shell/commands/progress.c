// progress: what was done of each lesson, and what to do next.

#include "base/alloc.h"
#include "base/die.h"
#include "base/json.h"
#include "lesson/folder.h"
#include "shell/command.h"
#include "shell/done.h"
#include "shell/option.h"
#include "view/grid.h"
#include "view/line.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A lesson: what is there of it, and what was done.
struct row {
    const struct lab_demo_file *file;
    bool has_lesson, has_demo, has_exercise;
    bool is_first;                 // of those of which nothing was done
    bool was_first;                // this row is it, or one before
    struct lab_progress_lesson of; // .number 0: nothing was
};

// Is there NN_name.md in [folder] of the lessons?
static bool is_there(const struct lab_shell *shell, const char *folder,
                     const struct lab_demo_file *file) {
    struct lab_text path = {0};
    lab_text_printf(&path, "%s%s/%02d_%s.md", shell->folders.lessons, folder,
                    file->number, file->name);
    bool there = access(lab_text_string(&path), R_OK) == 0;
    lab_text_free(&path);
    return there;
}

// Reads row [index], from 0 on, in turn; false beyond the last.
static bool row_at(struct lab_shell *shell, const struct lab_progress_all *all,
                   size_t index, struct row *row) {
    const struct lab_demo_file *file = lab_shell_lesson(shell, index);
    bool was_first = index > 0 && row->was_first;
    if (!file)
        return false;
    const struct lab_progress_lesson *of = lab_progress_of(all, file->number);
    *row = (struct row){.file = file,
                        .is_first = !of && !was_first,
                        .was_first = was_first || !of,
                        .has_lesson = is_there(shell, "", file),
                        .has_demo = file->path != NULL,
                        .has_exercise = is_there(shell, "/exercises", file)};
    if (of)
        row->of = *of;
    return true;
}

static bool has_missed(const struct lab_progress_lesson *of) {
    for (int kind = 0; kind < LAB_QUIZ_KIND_COUNT; kind++)
        if (of->missed[kind].order)
            return true;
    return false;
}

static enum lab_progress_outcome best(const struct lab_progress_lesson *of) {
    enum lab_progress_outcome c = of->exercise[LAB_PROGRESS_C],
                              python = of->exercise[LAB_PROGRESS_PYTHON];
    return c > python ? c : python;
}

// Appends the command that comes next; nothing if all is done, or nothing yet
// and another lesson is to be the next.
static void put_next(struct lab_text *out, const struct row *row) {
    const struct lab_progress_lesson *of = &row->of;
    int number = row->file->number;
    if (of->number == 0 && !row->is_first)
        return;
    if (row->has_lesson && !of->is_read)
        lab_text_printf(out, "lesson %d", number);
    else if (row->has_demo && of->asked == 0)
        lab_text_printf(out, "predict %d", number);
    else if (has_missed(of))
        lab_text_put(out, "review");
    else if (row->has_exercise && best(of) != LAB_PROGRESS_PASSED)
        lab_text_printf(out, "exercise %d", number);
}

// --- as a table

static void put_read(struct lab_text *out, const struct row *row) {
    if (!row->has_lesson)
        return;
    if (row->of.is_read)
        lab_text_put(out, "all");
    else if (row->of.part)
        lab_text_printf(out, "%zu/%zu", row->of.part, row->of.parts);
    else
        lab_text_put(out, "-");
}

static void put_predicted(struct lab_text *out, const struct row *row) {
    if (row->of.asked)
        lab_text_printf(out, "%u/%u", row->of.right, row->of.asked);
    else if (row->has_demo)
        lab_text_put(out, "-");
}

static void put_exercise(struct lab_text *out, const struct row *row,
                         bool wide) {
    static const char *const words[] = {"-", "failed", "passed"};
    if (!row->has_exercise && !best(&row->of))
        return;
    lab_text_put(out, words[best(&row->of)]);
    if (wide && best(&row->of) == LAB_PROGRESS_FAILED && row->of.schedule)
        lab_text_printf(out, " at %s", row->of.schedule);
}

static void put_other(struct lab_text *out,
                      const struct lab_progress_lesson *of) {
    const struct {
        const char *word;
        enum lab_progress_outcome outcome;
    } others[] = {
        {"try", of->tried}, {"assemble", of->assembled}, {"drive", of->drove}};
    for (size_t i = 0; i < countof(others); i++)
        if (others[i].outcome == LAB_PROGRESS_PASSED)
            lab_text_printf(out, "%s%s", out->length ? " " : "",
                            others[i].word);
}

static void put_missed(struct lab_text *out,
                       const struct lab_progress_lesson *of) {
    const char *before = "";
    for (int kind = 0; kind < LAB_QUIZ_KIND_COUNT; kind++) {
        if (!of->missed[kind].order)
            continue;
        lab_text_printf(out, "%s%s", before,
                        lab_quiz_kind_name((enum lab_quiz_kind)kind));
        before = " ";
    }
}

// Where there is little room a lesson is its number, and what is extra is left
// out.
static void put_row(struct lab_grid *grid, const struct row *row, bool wide,
                    bool wider) {
    lab_text_printf(lab_grid_cell(grid), wide ? "%02d %s" : "%02d",
                    row->file->number, row->file->name);
    put_read(lab_grid_cell(grid), row);
    put_predicted(lab_grid_cell(grid), row);
    if (wide)
        put_missed(lab_grid_cell(grid), &row->of);
    put_exercise(lab_grid_cell(grid), row, wider);
    if (wide)
        put_other(lab_grid_cell(grid), &row->of);
    put_next(lab_grid_cell(grid), row);
}

static void put_table(struct lab_call *call,
                      const struct lab_progress_all *all) {
    enum { WIDE = 70, WIDER = 100 };
    struct lab_shell *shell = call->shell;
    const struct lab_style *style = &call->options.style;
    struct lab_grid grid;
    struct lab_text out = {0};
    struct row row;
    bool wide = style->width >= WIDE;
    lab_grid_init(&grid, wide ? "~lesson|read|right|~missed|~exercise|also|next"
                              : "lesson|read|right|exercise|next");
    for (size_t i = 0; row_at(shell, all, i, &row); i++)
        put_row(&grid, &row, wide, style->width >= WIDER);
    lab_grid_put(&grid, &out, style);
    lab_pages_put(shell, &out);
    lab_text_free(&out);
}

// --- the sentence below it

static size_t count_missed(const struct lab_progress_all *all) {
    enum lab_quiz_kind kind;
    const struct lab_progress_lesson *of;
    size_t after = 0, count = 0;
    while ((of = lab_progress_missed(all, after, &kind))) {
        after = of->missed[kind].order;
        count++;
    }
    return count;
}

static void put_path(struct lab_text *out) {
    struct lab_text path = {0};
    const char *home = getenv("HOME");
    size_t n = home ? strlen(home) : 0;
    lab_shell_state_path("progress", &path);
    const char *at = lab_text_string(&path);
    bool is_home = n > 1 && strncmp(at, home, n) == 0 && at[n] == '/';
    lab_text_printf(out, "%s%s", is_home ? "~" : "", is_home ? at + n : at);
    lab_text_free(&path);
}

static void put_end(struct lab_call *call, const struct lab_progress_all *all) {
    struct lab_text out = {0}, lines = {0};
    size_t missed = count_missed(all);
    if (all->done == 0)
        lab_text_put(&out, "Nothing is noted yet: lesson 1 is a beginning, and "
                           "so is any other.");
    else if (missed)
        lab_text_printf(&out, "%zu question%s to review: type review.", missed,
                        missed == 1 ? "" : "s");
    else
        lab_text_put(&out, "Nothing to review.");
    if (all->done) {
        lab_text_put(&out, " Progress is kept as text in ");
        put_path(&out);
        lab_text_put(&out, ".");
    }
    lab_pages_printf(call->shell, "\n");
    lab_text_wrap(&lines, lab_text_string(&out),
                  lab_shell_measure(call->shell, &call->options.style));
    lab_text_put(&lines, "\n");
    lab_pages_put(call->shell, &lines);
    lab_text_free(&lines);
    lab_text_free(&out);
}

// --- as JSON

static void put_outcome(struct lab_text *out, const char *key,
                        enum lab_progress_outcome outcome) {
    static const char *const words[] = {NULL, "failed", "passed"};
    lab_json_put_member(out, key, words[outcome]);
}

static void put_number(struct lab_text *out, const char *key, size_t number) {
    lab_json_put_key(out, key);
    lab_text_printf(out, "%zu", number);
}

static void put_json(struct lab_call *call, const struct row *row) {
    const struct lab_progress_lesson *of = &row->of;
    struct lab_text out = {0}, next = {0};
    lab_text_put(&out, "{");
    put_number(&out, "lesson", (size_t)row->file->number);
    lab_json_put_member(&out, "name", row->file->name);
    put_number(&out, "part", of->part);
    put_number(&out, "parts", of->parts);
    lab_json_put_key(&out, "read");
    lab_text_put(&out, of->is_read ? "true" : "false");
    put_number(&out, "right", of->right);
    put_number(&out, "asked", of->asked);
    lab_json_put_key(&out, "missed");
    lab_text_put(&out, "[");
    for (int kind = 0; kind < LAB_QUIZ_KIND_COUNT; kind++)
        if (of->missed[kind].order) {
            lab_json_put_comma(&out);
            lab_json_put_string(&out,
                                lab_quiz_kind_name((enum lab_quiz_kind)kind));
        }
    lab_text_put(&out, "]");
    put_outcome(&out, "c", of->exercise[LAB_PROGRESS_C]);
    put_outcome(&out, "python", of->exercise[LAB_PROGRESS_PYTHON]);
    put_outcome(&out, "try", of->tried);
    put_outcome(&out, "assemble", of->assembled);
    put_outcome(&out, "drive", of->drove);
    put_next(&next, row);
    lab_json_put_member(&out, "next", next.length ? next.data : NULL);
    lab_text_put(&out, "}\n");
    lab_pages_put(call->shell, &out);
    lab_text_free(&out);
    lab_text_free(&next);
}

// --- the command

static bool has_lessons(struct lab_shell *shell,
                        const struct lab_progress_all *all) {
    struct row row;
    bool any = false;
    for (size_t i = 0; !any && row_at(shell, all, i, &row); i++)
        any = row.has_lesson;
    return any;
}

static int progress(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_progress_all all;
    struct lab_text error = {0};
    struct row row;
    if (shell->in_lesson)
        return lab_shell_refuse(shell, "progress is a learner's own, and no "
                                       "part of a lesson");
    if (!lab_shell_demos(shell, &error) || !lab_done_read(&all, &error))
        return lab_shell_fail_text(shell, &error);
    if (!has_lessons(shell, &all)) {
        lab_progress_free(&all);
        lab_shell_refuse(shell, "there are no lessons in %s",
                         shell->folders.lessons);
        return LAB_EXIT_FAILED;
    }
    if (call->options.json) {
        for (size_t i = 0; row_at(shell, &all, i, &row); i++)
            put_json(call, &row);
    } else {
        put_table(call, &all);
        put_end(call, &all);
    }
    lab_progress_free(&all);
    return LAB_EXIT_OK;
}

LAB_COMMAND(progress) = {
    .name = "progress",
    .order = 56,
    .text = "show what you have read, predicted and solved",
    .help = "  progress                    a row for each lesson, and what to "
            "do next\n"
            "  progress --json             the same for programs\n",
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS | LAB_OPTION_JSON |
               LAB_OPTIONS_STYLE,
    .run = progress,
};
