// same 100,000 sleepers, two memory-saving designs:
// mode 0: copy-on-suspend (libaco style): every task runs on ONE shared stack;
// when it suspends its used bytes are copied to a slab, copied back on resume
// mode 1: stack per task (16K apart) run twice in one process: the second round
// reuses warm stacks (no page faults)
#include "../common/asmco.h"
#include "../common/bench.h"
#include <sys/epoll.h>
typedef struct task {
    ctx_t c;
    int64_t dl;
    struct task *next;
    void *save;
    uint32_t used, state;
} task;
static task *T;
static ctx_t M;
static task *qh, **qt = &qh;
static long done;
static char *SH;
static size_t SS = 65536;
static void sleep1(task *t) {
    t->dl = now_ns() + 1000000000LL;
    t->next = 0;
    *qt = t;
    qt = &t->next;
    t->state = 1;
    asmco_switch(&t->c, &M);
}
static void body(void *x) {
    task *t = x;
    sleep1(t);
    done++;
    t->state = 2;
    asmco_switch(&t->c, &M);
}
static char *sl, *sle;
static void *slab(size_t n) {
    n = (n + 15) & ~15ul;
    if (!sl || sl + n > sle) {
        sl = mmap(0, 1 << 20, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        sle = sl + (1 << 20);
    }
    void *p = sl;
    sl += n;
    return p;
}
static void waitq(int ep) {
    struct epoll_event e;
    int64_t w = qh->dl - now_ns();
    if (w > 0) {
        struct timespec ts = {w / 1000000000, w % 1000000000};
        epoll_pwait2(ep, &e, 1, &ts, 0);
    }
}
int main(int c, char **v) {
    int mode = argn(c, v, 1, 0);
    long N = argn(c, v, 2, 100000);
    double r0 = rss_kb();
    int ep = epoll_create1(0);
    T = mmap(0, N * sizeof *T, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
             -1, 0);
    if (mode == 0) {
        int64_t t = now_ns();
        double c0 = cpu_s();
        SH = mmap(0, SS, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        char *top = SH + SS;
        for (long i = 0; i < N; i++) {
            task *k = &T[i];
            asmco_init(&k->c, SH, SS, body, k);
            asmco_switch(&M, &k->c);
            k->used = top - (char *)k->c.sp;
            k->save = slab(k->used);
            memcpy(k->save, k->c.sp, k->used);
        }
        while (qh) {
            waitq(ep);
            int64_t n = now_ns();
            while (qh && qh->dl <= n) {
                task *k = qh;
                qh = k->next;
                if (!qh)
                    qt = &qh;
                memcpy(k->c.sp, k->save, k->used);
                asmco_switch(&M, &k->c);
            }
        }
        out("wall_minus_1s_ms", (now_ns() - t) / 1e6 - 1000);
        out("cpu_s", cpu_s() - c0);
        out("kb_per_task", (peak_rss_kb() - r0) / N);
        out("used_bytes", T[0].used);
        return done != N;
    }
    char *st = mmap(0, N * 16384, 3,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    for (int r = 0; r < 2; r++) {
        int64_t t = now_ns();
        double c0 = cpu_s();
        for (long i = 0; i < N; i++) {
            asmco_init(&T[i].c, st + i * 16384, 16384 - (i % 8) * 64, body,
                       &T[i]);
            asmco_switch(&M, &T[i].c);
        }
        while (qh) {
            waitq(ep);
            int64_t n = now_ns();
            while (qh && qh->dl <= n) {
                task *k = qh;
                qh = k->next;
                if (!qh)
                    qt = &qh;
                asmco_switch(&M, &k->c);
            }
        }
        out(r ? "warm_wall_minus_1s_ms" : "cold_wall_minus_1s_ms",
            (now_ns() - t) / 1e6 - 1000);
        out(r ? "warm_cpu_s" : "cold_cpu_s", cpu_s() - c0);
    }
    out("kb_per_task", (peak_rss_kb() - r0) / N);
    return 0;
}
