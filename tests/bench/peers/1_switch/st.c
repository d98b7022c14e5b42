#include "../common/bench.h"
#include <st.h>
static long N;
static void *w(void *x) {
    for (long i = 0; i < N / 2; i++)
        st_usleep(0);
    return x;
}
int main(int c, char **v) {
    N = argn(c, v, 1, 4000000);
    st_set_eventsys(ST_EVENTSYS_ALT);
    st_init();
    int64_t t = now_ns();
    st_thread_t a = st_thread_create(w, 0, 1, 0),
                b = st_thread_create(w, 0, 1, 0);
    st_thread_join(a, 0);
    st_thread_join(b, 0);
    out("ns", (double)(now_ns() - t) / N);
    return 0;
}
