#include "view/picture_internal.h"

#include "base/alloc.h"
#include "view/line.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *utf8, *ascii, *name;
    enum lab_color color;
} looks[LAB_PICTURE_GLYPHS] = {
    [LAB_PICTURE_BLANK] = {" ", " ", "", LAB_COLOR_NONE},
#define STATE(is) [LAB_PICTURE_STATE + LAB_IS_##is]
    [LAB_PICTURE_INSIDE] = {"┄", "~", "waiting for a task", LAB_COLOR_WAITING},
    STATE(IDLE) = {"·", ".", "idle", LAB_COLOR_DIM},
    STATE(SUSPENDED) = {"═", "=", "suspended", LAB_COLOR_WAITING},
    STATE(CREATED) = {"○", "c", "created", LAB_COLOR_READY},
    STATE(WAITING) = {"─", "-", "waiting", LAB_COLOR_WAITING},
    STATE(READY) = {"╱", "/", "ready", LAB_COLOR_READY},
    STATE(QUEUED) = {"░", "q", "queued", LAB_COLOR_QUEUED},
    STATE(RUNNING) = {"●", "o", "running", LAB_COLOR_RUNNING},
    STATE(COMPUTING) = {"▓", "%", "computing", LAB_COLOR_BLOCKED},
    STATE(BLOCKED) = {"█", "#", "blocked", LAB_COLOR_BLOCKED},
#undef STATE
    [LAB_PICTURE_SHARED] = {"▒", "&", "computing on a shared core",
                            LAB_COLOR_BLOCKED},
    [LAB_PICTURE_SLICED] = {"▚", "$", "computing in slices", LAB_COLOR_BLOCKED},
    [LAB_PICTURE_JOB] = {"▐", "[", "a job starts", LAB_COLOR_RUNNING},
    [LAB_PICTURE_CALL] = {"▾", "v", "a call for a worker", LAB_COLOR_RUNNING},
    [LAB_PICTURE_TIMEOUT] = {"┆", ":", "a timeout passes", LAB_COLOR_WAITING},
    [LAB_PICTURE_MARK] = {"◆", "*", "mark", LAB_COLOR_HEAD},
    [LAB_PICTURE_FAILED] = {"✗", "!", "failed", LAB_COLOR_BAD},
    [LAB_PICTURE_CANCELLED] = {"⊘", "x", "cancelled", LAB_COLOR_BAD},
};

static const char *look(const struct lab_picture *picture, int glyph) {
    return picture->style->ascii ? looks[glyph].ascii : looks[glyph].utf8;
}

void lab_picture_init(struct lab_picture *picture, struct lab_text *out,
                      const struct lab_style *style, int margin, int values) {
    values = values < style->width / 4 ? values : style->width / 4;
    int room = style->width - margin - values;
    *picture = (struct lab_picture){.out = out, .style = style};
    picture->margin = margin;
    picture->values = values;
    picture->room = room > 1 ? room : 1;
    picture->cells = lab_alloc((size_t)picture->room);
    picture->letters = lab_alloc((size_t)picture->room);
}

void lab_picture_term(struct lab_picture *picture) {
    lab_free(picture->cells);
    lab_free(picture->letters);
}

void lab_picture_scale(struct lab_picture *picture, lab_time scale) {
    lab_picture_between(picture, 0, scale);
}

void lab_picture_between(struct lab_picture *picture, lab_time from,
                         lab_time to) {
    picture->axis = lab_axis_between(from, to, picture->room);
}

void lab_picture_turns(struct lab_picture *picture, int64_t last) {
    picture->axis = lab_axis_turns(last, picture->room);
}

// On the real clock every task is ready for an instant before it runs. What
// lasts less than half a cell would be a cell only by chance.
static bool too_short(const struct lab_picture *picture, lab_time from,
                      lab_time to, int glyph) {
    const struct lab_axis *axis = &picture->axis;
    return glyph == LAB_PICTURE_STATE + LAB_IS_READY &&
           (double)(to - from) * 2 * (axis->cells - 1) < (double)axis->scale;
}

static void fill(struct lab_picture *picture, lab_time from, lab_time to,
                 int glyph) {
    if (lab_picture_beside(picture, from, to) ||
        too_short(picture, from, to, glyph))
        return;
    int last = lab_axis_cell(&picture->axis, to);
    for (int i = lab_axis_cell(&picture->axis, from); i <= last; i++)
        if (picture->cells[i] < glyph)
            picture->cells[i] = (unsigned char)glyph;
}

