#include "view/axis.h"

#include "base/alloc.h"
#include "view/line.h"

#include <inttypes.h>

// Appends [time] without needless digits, in the unit that suits the whole.
void lab_axis_label(struct lab_text *out, const struct lab_axis *axis,
                    lab_time time) {
    static const struct {
        lab_time unit;
        const char *name;
    } units[] = {{LAB_S, "s"}, {LAB_MS, "ms"}, {LAB_US, "us"}, {1, "ns"}};
    lab_time scale = axis->from + axis->scale;
    size_t i = 0;
    if (axis->in_turns) {
        lab_text_printf(out, "%" PRId64, time);
        return;
    }
    while (scale < units[i].unit && units[i].unit > 1)
        i++;
    lab_time_put_in(out, time, units[i].unit);
    if (time > 0)
        lab_text_printf(out, " %s", units[i].name);
}

// The columns of the widest label when ticks are [step] apart.
static int widest(const struct lab_axis *axis, lab_time step) {
    struct lab_text label = {0};
    int columns = 0;
    // It is among the last ten: they have most digits before the point, and
    // one of them has all decimals that the step has.
    lab_time last = (axis->from + axis->scale) / step;
    for (lab_time k = last; k > 0 && k > last - 10; k--) {
        lab_text_clear(&label);
        lab_axis_label(&label, axis, k * step);
        if ((int)label.length > columns)
            columns = (int)label.length;
    }
    lab_text_free(&label);
    return columns;
}

enum {
    MOST_TICKS = 12,
    BETWEEN = 3, // columns at least between two labels
};

// Sets the ticks of [axis] to [power] times 1, 2 or 5, the first whose labels
// stand far enough apart. False if none does; the last one is set then.
static bool set_ticks(struct lab_axis *axis, lab_time power) {
    // Into how many parts each is best divided: 1 into tenths or quarters.
    static const int factors[] = {1, 2, 5};
    static const int parts[][3] = {{10, 4, 2}, {4, 2, 1}, {10, 5, 1}};
    for (size_t i = 0; i < countof(factors); i++) {
        if (power > axis->scale / factors[i])
            return false;
        lab_time step = power * factors[i];
        double room = (double)step / (double)axis->scale * (axis->cells - 1);
        int least = widest(axis, step) + BETWEEN;
        int fewest = axis->cells / MOST_TICKS;
        axis->step = step;
        axis->apart = (int)room;
        if (room < least || room < fewest)
            continue;
        for (size_t j = 0; j < countof(parts[i]); j++) {
            int whole = axis->apart / parts[i][j] * parts[i][j];
            // Even steps are worth an eighth of the width, not more.
            if (whole < least - 1 || whole * 8 < axis->apart * 7)
                continue;
            axis->apart = whole;
            break;
        }
        return true;
    }
    return false;
}

static struct lab_axis axis_of(lab_time from, lab_time to, int cells,
                               bool in_turns) {
    lab_time scale = to > from ? to - from : 0;
    struct lab_axis axis = {.from = from,
                            .scale = scale,
                            .cells = cells > 1 ? cells : 1,
                            .in_turns = in_turns};
    for (lab_time power = 1; power <= scale; power *= 10)
        if (set_ticks(&axis, power) || power > INT64_MAX / 10)
            break;
    if (axis.apart == 0)
        axis.step = 0;
    axis.cells = lab_axis_cell(&axis, from + scale) + 1;
    return axis;
}

struct lab_axis lab_axis_between(lab_time from, lab_time to, int cells) {
    return axis_of(from, to, cells, false);
}

struct lab_axis lab_axis_turns(int64_t last, int cells) {
    return axis_of(1, last, cells, true);
}

struct lab_axis lab_axis_of(lab_time scale, int cells) {
    return lab_axis_between(0, scale, cells);
}

int lab_axis_cell(const struct lab_axis *axis, lab_time time) {
    if (time <= axis->from || axis->scale <= 0)
        return 0;
    time -= axis->from;
    if (time > axis->scale)
        time = axis->scale;
    // In doubles, since years of nanoseconds times cells overflow an int64.
    double cell = axis->step
                      ? (double)time / (double)axis->step * axis->apart
                      : (double)time / (double)axis->scale * (axis->cells - 1);
    return (int)(cell + 0.5);
}

// The first tick that is not before the axis, as a multiple of its step.
static lab_time first_tick(const struct lab_axis *axis) {
    return axis->from / axis->step + (axis->from % axis->step > 0);
}

static lab_time last_tick(const struct lab_axis *axis) {
    return (axis->from + axis->scale) / axis->step;
}

// Appends the labels, each in the middle above its tick where it fits.
static void put_labels(struct lab_text *out, const struct lab_axis *axis) {
    struct lab_text label = {0};
    int column = 0;
    lab_time step = axis->step;
    for (lab_time k = first_tick(axis); k <= last_tick(axis); k++) {
        lab_text_clear(&label);
        lab_axis_label(&label, axis, k * step);
        int width = (int)label.length;
        int at = lab_axis_cell(axis, k * step) - width / 2;
        if (at > axis->cells - width)
            at = axis->cells - width;
        if (column == 0 && at < 0)
            at = 0;
        if (at < column + (column > 0))
            continue;
        lab_text_repeat(out, " ", at - column);
        lab_text_put(out, lab_text_string(&label));
        column = at + width;
    }
    lab_text_free(&label);
}

// Where there is room for no tick, says at least when the axis begins.
static void put_begin(struct lab_text *out, const struct lab_style *style,
                      const struct lab_axis *axis, int columns) {
    struct lab_text label = {0};
    lab_axis_label(&label, axis, axis->from);
    lab_line_put(out, style, lab_text_string(&label), columns);
    lab_text_free(&label);
}

// The cell of the first tick, of which the others are multiples apart.
static int ticks_from(const struct lab_axis *axis) {
    return axis->step ? lab_axis_cell(axis, first_tick(axis) * axis->step) : 0;
}

static void put_ruler(struct lab_text *out, const struct lab_style *style,
                      const struct lab_axis *axis) {
    int first = ticks_from(axis);
    lab_text_put(out, style->ascii ? "|" : "├");
    for (int i = 1; i < axis->cells; i++) {
        bool tick = axis->step && i >= first && (i - first) % axis->apart == 0;
        if (style->ascii)
            lab_text_put(out, tick ? "+" : "-");
        else if (i == axis->cells - 1)
            lab_text_put(out, tick ? "┤" : "╴");
        else
            lab_text_put(out, tick ? "┼" : "─");
    }
}

void lab_axis_put(struct lab_text *out, const struct lab_style *style,
                  const struct lab_axis *axis, int indent) {
    lab_text_repeat(out, " ", indent);
    lab_view_color(out, style, LAB_COLOR_DIM);
    if (axis->step && first_tick(axis) <= last_tick(axis))
        put_labels(out, axis);
    else
        put_begin(out, style, axis, style->width - indent);
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
    lab_text_repeat(out, " ", indent);
    lab_view_color(out, style, LAB_COLOR_DIM);
    put_ruler(out, style, axis);
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
}
