// edit 3: the editor is in front of us, or beside us. Meanwhile a task builds
// the demo whenever it is saved. What that comes to is shown when the terminal
// is ours again; beside the prompt, at once.

#include "base/die.h"
#include "base/read.h"
#include "base/save.h"
#include "core/scope.h"
#include "core/task.h"
#include "core/watched.h"
#include "guest/guest.h"
#include "shell/editor.h"
#include "shell/jobs.h"
#include "shell/lend.h"
#include "shell/option.h"
#include "shell/renew.h"
#include "shell/words.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { STACK = 256 * 1024 }; // as every command: demos are loaded

struct editing {
    struct lab_call *call;
    const char *path;
    struct lab_watched *watched; // NULL: nothing is built
    lab_task *saves;
    struct lab_text begun, built; // what is in the file, at first and when it
                                  // was built last
    struct lab_renewal last;      // what that came to, until it is shown
    bool is_beside;               // so it is shown at once
};

static void read_file(const struct editing *e, struct lab_text *text) {
    lab_text_clear(text);
    lab_ignore(lab_read_file(e->path, SIZE_MAX, text)); // it may be a new one
}

static bool is_equal(const struct lab_text *a, const struct lab_text *b) {
    return a->length == b->length &&
           memcmp(lab_text_string(a), lab_text_string(b), a->length) == 0;
}

// --- building what was saved

static void build(struct editing *e) {
    struct lab_call *call = e->call;
    struct lab_text text = {0};
    read_file(e, &text);
    lab_renewal_build(&e->last, call, call->file);
    if (e->last.status != LAB_EXIT_INTERRUPTED) {
        lab_text_clear(&e->built);
        lab_text_write(&e->built, lab_text_string(&text), text.length);
    }
    lab_text_free(&text);
}

static int build_saves(void *arg) {
    struct editing *e = arg;
    int rc;
    while ((rc = lab_watched_wait(e->watched, LAB_FOREVER)) == 0) {
        if (e->is_beside)
            lab_editor_saved(e->call, e->path);
        build(e);
        if (e->is_beside)
            lab_renewal_show(&e->last, e->call, e->call->file);
    }
    if (rc != LAB_ECANCELED)
        lab_call_paint(e->call, LAB_COLOR_BAD,
                       "%s cannot be watched any more: %s", e->path,
                       lab_error_text(rc));
    return 0;
}

// Only one edit builds a demo: an older one of [file] ends.
static void end_older(const struct lab_call *call) {
    for (int number = 1; number <= LAB_JOBS_MOST; number++) {
        struct lab_job *job = lab_jobs_find(call->shell, number);
        if (job && job != call->job && job->edits == call->file)
            lab_job_cancel(job);
    }
}

static int begin(struct editing *e) {
    struct lab_call *call = e->call;
    read_file(e, &e->begun);
    read_file(e, &e->built);
    if (!call->file)
        return LAB_EXIT_OK;
    end_older(call);
    int rc = lab_watched_open(&e->watched, e->path);
    if (rc < 0)
        return lab_shell_refuse(call->shell, "%s cannot be watched: %s",
                                e->path, lab_error_text(rc));
    e->saves = lab_spawn_deep("saves", build_saves, e, STACK);
    return LAB_EXIT_OK;
}

static void end(struct editing *e) {
    struct lab_shield shield = {0};
    if (!e->saves)
        return;
    lab_shield_enter(&shield);
    lab_cancel(e->saves);
    lab_ignore(lab_await(e->saves));
    lab_shield_exit(&shield);
    lab_watched_close(e->watched);
    e->saves = NULL;
}

// --- the editor beside us

// Stays until it is cancelled, and says so.
static int stay(struct editing *e) {
    struct lab_job *job = e->call->job;
    if (!e->saves)
        return LAB_EXIT_OK; // a program is read whenever it runs
    e->is_beside = true;
    job->edits = e->call->file;
    if (!job->beside && !lab_jobs_send_back(job->jobs))
        return LAB_EXIT_OK; // no room
    lab_call_say(e->call,
                 "It is built whenever you save it; cancel %%%d ends that.",
                 job->number);
    return lab_await(e->saves) < 0 ? LAB_EXIT_INTERRUPTED : LAB_EXIT_OK;
}

// --- the editor in front of us

// What has been saved, and is not built yet, is built now. An editor that has
// taken no keys, and has changed nothing, has a window of its own.
static int edit_in_front(struct editing *e) {
    struct lab_call *call = e->call;
    struct lab_text now = {0};
    bool took_keys, is_new, is_built;
    int status = lab_editor_run(call, e->path, &took_keys);
    read_file(e, &now);
    is_built = is_equal(&e->built, &now);
    is_new = !is_equal(&e->begun, &now) || !is_equal(&e->begun, &e->built);
    lab_text_free(&now);
    if (status == LAB_EXIT_OK && !is_new && !took_keys && call->file) {
        lab_call_say(call, "%s is as it was, or open in another window.",
                     e->path);
        return stay(e);
    }
    end(e);
    if (!is_new && status == LAB_EXIT_OK)
        lab_call_say(call,
                     access(e->path, F_OK) == 0 ? "%s is as it was."
                                                : "%s was not made.",
                     e->path);
    if (!is_new || !call->file)
        return status;
    if (!is_built)
        build(e);
    int built = lab_renewal_show(&e->last, call, call->file);
    return status == LAB_EXIT_OK ? built : status;
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

static int open_editor(struct editing *e) {
    const char *editor = lab_editor();
    bool is_open = lab_editor_open(e->call, e->path);
    if (!is_open && !e->call->job->beside)
        return edit_in_front(e);
    if (is_open)
        lab_call_say(e->call, "%s is open in the pane beside this.", e->path);
    else
        lab_call_say(e->call, "Open %s in another window%s%s.", e->path,
                     editor ? ", with " : "", editor ? editor : "");
    return stay(e);
}

static int edit(struct lab_call *call) {
    struct editing e = {.call = call};
    int status = lab_lend_check(call->shell, "edit");
    if (status == LAB_EXIT_OK && call->file)
        status = make_own(call, call->file);
    if (status != LAB_EXIT_OK)
        return status;
    e.path = call->file ? call->file->source : call->words[0];
    status = begin(&e);
    if (status == LAB_EXIT_OK)
        status = open_editor(&e);
    end(&e);
    lab_renewal_free(&e.last);
    lab_text_free(&e.begun);
    lab_text_free(&e.built);
    return status;
}

LAB_COMMAND(edit) = {
    .name = "edit",
    .order = 731,
    .text = "open the C of a demo in your editor, and build it",
    .help = "  edit 3                      in $VISUAL, $EDITOR or vi; built at "
            "each save, and afterwards you see what the compiler said\n"
            "  edit 3 &                    in an editor in another window; "
            "built at each save, and said at once; so it is in a pane of tmux\n"
            "  edit my.py                  a program of yours\n",
    .takes = {{&editable}},
    .options = LAB_OPTIONS_WHICH,
    .run = edit,
};
