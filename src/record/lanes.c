// lanes.c - listens to the state of a run, and writes down who was in which
// state from when to when.
//
// Nothing here believes the record: a time before that of a lane's last change
// counts as that one, and what is still open at the end is closed there.

#include "record/lanes.h"

#include "base/alloc.h"
#include "base/error.h"

// Appends the open span, if it is one to be seen, with its end at [time].
static void close_span(struct lab_lane *lane, lab_time time) {
    if (time == lane->open.from && lane->open.state != LAB_IS_RUNNING)
        return;
    struct lab_span *last =
        lane->span_count ? &lane->spans[lane->span_count - 1] : NULL;
    if (last && last->state == lane->open.state && last->on == lane->open.on &&
        last->inside == lane->open.inside && last->to == lane->open.from) {
        last->to = time;
        return;
    }
    lane->spans = lab_grow(lane->spans, lane->span_count, &lane->span_room,
                           sizeof *lane->spans);
    lane->open.to = time;
    lane->spans[lane->span_count++] = lane->open;
}

static void end(struct lab_lane *lane, lab_time time) {
    if (lane->ended)
        return;
    if (time < lane->open.from)
        time = lane->open.from;
    close_span(lane, time);
    lane->to = time;
    lane->ended = true;
}

static void add_moment(struct lab_lane *lane, struct lab_moment moment) {
    lane->moments = lab_grow(lane->moments, lane->moment_count,
                             &lane->moment_room, sizeof *lane->moments);
    lane->moments[lane->moment_count++] = moment;
}

// --- which lane is whose

// Where [time] is on the axis.
static lab_time at(const struct lab_lanes *lanes, lab_time time) {
    return lanes->in_turns ? lanes->turn : time;
}

static struct lab_lane *need(struct lab_numbered *list, uint32_t number,
                             lab_time time, enum lab_is state) {
    struct lab_lane *lane = lab_numbered_need(list, number);
    if (!lane->begun) {
        lane->says = "";
        lane->begun = true;
        lane->from = time;
        lane->open = (struct lab_span){.from = time, .state = state};
    }
    return lane;
}

static struct lab_lane *task_of(struct lab_lanes *lanes, uint32_t number,
                                lab_time time) {
    return need(&lanes->all_tasks, number, time, LAB_IS_READY);
}

static struct lab_lane *worker_of(struct lab_lanes *lanes, uint32_t number,
                                  lab_time time) {
    return need(&lanes->all_workers, number, time, LAB_IS_IDLE);
}

static struct lab_lane *generator_of(struct lab_lanes *lanes, uint32_t number,
                                     lab_time time) {
    return need(&lanes->all_generators, number, time, LAB_IS_CREATED);
}

struct lab_lane *lab_lanes_task(const struct lab_lanes *lanes,
                                uint32_t number) {
    return lab_numbered_find(&lanes->all_tasks, number);
}

struct lab_lane *lab_lanes_worker(const struct lab_lanes *lanes,
                                  uint32_t number) {
    return lab_numbered_find(&lanes->all_workers, number);
}

size_t lab_lanes_count(const struct lab_lanes *lanes) {
    return 1 + lanes->tasks.count + lanes->workers.count +
           lanes->generators.count;
}

const struct lab_lane *lab_lanes_at(const struct lab_lanes *lanes,
                                    size_t index) {
    if (index == 0)
        return &lanes->loop;
    index--;
    if (index < lanes->tasks.count)
        return &lanes->tasks.lanes[index];
    index -= lanes->tasks.count;
    if (index < lanes->workers.count)
        return &lanes->workers.lanes[index];
    return &lanes->generators.lanes[index - lanes->workers.count];
}

size_t lab_lanes_of(const struct lab_lanes *lanes,
                    const struct lab_event *event) {
    const struct lab_lane *lane = NULL;
    if (event->worker && (lane = lab_lanes_worker(lanes, event->worker)))
        return 1 + lanes->tasks.count + (size_t)(lane - lanes->workers.lanes);
    if (event->task && (lane = lab_lanes_task(lanes, event->task)))
        return 1 + (size_t)(lane - lanes->tasks.lanes);
    return 0;
}

// --- what happens

