// ST has no channel: bounded ring with st_cond
#include "../common/bench.h"
#include <st.h>
static long N, s, q[64];
static unsigned h, tl;
static st_cond_t ne, nf;
static void *p(void *x) {
    for (long i = 0; i < N; i++) {
        while (tl - h == 64)
            st_cond_wait(nf);
        q[tl++ & 63] = i;
        st_cond_signal(ne);
    }
    return x;
}
static void *k(void *x) {
    for (long i = 0; i < N; i++) {
        while (tl == h)
            st_cond_wait(ne);
        s += q[h++ & 63];
        st_cond_signal(nf);
    }
    return x;
}
int main(int c, char **v) {
    N = argn(c, v, 1, 1000000);
    st_set_eventsys(ST_EVENTSYS_ALT);
    st_init();
    ne = st_cond_new();
    nf = st_cond_new();
    int64_t t = now_ns();
    st_thread_t a = st_thread_create(p, 0, 1, 0),
                b = st_thread_create(k, 0, 1, 0);
    st_thread_join(a, 0);
    st_thread_join(b, 0);
    out("ns", (double)(now_ns() - t) / N);
    return s != N * (N - 1) / 2;
}
