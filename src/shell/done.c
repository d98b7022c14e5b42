#include "shell/done.h"

#include <stdarg.h>

// Appends where it is kept, or what is missing.
static bool find_path(struct lab_text *path, struct lab_text *error) {
    lab_shell_state_path("progress", path);
    if (path->length)
        return true;
    lab_text_put(error, "progress is not kept, as there is no home folder; "
                        "HOME or XDG_STATE_HOME says where one is");
    return false;
}

static bool append(const char *words, struct lab_text *error) {
    struct lab_text path = {0};
    bool fine = find_path(&path, error);
    int rc = fine ? lab_progress_append(path.data, words) : 0;
    if (rc < 0)
        lab_text_printf(error, "progress is not kept: %s: %s", path.data,
                        lab_error_text(rc));
    lab_text_free(&path);
    return fine && rc == 0;
}

void lab_done_add(struct lab_shell *shell, const char *what, int number,
                  const char *format, ...) {
    struct lab_text words = {0}, error = {0};
    va_list args;
    if (!shell->interactive || shell->in_lesson)
        return;
    lab_text_printf(&words, "%s %02d ", what, number);
    va_start(args, format);
    lab_text_vprintf(&words, format, args);
    va_end(args);
    bool fine = append(lab_text_string(&words), &error);
    if (!fine && !shell->has_lost_progress)
        shell->complain(shell, lab_text_string(&error));
    shell->has_lost_progress |= !fine;
    lab_text_free(&words);
    lab_text_free(&error);
}

bool lab_done_reset(const char *words, struct lab_text *error) {
    struct lab_text line = {0};
    lab_text_printf(&line, "reset %s", words);
    bool fine = append(lab_text_string(&line), error);
    lab_text_free(&line);
    return fine;
}

bool lab_done_read(struct lab_progress_all *all, struct lab_text *error) {
    struct lab_text path = {0};
    *all = (struct lab_progress_all){0};
    bool fine = find_path(&path, error);
    int rc = fine ? lab_progress_read(all, path.data) : 0;
    if (rc < 0) {
        lab_progress_free(all);
        lab_text_printf(error, "%s cannot be read: %s", path.data,
                        lab_error_text(rc));
    }
    lab_text_free(&path);
    return fine && rc == 0;
}
