// 92 prints: where does the output of printf go?
//
// Besides lab_say a demo has printf, puts and write. Each line that they print
// is said by the task or worker that prints it, at its time, and only once.

#include "lab.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

static int print(void *arg) {
    const char *name = arg;
    printf("%s: printf\n", name);
    LAB_TRY(lab_sleep(lab_param("delay")));
    puts("puts");
    fprintf(stderr, "standard error\n");
    fputs("one, ", stdout);
    LAB_TRY(lab_sleep(lab_param("delay")));
    printf("two\n");
    if (write(STDOUT_FILENO, "write\n\033[2J\n", 11) != 11)
        return LAB_EPIPE;
    printf("the rest");
    return 0;
}

static int in_task(void) {
    lab_task *tasks[] = {lab_spawn("a", print, "a"),
                         lab_spawn("b", print, "b")};
    return lab_gather(tasks, countof(tasks));
}

static int print_in_job(void *arg) {
    (void)arg;
    printf("printf\none, ");
    lab_block(lab_param("delay"));
    printf("two\n");
    printf("the rest");
    return 0;
}

static int in_worker(void) {
    return lab_offload(lab_pool_new("pool", 1), print_in_job, NULL);
}

static int stop_in_job(void *arg) {
    bool is_true = arg;
    assert(is_true);
    return 0;
}

static int asserts(void) {
    return lab_offload(lab_pool_new("pool", 1), stop_in_job, NULL);
}

const struct lab_demo lab_demo = {
    .name = "prints",
    .asks = "Where does the output of printf go?",
    .params = {{"delay", 100, .min = 1, .max = 60000, .unit = "ms",
                .text = "between the lines"}},
    .variants = {{"in_task", in_task, "in two tasks", "2 * delay"},
                 {"in_worker", in_worker, "in a worker's job", "delay"},
                 {"asserts", asserts, "in an assertion that fails", "0"}}};
