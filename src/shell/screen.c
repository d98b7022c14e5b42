#include "shell/screen.h"

#include "base/alloc.h"
#include "base/list.h"
#include "record/clock.h"
#include "shell/pen.h"
#include "shell/terminal.h"
#include "view/line.h"

#include <string.h>
#include <unistd.h>

enum {
    FRAME_MS = 16,    // between two prints above the line
    CHUNK = 64 * 1024 // bytes to print at once, or to leave with the terminal
};

// --- the line

static void place(const struct lab_screen *screen, const struct lab_line *line,
                  int columns, struct lab_pen *at, struct lab_pen *end) {
    lab_pen_place(columns, screen->prompt, line->text, line->length,
                  line->cursor, at, end);
}

void lab_screen_erase(const struct lab_screen *screen, int columns, int rows) {
    struct lab_line line;
    struct lab_pen at, end;
    screen->look(screen->arg, &line);
    place(screen, &line, columns, &at, &end);
    int up = at.row < rows ? at.row : rows - 1;
    fputc('\r', screen->out);
    if (up > 0)
        fprintf(screen->out, "\033[%dA", up);
    fputs("\033[J", screen->out);
}

static void erase(const struct lab_screen *screen) {
    struct lab_line line;
    screen->look(screen->arg, &line);
    lab_screen_erase(screen, line.columns, line.rows);
}

// --- the hint

static void put_hint(struct lab_screen *screen) {
    struct lab_line line;
    struct lab_pen at, end;
    struct lab_text hint = {0};
    screen->look(screen->arg, &line);
    place(screen, &line, line.columns, &at, &end);
    // The last column stays free, or the terminal would go to the next row.
    int room = line.columns - at.column - 1;
    int width = room > 0 && screen->hint
                    ? screen->hint(screen->arg, &line, room, &hint)
                    : 0;
    screen->hinted = width > 0;
    if (width > 0) {
        fwrite(hint.data, 1, hint.length, screen->out);
        fprintf(screen->out, "\033[%dD", width);
    }
    lab_text_free(&hint);
}

void lab_screen_draw(struct lab_screen *screen) {
    screen->draw(screen->arg);
    if (screen->hints)
        put_hint(screen);
}

void lab_screen_hint(struct lab_screen *screen) {
    screen->hints = true;
    lab_screen_catch_up(screen);
    if (!screen->hinted && !screen->away)
        put_hint(screen);
    fflush(screen->out);
}

static void erase_hint(struct lab_screen *screen) {
    if (screen->hinted)
        fputs("\033[K", screen->out);
    screen->hinted = false;
}

void lab_screen_unhint(struct lab_screen *screen) {
    erase_hint(screen);
    screen->hints = false;
}

void lab_screen_redraw_wide(const struct lab_screen *screen) {
    struct lab_line line;
    screen->look(screen->arg, &line);
    for (size_t i = 0; i < line.length; i++)
        if (line.text[i] >= 0x300 && wcwidth(line.text[i]) != 1) {
            erase(screen);
            screen->draw(screen->arg);
            return;
        }
}

void lab_screen_go_below(struct lab_screen *screen, const char *mark) {
    struct lab_line line;
    struct lab_pen at, end;
    erase_hint(screen);
    screen->look(screen->arg, &line);
    place(screen, &line, line.columns, &at, &end);
    for (int row = at.row; row < end.row; row++)
        fputc('\n', screen->out);
    fputc('\r', screen->out);
    if (end.column > 0)
        fprintf(screen->out, "\033[%dC", end.column);
    fprintf(screen->out, "%s\n", mark);
}

wchar_t *lab_screen_swap(struct lab_screen *screen, wchar_t *prompt) {
    wchar_t *old = screen->prompt;
    erase(screen);
    screen->prompt = prompt;
    return old;
}

// --- printing

static bool can_print(const struct lab_screen *screen) {
    return (!screen->reading || screen->shown) && !screen->away &&
           lab_output_waiting(screen->output) < CHUNK &&
           lab_above_waits(&screen->above, !screen->reading);
}

static bool ends_with(const struct lab_text *text, const char *end) {
    size_t n = strlen(end);
    return text->length >= n &&
           memcmp(text->data + text->length - n, end, n) == 0;
}

// Is the cursor within a line, after [text] was printed? An empty screen has
// none, nor has what is drawn: see drawn.h.
static bool ends_in_line(const struct lab_text *text) {
    return !ends_with(text, "\n") && !ends_with(text, LAB_TERMINAL_CLEAR) &&
           !ends_with(text, "\033[J");
}