// How many cells of the bar that starts in cell [at] come after that cell.
static size_t bar_after(const struct lab_picture *picture, int at) {
    size_t length = 0;
    for (int i = at + 1; i < picture->axis.cells; i++, length++)
        if (picture->cells[i] < LAB_PICTURE_STATE + LAB_IS_RUNNING ||
            picture->cells[i] == LAB_PICTURE_JOB)
            break;
    return length;
}

// Can each byte of [name] be put into a cell of its own?
static bool fits_cells(const char *name) {
    for (const char *c = name; *c; c++)
        if (*c < ' ' || *c > '~')
            return false;
    return *name != '\0';
}

// Writes a job's name into its bar if some of the bar is left after it; or else
// its number, likewise. Of jobs that start in one cell, the last has the bar.
static void name_job(struct lab_picture *picture,
                     const struct lab_moment *moment) {
    int at = lab_axis_cell(&picture->axis, moment->time);
    size_t room = bar_after(picture, at);
    char number[16];
    snprintf(number, sizeof number, "%u", (unsigned)moment->job);
    const char *name = moment->name;
    if (!fits_cells(name) || strlen(name) >= room)
        name = number;
    memset(picture->letters + at + 1, 0, room);
    if (strlen(name) < room)
        memcpy(picture->letters + at + 1, name, strlen(name));
}

static void change_color(struct lab_picture *picture, enum lab_color *from,
                         enum lab_color to) {
    if (*from == to)
        return;
    if (*from != LAB_COLOR_NONE)
        lab_view_color(picture->out, picture->style, LAB_COLOR_NONE);
    if (to != LAB_COLOR_NONE)
        lab_view_color(picture->out, picture->style, to);
    *from = to;
}

static void put_row(struct lab_picture *picture, const char *name) {
    int last = picture->axis.cells;
    while (last > 0 && picture->cells[last - 1] == LAB_PICTURE_BLANK)
        last--;
    if (picture->above && lab_line_columns(name) >= picture->margin) {
        lab_line_wrap(picture->out, picture->style, LAB_COLOR_NONE, 0, name);
        if (last == 0)
            return;
        name = "";
    }
    if (last == 0) { // no space at the end of a line
        lab_line_put(picture->out, picture->style, name, picture->margin - 1);
        lab_text_put(picture->out, "\n");
        return;
    }
    lab_line_name(picture->out, picture->style, name, picture->margin - 1);
    lab_text_put(picture->out, " ");
    enum lab_color color = LAB_COLOR_NONE;
    for (int i = 0; i < last; i++) {
        unsigned char glyph = picture->cells[i];
        picture->seen[glyph] = true;
        change_color(picture, &color, looks[glyph].color);
        if (picture->letters[i])
            lab_text_write(picture->out, &picture->letters[i], 1);
        else
            lab_text_put(picture->out, look(picture, glyph));
    }
    change_color(picture, &color, LAB_COLOR_NONE);
    lab_text_put(picture->out, "\n");
}

void lab_picture_times(struct lab_picture *picture,
                       const struct lab_lane *turns) {
    struct lab_text label = {0};
    int column = 0;
    lab_view_color(picture->out, picture->style, LAB_COLOR_DIM);
    lab_line_left(picture->out, picture->style, "at", picture->margin - 1);
    lab_text_put(picture->out, " ");
    for (size_t i = 0; i < turns->level_count; i++) {
        const struct lab_level *turn = &turns->levels[i];
        int cell = lab_axis_cell(&picture->axis, turn->time);
        lab_text_clear(&label);
        lab_time_put(&label, turn->value);
        if ((i > 0 && turn->value == turn[-1].value) || cell < column ||
            cell + (int)label.length > picture->room)
            continue;
        lab_text_repeat(picture->out, " ", cell - column);
        lab_text_put(picture->out, lab_text_string(&label));
        lab_text_put(picture->out, " ");
        column = cell + (int)label.length + 1;
    }
    lab_text_trim(picture->out);
    lab_view_color(picture->out, picture->style, LAB_COLOR_NONE);
    lab_text_put(picture->out, "\n");
    lab_text_free(&label);
}

// --- lanes

