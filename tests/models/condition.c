// A condition: those that wait for a change get it, one each.

#include "models/model.h"

#include "core/condition.h"

static struct lab_lock lock;
static struct lab_condition changed;
static struct model_line line;
static int inside, stock, made, bought;

static bool is_mine(void) {
    return lock.holder == lab_task_number(lab_self());
}

static void make_one(void) {
    RULE(++inside == 1);
    stock++;
    made++;
    bool any = model_waits(&line, LAB_ON_CONDITION);
    RULE(lab_condition_notify(&changed, 1) == any);
    inside--;
    RULE(lab_lock_release(&lock) == 0);
}

// What was promised is made even if the maker is cancelled: in clean-up then.
static int maker(void *arg) {
    int all = 2 * (model_steps - 1), rc = 0;
    (void)arg;
    while (rc == 0 && made < all) {
        rc = lab_lock_acquire(&lock);
        if (rc == 0) {
            make_one();
            rc = lab_yield();
        }
    }
    while (made < all && RULE(lab_lock_acquire_shielded(&lock) == 0))
        make_one();
    return rc;
}

static int wait_for_stock(void) {
    int rc = 0;
    while (rc == 0 && stock == 0) {
        model_arrive(&line);
        inside--;
        rc = lab_condition_wait(&changed);
        RULE(is_mine() && ++inside == 1);
        if (rc == 0)
            model_served(&line, LAB_ON_CONDITION);
        else
            model_left(&line);
    }
    return rc;
}

static int buyer(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        LAB_TRY(lab_lock_acquire(&lock));
        RULE(++inside == 1);
        int rc = wait_for_stock();
        if (rc == 0) {
            stock--;
            bought++;
        }
        inside--;
        RULE(lab_lock_release(&lock) == 0);
        LAB_TRY(rc);
    }
    return 0;
}

MODEL(a_change_is_notified_to_one_and_never_lost, .quick = 58, .full = 6382) {
    line.count = inside = stock = made = bought = 0;
    lab_lock_init(&lock);
    lab_condition_init(&changed, &lock);
    int rc = model_play(maker, buyer, buyer);
    RULE(stock >= 0 && stock + bought == made);
    RULE(!model_is_calm() || stock == 0);
    RULE(!lab_lock_held(&lock) && inside == 0);
    return rc;
}

// --- notified all at once

static int rounds;

static bool has_begun(void *arg) {
    return rounds > *(const int *)arg;
}

static int caller(void *arg) {
    int rc = 0;
    (void)arg;
    while (rounds < model_steps - 1) {
        if (rc == 0)
            rc = lab_lock_acquire(&lock);
        if (rc < 0 && !RULE(lab_lock_acquire_shielded(&lock) == 0))
            break;
        rounds++;
        RULE(lab_condition_notify_all(&changed) >= 0);
        RULE(lab_lock_release(&lock) == 0);
        if (rc == 0)
            rc = lab_yield();
    }
    return rc;
}

static int follower(void *arg) {
    (void)arg;
    for (int seen = 0; seen < model_steps - 1; seen++) {
        LAB_TRY(lab_lock_acquire(&lock));
        int rc = lab_condition_wait_for(&changed, has_begun, &seen);
        RULE(is_mine() && (rc < 0 || rounds > seen));
        RULE(lab_lock_release(&lock) == 0);
        LAB_TRY(rc);
    }
    return 0;
}

MODEL(whoever_waits_for_a_change_hears_of_it, .quick = 30, .full = 750) {
    rounds = 0;
    lab_lock_init(&lock);
    lab_condition_init(&changed, &lock);
    int rc = model_play(caller, follower, follower);
    RULE(!lab_lock_held(&lock));
    return rc;
}
