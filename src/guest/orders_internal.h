// orders_internal.h - every order of a guest's tasks, as lines of its process;
// private to src/guest.
//
// The process tries the orders itself. Its record is then a first line, a run
// without events, and among them:
//     {"outcome":"0,1","result":0,"ns":5,"held":1,"said":"up\n"}
//     {"tried":6,"counts":[4,2],"truncated":0,"shallow":0,"stopped":0}
// An outcome is told when it is first seen, and counts as one order. How often
// each came is told from time to time, and at the end with the other members.

#ifndef LAB_GUEST_ORDERS_INTERNAL_H
#define LAB_GUEST_ORDERS_INTERNAL_H

#include "demo/orders.h"

// Reads [line] into [orders] if it is about orders. Returns whether it is. Sets
// [is_over] if it is the last.
//
// Errors: [error] is set if it is damaged.
bool lab_guest_orders_line(struct lab_orders *orders, const char *line,
                           bool *is_over, const char **error);

// Append these lines.
void lab_guest_orders_put_outcome(struct lab_text *out,
                                  const struct lab_outcome *outcome);
void lab_guest_orders_put_counts(struct lab_text *out,
                                 const struct lab_orders *orders, bool is_over);

#endif
