#include "demo/orders.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "core/explore.h"

#include <string.h>

struct trying {
    struct lab_orders *orders;
    struct lab_comparison *comparison;
    struct lab_exploration exploration;
    struct lab_outcome plain; // of the loop's own order, without a schedule
    struct lab_text plain_said;
};

static void put_said(struct lab_text *out, const struct lab_record *record) {
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind == LAB_EVENT_SAY)
            lab_text_printf(out, "%s\n", lab_record_text(record, event));
    }
}

void lab_orders_put_current(const struct lab_orders *orders,
                            struct lab_text *out) {
    const struct lab_exploration *exploration = orders->exploration;
    bool is_odd =
        exploration && lab_schedule_cost(exploration->schedule).odd > 0;
    if (is_odd)
        lab_schedule_put_short(out, exploration->schedule);
    else
        lab_text_put(out, exploration && !orders->first_is_fifo ? "0" : "fifo");
}

static char *name_current(const struct lab_orders *orders) {
    struct lab_text name = {0};
    lab_orders_put_current(orders, &name);
    char *copy = lab_strdup(lab_text_string(&name));
    lab_text_free(&name);
    return copy;
}

// Finds the outcome that is like [seen]; NULL if there is none yet.
static struct lab_outcome *find(const struct lab_orders *orders,
                                const struct lab_outcome *seen) {
    for (size_t i = 0; i < orders->count; i++) {
        struct lab_outcome *at = &orders->outcomes[i];
        if (at->hash == seen->hash && at->rc == seen->rc &&
            at->end == seen->end && at->held == seen->held &&
            strcmp(at->said, seen->said) == 0)
            return at;
    }
    return NULL;
}

void lab_orders_count(struct lab_orders *orders, struct lab_outcome seen) {
    seen.hash = lab_hash(LAB_HASH_EMPTY, seen.said, strlen(seen.said));
    struct lab_outcome *known = find(orders, &seen);
    orders->tried++;
    if (known) {
        known->count++;
        return;
    }
    orders->outcomes = lab_grow(orders->outcomes, orders->count, &orders->room,
                                sizeof *orders->outcomes);
    seen.said = lab_strdup(seen.said);
    seen.schedule = name_current(orders);
    seen.count = 1;
    orders->outcomes[orders->count++] = seen;
}

static struct lab_outcome outcome_of(const struct lab_comparison *comparison,
                                     int rc, struct lab_text *said) {
    const struct lab_record *record = comparison->runs[0]->record;
    put_said(said, record);
    return (struct lab_outcome){.rc = rc,
                                .end = lab_record_end(record),
                                .held = lab_comparison_held(comparison),
                                .said = (char *)lab_text_string(said)};
}

// While orders are tried a turn has no end, also in the first of them. So it
// may come to something else than the loop's own order. Then that counts as an
// order, too, and the first is one like the others: nothing is claimed of it
// that is claimed of first in, first out.
static void look_at_first(struct trying *trying, struct lab_outcome *first) {
    const struct lab_outcome *plain = &trying->plain;
    struct lab_comparison *comparison = trying->comparison;
    trying->orders->first_is_fifo = first->rc == plain->rc &&
                                    first->end == plain->end &&
                                    strcmp(first->said, plain->said) == 0;
    if (trying->orders->first_is_fifo)
        return;
    const struct lab_exploration *exploration = trying->orders->exploration;
    trying->orders->exploration = NULL; // that has its own name
    lab_orders_count(trying->orders, *plain);
    trying->orders->exploration = exploration;
    comparison->schedule = lab_strdup("0");
    lab_result_measure(comparison, comparison->runs[0]);
    first->held = lab_comparison_held(comparison);
}

// Called after each order. What was interrupted has no outcome.
static bool on_end(void *arg, int rc) {
    struct trying *trying = arg;
    struct lab_orders *orders = trying->orders;
    struct lab_exploration *exploration = &trying->exploration;
    struct lab_text said = {0};
    orders->stopped |= exploration->stop;
    if (!exploration->stop) {
        struct lab_outcome seen = outcome_of(trying->comparison, rc, &said);
        if (orders->tried == 0)
            look_at_first(trying, &seen);
        lab_orders_count(orders, seen);
        if (orders->tick && !orders->tick(orders->arg, orders))
            exploration->stop = orders->stopped = true;
    }
    lab_text_free(&said);
    return true;
}

// Runs it once in the loop's own order. Returns whether nobody has stopped it.
static bool run_plain(struct trying *trying,
                      const struct lab_settings *settings, size_t index) {
    struct lab_comparison *comparison = trying->comparison;
    lab_ignore(lab_result_run(comparison, settings, index, NULL));
    int rc = comparison->runs[0]->rc;
    trying->plain = outcome_of(comparison, rc, &trying->plain_said);
    trying->orders->stopped = rc == LAB_EINTR;
    if (rc != LAB_EINTR)
        lab_comparison_cut(comparison, 0);
    return rc != LAB_EINTR;
}

void lab_orders_run(struct lab_orders *orders,
                    struct lab_comparison *comparison,
                    const struct lab_settings *settings, size_t index) {
    struct trying trying = {
        .orders = orders,
        .comparison = comparison,
        .exploration = {.most = orders->most,
                        .deepest = orders->deepest,
                        .right = on_end,
                        .arg = &trying},
    };
    if (run_plain(&trying, settings, index)) {
        orders->exploration = &trying.exploration;
        lab_result_explore(comparison, settings, index, &trying.exploration);
        orders->exploration = NULL;
        orders->truncated = trying.exploration.truncated;
        orders->shallow = trying.exploration.shallow;
    }
    lab_text_free(&trying.plain_said);
    lab_text_free(&trying.exploration.first);
}

bool lab_outcome_is_bad(const struct lab_outcome *outcome) {
    return !outcome->held;
}

void lab_orders_free(struct lab_orders *orders) {
    for (size_t i = 0; i < orders->count; i++) {
        lab_free(orders->outcomes[i].said);
        lab_free(orders->outcomes[i].schedule);
    }
    lab_free(orders->outcomes);
    *orders = (struct lab_orders){0};
}
