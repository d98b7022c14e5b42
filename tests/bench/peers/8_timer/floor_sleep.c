// floors: epoll_pwait2 timeout, timerfd in epoll, uv_poll on a timerfd,
// clock_nanosleep; each with default timer slack (50us) or PR_SET_TIMERSLACK=1
// ; argument picks
#include "../common/bench.h"
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <uv.h>
static double D[] = {1.3, 5, 10.7};
static int di, k;
static int64_t t;
static int tf;
static void arm(int64_t ns) {
    struct itimerspec s = {{0, 0}, {ns / 1000000000, ns % 1000000000}};
    timerfd_settime(tf, 0, &s, 0);
}
static void rep(void) {
    char n[32];
    snprintf(n, 32, "late_%gms_us", D[di]);
    out(n, (now_ns() - t) / 1e3 - D[di] * 1e3);
}
static void pcb(uv_poll_t *p, int s, int e) {
    (void)s;
    (void)e;
    uint64_t x;
    if (read(tf, &x, 8) != 8)
        return;
    rep();
    if (++k == 200) {
        k = 0;
        if (++di == 3) {
            uv_poll_stop(p);
            return;
        }
    }
    t = now_ns();
    arm(D[di] * 1e6);
}
int main(int c, char **v) {
    const char *m = c > 1 ? v[1] : "pwait2";
    if (c > 2)
        prctl(PR_SET_TIMERSLACK, atol(v[2]));
    int ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN};
    tf = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    if (!strcmp(m, "uvpoll")) {
        uv_poll_t p;
        uv_loop_t *l = uv_default_loop();
        uv_poll_init(l, &p, tf);
        uv_poll_start(&p, UV_READABLE, pcb);
        t = now_ns();
        arm(D[0] * 1e6);
        return uv_run(l, UV_RUN_DEFAULT);
    }
    if (!strcmp(m, "timerfd"))
        epoll_ctl(ep, EPOLL_CTL_ADD, tf, &e);
    for (di = 0; di < 3; di++)
        for (k = 0; k < 200; k++) {
            int64_t ns = D[di] * 1e6;
            t = now_ns();
            if (!strcmp(m, "pwait2")) {
                struct timespec ts = {0, ns};
                epoll_pwait2(ep, &e, 1, &ts, 0);
            } else if (!strcmp(m, "timerfd")) {
                arm(ns);
                epoll_wait(ep, &e, 1, -1);
                uint64_t x;
                if (read(tf, &x, 8) < 0) {}
            } else if (!strcmp(
                           m, "hybrid")) { /* sleep to 60us before, then spin */
                struct timespec ts = {0, ns - 60000};
                epoll_pwait2(ep, &e, 1, &ts, 0);
                while (now_ns() < t + ns)
                    __builtin_ia32_pause();
            } else {
                struct timespec ts = {0, ns};
                clock_nanosleep(CLOCK_MONOTONIC, 0, &ts, 0);
            }
            rep();
        }
    return 0;
}
