#include "../common/bench.h"
#include <st.h>
static long N, s;
static void *w(void *x) {
    st_sleep(1);
    s++;
    return x;
}
int main(int c, char **v) {
    N = argn(c, v, 1, 100000);
    st_set_eventsys(ST_EVENTSYS_ALT);
    st_init();
    double r0 = rss_kb();
    st_thread_t *a = malloc(N * sizeof *a);
    int64_t t = now_ns();
    double c0 = cpu_s();
    for (int i = 0; i < N; i++) {
        a[i] = st_thread_create(w, 0, 1, argn(c, v, 2, 0));
        if (!a[i]) {
            perror("st_thread_create");
            out("failed_at", i);
            return 1;
        }
    }
    for (int i = 0; i < N; i++)
        st_thread_join(a[i], 0);
    out("wall_minus_1s_ms", (now_ns() - t) / 1e6 - 1000);
    out("cpu_s", cpu_s() - c0);
    out("kb_per_task", (peak_rss_kb() - r0) / N);
    return s != N;
}
