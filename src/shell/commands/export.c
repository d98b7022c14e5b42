// Files for other programs: of what ran last, of what is named and run, or of
// a file that was recorded.

#include "view/export.h"
#include "base/die.h"
#include "base/save.h"
#include "core/error.h"
#include "shell/show.h"

#include <string.h>

// --- the file

static int fail(struct lab_call *call, const char *path, int rc) {
    struct lab_text error = {0};
    lab_text_quote(&error, path, strlen(path));
    lab_text_printf(&error, " cannot be written: %s",
                    rc == LAB_EPERM ? "it is read-only" : lab_error_text(rc));
    return lab_shell_fail_text(call->shell, &error);
}

// Writes what [format] makes of [comparison].
static int write_file(struct lab_call *call, const struct lab_export *format,
                      const char *path,
                      const struct lab_comparison *comparison) {
    struct lab_text text = {0};
    struct lab_save save;
    int rc = lab_save_open(&save, path);
    if (rc < 0)
        return fail(call, path, rc);
    format->render(&text, comparison, &call->manner.style);
    fwrite(lab_text_string(&text), 1, text.length, save.file);
    rc = lab_save_close(&save);
    if (rc == 0)
        lab_shell_printf(call->shell, "%s is written, %zu KB; it is %s\n", path,
                         (text.length + 999) / 1000, format->text);
    lab_text_free(&text);
    return rc < 0 ? fail(call, path, rc) : LAB_EXIT_OK;
}

// --- what is in it

static bool is_recording(const char *word) {
    size_t n = strlen(word);
    return strchr(word, '/') || (n > 6 && strcmp(word + n - 6, ".jsonl") == 0);
}

static int write_recording(struct lab_call *call,
                           const struct lab_export *format, const char *path) {
    struct lab_recording recording;
    struct lab_text error = {0};
    int status;
    if (!lab_recording_read(&recording, call->words[0], &error))
        status = lab_shell_fail_text(call->shell, &error);
    else if (!recording.first || recording.first->next)
        status = lab_shell_refuse(call->shell,
                                  "%s does not hold one demo but %s, and a "
                                  "file shows one; record that one alone",
                                  call->words[0],
                                  recording.first ? "several" : "none");
    else
        status = write_file(call, format, path, &recording.first->comparison);
    lab_recording_free(&recording);
    return status;
}

// While it runs nothing is shown; the file is.
static void show_nothing(struct lab_text *out,
                         const struct lab_comparison *comparison,
                         const struct lab_style *style) {
    (void)out;
    (void)comparison;
    (void)style;
}

static int run_demo(struct lab_call *call, const struct lab_export *format,
                    const char *path) {
    struct lab_selection selection;
    call->manner.json = false;
    int status = lab_select(call, &selection);
    if (status != LAB_EXIT_OK)
        return status;
    status = lab_show_run(call, &selection, show_nothing);
    // A law that did not hold is worth seeing.
    if (status != LAB_EXIT_OK && status != LAB_EXIT_FAILED)
        return status;
    int wrote = write_file(call, format, path, &call->shell->last);
    return wrote != LAB_EXIT_OK ? wrote : status;
}

int lab_command_export(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    if (call->count < 2)
        return lab_shell_refuse(shell, "export needs a format and a file: "
                                       "export svg run.svg 3");
    const struct lab_export *format = lab_export_find(call->words[0], &error);
    const char *path = call->words[1];
    if (!format)
        return lab_shell_refuse_text(shell, &error);
    if (shell->in_lesson)
        return lab_shell_refuse(shell, "a lesson writes no files, so it "
                                       "exports nothing");
    call->words += 2;
    call->count -= 2;
    if (call->count == 1 && is_recording(call->words[0]))
        return write_recording(call, format, path);
    if (call->count > 0)
        return run_demo(call, format, path);
    if (shell->last.count == 0)
        return lab_shell_refuse(shell,
                                "nothing has run yet; say which demo: "
                                "export %s %s 3",
                                format->name, path);
    return write_file(call, format, path, &shell->last);
}
