// echo.c - a server that says what it is told, a task for each connection.
//
//     build/bench echo PORT           serves for ever; 0 is any free port
//     build/bench --quick echo PORT   serves one connection
//
// It prints the port; peers/6_echo/client.c measures.

#include "bench.h"

#include "core/stream.h"

#include <stdio.h>

static int serve(void *arg) {
    lab_stream *peer = arg;
    char bytes[4096];
    int n;
    while ((n = lab_read(peer, bytes, sizeof bytes)) > 0)
        if (lab_write(peer, bytes, (size_t)n) < 0)
            break; // who does not want its answer is gone
    lab_close(peer);
    return 0;
}

static int accept_all(const struct bench *bench, lab_stream *door) {
    lab_stream *peer;
    for (;;) {
        LAB_TRY(lab_accept(door, &peer));
        if (bench->quick)
            return lab_await(lab_spawn("serve", serve, peer));
        lab_task_detach(lab_spawn("serve", serve, peer));
    }
}

static int server(void *arg) {
    const struct bench *bench = arg;
    char address[64];
    lab_stream *door;
    snprintf(address, sizeof address, "tcp:127.0.0.1:%.20s",
             bench->argument ? bench->argument : "0");
    LAB_TRY(lab_listen(&door, address));
    bench_print("port", lab_port(door));
    return accept_all(bench, door);
}

int bench_echo(const struct bench *bench) {
    struct bench copy = *bench;
    return bench_run(bench, LAB_CLOCK_REAL, server, &copy);
}
