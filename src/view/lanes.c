// lanes.c - plays a record through and writes down who was in which state.
//
//     RUN     the task has the thread: it runs, and the loop with it
//     WAIT    it gave the thread back; queued, if it waits for a queued job
//     BLOCK   the thread is held: task and loop, or the worker
//     START   a worker takes a job: it runs, and the asker waits for it
//
// Nothing here believes the record. Events of tasks that were never spawned
// make a lane, times that run backwards count as the latest before them, and
// what is still open at the end is closed there.

#include "view/lanes.h"

#include "base/alloc.h"
#include "view/label.h"

#include <stdlib.h>
#include <string.h>

// Appends the open span, if it is one to be seen.
static void close_span(struct lab_lane *lane, lab_time time) {
    if (time == lane->since && lane->state != LAB_LANE_RUNNING)
        return;
    struct lab_span *last =
        lane->span_count ? &lane->spans[lane->span_count - 1] : NULL;
    if (last && last->state == lane->state && last->on == lane->on &&
        last->to == lane->since) {
        last->to = time;
        return;
    }
    if (lane->span_count == lane->span_room) {
        lane->span_room = lane->span_room ? lane->span_room * 2 : 8;
        lane->spans =
            lab_realloc(lane->spans, lane->span_room, sizeof *lane->spans);
    }
    lane->spans[lane->span_count++] =
        (struct lab_span){lane->since, time, lane->state, lane->on};
}

// From [time] on, [lane] is in [state].
static void turn(struct lab_lane *lane, lab_time time,
                 enum lab_lane_state state) {
    if (lane->ended)
        return;
    if (time < lane->since)
        time = lane->since;
    close_span(lane, time);
    lane->state = state;
    lane->on = LAB_ON_NOTHING;
    lane->since = time;
}

static void end(struct lab_lane *lane, lab_time time) {
    if (lane->ended)
        return;
    turn(lane, time, LAB_LANE_IDLE);
    lane->to = lane->since;
    lane->ended = true;
}

static void add_moment(struct lab_lane *lane, struct lab_moment moment) {
    if (lane->moment_count == lane->moment_room) {
        lane->moment_room = lane->moment_room ? lane->moment_room * 2 : 8;
        lane->moments = lab_realloc(lane->moments, lane->moment_room,
                                    sizeof *lane->moments);
    }
    lane->moments[lane->moment_count++] = moment;
}

// --- which lane is whose

static int by_number(const void *a, const void *b) {
    const struct lab_lane *one = a, *two = b;
    return one->number < two->number ? -1 : one->number > two->number;
}

// Puts the lanes in order, and ends them.
static void settle(struct lab_lane_list *list, lab_time time) {
    if (list->count)
        qsort(list->lanes, list->count, sizeof *list->lanes, by_number);
    for (size_t i = 0; i < list->count; i++)
        end(&list->lanes[i], time);
    lab_numbers_free(&list->numbers);
}

