// Pools: jobs begin in the order they were asked for, and none is done twice.

#include "models/model.h"

#include "core/block.h"
#include "core/call.h"
#include "core/executor.h"
#include "core/task_internal.h"

static lab_pool *pool;
static int size, working;          // of the pool; in it
static int tickets, last;          // given out; of the job that began last
static int asked, done, not_begun; // offloads, and what became of them

struct errand {
    int ticket;
    lab_time time; // that it takes
    bool begun;
};

static int job(void *arg) {
    struct errand *errand = arg;
    RULE(!errand->begun && errand->ticket > last);
    last = errand->ticket;
    errand->begun = true;
    RULE(++working <= size);
    lab_block(errand->time);
    working--;
    return errand->ticket;
}

// A job that has begun counts, though we be cancelled.
static int ask(int who) {
    struct errand errand = {.ticket = ++tickets, .time = (who + 1) * LAB_MS};
    asked++;
    int rc = lab_offload(pool, job, &errand);
    RULE(errand.begun ? rc == errand.ticket
                      : rc == LAB_ECANCELED || rc == LAB_EBADF);
    done += errand.begun;
    not_begun += !errand.begun;
    return rc;
}

static int asker(void *arg) {
    for (int i = 1; i < model_steps; i++) {
        LAB_TRY(lab_yield());
        LAB_TRY(ask(*(int *)arg));
    }
    return 0;
}

static void begin(lab_pool *which, int workers) {
    pool = which;
    size = workers;
    working = tickets = last = asked = done = not_begun = 0;
}

MODEL(one_worker_does_jobs_as_they_were_asked_for, .quick = 90, .full = 90) {
    begin(lab_pool_new("pool", 1), 1);
    int rc = model_play(asker, asker, asker);
    RULE(working == 0 && asked == done + not_begun);
    RULE(!model_is_calm() || not_begun == 0);
    return rc;
}

MODEL(two_workers_do_two_jobs_at_a_time, .quick = 270, .full = 44280) {
    begin(lab_pool_new("pool", 2), 2);
    int rc = model_play(asker, asker, asker);
    RULE(working == 0 && asked == done + not_begun);
    return rc;
}

MODEL(the_default_pool_serves_all, .quick = 90, .full = 38880) {
    lab_pool *own = lab_pool_default();
    begin(own, 4);
    int rc = model_play(asker, asker, asker);
    RULE(working == 0 && asked == done + not_begun);
    RULE(lab_pool_default() == own);
    return rc;
}

// --- shut down

static bool at_once;

// Two at a time for one worker, so that one is queued. One that was dropped
// says what a cancelled one does.
static int persistent(void *arg) {
    int rc = 0;
    for (int i = 1; i < model_steps && rc >= 0; i++)
        rc = ask(*(int *)arg);
    if (rc == LAB_EBADF || (rc == LAB_ECANCELED && model_is_calm()))
        return 0;
    return lab_task_cancelled(lab_self()) ? rc : 0;
}

static int closer(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++)
        LAB_TRY(lab_sleep(LAB_MS));
    LAB_TRY(lab_yield());
    int rc = lab_pool_shutdown(pool, at_once);
    RULE(rc == 0 ? working == 0 : rc == LAB_ECANCELED);
    RULE(rc < 0 || lab_offload(pool, job, NULL) == LAB_EBADF ||
         lab_task_cancelled(lab_self()));
    return rc;
}

static int shut(bool how) {
    at_once = how;
    begin(lab_pool_new("pool", 1), 1);
    int rc = model_play(persistent, persistent, closer);
    RULE(working == 0 && asked == done + not_begun);
    return rc;
}

MODEL(a_pool_that_is_shut_down_does_what_it_has, .quick = 24, .full = 72) {
    return shut(false);
}

MODEL(a_pool_shut_down_at_once_drops_what_is_queued, .quick = 24, .full = 72) {
    return shut(true);
}

// --- jobs that call the loop

static int calls;

static void on_call(void *arg) {
    RULE(calls++ == (int)(intptr_t)arg);
}

static int caller_job(void *arg) {
    int first = calls;
    (void)arg;
    for (int i = 0; i < 2; i++)
        RULE(lab_call_soon_threadsafe(on_call, (void *)(intptr_t)(first + i)) ==
             0);
    return first + 2;
}

// All calls of a job were made before its result is known.
static int caller(void *arg) {
    for (int i = 1; i < model_steps; i++) {
        int rc = lab_offload(pool, caller_job, arg);
        RULE(rc >= 0 ? calls == rc : rc == LAB_ECANCELED);
        LAB_TRY(rc);
        LAB_TRY(lab_yield());
    }
    return 0;
}

struct visit {
    lab_task *asker;
    int begun, ended, result;
};

static int visitor(void *arg) {
    struct visit *visit = arg;
    visit->begun++;
    int rc = lab_yield();
    visit->ended++;
    RULE(rc < 0 || !visit->asker->heard); // of its cancel: we are cancelled too
    return visit->result = rc < 0 ? rc : 5;
}

static int visiting_job(void *arg) {
    struct visit *visit = arg;
    lab_block(LAB_MS); // we may be unwanted by then
    int rc = lab_run_coroutine_threadsafe("visitor", visitor, arg);
    RULE(visit->begun == 1 && visit->ended == 1 && rc == visit->result);
    return 7;
}

// The job has its task, and the task its end, before we have our result.
static int asks_visitor(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        struct visit visit = {.asker = lab_self()};
        int rc = lab_offload(pool, visiting_job, &visit);
        RULE(rc == 7 || (rc == LAB_ECANCELED && !visit.begun));
        RULE(visit.begun == visit.ended && visit.begun == (rc == 7));
        RULE(rc < 0 || visit.result == 5 || !model_is_calm());
        LAB_TRY(rc);
    }
    return 0;
}

MODEL(a_job_calls_the_loop_before_its_result_is_known, .quick = 14, .full = 42,
      .most_steps = 3) {
    calls = 0;
    pool = lab_pool_new("pool", 1);
    return model_play(caller, asks_visitor, asks_visitor);
}