static int glyph_of(const struct lab_moment *moment) {
    return moment->job          ? LAB_PICTURE_JOB
           : moment->caller     ? LAB_PICTURE_CALL
           : moment->is_timeout ? LAB_PICTURE_TIMEOUT
                                : LAB_PICTURE_MARK;
}

// Does it compute for longer than it would on a core of its own? Under the real
// clock nothing takes exactly its time.
static bool is_shared(const struct lab_span *span) {
    return span->state == LAB_IS_COMPUTING && span->asked > 0 &&
           (double)(span->to - span->from) > 1.1 * (double)span->asked;
}

static bool waits_for_lock(const struct lab_lane *lane, size_t i) {
    return i < lane->span_count && lane->spans[i].state == LAB_IS_WAITING &&
           lane->spans[i].on == LAB_ON_INTERPRETER;
}

// Is the span with this number computing, and so short beside a wait for the
// interpreter lock that a cell has several such?
static bool is_slice(const struct lab_picture *picture,
                     const struct lab_lane *lane, size_t i) {
    const struct lab_span *span = &lane->spans[i];
    const struct lab_axis *axis = &picture->axis;
    return span->state == LAB_IS_COMPUTING &&
           (waits_for_lock(lane, i - 1) || waits_for_lock(lane, i + 1)) &&
           (double)(span->to - span->from) * (axis->cells - 1) <
               (double)axis->scale;
}

static int glyph_of_span(const struct lab_picture *picture,
                         const struct lab_lane *lane, size_t i) {
    const struct lab_span *span = &lane->spans[i];
    return span->inside                 ? LAB_PICTURE_INSIDE
           : is_slice(picture, lane, i) ? LAB_PICTURE_SLICED
           : is_shared(span)            ? LAB_PICTURE_SHARED
                                        : LAB_PICTURE_STATE + (int)span->state;
}

static void fill_lane(struct lab_picture *picture,
                      const struct lab_lane *lane) {
    for (size_t i = 0; i < lane->span_count; i++)
        fill(picture, lane->spans[i].from, lane->spans[i].to,
             glyph_of_span(picture, lane, i));
    for (size_t i = 0; i < lane->moment_count; i++)
        fill(picture, lane->moments[i].time, lane->moments[i].time,
             glyph_of(&lane->moments[i]));
    if (lane->ending > LAB_ENDING_OK)
        fill(picture, lane->to, lane->to,
             lane->ending == LAB_ENDING_FAILED ? LAB_PICTURE_FAILED
                                               : LAB_PICTURE_CANCELLED);
}

void lab_picture_lanes(struct lab_picture *picture, const char *name,
                       const struct lab_lane *lanes, size_t count) {
    if (lanes->level_count > 0) {
        lab_picture_gauge(picture, lanes);
        return;
    }
    memset(picture->cells, 0, (size_t)picture->axis.cells);
    memset(picture->letters, 0, (size_t)picture->axis.cells);
    for (size_t i = 0; i < count; i++)
        fill_lane(picture, &lanes[i]);
    for (size_t i = 0; count == 1 && i < lanes->moment_count; i++)
        if (lanes->moments[i].job &&
            !lab_picture_beside(picture, lanes->moments[i].time,
                                lanes->moments[i].time))
            name_job(picture, &lanes->moments[i]);
    put_row(picture, name);
}

// Appends a bracket of [cells] cells, with [text] in its middle.
static void put_bracket(struct lab_picture *picture, int cells,
                        const char *text) {
    bool ascii = picture->style->ascii;
    const char *line = ascii ? "-" : "─";
    int width = *text ? lab_line_columns(text) + 2 : 0;
    int rest = cells - 2 - width;
    lab_text_put(picture->out, ascii ? "|" : cells > 1 ? "├" : "│");
    lab_text_repeat(picture->out, line, rest / 2);
    if (*text) {
        lab_text_put(picture->out, " ");
        lab_line_put(picture->out, picture->style, text, width);
        lab_text_put(picture->out, " ");
    }
    lab_text_repeat(picture->out, line, rest - rest / 2);
    if (cells > 1)
        lab_text_put(picture->out, ascii ? "|" : "┤");
}

