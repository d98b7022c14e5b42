// mailbox_internal.h - messages to a loop, from any thread; private to
// src/core.
//
// Use:
//     static void on_end(struct mail *mail);        on the loop's thread
//     job->mail.open = on_end;
//     lab_mailbox_put(&box, &job->mail);            on a worker
//     lab_mailbox_open(&box);                       on the loop, now and then
//
// There is no lock: a piece of mail points to the one that came before it, and
// the box to the last one. So to put one there is to swap one pointer.

#ifndef LAB_CORE_MAILBOX_INTERNAL_H
#define LAB_CORE_MAILBOX_INTERNAL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct mail {
    struct mail *before;
    void (*open)(struct mail *mail);
};

// A zeroed box is an empty one.
struct mailbox {
    _Atomic(struct mail *) last;
};

// From any thread: puts [mail] into [box]. From then on it is the loop's.
static inline void lab_mailbox_put(struct mailbox *box, struct mail *mail) {
    mail->before = atomic_load_explicit(&box->last, memory_order_relaxed);
    while (!atomic_compare_exchange_weak(&box->last, &mail->before, mail))
        continue;
}

// Opens all that is in [box], in the order in which it came.
void lab_mailbox_open(struct mailbox *box);

static inline bool lab_mailbox_empty(const struct mailbox *box) {
    return atomic_load(&box->last) == NULL;
}

#endif
