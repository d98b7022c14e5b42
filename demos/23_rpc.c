// 23 rpc: what does a slow service do to its callers?
//
// Each call to a service takes it a second. Calls that wait their turn add up;
// on one connection they can all be under way at once. A caller that is tired
// of waiting can simply stop, and then the service works for nobody. Or its
// call has a deadline, which goes with it: both sides stop at the same time.
//
// The calls are gRPC's where make found libnghttp2, else requests of HTTP/1.1.
//
// uses: libnghttp2

#include "23_rpc/rpc.h"

#include <stdio.h>

enum { MOST = 100 };

// --- the service

static int working;          // on how many calls
static struct lab_flag idle; // on none

// What it does for one call, in a task of its own.
static int greet(const char *name, char *reply, size_t size) {
    lab_count("working", +1);
    if (working++ == 0)
        lab_flag_clear(&idle);
    int rc = lab_sleep(lab_param("delay")); // fails when the deadline is over
    lab_count("working", -1);
    if (--working == 0)
        lab_flag_set(&idle);
    lab_count("finished", rc == 0);
    if (rc == 0)
        snprintf(reply, size, "hello %s", name);
    return rc;
}

// --- the callers

static rpc_channel *channel; // to the service

static int call_within(lab_time deadline) {
    char reply[80];
    int status = rpc_call(channel, "bob", deadline, reply, sizeof reply);
    LAB_TRY(status);
    lab_count("answered", status == RPC_OK);
    if (status == RPC_OK)
        lab_say("%s", reply);
    else if (status == RPC_DEADLINE_EXCEEDED)
        lab_say("deadline exceeded");
    else
        lab_say("no reply: status %d", status);
    return 0;
}

static int call(void *arg) {
    (void)arg;
    return call_within(LAB_FOREVER);
}

static int call_with_deadline(void *arg) {
    (void)arg;
    return call_within(lab_param("deadline"));
}

static size_t spawn_all(lab_task *calls[MOST], lab_fn *how) {
    size_t n = (size_t)lab_param("calls");
    for (size_t i = 0; i < n; i++)
        calls[i] = lab_spawn("call", how, NULL);
    return n;
}

static int in_turn(void) {
    for (int64_t i = 0; i < lab_param("calls"); i++)
        LAB_TRY(call(NULL));
    return 0;
}

static int together(void) {
    lab_task *calls[MOST];
    return lab_gather(calls, spawn_all(calls, call));
}

static int impatient(void) {
    lab_task *calls[MOST];
    size_t n = spawn_all(calls, call);
    // Leaves calls alone that are not over by then.
    int rc = lab_wait(calls, n, LAB_ALL_COMPLETED, lab_param("deadline"));
    if (rc >= 0)
        lab_say("gives up");
    return lab_gather(calls, n); // in any case: they use the channel
}

static int deadline(void) {
    lab_task *calls[MOST];
    return lab_gather(calls, spawn_all(calls, call_with_deadline));
}

// --- both

struct trial {
    int (*calls)(void);
};

static int with_service(const void *arg) {
    const struct trial *trial = arg;
    rpc_service *service;
    lab_flag_init(&idle);
    lab_flag_set(&idle);
    LAB_TRY(rpc_serve(&service, "tcp:127.0.0.1:0", greet));
    int rc = rpc_connect(&channel, rpc_port(service));
    if (rc == 0) {
        rc = trial->calls();
        if (rc == 0)
            rc = lab_flag_wait(&idle); // does it still work, and for whom?
        rpc_close(channel);
    }
    rpc_stop(service); // also if the calls failed
    return rc;
}

static const struct trial one_by_one = {in_turn}, all = {together},
                          careless = {impatient}, agreed = {deadline};

const struct lab_demo lab_demo = {
    .name = "rpc",
    .asks = "What does a slow service do to its callers?",
    .params = {{"calls", 5, .min = 1, .max = MOST, .text = "how many calls"},
               {"delay", 1000, .min = 1000, .max = 60000, .unit = "ms",
                .text = "how long the service takes for one"},
               {"deadline", 200, .min = 1, .max = 999, .unit = "ms",
                .text = "how long a caller is ready to wait"}},
    .variants = {{"in_turn", .with = with_service, .arg = &one_by_one,
                  .text = "call, wait for the reply, call again",
                  .claims = {"time = calls * delay", "peak(working) = 1",
                             "last(answered) = calls"}},
                 {"together", .with = with_service, .arg = &all,
                  .text = "all calls at once",
                  .claims = {"time = delay", "peak(working) = calls",
                             "last(answered) = calls"}},
                 {"impatient", .with = with_service, .arg = &careless,
                  .text = "stop waiting after a while, and tell nobody",
                  .claims = {"time = delay", "time(gives up) = deadline",
                             "last(finished) = calls"}},
                 {"deadline", .with = with_service, .arg = &agreed,
                  .text = "a deadline with each call",
                  .claims = {"time = deadline",
                             "count(deadline exceeded) = calls",
                             "peak(working) = calls", "last(working) = 0"}}},
    .verdict =
        "Callers that give up after {impatient time(gives up)} leave the "
        "service busy until {impatient time}. With a deadline it is "
        "free after {deadline time}."};
