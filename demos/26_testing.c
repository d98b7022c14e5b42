// 26 testing: how do you test a one-hour timeout in a millisecond?
//
// A session expires when nobody has asked for anything for `limit`, and each
// request renews it. Such code is wrong at its edges: a moment before the limit
// and a moment after it. Under the virtual clock an hour takes no time and
// timers are exact, so the same code is tested at both edges, and a claim about
// time is the test. One case is not enough: the wrong session passes the first.

#include "lab.h"

struct session {
    bool is_wrong; // it counts from its beginning, and renews nothing
    struct lab_flag asked;
};

static int next_request(void *arg) {
    return lab_flag_wait(arg);
}

// The code under test.
static int session(void *arg) {
    struct session *session = arg;
    lab_time limit = lab_param("limit"), left = limit;
    int rc;
    while ((rc = lab_within(left, next_request, &session->asked)) == 0) {
        lab_flag_clear(&session->asked);
        lab_say("a request is answered");
        left = session->is_wrong ? limit - lab_now() : limit;
    }
    LAB_TRY(rc == LAB_ETIMEDOUT ? 0 : rc);
    lab_say("the session expires");
    return 0;
}

// A case: when somebody asks, in margins after the limit.
struct test_case {
    enum { NOBODY_ASKS, BEFORE = -1, AFTER = 1 } asks;
    bool is_wrong;
};

static int test(const void *arg) {
    static struct session tested;
    const struct test_case *test = arg;
    tested.is_wrong = test->is_wrong;
    lab_flag_init(&tested.asked);
    lab_task *task = lab_spawn("session", session, &tested);
    if (test->asks != NOBODY_ASKS)
        LAB_TRY(lab_sleep(lab_param("limit") +
                          (int)test->asks * lab_param("margin")));
    if (lab_task_done(task))
        lab_say("a request is refused");
    else if (test->asks != NOBODY_ASKS)
        lab_flag_set(&tested.asked);
    return lab_await(task);
}

static const struct test_case silence = {NOBODY_ASKS}, in_time = {BEFORE},
                              too_late = {AFTER},
                              wrong_silence = {NOBODY_ASKS, .is_wrong = true},
                              wrong_in_time = {BEFORE, .is_wrong = true};

const struct lab_demo lab_demo = {
    .name = "testing",
    .asks = "How do you test a one-hour timeout in a millisecond?",
    .params = {{"limit", 1000, .min = 100, .max = 86400000, .unit = "ms",
                .text = "how long a session lives without a request"},
               {"margin", 50, .min = 1, .max = 99, .unit = "ms",
                .text = "how near the limit somebody asks"}},
    .variants = {{"silence", .with = test, .arg = &silence,
                  .text = "nobody asks",
                  .claims = {"time = limit", "never \"a request\""}},
                 {"in_time", .with = test, .arg = &in_time,
                  .text = "somebody asks just before the limit",
                  .claims = {"time = 2 * limit - margin",
                             "count(answered) = 1"}},
                 {"too_late", .with = test, .arg = &too_late,
                  .text = "somebody asks just after it",
                  .claims = {"time = limit + margin", "time(expires) = limit",
                             "count(refused) = 1", "never \"answered\""}},
                 {"wrong_1", .with = test, .arg = &wrong_silence,
                  .text = "a wrong session passes the first case",
                  .claims = {"time = limit", "never \"a request\""}},
                 {"wrong_2", .with = test, .arg = &wrong_in_time,
                  .text = "but not the second: it is not renewed",
                  .claims = {"time = limit", "count(answered) = 1"}}},
    .verdict =
        "Where nobody asks, the wrong session expires when it should, after "
        "{wrong_1 time}. Where somebody does, it expires after {wrong_2 time}, "
        "and not after {in_time time}."};
