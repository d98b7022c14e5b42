// Locks and semaphores: what is held by so many at a time.

#include "models/model.h"

#include "core/lock.h"
#include "core/semaphore.h"

static struct model_line line;
static int inside;

// --- a lock

static struct lab_lock lock;

static bool is_mine(void) {
    return lock.holder == lab_task_number(lab_self());
}

static int visit(void) {
    model_arrive(&line);
    int rc = lab_lock_acquire(&lock);
    if (rc < 0) {
        model_left(&line);
        RULE(rc == LAB_ECANCELED && !is_mine());
        return rc;
    }
    model_served(&line, LAB_ON_LOCK);
    RULE(++inside == 1);
    rc = lab_yield();
    RULE(is_mine());
    inside--;
    RULE(lab_lock_release(&lock) == 0);
    RULE(!is_mine());
    RULE(lab_lock_held(&lock) || !model_waits(&line, LAB_ON_LOCK));
    return rc;
}

// Steps inside and outside take turns. Who was cancelled does not get in, free
// or not.
static int visitor(void *arg) {
    int rc = 0;
    (void)arg;
    for (int i = 1; i < model_steps && rc == 0; i++)
        rc = i % 2 ? visit() : lab_yield();
    if (rc < 0)
        RULE(lab_lock_acquire(&lock) == LAB_ECANCELED && !is_mine());
    return rc;
}

MODEL(a_lock_lets_in_one_at_a_time_as_they_came, .quick = 36, .full = 8130) {
    line.count = inside = 0;
    lab_lock_init(&lock);
    int rc = model_play(visitor, visitor, visitor);
    RULE(!lab_lock_held(&lock) && inside == 0);
    return rc;
}

// Who cleans up takes the lock once more, and nothing keeps it from that.
static int cleaned;

static int careful_visitor(void *arg) {
    int rc = visitor(arg);
    RULE(lab_lock_acquire_shielded(&lock) == 0);
    RULE(++inside == 1);
    cleaned++;
    inside--;
    RULE(lab_lock_release(&lock) == 0);
    return rc;
}

MODEL(a_lock_may_be_taken_in_clean_up, .quick = 48, .full = 12048) {
    line.count = inside = cleaned = 0;
    lab_lock_init(&lock);
    int rc = model_play(careful_visitor, careful_visitor, careful_visitor);
    RULE(!lab_lock_held(&lock) && inside == 0 && cleaned == PARTS);
    return rc;
}

// --- a semaphore

static struct lab_semaphore seats;
enum { SEATS = 2 };

static int sit(void) {
    model_arrive(&line);
    int rc = lab_semaphore_acquire(&seats);
    if (rc < 0) {
        model_left(&line);
        RULE(rc == LAB_ECANCELED);
        return rc;
    }
    model_served(&line, LAB_ON_SEMAPHORE);
    RULE(++inside <= SEATS);
    rc = lab_yield();
    inside--;
    RULE(lab_semaphore_release(&seats) == 0);
    RULE(seats.value == 0 || !model_waits(&line, LAB_ON_SEMAPHORE));
    return rc;
}

static int guest(void *arg) {
    int rc = 0;
    (void)arg;
    for (int i = 1; i < model_steps && rc == 0; i++)
        rc = sit();
    if (rc < 0)
        RULE(lab_semaphore_acquire(&seats) == LAB_ECANCELED);
    return rc;
}

MODEL(a_semaphore_seats_two_of_three_as_they_came, .quick = 90,
      .full = 161262) {
    line.count = inside = 0;
    lab_semaphore_init_bounded(&seats, SEATS);
    int rc = model_play(guest, guest, guest);
    RULE(inside == 0 && seats.value == SEATS);
    RULE(lab_semaphore_release(&seats) == LAB_EINVAL);
    return rc;
}

// Two each step, and all that were promised even if it is cancelled.
static size_t given, taken;

static int giver(void *arg) {
    size_t all = 2 * (size_t)(model_steps - 1);
    int rc = 0;
    (void)arg;
    while (given < all) {
        for (int i = 0; i < 2; i++, given++)
            RULE(lab_semaphore_release(&seats) == 0);
        if (rc == 0)
            rc = lab_yield();
    }
    return rc;
}

static int taker(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        LAB_TRY(lab_semaphore_acquire(&seats));
        RULE(++taken <= given);
        LAB_TRY(lab_yield());
    }
    return 0;
}

MODEL(permits_are_neither_lost_nor_doubled, .quick = 150, .full = 95034) {
    given = taken = 0;
    lab_semaphore_init(&seats, 0);
    int rc = model_play(giver, taker, taker);
    RULE(given == taken + seats.value);
    return rc;
}
