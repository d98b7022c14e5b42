// visitors.h - a run with a gauge, in which tasks end in every way there is.

#ifndef LAB_TESTS_VIEW_VISITORS_H
#define LAB_TESTS_VIEW_VISITORS_H

#include "core/say.h"
#include "core/task.h"

#include <stdint.h>

// Stays for this many tenths of a second; one that stays for two fails.
static inline int visit(void *arg) {
    int64_t tenths = (intptr_t)arg;
    lab_count("inside", +1);
    int rc = lab_sleep(tenths * 100 * LAB_MS);
    lab_count("inside", -1);
    return rc < 0 ? rc : tenths == 2 ? LAB_EINVAL : 0;
}

// One fails, one leaves by itself, one is cancelled.
static inline int receive_visitors(void *arg) {
    (void)arg;
    lab_task *visitors[] = {lab_spawn("short", visit, (void *)2),
                            lab_spawn("long", visit, (void *)9),
                            lab_spawn("middle", visit, (void *)4)};
    lab_ignore(lab_await(visitors[0]));
    LAB_TRY(lab_await(visitors[2]));
    lab_cancel(visitors[1]);
    lab_ignore(lab_await(visitors[1]));
    return lab_sleep(100 * LAB_MS);
}

#endif
