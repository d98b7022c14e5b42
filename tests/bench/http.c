// http.c - requests per second of the practice server, and what they cost it.
//
//     build/bench http                     our server, in a process of its own
//     build/bench http 'COMMAND $PORT'     another, which listens on that port
//
// 50 connections ask for /json, each for the next as soon as it has a reply,
// so all replies must be of one size. The server has cpu 0 and we have cpu 1.

#include "bench.h"

#include "base/alloc.h"
#include "base/error.h"
#include "demo/practice.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PEERS = 50, PATIENCE_MS = 10000, TRIES = 1000 };

struct load {
    pid_t server;
    int port, epoll;
    char request[120];
    size_t size;  // of the request
    size_t reply; // of each
    long served;
    struct peer {
        int fd;
        size_t got; // of the reply that comes
    } peers[PEERS];
};

static int last_error(void) {
    return -errno;
}

static void stay_on_cpu(size_t cpu) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    // On a machine with one it stays where it is.
    lab_ignore(sched_setaffinity(0, sizeof set, &set));
}

// --- the server

static struct sockaddr_in address_of(int port) {
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

// A port that nobody listens on now.
static int free_port(int *port) {
    struct sockaddr_in address = address_of(0);
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) < 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) < 0)
        return last_error();
    close(fd);
    *port = ntohs(address.sin_port);
    return 0;
}

static int serve(void *arg) {
    struct lab_practice *practice = arg;
    return lab_practice_serve(practice);
}

static _Noreturn void be_server(const struct bench *bench, int port) {
    char word[16];
    stay_on_cpu(0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (bench->argument) {
        char command[4096];
        snprintf(word, sizeof word, "%d", port);
        setenv("PORT", word, 1);
        snprintf(command, sizeof command, "exec %s >/dev/null",
                 bench->argument);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    } else {
        struct lab_practice practice = {.port = port};
        lab_ignore(bench_run(bench, LAB_CLOCK_REAL, serve, &practice));
    }
    _exit(1);
}

static void end_server(struct load *load) {
    kill(load->server, SIGKILL);
    waitpid(load->server, NULL, 0);
}

// What the processors have done for the server so far; 0 if it has ended.
static lab_time server_cpu(const struct load *load) {
    clockid_t clock;
    struct timespec time = {0};
    if (clock_getcpuclockid(load->server, &clock) != 0 ||
        clock_gettime(clock, &time) != 0)
        return 0;
    return time.tv_sec * LAB_S + time.tv_nsec;
}

// --- the clients

static int dial(const struct load *load) {
    struct sockaddr_in address = address_of(load->port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    if (fd < 0)
        return last_error();
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
        int rc = last_error();
        close(fd);
        return rc;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

// Dials as soon as the server listens, which it does not say.
static int dial_first(const struct load *load) {
    int fd = LAB_ECONNREFUSED;
    for (int i = 0; i < TRIES && fd == LAB_ECONNREFUSED; i++) {
        fd = dial(load);
        if (waitpid(load->server, NULL, WNOHANG) != 0)
            return LAB_ECRASHED;
        if (fd == LAB_ECONNREFUSED)
            usleep(10000);
    }
    return fd;
}

static int ask(const struct load *load, int fd) {
    ssize_t n = send(fd, load->request, load->size, 0);
    return n == (ssize_t)load->size ? 0 : n < 0 ? last_error() : LAB_EPIPE;
}

// Asks once, to learn how long a reply is: its head says it of its body.
static int measure_reply(struct load *load, int fd) {
    static const char length[] = "\r\nContent-Length: ";
    char text[4096];
    size_t got = 0;
    LAB_TRY(ask(load, fd));
    for (;;) {
        ssize_t n = recv(fd, text + got, sizeof text - 1 - got, 0);
        if (n <= 0)
            return n < 0 ? last_error() : LAB_EOF;
        got += (size_t)n;
        text[got] = '\0';
        const char *body = strstr(text, "\r\n\r\n");
        const char *says = strcasestr(text, length);
        if (!body || !says)
            continue;
        load->reply = (size_t)(body + 4 - text) +
                      strtoul(says + sizeof length - 1, NULL, 10);
        if (got == load->reply)
            return strncmp(text, "HTTP/1.1 200 ", 13) == 0 ? 0 : LAB_EPROTO;
    }
}

static int open_peers(struct load *load) {
    load->size = (size_t)snprintf(
        load->request, sizeof load->request,
        "GET /json HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", load->port);
    load->epoll = epoll_create1(EPOLL_CLOEXEC);
    for (uint32_t i = 0; i < PEERS; i++) {
        int fd = load->peers[i].fd = i ? dial(load) : dial_first(load);
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        if (fd < 0)
            return fd;
        if (i == 0)
            LAB_TRY(measure_reply(load, fd));
        if (epoll_ctl(load->epoll, EPOLL_CTL_ADD, fd, &event) < 0)
            return last_error();
    }
    for (size_t i = 0; i < PEERS; i++)
        LAB_TRY(ask(load, load->peers[i].fd));
    return 0;
}

static int take(struct load *load, struct peer *peer) {
    char bytes[4096];
    ssize_t n = recv(peer->fd, bytes, sizeof bytes, 0);
    if (n <= 0)
        return n < 0 ? last_error() : LAB_EOF;
    peer->got += (size_t)n;
    if (peer->got < load->reply)
        return 0;
    if (peer->got > load->reply)
        return LAB_EPROTO;
    peer->got = 0;
    load->served++;
    return ask(load, peer->fd);
}

// Keeps all busy until the machine's clock is at [end].
static int keep_busy(struct load *load, lab_time end) {
    struct epoll_event events[PEERS];
    while (lab_clock_machine() < end) {
        int n = epoll_wait(load->epoll, events, PEERS, PATIENCE_MS);
        if (n <= 0)
            return n < 0 ? last_error() : LAB_ETIMEDOUT;
        for (int i = 0; i < n; i++)
            LAB_TRY(take(load, &load->peers[events[i].data.u32]));
    }
    return 0;
}

static int measure(const struct bench *bench, struct load *load) {
    lab_time warm = bench_size(bench, 300, 10) * LAB_MS;
    lab_time full = bench_size(bench, 2000, 50) * LAB_MS;
    stay_on_cpu(1);
    LAB_TRY(open_peers(load));
    LAB_TRY(keep_busy(load, lab_clock_machine() + warm));
    lab_time began = lab_clock_machine(), cpu = server_cpu(load);
    load->served = 0;
    LAB_TRY(keep_busy(load, began + full));
    double seconds = (double)(lab_clock_machine() - began) / (double)LAB_S;
    double used = (double)(server_cpu(load) - cpu) / (double)LAB_US;
    bench_print("server_cpu_us_per_req", used / (double)load->served);
    bench_print("req_per_s", (double)load->served / seconds);
    return 0;
}

int bench_http(const struct bench *bench) {
    struct load load = {0};
    LAB_TRY(free_port(&load.port));
    load.server = fork();
    if (load.server < 0)
        return last_error();
    if (load.server == 0)
        be_server(bench, load.port);
    int rc = measure(bench, &load);
    end_server(&load);
    return rc;
}
