// raw libuv: uv_queue_work round trips with UV_THREADPOOL_SIZE=2
#include "../common/bench.h"
#include <uv.h>
static long left, flying;
static uv_loop_t *l;
static void wk(uv_work_t *w) {
    w->data = (char *)w->data + 1;
}
static void af(uv_work_t *w, int s) {
    (void)s;
    if (left > 0) {
        left--;
        uv_queue_work(l, w, wk, af);
    }
}
static double run(long N, int k) {
    uv_work_t *a = calloc(k, sizeof *a);
    left = N - k;
    int64_t t = now_ns();
    for (int i = 0; i < k; i++)
        uv_queue_work(l, a + i, wk, af);
    uv_run(l, UV_RUN_DEFAULT);
    double d = now_ns() - t;
    free(a);
    return d;
}
int main(int c, char **v) {
    setenv("UV_THREADPOOL_SIZE", "2", 1);
    l = uv_default_loop();
    run(1000, 1);
    double c0 = cpu_s();
    out("seq_us", run(100000, 1) / 1e3 / 100000);
    out("seq_cpu_us", (cpu_s() - c0) * 1e6 / 100000);
    c0 = cpu_s();
    out("inflight1000_per_s", 1e9 * 300000 / run(300000, 1000));
    out("inflight_cpu_us", (cpu_s() - c0) * 1e6 / 300000);
    return 0;
}
