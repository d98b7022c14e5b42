// Waiting for several tasks, and answering for them.

#include "models/model.h"

#include "core/scope.h"

enum { FAILURE = -71 };            // of part b; that of c is the next lower
static bool fails[PARTS];          // at its last step
static int results[PARTS], failed; // how many did fail
static int first;                  // the first to fail, in time; or 0

static int stepper(void *arg) {
    int index = *(int *)arg, rc = 0;
    for (int i = 1; i < model_steps && rc == 0; i++)
        rc = lab_yield();
    if (rc == 0)
        rc = fails[index] ? FAILURE - index : 10 + index;
    results[index] = rc;
    failed += rc < 0;
    if (rc < 0 && !first)
        first = rc;
    return rc;
}

static void begin(lab_task *tasks[PARTS], bool b_fails, bool c_fails) {
    fails[1] = b_fails;
    fails[2] = c_fails;
    first = failed = 0;
    model_spawn(tasks, stepper, stepper, stepper);
}

static int real_failures(void) {
    int count = 0;
    for (int i = 0; i < PARTS; i++)
        count += results[i] < 0 && results[i] != LAB_ECANCELED;
    return count;
}

static bool is_real(int rc) {
    return rc < 0 && rc != LAB_ECANCELED;
}

// A root that was cancelled may say so, and another failure is read by now.
static int passed_on(int rc) {
    return rc == LAB_ECANCELED && lab_task_cancelled(lab_self()) ? rc : 0;
}

// A failure, also in winding up, goes before the cancel of who gathers.
static void check(lab_task *const *tasks, int rc) {
    RULE(model_ended() == PARTS);
    for (int i = 0; i < PARTS; i++)
        RULE(lab_task_done(tasks[i]));
    RULE(rc < 0 || first == 0);
    RULE(rc >= 0 || rc == first || lab_task_cancelled(lab_self()));
    RULE(!is_real(first) || rc == first);
}

static int gather(bool b_fails, bool c_fails) {
    lab_task *tasks[PARTS];
    begin(tasks, b_fails, c_fails);
    int rc = lab_gather(tasks, PARTS);
    check(tasks, rc);
    for (int i = 0; i < PARTS; i++)
        RULE(lab_task_result(tasks[i]) == results[i]); // and is read
    return passed_on(rc);
}

MODEL(results_stand_in_the_order_of_the_array, .quick = 90, .full = 34650) {
    return gather(false, false);
}

MODEL(the_first_failure_in_time_wins, .quick = 274, .full = 113054) {
    return gather(true, true);
}

MODEL(no_failure_goes_unread, .quick = 274, .full = 113054) {
    lab_task *tasks[PARTS];
    begin(tasks, true, true);
    int rc = lab_gather(tasks, PARTS);
    check(tasks, rc);
    if (real_failures() > is_real(rc))
        model_status = LAB_EUNREAD;
    return passed_on(rc);
}

MODEL(gather_all_counts_the_failures, .quick = 90, .full = 34650) {
    lab_task *tasks[PARTS];
    begin(tasks, false, true);
    int rc = lab_gather_all(tasks, PARTS);
    RULE(model_ended() == PARTS);
    RULE(rc == failed || (rc == LAB_ECANCELED && !model_is_calm()));
    if (rc < 0 && real_failures() > 0)
        model_status = LAB_EUNREAD;
    return passed_on(rc);
}

// --- one task, awaited by others

static lab_task *cast[PARTS];

static int awaiter(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        bool was_cancelled = lab_task_cancelled(lab_self());
        int rc = lab_await_shielded(cast[0]);
        RULE(was_cancelled || lab_task_done(cast[0]) == (rc >= 0) ||
             results[0] < 0);
        if (rc == LAB_ECANCELED)
            return lab_task_cancelled(lab_self()) ? rc : 0;
        RULE(rc == 10);
        LAB_TRY(lab_yield());
    }
    return 0;
}

MODEL(who_awaits_shielded_cancels_nobody, .quick = 66, .full = 2030) {
    fails[0] = false;
    results[0] = first = 0;
    model_spawn(cast, stepper, awaiter, awaiter);
    int rc = lab_gather_all(cast, PARTS);
    RULE(model_ended() == PARTS);
    int cancelled = 0; // besides the schedule's victim, nobody
    for (int i = 0; i < PARTS; i++)
        cancelled += lab_task_cancelled(cast[i]);
    RULE(cancelled <= !model_is_calm() || lab_task_cancelled(lab_self()));
    return passed_on(rc);
}

// --- children end before their parent does

static int cleaned;

static int child(void *arg) {
    struct lab_shield shield;
    (void)arg;
    for (int i = 1; i < model_steps; i++)
        if (lab_yield() < 0)
            break;
    lab_shield_enter(&shield);
    RULE(lab_yield() == 0);
    lab_shield_exit(&shield);
    cleaned++;
    return 0;
}

static int parent(void *arg) {
    (void)arg;
    lab_spawn("child", child, NULL);
    return lab_yield();
}

MODEL(children_clean_up_before_their_parent_ends, .quick = 4032, .full = 114840,
      .most_steps = 3) {
    fails[1] = fails[2] = false;
    cleaned = 0;
    int rc = model_play(parent, stepper, stepper);
    RULE(cleaned == 1);
    return rc;
}
