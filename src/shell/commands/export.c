// Files for other programs: of what ran last, of what is named and run, or of
// a file that was recorded.

#include "view/export.h"
#include "base/die.h"
#include "base/error.h"
#include "base/save.h"
#include "shell/key.h"
#include "shell/last.h"
#include "shell/option.h"
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
    return lab_shell_lost_text(export->call->shell, &error);
}

static int forget_file(struct export *export, int status) {
    lab_save_drop(&export->save);
    return status;
}

// Writes [comparison] and puts the file in its place.
static int write_file(struct export *export,
                      const struct lab_comparison *comparison) {
    struct lab_call *call = export->call;
    struct lab_text text = {0}, line = {0};
    int status = lab_show_check(call, comparison);
    if (status != LAB_EXIT_OK)
        return forget_file(export, status);
    export->format->render(&text, comparison, &call->options.style);
    fwrite(lab_text_string(&text), 1, text.length, export->save.file);
    int rc = lab_save_close(&export->save);
    if (rc == 0) {
        lab_text_mask(&line, export->path, strlen(export->path), false);
        lab_call_say(call, "%s is written, %zu KB; it is %s",
                     lab_text_string(&line), (text.length + 999) / 1000,
                     export->format->text);
    }
    lab_text_free(&text);
    lab_text_free(&line);
    return rc < 0 ? fail(export, rc) : LAB_EXIT_OK;
}

// --- what is in it

static int write_recording(struct export *export, const char *path) {
    struct lab_shell *shell = export->call->shell;
    struct lab_recording recording;
    struct lab_text error = {0};
    int status;
    if (!lab_result_read(&recording, path, &error))
        status = forget_file(export, lab_shell_fail_text(shell, &error));
    else if (recording.count == 1)
        status = write_file(export, recording.all[0]);
    else
        status = forget_file(
            export,
            lab_shell_refuse(shell,
                             "%s holds %s, and a file shows one demo; "
                             "record that one alone",
                             path, recording.count ? "several" : "none"));
    lab_recording_free(&recording);
    return status;
}

static int run_demo(struct export *export) {
    struct lab_call *call = export->call;
    call->options.json = false;
    unsigned long before = call->shell->ran;
    int status = lab_show_run(call, &call->target.selection, lab_show_nothing);
    // A law that did not hold is worth seeing.
    if ((status != LAB_EXIT_OK && status != LAB_EXIT_FAILED) ||
        call->shell->ran == before)
        return forget_file(export, status);
    int wrote = write_file(export, &call->shell->last);
    return wrote != LAB_EXIT_OK ? wrote : status;
}

static int write_last(struct export *export) {
    struct lab_comparison part;
    lab_last_part(&export->call->target, &export->call->shell->last, &part);
    int status = write_file(export, &part);
    lab_last_end_part(&part);
    return status;
}

static int run(struct export *export) {
    struct lab_call *call = export->call;
    if (call->target.kind == LAB_TARGET_DEMO)
        return run_demo(export);
    int status = lab_options_refuse_run(call);
    if (status != LAB_EXIT_OK)
        return forget_file(export, status);
    if (call->target.kind == LAB_TARGET_FILE)
        return write_recording(export, call->target.file);
    if (call->shell->last.count > 0)
        return write_last(export);
    return forget_file(export,
                       lab_shell_refuse(call->shell,
                                        "nothing has run yet; say which demo: "
                                        "export %s %s 3",
                                        export->format->name, export->path));
}

// --- its words

static void offer_formats(const struct lab_request *request) {
    for (size_t i = 0; lab_exports[i].name; i++)
        lab_offer_about(request, lab_exports[i].name, lab_exports[i].text);
}

static int read_format(struct lab_call *call, char **words, int count) {
    struct lab_text error = {0};
    (void)count;
    return lab_export_find(words[0], &error)
               ? LAB_EXIT_OK
               : lab_shell_refuse_text(call->shell, &error);
}

static const struct lab_type format = {
    .usage = "FORMAT",
    .noun = "a format and a file",
    .offer = offer_formats,
    .read = read_format,
};

static void offer_paths(const struct lab_request *request) {
    struct lab_text ending = {0};
    lab_text_printf(&ending, ".%s", request->words[-1]); // the format's
    if (!strchr(request->word, '/'))
        lab_offer_joined(request, "run", lab_text_string(&ending), "",
                         "a file of that name, in this folder");
    lab_offer_files(request, lab_text_string(&ending));
    lab_text_free(&ending);
}

static int read_path(struct lab_call *call, char **words, int count) {
    struct lab_text error = {0};
    (void)count;
    return lab_option_refuse_dash(words[0], &error)
               ? lab_shell_refuse_text(call->shell, &error)
               : LAB_EXIT_OK;
}

static const struct lab_type path = {
    .usage = "FILE",
    .noun = "a file to write",
    .offer = offer_paths,
    .read = read_path,
};

// The file is opened first: a demo that takes a minute must not run in vain.
static int export_run(struct lab_call *call) {
    struct lab_text none = {0};
    struct export export = {.call = call,
                            .format = lab_export_find(call->words[0], &none),
                            .path = call->words[1]};
    if (call->shell->in_lesson)
        return lab_shell_refuse(call->shell, "a lesson writes no files, so it "
                                             "exports nothing");
    int rc = lab_save_open(&export.save, export.path);
    return rc < 0 ? fail(&export, rc) : run(&export);
}

LAB_COMMAND(export) = {
    .name = "export",
    .order = 400,
    .text = "write a picture or a page to a file: svg, html, trace, ...",
    .help = "  export svg run.svg 3        a picture for a README, light and "
            "dark\n"
            "  export html run.html 3      a page to zoom and to step through\n"
            "  export trace run.json       what ran last, for ui.perfetto.dev\n"
            "  export cast run.cast 3      what run and timeline print, for "
            "asciinema\n"
            "  export mermaid run.md 3     Markdown with sequence diagrams\n"
            "  export svg run.svg r.jsonl  what run --record=r.jsonl recorded\n"
            "  export svg a.svg together   a variant of what ran last\n"
            "  export svg run.svg to=0.5s  a part of it: from= and to=, "
            "lanes=a,b\n",
    .takes = {{&format}, {&path}, {&lab_type_viewed, .optional = true}},
    .keys = LAB_KEYS_PART,
    .keys_with = "svg",
    .options = LAB_OPTIONS_RUN,
    .run = export_run,
};
