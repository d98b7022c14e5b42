// panel_screen.c - a moment on a full screen.
//
//     03 together: event 24 of 56, at 1.000 s, turn 3     heading
//     0 s ------------*-------------------- 1.000 s       where that is, with
//                                                         lanes if they fit
//       t2 a.txt is ready: its timer was due              what happened
//     >   15      LAB_TRY(lab_sleep(...                   source
//     ready   t2 a.txt                                    the loop
//     task    state    since ...                          tasks
//     left/right event, ...                               keys
//
// On a wide screen the source stands on the left, and loop and tasks on the
// right of it.

#include "base/alloc.h"
#include "view/line.h"
#include "view/panel_internal.h"
#include "view/rows.h"
#include "view/sentence.h"
#include "view/source.h"

#include <string.h>

// --- lines with colours in them

// Takes the first line off [*text]; its length without the end in [n].
static const char *next_line(const char **text, size_t *n) {
    const char *line = *text;
    *n = strcspn(line, "\n");
    *text = line + *n + (line[*n] == '\n');
    return line;
}

// Appends up to [rows] lines of [text], each cut to [columns], and returns how
// many that were.
static int put_rows(struct lab_text *out, const char *text, int columns,
                    int rows) {
    int put = 0;
    for (; put < rows && *text; put++) {
        size_t n;
        const char *line = next_line(&text, &n);
        lab_line_cut(out, line, n, columns);
        lab_text_put(out, "\n");
    }
    return put;
}

// The same for two texts beside each other, [left] columns for the first.
static int put_beside(struct lab_text *out, const struct lab_style *style,
                      const char *one, const char *two, int left, int rows) {
    int put = 0;
    for (; put < rows && (*one || *two); put++) {
        size_t n;
        const char *line = next_line(&one, &n);
        int used = lab_line_cut(out, line, n, left);
        line = next_line(&two, &n);
        if (n) {
            lab_text_repeat(out, " ", left - used);
            lab_text_put(out, style->ascii ? " | " : " │ ");
            lab_line_cut(out, line, n, style->width - left - 3);
        }
        lab_text_put(out, "\n");
    }
    return put;
}

// --- parts

// Where the moment is between the first and the last.
static void put_time(struct lab_text *out, const struct lab_style *style,
                     const struct lab_snapshot *snapshot) {
    const struct lab_state *state = snapshot->state;
    lab_time end = lab_record_end(state->record);
    struct lab_text last = {0};
    lab_time_put(&last, end);
    int cells = style->width - 6 - lab_line_columns(lab_text_string(&last));
    if (cells < 2)
        cells = 2;
    double part = end > 0 ? (double)snapshot->state->now / (double)end : 0;
    int at = (int)(part * (cells - 1));
    at = at < 0 ? 0 : at >= cells ? cells - 1 : at;
    lab_text_put(out, "0 s ");
    lab_text_repeat(out, style->ascii ? "=" : "━", at);
    lab_view_color(out, style, LAB_COLOR_HEAD);
    lab_text_put(out, style->ascii ? "O" : "●");
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_repeat(out, style->ascii ? "-" : "─", cells - 1 - at);
    lab_text_printf(out, " %s\n", lab_text_string(&last));
    lab_text_free(&last);
}

// Lanes take less than half of the screen: the rest says what they do not.
static void put_top(struct lab_text *out, const struct lab_style *style,
                    const struct lab_snapshot *snapshot, int rows) {
    enum { LESS = 5 };
    lab_panel_heading(out, style, snapshot);
    if (!lab_panel_lanes_put(out, style, snapshot, rows / 2 - LESS))
        put_time(out, style, snapshot);
    lab_panel_event_put(out, style, snapshot);
}

// Why there is no line to show.
static const char *no_line(const struct lab_snapshot *snapshot) {
    if (!snapshot->source)
        return "(the source is not here)";
    return snapshot->state->at == 0
               ? "(no line has run yet)"
               : "(no line of the program: the loop did that)";
}

static void put_source(struct lab_text *out, const struct lab_style *style,
                       const struct lab_snapshot *snapshot, int rows) {
    if (!lab_panel_source(out, style, snapshot, rows))
        lab_line_wrap(out, style, LAB_COLOR_DIM, 0, no_line(snapshot));
}

// With one variant there is no other to go to.
static void put_keys(struct lab_text *out, const struct lab_style *style,
                     bool has_others) {
    static const char *const drawn[] = {
        "← → event   ↑ ↓ turn   Home End   v variant   ? help   q leave",
        "← → event   ↑ ↓ turn   Home End   ? help   q leave",
        "← → event   ↑ ↓ turn   ? help   q leave",
        "? help  q leave",
    };
    static const char *const ascii[] = {
        "left/right: event  up/down: turn  Home/End  v  ? help  q leave",
        "left/right: event  up/down: turn  Home/End  ? help  q leave",
        "left/right: event  ? help  q leave",
        "? help  q leave",
    };
    size_t skip = has_others ? 0 : 1;
    const char *keys =
        style->ascii ? lab_line_fitting(ascii + skip, countof(ascii) - skip,
                                        style->width)
                     : lab_line_fitting(drawn + skip, countof(drawn) - skip,
                                        style->width);
    lab_line_paint(out, style, LAB_COLOR_DIM, keys, style->width);
}