// Does another task of the run end the wait that [task] is in?
static bool waits_inside(const struct lab_state_task *task) {
    if (task->is != LAB_IS_WAITING)
        return false;
    switch (lab_wait_kind(task->wait_kind)->class) {
    case LAB_WAIT_TASK:
    case LAB_WAIT_LINE:
    case LAB_WAIT_INSIDE:
        return true;
    case LAB_WAIT_OUTSIDE:
        return task->where == LAB_WHERE_INSIDE;
    case LAB_WAIT_THREAD:
    case LAB_WAIT_TIME:
    case LAB_WAIT_JOB:
        break;
    }
    return false;
}

static void on_change(void *arg, const struct lab_change *change) {
    struct lab_lanes *lanes = arg;
    struct lab_lane *lane = &lanes->loop;
    lab_time time = at(lanes, change->time);
    enum lab_is to = change->to;
    if (change->who == LAB_WHO_JOB)
        return;
    if (change->who == LAB_WHO_TASK)
        lane = task_of(lanes, change->number, time);
    else if (change->who == LAB_WHO_WORKER)
        lane = worker_of(lanes, change->number, time);
    else if (change->who == LAB_WHO_GENERATOR)
        lane = generator_of(lanes, change->number, time);
    if (to == LAB_IS_NEW)
        to = LAB_IS_READY;
    if (to == LAB_IS_ENDED) {
        end(lane, time);
        return;
    }
    if (time < lane->open.from)
        time = lane->open.from;
    close_span(lane, time);
    lane->open = (struct lab_span){
        .from = time, .state = to, .on = change->on, .event = change->event};
    if (change->who == LAB_WHO_TASK)
        lane->open.inside =
            waits_inside(lab_state_task(lanes->state, change->number));
}

static void add_level(struct lab_lane *lane, lab_time time, int64_t value) {
    lane->levels = lab_grow(lane->levels, lane->level_count, &lane->level_room,
                            sizeof *lane->levels);
    lane->levels[lane->level_count++] = (struct lab_level){time, value};
}

static void note_level(struct lab_lanes *lanes, const struct lab_event *event) {
    struct lab_lane *lane = lab_numbered_need(&lanes->all_gauges, event->text);
    const struct lab_state_gauge *gauge =
        lab_numbered_find(&lanes->state->gauges, event->text);
    add_level(lane, at(lanes, event->time), gauge->value);
    lane->name = lane->says = lab_record_text(lanes->state->record, event);
}

// What an event says besides.
static void note(struct lab_lanes *lanes, const struct lab_event *event) {
    const char *text = lab_record_text(lanes->state->record, event);
    lab_time time = at(lanes, event->time);
    struct lab_moment moment = {time, text, event->task, 0, 0};
    struct lab_lane *lane;
    switch ((enum lab_event_kind)event->kind) {
    case LAB_EVENT_SPAWN:
        task_of(lanes, event->task, time)->says = text;
        break;
    case LAB_EVENT_WORKER:
        worker_of(lanes, event->worker, time)->says = text;
        break;
    case LAB_EVENT_GENERATOR:
        lane = generator_of(lanes, event->other, time);
        lane->says = text;
        lane->maker = event->task;
        break;
    case LAB_EVENT_START:
        lane = worker_of(lanes, event->worker, time);
        moment.time = lane->open.from;
        moment.name = "";
        moment.job = event->other ? event->other : UINT32_MAX;
        add_moment(lane, moment);
        break;
    case LAB_EVENT_CALL:
        moment.name = "";
        moment.caller = event->worker ? event->worker : UINT32_MAX;
        add_moment(&lanes->loop, moment);
        break;
    case LAB_EVENT_COUNT:
        note_level(lanes, event);
        break;
    case LAB_EVENT_END:
        task_of(lanes, event->task, time)->ending =
            event->value == LAB_ECANCELED ? LAB_ENDING_CANCELLED
            : event->value < 0            ? LAB_ENDING_FAILED
                                          : LAB_ENDING_OK;
        break;
    case LAB_EVENT_MARK:
        lane = event->worker ? worker_of(lanes, event->worker, time)
               : event->task ? task_of(lanes, event->task, time)
                             : &lanes->loop;
        add_moment(lane, moment);
        break;
    default:
        break;
    }
}

