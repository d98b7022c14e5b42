#include "shell/prompt.h"

#include "core/crash.h"
#include "shell/browse.h"
#include "shell/complete.h"
#include "shell/compose.h"
#include "shell/drawn.h"
#include "shell/hint.h"
#include "shell/prompting.h"
#include "shell/reading.h"
#include "shell/stdout.h"
#include "shell/terminal.h"
#include "view/line.h"

#include <string.h>

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

void lab_prompt_obey(struct prompt *prompt, const char *line) {
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

void lab_prompt_complain(struct lab_shell *shell, const char *sentence) {
    struct lab_text text = {0};
    measure(shell->asked);
    lab_view_color(&text, &shell->options.style, LAB_COLOR_BAD);
    lab_text_wrap(&text, sentence,
                  lab_text_measure(shell->options.style.width));
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

// Puts the line that is begun below what is printed, with the cursor in it: as
// far as it fits, what is before the cursor and a little after it.
static void show_begun(const struct prompt *prompt,
                       const struct lab_edit_ahead *ahead) {
    enum { LONGEST = 1024, SEEN_AFTER = 8 }; // bytes, columns
    static const char label[] = "waiting: ";
    struct lab_style style = prompt->shell->options.style;
    struct lab_text before = {0}, after = {0}, row = {0};
    unsigned code;
    int rows;
    lab_terminal_size(&style.width, &rows);
    size_t from = ahead->cursor > LONGEST ? ahead->cursor - LONGEST : 0;
    lab_text_mask(&before, ahead->begun + from, ahead->cursor - from, false);
    lab_text_mask(&after, ahead->begun + ahead->cursor,
                  strlen(ahead->begun + ahead->cursor), false);
    const char *part = lab_text_string(&before);
    const char *rest = lab_text_string(&after);
    int seen = lab_text_columns(rest);
    int room = style.width - (int)sizeof label;
    int room_before = room - (seen < SEEN_AFTER ? seen : SEEN_AFTER);
    bool is_cut = from > 0;
    for (; *part && lab_text_columns(part) + is_cut > room_before;
         is_cut = true)
        part += lab_text_decode(part, strlen(part), &code);
    if (*part || *rest) {
        lab_view_color(&row, &style, LAB_COLOR_DIM);
        lab_text_put(&row, label);
        lab_view_color(&row, &style, LAB_COLOR_NONE); // grey is not typed
        lab_text_put(&row, !is_cut ? "" : style.ascii ? "~" : "…");
        lab_text_put(&row, part);
        room -= is_cut + lab_text_columns(part);
        seen = lab_line_cut(&row, rest, after.length, room);
        if (seen > 0)
            lab_text_printf(&row, "\033[%dD", seen);
    }
    lab_edit_below(prompt->edit, &row);
    lab_text_free(&before);
    lab_text_free(&after);
    lab_text_free(&row);
}

// Says which lines wait, or waited until Ctrl-C, one below the other; of many
// the first.
static void on_ahead(void *arg, const struct lab_edit_ahead *ahead) {
    enum { SHOWN = 5 };
    const struct prompt *prompt = arg;
    const struct lab_style *style = &prompt->shell->options.style;
    const char *what = ahead->dropped ? "dropped" : "waiting";
    const char *lines = ahead->lines;
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
    if (text.length > 0) { // or a line that has ended would stand there twice
        lab_text_clear(&line);
        lab_edit_below(prompt->edit, &line);
        lab_shell_put(prompt->shell, &text);
    }
    show_begun(prompt, ahead);
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
        lab_shell_say(prompt->shell, "Type quit, or press Ctrl-D, to leave.");
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
            lab_prompt_obey(prompt,
                            lab_transcript_command(lab_text_string(&line)));
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
                               .compose = lab_compose,
                               .context = shell,
                               .style = &shell->options.style});
    if (rc == 0) {
        // cppcheck-suppress autoVariables ; given back below
        shell->output = &prompt;
        shell->print = edit_print;
        shell->complain = lab_prompt_complain;
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
