#include "shell/prompt.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/crash.h"
#include "core/loop.h"
#include "shell/command.h"
#include "shell/complete.h"
#include "shell/edit.h"
#include "shell/hint.h"
#include "shell/lines.h"
#include "shell/script.h"
#include "shell/show_guest.h"
#include "shell/stdout.h"
#include "shell/terminal.h"
#include "shell/words.h"
#include "view/line.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { COMMAND_STACK = 256 * 1024 }; // commands load demos and draw views

// Where commands come from and what runs of them.
struct prompt {
    struct lab_shell *shell;
    lab_edit *edit;       // NULL in a script
    lab_lines *lines;     // of the script
    lab_task *reader;     // who reads the script
    lab_task *foreground; // the command that holds the prompt, or NULL
    lab_task *jobs[16];   // commands beside it, or NULL
    int status;           // of the first that failed
};

// --- one command

struct job {
    struct prompt *prompt;
    struct lab_words words;
    int slot;             // in jobs; -1 in the foreground
    struct lab_text line; // as it is shown
};

static void job_free(struct job *job) {
    lab_words_free(&job->words);
    lab_text_free(&job->line);
    lab_free(job);
}

static int run_job(void *arg) {
    struct job *job = arg;
    struct prompt *prompt = job->prompt;
    int status =
        lab_command_call(prompt->shell, job->words.words, job->words.count);
    if (status > 0 && !prompt->status)
        prompt->status = status;
    if (job->slot >= 0) {
        prompt->jobs[job->slot] = NULL;
        prompt->shell->background--;
        lab_shell_printf(prompt->shell, "[%d] done: %s\n", job->slot + 1,
                         lab_text_string(&job->line));
    }
    job_free(job);
    return 0;
}

// Returns NULL if the line cannot be cut into words, after complaining.
static struct job *job_new(struct prompt *prompt, const char *line) {
    struct lab_text error = {0};
    struct job *job = lab_alloc(sizeof *job);
    job->prompt = prompt;
    job->slot = -1;
    lab_text_mask(&job->line, line, strlen(line), false);
    if (lab_words_split(&job->words, line, &error))
        return job;
    int status = lab_shell_refuse_text(prompt->shell, &error);
    if (!prompt->status)
        prompt->status = status;
    job_free(job);
    return NULL;
}

static int free_slot(const struct prompt *prompt) {
    for (int i = 0; i < (int)countof(prompt->jobs); i++)
        if (!prompt->jobs[i])
            return i;
    return -1;
}

static void start_background(struct prompt *prompt, struct job *job) {
    job->slot = free_slot(prompt);
    if (job->slot < 0) {
        lab_shell_refuse(prompt->shell,
                         "%zu commands run beside the prompt "
                         "already; let one end first",
                         countof(prompt->jobs));
        job_free(job);
        return;
    }
    prompt->shell->background++;
    const char *line = lab_text_string(&job->line);
    lab_shell_printf(prompt->shell, "[%d] %s\n", job->slot + 1, line);
    prompt->jobs[job->slot] = lab_spawn_deep(line, run_job, job, COMMAND_STACK);
}

// The window may have changed while the line was typed.
static void measure(struct prompt *prompt) {
    int *width = &prompt->shell->options.style.width, rows;
    if (prompt->edit)
        lab_terminal_size(width, &rows);
    *width = *width < 20 ? 20 : *width;
}

static void run_line(struct prompt *prompt, const char *line) {
    bool is_empty = line[strspn(line, " \t\r\n")] == '\0';
    measure(prompt);
    if (is_empty && lab_pages_more(prompt->shell))
        return;
    lab_pages_drop(prompt->shell);
    if (is_empty && prompt->shell->reading)
        line = "next";
    if (line[strspn(line, " \t\r\n")] == '#')
        return; // a comment
    struct job *job = job_new(prompt, line);
    if (!job)
        return;
    if (job->words.count && job->words.background) {
        start_background(prompt, job);
        return;
    }
    prompt->foreground = lab_spawn_deep("command", run_job, job, COMMAND_STACK);
    lab_ignore(lab_await(prompt->foreground)); // run_job notes its status
    prompt->foreground = NULL;
}

static void cancel_all(struct prompt *prompt) {
    lab_show_interrupted_again(prompt->shell);
    if (prompt->foreground) {
        lab_cancel(prompt->foreground);
        return;
    }
    for (size_t i = 0; i < countof(prompt->jobs); i++)
        if (prompt->jobs[i])
            lab_cancel(prompt->jobs[i]);
}

// Waits for the commands that still run.
static void drain(struct prompt *prompt) {
    for (size_t i = 0; i < countof(prompt->jobs); i++)
        if (prompt->jobs[i])
            lab_ignore(lab_await(prompt->jobs[i])); // likewise
}

static void on_interrupt(void *arg) {
    cancel_all(arg);
}

// --- at a terminal

static void edit_print(struct lab_shell *shell, const char *bytes, size_t n) {
    struct prompt *prompt = shell->output;
    lab_edit_print(prompt->edit, bytes, n);
}

static void edit_complain(struct lab_shell *shell, const char *sentence) {
    struct lab_text text = {0};
    lab_view_color(&text, &shell->options.style, LAB_COLOR_BAD);
    lab_text_wrap(&text, sentence, shell->options.style.width);
    lab_view_color(&text, &shell->options.style, LAB_COLOR_NONE);
    lab_text_put(&text, "\n");
    lab_shell_put(shell, &text);
    lab_text_free(&text);
}

