#include "view/panel.h"

#include "base/alloc.h"
#include "base/error.h"
#include "view/line.h"
#include "view/panel_internal.h"
#include "view/sentence.h"
#include "view/source.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>

enum { ROOT = 1 }; // its task's number

size_t lab_panel_stopped(const struct lab_snapshot *snapshot) {
    const struct lab_record *record = snapshot->run->record;
    size_t count = lab_record_count(record);
    if (snapshot->run->rc != LAB_EINTR)
        return lab_state_deadlock(record);
    for (size_t i = 0; i < count; i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind == LAB_EVENT_CANCEL && event->task == ROOT)
            return i;
    }
    return count; // it ended before it was told
}

void lab_panel_heading(struct lab_text *out, const struct lab_style *style,
                       const struct lab_snapshot *snapshot) {
    const struct lab_state *state = snapshot->state;
    size_t count = lab_record_count(state->record);
    struct lab_text line = {0};
    if (snapshot->comparison->number > 0)
        lab_text_printf(&line, "%02d ", snapshot->comparison->number);
    lab_text_printf(&line, "%s: event %zu of %zu, at ", snapshot->run->name,
                    state->at, count);
    lab_time_put(&line, state->now);
    if (state->turn > 0)
        lab_text_printf(&line, ", turn %" PRId64, state->turn);
    if (state->at == count && lab_record_left_out(state->record) > 0)
        lab_text_put(&line, ", where the record is full");
    else if (snapshot->live)
        lab_text_put(&line, ", and it continues");
    else if (state->at == lab_panel_stopped(snapshot))
        lab_text_put(&line, snapshot->run->rc == LAB_EINTR
                                ? ", where it was interrupted"
                                : ", where it was deadlocked");
    else if (state->at == count)
        lab_text_put(&line, ", the end");
    lab_line_end(out, style, LAB_COLOR_HEAD, 0, &line);
}

const struct lab_event *lab_panel_event(const struct lab_snapshot *snapshot) {
    const struct lab_state *state = snapshot->state;
    return state->at ? lab_record_at(state->record, state->at - 1) : NULL;
}

void lab_panel_event_put(struct lab_text *out, const struct lab_style *style,
                         const struct lab_snapshot *snapshot) {
    const struct lab_event *event = lab_panel_event(snapshot);
    struct lab_text line = {0};
    if (event)
        lab_sentence_put(&line, lab_wording_of(snapshot->state), event);
    else
        lab_text_put(&line, "Nothing has happened yet.");
    lab_line_end(out, style, LAB_COLOR_NONE, 2, &line);
}

// Where the event was, or else where the task it is about is.
static uint32_t location_of(const struct lab_snapshot *snapshot) {
    const struct lab_event *event = lab_panel_event(snapshot);
    const struct lab_state_task *task =
        event ? lab_state_task(snapshot->state, event->task) : NULL;
    return event && event->line ? event->line : task ? task->line : 0;
}

bool lab_panel_source(struct lab_text *out, const struct lab_style *style,
                      const struct lab_snapshot *snapshot, int rows) {
    size_t n;
    uint32_t location = location_of(snapshot);
    const struct lab_record *record = snapshot->state->record;
    const struct lab_record_file *file = lab_location_file(record, location);
    const char *code = lab_location_code(record, location, snapshot->source);
    if (!lab_source_line(code, lab_location_line(location), &n))
        return false;
    if (file && rows-- > 1) {
        lab_line_paint(out, style, LAB_COLOR_DIM, file->name, style->width);
        lab_text_put(out, "\n");
    }
    lab_source_put(out, style, code, lab_location_line(location), rows);
    return true;
}

// --- what the loop has in hand

enum { LABEL = 8 };

// Items on a line that begins with a label, or on two if it [wraps] on a narrow
// screen. Those that do not fit are counted.
struct strip {
    struct lab_text line;
    int room;
    size_t put, left;
    bool full, wraps;
};

static struct strip strip_of(const struct lab_style *style, bool wraps,
                             size_t count) {
    int room = style->width - LABEL;
    return (struct strip){.room = wraps && style->width < 80 ? 2 * room : room,
                          .left = count,
                          .wraps = wraps};
}

// Frees [item].
static void add_item(struct strip *strip, struct lab_text *item) {
    enum { FOR_THE_COUNT = 12 };
    int columns = lab_line_columns(lab_text_string(item)) + 2;
    int needed = columns + (strip->left > 1 ? FOR_THE_COUNT : 0);
    if (!strip->full && strip->put > 0 && needed > strip->room) {
        lab_text_printf(&strip->line, " and %zu more", strip->left);
        strip->full = true;
    }
    if (!strip->full) {
        lab_text_printf(&strip->line, "%s%s", strip->put++ ? ", " : "",
                        lab_text_string(item));
        strip->room -= columns;
        strip->left--;
    }
    lab_text_free(item);
}

static void put_strip(struct lab_text *out, const struct lab_style *style,
                      const char *label, struct strip *strip) {
    lab_view_color(out, style, LAB_COLOR_DIM);
    lab_line_left(out, style, label, LABEL);
    lab_view_color(out, style, LAB_COLOR_NONE);
    const char *string = strip->put ? lab_text_string(&strip->line) : "none";
    int room = style->width - LABEL;
    struct lab_text lines = {0}, line = {0};
    lab_text_wrap(&lines, string, strip->wraps ? room : INT_MAX);
    for (const char *at = lab_text_string(&lines), *first = at; *at;) {
        size_t n = strcspn(at, "\n");
        lab_text_clear(&line);
        lab_text_write(&line, at, n);
        lab_text_repeat(out, " ", at == first ? 0 : LABEL);
        lab_line_put(out, style, lab_text_string(&line), room);
        lab_text_put(out, "\n");
        at += n + (at[n] == '\n');
    }
    lab_text_free(&lines);
    lab_text_free(&line);
    lab_text_free(&strip->line);
}

