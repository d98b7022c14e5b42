#include "core/mailbox_internal.h"

// Turns the row around, so that it begins with the mail that came first.
static struct mail *first_of(struct mail *last) {
    struct mail *after = NULL;
    while (last) {
        struct mail *before = last->before;
        last->before = after;
        after = last;
        last = before;
    }
    return after;
}

void lab_mailbox_open(struct mailbox *box) {
    if (lab_mailbox_empty(box))
        return;
    struct mail *mail = first_of(atomic_exchange(&box->last, NULL));
    while (mail) {
        struct mail *next = mail->before;
        mail->open(mail); // then it is gone
        mail = next;
    }
}
