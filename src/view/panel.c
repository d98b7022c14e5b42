#include "view/panel.h"

#include "base/alloc.h"
#include "view/line.h"
#include "view/paneling.h"
#include "view/sentence.h"
#include "view/source.h"

#include <inttypes.h>
#include <string.h>

lab_time lab_panel_time(const struct lab_panel *panel) {
    const struct lab_replay *replay = panel->scene.replay;
    bool counts = panel->asked_at == replay->at &&
                  panel->asked > replay->time &&
                  replay->at < lab_record_count(replay->record);
    return counts ? panel->asked : replay->time;
}

void lab_panel_heading(struct lab_text *out, const struct lab_style *style,
                       const struct lab_panel *panel) {
    const struct lab_replay *replay = panel->scene.replay;
    size_t count = lab_record_count(replay->record);
    struct lab_text line = {0};
    lab_text_printf(&line, "%02d %s: event %zu of %zu, at ",
                    panel->comparison->number, panel->result->variant->name,
                    replay->at, count);
    lab_time_put(&line, lab_panel_time(panel));
    if (replay->turn > 0)
        lab_text_printf(&line, ", turn %" PRId64, replay->turn);
    if (panel->live)
        lab_text_put(&line, ", and it goes on");
    else if (replay->at == count)
        lab_text_put(&line, ", the end");
    lab_line_wrap(out, style, LAB_COLOR_HEAD, 0, lab_text_string(&line));
    lab_text_free(&line);
}

const struct lab_event *lab_panel_event(const struct lab_panel *panel) {
    const struct lab_replay *replay = panel->scene.replay;
    return replay->at ? lab_record_at(replay->record, replay->at - 1) : NULL;
}

void lab_panel_event_put(struct lab_text *out, const struct lab_style *style,
                         const struct lab_panel *panel) {
    const struct lab_event *event = lab_panel_event(panel);
    struct lab_text line = {0};
    if (event)
        lab_sentence_put(&line, lab_wording_of(panel->scene.replay), event);
    else
        lab_text_put(&line, "Nothing has happened yet.");
    lab_line_wrap(out, style, LAB_COLOR_NONE, 2, lab_text_string(&line));
    lab_text_free(&line);
}

// Where the event was, or else where the task it is about is.
unsigned lab_panel_line(const struct lab_panel *panel) {
    const struct lab_event *event = lab_panel_event(panel);
    const struct lab_replay_task *task =
        event ? lab_replay_task(panel->scene.replay, event->task) : NULL;
    return event && event->line ? event->line : task ? task->line : 0;
}

// --- what the loop has in hand

// As many of [count] as fit on a line: others are counted.
struct strip {
    struct lab_text line;
    int room;
    size_t put;
};

static bool strip_add(struct strip *strip, const char *item, size_t left) {
    enum { FOR_THE_COUNT = 12 };
    int columns = lab_line_columns(item) + 2;
    if (strip->put > 0 &&
        columns + (left > 1 ? FOR_THE_COUNT : 0) > strip->room) {
        lab_text_printf(&strip->line, " and %zu more", left);
        return false;
    }
    lab_text_printf(&strip->line, "%s%s", strip->put ? ", " : "", item);
    strip->room -= columns;
    strip->put++;
    return true;
}

enum { LABEL = 8 };

static void put_strip(struct lab_text *out, const struct lab_style *style,
                      const char *label, struct strip *strip) {
    lab_view_color(out, style, LAB_COLOR_DIM);
    lab_line_left(out, style, label, LABEL);
    lab_view_color(out, style, LAB_COLOR_NONE);
    lab_line_put(out, style,
                 strip->put ? lab_text_string(&strip->line) : "none",
                 style->width - LABEL);
    lab_text_put(out, "\n");
    lab_text_free(&strip->line);
}

static void put_tasks(struct lab_text *out, const struct lab_style *style,
                      const struct lab_panel *panel, bool timers) {
    const struct lab_replay *replay = panel->scene.replay;
    const struct lab_replay_task **list;
    struct strip strip = {.room = style->width - LABEL};
    size_t count = timers ? lab_replay_timers(replay, &list)
                          : lab_replay_ready(replay, &list);
    for (size_t i = 0; i < count; i++) {
        struct lab_text item = {0};
        lab_wording_task(&item, lab_wording_of(replay), list[i]->number);
        if (timers) {
            lab_text_put(&item, " at ");
            lab_time_put(&item, list[i]->deadline);
        }
        bool fits = strip_add(&strip, lab_text_string(&item), count - i);
        lab_text_free(&item);
        if (!fits)
            break;
    }
    lab_free(list);
    put_strip(out, style, timers ? "timers" : "ready", &strip);
}

