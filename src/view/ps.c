#include "base/alloc.h"
#include "view/line.h"
#include "view/question.h"
#include "view/wording.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

uint32_t lab_question_named(const struct lab_record *record, const char *word) {
    struct lab_labels *labels = lab_labels_new(record);
    uint32_t found = lab_labels_find(labels, word);
    lab_labels_free(labels);
    return found;
}

// Returns the task of [state] whose number is [word], as in "t3", "3" or
// "t3 job 1"; 0 if there is none.
static uint32_t numbered(const struct lab_state *state, const char *word) {
    const char *digits = word + (*word == 't');
    char *end;
    unsigned long number = strtoul(digits, &end, 10);
    if (*digits < '0' || *digits > '9' || number > UINT32_MAX ||
        !lab_state_task(state, (uint32_t)number))
        return 0;
    bool is_whole = *end == '\0' ||
                    (*end == ' ' && strcmp(lab_labels_name(state->labels, 't',
                                                           (uint32_t)number),
                                           end + 1) == 0);
    return is_whole ? (uint32_t)number : 0;
}

uint32_t lab_question_task(const struct lab_state *state, const char *word) {
    uint32_t found = numbered(state, word);
    uint32_t named = lab_labels_find(state->labels, word);
    if (found)
        return found;
    if (named && lab_state_task(state, named))
        return named;
    for (size_t i = 0; i < state->tasks.count; i++) {
        const struct lab_state_task *task = lab_state_task_at(state, i);
        if (strcmp(lab_state_name(state, task->spawned), word) != 0)
            continue;
        if (task->is != LAB_IS_ENDED)
            return task->number;
        found = found ? found : task->number;
    }
    return found;
}

// The column before says already that it waits.
static void put_reason(struct lab_text *out, const struct lab_state *state,
                       const struct lab_state_task *task) {
    struct lab_text all = {0};
    if (lab_is_held(task->is)) {
        lab_text_put(out, "holds the thread");
        lab_wording_until(out, task->held_till);
    } else if (lab_is_waiting(task->is)) {
        lab_wording_wait(&all, lab_wording_of(state), task);
        const char *text = lab_text_string(&all);
        lab_text_put(out, strncmp(text, "waits ", 6) == 0 ? text + 6 : text);
    } else if (lab_is_ready(task->is)) {
        lab_text_put(out, "its turn");
        if (task->is == LAB_IS_NEW)
            lab_text_put(out, "; has never run");
        if (lab_state_overdue(task)) {
            lab_text_put(out, "; was due at ");
            lab_time_put(out, task->deadline);
        }
    }
    if (task->cancelled)
        lab_text_printf(out, "%s%s", out->length ? "; " : "",
                        task->delivered ? "was told to stop"
                                        : "is to stop, and has not heard");
    lab_text_free(&all);
}

enum {
    GAUGES = 3,  // that have a column
    BESIDE = 30, // columns of a screen on which a reason stands in the row
};

// Appends "12", or "helper.py:12" if that is in another file, in whichever
// folder.
static void put_location(struct lab_text *out, const struct lab_record *record,
                         uint32_t location) {
    const struct lab_record_file *file = lab_location_file(record, location);
    const char *slash = file ? strrchr(file->name, '/') : NULL;
    if (file)
        lab_text_printf(out, "%s:", slash ? slash + 1 : file->name);
    if (location)
        lab_text_printf(out, "%u", lab_location_line(location));
}

struct columns {
    int task, state, since, line, reason;
    int gauges[GAUGES]; // 0: there is none
    struct lab_times times;
};

// What a task has added to each gauge.
struct counts {
    uint32_t task;
    int64_t values[GAUGES];
};

