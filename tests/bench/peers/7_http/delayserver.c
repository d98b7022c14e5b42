// HTTP/1.1 keep-alive server: every request is answered exactly DELAY ms after
// it was read (constant delay -> FIFO). delayserver PORT [DELAY_MS]
#include "../common/bench.h"
#include <netinet/in.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
typedef struct {
    int64_t dl;
    int fd;
    unsigned gen;
} pend;
static pend q[1 << 16];
static unsigned h, t;
static unsigned gen[70000];
static int ml[70000];
int main(int c, char **v) {
    int port = argn(c, v, 1, 8800);
    int64_t D = argn(c, v, 2, 100) * 1000000LL;
    signal(SIGPIPE, SIG_IGN);
    int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, 4);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(s, (void *)&a, sizeof a) || listen(s, 1024)) {
        perror("bind");
        return 1;
    }
    int ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.fd = s};
    epoll_ctl(ep, EPOLL_CTL_ADD, s, &e);
    struct epoll_event ev[256];
    char b[65536];
    const char R[] =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
        "13\r\nConnection: keep-alive\r\n\r\nHello, world!";
    for (;;) {
        struct timespec ts, *tp = 0;
        if (h != t) {
            int64_t w = q[h & 65535].dl - now_ns();
            if (w < 0)
                w = 0;
            ts.tv_sec = w / 1000000000;
            ts.tv_nsec = w % 1000000000;
            tp = &ts;
        }
        int n = epoll_pwait2(ep, ev, 256, tp, 0);
        int64_t now = now_ns();
        while (h != t && q[h & 65535].dl <= now) {
            pend *p = &q[h++ & 65535];
            if (gen[p->fd] == p->gen)
                if (send(p->fd, R, sizeof R - 1, MSG_NOSIGNAL) < 0) {}
        }
        for (int i = 0; i < n; i++) {
            int f = ev[i].data.fd;
            if (f == s) {
                int k;
                while ((k = accept4(s, 0, 0, SOCK_NONBLOCK)) >= 0) {
                    setsockopt(k, 6, 1, &one, 4);
                    gen[k]++;
                    ml[k] = 0;
                    struct epoll_event z = {.events = EPOLLIN, .data.fd = k};
                    epoll_ctl(ep, EPOLL_CTL_ADD, k, &z);
                }
                continue;
            }
            ssize_t r = recv(f, b, sizeof b, 0);
            if (r <= 0) {
                gen[f]++;
                close(f);
                continue;
            }
            for (ssize_t j = 0; j < r; j++) {
                static const char P[] = "\r\n\r\n";
                if (b[j] == P[ml[f]])
                    ml[f]++;
                else
                    ml[f] = b[j] == '\r';
                if (ml[f] == 4) {
                    ml[f] = 0;
                    q[t++ & 65535] = (pend){now_ns() + D, f, gen[f]};
                }
            }
        }
    }
}
