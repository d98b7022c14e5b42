#include "../common/bench.h"
#include <st.h>
static long N, s;
static void *w(void *x) {
    s++;
    return x;
}
int main(int c, char **v) {
    N = argn(c, v, 1, 1000000);
    st_set_eventsys(ST_EVENTSYS_ALT);
    st_init();
    static st_thread_t a[1000];
    int64_t t = now_ns();
    for (long k = 0; k < N / 1000; k++) {
        for (int i = 0; i < 1000; i++)
            a[i] = st_thread_create(w, 0, 1, 0);
        for (int i = 0; i < 1000; i++)
            st_thread_join(a[i], 0);
    }
    out("ns", (double)(now_ns() - t) / N);
    return s != N;
}
