// lanes.c - listens to the state of a run, and writes down who was in which
// state from when to when.
//
// The record is not trusted: a time before a lane's last change counts as the
// time of that change, and what is still open at the end is closed there.

#include "record/lanes.h"

#include "base/alloc.h"
#include "base/error.h"

// Appends the open span, with its end at [time], if it can be seen.
static void close_span(struct lab_lane *lane, lab_time time) {
    if (time == lane->open.from && lane->open.state != LAB_IS_RUNNING &&
        !lab_is_held(lane->open.state))
        return;
    struct lab_span *last =
        lane->span_count ? &lane->spans[lane->span_count - 1] : NULL;
    if (last && last->state == lane->open.state && last->on == lane->open.on &&
        last->inside == lane->open.inside && last->to == lane->open.from) {
        last->to = time;
        last->asked = lab_time_plus(last->asked, lane->open.asked);
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

// The letter before the number of a lane, and what one is before its record
// says more.
static const struct {
    char letter;
    enum lab_is is;
} kinds[LAB_LANE_KINDS] = {
    [LAB_LANE_TASK] = {'t', LAB_IS_READY},
    [LAB_LANE_WORKER] = {'w', LAB_IS_IDLE},
    [LAB_LANE_GENERATOR] = {'g', LAB_IS_CREATED},
    [LAB_LANE_GAUGE] = {'c'},
};

static struct lab_lane *need(struct lab_lanes *lanes, enum lab_lane_kind kind,
                             uint32_t number, lab_time time) {
    struct lab_lane *lane = lab_numbered_need(&lanes->all[kind], number);
    if (!lane->begun) {
        lane->kind = kinds[kind].letter;
        lane->says = "";
        lane->begun = true;
        lane->from = time;
        lane->open = (struct lab_span){.from = time, .state = kinds[kind].is};
    }
    return lane;
}

struct lab_lane *lab_lanes_task(const struct lab_lanes *lanes,
                                uint32_t number) {
    return lab_numbered_find(&lanes->all[LAB_LANE_TASK], number);
}

struct lab_lane *lab_lanes_worker(const struct lab_lanes *lanes,
                                  uint32_t number) {
    return lab_numbered_find(&lanes->all[LAB_LANE_WORKER], number);
}

size_t lab_lanes_count(const struct lab_lanes *lanes) {
    return 1 + lanes->tasks.count + lanes->workers.count +
           lanes->generators.count;
}

const struct lab_lane *lab_lanes_at(const struct lab_lanes *lanes,
                                    size_t index) {
    const struct lab_lane_list *list = lanes->lists;
    if (index-- == 0)
        return &lanes->loop;
    for (; index >= list->count; list++)
        index -= list->count;
    return &list->lanes[index];
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

int64_t lab_lane_peak(const struct lab_lane *lane) {
    int64_t peak = 0;
    for (size_t i = 0; i < lane->level_count; i++)
        peak = lane->levels[i].value > peak ? lane->levels[i].value : peak;
    return peak;
}

const char *lab_ending_name(enum lab_ending ending) {
    static const char *const names[] = {"", "ended", "failed", "cancelled"};
    return names[ending];
}

// --- what happens

static struct lab_lane *lane_of(struct lab_lanes *lanes,
                                const struct lab_change *change,
                                lab_time time) {
    enum lab_lane_kind kind = change->who == LAB_WHO_TASK ? LAB_LANE_TASK
                              : change->who == LAB_WHO_WORKER
                                  ? LAB_LANE_WORKER
                                  : LAB_LANE_GENERATOR;
    return change->who == LAB_WHO_LOOP
               ? &lanes->loop
               : need(lanes, kind, change->number, time);
}

// How much computing the event of this number asks for; 0: it does not say.
static lab_time asked_for(const struct lab_lanes *lanes, uint32_t number) {
    const struct lab_record *record = lanes->state->record;
    if (number == 0 || number > lab_record_count(record))
        return 0;
    const struct lab_event *event = lab_record_at(record, number - 1);
    return event->kind == LAB_EVENT_BLOCK && event->value > 0 ? event->value
                                                              : 0;
}

static void on_change(void *arg, const struct lab_change *change) {
    struct lab_lanes *lanes = arg;
    lab_time time = at(lanes, change->time);
    enum lab_is to = change->to == LAB_IS_NEW ? LAB_IS_READY : change->to;
    if (change->who == LAB_WHO_JOB)
        return;
    struct lab_lane *lane = lane_of(lanes, change, time);
    if (to == LAB_IS_ENDED) {
        end(lane, time);
        return;
    }
    if (time < lane->open.from)
        time = lane->open.from;
    close_span(lane, time);
    lane->open = (struct lab_span){
        .from = time, .state = to, .on = change->on, .event = change->event};
    if (to == LAB_IS_COMPUTING)
        lane->open.asked = asked_for(lanes, change->event);
    if (change->who == LAB_WHO_TASK && to == LAB_IS_WAITING)
        lane->open.inside = lab_state_waits_inside(
            lab_state_task(lanes->state, change->number));
}

static void add_level(struct lab_lane *lane, lab_time time, int64_t value) {
    lane->levels = lab_grow(lane->levels, lane->level_count, &lane->level_room,
                            sizeof *lane->levels);
    lane->levels[lane->level_count++] = (struct lab_level){time, value};
}

static void note_level(struct lab_lanes *lanes, const struct lab_event *event) {
    struct lab_lane *lane = need(lanes, LAB_LANE_GAUGE, event->text, 0);
    const struct lab_state_gauge *gauge =
        lab_numbered_find(&lanes->state->gauges, event->text);
    add_level(lane, at(lanes, event->time), gauge->value);
    lane->name = lane->says = lab_record_text(lanes->state->record, event);
}

// What an event says besides.
static void note(struct lab_lanes *lanes, const struct lab_event *event) {
    const char *text = lab_record_text(lanes->state->record, event);
    lab_time time = at(lanes, event->time);
    struct lab_moment moment = {time, text, event->task, 0, 0, false};
    struct lab_lane *lane;
    const struct lab_lane *maker;
    switch ((enum lab_event_kind)event->kind) {
    case LAB_EVENT_SPAWN:
        lane = need(lanes, LAB_LANE_TASK, event->task, time);
        lane->says = text;
        lane->is_library = event->is_library;
        break;
    case LAB_EVENT_WORKER:
        need(lanes, LAB_LANE_WORKER, event->worker, time)->says = text;
        break;
    case LAB_EVENT_GENERATOR:
        lane = need(lanes, LAB_LANE_GENERATOR, event->other, time);
        lane->says = text;
        lane->maker = event->task;
        maker = lab_lanes_task(lanes, event->task);
        lane->is_library = maker && maker->is_library;
        break;
    case LAB_EVENT_START:
        lane = need(lanes, LAB_LANE_WORKER, event->worker, time);
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
        need(lanes, LAB_LANE_TASK, event->task, time)->ending =
            event->value == LAB_ECANCELED ? LAB_ENDING_CANCELLED
            : event->value < 0            ? LAB_ENDING_FAILED
                                          : LAB_ENDING_OK;
        break;
    case LAB_EVENT_TIMEOUT:
        moment.name = "";
        moment.is_timeout = true;
        add_moment(need(lanes, LAB_LANE_TASK, event->task, time), moment);
        break;
    case LAB_EVENT_MARK:
        lane = event->worker ? need(lanes, LAB_LANE_WORKER, event->worker, time)
               : event->task ? need(lanes, LAB_LANE_TASK, event->task, time)
                             : &lanes->loop;
        add_moment(lane, moment);
        break;
    default:
        break;
    }
}

static void put_names(const struct lab_lanes *lanes, struct lab_lane *lane) {
    struct lab_labels *labels = lanes->state->labels;
    lane->name = lab_labels_name(labels, lane->kind, lane->number);
    for (size_t i = 0; i < lane->moment_count; i++)
        if (lane->moments[i].job && lane->moments[i].task)
            lane->moments[i].name =
                lab_labels_name(labels, 't', lane->moments[i].task);
}

// Puts the lanes in order, ends them and gives them names. Gauges have theirs,
// and no spans.
static void settle(struct lab_lanes *lanes, enum lab_lane_kind kind) {
    struct lab_numbered *all = &lanes->all[kind];
    if (kind != LAB_LANE_GAUGE)
        lab_numbered_sort(all);
    for (size_t i = 0; i < all->count; i++) {
        struct lab_lane *lane = lab_numbered_at(all, i);
        if (kind == LAB_LANE_GAUGE) {
            lane->to = lanes->end;
        } else {
            end(lane, lanes->end);
            put_names(lanes, lane);
        }
    }
    lanes->lists[kind] = (struct lab_lane_list){(void *)all->items, all->count};
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
    *lanes = (struct lab_lanes){
        .loop = {.kind = 'l', .name = "loop", .says = "loop"},
        .end = end_time,
        .in_turns = in_turns};
    for (size_t i = 0; i < LAB_LANE_KINDS; i++)
        lanes->all[i].size = sizeof(struct lab_lane);
    lanes->state = lab_state_new(record);
    // Many tasks are not moved again and again, as they would be one by one.
    size_t tasks = lab_labels_count(lanes->state->labels, 't');
    lab_numbered_reserve(&lanes->all[LAB_LANE_TASK], tasks);
    lab_numbered_reserve(&lanes->state->tasks, tasks);
    lab_state_listen(lanes->state, on_change, lanes);
    read_events(lanes);
    if (in_turns)
        lanes->turn = lanes->end = lanes->state->turn;
    else
        lab_state_pass(lanes->state, lanes->end);
    end(&lanes->loop, lanes->end);
    for (size_t i = 0; i < LAB_LANE_KINDS; i++)
        settle(lanes, (enum lab_lane_kind)i);
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

static void free_lane(const struct lab_lane *lane) {
    lab_free(lane->spans);
    lab_free(lane->moments);
    lab_free(lane->levels);
}

void lab_lanes_free(struct lab_lanes *lanes) {
    size_t count = lab_lanes_count(lanes) + lanes->gauges.count;
    for (size_t i = 0; i < count; i++)
        free_lane(lab_lanes_at(lanes, i));
    free_lane(&lanes->turns);
    for (size_t i = 0; i < LAB_LANE_KINDS; i++)
        lab_numbered_free(&lanes->all[i]);
    lab_state_free(lanes->state);
    *lanes = (struct lab_lanes){0};
}
