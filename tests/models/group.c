// Groups: tasks that succeed or fail together, and may become more.

#include "models/model.h"

#include "core/group.h"

enum { FAILURE = -71 };
static lab_group *group;
static bool fails[PARTS], quits; // part b, by stopping the group
static int failures, first;      // how many, and the first in time; or 0
static int came, went;           // members that members spawned
static bool refused, waited;     // a spawn was; the group has been waited for

static int newcomer(void *arg) {
    (void)arg;
    int rc = lab_yield();
    RULE(!waited);
    went++;
    return rc;
}

// A group that is being stopped takes no more.
static void spawn_more(void) {
    int rc = lab_group_spawn(group, "newcomer", newcomer, NULL);
    RULE(rc == 0 || rc == LAB_ECANCELED);
    RULE(rc < 0 || !first);
    came += rc == 0;
    refused = rc < 0;
}

static int member(void *arg) {
    int index = *(int *)arg, rc = 0;
    for (int i = 1; i < model_steps && rc == 0; i++)
        rc = lab_yield();
    if (index == 0)
        spawn_more();
    if (quits && index == 1) {
        lab_group_cancel(group);
        RULE(lab_group_spawn(group, "late", newcomer, NULL) == LAB_ECANCELED);
    }
    if (fails[index] && (rc == 0 || index == 2)) // c in clean-up, too
        rc = FAILURE - index;
    RULE(!waited);
    if (rc < 0 && rc != LAB_ECANCELED) {
        failures++;
        first = first ? first : rc;
    }
    return rc;
}

static int play(bool b_fails, bool c_fails, bool b_quits) {
    static const char *const names[PARTS] = {"a", "b", "c"};
    fails[1] = b_fails;
    fails[2] = c_fails;
    quits = b_quits;
    failures = first = came = went = 0;
    refused = waited = false;
    group = lab_group_new();
    for (int i = 0; i < PARTS; i++)
        RULE(lab_group_spawn(group, names[i], model_act,
                             model_role(i, member)) == 0);
    int rc = lab_group_wait(group);
    waited = true;
    RULE(model_ended() == PARTS && came == went);
    RULE(first ? rc == first : rc == 0 || rc == LAB_ECANCELED);
    RULE(!refused || first || quits || lab_task_cancelled(lab_self()));
    if (failures > 1)
        model_status = LAB_EUNREAD; // all but the first
    return rc == LAB_ECANCELED && lab_task_cancelled(lab_self()) ? rc : 0;
}

MODEL(a_group_ends_with_all_its_members, .quick = 420, .full = 210210) {
    return play(false, false, false);
}

MODEL(the_first_failure_ends_a_group, .quick = 270, .full = 134424) {
    return play(true, true, false);
}

MODEL(a_group_that_is_stopped_has_not_failed, .quick = 345, .full = 172317) {
    int rc = play(false, false, true);
    RULE(first == 0 && failures == 0);
    return rc;
}