// A window that became narrower has wrapped it.
static void erase_below(struct lab_screen *screen) {
    int columns, rows;
    if (screen->below_columns == 0)
        return;
    lab_terminal_size(&columns, &rows);
    int up = (screen->below_columns - 1) / columns;
    fputc('\r', screen->out);
    if (up > 0)
        fprintf(screen->out, "\033[%dA", up);
    fputs("\033[J", screen->out);
    screen->below_columns = 0;
    lab_terminal_line(false);
}

// The last column stays free, or the terminal would go to the next row.
static void put_below(struct lab_screen *screen) {
    struct lab_text row = {0};
    int columns, rows;
    if (screen->in_line || screen->away || screen->below.length == 0)
        return;
    lab_terminal_size(&columns, &rows);
    screen->below_columns = lab_line_cut(&row, screen->below.data,
                                         screen->below.length, columns - 1);
    fputs(lab_text_string(&row), screen->out);
    lab_terminal_line(true);
    lab_text_free(&row);
}

void lab_screen_below(struct lab_screen *screen, const char *row) {
    if (strcmp(row, lab_text_string(&screen->below)) == 0)
        return;
    erase_below(screen);
    lab_text_clear(&screen->below);
    lab_text_put(&screen->below, row);
    put_below(screen);
    fflush(screen->out);
}

static void print_chunk(struct lab_screen *screen) {
    struct lab_text text = {0};
    lab_above_take(&screen->above, CHUNK, !screen->reading, &text);
    if (text.length == 0)
        return;
    if (screen->reading)
        erase(screen);
    erase_below(screen);
    fwrite(text.data, 1, text.length, screen->out);
    screen->in_line = ends_in_line(&text);
    if (screen->reading)
        lab_screen_draw(screen);
    else
        put_below(screen);
    fflush(screen->out);
    lab_text_free(&text);
}

static void on_frame(struct lab_timer *timer);

// Prints what may be printed now, and sees to it that the rest will be.
static void print(struct lab_screen *screen) {
    while (can_print(screen)) {
        lab_time now = lab_clock_machine();
        if (screen->reading && now < screen->next_frame) {
            if (!lab_heap_holds(&screen->frame.node))
                lab_timer_start(&screen->frame, screen->next_frame - now,
                                on_frame);
            return;
        }
        screen->next_frame = now + FRAME_MS * LAB_MS;
        print_chunk(screen);
    }
}

static void on_frame(struct lab_timer *timer) {
    print(lab_list_item(timer, struct lab_screen, frame));
}

static void on_drained(void *arg) {
    print(arg);
}

void lab_screen_print(struct lab_screen *screen, const char *bytes, size_t n) {
    while (n > 0) {
        size_t part = n < CHUNK ? n : CHUNK;
        lab_above_put(&screen->above, bytes, part);
        print(screen);
        bytes += part;
        n -= part;
    }
}

void lab_screen_catch_up(struct lab_screen *screen) {
    print(screen);
}

void lab_screen_flush(struct lab_screen *screen) {
    screen->next_frame = 0;
    print(screen);
}

void lab_screen_hold(struct lab_screen *screen, lab_time time) {
    screen->next_frame = lab_clock_machine() + time;
}

// --- from line to line

static void print_all(struct lab_screen *screen) {
    while (lab_above_waits(&screen->above, true))
        print_chunk(screen);
}

void lab_screen_begin(struct lab_screen *screen, const char *prompt) {
    const char *newline = strrchr(prompt, '\n'); // libedit would swallow it
    lab_screen_below(screen, "");
    print_all(screen);
    if (screen->in_line)
        fputc('\n', screen->out);
    screen->in_line = false;
    if (newline)
        fwrite(prompt, 1, (size_t)(newline + 1 - prompt), screen->out);
    lab_free(screen->prompt);
    screen->prompt = lab_pen_prompt(newline ? newline + 1 : prompt);
    screen->reading = true;
    lab_terminal_line(true);
}

// What still waits for its frame belongs above whatever the line's command is
// going to print, and on no screen that it may open.
void lab_screen_end(struct lab_screen *screen) {
    screen->reading = false;
    lab_terminal_line(false);
    print_all(screen);
    fflush(screen->out);
}

int lab_screen_open(struct lab_screen *screen) {
    LAB_TRY(
        lab_output_open(&screen->output, STDOUT_FILENO, on_drained, screen));
    screen->out = lab_output_file(screen->output);
    screen->prompt = lab_pen_prompt("");
    return 0;
}

void lab_screen_close(struct lab_screen *screen) {
    print_all(screen);
    lab_timer_stop(&screen->frame);
    lab_output_close(screen->output);
    lab_above_free(&screen->above);
    lab_text_free(&screen->below);
    lab_free(screen->prompt);
}
