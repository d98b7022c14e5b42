#include "shell/pages.h"

#include "shell/edit.h"
#include "shell/jobs.h"
#include "shell/shell.h"
#include "shell/terminal.h"
#include "view/line.h"

#include <limits.h>
#include <string.h>

// --- how much has room

// The rows of the line at [line], which ends before [newline]. Its escapes,
// which are colours, take none.
static size_t rows_of_line(const char *line, const char *newline, int columns) {
    struct lab_text shown = {0};
    while (line < newline) {
        const char *escape = memchr(line, '\033', (size_t)(newline - line));
        const char *end = escape ? escape : newline;
        lab_text_write(&shown, line, (size_t)(end - line));
        line = escape ? escape + strcspn(escape, "m\n") + 1 : newline;
    }
    int width = lab_text_columns(lab_text_string(&shown));
    lab_text_free(&shown);
    return width > columns ? (size_t)((width + columns - 1) / columns) : 1;
}

size_t lab_pages_rows(const char *text, int columns) {
    size_t rows = 0;
    for (const char *newline; (newline = strchr(text, '\n'));
         text = newline + 1)
        rows += rows_of_line(text, newline, columns);
    return rows;
}

size_t lab_pages_take(const char *text, size_t rows, int columns) {
    const char *at = text, *gap = NULL;
    for (size_t used = 0;;) {
        const char *newline = strchr(at, '\n');
        if (!newline)
            return strlen(text);
        used += rows_of_line(at, newline, columns);
        if (used > rows && at > text)
            break;
        at = newline + 1;
        // What a colon announces stays with it.
        bool announces = newline > text && newline[-1] == ':';
        if (*at == '\n' && 2 * used >= rows && !announces)
            gap = at;
    }
    return (size_t)((gap ? gap : at) - text);
}

// --- answers

enum { KEPT = 4 << 20 }; // bytes of what a run says at most

static bool has_pages(const struct lab_shell *shell) {
    return shell->at_prompt && !shell->capture && !lab_jobs_beside(shell);
}

bool lab_pages_browsable(const struct lab_shell *shell) {
    return has_pages(shell) && shell->interactive && !shell->in_lesson &&
           !shell->options.style.plain && lab_edit_possible();
}

static size_t lines_of(const struct lab_text *text, size_t n) {
    struct lab_text part = {0};
    lab_text_write(&part, lab_text_string(text), n);
    size_t lines = lab_pages_rows(lab_text_string(&part), INT_MAX);
    lab_text_free(&part);
    return lines;
}

static void put_footer(struct lab_text *out, const struct lab_shell *shell) {
    const struct lab_pages *pages = &shell->pages;
    lab_text_put(out, "\n");
    lab_line_printf(
        out, &shell->options.style, LAB_COLOR_DIM, 0,
        "%zu of %zu lines. Enter shows more.%s",
        lines_of(&pages->text, pages->shown),
        lines_of(&pages->text, pages->text.length),
        lab_pages_browsable(shell) ? " A space takes the whole screen." : "");
}

// The rows for a page: below it are the footer and the prompt. What has
// scrolled away needs none.
static size_t room(const struct lab_shell *shell, int *columns) {
    enum { LEAST = 3 };
    struct lab_text footer = {0};
    int rows;
    lab_terminal_size(columns, &rows);
    put_footer(&footer, shell);
    size_t other = lab_pages_rows(lab_text_string(&footer), *columns) + 1;
    if (shell->pages.rows < (size_t)rows)
        other += shell->pages.rows;
    lab_text_free(&footer);
    return (size_t)rows > other + LEAST ? (size_t)rows - other : LEAST;
}

static void show_page(struct lab_shell *shell) {
    struct lab_pages *pages = &shell->pages;
    struct lab_text out = {0};
    int columns;
    const char *rest = lab_text_string(&pages->text) + pages->shown;
    while (pages->paging && *rest == '\n' && rest[1]) {
        rest++;
        pages->shown++;
    }
    size_t rows = room(shell, &columns);
    size_t n = lab_pages_take(rest, rows, columns);
    lab_text_write(&out, rest, n);
    pages->shown += n;
    pages->rows = 0;
    pages->paging = pages->shown < pages->text.length;
    if (pages->paging)
        put_footer(&out, shell);
    lab_shell_put(shell, &out);
    lab_text_free(&out);
}

