#include "../common/bench.h"
#include <pthread.h>
static long s;
static void *w(void *x) {
    __atomic_add_fetch(&s, 1, __ATOMIC_RELAXED);
    return x;
}
int main(int c, char **v) {
    long N = argn(c, v, 1, 20000);
    static pthread_t a[1000];
    int64_t t = now_ns();
    for (long k = 0; k < N / 1000; k++) {
        for (int i = 0; i < 1000; i++)
            pthread_create(&a[i], 0, w, 0);
        for (int i = 0; i < 1000; i++)
            pthread_join(a[i], 0);
    }
    out("ns", (double)(now_ns() - t) / N);
    return s != N;
}
