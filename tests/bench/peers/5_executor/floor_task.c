// 1000 tasks with stacks, each with a job at a thread. All jobs are handed over
// at once, and so are their results. With taskset -c 0 on one processor.
#include "../common/asmco.h"
#include "../common/bench.h"
#include <semaphore.h>
#include <threads.h>
enum { TASKS = 1000, ROOM = 1024, JOBS = 3000000 };
struct job {
    int *arg, task;
};
static struct row {
    struct job jobs[ROOM];
    unsigned long last;
    sem_t full;
} todo, done;
static ctx_t tasks[TASKS], loop;
static unsigned long next;
static void add(struct row *row, struct job job) {
    row->jobs[row->last++ % ROOM] = job;
    if (row->last % TASKS == 0)
        sem_post(&row->full);
}
static struct job take(struct row *row, unsigned long place) {
    if (place % TASKS == 0)
        sem_wait(&row->full);
    return row->jobs[place % ROOM];
}
static int work(void *unused) {
    struct job job;
    for (unsigned long i = 0; i < JOBS; add(&done, job)) {
        job = take(&todo, i++);
        ++*job.arg;
    }
    return 0;
}
static void ask(void *task) {
    for (int ran = 0, i = (int)(long)task, to = i + 1;;) {
        add(&todo, (struct job){&ran, i});
        if (todo.last >= TASKS)
            to = take(&done, next++).task;
        asmco_switch(&tasks[i], next < JOBS ? &tasks[to] : &loop);
    }
}
int main(void) {
    thrd_t worker;
    char *stacks = malloc(TASKS * 65536L);
    for (long i = 0; i < TASKS; i++)
        asmco_init(&tasks[i], stacks, ((i + 1) << 16) - i % 16 * 192, ask,
                   (void *)i);
    thrd_create(&worker, work, 0);
    int64_t began = now_ns();
    asmco_switch(&loop, &tasks[0]);
    out("inflight1000_per_s", JOBS * 1e9 / (now_ns() - began));
}