static const void *item_at(const struct lab_replay_list *list, size_t i) {
    return list->items + i * list->size;
}

static void put_pool(struct lab_text *item, const struct lab_replay *replay,
                     const struct lab_replay_pool *pool) {
    size_t workers = 0, busy = 0, queued = 0;
    for (size_t i = 0; i < replay->workers.count; i++) {
        const struct lab_replay_worker *worker = item_at(&replay->workers, i);
        workers += worker->pool == pool->number;
        busy += worker->pool == pool->number && worker->job;
    }
    for (size_t i = 0; i < replay->jobs.count; i++) {
        const struct lab_replay_job *job = item_at(&replay->jobs, i);
        queued += job->pool == pool->number && job->state == LAB_REPLAY_QUEUED;
    }
    const char *name = lab_replay_name(replay, pool->named);
    lab_text_printf(item, "%s: %zu of %zu workers busy, %zu queued",
                    *name ? name : "pool", busy, workers, queued);
}

static void put_pools(struct lab_text *out, const struct lab_style *style,
                      const struct lab_replay *replay) {
    struct strip strip = {.room = style->width - LABEL};
    const void **order = lab_replay_in_order(&replay->pools);
    bool fits = true;
    for (size_t i = 0; i < replay->pools.count && fits; i++) {
        struct lab_text item = {0};
        put_pool(&item, replay, order[i]);
        fits =
            strip_add(&strip, lab_text_string(&item), replay->pools.count - i);
        lab_text_free(&item);
    }
    lab_free(order);
    if (replay->pools.count)
        put_strip(out, style, "pools", &strip);
}

// Who has a lock is known as long as somebody waits for it.
static struct lab_numbers wanted_locks(const struct lab_replay *replay) {
    struct lab_numbers wanted = {0};
    for (size_t i = 0; i < replay->tasks.count; i++) {
        const struct lab_replay_task *task = lab_replay_task_at(replay, i);
        if (task->state == LAB_REPLAY_WAITING && task->on == LAB_ON_LOCK &&
            lab_numbers_find(&wanted, task->other) == LAB_NUMBERS_NONE)
            lab_numbers_add(&wanted, task->other, i);
    }
    return wanted;
}

static void put_locks(struct lab_text *out, const struct lab_style *style,
                      const struct lab_replay *replay) {
    struct strip strip = {.room = style->width - LABEL};
    struct lab_numbers wanted = wanted_locks(replay);
    const void **order = lab_replay_in_order(&replay->locks);
    bool fits = true;
    for (size_t i = 0; i < replay->locks.count && fits; i++) {
        const struct lab_replay_lock *lock = order[i];
        struct lab_text item = {0};
        if (lab_numbers_find(&wanted, lock->number) == LAB_NUMBERS_NONE)
            continue;
        lab_text_printf(&item, "lock %" PRIu32 " of ", lock->number);
        lab_wording_task(&item, lab_wording_of(replay), lock->holder);
        fits =
            strip_add(&strip, lab_text_string(&item), replay->locks.count - i);
        lab_text_free(&item);
    }
    lab_free(order);
    lab_numbers_free(&wanted);
    if (strip.put)
        put_strip(out, style, "locks", &strip);
}

// What woke the last task, if that is not what happened last.
static void put_woken(struct lab_text *out, const struct lab_style *style,
                      const struct lab_replay *replay) {
    struct strip strip = {.put = 1};
    if (replay->woken == 0 || replay->woken == replay->at)
        return;
    lab_sentence_put(&strip.line, lab_wording_of(replay),
                     lab_record_at(replay->record, replay->woken - 1));
    put_strip(out, style, "woken", &strip);
}

void lab_panel_loop(struct lab_text *out, const struct lab_style *style,
                    const struct lab_panel *panel) {
    const struct lab_replay *replay = panel->scene.replay;
    put_woken(out, style, replay);
    put_tasks(out, style, panel, false);
    put_tasks(out, style, panel, true);
    put_pools(out, style, replay);
    put_locks(out, style, replay);
}

void lab_panel_put(struct lab_text *out, const struct lab_style *style,
                   const struct lab_panel *panel) {
    enum { SOURCE_ROWS = 3 };
    lab_panel_heading(out, style, panel);
    lab_panel_event_put(out, style, panel);
    lab_source_put(out, style, panel->scene.source, lab_panel_line(panel),
                   SOURCE_ROWS);
    lab_panel_loop(out, style, panel);
}