static void put_tasks(struct lab_text *out, const struct lab_style *style,
                      const struct lab_state *state, bool wraps, bool timers) {
    const struct lab_state_task **list;
    size_t count =
        timers ? lab_state_timers(state, &list) : lab_state_ready(state, &list);
    struct strip strip = strip_of(style, wraps, count);
    for (size_t i = 0; i < count && !strip.full; i++) {
        struct lab_text item = {0};
        bool overdue = !timers && lab_state_overdue(list[i]);
        lab_wording_task(&item, lab_wording_of(state), list[i]->number);
        if (timers || overdue) {
            lab_text_put(&item, timers ? " at " : " (was due at ");
            lab_time_put(&item, list[i]->deadline);
            lab_text_put(&item, timers ? "" : ")");
        }
        add_item(&strip, &item);
    }
    lab_free(list);
    put_strip(out, style, timers ? "timers" : "ready", &strip);
}

static void put_pool(struct lab_text *item, const struct lab_state *state,
                     const struct lab_state_pool *pool) {
    size_t workers = 0, busy = 0, queued = 0;
    for (size_t i = 0; i < state->workers.count; i++) {
        const struct lab_state_worker *worker =
            lab_numbered_at(&state->workers, i);
        workers += worker->pool == pool->number;
        busy += worker->pool == pool->number && worker->job;
    }
    for (size_t i = 0; i < state->jobs.count; i++) {
        const struct lab_state_job *job = lab_state_job_at(state, i);
        queued += job->pool == pool->number && job->is == LAB_IS_QUEUED;
    }
    const char *name = lab_state_name(state, pool->named);
    lab_text_printf(item, "%s: %zu of %zu workers busy, %zu queued",
                    *name ? name : "pool", busy, workers, queued);
}

static void put_pools(struct lab_text *out, const struct lab_style *style,
                      const struct lab_state *state, bool wraps) {
    struct strip strip = strip_of(style, wraps, state->pools.count);
    const void **order = lab_numbered_in_order(&state->pools);
    for (size_t i = 0; i < state->pools.count && !strip.full; i++) {
        struct lab_text item = {0};
        put_pool(&item, state, order[i]);
        add_item(&strip, &item);
    }
    lab_free(order);
    if (strip.put)
        put_strip(out, style, "pools", &strip);
}

// The holder of a lock is known while a task waits for it.
static struct lab_numbered wanted_locks(const struct lab_state *state) {
    struct lab_numbered wanted = {.size = sizeof(uint32_t)};
    for (size_t i = 0; i < state->tasks.count; i++) {
        const struct lab_state_task *task = lab_state_task_at(state, i);
        if (lab_is_waiting(task->is) && task->wait_kind == LAB_ON_LOCK)
            lab_numbered_need(&wanted, task->other);
    }
    return wanted;
}

static void put_locks(struct lab_text *out, const struct lab_style *style,
                      const struct lab_state *state, bool wraps) {
    struct strip strip = strip_of(style, wraps, state->locks.count);
    struct lab_numbered wanted = wanted_locks(state);
    const void **order = lab_numbered_in_order(&state->locks);
    for (size_t i = 0; i < state->locks.count && !strip.full; i++) {
        const struct lab_state_lock *lock = order[i];
        struct lab_text item = {0};
        if (!lab_numbered_find(&wanted, lock->number)) {
            strip.left--;
            continue;
        }
        lab_text_printf(&item, "lock %" PRIu32 " of ", lock->number);
        lab_wording_task(&item, lab_wording_of(state), lock->holder);
        add_item(&strip, &item);
    }
    lab_free(order);
    lab_numbered_free(&wanted);
    if (strip.put)
        put_strip(out, style, "locks", &strip);
}

// What woke the last task, if that is not what happened last.
static void put_woken(struct lab_text *out, const struct lab_style *style,
                      const struct lab_state *state, bool wraps) {
    struct strip strip = {.put = 1, .wraps = wraps};
    if (state->woken == 0 || state->woken == state->at)
        return;
    lab_sentence_put_woken(&strip.line, lab_wording_of(state),
                           lab_record_at(state->record, state->woken - 1));
    put_strip(out, style, "woken", &strip);
}

void lab_panel_loop(struct lab_text *out, const struct lab_style *style,
                    const struct lab_snapshot *snapshot, bool wraps) {
    const struct lab_state *state = snapshot->state;
    put_woken(out, style, state, wraps);
    put_tasks(out, style, state, wraps, false);
    put_tasks(out, style, state, wraps, true);
    put_pools(out, style, state, wraps);
    put_locks(out, style, state, wraps);
}

void lab_panel_put(struct lab_text *out, const struct lab_style *style,
                   const struct lab_snapshot *snapshot) {
    // A line may take two rows on a narrow screen.
    enum { SOURCE_ROWS = 3, WIDE = 80, NARROW_ROWS = 5 };
    lab_panel_heading(out, style, snapshot);
    lab_panel_event_put(out, style, snapshot);
    lab_panel_source(out, style, snapshot,
                     style->width < WIDE ? NARROW_ROWS : SOURCE_ROWS);
    lab_panel_loop(out, style, snapshot, true);
}
