#include "view/export_why.h"

#include "base/alloc.h"

size_t lab_export_lane_count(const struct lab_lanes *lanes) {
    return 1 + lanes->tasks.count + lanes->workers.count;
}

const struct lab_lane *lab_export_lane(const struct lab_lanes *lanes,
                                       size_t index) {
    if (index == 0)
        return &lanes->loop;
    if (index <= lanes->tasks.count)
        return &lanes->tasks.lanes[index - 1];
    return &lanes->workers.lanes[index - 1 - lanes->tasks.count];
}

static size_t index_of(const struct lab_lanes *lanes, uint32_t task,
                       uint32_t worker) {
    const struct lab_lane *lane = NULL;
    if (worker && (lane = lab_lanes_find(&lanes->workers, worker)))
        return 1 + lanes->tasks.count + (size_t)(lane - lanes->workers.lanes);
    if (task && (lane = lab_lanes_find(&lanes->tasks, task)))
        return 1 + (size_t)(lane - lanes->tasks.lanes);
    return 0;
}

size_t lab_export_lane_of(const struct lab_lanes *lanes,
                          const struct lab_event *event) {
    return index_of(lanes, event->task, event->worker);
}

// May an event of [kind] begin a span in [state]?
static bool begins(enum lab_lane_state state, unsigned kind) {
    switch (state) {
    case LAB_LANE_WAITING:
        return kind == LAB_EVENT_WAIT || kind == LAB_EVENT_SPAWN ||
               kind == LAB_EVENT_START;
    case LAB_LANE_QUEUED:
        return kind == LAB_EVENT_WAIT;
    case LAB_LANE_RUNNING:
        return kind == LAB_EVENT_RUN || kind == LAB_EVENT_START ||
               kind == LAB_EVENT_UNBLOCK;
    case LAB_LANE_BURNING:
    case LAB_LANE_BLOCKED:
        return kind == LAB_EVENT_BLOCK;
    case LAB_LANE_IDLE:
    case LAB_LANE_STATES:
        break;
    }
    return false;
}

// The event at [place] may begin a span of lane [index] that begins at its
// time. Of several the last does: what came before it took no time.
static void note(struct lab_export_why *why, const struct lab_lanes *lanes,
                 size_t *cursors, size_t index, const struct lab_event *event,
                 uint32_t place) {
    const struct lab_lane *lane = lab_export_lane(lanes, index);
    size_t *at = &cursors[index];
    while (*at < lane->span_count && lane->spans[*at].from < event->time)
        ++*at;
    for (size_t i = *at; i < lane->span_count; i++) {
        if (lane->spans[i].from != event->time)
            break;
        if (begins(lane->spans[i].state, event->kind))
            why->of_lane[index][i] = place;
    }
}

void lab_export_why_read(struct lab_export_why *why,
                         const struct lab_lanes *lanes,
                         const struct lab_record *record) {
    why->count = lab_export_lane_count(lanes);
    why->of_lane = lab_alloc(why->count * sizeof *why->of_lane);
    size_t *cursors = lab_alloc(why->count * sizeof *cursors);
    for (size_t i = 0; i < why->count; i++)
        why->of_lane[i] =
            lab_alloc((lab_export_lane(lanes, i)->span_count + 1) *
                      sizeof *why->of_lane[i]);
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        size_t index = lab_export_lane_of(lanes, event);
        bool of_loop = event->kind == LAB_EVENT_RUN ||
                       (!event->worker && (event->kind == LAB_EVENT_BLOCK ||
                                           event->kind == LAB_EVENT_UNBLOCK));
        note(why, lanes, cursors, index, event, (uint32_t)i + 1);
        if (of_loop && index != 0)
            note(why, lanes, cursors, 0, event, (uint32_t)i + 1);
        // The asker's job has left the queue.
        if (event->kind == LAB_EVENT_START && event->task)
            note(why, lanes, cursors, index_of(lanes, event->task, 0), event,
                 (uint32_t)i + 1);
    }
    lab_free(cursors);
}

void lab_export_why_free(struct lab_export_why *why) {
    for (size_t i = 0; i < why->count; i++)
        lab_free(why->of_lane[i]);
    lab_free(why->of_lane);
    *why = (struct lab_export_why){0};
}
