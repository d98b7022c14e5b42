// main.c - measures one scenario of ours and prints "metric value" lines.
//
//     build/bench switch            one scenario
//     build/bench --record switch   the same, with the record on
//     build/bench --quick switch    a tiny size, to see that it works
//     build/bench --list            all scenarios, each with its metrics
//
// compare.py runs these beside the peers.

#include "bench.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/loop.h"
#include "core/run.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

struct row {
    const char *name, *metrics;
    bench_fn *fn;
};

static const struct row rows[] = {
    {"transfer", "ns", bench_transfer},
    {"switch", "ns2 ns1000", bench_switch},
    {"spawn", "ns gather_ns", bench_spawn},
    {"gather", "cold_wall_minus_1s_ms warm_wall_minus_1s_ms cpu_s kb_per_task",
     bench_gather},
    {"queue", "ns", bench_queue},
    {"executor", "seq_us inflight1000_per_s", bench_executor},
    {"echo", "port", bench_echo},
    {"http", "server_cpu_us_per_req req_per_s", bench_http},
    {"timer",
     "late_1.3ms_p50_us late_1.3ms_p99_us late_5ms_p50_us late_5ms_p99_us "
     "late_10.7ms_p50_us late_10.7ms_p99_us early",
     bench_timer},
    {"record",
     "new_event_ns new_ratio event_ns ratio add_ns real_event_ns real_ratio",
     bench_record},
    {"views",
     "compare_ms timeline_ms story_ms tree_ms turns_ms busy_ms pool_ms "
     "warnings_ms svg_ms html_ms go_ms why_ms first_back_ms back_ms save_ms "
     "load_ms",
     bench_views},
    {"virtual", "wall_s_per_day run_all_ms", bench_virtual},
};

// What was asked for.
struct request {
    struct bench bench;
    const struct row *row;
};

// --- what scenarios use

static int run(void *arg) {
    return lab_run(arg);
}

int bench_run(const struct bench *bench, struct lab_clock clock, lab_fn *body,
              void *arg) {
    struct lab_record *record = bench->recorded ? lab_record_new() : NULL;
    struct lab_run_options options = {
        .name = "bench",
        .body = body,
        .arg = arg,
        .clock = clock,
        .record = record,
    };
    int rc = lab_loop_main("bench", run, &options);
    lab_record_free(record);
    return rc;
}

void bench_print(const char *metric, double value) {
    printf("%s %.6g\n", metric, value);
    fflush(stdout);
}

long bench_size(const struct bench *bench, long full, long tiny) {
    return bench->quick ? tiny : full;
}

double bench_each(lab_time began, long count) {
    return (double)(lab_clock_machine() - began) / (double)count;
}

// --- the command line

static int list(void) {
    for (size_t i = 0; i < countof(rows); i++)
        printf("%s: %s\n", rows[i].name, rows[i].metrics);
    return LAB_EXIT_OK;
}

static int usage(void) {
    fprintf(stderr,
            "usage: bench [--quick] [--record] NAME [ARGUMENT], with one of "
            "the names that bench --list shows\n");
    return LAB_EXIT_USAGE;
}

static const struct row *find(const char *name) {
    for (size_t i = 0; i < countof(rows); i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

static bool parse(struct request *request, int argc, char **argv) {
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        request->bench.quick |= strcmp(argv[i], "--quick") == 0;
        request->bench.recorded |= strcmp(argv[i], "--record") == 0;
        if (strcmp(argv[i], "--quick") != 0 && strcmp(argv[i], "--record") != 0)
            return false;
    }
    if (i < argc)
        request->row = find(argv[i++]);
    if (i < argc)
        request->bench.argument = argv[i++];
    return request->row && i == argc;
}

int main(int argc, char **argv) {
    struct request request = {0};
    if (argc == 2 && strcmp(argv[1], "--list") == 0)
        return list();
    if (!parse(&request, argc, argv))
        return usage();
    signal(SIGPIPE, SIG_IGN);
    int rc = request.row->fn(&request.bench);
    if (rc >= 0)
        return LAB_EXIT_OK;
    fprintf(stderr, "bench: %s: %s\n", request.row->name, lab_error_text(rc));
    return LAB_EXIT_FAILED;
}
