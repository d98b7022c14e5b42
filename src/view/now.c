#include "view/now.h"

#include "base/alloc.h"
#include "view/source.h"
#include "view/wording.h"

static void where(const struct lab_snapshot *snapshot, struct lab_text *line,
                  const struct lab_state_task *task) {
    lab_source_where(line, snapshot->state->record, snapshot->source,
                     task->line);
}

// Until when the loop is held; 0 if that is not known, or it is not.
static lab_time held_till(const struct lab_state *state) {
    const struct lab_state_task *holder = lab_state_task(state, state->running);
    return holder ? holder->held_till : state->held_till;
}

// While the loop is held, no task runs and no timer fires.
static void put_held(const struct lab_snapshot *snapshot,
                     struct lab_text *line) {
    const struct lab_state *state = snapshot->state;
    const struct lab_state_task *holder = lab_state_task(state, state->running);
    if (state->loop == LAB_IS_WAITING) {
        lab_text_put(line, ", but the loop waits for the interpreter lock");
        lab_wording_thread(line, lab_wording_of(state), LAB_ON_INTERPRETER, 0);
        return;
    }
    if (!holder && lab_is_held(state->loop)) {
        lab_text_put(line, ", but a callback holds the loop's thread");
        lab_wording_until(line, state->held_till);
    }
    // A thread may make a task ready without a word to the loop.
    if (!holder && state->loop == LAB_IS_IDLE &&
        state->now - state->time >= LAB_MS)
        lab_text_put(line, ", but the loop sleeps, and nobody has woken it");
    if (!holder)
        return;
    lab_text_put(line, ", but ");
    lab_wording_task(line, lab_wording_of(state), holder->number);
    if (!lab_is_held(holder->is)) {
        lab_text_put(line, " runs");
        return;
    }
    lab_text_put(line, " holds the loop's thread");
    lab_wording_until(line, holder->held_till);
    if (holder->is == LAB_IS_COMPUTING)
        lab_wording_if_kept(line, snapshot->state, 0);
    where(snapshot, line, holder);
}

static void put_worker(const struct lab_snapshot *snapshot,
                       struct lab_text *line, const struct lab_state_job *job) {
    const struct lab_state_worker *worker =
        lab_state_worker(snapshot->state, job->worker);
    if (!worker || !lab_is_held(worker->is) || worker->job != job->number)
        return;
    lab_text_put(line, worker->is == LAB_IS_COMPUTING ? "; it computes"
                                                      : "; it sleeps");
    lab_wording_until(line, worker->held_till);
    if (worker->is == LAB_IS_COMPUTING)
        lab_wording_if_kept(line, snapshot->state, worker->number);
}

static void put_queue(const struct lab_snapshot *snapshot,
                      struct lab_text *line, const struct lab_state_job *job) {
    const struct lab_state *state = snapshot->state;
    size_t before = 0, at_work = 0;
    for (size_t i = 0; i < state->jobs.count; i++) {
        const struct lab_state_job *other = lab_state_job_at(state, i);
        if (other->pool != job->pool)
            continue;
        at_work += other->is == LAB_IS_RUNNING;
        before += other->is == LAB_IS_QUEUED && other->number < job->number;
    }
    lab_text_printf(line, "; before it: %zu at work, %zu queued", at_work,
                    before);
}

static void put_wait(const struct lab_snapshot *snapshot, struct lab_text *line,
                     const struct lab_state_task *task) {
    const struct lab_state *state = snapshot->state;
    lab_wording_wait(line, lab_wording_of(state), task);
    if (task->wait_kind == LAB_ON_SLEEP)
        lab_text_put(line, " by a timer");
    where(snapshot, line, task);
    if (task->wait_kind == LAB_ON_SLEEP && task->due)
        lab_text_put(line, ", which is due");
    if (task->wait_kind == LAB_ON_SLEEP && lab_is_held(state->loop) &&
        (!held_till(state) || held_till(state) > task->deadline))
        put_held(snapshot, line);
    const struct lab_state_job *job = task->wait_kind == LAB_ON_JOB
                                          ? lab_state_job(state, task->other)
                                          : NULL;
    if (job && job->is == LAB_IS_RUNNING)
        put_worker(snapshot, line, job);
    else if (job && job->is == LAB_IS_QUEUED)
        put_queue(snapshot, line, job);
    if (lab_state_awaited(state, task, NULL, NULL) == 0 &&
        lab_state_is_stuck(state))
        lab_text_printf(line, ", and nothing is left that could %s",
                        lab_wait_kind(task->wait_kind)->end);
}

static void put_ready(const struct lab_snapshot *snapshot,
                      struct lab_text *line,
                      const struct lab_state_task *task) {
    const struct lab_state_task **ready;
    size_t count = lab_state_ready(snapshot->state, &ready), before = 0;
    while (before < count && ready[before] != task)
        before++;
    lab_free(ready);
    lab_text_put(line, task->is == LAB_IS_NEW ? "is ready, and has never run: "
                                              : "is ready: ");
    if (lab_state_overdue(task)) {
        lab_text_put(line, "its timer was due at ");
        lab_time_put(line, task->deadline);
        lab_text_put(line, "; ");
    }
    if (before)
        lab_text_printf(line, "%zu %s before it in the queue", before,
                        before == 1 ? "is" : "are");
    else
        lab_text_put(line, "it is the next to run");
    put_held(snapshot, line);
}

void lab_now_put(struct lab_text *line, const struct lab_snapshot *snapshot,
                 const struct lab_state_task *task) {
    lab_wording_task(line, lab_wording_of(snapshot->state), task->number);
    lab_text_put(line, " ");
    if (lab_is_ready(task->is)) {
        put_ready(snapshot, line, task);
    } else if (lab_is_waiting(task->is)) {
        put_wait(snapshot, line, task);
    } else if (task->is == LAB_IS_ENDED) {
        bool cancelled = lab_state_ended_cancelled(task);
        lab_text_put(line,
                     cancelled ? "was cancelled, and ended at " : "ended at ");
        lab_time_put(line, task->since);
        lab_text_put(line, cancelled ? "" : " with ");
        if (!cancelled)
            lab_wording_result(line, lab_wording_of(snapshot->state), task);
    } else if (lab_is_held(task->is)) {
        lab_text_put(line, "holds the loop's thread");
        lab_wording_until(line, task->held_till);
        if (task->is == LAB_IS_COMPUTING)
            lab_wording_if_kept(line, snapshot->state, 0);
        where(snapshot, line, task);
    } else {
        lab_text_put(line, "runs");
        where(snapshot, line, task);
    }
    if (task->cancelled && task->is != LAB_IS_ENDED)
        lab_text_put(line, "; it was asked to stop");
}

bool lab_now_put_stuck(struct lab_text *line,
                       const struct lab_snapshot *snapshot) {
    const struct lab_state *state = snapshot->state;
    const struct lab_state_task *holder = lab_state_task(state, state->running);
    if (!holder || !lab_is_held(holder->is))
        return false;
    lab_now_put(line, snapshot, holder);
    lab_text_put(line, ", and waits there for what nobody can bring");
    return true;
}
