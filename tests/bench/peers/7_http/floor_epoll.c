// The least: epoll, one read and one write a request, and no look at what it
// says. floor_epoll PORT
#include "../common/bench.h"
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
static const char R[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                        "Content-Length: 42\r\n\r\n"
                        "{\"title\": \"practice\", \"items\": [1, 2, 3]}\n";
int main(int c, char **v) {
    int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_port = htons(argn(c, v, 1, 8800))};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(s, (void *)&a, sizeof a) || listen(s, 512)) {
        perror("bind");
        return 1;
    }
    int ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.fd = s}, ev[256];
    epoll_ctl(ep, EPOLL_CTL_ADD, s, &e);
    static char b[65536];
    for (;;) {
        int n = epoll_wait(ep, ev, 256, -1);
        for (int i = 0; i < n; i++) {
            int f = ev[i].data.fd, k;
            if (f == s) {
                while ((k = accept4(s, 0, 0, SOCK_NONBLOCK)) >= 0) {
                    setsockopt(k, 6, 1, &one, 4);
                    struct epoll_event q = {.events = EPOLLIN, .data.fd = k};
                    epoll_ctl(ep, EPOLL_CTL_ADD, k, &q);
                }
                continue;
            }
            if (recv(f, b, sizeof b, 0) <= 0 ||
                send(f, R, sizeof R - 1, MSG_NOSIGNAL) != sizeof R - 1)
                close(f);
        }
    }
}
