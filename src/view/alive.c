// alive.c - what keeps the loop from ending: whatever can still wake a task.

#include "base/alloc.h"
#include "view/line.h"
#include "view/now.h"
#include "view/question.h"
#include "view/wording.h"

#include <inttypes.h>

struct census {
    size_t tasks, runnable, timers, io;
    size_t queued, at_work;
    const struct lab_state_task *first_io;
    uint32_t first_task;
};

static void count_task(struct census *census, const struct lab_state *state,
                       const struct lab_state_task *task) {
    if (task->is == LAB_IS_ENDED)
        return;
    if (census->tasks++ == 0)
        census->first_task = task->number;
    census->runnable += lab_state_can_run(state, task);
    if (lab_state_waits_outside(task) && census->io++ == 0)
        census->first_io = task;
}

static struct census census_of(const struct lab_state *state) {
    struct census census = {0};
    for (size_t i = 0; i < state->tasks.count; i++)
        count_task(&census, state, lab_state_task_at(state, i));
    for (size_t i = 0; i < state->jobs.count; i++) {
        const struct lab_state_job *job = lab_state_job_at(state, i);
        census.queued += job->is == LAB_IS_QUEUED;
        census.at_work += job->is == LAB_IS_RUNNING;
    }
    return census;
}

static void put_count(struct lab_text *line, size_t count, const char *what) {
    lab_text_printf(line, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void put_tasks(struct lab_text *line, const struct lab_state *state,
                      const struct census *census) {
    put_count(line, census->tasks, "task");
    if (census->tasks == 1) {
        lab_text_put(line, ": ");
        lab_wording_task(line, lab_wording_of(state), census->first_task);
    }
    if (census->runnable && !lab_state_is_stuck(state))
        lab_text_printf(line, "%s %zu of them may run now",
                        census->tasks == 1 ? ";" : ",", census->runnable);
}

static void put_timers(struct lab_text *line, const struct lab_state *state) {
    const struct lab_state_task **timers;
    size_t count = lab_state_timers(state, &timers);
    if (count) {
        put_count(line, count, "timer");
        lab_text_put(line, count > 1 ? ": the first is due at " : ": due at ");
        lab_time_put(line, timers[0]->deadline);
        lab_text_put(line, " for ");
        lab_wording_task(line, lab_wording_of(state), timers[0]->number);
    }
    lab_free(timers);
}

static void put_jobs(struct lab_text *line, const struct census *census) {
    size_t count = census->queued + census->at_work;
    if (count == 0)
        return;
    put_count(line, count, "job");
    lab_text_printf(line, ": %zu at work, %zu queued", census->at_work,
                    census->queued);
}

static void put_io(struct lab_text *line, const struct lab_state *state,
                   const struct census *census) {
    if (census->io == 0)
        return;
    put_count(line, census->io, "wait");
    lab_text_put(line, " for I/O: ");
    lab_wording_task(line, lab_wording_of(state), census->first_io->number);
    lab_text_put(line, " ");
    lab_wording_wait(line, lab_wording_of(state), census->first_io);
}

static void put_stuck(struct lab_text *out, const struct lab_style *style,
                      const struct lab_snapshot *snapshot) {
    struct lab_text line = {0};
    if (!lab_now_put_stuck(&line, snapshot))
        lab_text_put(&line, "Nothing can wake them: no timer, no job, no I/O "
                            "is left");
    lab_text_put(&line, ". This is a deadlock.");
    lab_line_wrap(out, style, LAB_COLOR_BAD, 0, lab_text_string(&line));
    lab_text_free(&line);
}

void lab_question_alive(struct lab_text *out, const struct lab_style *style,
                        const struct lab_snapshot *snapshot) {
    const struct lab_state *state = snapshot->state;
    struct census census = census_of(state);
    struct lab_text lines[4] = {0};
    if (census.tasks == 0) {
        lab_line_wrap(out, style, LAB_COLOR_NONE, 0,
                      "Nothing keeps the loop from ending: no task is left.");
        return;
    }
    lab_line_wrap(out, style, LAB_COLOR_NONE, 0,
                  "The loop does not end before these do:");
    bool stuck = lab_state_is_stuck(state);
    put_tasks(&lines[0], state, &census);
    put_timers(&lines[1], state);
    put_jobs(&lines[2], &census);
    if (!stuck)
        put_io(&lines[3], state, &census);
    for (size_t i = 0; i < countof(lines); i++)
        if (lines[i].length)
            lab_line_end(out, style, LAB_COLOR_NONE, 2, &lines[i]);
    if (stuck)
        put_stuck(out, style, snapshot);
}
