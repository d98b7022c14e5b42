// Each end is a child's, whose last words are read.

#include "core/interrupt_internal.h"

#include "base/alloc.h"
#include "core/executor.h"
#include "core/here.h"
#include "core/run.h"
#include "ending.h"
#include "test.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int heard;

static void hear(int signal, void *arg) {
    (void)signal;
    (void)arg;
    atomic_fetch_add(&heard, 1);
}

// --- the loop is held

static volatile bool goes_on = true;
static int third; // SIGINT, or the SIGALRM that comes if nothing else does

static int never_give_way(void *arg) {
    (void)arg;
    lab_here_set("demos/05_spin.c", 7);
    raise(SIGINT);
    raise(SIGINT);
    raise(third);
    while (goes_on)
        kill(getpid(), 0); // TSan keeps signals back until a call
    return 0;
}

static int spawn_it(void *arg) {
    return lab_await(lab_spawn("sp\033in", never_give_way, arg));
}

static int hold_real(void *arg) {
    lab_signal_watch(SIGINT, hear, NULL);
    return spawn_it(arg);
}

static int hold_virtual(void *arg) {
    lab_signal_watch(SIGINT, hear, NULL);
    return lab_run(&(struct lab_run_options){.name = "root",
                                             .body = spawn_it,
                                             .arg = arg,
                                             .clock = LAB_CLOCK_VIRTUAL});
}

static int ask_worker(void *arg) {
    return lab_offload(lab_pool_new("pool", 1), never_give_way, arg);
}

static int hold_virtual_worker(void *arg) {
    lab_signal_watch(SIGINT, hear, NULL);
    return lab_run(&(struct lab_run_options){.name = "root",
                                             .body = ask_worker,
                                             .arg = arg,
                                             .clock = LAB_CLOCK_VIRTUAL});
}

static void check_held(lab_fn *body, const char *who) {
    char words[1024];
    CHECK_INT(ending_of(body, NULL, words, sizeof words),
              -LAB_EXIT_INTERRUPTED);
    CHECK(strncmp(words, "restored\n", 9) == 0);
    ending_has(words, who);
    ending_has(words, ": it held the loop while Ctrl-C came twice, ");
    ending_has(words, ", after its call at demos/05_spin.c:7");
}

static void check_holders(void) {
    check_held(hold_real, "looplab: task #2 sp\\x1bin was stopped at ");
    check_held(hold_virtual, "looplab: task #2 sp\\x1bin was stopped at 0 s: ");
    check_held(hold_virtual_worker,
               "looplab: job #1 of task #1 root, in worker "
               "pool-1, was stopped at 0 s: ");
}

TEST(a_third_interrupt_ends_whoever_holds_the_loop) {
    third = SIGINT;
    check_holders();
}

TEST(a_second_after_two_interrupts_whoever_holds_the_loop_is_ended) {
    third = SIGALRM;
    check_holders();
}

// --- the loop goes on

// Interrupts the loop's thread from a worker's, and has it heard.
static void interrupt(void) {
    int before = atomic_load(&heard);
    kill(getpid(), SIGINT);
    while (atomic_load(&heard) == before)
        kill(getpid(), 0); // TSan keeps signals back until a call
}

static int never_end(void *arg) {
    (void)arg;
    lab_here_set("demos/05_spin.c", 9);
    interrupt();
    interrupt();
    kill(getpid(), third);
    while (goes_on)
        kill(getpid(), 0); // TSan keeps signals back until a call
    return 0;
}

static int idle(void *arg) {
    (void)arg;
    return 0;
}

// Beside workers that have nothing to do.
static int wait_for_job(void *arg) {
    lab_signal_watch(SIGINT, hear, NULL);
    lab_pool *pool = lab_pool_new("idle", 3);
    LAB_TRY(lab_offload(pool, idle, NULL));
    return lab_offload(lab_pool_new("pool", 1), never_end, arg);
}

static void check_job(void) {
    char words[1024];
    CHECK_INT(ending_of(wait_for_job, NULL, words, sizeof words),
              -LAB_EXIT_INTERRUPTED);
    CHECK(strncmp(words, "restored\n", 9) == 0);
    ending_has(words, "looplab: job #2 of task #1 main, in worker pool-1, was "
                      "stopped at ");
    ending_has(words, ": its job went on after Ctrl-C came twice");
    ending_has(words, ", after its call at demos/05_spin.c:9");
}

TEST(an_interrupt_too_many_ends_a_job_that_never_does) {
    third = SIGINT;
    check_job();
    third = SIGALRM;
    check_job();
}

static int interrupt_twice(void *arg) {
    (void)arg;
    interrupt();
    interrupt();
    kill(getpid(), third);
    return 0;
}

// Waits where no interrupt is heard, and no job goes on.
static int wait_deafly(void *arg) {
    lab_signal_watch(SIGINT, hear, NULL);
    lab_ignore(lab_offload(lab_pool_new("pool", 1), interrupt_twice, arg));
    return lab_sleep(3600 * LAB_S);
}

static void check_run(void) {
    char words[1024];
    CHECK_INT(ending_of(wait_deafly, NULL, words, sizeof words),
              -LAB_EXIT_INTERRUPTED);
    CHECK(strncmp(words, "restored\n", 9) == 0);
    ending_has(words, " was stopped");
    ending_has(words, "went on after Ctrl-C came twice");
}

TEST(an_interrupt_too_many_ends_a_run_that_does_not) {
    third = SIGINT;
    check_run();
    third = SIGALRM;
    check_run();
}

// --- one that is answered is no first one

static int answer_each(void *arg) {
    (void)arg;
    lab_signal_watch(SIGINT, hear, NULL);
    for (int i = 0; i < 5; i++) {
        raise(SIGINT);
        LAB_TRY(lab_sleep(LAB_NS));
        lab_signal_answered();
    }
    return atomic_load(&heard) == 5 ? 0 : LAB_EINVAL;
}

// Two, one close after the other, and what they stop does.
static int answer_two(void *arg) {
    (void)arg;
    lab_signal_watch(SIGINT, hear, NULL);
    raise(SIGINT);
    LAB_TRY(lab_sleep(LAB_NS));
    raise(SIGINT);
    LAB_TRY(lab_sleep(LAB_NS));
    bool is_armed = alarm(1) > 0; // what is not answered ends then
    lab_signal_answered();
    return is_armed && alarm(0) == 0 ? 0 : LAB_EINVAL;
}

TEST(after_an_answer_the_next_interrupt_is_a_first_one) {
    atomic_store(&heard, 0);
    CHECK_INT(lab_loop_main("main", answer_each, NULL), 0);
}

TEST(two_interrupts_end_nothing_that_stops_in_time) {
    CHECK_INT(lab_loop_main("main", answer_two, NULL), 0);
}
