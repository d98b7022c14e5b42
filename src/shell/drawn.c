#include "shell/drawn.h"

#include "shell/jobs.h"
#include "shell/terminal.h"
#include "view/line.h"

#include <string.h>

// A row as wide as the screen leaves the cursor on its last column, which some
// terminals would erase with the rest of the row.
void lab_drawn_frame(struct lab_text *out, const struct lab_text *rows,
                     int before, int columns) {
    const char *row = lab_text_string(rows);
    if (before > 0)
        lab_text_printf(out, "\r\033[%dA", before);
    while (*row) {
        size_t n = strcspn(row, "\n");
        bool is_full = lab_line_cut(out, row, n, columns) >= columns;
        lab_text_put(out, is_full ? "\n" : "\033[K\n");
        row += n + (row[n] == '\n');
    }
    lab_text_put(out, "\033[J");
}

int lab_drawn_rows(const struct lab_text *shown, int before, int columns) {
    const char *row = lab_text_string(shown);
    struct lab_text cut = {0};
    int rows = 0;
    while (*row) {
        size_t n = strcspn(row, "\n");
        int used = lab_line_cut(&cut, row, n, before);
        rows += used > columns ? (used + columns - 1) / columns : 1;
        row += n + (row[n] == '\n');
    }
    lab_text_free(&cut);
    return rows;
}

// What is printed here is what is drawn, and makes no room. A page that is put
// together first is kept: there it would stay, and only where it took long.
void lab_drawn_put(struct lab_drawn *drawn, const struct lab_call *call,
                   const struct lab_text *rows) {
    struct lab_shell *shell = call->shell;
    struct lab_text frame = {0};
    int columns, screen;
    if (shell->capture || (call->job && call->job->beside))
        return;
    lab_terminal_size(&columns, &screen);
    lab_drawn_frame(&frame, rows,
                    lab_drawn_rows(&drawn->shown, drawn->columns, columns),
                    columns);
    lab_text_clear(&drawn->shown);
    lab_text_put(&drawn->shown, lab_text_string(rows));
    drawn->columns = columns;
    shell->drawn = NULL;
    lab_shell_put(shell, &frame);
    shell->drawn = drawn;
    lab_text_free(&frame);
}

void lab_drawn_make_room(struct lab_shell *shell) {
    struct lab_drawn *drawn = shell->drawn;
    int columns, screen;
    if (!drawn)
        return;
    shell->drawn = NULL;
    lab_terminal_size(&columns, &screen);
    lab_shell_printf(shell, "\r\033[%dA\033[J",
                     lab_drawn_rows(&drawn->shown, drawn->columns, columns));
    lab_text_free(&drawn->shown);
}

void lab_drawn_end(struct lab_drawn *drawn, const struct lab_call *call) {
    if (call->shell->drawn == drawn)
        lab_drawn_make_room(call->shell);
}
