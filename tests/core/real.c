// The one file that touches real time: briefly, and never by how long
// something took, only by what came first or that it came at all.

#include "test.h"

#include "base/alloc.h"
#include "base/time.h"
#include "core/block.h"
#include "core/executor.h"
#include "core/flag.h"
#include "core/loop.h"
#include "core/run.h"
#include "core/say.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static int in_loop(lab_fn *body) {
    return lab_loop_main("test", body, NULL);
}

// --- timers

static int sleep_in_order(void *arg) {
    return lab_sleep(*(lab_time *)arg);
}

static int no_sleep_is_early(void *arg) {
    (void)arg;
    for (int i = 0; i < 20; i++) {
        lab_time begin = lab_clock_machine();
        CHECK_INT(lab_sleep(100 * LAB_US), 0);
        CHECK(lab_clock_machine() - begin >= 100 * LAB_US);
    }
    lab_time times[] = {2 * LAB_MS, 1 * LAB_MS};
    lab_task *late = lab_spawn("late", sleep_in_order, &times[0]);
    CHECK_INT(lab_await(lab_spawn("soon", sleep_in_order, &times[1])), 0);
    CHECK_INT(lab_await(late), 0);
    return 7;
}

TEST(a_real_sleep_is_never_early) {
    CHECK_INT(in_loop(no_sleep_is_early), 7);
}

// --- workers

static lab_pool *pool;

static int answer(void *arg) {
    lab_mark("seen");
    lab_say("in a thread");
    return *(int *)arg;
}

static int offload(void *arg) {
    return lab_offload(pool, answer, arg);
}

static int many_jobs(void *arg) {
    (void)arg;
    enum { JOBS = 200 };
    int numbers[JOBS];
    lab_task *tasks[JOBS];
    pool = lab_pool_new("pool", 3);
    for (int i = 0; i < JOBS; i++) {
        numbers[i] = i;
        tasks[i] = lab_spawn("job", offload, &numbers[i]);
    }
    CHECK_INT(lab_gather(tasks, JOBS), 0);
    for (int i = 0; i < JOBS; i++)
        CHECK_INT(lab_task_result(tasks[i]), i);
    return 0;
}

static int run_jobs(void *arg) {
    struct lab_record *record = lab_record_new();
    int rc = lab_run(&(struct lab_run_options){.name = "jobs",
                                               .body = many_jobs,
                                               .clock = LAB_CLOCK_REAL,
                                               .record = record});
    size_t marks = 0, done = 0;
    for (size_t i = 0; i < lab_record_count(record); i++) {
        marks += lab_record_at(record, i)->kind == LAB_EVENT_MARK;
        done += lab_record_at(record, i)->kind == LAB_EVENT_DONE;
    }
    CHECK_INT(marks, 200);
    CHECK_INT(done, 200);
    lab_record_free(record);
    (void)arg;
    return rc;
}

TEST(threads_give_every_result_and_every_event_back) {
    CHECK_INT(in_loop(run_jobs), 0);
}

static int wait_for_ever(void *arg) {
    return lab_flag_wait(arg);
}

static int run_stuck(void *arg) {
    struct lab_flag flag;
    (void)arg;
    lab_flag_init(&flag);
    return lab_run(&(struct lab_run_options){.name = "stuck",
                                             .body = wait_for_ever,
                                             .arg = &flag,
                                             .clock = LAB_CLOCK_REAL});
}

static int wait_for_the_stuck(void *arg) {
    lab_task *task = lab_spawn("run", run_stuck, arg);
    CHECK_INT(lab_await(task), LAB_EDEADLK);
    return lab_yield(); // and nobody has cancelled us
}

TEST(a_deadlock_in_a_run_is_not_that_of_whoever_waits_for_it) {
    CHECK_INT(in_loop(wait_for_the_stuck), 0);
}

static lab_time hold_time;
static lab_task *held; // which runs that

static int hold_worker(void *arg) {
    (void)arg;
    lab_block(hold_time);
    lab_burn(hold_time);
    return 0;
}

static int offload_hold(void *to) {
    return lab_offload(to, hold_worker, NULL);
}

static int nothing(void *arg) {
    (void)arg;
    return 0;
}

// One worker is held; the other still takes jobs.
static int hold_in_pool(void *arg) {
    lab_pool *two = lab_pool_new("two", 2);
    (void)arg;
    lab_task *task = lab_spawn("hold", offload_hold, two);
    CHECK_INT(lab_sleep(LAB_MS), 0);
    CHECK_INT(lab_offload(two, nothing, NULL), 0);
    lab_cancel(held);
    return lab_await(task);
}

