// state_wake.c - what will end a wait, as the record says further on.
//
// Read once for all waits of the record, and on from there when it has grown.

#include "base/alloc.h"
#include "record/state_internal.h"

// A wait by the number of its event, and the number of the WAKE that ends it.
struct ending {
    uint32_t wait, wake;
};

// The wait that a task is in.
struct open {
    uint32_t task, wait;
};

struct lab_state_wakes {
    size_t read; // how many events
    struct lab_numbered endings, waits;
};

struct lab_state_wakes *lab_state_wakes_new(void) {
    struct lab_state_wakes *wakes = lab_alloc(sizeof *wakes);
    wakes->endings.size = sizeof(struct ending);
    wakes->waits.size = sizeof(struct open);
    return wakes;
}

void lab_state_wakes_free(struct lab_state_wakes *wakes) {
    lab_numbered_free(&wakes->endings);
    lab_numbered_free(&wakes->waits);
    lab_free(wakes);
}

static void read(struct lab_state_wakes *wakes,
                 const struct lab_record *record) {
    for (; wakes->read < lab_record_count(record); wakes->read++) {
        const struct lab_event *event = lab_record_at(record, wakes->read);
        uint32_t number = (uint32_t)wakes->read + 1;
        if (event->kind != LAB_EVENT_WAIT && event->kind != LAB_EVENT_WAKE)
            continue;
        struct open *open = lab_numbered_need(&wakes->waits, event->task);
        if (event->kind == LAB_EVENT_WAIT) {
            open->wait = number;
        } else if (open->wait) {
            struct ending *ending =
                lab_numbered_need(&wakes->endings, open->wait);
            ending->wake = number;
            open->wait = 0;
        }
    }
}

const struct lab_event *lab_state_ending(const struct lab_state *state,
                                         const struct lab_state_task *task) {
    struct lab_state_wakes *wakes = state->wakes;
    if (!lab_is_waiting(task->is))
        return NULL;
    read(wakes, state->record);
    const struct ending *ending =
        lab_numbered_find(&wakes->endings, task->wait);
    if (!ending || ending->wake <= state->at)
        return NULL;
    const struct lab_event *event =
        lab_record_at(state->record, ending->wake - 1);
    return event->value >= 0 ? event : NULL;
}
