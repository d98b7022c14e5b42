// tries_orders.c - every order of a Python program, as lab_orders_run tries
// those of a demo.

#include "base/alloc.h"
#include "core/explore.h"
#include "guest/tries_internal.h"

struct orders {
    struct lab_tries tries;
    struct lab_orders *orders;
    struct lab_schedule schedule;
    struct lab_exploration exploration; // for the name of the current order
};

enum { MOST = 2000 }; // each is a process; it takes some seconds

static bool next(struct lab_tries *tries) {
    struct orders *self = (struct orders *)tries;
    struct lab_orders *orders = self->orders;
    struct lab_schedule *schedule = &self->schedule;
    tries->now.schedule = schedule;
    tries->now.values = "";
    schedule->kind = LAB_SCHEDULE_SCRIPT;
    if (orders->tried == 0 || orders->stopped)
        return !orders->stopped;
    if (schedule->made > orders->deepest) {
        schedule->made = orders->deepest;
        orders->shallow = true;
    }
    bool more = lab_schedule_next(schedule);
    orders->truncated =
        more && (orders->tried >= orders->most || orders->tried >= MOST);
    return more && !orders->truncated;
}

// An error that nobody has read is one of the run's.
static int result_of(const struct lab_try *now) {
    const struct lab_comparison *ran =
        now->recording.count ? now->recording.all[0] : NULL;
    int rc = now->result;
    for (size_t i = 0; ran && i < ran->count; i++) {
        const struct lab_record *record = ran->runs[i]->record;
        if (ran->runs[i]->rc < 0 && rc > 0)
            rc = ran->runs[i]->rc; // and not the exit status
        for (size_t j = 0; j < lab_record_count(record) && rc == 0; j++)
            if (lab_record_at(record, j)->kind == LAB_EVENT_UNREAD)
                rc = LAB_EUNREAD;
    }
    return rc;
}

static void take(struct lab_tries *tries) {
    struct orders *self = (struct orders *)tries;
    struct lab_try *now = &tries->now;
    int rc = result_of(now);
    self->exploration.schedule = &self->schedule;
    self->orders->exploration = &self->exploration;
    lab_orders_count(self->orders,
                     (struct lab_outcome){
                         .rc = rc,
                         .end = now->time,
                         .held = rc == 0,
                         .said = (char *)lab_text_string(&now->said),
                     });
    self->orders->exploration = NULL;
    if (self->orders->tick &&
        !self->orders->tick(self->orders->arg, self->orders))
        self->orders->stopped = true;
}

static void end(struct lab_tries *tries, const char *why) {
    struct orders *self = (struct orders *)tries;
    (void)why; // the caller says it
    lab_schedule_free(&self->schedule);
}

struct lab_tries *lab_tries_of_orders(struct lab_orders *orders) {
    struct orders *self = lab_alloc(sizeof *self);
    self->tries = (struct lab_tries){.next = next, .take = take, .end = end};
    self->orders = orders;
    orders->first_is_fifo = true; // asyncio's own turns end under any schedule
    return &self->tries;
}