// The counts of each task that has any, of struct counts.
static struct lab_numbered counts_of(const struct lab_state *state) {
    struct lab_numbered counts = {.size = sizeof(struct counts)};
    for (size_t i = 0; state->gauges.count > 0 && i < state->at; i++) {
        const struct lab_event *event = lab_record_at(state->record, i);
        if (event->kind != LAB_EVENT_COUNT || event->worker)
            continue;
        struct counts *its = lab_numbered_need(&counts, event->task);
        for (size_t j = 0; j < GAUGES && j < state->gauges.count; j++) {
            const struct lab_state_gauge *gauge =
                lab_numbered_at(&state->gauges, j);
            int64_t *value = &its->values[j];
            if (gauge->text == event->text &&
                __builtin_add_overflow(*value, event->value, value))
                *value = event->value < 0 ? INT64_MIN : INT64_MAX;
        }
    }
    return counts;
}

static const char *gauge_name(const struct lab_state *state, int index) {
    const struct lab_state_gauge *gauge =
        lab_numbered_at(&state->gauges, (size_t)index);
    return lab_record_string(state->record, gauge->text);
}

static void put_cell(struct lab_text *out, const struct lab_style *style,
                     const char *text, int columns) {
    if (columns <= 0)
        return;
    lab_line_left(out, style, text, columns);
    lab_text_put(out, "  ");
}

static void put_gauges(struct lab_text *out, const struct lab_style *style,
                       const struct columns *columns,
                       const struct counts *counts) {
    for (int i = 0; i < GAUGES && columns->gauges[i]; i++) {
        struct lab_text value = {0};
        if (counts && counts->values[i] != 0)
            lab_text_printf(&value, "%+" PRId64, counts->values[i]);
        put_cell(out, style, lab_text_string(&value), columns->gauges[i]);
        lab_text_free(&value);
    }
}

static enum lab_color color_of(const struct lab_state_task *task) {
    return lab_is_held(task->is)        ? LAB_COLOR_BLOCKED
           : task->is == LAB_IS_RUNNING ? LAB_COLOR_RUNNING
           : task->is == LAB_IS_QUEUED  ? LAB_COLOR_QUEUED
           : lab_is_waiting(task->is)   ? LAB_COLOR_WAITING
                                        : LAB_COLOR_READY;
}

// Appends [line]; its first word in the colour of [task] if that is its state.
static void put_reason_line(struct lab_text *out, const struct lab_style *style,
                            const struct columns *columns,
                            const struct lab_state_task *task,
                            const char *line) {
    struct lab_text word = {0};
    size_t n = task ? strcspn(line, " ;") : 0;
    lab_text_write(&word, line, n);
    if (n > 0)
        lab_line_paint(out, style, color_of(task), lab_text_string(&word),
                       columns->reason);
    lab_line_put(out, style, line + n, columns->reason - (int)n);
    lab_text_trim(out);
    lab_text_put(out, "\n");
    lab_text_free(&word);
}

static void put_reason_lines(struct lab_text *out,
                             const struct lab_style *style,
                             const struct columns *columns,
                             const struct lab_state_task *task,
                             const struct lab_text *reason) {
    struct lab_text lines = {0}, line = {0};
    if (columns->reason == 0) { // no room beside the rest
        lab_text_trim(out);
        lab_text_put(out, "\n");
        if (reason->length > 0)
            lab_line_wrap(out, style, LAB_COLOR_NONE, 2, reason->data);
        return;
    }
    lab_text_wrap(&lines, lab_text_string(reason), columns->reason);
    for (const char *at = lab_text_string(&lines), *first = at; at;) {
        size_t n = strcspn(at, "\n");
        bool has_state = at == first && !columns->state;
        lab_text_clear(&line);
        lab_text_write(&line, at, n);
        lab_text_repeat(out, " ",
                        at == first ? 0 : style->width - columns->reason);
        put_reason_line(out, style, columns, has_state ? task : NULL,
                        lab_text_string(&line));
        at = at[n] ? at + n + 1 : NULL;
    }
    lab_text_free(&lines);
    lab_text_free(&line);
}