// The place of [number] among the lanes, which stand in order.
static size_t place_of(const struct lab_lane_list *list, uint32_t number) {
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->lanes[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct lab_lane *lab_lanes_find(const struct lab_lane_list *list,
                                uint32_t number) {
    size_t i = place_of(list, number);
    bool found = i < list->count && list->lanes[i].number == number;
    return found ? &list->lanes[i] : NULL;
}

// The lane of [number], which begins at [time] in [state] if it is new.
static struct lab_lane *lane_of(struct lab_lane_list *list, uint32_t number,
                                lab_time time, enum lab_lane_state state) {
    size_t place = lab_numbers_find(&list->numbers, number);
    if (place != LAB_NUMBERS_NONE)
        return &list->lanes[place];
    if (list->count == list->room) {
        list->room = list->room ? list->room * 2 : 8;
        list->lanes = lab_realloc(list->lanes, list->room, sizeof *list->lanes);
    }
    lab_numbers_add(&list->numbers, number, list->count);
    struct lab_lane *lane = &list->lanes[list->count++];
    *lane = (struct lab_lane){.name = "",
                              .says = "",
                              .number = number,
                              .from = time,
                              .state = state,
                              .since = time};
    return lane;
}

static struct lab_lane *task_of(struct lab_lanes *lanes,
                                const struct lab_event *event) {
    return lane_of(&lanes->tasks, event->task, event->time, LAB_LANE_WAITING);
}

static struct lab_lane *worker_of(struct lab_lanes *lanes,
                                  const struct lab_event *event) {
    return lane_of(&lanes->workers, event->worker, event->time, LAB_LANE_IDLE);
}

// The lane of whoever wrote a BLOCK or a MARK.
static struct lab_lane *caller_of(struct lab_lanes *lanes,
                                  const struct lab_event *event) {
    return event->worker ? worker_of(lanes, event) : task_of(lanes, event);
}

// --- event by event

static void on_run(struct lab_lanes *lanes, const struct lab_event *event) {
    lab_time time = event->time;
    if (lanes->holder && lanes->holder != event->task)
        turn(lane_of(&lanes->tasks, lanes->holder, time, LAB_LANE_WAITING),
             time, LAB_LANE_WAITING);
    turn(task_of(lanes, event), time, LAB_LANE_RUNNING);
    turn(&lanes->loop, time, LAB_LANE_RUNNING);
    lanes->holder = event->task;
}

static void give_back(struct lab_lanes *lanes, const struct lab_event *event) {
    if (lanes->holder != event->task)
        return;
    turn(&lanes->loop, event->time, LAB_LANE_IDLE);
    lanes->holder = 0;
}

static void on_wait(struct lab_lanes *lanes, const struct lab_event *event) {
    struct lab_lane *lane = task_of(lanes, event);
    bool queued = event->on == LAB_ON_JOB && lane->queued;
    turn(lane, event->time, queued ? LAB_LANE_QUEUED : LAB_LANE_WAITING);
    lane->on = event->on;
    give_back(lanes, event);
}

// What it waited for is there: now it is for its turn that it waits.
static void on_wake(struct lab_lanes *lanes, const struct lab_event *event) {
    struct lab_lane *lane = task_of(lanes, event);
    if (lane->state == LAB_LANE_WAITING)
        turn(lane, event->time, LAB_LANE_WAITING);
}

static void on_block(struct lab_lanes *lanes, const struct lab_event *event) {
    enum lab_lane_state state =
        event->on == LAB_ON_BURN ? LAB_LANE_BURNING : LAB_LANE_BLOCKED;
    turn(caller_of(lanes, event), event->time, state);
    if (!event->worker)
        turn(&lanes->loop, event->time, state);
}

static void on_unblock(struct lab_lanes *lanes, const struct lab_event *event) {
    bool holds = event->worker || lanes->holder == event->task;
    turn(caller_of(lanes, event), event->time,
         holds ? LAB_LANE_RUNNING : LAB_LANE_WAITING);
    if (!event->worker)
        turn(&lanes->loop, event->time,
             lanes->holder ? LAB_LANE_RUNNING : LAB_LANE_IDLE);
}

// The job of [event]'s task is in no queue any more.
static void leave_queue(struct lab_lanes *lanes,
                        const struct lab_event *event) {
    struct lab_lane *lane = task_of(lanes, event);
    lane->queued = false;
    if (lane->state != LAB_LANE_QUEUED)
        return;
    turn(lane, event->time, LAB_LANE_WAITING);
    lane->on = LAB_ON_JOB;
}

static void on_start(struct lab_lanes *lanes, const struct lab_event *event) {
    leave_queue(lanes, event);
    struct lab_lane *worker = worker_of(lanes, event);
    turn(worker, event->time, LAB_LANE_RUNNING);
    worker->job = event->other;
    add_moment(worker, (struct lab_moment){.time = worker->since,
                                           .name = "",
                                           .task = event->task,
                                           .job = event->other ? event->other
                                                               : UINT32_MAX});
}

static void on_done(struct lab_lanes *lanes, const struct lab_event *event) {
    struct lab_lane *worker = worker_of(lanes, event);
    // A job is done when the loop hears of it. Its worker may be at the next
    // one by then.
    if (worker->job == event->other)
        turn(worker, event->time, LAB_LANE_IDLE);
}

static void play(struct lab_lanes *lanes, const struct lab_record *record,
                 const struct lab_event *event) {
    const char *text = lab_record_text(record, event);
    switch ((enum lab_event_kind)event->kind) {
    case LAB_EVENT_SPAWN:
        task_of(lanes, event)->name = task_of(lanes, event)->says = text;
        break;
    case LAB_EVENT_RUN:
        on_run(lanes, event);
        break;
    case LAB_EVENT_WAIT:
        on_wait(lanes, event);
        break;
    case LAB_EVENT_END:
        end(task_of(lanes, event), event->time);
        give_back(lanes, event);
        break;
    case LAB_EVENT_BLOCK:
        on_block(lanes, event);
        break;
    case LAB_EVENT_UNBLOCK:
        on_unblock(lanes, event);
        break;
    case LAB_EVENT_WORKER:
        worker_of(lanes, event)->name = worker_of(lanes, event)->says = text;
        break;
    case LAB_EVENT_QUEUE:
        task_of(lanes, event)->queued = true;
        break;
    case LAB_EVENT_START:
        on_start(lanes, event);
        break;
    case LAB_EVENT_DONE:
        on_done(lanes, event);
        break;
    case LAB_EVENT_DROP:
        leave_queue(lanes, event);
        break;
    case LAB_EVENT_MARK:
        add_moment(caller_of(lanes, event),
                   (struct lab_moment){
                       .time = event->time, .name = text, .task = event->task});
        break;
    case LAB_EVENT_WAKE:
        on_wake(lanes, event);
        break;
    case LAB_EVENT_CANCEL:
    case LAB_EVENT_SAY:
    case LAB_EVENT_UNREAD:
    case LAB_EVENT_TIMER:
    case LAB_EVENT_RAISE:
    case LAB_EVENT_READ:
    case LAB_EVENT_DELIVER:
    case LAB_EVENT_JOIN:
    case LAB_EVENT_HOLD:
    case LAB_EVENT_OTHER:
    case LAB_EVENT_KINDS:
        break;
    }
}

void lab_lanes_read(struct lab_lanes *lanes, const struct lab_record *record) {
    lab_lanes_read_until(lanes, record, 0);
}

void lab_lanes_read_until(struct lab_lanes *lanes,
                          const struct lab_record *record, lab_time now) {
    lab_time last = lab_record_end(record);
    *lanes = (struct lab_lanes){.loop = {.name = "loop", .says = "loop"}};
    lanes->end = now > last ? now : last;
    for (size_t i = 0; i < lab_record_count(record); i++)
        play(lanes, record, lab_record_at(record, i));
    end(&lanes->loop, lanes->end);
    settle(&lanes->tasks, lanes->end);
    settle(&lanes->workers, lanes->end);
    lab_label_lanes(lanes);
}

static void free_lane(struct lab_lane *lane) {
    lab_free(lane->spans);
    lab_free(lane->moments);
    lab_free(lane->made);
}

static void free_list(struct lab_lane_list *list) {
    for (size_t i = 0; i < list->count; i++)
        free_lane(&list->lanes[i]);
    lab_free(list->lanes);
}

void lab_lanes_free(struct lab_lanes *lanes) {
    free_lane(&lanes->loop);
    free_list(&lanes->tasks);
    free_list(&lanes->workers);
    *lanes = (struct lab_lanes){0};
}

struct lab_lanes_gap lab_lanes_find_gap(const struct lab_record *record,
                                        const char *name) {
    struct lab_lanes_gap gap = {0};
    lab_time last = 0;
    uint32_t task = 0, worker = 0;
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind != LAB_EVENT_MARK ||
            strcmp(lab_record_text(record, event), name) != 0)
            continue;
        task = event->task;
        worker = event->worker;
        if (event->time - last > gap.to - gap.from)
            gap = (struct lab_lanes_gap){last, event->time, task, worker};
        last = event->time;
    }
    lab_time end = lab_record_end(record);
    if (end - last > gap.to - gap.from)
        gap = (struct lab_lanes_gap){last, end, task, worker};
    return gap;
}
