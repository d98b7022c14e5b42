// orders.h - what a variant comes to under every order of its tasks and jobs,
// as a short table.

#ifndef LAB_VIEW_ORDERS_H
#define LAB_VIEW_ORDERS_H

#include "demo/orders.h"
#include "view/view.h"

// Appends the outcomes of [orders], with how often each came and the first
// order that gave it, and a sentence about what depends on the order. Failures
// come first; only the first of many outcomes are shown. [typed] is the program
// with its values, as `run` takes it: "7 n=3".
void lab_orders_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_comparison *comparison,
                    const struct lab_orders *orders, const char *typed);

#endif