// In a column of its own or, without one, in front of the reason: "waiting for
// t3", "ready; has never run" and, which says as much alone, "sleeps until 1
// s".
static void put_state(struct lab_text *out, const struct lab_style *style,
                      const struct columns *columns,
                      const struct lab_state_task *task,
                      struct lab_text *reason) {
    static const char its_turn[] = "its turn";
    const char *name = lab_is_name(task->is), *more = lab_text_string(reason);
    struct lab_text both = {0};
    if (columns->state) {
        lab_view_color(out, style, color_of(task));
        lab_text_put(out, name);
        lab_view_color(out, style, LAB_COLOR_NONE);
        lab_text_repeat(out, " ", columns->state + 2 - (int)strlen(name));
        return;
    }
    if (lab_is_waiting(task->is) && *more && strncmp(more, "for ", 4) != 0)
        return;
    if (strncmp(more, its_turn, strlen(its_turn)) == 0)
        lab_text_printf(&both, "%s%s", name, more + strlen(its_turn));
    else
        lab_text_printf(&both, "%s %s", name, more);
    lab_text_trim(&both);
    lab_text_free(reason);
    *reason = both;
}

static void put_row(struct lab_text *out, const struct lab_style *style,
                    const struct columns *columns,
                    const struct lab_state *state,
                    const struct lab_state_task *task,
                    const struct lab_numbered *counts) {
    struct lab_text name = {0}, since = {0}, line = {0}, reason = {0};
    lab_wording_task(&name, lab_wording_of(state), task->number);
    lab_times_put(&since, &columns->times, task->since);
    put_location(&line, state->record, task->line);
    put_reason(&reason, state, task);
    lab_line_name(out, style, lab_text_string(&name), columns->task);
    lab_text_put(out, "  ");
    put_state(out, style, columns, task, &reason);
    put_cell(out, style, lab_text_string(&since), columns->since);
    put_cell(out, style, lab_text_string(&line), columns->line);
    put_gauges(out, style, columns, lab_numbered_find(counts, task->number));
    put_reason_lines(out, style, columns, task, &reason);
    lab_text_free(&name);
    lab_text_free(&since);
    lab_text_free(&line);
    lab_text_free(&reason);
}

static struct lab_times times_of(const struct lab_state *state) {
    struct lab_times times = {0};
    for (size_t i = 0; i < state->tasks.count; i++) {
        const struct lab_state_task *task = lab_state_task_at(state, i);
        if (task->is != LAB_IS_ENDED)
            lab_times_add(&times, task->since);
    }
    return times;
}

static int width_of(const struct lab_times *times) {
    enum { LEAST = 8 };
    struct lab_text text = {0};
    lab_times_put(&text, times, times->longest);
    int width = (int)text.length;
    lab_text_free(&text);
    return width > LEAST ? width : LEAST;
}

// Names come first; the reasons get the rest, half of a wide terminal at least.
// A narrow one lacks the columns that say least. If there are few rows, too
// ([is_short]), states and reasons share a column.
static struct columns columns_of(const struct lab_style *style,
                                 const struct lab_state *state, bool is_short) {
    struct columns columns = {.task = 4, .state = 9, .line = 4};
    bool is_narrow = style->width < 60;
    bool is_below = style->width < BESIDE || (is_narrow && !is_short);
    bool joins = is_narrow && is_short && !is_below;
    int most = style->width >= 120 ? style->width / 2
               : is_below          ? style->width - columns.state - 2
               : joins             ? style->width * 2 / 5
                                   : style->width / 4;
    if (joins)
        columns.state = 0;
    for (size_t i = 0; i < state->tasks.count && i < 1000; i++) {
        struct lab_text name = {0};
        const struct lab_state_task *task = lab_state_task_at(state, i);
        if (task->is != LAB_IS_ENDED)
            lab_wording_task(&name, lab_wording_of(state), task->number);
        int n = lab_line_columns(lab_text_string(&name));
        columns.task = n > columns.task ? n : columns.task;
        lab_text_clear(&name);
        if (task->is != LAB_IS_ENDED)
            put_location(&name, state->record, task->line);
        n = lab_line_columns(lab_text_string(&name));
        columns.line = n > columns.line ? n : columns.line;
        lab_text_free(&name);
    }
    if (columns.task > most)
        columns.task = most > 4 ? most : 4;
    if (columns.line > most)
        columns.line = most > 4 ? most : 4;
    columns.times = times_of(state);
    columns.since = width_of(&columns.times);
    if (is_narrow)
        columns.line = columns.since = 0;
    int used = columns.task + 2 + (columns.state ? columns.state + 2 : 0) +
               (columns.line ? columns.line + columns.since + 4 : 0);
    for (int i = 0; i < GAUGES && (size_t)i < state->gauges.count; i++) {
        int n = lab_line_columns(gauge_name(state, i));
        n = n < 3 ? 3 : n > 12 ? 12 : n;
        if (style->width - used - n - 2 < 30) // the reason says more
            break;
        columns.gauges[i] = n;
        used += n + 2;
    }
    columns.reason = style->width > used && !is_below ? style->width - used : 0;
    return columns;
}

