// raw libuv: an HTTP/1.1 server that looks for the end of each head, and
// answers GET /json with the same bytes. uvserver PORT
#include "../common/bench.h"
#include <uv.h>
static const char R[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                        "Content-Length: 42\r\n\r\n"
                        "{\"title\": \"practice\", \"items\": [1, 2, 3]}\n";
typedef struct {
    uv_tcp_t t;
    size_t n;
    char b[4096];
} cn;
static void al(uv_handle_t *h, size_t s, uv_buf_t *b) {
    cn *k = (void *)h;
    (void)s;
    *b = uv_buf_init(k->b + k->n, sizeof k->b - 1 - k->n);
}
static void cl(uv_handle_t *h) {
    free(h);
}
static void rd(uv_stream_t *s, ssize_t n, const uv_buf_t *b) {
    cn *k = (void *)s;
    (void)b;
    if (n < 0) {
        uv_close((void *)s, cl);
        return;
    }
    k->n += n;
    k->b[k->n] = 0;
    char *e;
    while ((e = strstr(k->b, "\r\n\r\n"))) {
        if (strncmp(k->b, "GET /json HTTP/1.1\r\n", 20))
            abort();
        uv_buf_t o = uv_buf_init((char *)R, sizeof R - 1);
        if (uv_try_write(s, &o, 1) != sizeof R - 1)
            abort();
        k->n -= e + 4 - k->b;
        memmove(k->b, e + 4, k->n + 1);
    }
}
static void ac(uv_stream_t *l, int st) {
    (void)st;
    cn *k = calloc(1, sizeof *k);
    uv_tcp_init(l->loop, &k->t);
    uv_accept(l, (void *)&k->t);
    uv_tcp_nodelay(&k->t, 1);
    uv_read_start((void *)&k->t, al, rd);
}
int main(int c, char **v) {
    uv_loop_t *l = uv_default_loop();
    uv_tcp_t t;
    struct sockaddr_in a;
    uv_tcp_init(l, &t);
    uv_ip4_addr("127.0.0.1", argn(c, v, 1, 8800), &a);
    uv_tcp_bind(&t, (void *)&a, 0);
    uv_listen((void *)&t, 512, ac);
    return uv_run(l, UV_RUN_DEFAULT);
}
