// floor_copy's mode 1 with what a stack needs to be safe: a guard page below
// each, made for 512 stacks by one system call. Both rounds in one process: the
// first touches a page of each stack, the second finds them there.
#include "../common/asmco.h"
#include "../common/bench.h"
#include <sys/epoll.h>
#include <sys/uio.h>
enum { SPACING = 65536, PAGE = 4096, MANY = 512, GUARD_INSTALL = 102 };
enum { SELF = -10000 }; // PIDFD_SELF
typedef struct task {
    ctx_t c;
    int64_t dl;
    struct task *next;
} task;
static ctx_t M;
static task *qh, **qt = &qh;
static void body(void *x) {
    task *t = x;
    t->dl = now_ns() + 1000000000LL;
    t->next = 0;
    *qt = t;
    qt = &t->next;
    asmco_switch(&t->c, &M);
    asmco_switch(&t->c, &M);
}
static void guard(char *st, long N) {
    static struct iovec g[MANY];
    for (long i = 0; i < N;) {
        long n = 0;
        for (; n < MANY && i < N; i++)
            g[n++] = (struct iovec){st + i * SPACING, PAGE};
        if (process_madvise(SELF, g, n, GUARD_INSTALL, 0) == n * PAGE)
            continue;
        for (long k = 0; k < n; k++) // an older kernel: one by one
            madvise(g[k].iov_base, PAGE, GUARD_INSTALL);
    }
}
int main(int c, char **v) {
    long N = argn(c, v, 1, 100000);
    int ep = epoll_create1(0),
        how = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    struct epoll_event e;
    task *T = mmap(0, N * sizeof *T, 3, how, -1, 0);
    char *st = mmap(0, N * SPACING, 3, how, -1, 0);
    madvise(st, N * SPACING, MADV_NOHUGEPAGE);
    for (int r = 0; r < 2; r++) {
        int64_t t = now_ns();
        if (r == 0)
            guard(st, N);
        for (long i = 0; i < N; i++) {
            asmco_init(&T[i].c, st + i * SPACING, SPACING - (i % 16) * 128,
                       body, &T[i]);
            asmco_switch(&M, &T[i].c);
        }
        while (qh) {
            int64_t n = now_ns(), w = qh->dl - n;
            struct timespec ts = {w / 1000000000, w % 1000000000};
            if (w > 0)
                epoll_pwait2(ep, &e, 1, &ts, 0);
            for (n = now_ns(); qh && qh->dl <= n; qh = qh->next)
                asmco_switch(&M, &qh->c);
        }
        qt = &qh;
        out(r ? "warm_wall_minus_1s_ms" : "cold_wall_minus_1s_ms",
            (now_ns() - t) / 1e6 - 1000);
        if (r == 0)
            out("cold_cpu_s", cpu_s());
    }
    out("kb_per_task", peak_rss_kb() / N);
    return 0;
}