static void put_head(struct lab_text *out, const struct lab_style *style,
                     const struct columns *columns,
                     const struct lab_state *state) {
    struct lab_text line = {0};
    put_cell(&line, style, "task", columns->task);
    put_cell(&line, style, "state", columns->state);
    put_cell(&line, style, "since", columns->since);
    put_cell(&line, style, "line", columns->line);
    for (int i = 0; i < GAUGES && columns->gauges[i]; i++)
        put_cell(&line, style, gauge_name(state, i), columns->gauges[i]);
    lab_line_put(&line, style, columns->state ? "waits for" : "state",
                 columns->reason);
    lab_text_trim(&line);
    lab_line_paint(out, style, LAB_COLOR_DIM, lab_text_string(&line),
                   style->width);
    lab_text_put(out, "\n");
    if (!columns->reason) // it is on a line of its own
        lab_line_printf(out, style, LAB_COLOR_DIM, 2, "waits for");
    lab_text_free(&line);
}

static size_t count_living(const struct lab_state *state) {
    size_t living = 0;
    for (size_t i = 0; i < state->tasks.count; i++)
        living += lab_state_task_at(state, i)->is != LAB_IS_ENDED;
    return living;
}

void lab_question_tasks(struct lab_text *out, const struct lab_style *style,
                        const struct lab_snapshot *snapshot, size_t rows) {
    const struct lab_state *state = snapshot->state;
    struct columns columns = columns_of(style, state, rows != SIZE_MAX);
    size_t living = count_living(state), put = 0;
    if (living == 0) {
        lab_line_wrap(out, style, LAB_COLOR_NONE, 0,
                      state->tasks.count ? "No task is left: all have ended."
                                         : "No task is there: none was spawned "
                                           "yet.");
        return;
    }
    struct lab_numbered counts = counts_of(state);
    put_head(out, style, &columns, state);
    const void **order = lab_numbered_in_order(&state->tasks);
    size_t lines = 0;
    for (size_t i = 0; put < living; i++) {
        const struct lab_state_task *task = order[i];
        size_t before = out->length;
        if (task->is == LAB_IS_ENDED)
            continue;
        put_row(out, style, &columns, state, task, &counts);
        lines += (size_t)lab_line_count(out, before);
        if (put > 0 && lines > rows) {
            lab_text_cut(out, before);
            break;
        }
        put++;
    }
    lab_free(order);
    lab_numbered_free(&counts);
    if (put < living)
        lab_line_printf(out, style, LAB_COLOR_DIM, 0, "and %zu more",
                        living - put);
}

void lab_question_ps(struct lab_text *out, const struct lab_style *style,
                     const struct lab_snapshot *snapshot) {
    lab_question_tasks(out, style, snapshot, SIZE_MAX);
}
