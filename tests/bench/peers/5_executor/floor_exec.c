// executor floor: 2 workers. Submission: SPSC ring per worker; completion: MPSC
// stack + eventfd in epoll. modes: (a) block: futex wake worker, eventfd wake
// loop (no spinning) (b) spin: both sides spin S us before sleeping (adaptive)
#include "../common/bench.h"
#include <linux/futex.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
typedef struct job {
    struct job *next;
    void (*fn)(struct job *);
    long x;
} job;
#define R 2048
typedef struct {
    _Alignas(64) uint32_t tail;
    _Alignas(64) uint32_t head;
    _Alignas(64) uint32_t sleeping;
    _Alignas(64) job *ring[R];
    pthread_t th;
} wk;
static wk W[2];
static job *_Atomic done_;
static uint32_t loop_sleeping;
static int efd, ep;
static int64_t SPIN;
static int LIFO, PIN = -1;
static int spinners;
static int stop;
static void futex(uint32_t *u, int op, uint32_t v) {
    syscall(SYS_futex, u, op, v, 0, 0, 0);
}
#define LD(x) __atomic_load_n(&(x), __ATOMIC_SEQ_CST)
#define ST(x, v) __atomic_store_n(&(x), v, __ATOMIC_SEQ_CST)
static void *worker(void *p) {
    wk *w = p;
    int pinned = -1;
    for (;;) {
        if (PIN != pinned) {
            pinned = PIN;
            unsigned long m = PIN < 0 ? 3 : 1ul << PIN;
            syscall(SYS_sched_setaffinity, 0, 8, &m);
        }
        uint32_t h = w->head;
        if (LD(w->tail) == h) {
            if (SPIN &&
                __atomic_fetch_add(&spinners, 1, __ATOMIC_SEQ_CST) == 0) {
                int64_t e = now_ns() + SPIN;
                while (LD(w->tail) == h) {
                    for (int i = 0; i < 20; i++)
                        __builtin_ia32_pause();
                    if (now_ns() > e)
                        break;
                }
            }
            if (SPIN)
                __atomic_fetch_sub(&spinners, 1, __ATOMIC_SEQ_CST);
            while (LD(w->tail) == h) {
                if (LD(stop))
                    return 0;
                ST(w->sleeping, 1);
                if (LD(w->tail) == h)
                    futex(&w->sleeping, FUTEX_WAIT_PRIVATE, 1);
                ST(w->sleeping, 0);
            }
        }
        job *j = w->ring[h & (R - 1)];
        ST(w->head, h + 1);
        j->fn(j);
        job *o = __atomic_load_n((job **)&done_, __ATOMIC_RELAXED);
        do
            j->next = o;
        while (!__atomic_compare_exchange_n(
            (job **)&done_, &o, j, 1, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
        if (!o && LD(loop_sleeping)) {
            uint64_t one = 1;
            if (__atomic_exchange_n(&loop_sleeping, 0, __ATOMIC_SEQ_CST))
                if (write(efd, &one, 8) < 0)
                    abort();
        }
    }
}
static void submit(job *j, int k) {
    wk *w = &W[k];
    w->ring[w->tail & (R - 1)] = j;
    ST(w->tail, w->tail + 1);
    if (LD(w->sleeping)) {
        ST(w->sleeping, 0);
        futex(&w->sleeping, FUTEX_WAKE_PRIVATE, 1);
    }
}
static job *collect(void) {
    for (;;) {
        job *l = __atomic_exchange_n((job **)&done_, 0, __ATOMIC_SEQ_CST);
        if (l)
            return l;
        if (SPIN) {
            int64_t e = now_ns() + SPIN;
            while (!LD(done_)) {
                for (int i = 0; i < 20; i++)
                    __builtin_ia32_pause();
                if (now_ns() > e)
                    break;
            }
            if (LD(done_))
                continue;
        }
        ST(loop_sleeping, 1);
        if (LD(done_)) {
            ST(loop_sleeping, 0);
            continue;
        }
        struct epoll_event ev;
        if (epoll_wait(ep, &ev, 1, -1) > 0) {
            uint64_t x;
            if (read(efd, &x, 8) < 0) {}
        }
        ST(loop_sleeping, 0);
    }
}
static int pick(unsigned rr) {
    if (!LIFO)
        return rr & 1; /* busy worker 0 backlog over 4: spread */
    return (W[0].tail - LD(W[0].head) > 4) ? (rr & 1) : 0;
}
static void fn(job *j) {
    j->x++;
}
static double run(long N, int k) {
    job *a = calloc(k, sizeof *a);
    long left = N - k, fin = 0;
    int64_t t = now_ns();
    unsigned rr = 0;
    for (int i = 0; i < k; i++) {
        a[i].fn = fn;
        submit(a + i, pick(rr++));
    }
    while (fin < N) {
        job *l = collect();
        while (l) {
            job *n = l->next;
            fin++;
            if (left > 0) {
                left--;
                submit(l, pick(rr++));
            }
            l = n;
        }
    }
    double d = now_ns() - t;
    free(a);
    return d;
}
int main(int c, char **v) {
    (void)c;
    (void)v;
    efd = eventfd(0, EFD_NONBLOCK);
    ep = epoll_create1(0);
    struct epoll_event ev = {.events = EPOLLIN};
    epoll_ctl(ep, EPOLL_CTL_ADD, efd, &ev);
    for (int i = 0; i < 2; i++)
        pthread_create(&W[i].th, 0, worker, &W[i]);
    run(1000, 1);
    double c0 = cpu_s();
    out("seq_us", run(100000, 1) / 1e3 / 100000);
    out("seq_cpu_us", (cpu_s() - c0) * 1e6 / 100000);
    c0 = cpu_s();
    out("inflight1000_per_s", 1e9 * 1000000 / run(1000000, 1000));
    out("inflight_cpu_us", (cpu_s() - c0) * 1e6 / 1e6);
    ST(LIFO, 1);
    run(1000, 1);
    c0 = cpu_s();
    out("lifo_seq_us", run(50000, 1) / 1e3 / 50000);
    out("lifo_seq_cpu_us", (cpu_s() - c0) * 1e6 / 50000);
    unsigned long m = 1;
    syscall(SYS_sched_setaffinity, 0, 8, &m);
    ST(PIN, 0);
    run(1000, 2);
    c0 = cpu_s();
    out("samecpu_seq_us", run(50000, 1) / 1e3 / 50000);
    out("samecpu_seq_cpu_us", (cpu_s() - c0) * 1e6 / 50000);
    m = 3;
    syscall(SYS_sched_setaffinity, 0, 8, &m);
    ST(PIN, -1);
    run(1000, 2);
    ST(SPIN, 20000);
    run(1000, 1);
    c0 = cpu_s();
    out("spin20us_lifo_seq_us", run(200000, 1) / 1e3 / 200000);
    out("spin_seq_cpu_us", (cpu_s() - c0) * 1e6 / 200000);
    out("spin_inflight1000_per_s", 1e9 * 1000000 / run(1000000, 1000));
    return 0;
}
