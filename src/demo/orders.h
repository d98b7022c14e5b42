// orders.h - the outcomes of a variant under every order of its tasks
// and jobs.
//
// Use:
//     struct lab_orders orders = {.most = 20000, .deepest = 100};
//     lab_orders_run(&orders, &comparison, &settings, index);
//     ... orders.outcomes[i].count ...
//     lab_orders_free(&orders);

#ifndef LAB_DEMO_ORDERS_H
#define LAB_DEMO_ORDERS_H

#include "demo/result.h"

// What several orders have in common: how the run ended, when, and what was
// said, line by line.
struct lab_outcome {
    int rc;
    lab_time end;
    bool held;      // its laws and claims; no error but one that is claimed
    char *said;     // "name: line\n", in this order; owned
    char *schedule; // the first order that gave it, for --schedule=; owned
    size_t count;   // how many orders gave it
    uint64_t hash;  // of what was said
};

struct lab_orders {
    size_t most;    // how many orders to try at most
    size_t deepest; // how many choices of each are varied at most
    // Called after each of them. May wait; returns false to try no more. May
    // be NULL.
    bool (*tick)(void *arg, const struct lab_orders *orders);
    void *arg;
    // While they are tried; NULL before, in the loop's own order.
    const struct lab_exploration *exploration;
    // What came out.
    struct lab_outcome *outcomes; // in the order in which they were seen
    size_t count, room;
    size_t tried;
    bool truncated;     // there are more orders than were tried
    bool shallow;       // some have more choices than [deepest]
    bool first_is_fifo; // it comes to the same as the loop's own order
    bool stopped;       // by the tick, or from the terminal
    bool is_cut;        // the program ended while they were tried
};

// Runs variant [index] of settings->demo under every order, with the virtual
// clock. It is the one run of [comparison], which is begun. Waits if the tick
// does.
void lab_orders_run(struct lab_orders *orders,
                    struct lab_comparison *comparison,
                    const struct lab_settings *settings, size_t index);

// Counts one more order, the current one, of which rc, end, held and said were
// [seen]. Copies them.
void lab_orders_count(struct lab_orders *orders, struct lab_outcome seen);

// Appends the order that is being tried, as --schedule= takes it. Safe in a
// signal handler, if [out] is fixed.
void lab_orders_put_current(const struct lab_orders *orders,
                            struct lab_text *out);

// Is this outcome a failure: an error, or a law or claim that did not hold?
bool lab_outcome_is_bad(const struct lab_outcome *outcome);

void lab_orders_free(struct lab_orders *orders);

#endif
