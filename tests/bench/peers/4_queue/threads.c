#include "../common/bench.h"
#include <pthread.h>
static long N, s, q[64];
static unsigned h, tl;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ne = PTHREAD_COND_INITIALIZER,
                      nf = PTHREAD_COND_INITIALIZER;
static void *p(void *x) {
    for (long i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        while (tl - h == 64)
            pthread_cond_wait(&nf, &m);
        q[tl++ & 63] = i;
        pthread_cond_signal(&ne);
        pthread_mutex_unlock(&m);
    }
    return x;
}
int main(int c, char **v) {
    N = argn(c, v, 1, 1000000);
    int64_t t = now_ns();
    pthread_t a;
    pthread_create(&a, 0, p, 0);
    for (long i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        while (tl == h)
            pthread_cond_wait(&ne, &m);
        s += q[h++ & 63];
        pthread_cond_signal(&nf);
        pthread_mutex_unlock(&m);
    }
    pthread_join(a, 0);
    out("ns", (double)(now_ns() - t) / N);
    return s != N * (N - 1) / 2;
}
