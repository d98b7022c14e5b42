// 100,000 stackful coroutines each sleeping 1 s. Stacks: one MAP_NORESERVE
// region, no guard pages, SS bytes each (arg 2, default 16384: only touched 4K
// page is resident). Timers: same deadline rounding -> per-deadline FIFO (wheel
// bucket); one epoll_wait. Boot frame is written only on first run.
#include "../common/asmco.h"
#include "../common/bench.h"
#include <sys/epoll.h>
typedef struct task {
    ctx_t c;
    int64_t dl;
    struct task *next;
} task;
static task *T;
static ctx_t M;
static task *qh, **qt = &qh;
static long done;
static void sleep1(task *t) {
    t->dl = now_ns() + 1000000000LL;
    t->next = 0;
    *qt = t;
    qt = &t->next;
    asmco_switch(&t->c, &M);
}
static void body(void *x) {
    task *t = x;
    sleep1(t);
    done++;
    asmco_switch(&t->c, &M);
}
int main(int c, char **v) {
    long N = argn(c, v, 1, 100000);
    size_t SS = argn(c, v, 2, 16384);
    double r0 = rss_kb();
    int64_t t = now_ns();
    double c0 = cpu_s();
    T = mmap(0, N * sizeof *T, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
             -1, 0);
    char *st =
        mmap(0, N * SS, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (SS <= 4096 && argn(c, v, 3, 0))
        madvise(st, N * SS, MADV_HUGEPAGE);
    for (long i = 0; i < N; i++) {
        asmco_init(&T[i].c, st + i * SS, SS - (SS > 4096 ? (i % 8) * 64 : 0),
                   body, &T[i]);
        asmco_switch(&M, &T[i].c);
    }
    int ep = epoll_create1(0);
    struct epoll_event e;
    while (qh) {
        int64_t w = qh->dl - now_ns();
        if (w > 0) {
            struct timespec ts = {w / 1000000000, w % 1000000000};
            epoll_pwait2(ep, &e, 1, &ts, 0);
        }
        int64_t n = now_ns();
        while (qh && qh->dl <= n) {
            task *k = qh;
            qh = k->next;
            if (!qh)
                qt = &qh;
            asmco_switch(&M, &k->c);
        }
    }
    out("wall_minus_1s_ms", (now_ns() - t) / 1e6 - 1000);
    out("cpu_s", cpu_s() - c0);
    out("kb_per_task", (peak_rss_kb() - r0) / N);
    return done != N;
}
