// design probe "staying on libuv": stackful coroutine per connection; uv_poll
// kept armed READABLE, coroutine does recv/send itself and parks
#include "../common/asmco.h"
#include "../common/bench.h"
#include <netinet/in.h>
#include <sys/socket.h>
#include <uv.h>
typedef struct conn {
    uv_poll_t p;
    ctx_t c;
    int fd;
} conn;
static ctx_t M;
static uv_loop_t *l;
static void co(void *x) {
    conn *k = x;
    char b[4096];
    for (;;) {
        ssize_t n = recv(k->fd, b, sizeof b, 0);
        if (n < 0) {
            asmco_switch(&k->c, &M);
            continue;
        }
        if (n == 0)
            break;
        if (send(k->fd, b, n, MSG_NOSIGNAL) != n)
            break;
        asmco_switch(&k->c, &M);
    }
    uv_poll_stop(&k->p);
    close(k->fd);
    for (;;)
        asmco_switch(&k->c, &M);
}
static void cb(uv_poll_t *p, int s, int e) {
    (void)s;
    (void)e;
    conn *k = (conn *)p;
    asmco_switch(&M, &k->c);
}
static uv_poll_t L;
static int ls;
static void acc(uv_poll_t *p, int s, int e) {
    (void)p;
    (void)s;
    (void)e;
    int f, one = 1;
    while ((f = accept4(ls, 0, 0, SOCK_NONBLOCK)) >= 0) {
        setsockopt(f, 6, 1, &one, 4);
        conn *k = calloc(1, sizeof *k);
        k->fd = f;
        char *st = mmap(0, 65536, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        asmco_init(&k->c, st, 65536 - (f % 32) * 128, co, k);
        uv_poll_init(l, &k->p, f);
        uv_poll_start(&k->p, UV_READABLE, cb);
    }
}
int main(int c, char **v) {
    int port = argn(c, v, 1, 9000), one = 1;
    ls = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &one, 4);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(ls, (void *)&a, sizeof a) || listen(ls, 512))
        return 1;
    l = uv_default_loop();
    uv_poll_init(l, &L, ls);
    uv_poll_start(&L, UV_READABLE, acc);
    return uv_run(l, UV_RUN_DEFAULT);
}
