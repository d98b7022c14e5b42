// prompt_script.c - commands that come from anywhere but a terminal.

#include "shell/prompt.h"

#include "base/die.h"
#include "core/crash.h"
#include "core/loop.h"
#include "shell/candidates.h"
#include "shell/complete.h"
#include "shell/prompting.h"
#include "shell/script.h"
#include "shell/stdout.h"

#include <signal.h>
#include <string.h>

// The terminal has dropped what was typed of the line, and continues to read.
static void on_signal(int signal, void *arg) {
    struct prompt *prompt = arg;
    struct lab_shell *shell = prompt->shell;
    (void)signal;
    if (!shell->interactive) {
        prompt->jobs.status = LAB_EXIT_INTERRUPTED;
        shell->quitting = true;
        lab_cancel(prompt->reader);
    }
    lab_shell_printf(shell, "\n");
    bool holds = prompt->jobs.foreground != NULL;
    lab_jobs_interrupt(&prompt->jobs);
    if (!shell->interactive || holds)
        return;
    lab_signal_answered();
    lab_shell_say(shell, "Type quit, or press Ctrl-D, to leave.");
    lab_shell_printf(shell, "looplab> ");
}

// A line from a program is a command; a prompt is for people, but not between
// the lines of a session that they paste.
static int read_line(struct prompt *prompt, struct lab_text *line) {
    struct lab_shell *shell = prompt->shell;
    lab_signal_answered();
    if (!shell->interactive)
        shell->script_line++;
    else if (!prompt->transcript.is_session)
        lab_shell_printf(shell, "looplab> ");
    shell->typing = shell->interactive;
    int rc = lab_lines_read(prompt->lines, line);
    shell->typing = false;
    if (shell->script_line == 1)
        lab_script_drop_mark(line);
    return rc;
}

static void echo(const struct prompt *prompt, const struct lab_text *line) {
    struct lab_shell *shell = prompt->shell;
    struct lab_text text = {0};
    bool is_pasted =
        shell->interactive && prompt->transcript.is_session && line->length > 0;
    if (!shell->script.echoes && !is_pasted)
        return;
    lab_text_put(&text, "looplab> ");
    lab_text_mask(&text, lab_text_string(line), line->length, false);
    lab_text_put(&text, "\n");
    lab_shell_put(shell, &text);
    lab_text_free(&text);
}

static int script_ask(struct lab_shell *shell, const char *prompt,
                      struct lab_text *line) {
    const struct prompt *asked = shell->asked;
    if (asked->transcript.is_session)
        return LAB_EOF; // what follows is output
    if (shell->interactive)
        lab_shell_printf(shell, "%s", prompt);
    else
        shell->script_line++; // of the next command, too
    return lab_lines_read(asked->lines, line);
}

static void print_nothing(struct lab_shell *shell, const char *bytes,
                          size_t n) {
    (void)shell, (void)bytes, (void)n;
}

// In a transcript, errors stand where they would at the prompt.
static void choose_output(struct lab_shell *shell) {
    lab_stdout_use(shell, true); // who feeds us may wait for each answer
    if (shell->script.echoes)
        shell->complain = lab_prompt_complain;
    if (shell->script.is_quiet)
        shell->print = print_nothing;
}

// Beside the output, which may be a session again.
static void say_skipped(struct prompt *prompt) {
    struct lab_shell *shell = prompt->shell;
    struct lab_text text = {0};
    if (!prompt->transcript.skipped || shell->script.is_quiet)
        return;
    shell->script_line = 0;
    lab_transcript_put(&text, prompt->transcript.skipped);
    lab_stdout_use(shell, true);
    shell->complain(shell, lab_text_string(&text));
    lab_text_free(&text);
    prompt->transcript.skipped = 0;
}

// Takes a line of a script, or one that somebody types or pastes. Returns false
// if it is output. What is pasted ends with a pause.
static bool take_line(struct prompt *prompt, struct lab_text *line) {
    struct lab_transcript *transcript = &prompt->transcript;
    bool takes = lab_transcript_take(transcript, line);
    if (takes)
        echo(prompt, line);
    if (prompt->shell->interactive && transcript->is_session &&
        !lab_lines_flow(prompt->lines, LAB_TRANSCRIPT_PAUSE_MS * LAB_MS)) {
        say_skipped(prompt);
        transcript->is_session = false;
    }
    return takes;
}

// Without a line editor, Tab is a key like any other, and Enter follows it.
static bool wants_completion(const struct prompt *prompt,
                             struct lab_text *line) {
    if (!prompt->shell->interactive || line->length == 0 ||
        line->data[line->length - 1] != '\t')
        return false;
    line->data[--line->length] = '\0';
    return true;
}

static void tell_completion(const struct prompt *prompt,
                            const struct lab_text *line) {
    struct lab_shell *shell = prompt->shell;
    struct lab_text text = {0};
    lab_candidates_tell(lab_complete, shell, lab_text_string(line),
                        &shell->options.style, &text);
    lab_shell_put(shell, &text);
    lab_text_free(&text);
}

// What is after a NUL would be left out without a word.
static void obey(struct prompt *prompt, const struct lab_text *line) {
    const char *command = lab_text_string(line);
    if (strlen(command) == line->length)
        lab_prompt_obey(prompt, command);
    else
        prompt->jobs.status = lab_shell_refuse(
            prompt->shell, "a byte of zero is not text; the file may be in "
                           "UTF-16, or no script");
}

static bool stops(const struct prompt *prompt) {
    const struct lab_shell *shell = prompt->shell;
    return shell->quitting || (prompt->jobs.status && !shell->interactive &&
                               !shell->script.keeps_going);
}

int lab_prompt_script(struct lab_shell *shell, int fd) {
    struct prompt prompt = {.shell = shell, .reader = lab_self()};
    struct lab_text line = {0};
    lab_lines *lines;
    shell->at_prompt = shell->interactive;
    choose_output(shell);
    int rc = lab_lines_open(&lines, fd);
    if (rc < 0)
        return lab_shell_refuse(shell,
                                "%s cannot be read: %s; looplab help shows "
                                "what else there is",
                                lab_script_name(shell), lab_error_text(rc));
    prompt.lines = lines;
    // cppcheck-suppress autoVariables ; taken back below
    lab_jobs_init(&prompt.jobs, shell);
    if (!shell->interactive)
        lab_transcript_look(&prompt.transcript, fd);
    shell->ask = script_ask;
    // cppcheck-suppress autoVariables ; taken back below
    shell->asked = &prompt;
    lab_signal_watch(SIGINT, on_signal, &prompt);
    while (!stops(&prompt) && (rc = read_line(&prompt, &line)) >= 0)
        if (wants_completion(&prompt, &line))
            tell_completion(&prompt, &line);
        else if (take_line(&prompt, &line))
            obey(&prompt, &line);
    if (rc == LAB_EMSGSIZE)
        prompt.jobs.status = lab_shell_refuse(
            shell, "a line of more than a megabyte is not a command");
    else if (rc < 0 && rc != LAB_EOF && rc != LAB_ECANCELED)
        prompt.jobs.status = lab_shell_refuse(
            shell, "%s: %s", lab_script_name(shell), lab_error_text(rc));
    lab_jobs_term(&prompt.jobs, false);
    say_skipped(&prompt);
    lab_crash_work_done();
    lab_signal_watch(SIGINT, NULL, NULL);
    shell->ask = NULL;
    lab_lines_close(lines);
    lab_text_free(&line);
    return shell->interactive ? LAB_EXIT_OK : prompt.jobs.status;
}
