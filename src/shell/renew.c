#include "shell/renew.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "guest/guest.h"
#include "shell/message.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void on_stray(void *sink, const char *bytes, size_t n) {
    struct lab_renewal *renewal = sink;
    lab_text_write(&renewal->compiler, bytes, n);
}

// --- what only make can build

// Has [path], a demo's C, a folder of its name, with more of it?
static bool has_parts(const char *path) {
    struct lab_text folder = {0};
    struct stat status;
    lab_text_write(&folder, path, strlen(path) - 2);
    bool has =
        stat(lab_text_string(&folder), &status) == 0 && S_ISDIR(status.st_mode);
    lab_text_free(&folder);
    return has;
}

// Does one of the first lines of [text] name libraries? The Makefile says how
// many lines count.
static bool names_library(const char *text) {
    enum { LINES = 20 };
    for (int i = 0; i < LINES && *text; i++) {
        if (strncmp(text, "// needs: ", 10) == 0 ||
            strncmp(text, "// uses: ", 9) == 0)
            return true;
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return false;
}

// Says in [error] why [file] cannot be built here, if that is so.
static bool is_for_make(const struct lab_call *call, struct lab_demo_file *file,
                        struct lab_text *error) {
    const char *path = lab_demos_source(file);
    struct lab_text text = {0};
    if (!lab_read_or_say(path, &text, error))
        return true;
    bool for_make = has_parts(path) || names_library(lab_text_string(&text));
    lab_text_free(&text);
    if (!for_make)
        return false;
    lab_text_printf(error,
                    "%s needs libraries or more files, so make has to build "
                    "it; ",
                    path);
    if (call->shell->folders.is_checkout)
        lab_text_printf(error, "type !make, then reload %d", file->number);
    else
        lab_text_put(error, "there is no make where looplab is installed");
    return true;
}

int lab_renew_check(struct lab_call *call, struct lab_demo_file *file) {
    struct lab_text error = {0};
    return is_for_make(call, file, &error)
               ? lab_shell_fail_text(call->shell, &error)
               : LAB_EXIT_OK;
}

// --- what waits for a run to end

// The newest that was built of a demo which runs.
struct lab_late {
    struct lab_demo_file *file;
    int fd; // of what was built, owned; -1: it is at the file's path
    struct lab_late *next;
};

static void late_free(struct lab_late *late) {
    if (late->fd >= 0)
        close(late->fd);
    lab_free(late);
}

// Forgets what is kept of [file]; NULL for every one.
static void forget(struct lab_shell *shell, const struct lab_demo_file *file) {
    struct lab_late **at = &shell->late;
    while (*at) {
        struct lab_late *late = *at;
        if (file && late->file != file) {
            at = &late->next;
            continue;
        }
        *at = late->next;
        late_free(late);
    }
}

void lab_renew_forget(struct lab_shell *shell) {
    forget(shell, NULL);
}

// Keeps what [fd] has, which is taken.
static void keep(struct lab_shell *shell, struct lab_demo_file *file, int fd) {
    struct lab_late *late = lab_alloc(sizeof *late);
    forget(shell, file);
    *late = (struct lab_late){file, fd, shell->late};
    shell->late = late;
}

static struct lab_late *take_loadable(struct lab_shell *shell) {
    struct lab_late **at = &shell->late;
    while (*at && lab_demos_is_running((*at)->file))
        at = &(*at)->next;
    struct lab_late *late = *at;
    if (late)
        *at = late->next;
    return late;
}

// --- building and loading

// That [file] or its C is newer than what is loaded need not be said again.
static void note_stale(struct lab_demo_file *file) {
    struct lab_text known = {0};
    lab_demos_stale(file, &known);
    lab_text_free(&known);
}

// Loads [file] from [fd], which is taken, or later if it runs.
static void load(struct lab_renewal *renewal, struct lab_shell *shell,
                 struct lab_demo_file *file, int fd) {
    renewal->is_late = lab_demos_is_running(file);
    if (renewal->is_late) {
        keep(shell, file, fd);
        note_stale(file);
        return;
    }
    forget(shell, file); // it is older
    if (!lab_demos_renew(file, fd, &renewal->error))
        renewal->status = LAB_EXIT_FAILED;
    if (fd >= 0)
        close(fd);
}

// Appends to [error], which says why [file] was not loaded, what is so now.
static void say_old_one(struct lab_demo_file *file, struct lab_text *error) {
    note_stale(file);
    lab_text_printf(error, "; demo %d stays as it was", file->number);
}

static void compile_and_load(struct lab_renewal *renewal, struct lab_call *call,
                             struct lab_demo_file *file) {
    struct lab_guest_options options = {
        .path = lab_demos_source(file),
        .include = call->shell->folders.include,
        .sink = {.on_stray = on_stray, .sink = renewal}};
    int fd;
    renewal->status = lab_guest_compile(&options, &fd, &renewal->error);
    if (renewal->status == LAB_EXIT_OK)
        load(renewal, call->shell, file, fd);
    else if (fd > 0)
        close(fd);
    if (renewal->status != LAB_EXIT_OK &&
        renewal->status != LAB_EXIT_INTERRUPTED)
        say_old_one(file, &renewal->error);
}

void lab_renewal_build(struct lab_renewal *renewal, struct lab_call *call,
                       struct lab_demo_file *file) {
    lab_renewal_free(renewal);
    if (is_for_make(call, file, &renewal->error))
        renewal->status = LAB_EXIT_FAILED;
    else
        compile_and_load(renewal, call, file);
}

int lab_renewal_show(struct lab_renewal *renewal, struct lab_call *call,
                     struct lab_demo_file *file) {
    int status = renewal->status;
    lab_message_say(call, lab_text_string(&renewal->compiler),
                    renewal->compiler.length);
    lab_pages_show(call->shell); // before what is said of it
    if (renewal->is_late)
        lab_call_say(call,
                     "Demo %d is running; what was built is loaded when that "
                     "has ended.",
                     file->number);
    else if (status == LAB_EXIT_OK)
        lab_call_say(call, "Demo %d is loaded anew; run %d runs it.",
                     file->number, file->number);
    else if (status != LAB_EXIT_INTERRUPTED)
        lab_shell_fail_text(call->shell, &renewal->error);
    lab_renewal_free(renewal);
    return status;
}

void lab_renewal_free(struct lab_renewal *renewal) {
    lab_text_free(&renewal->compiler);
    lab_text_free(&renewal->error);
    *renewal = (struct lab_renewal){0};
}

int lab_renew(struct lab_call *call, struct lab_demo_file *file) {
    struct lab_renewal renewal = {0};
    lab_renewal_build(&renewal, call, file);
    return lab_renewal_show(&renewal, call, file);
}

bool lab_renew_was_built(const struct lab_demo_file *file) {
    struct stat built, written;
    if (stat(file->path, &built) < 0)
        return false;
    bool has_source = stat(file->source, &written) == 0;
    return built.st_mtim.tv_sec >= file->built.tv_sec &&
           (!has_source || built.st_mtim.tv_sec >= written.st_mtim.tv_sec);
}

int lab_renew_load(struct lab_call *call, struct lab_demo_file *file) {
    struct lab_renewal renewal = {0};
    load(&renewal, call->shell, file, -1);
    if (renewal.status != LAB_EXIT_OK)
        say_old_one(file, &renewal.error);
    return lab_renewal_show(&renewal, call, file);
}

void lab_renew_late(struct lab_call *call) {
    struct lab_late *late;
    while ((late = take_loadable(call->shell))) {
        struct lab_renewal renewal = {0};
        load(&renewal, call->shell, late->file, late->fd);
        late->fd = -1; // taken
        if (renewal.status != LAB_EXIT_OK)
            say_old_one(late->file, &renewal.error);
        lab_ignore(lab_renewal_show(&renewal, call, late->file));
        late_free(late);
    }
}
