// host.h - a shell whose output is kept, for tests of commands.
//
// Use:
//     struct host host;
//     host_open(&host);
//     CHECK_INT(host_run(&host, "run 3"), LAB_EXIT_OK);
//     ... host_out(&host), host_said(&host) ...
//     host_close(&host);

#ifndef LAB_TESTS_SHELL_HOST_H
#define LAB_TESTS_SHELL_HOST_H

#include "base/alloc.h"
#include "base/die.h"
#include "core/loop.h"
#include "shell/command.h"
#include "shell/words.h"

#include <string.h>

struct host {
    struct lab_shell shell;
    struct lab_text out, said; // of the last command
    struct lab_words words;
};

static void host_print(struct lab_shell *shell, const char *bytes, size_t n) {
    struct host *host = shell->output;
    lab_text_write(&host->out, bytes, n);
}

static void host_complain(struct lab_shell *shell, const char *sentence) {
    struct host *host = shell->output;
    lab_text_printf(&host->said, "%s\n", sentence);
}

static inline void host_open(struct host *host) {
    *host = (struct host){0};
    lab_shell_init(&host->shell);
    lab_free(host->shell.folders.demos);
    lab_free(host->shell.folders.sources);
    lab_free(host->shell.folders.lessons);
    lab_free(host->shell.folders.include);
    host->shell.folders = (struct lab_folders){
        lab_strdup(LAB_DEMOS_DIR), lab_strdup(LAB_SOURCES_DIR),
        lab_strdup(LAB_LESSONS_DIR), lab_strdup(LAB_INCLUDE_DIR)};
    host->shell.options = (struct lab_options){.clock = LAB_CLOCK_VIRTUAL,
                                               .style = {.width = 80}};
    host->shell.print = host_print;
    host->shell.complain = host_complain;
    host->shell.output = host;
}

static inline void host_close(struct host *host) {
    lab_shell_term(&host->shell);
    lab_text_free(&host->out);
    lab_text_free(&host->said);
}

static int host_call(void *arg) {
    struct host *host = arg;
    return lab_command_call(&host->shell, host->words.words, host->words.count);
}

// Runs the command in [line] and returns its status.
static inline int host_run(struct host *host, const char *line) {
    lab_text_clear(&host->out);
    lab_text_clear(&host->said);
    int status = LAB_EXIT_USAGE;
    if (lab_words_split(&host->words, line, &host->said))
        status = lab_loop_main("test", host_call, host);
    lab_words_free(&host->words);
    return status;
}

// What the last command printed, and what it complained of.
static inline const char *host_out(const struct host *host) {
    return lab_text_string(&host->out);
}

static inline const char *host_said(const struct host *host) {
    return lab_text_string(&host->said);
}

#endif
