// Files for other programs: of what ran last, of what is named and run, or of
// a file that was recorded.

#include "view/export.h"
#include "base/die.h"
#include "base/error.h"
#include "base/save.h"
#include "shell/show.h"

#include <string.h>

// --- the file

struct export {
    struct lab_call *call;
    const struct lab_export *format;
    const char *path;
    struct lab_save save;
};

static int fail(const struct export *export, int rc) {
    struct lab_text error = {0};
    lab_text_quote(&error, export->path, strlen(export->path));
    lab_text_printf(&error, " cannot be written: %s",
                    rc == LAB_EPERM ? "it is read-only" : lab_error_text(rc));
    return lab_shell_fail_text(export->call->shell, &error);
}

// Writes [comparison] and puts the file in its place.
static int write_file(struct export *export,
                      const struct lab_comparison *comparison) {
    struct lab_call *call = export->call;
    struct lab_text text = {0}, line = {0};
    export->format->render(&text, comparison, &call->options.style);
    fwrite(lab_text_string(&text), 1, text.length, export->save.file);
    int rc = lab_save_close(&export->save);
    if (rc == 0) {
        lab_text_mask(&line, export->path, strlen(export->path), false);
        lab_text_printf(&line, " is written, %zu KB; it is %s\n",
                        (text.length + 999) / 1000, export->format->text);
        lab_shell_put(call->shell, &line);
    }
    lab_text_free(&text);
    lab_text_free(&line);
    return rc < 0 ? fail(export, rc) : LAB_EXIT_OK;
}

static int forget_file(struct export *export, int status) {
    lab_save_drop(&export->save);
    return status;
}

// --- what is in it

static int write_recording(struct export *export, const char *path) {
    struct lab_shell *shell = export->call->shell;
    struct lab_recording recording;
    struct lab_text error = {0};
    int status;
    if (!lab_recording_read(&recording, path, &error))
        status = forget_file(export, lab_shell_fail_text(shell, &error));
    else if (recording.first && !recording.first->next)
        status = write_file(export, &recording.first->comparison);
    else
        status = forget_file(
            export,
            lab_shell_refuse(shell,
                             "%s holds %s, and a file shows one demo; "
                             "record that one alone",
                             path, recording.first ? "several" : "none"));
    lab_recording_free(&recording);
    return status;
}

static int run_demo(struct export *export) {
    struct lab_call *call = export->call;
    struct lab_selection selection;
    call->options.json = false;
    int status = lab_select(call, &selection);
    if (status != LAB_EXIT_OK)
        return forget_file(export, status);
    status = lab_show_run(call, &selection, lab_show_nothing);
    // A law that did not hold is worth seeing.
    if (status != LAB_EXIT_OK && status != LAB_EXIT_FAILED)
        return forget_file(export, status);
    int wrote = write_file(export, &call->shell->last);
    return wrote != LAB_EXIT_OK ? wrote : status;
}

static int run(struct export *export) {
    struct lab_call *call = export->call;
    if (call->count == 1 && lab_show_is_file(call->words[0]))
        return write_recording(export, call->words[0]);
    if (call->count > 0)
        return run_demo(export);
    if (call->shell->last.count > 0)
        return write_file(export, &call->shell->last);
    return forget_file(export,
                       lab_shell_refuse(call->shell,
                                        "nothing has run yet; say which demo: "
                                        "export %s %s 3",
                                        export->format->name, export->path));
}

static int take_part(const struct export *export) {
    struct lab_call *call = export->call;
    int before = call->count, status = lab_show_take_part(call);
    if (status != LAB_EXIT_OK || call->count == before ||
        export->format->chooses)
        return status;
    return lab_shell_refuse(call->shell,
                            "%s holds the whole run; from=, to= and lanes= "
                            "are for svg",
                            export->format->name);
}

// The file is opened first: a demo that takes a minute is not to run in vain.
int lab_command_export(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    if (call->count < 2)
        return lab_shell_refuse(shell, "export needs a format and a file: "
                                       "export svg run.svg 3");
    struct export export = {.call = call, .path = call->words[1]};
    export.format = lab_export_find(call->words[0], &error);
    if (!export.format)
        return lab_shell_refuse_text(shell, &error);
    call->words += 2;
    call->count -= 2;
    int status = take_part(&export);
    if (status != LAB_EXIT_OK)
        return status;
    if (shell->in_lesson)
        return lab_shell_refuse(shell, "a lesson writes no files, so it "
                                       "exports nothing");
    int rc = lab_save_open(&export.save, export.path);
    if (rc < 0)
        return fail(&export, rc);
    return run(&export);
}
