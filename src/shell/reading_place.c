// reading_place.c - which lesson, and how far?

#include "shell/reading_internal.h"

#include "base/die.h"
#include "lesson/folder.h"
#include "shell/done.h"
#include "shell/grading.h"
#include "shell/place.h"

#include <unistd.h>

struct lab_demo_file *lab_reading_following(struct lab_shell *shell,
                                            const struct lab_demo_file *file) {
    struct lab_demo_file *at;
    size_t i = 0;
    while (file && lab_shell_lesson(shell, i++) != file) {}
    while ((at = lab_shell_lesson(shell, i)) &&
           !lab_folder_has(shell->folders.lessons, at))
        i++;
    return at;
}

void lab_reading_put_more(struct lab_text *out, const struct lab_shell *shell,
                          const struct lab_demo_file *file) {
    struct lab_text path = {0};
    int number = file->number;
    bool is_demo = file >= shell->demos.files &&
                   file < shell->demos.files + shell->demos.count;
    lab_grading_path(shell, file, &path);
    lab_text_put(out, "Or type: ");
    if (access(lab_text_string(&path), F_OK) == 0)
        lab_text_printf(out, "exercise %d, exercise %d python, ", number,
                        number);
    if (is_demo)
        lab_text_printf(out, "predict %d again, ", number);
    lab_text_put(out, "progress");
    lab_text_free(&path);
}

static void put_name(const struct lab_demo_file *file, struct lab_text *name) {
    lab_text_printf(name, "%02d_%s", file->number, file->name);
}

// A place that cannot be kept is not worth a word at each page.
void lab_reading_note_place(const struct lab_demo_file *file, size_t part) {
    struct lab_text path = {0}, name = {0};
    lab_shell_state_path("lessons", &path);
    put_name(file, &name);
    if (path.length)
        lab_ignore(lab_place_save(path.data, lab_text_string(&name), part));
    lab_text_free(&path);
    lab_text_free(&name);
}

size_t lab_reading_noted_place(const struct lab_demo_file *file) {
    struct lab_text path = {0}, name = {0};
    lab_shell_state_path("lessons", &path);
    put_name(file, &name);
    size_t part =
        path.length ? lab_place_find(path.data, lab_text_string(&name)) : 0;
    lab_text_free(&path);
    lab_text_free(&name);
    return part;
}

struct lab_demo_file *lab_reading_noted_last(struct lab_shell *shell) {
    struct lab_text path = {0}, name = {0};
    struct lab_demo_file *file = NULL;
    lab_shell_state_path("lessons", &path);
    if (path.length)
        lab_place_last(path.data, &name);
    lab_text_put(&name, ".md");
    file = lab_folder_demo(&shell->demos, lab_text_string(&name));
    if (!file)
        file = lab_folder_demo(lab_shell_own(shell), lab_text_string(&name));
    lab_text_free(&path);
    lab_text_free(&name);
    return file && lab_folder_has(shell->folders.lessons, file) ? file : NULL;
}

// Each part is noted once, as the log only grows.
void lab_reading_note_progress(struct lab_shell *shell,
                               const struct lab_demo_file *file, size_t part,
                               size_t parts) {
    struct lab_progress_all all;
    struct lab_text error = {0};
    int number = file->number;
    if (!lab_done_read(&all, &error))
        lab_text_free(&error); // adding a line says what is wrong
    const struct lab_progress_lesson *of = lab_progress_of(&all, number);
    if (part < parts && (!of || (!of->is_read && part > of->part)))
        lab_done_add(shell, "lesson", number, "part %zu/%zu", part, parts);
    if (part == parts && (!of || !of->is_read))
        lab_done_add(shell, "lesson", number, "read");
    lab_progress_free(&all);
}
