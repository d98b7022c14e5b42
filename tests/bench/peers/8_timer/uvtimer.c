// raw libuv timers: ms resolution. request is rounded: ceil(ms) (never early,
// mode 0)
#include "../common/bench.h"
#include <math.h>
#include <uv.h>
static double D[] = {1.3, 5, 10.7};
static int di, k;
static int64_t t;
static void go(uv_timer_t *h);
static void cb(uv_timer_t *h) {
    double late = (now_ns() - t) / 1e3 - D[di] * 1e3;
    char n[32];
    snprintf(n, 32, "late_%gms_us", D[di]);
    out(n, late);
    if (++k == 200) {
        k = 0;
        if (++di == 3)
            return;
    }
    go(h);
}
static int upd;
static void go(uv_timer_t *h) {
    if (upd)
        uv_update_time(h->loop);
    t = now_ns();
    uv_timer_start(h, cb, (uint64_t)(D[di] + 0.999999), 0);
}
int main(int c, char **v) {
    upd = argn(c, v, 1, 1);
    uv_loop_t *l = uv_default_loop();
    uv_timer_t h;
    uv_timer_init(l, &h);
    go(&h);
    return uv_run(l, UV_RUN_DEFAULT);
}
