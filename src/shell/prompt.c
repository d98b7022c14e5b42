#include "shell/prompt.h"

#include "base/die.h"
#include "core/crash.h"
#include "core/loop.h"
#include "shell/browse.h"
#include "shell/candidates.h"
#include "shell/command.h"
#include "shell/complete.h"
#include "shell/drawn.h"
#include "shell/edit.h"
#include "shell/hint.h"
#include "shell/jobs.h"
#include "shell/lines.h"
#include "shell/reading.h"
#include "shell/script.h"
#include "shell/stdout.h"
#include "shell/terminal.h"
#include "shell/transcript.h"
#include "shell/words.h"
#include "view/line.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Where commands come from and what runs of them.
struct prompt {
    struct lab_shell *shell;
    struct lab_jobs jobs;             // the commands that run
    lab_edit *edit;                   // NULL in a script
    lab_lines *lines;                 // of the script
    lab_task *reader;                 // who reads the script
    struct lab_transcript transcript; // of the script
};

// The window may have changed while a line was typed or a command ran.
static void measure(const struct prompt *prompt) {
    int *width = &prompt->shell->options.style.width, rows;
    if (prompt->edit)
        lab_terminal_size(width, &rows);
    *width = *width < 20 ? 20 : *width;
}

static bool takes_space(void *arg) {
    return lab_browse_possible(arg);
}

// q leaves what is being read, and only then looplab.
static bool leaves(struct lab_shell *shell, const char *line) {
    return strcmp(line, "q") == 0 &&
           (lab_pages_leave(shell) || lab_reading_leave(shell));
}

static void run_line(struct prompt *prompt, const char *line) {
    struct lab_shell *shell = prompt->shell;
    bool is_empty = line[strspn(line, " \t\r\n")] == '\0';
    measure(prompt);
    if (leaves(shell, line))
        return;
    if (strcmp(line, " ") == 0 && lab_browse_possible(shell))
        line = "pager";
    else if (is_empty && lab_pages_more(shell))
        return;
    bool is_pager = strcmp(line, "pager") == 0; // of what was before
    is_empty = is_empty && !is_pager;
    if (!is_pager && (!is_empty || shell->reading))
        lab_pages_drop(shell);
    if (is_empty && shell->reading)
        line = "next";
    if (strcmp(line, "b") == 0 && shell->reading && !shell->stepper)
        line = "back";
    if (line[strspn(line, " \t\r\n")] == '#')
        return; // a comment
    lab_jobs_run(&prompt->jobs, line);
}

// --- at a terminal

static void edit_print(struct lab_shell *shell, const char *bytes, size_t n) {
    struct prompt *prompt = shell->output;
    lab_drawn_make_room(shell);
    lab_edit_print(prompt->edit, bytes, n);
}

static void edit_complain(struct lab_shell *shell, const char *sentence) {
    struct lab_text text = {0};
    measure(shell->asked);
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

static void on_interrupt(void *arg) {
    struct prompt *prompt = arg;
    lab_jobs_interrupt(&prompt->jobs);
}

static bool on_suspend(void *arg) {
    struct prompt *prompt = arg;
    return lab_jobs_send_back(&prompt->jobs);
}

// Says which lines wait, or waited until Ctrl-C, one below the other; of many
// the first.
static void on_ahead(void *arg, const char *lines, bool dropped) {
    enum { SHOWN = 5 };
    const struct prompt *prompt = arg;
    const struct lab_style *style = &prompt->shell->options.style;
    const char *what = dropped ? "dropped" : "waiting";
    struct lab_text text = {0}, line = {0};
    size_t count = 0;
    for (size_t n; *lines; lines += n + (lines[n] == '\n')) {
        n = strcspn(lines, "\n");
        if (count++ >= SHOWN)
            continue;
        lab_text_clear(&line);
        lab_text_printf(&line, "%s: ", what);
        lab_text_mask(&line, lines, n, false);
        lab_line_wrap(&text, style, LAB_COLOR_DIM, 0, lab_text_string(&line));
    }
    if (count > SHOWN)
        lab_line_printf(&text, style, LAB_COLOR_DIM, 0, "%s: %zu more lines",
                        what, count - SHOWN);
    lab_shell_put(prompt->shell, &text);
    lab_text_free(&line);
    lab_text_free(&text);
}

static void edit_lend(struct lab_shell *shell, bool lent) {
    const struct prompt *asked = shell->asked;
    if (lent)
        lab_edit_lend(asked->edit);
    else
        lab_edit_take_back(asked->edit);
}

// A line that was dropped was all that was meant.
static void on_dropped_line(struct prompt *prompt,
                            const struct lab_text *line) {
    if (line->length > 0)
        return;
    if (prompt->shell->background)
        lab_jobs_interrupt(&prompt->jobs);
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
            run_line(prompt, lab_transcript_command(lab_text_string(&line)));
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
                               .takes_space = takes_space,
                               .context = shell,
                               .style = &shell->options.style});
    if (rc == 0) {
        // cppcheck-suppress autoVariables ; given back below
        shell->output = &prompt;
        shell->print = edit_print;
        shell->complain = edit_complain;
        shell->ask = edit_ask;
        shell->lend = edit_lend;
        // cppcheck-suppress autoVariables ; likewise
        shell->asked = &prompt;
        shell->at_prompt = true;
        lab_edit_on_interrupt(prompt.edit, on_interrupt, &prompt);
        lab_edit_on_suspend(prompt.edit, on_suspend, &prompt);
        lab_edit_on_ahead(prompt.edit, on_ahead, &prompt);
        // cppcheck-suppress autoVariables ; likewise
        lab_jobs_init(&prompt.jobs, shell);
        edit_lines(&prompt);
        lab_jobs_term(&prompt.jobs, true);
        lab_crash_work_done();
        shell->ask = NULL;
        shell->lend = NULL;
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
    lab_shell_printf(shell, "Type quit, or press Ctrl-D, to leave.\n"
                            "looplab> ");
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
        shell->complain = edit_complain;
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
            run_line(&prompt, lab_text_string(&line));
    if (rc < 0 && rc != LAB_EOF && rc != LAB_ECANCELED)
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
