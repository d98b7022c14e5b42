#include "shell/renew.h"

#include "base/die.h"
#include "base/read.h"
#include "guest/guest.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void on_stray(void *sink, const char *bytes, size_t n) {
    const struct lab_call *call = sink;
    lab_shell_put_file(call->shell, bytes, n);
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

int lab_renew_check(struct lab_call *call, struct lab_demo_file *file) {
    const char *path = lab_demos_source(file);
    struct lab_text text = {0}, error = {0};
    if (!lab_read_or_say(path, &text, &error))
        return lab_shell_fail_text(call->shell, &error);
    bool for_make = has_parts(path) || names_library(lab_text_string(&text));
    lab_text_free(&text);
    if (!for_make)
        return LAB_EXIT_OK;
    lab_text_printf(&error,
                    "%s needs libraries or more files, so make has to build "
                    "it; ",
                    path);
    if (call->shell->folders.is_checkout)
        lab_text_printf(&error, "type !make, then reload %d", file->number);
    else
        lab_text_put(&error, "there is no make where looplab is installed");
    return lab_shell_fail_text(call->shell, &error);
}

// --- building and loading

// [ok]: [file] was loaded. Otherwise [error] says why not.
static int finish(struct lab_call *call, struct lab_demo_file *file, bool ok,
                  struct lab_text *error) {
    if (ok) {
        lab_call_say(call, "Demo %d is loaded anew; run %d runs it.",
                     file->number, file->number);
        return LAB_EXIT_OK;
    }
    struct lab_text known = {0};
    lab_demos_stale(file, &known); // it need not be said again
    lab_text_free(&known);
    lab_text_printf(error, "; demo %d stays as it was", file->number);
    return lab_shell_fail_text(call->shell, error);
}

int lab_renew(struct lab_call *call, struct lab_demo_file *file) {
    const char *path = lab_demos_source(file);
    struct lab_text error = {0};
    int fd, status = lab_renew_check(call, file);
    if (status != LAB_EXIT_OK)
        return status;
    struct lab_guest_options options = {
        .path = path,
        .include = call->shell->folders.include,
        .sink = {.on_stray = on_stray, .sink = call}};
    status = lab_guest_compile(&options, &fd, &error);
    lab_pages_show(call->shell); // what the compiler said
    if (status == LAB_EXIT_OK)
        status = finish(call, file, lab_demos_renew(file, fd, &error), &error);
    else if (status != LAB_EXIT_INTERRUPTED)
        status = finish(call, file, false, &error);
    if (fd > 0)
        close(fd);
    lab_text_free(&error);
    return status;
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
    struct lab_text error = {0};
    return finish(call, file, lab_demos_renew(file, -1, &error), &error);
}
