// raw libuv callbacks. mode 0 = uv_write with request; mode 1 = uv_try_write;
// static read buffer
#include "../common/bench.h"
#include <uv.h>
static int mode;
static char rb[65536];
static void al(uv_handle_t *h, size_t n, uv_buf_t *b) {
    (void)h;
    (void)n;
    *b = uv_buf_init(rb, sizeof rb);
}
typedef struct {
    uv_write_t w;
    char d[];
} wr;
static void wd(uv_write_t *w, int s) {
    (void)s;
    free(w);
}
static void cl(uv_handle_t *h) {
    free(h);
}
static void rd(uv_stream_t *s, ssize_t n, const uv_buf_t *b) {
    if (n < 0) {
        uv_close((void *)s, cl);
        return;
    }
    if (n == 0)
        return;
    if (mode) {
        uv_buf_t o = uv_buf_init(b->base, n);
        int r = uv_try_write(s, &o, 1);
        if (r == n)
            return;
        abort();
    }
    wr *w = malloc(sizeof *w + n);
    memcpy(w->d, b->base, n);
    uv_buf_t o = uv_buf_init(w->d, n);
    uv_write(&w->w, s, &o, 1, wd);
}
static void ac(uv_stream_t *l, int st) {
    (void)st;
    uv_tcp_t *t = malloc(sizeof *t);
    uv_tcp_init(l->loop, t);
    uv_accept(l, (void *)t);
    uv_tcp_nodelay(t, 1);
    uv_read_start((void *)t, al, rd);
}
int main(int c, char **v) {
    int port = argn(c, v, 1, 9000);
    mode = argn(c, v, 2, 0);
    uv_loop_t *l = uv_default_loop();
    uv_tcp_t t;
    struct sockaddr_in a;
    uv_tcp_init(l, &t);
    uv_ip4_addr("127.0.0.1", port, &a);
    uv_tcp_bind(&t, (void *)&a, 0);
    uv_listen((void *)&t, 512, ac);
    return uv_run(l, UV_RUN_DEFAULT);
}
