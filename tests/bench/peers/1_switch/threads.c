// OS thread switch: ping-pong by mutex+condvar and by raw futex, both pinned to
// one cpu (pure switch) and on two cpus (wake-up latency); sched_yield
#include "../common/bench.h"
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
static long N;
static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cv[2] = {PTHREAD_COND_INITIALIZER,
                               PTHREAD_COND_INITIALIZER};
static int turn;
static int mode, two;
static uint32_t fx[2];
static void pin(int c) {
    cpu_set_t s;
    CPU_ZERO(&s);
    CPU_SET(c, &s);
    sched_setaffinity(0, sizeof s, &s);
}
static void *w(void *x) {
    long me = (long)x;
    pin(two ? me : 0);
    if (mode == 0) {
        for (long i = 0; i < N / 2; i++) {
            pthread_mutex_lock(&mu);
            while (turn != me)
                pthread_cond_wait(&cv[me], &mu);
            turn = !me;
            pthread_cond_signal(&cv[!me]);
            pthread_mutex_unlock(&mu);
        }
    } else if (mode == 1) {
        for (long i = 0; i < N / 2; i++) {
            while (__atomic_load_n(&fx[me], __ATOMIC_ACQUIRE) == 0)
                syscall(SYS_futex, &fx[me], FUTEX_WAIT_PRIVATE, 0, 0, 0, 0);
            __atomic_store_n(&fx[me], 0, __ATOMIC_RELEASE);
            __atomic_store_n(&fx[!me], 1, __ATOMIC_RELEASE);
            syscall(SYS_futex, &fx[!me], FUTEX_WAKE_PRIVATE, 1, 0, 0, 0);
        }
    } else
        for (long i = 0; i < N / 2; i++)
            sched_yield();
    return 0;
}
static void go(int m, int t2, const char *n) {
    mode = m;
    two = t2;
    turn = 0;
    fx[0] = 1;
    fx[1] = 0;
    pthread_t a, b;
    int64_t t = now_ns();
    pthread_create(&a, 0, w, (void *)0);
    pthread_create(&b, 0, w, (void *)1);
    pthread_join(a, 0);
    pthread_join(b, 0);
    out(n, (double)(now_ns() - t) / N);
}
int main(int c, char **v) {
    N = argn(c, v, 1, 200000);
    go(0, 0, "condvar_1cpu_ns");
    go(0, 1, "condvar_2cpu_ns");
    go(1, 0, "futex_1cpu_ns");
    go(1, 1, "futex_2cpu_ns");
    go(2, 0, "sched_yield_1cpu_ns");
    return 0;
}
