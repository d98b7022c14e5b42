// raw libuv: 100,000 uv_timer_t with 1000 ms (callbacks, no coroutines)
#include "../common/bench.h"
#include <uv.h>
static long done;
static void cb(uv_timer_t *t) {
    (void)t;
    done++;
}
int main(int c, char **v) {
    long N = argn(c, v, 1, 100000);
    double r0 = rss_kb();
    uv_loop_t *l = uv_default_loop();
    int64_t t = now_ns();
    double c0 = cpu_s();
    uv_timer_t *a = malloc(N * sizeof *a);
    for (long i = 0; i < N; i++) {
        uv_timer_init(l, a + i);
        uv_timer_start(a + i, cb, 1000, 0);
    }
    uv_run(l, UV_RUN_DEFAULT);
    out("wall_minus_1s_ms", (now_ns() - t) / 1e6 - 1000);
    out("cpu_s", cpu_s() - c0);
    out("kb_per_task", (peak_rss_kb() - r0) / N);
    return done != N;
}
