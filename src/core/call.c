// call.c - mail from a worker to the loop, and for one kind an answer.
//
//     worker  | post |        held          | result |
//     loop           | spawn |  task  | end |

#include "core/call.h"

#include "base/alloc.h"
#include "core/pool_internal.h"
#include "core/task_internal.h"
#include "record/record.h"

static void post(struct worker *worker, struct mail *mail) {
    worker->pool->crew->post(worker->pool, mail);
}

// --- a call that nobody waits for

struct call {
    struct mail mail;
    struct run *run;
    struct lab_event event;
    lab_call_fn *fn;
    void *arg;
};

// What the record will say of a call that the job of [worker] asks for now.
static struct lab_event event_of(const struct worker *worker) {
    const struct job *job = worker->job;
    return (struct lab_event){.kind = LAB_EVENT_CALL,
                              .task = job->asker->number,
                              .other = job->number,
                              .worker = (uint16_t)worker->number,
                              .line =
                                  lab_run_location(job->asker->run, lab_here)};
}

static void on_call(struct mail *mail) {
    struct call *call = lab_list_item(mail, struct call, mail);
    if (call->run->record) {
        call->event.time = lab_run_time(call->run);
        lab_record_add(call->run->record, call->event, NULL);
    }
    struct lab_site here = lab_here;
    lab_loop_current->calling = call->run;
    call->fn(call->arg);
    lab_loop_current->calling = NULL;
    lab_here_set(here.file, here.line); // its lines are not the next one's
    lab_free(call);
}

int lab_call_soon_threadsafe(lab_call_fn *fn, void *arg) {
    struct worker *worker = lab_worker_self();
    if (!worker)
        return LAB_EINVAL;
    struct call *call = lab_alloc(sizeof *call);
    *call = (struct call){.mail.open = on_call,
                          .run = worker->pool->run,
                          .event = event_of(worker),
                          .fn = fn,
                          .arg = arg};
    post(worker, &call->mail);
    return 0;
}

// --- a task that the worker waits for

// Lies on the worker's stack.
struct visit {
    struct mail mail;
    struct worker *worker;
    struct lab_site site;
    const char *name;
    lab_fn *fn;
    void *arg;
    struct waiter waiter;
    int result;
    bool over;
};

// Notes that [worker] begins to wait for its task, or hears of its end.
static void note(const struct worker *worker, enum lab_event_kind kind,
                 int64_t value) {
    const struct job *job = worker->job;
    lab_run_event(job->asker->run,
                  (struct lab_event){.kind = (uint8_t)kind,
                                     .task = job->asker->number,
                                     .other = job->called->number,
                                     .worker = (uint16_t)worker->number,
                                     .value = value},
                  NULL);
}

static void on_end(struct waiter *waiter, struct outcome *outcome) {
    struct visit *visit = waiter->owner;
    struct worker *worker = visit->worker;
    note(worker, LAB_EVENT_ANSWER, outcome->result);
    lab_task_read(worker->job->called);
    worker->job->called = NULL;
    worker->pool->loop->outside++; // the job continues out there
    visit->result = outcome->result;
    worker->pool->crew->release(worker, &visit->over); // then it is gone
}

static void on_visit(struct mail *mail) {
    struct visit *visit = lab_list_item(mail, struct visit, mail);
    struct job *job = visit->worker->job;
    lab_task *asker = job->asker;
    struct lab_site here = lab_here;
    // While the job waits for a task, it does nothing itself.
    job->pool->loop->outside--;
    lab_here_set(visit->site.file, visit->site.line);
    lab_task *task = lab_task_new(asker->run, asker, visit->site, visit->name,
                                  visit->fn, visit->arg, 0);
    job->called = task;
    note(visit->worker, LAB_EVENT_ASK, 0);
    lab_here_set(here.file, here.line);
    if (job->unwanted)
        lab_cancel_because(task, "its job's task was cancelled");
    lab_outcome_join(&task->end, &visit->waiter, on_end, visit);
}

int lab_run_coroutine_threadsafe_here(const char *name, lab_fn *fn, void *arg) {
    struct worker *worker = lab_worker_self();
    if (!worker)
        return LAB_EINVAL;
    struct visit visit = {.mail.open = on_visit,
                          .worker = worker,
                          .site = lab_here,
                          .name = name,
                          .fn = fn,
                          .arg = arg};
    post(worker, &visit.mail);
    worker->pool->crew->hold_until(worker, &visit.over);
    return visit.result;
}
