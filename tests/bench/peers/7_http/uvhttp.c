// raw libuv: 100 connects + minimal HTTP/1.1 GET by hand (request line + Host),
// response parsed by Content-Length
#include "../common/bench.h"
#include <uv.h>
static int N = 100, fin;
static int64_t t0;
static uv_loop_t *l;
typedef struct {
    uv_tcp_t t;
    uv_connect_t c;
    uv_write_t w;
    char b[512];
    size_t n;
} cn;
static cn *C;
static char rq[128];
static int rql;
static void send_(cn *k);
static void al(uv_handle_t *h, size_t s, uv_buf_t *b) {
    (void)s;
    cn *k = (void *)h;
    *b = uv_buf_init(k->b + k->n, sizeof k->b - k->n - 1);
}
static int round_;
static void rd(uv_stream_t *s, ssize_t n, const uv_buf_t *b) {
    (void)b;
    cn *k = (void *)s;
    if (n < 0)
        exit(2);
    k->n += n;
    k->b[k->n] = 0;
    char *e = strstr(k->b, "\r\n\r\n");
    if (!e)
        return;
    char *cl = strstr(k->b, "Content-Length: ");
    if (!cl)
        exit(3);
    size_t L = atoi(cl + 16);
    if ((size_t)(k->b + k->n - (e + 4)) < L)
        return;
    if (++fin == N) {
        out(round_ ? "over100_warm_ms" : "over100_ms",
            (now_ns() - t0) / 1e6 - 100);
        if (round_++)
            exit(0);
        fin = 0;
        t0 = now_ns();
        for (int i = 0; i < N; i++)
            send_(C + i);
    }
}
static void send_(cn *k) {
    k->n = 0;
    uv_buf_t b = uv_buf_init(rq, rql);
    if (uv_try_write((void *)&k->t, &b, 1) != rql)
        exit(4);
}
static void con(uv_connect_t *q, int st) {
    if (st)
        exit(5);
    cn *k = (void *)q->handle;
    uv_read_start((void *)&k->t, al, rd);
    send_(k);
}
int main(int c, char **v) {
    int port = argn(c, v, 1, 8800);
    rql = snprintf(
        rq, 128, "GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: */*\r\n\r\n",
        port);
    l = uv_default_loop();
    C = calloc(N, sizeof *C);
    struct sockaddr_in a;
    uv_ip4_addr("127.0.0.1", port, &a);
    t0 = now_ns();
    for (int i = 0; i < N; i++) {
        uv_tcp_init(l, &C[i].t);
        uv_tcp_nodelay(&C[i].t, 1);
        uv_tcp_connect(&C[i].c, &C[i].t, (void *)&a, con);
    }
    return uv_run(l, UV_RUN_DEFAULT);
}
