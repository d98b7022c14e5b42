// direct epoll, mode 0: level-triggered callbacks read+write per event; mode 1:
// stackful coroutine per connection (asm switch), optimistic read first,
// EPOLLET registered once, park on EAGAIN; mode 2: like 1 but after a write it
// parks directly (knows a reply cannot be there yet)
#include "../common/asmco.h"
#include "../common/bench.h"
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
static int mode, ep;
typedef struct conn {
    ctx_t c;
    int fd;
    char *stk;
} conn;
static ctx_t M;
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
        if (mode == 2)
            asmco_switch(&k->c, &M);
    }
    close(k->fd);
    for (;;)
        asmco_switch(&k->c, &M);
}
int main(int c, char **v) {
    int port = argn(c, v, 1, 9000);
    mode = argn(c, v, 2, 0);
    int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, 4);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(s, (void *)&a, sizeof a) || listen(s, 512)) {
        perror("bind");
        return 1;
    }
    ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = 0};
    epoll_ctl(ep, EPOLL_CTL_ADD, s, &e);
    struct epoll_event ev[1024];
    static char buf[65536];
    for (;;) {
        int n = epoll_wait(ep, ev, 1024, -1);
        for (int i = 0; i < n; i++) {
            conn *k = ev[i].data.ptr;
            if (!k) {
                int f;
                while ((f = accept4(s, 0, 0, SOCK_NONBLOCK)) >= 0) {
                    setsockopt(f, 6, 1, &one, 4);
                    k = calloc(1, sizeof *k);
                    k->fd = f;
                    if (mode) {
                        k->stk = mmap(0, 65536, 3, MAP_PRIVATE | MAP_ANONYMOUS,
                                      -1, 0);
                        asmco_init(&k->c, k->stk, 65536 - (f % 32) * 128, co,
                                   k);
                    }
                    struct epoll_event q = {.events =
                                                EPOLLIN | (mode ? EPOLLET : 0),
                                            .data.ptr = k};
                    epoll_ctl(ep, EPOLL_CTL_ADD, f, &q);
                }
                continue;
            }
            if (mode) {
                asmco_switch(&M, &k->c);
                continue;
            }
            ssize_t r = recv(k->fd, buf, sizeof buf, 0);
            if (r <= 0) {
                if (r == 0 || errno != EAGAIN)
                    close(k->fd);
                continue;
            }
            if (send(k->fd, buf, r, MSG_NOSIGNAL) != r)
                close(k->fd);
        }
    }
}