// Puts [text] below a bracket that begins in [column]: there, or as far to the
// left as it needs.
static void put_below(struct lab_picture *picture, int column,
                      const char *text) {
    int last = picture->style->width - lab_line_columns(text);
    column = column < last ? column : last;
    if (column < 2) {
        lab_line_wrap(picture->out, picture->style, LAB_COLOR_HEAD, 2, text);
        return;
    }
    lab_text_repeat(picture->out, " ", column);
    lab_line_paint(picture->out, picture->style, LAB_COLOR_HEAD, text,
                   picture->style->width - column);
    lab_text_put(picture->out, "\n");
}

void lab_picture_bracket(struct lab_picture *picture, lab_time from,
                         lab_time to, const char *text) {
    if (lab_picture_beside(picture, from, to))
        return;
    int width = lab_line_columns(text);
    int first = lab_axis_cell(&picture->axis, from);
    int cells = lab_axis_cell(&picture->axis, to) - first + 1;
    bool inside = width + 6 <= cells; // at least one cell of line a side
    bool after = !inside && first + cells + 1 + width <= picture->room;
    bool before = !inside && !after && width + 1 <= first;

    int blank = picture->margin + first;
    lab_text_repeat(picture->out, " ", before ? blank - width - 1 : blank);
    lab_view_color(picture->out, picture->style, LAB_COLOR_HEAD);
    if (before) {
        lab_line_put(picture->out, picture->style, text, width);
        lab_text_put(picture->out, " ");
    }
    put_bracket(picture, cells, inside ? text : "");
    if (after) {
        lab_text_put(picture->out, " ");
        lab_line_put(picture->out, picture->style, text, width);
    }
    lab_view_color(picture->out, picture->style, LAB_COLOR_NONE);
    lab_text_put(picture->out, "\n");
    if (!inside && !after && !before)
        put_below(picture, blank, text);
}

void lab_picture_glyph(struct lab_text *out, const struct lab_style *style,
                       enum lab_picture_glyph glyph, int times) {
    if (times <= 0)
        return;
    lab_view_color(out, style, looks[glyph].color);
    lab_text_repeat(out, style->ascii ? looks[glyph].ascii : looks[glyph].utf8,
                    times);
    lab_view_color(out, style, LAB_COLOR_NONE);
}

void lab_picture_legend(struct lab_picture *picture, const char *mark) {
    static const int order[] = {
        LAB_PICTURE_STATE + LAB_IS_RUNNING,
        LAB_PICTURE_STATE + LAB_IS_WAITING,
        LAB_PICTURE_INSIDE,
        LAB_PICTURE_STATE + LAB_IS_CREATED,
        LAB_PICTURE_STATE + LAB_IS_SUSPENDED,
        LAB_PICTURE_STATE + LAB_IS_READY,
        LAB_PICTURE_STATE + LAB_IS_QUEUED,
        LAB_PICTURE_STATE + LAB_IS_BLOCKED,
        LAB_PICTURE_STATE + LAB_IS_COMPUTING,
        LAB_PICTURE_SHARED,
        LAB_PICTURE_SLICED,
        LAB_PICTURE_STATE + LAB_IS_IDLE,
        LAB_PICTURE_JOB,
        LAB_PICTURE_CALL,
        LAB_PICTURE_TIMEOUT,
        LAB_PICTURE_MARK,
        LAB_PICTURE_FAILED,
        LAB_PICTURE_CANCELLED,
    };
    int column = 0, room = picture->style->width;
    for (size_t i = 0; i < countof(order); i++) {
        int glyph = order[i];
        if (!picture->seen[glyph])
            continue;
        const char *name = glyph == LAB_PICTURE_MARK ? mark : looks[glyph].name;
        int width = lab_line_columns(name) + 2;
        if (width > room)
            width = room;
        if (column > 0 && column + 2 + width > room) {
            lab_text_put(picture->out, "\n");
            column = 0;
        }
        lab_text_repeat(picture->out, " ", column ? 2 : 0);
        column += (column ? 2 : 0) + width;
        lab_line_paint(picture->out, picture->style, looks[glyph].color,
                       look(picture, glyph), picture->style->width);
        lab_text_put(picture->out, " ");
        lab_line_put(picture->out, picture->style, name, width - 2);
    }
    lab_text_put(picture->out, column ? "\n" : "");
}

void lab_picture_end(struct lab_picture *picture, const char *mark) {
    size_t start = picture->out->length;
    lab_text_put(picture->out, "\n");
    lab_picture_legend(picture, mark);
    if (picture->out->length == start + 1)
        lab_text_cut(picture->out, start);
}