static void put_names(struct lab_lanes *lanes) {
    struct lab_labels *labels = lanes->state->labels;
    for (size_t i = 0; i < lanes->generators.count; i++) {
        struct lab_lane *lane = &lanes->generators.lanes[i];
        lane->name = lab_labels_generator(labels, lane->number);
    }
    for (size_t i = 0; i < lanes->tasks.count; i++) {
        struct lab_lane *lane = &lanes->tasks.lanes[i];
        lane->name = lab_labels_task(labels, lane->number);
    }
    for (size_t i = 0; i < lanes->workers.count; i++) {
        struct lab_lane *lane = &lanes->workers.lanes[i];
        lane->name = lab_labels_worker(labels, lane->number);
        for (size_t j = 0; j < lane->moment_count; j++)
            if (lane->moments[j].job && lane->moments[j].task)
                lane->moments[j].name =
                    lab_labels_task(labels, lane->moments[j].task);
    }
}

// Puts the lanes in order, and ends them.
static struct lab_lane_list settle(struct lab_numbered *list, lab_time time) {
    lab_numbered_sort(list);
    for (size_t i = 0; i < list->count; i++)
        end(lab_numbered_at(list, i), time);
    return (struct lab_lane_list){(void *)list->items, list->count};
}

// The turn that the next event belongs to: what comes while no task runs, to
// the one that has yet to begin.
static lab_time turn_of_next(const struct lab_state *state) {
    if (state->at < lab_record_count(state->record)) {
        const struct lab_event *event = lab_record_at(state->record, state->at);
        if (event->kind == LAB_EVENT_RUN && event->value >= state->turn)
            return event->value;
    }
    return state->running || state->turn == INT64_MAX ? state->turn
                                                      : state->turn + 1;
}

static void read_events(struct lab_lanes *lanes) {
    const struct lab_event *event;
    for (;;) {
        lanes->turn = turn_of_next(lanes->state);
        if (!(event = lab_state_next(lanes->state)))
            return;
        note(lanes, event);
        if (event->kind == LAB_EVENT_RUN)
            add_level(&lanes->turns, lanes->turn, event->time);
    }
}

static void read_lanes(struct lab_lanes *lanes, const struct lab_record *record,
                       lab_time end_time, bool in_turns) {
    *lanes = (struct lab_lanes){.loop = {.name = "loop", .says = "loop"},
                                .end = end_time,
                                .in_turns = in_turns};
    lanes->all_tasks.size = lanes->all_workers.size =
        lanes->all_generators.size = lanes->all_gauges.size =
            sizeof(struct lab_lane);
    lanes->state = lab_state_new(record);
    lab_state_listen(lanes->state, on_change, lanes);
    read_events(lanes);
    if (in_turns)
        lanes->turn = lanes->end = lanes->state->turn;
    else
        lab_state_pass(lanes->state, lanes->end);
    end(&lanes->loop, lanes->end);
    lanes->tasks = settle(&lanes->all_tasks, lanes->end);
    lanes->workers = settle(&lanes->all_workers, lanes->end);
    lanes->generators = settle(&lanes->all_generators, lanes->end);
    lanes->gauges = (struct lab_lane_list){(void *)lanes->all_gauges.items,
                                           lanes->all_gauges.count};
    for (size_t i = 0; i < lanes->gauges.count; i++)
        lanes->gauges.lanes[i].to = lanes->end;
    put_names(lanes);
}

void lab_lanes_read(struct lab_lanes *lanes, const struct lab_record *record) {
    read_lanes(lanes, record, lab_record_end(record), false);
}

void lab_lanes_read_until(struct lab_lanes *lanes,
                          const struct lab_record *record, lab_time now) {
    lab_time last = lab_record_end(record);
    read_lanes(lanes, record, now > last ? now : last, false);
}

void lab_lanes_read_turns(struct lab_lanes *lanes,
                          const struct lab_record *record) {
    read_lanes(lanes, record, 0, true);
}

static void free_lane(struct lab_lane *lane) {
    lab_free(lane->spans);
    lab_free(lane->moments);
    lab_free(lane->levels);
}

void lab_lanes_free(struct lab_lanes *lanes) {
    for (size_t i = 0; i < lab_lanes_count(lanes); i++)
        free_lane((struct lab_lane *)lab_lanes_at(lanes, i));
    lab_numbered_free(&lanes->all_tasks);
    lab_numbered_free(&lanes->all_workers);
    for (size_t i = 0; i < lanes->gauges.count; i++)
        free_lane(&lanes->gauges.lanes[i]);
    free_lane(&lanes->turns);
    lab_numbered_free(&lanes->all_generators);
    lab_numbered_free(&lanes->all_gauges);
    lab_state_free(lanes->state);
    *lanes = (struct lab_lanes){0};
}
