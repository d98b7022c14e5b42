#include "shell/pages.h"

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
        if (*at == '\n' && 2 * used >= rows)
            gap = at;
    }
    return (size_t)((gap ? gap : at) - text);
}

// --- answers

static bool has_pages(const struct lab_shell *shell) {
    return shell->at_prompt && !shell->capture && !lab_jobs_beside(shell);
}

static void put_footer(struct lab_text *out, const struct lab_shell *shell) {
    const struct lab_pages *pages = &shell->pages;
    struct lab_text shown = {0};
    lab_text_write(&shown, lab_text_string(&pages->text), pages->shown);
    lab_text_put(out, "\n");
    lab_line_printf(out, &shell->options.style, LAB_COLOR_DIM, 0,
                    "%zu of %zu lines. Enter shows more.",
                    lab_pages_rows(lab_text_string(&shown), INT_MAX),
                    lab_pages_rows(lab_text_string(&pages->text), INT_MAX));
    lab_text_free(&shown);
}

// The rows for a page: below it are the footer and the prompt.
static size_t room(const struct lab_shell *shell, int *columns) {
    enum { LEAST = 3 };
    struct lab_text footer = {0};
    int rows;
    lab_terminal_size(columns, &rows);
    put_footer(&footer, shell);
    size_t other = lab_pages_rows(lab_text_string(&footer), *columns) + 1 +
                   shell->pages.rows;
    lab_text_free(&footer);
    return (size_t)rows > other + LEAST ? (size_t)rows - other : LEAST;
}

bool lab_pages_more(struct lab_shell *shell) {
    struct lab_pages *pages = &shell->pages;
    struct lab_text out = {0};
    int columns;
    if (pages->shown == pages->text.length)
        return false;
    const char *rest = lab_text_string(&pages->text) + pages->shown;
    while (*rest == '\n' && rest[1] && pages->shown > 0) {
        rest++;
        pages->shown++;
    }
    size_t rows = room(shell, &columns);
    size_t n = lab_pages_take(rest, rows, columns);
    lab_text_write(&out, rest, n);
    pages->shown += n;
    pages->rows = 0;
    if (pages->shown < pages->text.length)
        put_footer(&out, shell);
    lab_shell_put(shell, &out);
    lab_text_free(&out);
    return true;
}

// While a line is typed, an empty one has another meaning; so what a command
// beside it answers has no pages.
void lab_pages_put(struct lab_shell *shell, const struct lab_text *text) {
    if (has_pages(shell) && !shell->typing)
        lab_text_put(&shell->pages.text, lab_text_string(text));
    else
        lab_shell_put(shell, text);
}

void lab_pages_show(struct lab_shell *shell) {
    struct lab_pages *pages = &shell->pages;
    int columns, rows;
    if (pages->text.length == 0 || pages->shown > 0 || lab_jobs_beside(shell))
        return; // what is collected is another command's
    lab_terminal_size(&columns, &rows);
    size_t own = lab_pages_rows(lab_text_string(&pages->text), columns);
    if (pages->rows + own >= (size_t)rows) { // the prompt needs one, too
        lab_pages_more(shell);
        return;
    }
    lab_shell_put(shell, &pages->text);
    lab_text_clear(&pages->text);
    pages->rows += own;
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

void lab_pages_drop(struct lab_shell *shell) {
    lab_text_free(&shell->pages.text);
    shell->pages = (struct lab_pages){0};
}