bool lab_pages_more(struct lab_shell *shell) {
    if (!shell->pages.paging)
        return false;
    show_page(shell);
    return true;
}

// While a line is typed, an empty one has another meaning; so what a command
// beside it answers has no pages.
void lab_pages_put(struct lab_shell *shell, const struct lab_text *text) {
    if (has_pages(shell) && !shell->typing)
        lab_text_write(&shell->pages.text, lab_text_string(text), text->length);
    else
        lab_shell_put(shell, text);
}

// Prints what was put, without pages.
static void print_rest(struct lab_shell *shell) {
    struct lab_pages *pages = &shell->pages;
    struct lab_text rest = {0};
    int columns, rows;
    lab_text_put(&rest, lab_text_string(&pages->text) + pages->shown);
    lab_terminal_size(&columns, &rows);
    pages->rows += lab_pages_rows(lab_text_string(&rest), columns);
    pages->shown = pages->text.length;
    lab_shell_put(shell, &rest);
    lab_text_free(&rest);
}

// What runs beside another command does not belong to what that one says.
void lab_pages_pass(struct lab_shell *shell, const struct lab_text *text) {
    struct lab_pages *pages = &shell->pages;
    if (!has_pages(shell) || shell->typing || lab_jobs_beside(shell) ||
        pages->paging || pages->text.length > KEPT) {
        lab_shell_put(shell, text);
        return;
    }
    lab_text_write(&pages->text, lab_text_string(text), text->length);
    pages->passed = true;
    print_rest(shell);
}

void lab_pages_show(struct lab_shell *shell) {
    struct lab_pages *pages = &shell->pages;
    int columns, rows;
    if (pages->shown == pages->text.length || pages->paging ||
        lab_jobs_beside(shell))
        return; // what is collected is another command's
    lab_terminal_size(&columns, &rows);
    const char *rest = lab_text_string(&pages->text) + pages->shown;
    size_t own = lab_pages_rows(rest, columns);
    size_t before = pages->rows < (size_t)rows ? pages->rows : 0;
    if (before + own >= (size_t)rows) // the prompt needs one, too
        show_page(shell);
    else
        print_rest(shell);
}

bool lab_pages_overflow(const struct lab_shell *shell) {
    int columns, rows;
    lab_terminal_size(&columns, &rows);
    return lab_pages_rows(lab_text_string(&shell->pages.text), columns) >=
           (size_t)rows;
}

void lab_pages_end(struct lab_shell *shell) {
    struct lab_pages *pages = &shell->pages;
    struct lab_text text = {0};
    lab_pages_show(shell);
    if (!pages->passed || pages->paging || shell->typing ||
        lab_jobs_beside(shell) || !lab_pages_browsable(shell) ||
        !lab_pages_overflow(shell))
        return;
    lab_line_printf(&text, &shell->options.style, LAB_COLOR_DIM, 0,
                    "%zu lines. A space shows them again, page by page.",
                    lines_of(&pages->text, pages->text.length));
    pages->passed = false; // it is said once
    lab_shell_put(shell, &text);
    lab_text_free(&text);
}

void lab_pages_printf(struct lab_shell *shell, const char *format, ...) {
    struct lab_text text = {0};
    va_list args;
    va_start(args, format);
    lab_text_vprintf(&text, format, args);
    va_end(args);
    lab_pages_put(shell, &text);
    lab_text_free(&text);
}

bool lab_pages_leave(struct lab_shell *shell) {
    if (!shell->pages.paging)
        return false;
    lab_pages_drop(shell);
    return true;
}

void lab_pages_drop(struct lab_shell *shell) {
    lab_text_free(&shell->pages.text);
    shell->pages = (struct lab_pages){0};
}