static int run_held(void *arg) {
    (void)arg;
    return lab_run(&(struct lab_run_options){
        .name = "held", .body = hold_in_pool, .clock = LAB_CLOCK_REAL});
}

static int cancel_held(void *arg) {
    (void)arg;
    held = lab_spawn("run", run_held, NULL);
    return lab_await(held);
}

TEST(a_cancelled_run_does_not_wait_for_a_worker_that_sleeps) {
    hold_time = 3600 * LAB_S;
    CHECK_INT(in_loop(cancel_held), LAB_EINTR);
    hold_time = LAB_FOREVER;
    CHECK_INT(in_loop(cancel_held), LAB_EINTR);
}

static int block_for_half_a_minute(void *arg) {
    (void)arg;
    lab_block(30 * LAB_S);
    return 0;
}

static int run_blocked(void *arg) {
    (void)arg;
    return lab_run(&(struct lab_run_options){.name = "blocked",
                                             .body = block_for_half_a_minute,
                                             .clock = LAB_CLOCK_REAL});
}

// The run's first step is queued before the task that is cancelled.
static int cancel_before_it_begins(void *arg) {
    (void)arg;
    lab_task *task = lab_spawn("run", run_blocked, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    return lab_await(task);
}

TEST(a_run_that_is_cancelled_before_it_begins_does_not_hold_the_thread) {
    lab_time before = lab_clock_machine();
    CHECK_INT(in_loop(cancel_before_it_begins), LAB_EINTR);
    CHECK(lab_clock_machine() - before < 30 * LAB_S);
}

// --- pace

static int sleep_a_minute(void *arg) {
    (void)arg;
    lab_time begin = lab_now();
    LAB_TRY(lab_sleep(LAB_S));
    CHECK(lab_now() - begin >= LAB_S); // of the run's time
    return 0;
}

static int fast(void *arg) {
    (void)arg;
    return lab_run(&(struct lab_run_options){
        .name = "fast", .body = sleep_a_minute, .clock = {.pace = 1000}});
}

TEST(a_paced_run_keeps_its_own_time) {
    CHECK_INT(in_loop(fast), 0);
}

static int sleep_for_ever(void *arg) {
    (void)arg;
    return lab_sleep(LAB_FOREVER);
}

static int give_up_at_once(void *arg) {
    lab_task *task = lab_spawn("sleeper", sleep_for_ever, arg);
    LAB_TRY(lab_yield());
    lab_cancel(task);
    return lab_await(task) == LAB_ECANCELED ? 0 : LAB_EINVAL;
}

static struct lab_record *paced;

static int run_paced(void *arg) {
    (void)arg;
    return lab_run(&(struct lab_run_options){.name = "paced",
                                             .body = give_up_at_once,
                                             .clock = {.pace = 2},
                                             .record = paced});
}

TEST(a_far_deadline_of_a_paced_run_is_not_before_it) {
    lab_time deadline = 0;
    paced = lab_record_new();
    CHECK_INT(in_loop(run_paced), 0);
    for (size_t i = 0; i < lab_record_count(paced); i++) {
        const struct lab_event *event = lab_record_at(paced, i);
        if (event->kind == LAB_EVENT_WAIT && event->on == LAB_ON_SLEEP)
            deadline = event->value;
    }
    CHECK_INT(deadline, LAB_FOREVER);
    lab_record_free(paced);
}

// --- descriptors

static lab_fd *reader;

static int read_one(void *arg) {
    (void)arg;
    return lab_fd_wait(reader, LAB_READABLE, LAB_FOREVER);
}

static int wait_for_pipe(void *arg) {
    int ends[2];
    (void)arg;
    CHECK(pipe(ends) == 0);
    CHECK_INT(lab_fd_open(&reader, ends[0]), 0);
    lab_task *task = lab_spawn("reader", read_one, NULL);
    CHECK_INT(lab_yield(), 0);
    CHECK(!lab_task_done(task));
    CHECK_INT(write(ends[1], "x", 1), 1);
    CHECK_INT(lab_await(task), LAB_READABLE);
    char c;
    CHECK_INT(read(ends[0], &c, 1), 1);

    CHECK_INT(lab_fd_wait(reader, LAB_READABLE, LAB_MS), LAB_ETIMEDOUT);
    lab_fd_interrupt(reader);
    CHECK_INT(lab_fd_wait(reader, LAB_READABLE, LAB_FOREVER), LAB_EINTR);
    task = lab_spawn("reader", read_one, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_fd_interrupt(reader);
    CHECK_INT(lab_await(task), LAB_EINTR);
    task = lab_spawn("reader", read_one, NULL);
    CHECK_INT(lab_yield(), 0);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);

    close(ends[1]);
    int rc = lab_fd_wait(reader, LAB_READABLE, LAB_FOREVER);
    CHECK(rc == LAB_EOF || (rc == LAB_READABLE && read(ends[0], &c, 1) == 0));
    lab_fd_close(reader);
    close(ends[0]);
    return 0;
}

TEST(a_task_waits_for_a_descriptor_and_can_be_called_away) {
    CHECK_INT(in_loop(wait_for_pipe), 0);
}

static int open_file(void *arg) {
    (void)arg;
    lab_fd *fd;
    int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    CHECK_INT(lab_fd_open(&fd, file), LAB_EINVAL);
    close(file);
    return 0;
}

TEST(what_is_always_ready_cannot_be_waited_for) {
    CHECK_INT(in_loop(open_file), 0);
}

// --- a task of the loop's own

static int hold_for_a_moment(void *arg) {
    (void)arg;
    lab_block(100 * LAB_US);
    lab_burn(100 * LAB_US);
    return 7;
}

TEST(the_root_of_the_loop_may_hold_it) {
    CHECK_INT(in_loop(hold_for_a_moment), 7);
}

// --- signals

static int came;

static void on_signal(int signal, void *arg) {
    came = signal;
    lab_cancel(arg);
}

static int wait_for_signal(void *arg) {
    (void)arg;
    came = 0;
    lab_signal_watch(SIGUSR1, on_signal, lab_self());
    raise(SIGUSR1);
    CHECK_INT(came, 0); // not from within the handler
    CHECK_INT(lab_sleep(3600 * LAB_S), LAB_ECANCELED);
    lab_signal_watch(SIGUSR1, NULL, NULL);
    return came;
}

TEST(a_signal_is_heard_between_tasks) {
    CHECK_INT(in_loop(wait_for_signal), SIGUSR1);
}

static void on_interrupt(int signal, void *arg) {
    (void)signal;
    lab_cancel(arg);
}

static int blocked_run(void *arg) {
    (void)arg;
    raise(SIGINT);
    lab_block(3600 * LAB_S); // over at once
    lab_burn(3600 * LAB_S);
    return 0;
}

static int interrupt(void *arg) {
    (void)arg;
    lab_signal_watch(SIGINT, on_interrupt, lab_self());
    int rc = lab_run(&(struct lab_run_options){
        .name = "blocked", .body = blocked_run, .clock = LAB_CLOCK_REAL});
    CHECK_INT(lab_yield(), LAB_ECANCELED); // the loop has heard of it too
    lab_signal_watch(SIGINT, NULL, NULL);
    return rc;
}

TEST(an_interrupt_ends_a_run_that_holds_the_thread) {
    CHECK_INT(in_loop(interrupt), LAB_EINTR);
}

static int for_ever(void *arg) {
    (void)arg;
    raise(SIGINT);
    for (;;)
        LAB_TRY(lab_sleep(LAB_S));
}

static int interrupt_virtual(void *arg) {
    (void)arg;
    lab_signal_watch(SIGINT, on_interrupt, lab_self());
    int rc = lab_run(&(struct lab_run_options){
        .name = "endless", .body = for_ever, .clock = LAB_CLOCK_VIRTUAL});
    CHECK_INT(lab_yield(), 0); // eaten: it was for the run
    lab_signal_watch(SIGINT, NULL, NULL);
    return rc;
}

TEST(an_interrupt_ends_a_virtual_run_that_would_never_end) {
    CHECK_INT(in_loop(interrupt_virtual), LAB_EINTR);
}

// --- memory

static int wait_once(void *arg) {
    long before = lab_alloc_live();
    (void)arg;
    LAB_TRY(lab_sleep(LAB_NS));
    // Two are ours: what goes with libuv's loop, and the heap of timers.
    CHECK(lab_alloc_live() - before > 2);
    return 0;
}

TEST(libuv_has_its_memory_from_us) {
    CHECK_INT(in_loop(wait_once), 0);
}