static int edit_ask(struct lab_shell *shell, const char *prompt,
                    struct lab_text *line) {
    const struct prompt *asked = shell->asked;
    return lab_edit_ask(asked->edit, prompt, shell->background > 0, line);
}

// A line that was dropped was all that was meant.
static void on_dropped_line(struct prompt *prompt,
                            const struct lab_text *line) {
    if (line->length > 0)
        return;
    if (prompt->shell->background)
        cancel_all(prompt);
    else
        lab_shell_printf(prompt->shell, "Type quit, or press Ctrl-D, to "
                                        "leave.\n");
}

static void put_greeting(struct lab_shell *shell) {
    struct lab_text text = {0};
    lab_line_wrap(&text, &shell->options.style, LAB_COLOR_NONE, 0,
                  "looplab " LAB_VERSION ": asynchronous time, made visible.");
    lab_line_wrap(&text, &shell->options.style, LAB_COLOR_NONE, 0,
                  "Try lesson 1, list, run 3, or help.");
    lab_shell_put(shell, &text);
    lab_text_free(&text);
}

static void edit_lines(struct prompt *prompt) {
    struct lab_shell *shell = prompt->shell;
    const struct lab_style *style = &shell->options.style;
    struct lab_text text = {0}, line = {0};
    lab_view_color(&text, style, LAB_COLOR_PROMPT);
    lab_text_put(&text, "looplab>");
    lab_view_color(&text, style, LAB_COLOR_NONE);
    lab_text_put(&text, " ");
    put_greeting(shell);
    while (!shell->quitting) {
        lab_signal_answered();
        shell->typing = true;
        int rc = lab_edit_read(prompt->edit, lab_text_string(&text),
                               shell->background > 0, &line);
        shell->typing = false;
        if (rc == LAB_EINTR)
            on_dropped_line(prompt, &line);
        else if (rc < 0)
            break;
        else
            run_line(prompt, lab_text_string(&line));
    }
    lab_text_free(&line);
    lab_text_free(&text);
}

int lab_prompt_edit(struct lab_shell *shell) {
    struct prompt prompt = {.shell = shell};
    struct lab_text history = {0};
    lab_shell_state_path("history", &history);
    int rc = lab_edit_open(&prompt.edit,
                           &(struct lab_edit_options){
                               .history = history.length ? history.data : NULL,
                               .complete = lab_complete,
                               .hint = lab_hint,
                               .context = shell,
                               .style = &shell->options.style});
    if (rc == 0) {
        // cppcheck-suppress autoVariables ; given back below
        shell->output = &prompt;
        shell->print = edit_print;
        shell->complain = edit_complain;
        shell->ask = edit_ask;
        // cppcheck-suppress autoVariables ; likewise
        shell->asked = &prompt;
        shell->at_prompt = true;
        lab_edit_on_interrupt(prompt.edit, on_interrupt, &prompt);
        edit_lines(&prompt);
        cancel_all(&prompt);
        drain(&prompt);
        lab_crash_work_done();
        shell->ask = NULL;
        lab_edit_close(prompt.edit);
        lab_stdout_use(shell, true);
    }
    lab_text_free(&history);
    return rc;
}

// --- from anywhere else

// The terminal has dropped what was typed of the line, and continues to read.
static void on_signal(int signal, void *arg) {
    struct prompt *prompt = arg;
    struct lab_shell *shell = prompt->shell;
    (void)signal;
    if (!shell->interactive) {
        prompt->status = LAB_EXIT_INTERRUPTED;
        shell->quitting = true;
        lab_cancel(prompt->reader);
    }
    lab_shell_printf(shell, "\n");
    cancel_all(prompt);
    if (!shell->interactive || prompt->foreground)
        return;
    lab_signal_answered();
    lab_shell_printf(shell, "Type quit, or press Ctrl-D, to leave.\n"
                            "looplab> ");
}

// A line from a program is a command; a prompt is for people.
static int read_line(struct lab_shell *shell, lab_lines *lines,
                     struct lab_text *line) {
    lab_signal_answered();
    if (shell->interactive)
        lab_shell_printf(shell, "looplab> ");
    else
        shell->script_line++;
    shell->typing = shell->interactive;
    int rc = lab_lines_read(lines, line);
    shell->typing = false;
    return rc;
}

static void echo(struct lab_shell *shell, const struct lab_text *line) {
    struct lab_text text = {0};
    if (!shell->script.echoes)
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
        shell->complain = edit_complain;
    if (shell->script.is_quiet)
        shell->print = print_nothing;
}

static bool stops(const struct prompt *prompt) {
    const struct lab_shell *shell = prompt->shell;
    return shell->quitting || (prompt->status && !shell->interactive &&
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
    shell->ask = script_ask;
    // cppcheck-suppress autoVariables ; taken back below
    shell->asked = &prompt;
    lab_signal_watch(SIGINT, on_signal, &prompt);
    while (!stops(&prompt) && (rc = read_line(shell, lines, &line)) >= 0) {
        echo(shell, &line);
        run_line(&prompt, lab_text_string(&line));
    }
    if (rc < 0 && rc != LAB_EOF && rc != LAB_ECANCELED)
        prompt.status = lab_shell_refuse(
            shell, "%s: %s", lab_script_name(shell), lab_error_text(rc));
    drain(&prompt);
    lab_crash_work_done();
    lab_signal_watch(SIGINT, NULL, NULL);
    shell->ask = NULL;
    lab_lines_close(lines);
    lab_text_free(&line);
    return shell->interactive ? LAB_EXIT_OK : prompt.status;
}