// --- whole screens

enum { WIDE = 120, SOURCE_LEAST = 3, SOURCE_MOST = 9 };

// As many tasks as fit into [rows], with the lines around them.
static void put_tasks(struct lab_text *out, const struct lab_style *style,
                      const struct lab_snapshot *snapshot, int rows) {
    enum { OTHERS = 2, LEAST = 1 };
    int most = rows - OTHERS < LEAST ? LEAST : rows - OTHERS;
    lab_question_tasks(out, style, snapshot, (size_t)most);
}

static int put_wide(struct lab_text *out, const struct lab_style *style,
                    const struct lab_snapshot *snapshot, int rows) {
    struct lab_style left = *style, right = *style;
    struct lab_text source = {0}, state = {0};
    left.width = style->width * 9 / 20;
    right.width = style->width - left.width - 3;
    put_source(&source, &left, snapshot, rows);
    lab_panel_loop(&state, &right, snapshot, true);
    lab_text_put(&state, " \n"); // an empty row, except for the line beside it
    put_tasks(&state, &right, snapshot, rows - lab_line_count(&state, 0));
    int put = put_beside(out, style, lab_text_string(&source),
                         lab_text_string(&state), left.width, rows);
    lab_text_free(&source);
    lab_text_free(&state);
    return put;
}

static int put_narrow(struct lab_text *out, const struct lab_style *style,
                      const struct lab_snapshot *snapshot, int rows) {
    struct lab_text source = {0}, loop = {0}, tasks = {0};
    lab_panel_loop(&loop, style, snapshot, true);
    if (lab_line_count(&loop, 0) > rows / 2) {
        lab_text_clear(&loop);
        lab_panel_loop(&loop, style, snapshot, false);
    }
    put_tasks(&tasks, style, snapshot,
              rows - lab_line_count(&loop, 0) - SOURCE_LEAST - 2);
    int left = rows - lab_line_count(&loop, 0) - lab_line_count(&tasks, 0) - 2;
    left = left < SOURCE_LEAST ? SOURCE_LEAST : left;
    put_source(&source, style, snapshot,
               left < SOURCE_MOST ? left : SOURCE_MOST);
    int put = put_rows(out, lab_text_string(&source), style->width, rows);
    bool airy =
        rows - put > lab_line_count(&loop, 0) + lab_line_count(&tasks, 0) + 1;
    if (airy)
        put += put_rows(out, "\n", style->width, rows - put);
    put += put_rows(out, lab_text_string(&loop), style->width, rows - put);
    if (airy)
        put += put_rows(out, "\n", style->width, rows - put);
    put += put_rows(out, lab_text_string(&tasks), style->width, rows - put);
    lab_text_free(&source);
    lab_text_free(&loop);
    lab_text_free(&tasks);
    return put;
}

// All but the last row, in a style of 20 columns or more. Returns how many
// rows that were.
static int put_body(struct lab_text *out, const struct lab_style *style,
                    const struct lab_snapshot *snapshot, int rows) {
    struct lab_text top = {0};
    put_top(&top, style, snapshot, rows);
    int put = put_rows(out, lab_text_string(&top), style->width, rows);
    lab_text_free(&top);
    put += put_rows(out, "\n", style->width, rows - put);
    return put + (style->width >= WIDE
                      ? put_wide(out, style, snapshot, rows - put)
                      : put_narrow(out, style, snapshot, rows - put));
}

void lab_panel_screen(struct lab_text *out, const struct lab_style *style,
                      const struct lab_snapshot *snapshot, int rows) {
    enum { NARROWEST = 20 }; // for the layout; the screen may be narrower
    struct lab_style roomy = *style;
    struct lab_text body = {0}, keys = {0};
    if (roomy.width < NARROWEST)
        roomy.width = NARROWEST;
    if (rows > 1) {
        int put = put_body(&body, &roomy, snapshot, rows - 1);
        put_rows(out, lab_text_string(&body), style->width, put);
        lab_text_repeat(out, "\n", rows - 1 - put);
        put_keys(&keys, &roomy, snapshot->comparison->count > 1);
    } else {
        lab_panel_event_put(&keys, &roomy, snapshot);
        keys.length = strcspn(keys.data, "\n");
    }
    lab_line_cut(out, lab_text_string(&keys), keys.length, style->width);
    lab_text_free(&body);
    lab_text_free(&keys);
}

void lab_panel_help(struct lab_text *out, const struct lab_style *style,
                    bool has_others, int rows) {
    const char *const keys[][2] = {
        {"Right, Space", "one event on"},
        {"Left", "one event back"},
        {"Down, PgDn", "on to the next turn of the loop"},
        {"Up, PgUp", "back to the turn before"},
        {"Home, End", "to the beginning, to the end"},
        {has_others ? "v" : NULL, "the next variant, at the same time"},
        {"q, Esc, Ctrl-C", "leave; step, back and ps go on from there"},
    };
    lab_rows_put_screen(out, style, keys, countof(keys), rows);
}
