// 03 ends: what if a demo takes away what looplab stands on?
//
// Each variant ends the program, or closes a descriptor that is not its own.

#include "lab.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static int leave(void *arg) {
    (void)arg;
    exit((int)lab_param("status"));
}

static int in_task(void) {
    return lab_await(lab_spawn("leaver", leave, NULL));
}

static int in_worker(void) {
    return lab_offload(lab_pool_new("pool", 1), leave, NULL);
}

static int closing(void) {
    lab_say("before");
    return close((int)lab_param("fd"));
}

static int replacing(void) {
    int other = open("/dev/zero", O_RDWR);
    return dup2(other, (int)lab_param("fd")) < 0 ? LAB_EINVAL : close(other);
}

const struct lab_demo lab_demo = {
    .name = "ends",
    .asks = "What if a demo takes away what looplab stands on?",
    .params = {{"status", 0, .min = 0, .max = 255,
                .text = "what it gives to exit()"},
               {"fd", 1, .min = 0, .max = 2, .text = "what it closes"}},
    .variants = {{"in_task", in_task, "call exit() in a task", "0"},
                 {"in_worker", in_worker, "call exit() in a pool", "0"},
                 {"closing", closing, "close a descriptor", "0"},
                 {"replacing", replacing, "put another in its place", "0"}}};
