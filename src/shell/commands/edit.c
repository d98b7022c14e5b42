#include "base/die.h"
#include "base/read.h"
#include "base/save.h"
#include "guest/guest.h"
#include "shell/editor.h"
#include "shell/lend.h"
#include "shell/option.h"
#include "shell/renew.h"
#include "shell/words.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

// --- the editor, in front of us

// The editor is as many words as its user has written.
static int open_editor(struct lab_call *call, const char *path) {
    const char *editor = lab_editor();
    struct lab_words words;
    struct lab_text line = {0}, error = {0};
    struct lab_child_end end = {0};
    lab_text_printf(&line, "%s ", editor ? editor : "vi");
    lab_words_put(&line, path, '\0');
    int rc = LAB_EINVAL;
    if (lab_words_split(&words, lab_text_string(&line), &error))
        rc = lab_lend(call->shell, words.words, &end);
    int status = LAB_EXIT_OK;
    if (error.length)
        status = lab_shell_refuse_text(call->shell, &error);
    else if (rc < 0)
        status = lab_shell_refuse(
            call->shell, "the editor %s cannot be started (%s): set EDITOR",
            words.words[0], lab_error_text(rc));
    else if (end.status != 0)
        status = lab_shell_refuse(call->shell,
                                  "the editor %s has failed, so nothing is "
                                  "built",
                                  words.words[0]);
    lab_words_free(&words);
    lab_text_free(&line);
    return status == LAB_EXIT_OK ? LAB_EXIT_OK : LAB_EXIT_FAILED;
}

// Sets [changed] if the file has another content afterwards.
static int edit_file(struct lab_call *call, const char *path, bool *changed) {
    struct lab_text before = {0}, after = {0}, error = {0};
    lab_ignore(lab_read_file(path, SIZE_MAX, &before)); // it may be a new one
    int status = open_editor(call, path);
    if (status == LAB_EXIT_OK && !lab_read_or_say(path, &after, &error))
        status = lab_shell_fail_text(call->shell, &error);
    *changed = strcmp(lab_text_string(&before), lab_text_string(&after)) != 0;
    if (status == LAB_EXIT_OK && !*changed)
        lab_call_say(call, "%s is as it was.", path);
    lab_text_free(&before);
    lab_text_free(&after);
    return status;
}

// --- which file

// Puts a copy of [path] to ./[copy], unless that is there already.
static int copy_file(struct lab_call *call, const char *path,
                     const char *copy) {
    struct lab_text text = {0}, error = {0};
    struct lab_save save;
    bool is_there = access(copy, F_OK) == 0;
    if (is_there) {
        lab_call_say(call, "%s is your copy from before.", copy);
        return LAB_EXIT_OK;
    }
    if (!lab_read_or_say(path, &text, &error))
        return lab_shell_fail_text(call->shell, &error);
    int rc = lab_save_open(&save, copy);
    if (rc == 0) {
        fwrite(lab_text_string(&text), 1, text.length, save.file);
        rc = lab_save_close(&save);
    }
    lab_text_free(&text);
    if (rc < 0) {
        lab_text_printf(&error, "%s cannot be written: %s", copy,
                        lab_error_text(rc));
        return lab_shell_fail_text(call->shell, &error);
    }
    lab_call_say(call,
                 "%s belongs to looplab; %s is a copy for you, and is the demo "
                 "until looplab ends.",
                 path, copy);
    return LAB_EXIT_OK;
}

// Makes sure that the C of [file] is one that may be changed.
static int make_own(struct lab_call *call, struct lab_demo_file *file) {
    const char *path = lab_demos_source(file);
    const struct lab_folders *folders = &call->shell->folders;
    struct lab_text copy = {0};
    size_t n = strlen(folders->sources);
    if (folders->is_checkout || strncmp(path, folders->sources, n) != 0)
        return LAB_EXIT_OK;
    lab_text_printf(&copy, "%02d_%s.c", file->number, file->name);
    int status = lab_renew_check(call, file);
    if (status == LAB_EXIT_OK)
        status = copy_file(call, path, lab_text_string(&copy));
    if (status == LAB_EXIT_OK)
        lab_demos_use_source(file, lab_text_string(&copy));
    lab_text_free(&copy);
    return status;
}

// --- its word: a demo, or a program of one's own

static int read_word(struct lab_call *call, char **words, int count) {
    return lab_guest_is(words[0]) &&
                   !lab_select_is_source(call->shell, words[0])
               ? LAB_EXIT_OK
               : lab_type_demo.read(call, words, count);
}

static void offer_words(const struct lab_request *request) {
    lab_type_demo.offer(request);
    lab_offer_files(request, ".c");
    lab_offer_files(request, ".py");
}

static const struct lab_type editable = {
    .usage = "DEMO|PROGRAM",
    .noun = "a demo, which list shows, or a program of yours",
    .offer = offer_words,
    .read = read_word,
};

static int edit(struct lab_call *call) {
    bool changed;
    int status = lab_lend_check(call->shell, "edit");
    if (status == LAB_EXIT_OK && call->file)
        status = make_own(call, call->file);
    if (status != LAB_EXIT_OK)
        return status;
    const char *path = call->file ? call->file->source : call->words[0];
    status = edit_file(call, path, &changed);
    if (status == LAB_EXIT_OK && changed && call->file)
        status = lab_renew(call, call->file);
    return status;
}

LAB_COMMAND(edit) = {
    .name = "edit",
    .order = 731,
    .text = "open the C of a demo in your editor, and build it",
    .help = "  edit 3                      in $VISUAL, $EDITOR or vi\n"
            "  edit my.py                  a program of yours\n",
    .takes = {{&editable}},
    .options = LAB_OPTIONS_WHICH,
    .run = edit,
};
