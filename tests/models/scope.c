// Timeouts and shields: what a task must stop for, and what it is kept from.

#include "models/model.h"

#include "core/future.h"
#include "core/lock.h"
#include "core/park_internal.h"

static lab_task *cast[PARTS];

static int play(lab_fn *a, lab_fn *b, lab_fn *c) {
    model_spawn(cast, a, b, c);
    int rc = lab_gather_all(cast, PARTS);
    RULE(model_ended() == PARTS);
    return rc < 0 ? rc : 0;
}

static int canceller(void *arg) {
    (void)arg;
    for (int i = 2; i < model_steps; i++)
        LAB_TRY(lab_yield());
    LAB_TRY(lab_sleep_until(LAB_MS));
    lab_cancel(cast[0]);
    return 0;
}

// --- timeouts

static lab_future *answer;

static int answerer(void *arg) {
    (void)arg;
    int rc = 0;
    for (int i = 2; i < model_steps && rc == 0; i++)
        rc = lab_yield();
    if (rc == 0)
        rc = lab_sleep_until(LAB_MS);
    lab_future_set(answer, 7);
    return rc;
}

// Who is told by whom: the inner timeout only if there is no other reason.
static void check(const struct lab_timeout *in, const struct lab_timeout *out,
                  int rc, int in_rc, int out_rc) {
    bool cancelled = lab_task_cancelled(lab_self());
    bool in_over = lab_timeout_expired(in), out_over = lab_timeout_expired(out);
    RULE(rc == 7 || rc == LAB_ECANCELED);
    RULE(rc == 7 ? in_rc == 7 && out_rc == 7
                 : in_over || out_over || cancelled);
    RULE(in_rc != LAB_ETIMEDOUT || (in_over && rc == LAB_ECANCELED));
    RULE(out_rc == 7 || !cancelled || out_rc == LAB_ECANCELED);
    RULE(out_rc != LAB_ECANCELED || cancelled);
    RULE(out_rc != LAB_ETIMEDOUT || in_over || out_over);
}

// Two timeouts, an answer and a cancel, all at the same time.
static int timed(void *arg) {
    struct lab_timeout in, out;
    (void)arg;
    lab_timeout_enter(&out, LAB_MS);
    for (int i = 2; i < model_steps; i++)
        lab_ignore(lab_yield());
    lab_timeout_enter(&in, LAB_MS);
    int rc = lab_future_wait(answer);
    int in_rc = lab_timeout_exit(&in, rc);
    bool stop = lab_timeout_expired(&out) || lab_task_cancelled(lab_self());
    RULE(in_rc != LAB_ETIMEDOUT || !stop);
    RULE((lab_task_check() < 0) == stop); // level-triggered, up to here
    int out_rc = lab_timeout_exit(&out, in_rc);
    check(&in, &out, rc, in_rc, out_rc);
    RULE((lab_task_check() < 0) == lab_task_cancelled(lab_self()));
    return lab_task_cancelled(lab_self()) ? LAB_ECANCELED : 0;
}

MODEL(of_two_timeouts_an_answer_and_a_cancel_one_is_told, .quick = 36,
      .full = 10080) {
    answer = lab_future_new();
    int rc = play(timed, answerer, canceller);
    lab_future_free(answer);
    return rc;
}

// --- a shield

static struct lab_lock lock;
static int opened, cleaned;

static int sleep_for_long(void *arg) {
    (void)arg;
    return lab_sleep(LAB_S);
}

// Takes the lock, which others want too, and waits with it.
static int clean_up(void *arg) {
    (void)arg;
    cleaned++;
    RULE(lab_lock_acquire(&lock) == 0);
    RULE(lab_yield() == 0);
    RULE(lab_within(LAB_MS, sleep_for_long, NULL) == LAB_ETIMEDOUT);
    return lab_lock_release(&lock);
}

static int careful(void *arg) {
    int rc = 0;
    (void)arg;
    opened++;
    for (int i = 1; i < model_steps && rc == 0; i++)
        rc = lab_yield();
    RULE(lab_shielded(clean_up, NULL) == 0);
    if (lab_task_cancelled(lab_self()))
        RULE(lab_yield() == LAB_ECANCELED);
    return rc;
}

// Cancels whoever cleans up, or is about to, and wants the lock as well.
static int nuisance(void *arg) {
    (void)arg;
    LAB_TRY(lab_yield());
    lab_cancel(cast[0]);
    lab_cancel(cast[1]);
    LAB_TRY(lab_lock_acquire(&lock));
    int rc = lab_yield();
    RULE(lab_lock_release(&lock) == 0);
    return rc;
}

MODEL(clean_up_in_a_shield_is_done_once_and_to_the_end, .quick = 354,
      .full = 10118) {
    opened = cleaned = 0;
    lab_lock_init(&lock);
    int rc = play(careful, careful, nuisance);
    RULE(opened == 2 && cleaned == 2 && !lab_lock_held(&lock));
    return rc;
}
