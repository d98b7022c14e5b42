// common load client: K connections, closed loop, 64-byte messages, epoll.
// usage: client port secs conns server_pid [pipeline]
#include "../common/bench.h"
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
static double pcpu(int pid) {
    char p[64];
    snprintf(p, 64, "/proc/%d/schedstat", pid);
    double tot = 0; /* sum over threads */
    char d[64];
    snprintf(d, 64, "ls /proc/%d/task", pid);
    FILE *f = popen(d, "r");
    int t;
    while (f && fscanf(f, "%d", &t) == 1) {
        snprintf(p, 64, "/proc/%d/task/%d/schedstat", pid, t);
        FILE *g = fopen(p, "r");
        long a = 0;
        if (g) {
            if (fscanf(g, "%ld", &a) != 1)
                a = 0;
            fclose(g);
        }
        tot += a / 1e9;
    }
    if (f)
        pclose(f);
    return tot;
}
static int cmp(const void *a, const void *b) {
    float x = *(float *)a, y = *(float *)b;
    return x < y ? -1 : x > y;
}
int main(int c, char **v) {
    int port = argn(c, v, 1, 9000);
    double secs = c > 2 ? atof(v[2]) : 2;
    int K = argn(c, v, 3, 50), pid = argn(c, v, 4, 0), D = argn(c, v, 5, 1);
    int ep = epoll_create1(0);
    int *fd = calloc(K, sizeof(int));
    int *got = calloc(K, sizeof(int));
    int64_t *st = calloc(K, 8);
    char buf[65536];
    memset(buf, 'x', sizeof buf);
    for (int i = 0; i < K; i++) {
        struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
        a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        fd[i] = socket(AF_INET, SOCK_STREAM, 0);
        int tr = 0;
        while (connect(fd[i], (void *)&a, sizeof a)) {
            if (tr++ > 300) {
                perror("connect");
                return 1;
            }
            usleep(10000);
            close(fd[i]);
            fd[i] = socket(AF_INET, SOCK_STREAM, 0);
        }
        int one = 1;
        setsockopt(fd[i], 6, TCP_NODELAY, &one, 4);
        fcntl(fd[i], F_SETFL, O_NONBLOCK);
        struct epoll_event e = {.events = EPOLLIN, .data.u32 = i};
        epoll_ctl(ep, EPOLL_CTL_ADD, fd[i], &e);
    }
    float *lat = malloc(sizeof(float) * 20000000);
    size_t nl = 0;
    long n = 0;
    int64_t t0 = 0, tw = now_ns(), tend = tw + (int64_t)((secs + 0.3) * 1e9);
    double c0 = 0;
    for (int i = 0; i < K; i++) {
        st[i] = now_ns();
        if (write(fd[i], buf, 64 * D) != 64 * D)
            return 1;
    }
    struct epoll_event ev[256];
    for (;;) {
        int m = epoll_wait(ep, ev, 256, 1000);
        int64_t now = now_ns();
        if (!t0 && now - tw > 300000000LL) {
            t0 = now;
            n = 0;
            nl = 0;
            c0 = pcpu(pid);
            t0 = now_ns();
        }
        if (now > tend)
            break;
        if (m <= 0) {
            fprintf(stderr, "stall\n");
            return 1;
        }
        for (int j = 0; j < m; j++) {
            int i = ev[j].data.u32;
            ssize_t r = read(fd[i], buf, sizeof buf);
            if (r <= 0) {
                fprintf(stderr, "closed\n");
                return 1;
            }
            got[i] += r;
            if (got[i] >= 64 * D) {
                got[i] -= 64 * D;
                int64_t q = now_ns();
                if (nl < 20000000)
                    lat[nl++] = (q - st[i]) / 1e3f;
                n += D;
                st[i] = q;
                if (write(fd[i], buf, 64 * D) != 64 * D) {
                    return 1;
                }
            }
        }
    }
    double s = (now_ns() - t0) / 1e9;
    double c1 = pcpu(pid);
    qsort(lat, nl, sizeof(float), cmp);
    out("req_per_s", n / s);
    out("p50_us", lat[nl / 2]);
    out("p99_us", lat[nl * 99 / 100]);
    if (pid)
        out("server_cpu_us_per_req", (c1 - c0) * 1e6 / n);
    return 0;
}
