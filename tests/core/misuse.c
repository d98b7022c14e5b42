// What a demo can call, called from where it has no business, and called with
// what makes no sense. Each row of the tables below says what is to come of it;
// tests/covers looks that no function is left out.

#include "lab.h"

#include "child.h"
#include "test.h"

#include "core/loop.h"
#include "core/misuse.h"
#include "core/run.h"

#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

// What there is in the run that is misused.
static struct {
    struct lab_barrier barrier;
    struct lab_condition condition;
    struct lab_flag flag;
    struct lab_http_service service;
    struct lab_lock lock;
    struct lab_mutex mutex;
    struct lab_queue queue;
    struct lab_semaphore semaphore;
    struct lab_timeout timeout;
    struct lab_shield shield;
    lab_completed *completed;
    lab_fd *fd;
    lab_file *file;
    lab_future *future;
    lab_generator *generator, *other;
    lab_group *group;
    lab_pool *pool;
    lab_process *process;
    lab_stream *ends[2], *listener, *out;
    lab_task *task, *running;
    void *item;
    char bytes[8];
    int64_t number;
} w;

// A row as it is tried, for the process that judges it.
static struct seen {
    const char *call, *expected;
    int line, rc;
} * seen;

static int nap(void *arg) {
    (void)arg;
    return lab_sleep(LAB_S);
}

static void on_call(void *arg) {
    (void)arg;
}

static void on_future(lab_future *future, void *arg) {
    (void)future;
    (void)arg;
}

static bool never(void *arg) {
    (void)arg;
    return false;
}

static int count_up(lab_generator *self, void *arg) {
    (void)arg;
    for (int i = 0;; i++)
        LAB_TRY(lab_generator_yield(self, i, NULL));
}

// --- the tables

// A row is "expected", call. What is expected of a call by a thread that
// looplab does not know, by a job in a pool, and by a callback of the loop:
//     !  the program ends, and says where the mistake is
//     p  LAB_EPERM     i  LAB_EINVAL     0  0 or NULL     .  anything
#define ROW(what, ...)                                                         \
    case __COUNTER__ - FIRST:                                                  \
        seen->expected = (what);                                               \
        seen->call = #__VA_ARGS__;                                             \
        seen->line = __LINE__;                                                 \
        __VA_ARGS__;                                                           \
        break;

enum { FIRST = __COUNTER__ + 1 };

// clang-format off
static void misplace(int row) {
    int rc = 0;
    switch (row) {
    ROW("...", lab_barrier_init(&w.barrier, 1))
    ROW("ppp", rc = lab_barrier_wait(&w.barrier))
    ROW("!!.", lab_barrier_abort(&w.barrier))
    ROW("!!.", lab_barrier_reset(&w.barrier))
    ROW("!.!", lab_block(LAB_MS))
    ROW("!.!", lab_burn(LAB_MS))
    ROW("i.i", rc = lab_call_soon_threadsafe(on_call, NULL))
    ROW("i.i", rc = lab_run_coroutine_threadsafe("nap", nap, NULL))
    ROW("ppp", rc = lab_condition_wait(&w.condition))
    ROW("ppp", rc = lab_condition_wait_for(&w.condition, never, NULL))
    ROW("!!i", rc = lab_condition_notify(&w.condition, 1))
    ROW("!!i", rc = lab_condition_notify_all(&w.condition))
    ROW("!!!", lab_pool_new("pool", 1))
    ROW("!!!", lab_pool_new_locked("pool", 1, LAB_MS))
    ROW("000", rc = lab_pool_default() != NULL)
    ROW("ppp", rc = lab_offload(w.pool, nap, NULL))
    ROW("ppp", rc = lab_pool_shutdown(w.pool, true))
    ROW("ppp", rc = lab_fd_open(&w.fd, 0))
    ROW("ppp", rc = lab_fd_wait(w.fd, LAB_READABLE, LAB_S))
    ROW("!!.", lab_fd_close(w.fd))
    ROW("ppp", rc = lab_file_open(&w.file, "/dev/null", LAB_FILE_READ, 0))
    ROW("ppp", rc = lab_file_read_some(w.file, w.bytes, sizeof w.bytes))
    ROW("ppp", rc = lab_file_write_all(w.file, w.bytes, sizeof w.bytes))
    ROW("ppp", rc = lab_file_size(w.file, &w.number))
    ROW("ppp", rc = lab_file_cached(w.file, &w.number))
    ROW("ppp", rc = lab_file_uncache(w.file))
    ROW("...", rc = lab_file_close(w.file))
    ROW("!!.", lab_flag_set(&w.flag))
    ROW("!!.", lab_flag_clear(&w.flag))
    ROW("ppp", rc = lab_flag_wait(&w.flag))
    ROW("!!.", lab_future_set(w.future, 1))
    ROW("!!.", lab_future_set_pointer(w.future, &w))
    ROW("!!.", lab_future_fail(w.future, LAB_EINVAL))
    ROW("!!.", lab_future_cancel(w.future))
    ROW("ppp", rc = lab_future_wait(w.future))
    ROW("!!.", lab_future_add_callback(w.future, on_future, NULL))
    ROW("...", lab_generator_free(lab_generator_new("count_up", count_up, NULL)))
    ROW("ppp", rc = lab_generator_next(w.generator, &w.number))
    ROW("ppp", rc = lab_generator_send(w.generator, 1, &w.number))
    ROW("iii", rc = lab_generator_yield(w.generator, 1, NULL))
    ROW("ppp", rc = lab_generator_yield_from(w.other, w.generator))
    ROW("ppp", rc = lab_generator_close(w.generator))
    ROW("!!!", lab_generator_free(w.generator))
    ROW("000", rc = lab_group_new() != NULL)
    ROW("!!.", rc = lab_group_spawn(w.group, "nap", nap, NULL))
    ROW("!!.", lab_group_cancel(w.group))
    ROW("ppp", rc = lab_group_wait(w.group))
    ROW("ppp", rc = lab_lock_acquire(&w.lock))
    ROW("ppp", rc = lab_lock_acquire_shielded(&w.lock))
    ROW("!!i", rc = lab_lock_release(&w.lock))
    ROW("!.!", lab_state(8))
    ROW("p!p", rc = lab_mutex_lock(&w.mutex))
    ROW("iii", rc = lab_mutex_unlock(&w.mutex))
    ROW("ppp", rc = lab_process_start(&w.process, NULL))
    ROW("ppp", rc = lab_process_wait(w.process))
    ROW("ppp", rc = lab_process_communicate(w.process, "x", w.bytes, sizeof w.bytes))
    ROW("!!.", lab_process_close(w.process))
    ROW("ppp", rc = lab_queue_put(&w.queue, NULL))
    ROW("ppp", rc = lab_queue_put_within(&w.queue, NULL, LAB_S))
    ROW("ppp", rc = lab_queue_put_key(&w.queue, NULL, 1, LAB_S))
    ROW("!!.", rc = lab_queue_put_nowait(&w.queue, NULL))
    ROW("!!.", rc = lab_queue_put_key_nowait(&w.queue, NULL, 1))
    ROW("ppp", rc = lab_queue_get(&w.queue, &w.item))
    ROW("ppp", rc = lab_queue_get_within(&w.queue, &w.item, LAB_S))
    ROW("!!.", rc = lab_queue_get_nowait(&w.queue, &w.item))
    ROW("!!i", rc = lab_queue_task_done(&w.queue))
    ROW("ppp", rc = lab_queue_join(&w.queue))
    ROW("!!.", lab_queue_shutdown(&w.queue, false))
    ROW("...", lab_queue_term(&w.queue))
    ROW("!.!", lab_say("hello"))
    ROW("!.!", lab_ignore(lab_skip("no server is here")))
    ROW("!.!", lab_mark("beat"))
    ROW("!.!", lab_count("inside", 1))
    ROW("!!!", lab_timeout_enter(&w.timeout, LAB_S))
    ROW("!!!", rc = lab_timeout_exit(&w.timeout, 0))
    ROW("!!.", lab_timeout_reschedule(&w.timeout, LAB_S))
    ROW("!!!", rc = lab_within(LAB_S, nap, NULL))
    ROW("!!!", lab_shield_enter(&w.shield))
    ROW("!!!", lab_shield_exit(&w.shield))
    ROW("!!!", rc = lab_shielded(nap, NULL))
    ROW("ppp", rc = lab_semaphore_acquire(&w.semaphore))
    ROW("!!.", rc = lab_semaphore_release(&w.semaphore))
    ROW("ppp", rc = lab_listen(&w.out, "memory:b"))
    ROW("ppp", rc = lab_accept(w.listener, &w.out))
    ROW("ppp", rc = lab_connect(&w.out, "memory:a", LAB_S))
    ROW("ppp", rc = lab_stream_pair((lab_stream *[2]){0}))
    ROW("ppp", rc = lab_pipe(&w.out, &w.out))
    ROW("ppp", rc = lab_stream_open(&w.out, -1))
    ROW("ppp", rc = lab_read(w.ends[0], w.bytes, 1))
    ROW("ppp", rc = lab_read_exactly(w.ends[0], w.bytes, 1))
    ROW("ppp", rc = lab_read_until(w.ends[0], "x", w.bytes, sizeof w.bytes))
    ROW("ppp", rc = lab_write(w.ends[0], "x", 1))
    ROW("ppp", rc = lab_shutdown_write(w.ends[0]))
    ROW("!!.", lab_close(w.ends[0]))
    ROW("ppp", rc = lab_http_serve(w.listener, &w.service))
    ROW("ppp", rc = lab_http_reply(w.ends[0], 200, NULL, "x", 1))
    ROW("ppp", rc = lab_http_begin(w.ends[0], 200, NULL))
    ROW("ppp", rc = lab_http_send(w.ends[0], "x", 1))
    ROW("ppp", rc = lab_http_end(w.ends[0]))
    ROW("ppp", rc = lab_http_ask(w.ends[0], "GET", "/"))
    ROW("ppp", rc = lab_http_ask_with(w.ends[0], "GET", "/", NULL, "x", 1))
    ROW("ppp", rc = lab_http_begin_ask(w.ends[0], "GET", "/", NULL))
    ROW("ppp", rc = lab_http_add(w.ends[0], "X", "x"))
    ROW("ppp", rc = lab_http_read(w.ends[0], w.bytes, 1))
    ROW("ppp", rc = lab_http_body(w.ends[0], w.bytes, 1))
    ROW("!!!", lab_spawn("nap", nap, NULL))
    ROW("!!!", lab_spawn_deep("nap", nap, NULL, 100000))
    ROW("!!!", lab_spawn_named(nap, NULL, "nap %d", 1))
    ROW("!!!", lab_spawn_now("nap", nap, NULL))
    ROW("ppp", rc = lab_await(w.task))
    ROW("ppp", rc = lab_wait_for(w.task, LAB_S))
    ROW("ppp", rc = lab_await_shielded(w.task))
    ROW("ppp", rc = lab_gather(&w.task, 1))
    ROW("ppp", rc = lab_gather_all(&w.task, 1))
    ROW("!!.", lab_cancel(w.task))
    ROW("!!.", lab_cancel_because(w.task, "why not"))
    ROW("!!.", lab_task_detach(w.task))
    ROW("ppp", rc = lab_sleep(LAB_S))
    ROW("ppp", rc = lab_sleep_until(LAB_S))
    ROW("ppp", rc = lab_yield())
    ROW("!.!", lab_now())
    ROW("!!i", rc = lab_task_result(w.task))
    ROW("ppp", rc = lab_wait(&w.task, 1, LAB_ALL_COMPLETED, LAB_S))
    ROW("000", rc = lab_as_completed(&w.task, 1) != NULL)
    ROW("ppp", rc = lab_completed_next(w.completed, &w.running))
    ROW("!!.", lab_completed_free(w.completed))
    ROW("...", lab_future_free(w.future))
    }
    seen->rc = rc;
}
enum { MISPLACED = __COUNTER__ - FIRST, NEXT = __COUNTER__ + 1 };
#undef FIRST
#define FIRST NEXT

// Never made: no init function is called with these.
static struct {
    struct lab_queue queue;
    struct lab_semaphore semaphore;
    struct lab_flag flag;
    struct lab_barrier barrier;
} unmade;

// Calls of a task that end the program, and with which words.
static void misuse(int row) {
    int rc = 0;
    switch (row) {
    ROW("at least 1 party, not 0", lab_barrier_init(&w.barrier, 0))
    ROW("last some time, not 0 ns", lab_pool_new_locked("none", 1, 0))
    ROW("1 to 256 workers, not 0", lab_pool_new("none", 0))
    ROW("1 to 256 workers, not -1", lab_pool_new("less", -1))
    ROW("1 to 256 workers, not 257", lab_pool_new("many", 257))
    ROW("negative, not with 0", lab_future_fail(w.future, 0))
    ROW("1 GiB is the most", lab_spawn_deep("nap", nap, NULL, (1u << 30) + 1))
    ROW("the same size", (lab_state(8), lab_state(16)))
    ROW("not its innermost", rc = lab_timeout_exit(&w.timeout, 0))
    ROW("not its innermost", lab_shield_exit(&w.shield))
    ROW("while it is in use", rc = lab_file_close(w.file))
    ROW("while it is in use", lab_future_free(w.future))
    ROW("while a task waits for it", lab_queue_term(&w.queue))
    ROW("before its init function", rc = lab_queue_put(&unmade.queue, NULL))
    ROW("before its init function", rc = lab_queue_get(&unmade.queue, &w.item))
    ROW("before its init function", rc = lab_semaphore_acquire(&unmade.semaphore))
    ROW("before its init function", rc = lab_flag_wait(&unmade.flag))
    ROW("before its init function", rc = lab_barrier_wait(&unmade.barrier))
    ROW("before its init function", w.number = (int64_t)lab_barrier_waiting(&unmade.barrier))
    ROW("its body yields", (rc = lab_generator_close(w.other), lab_generator_free(w.other)))
    }
    seen->rc = rc;
}
enum { MISUSED = __COUNTER__ - FIRST };
// clang-format on

// --- trying a row

enum where { BY_THREAD, BY_JOB, BY_CALLBACK, BY_TASK };
static enum where where;
static int tried;

static int wait_for_future(void *arg) {
    (void)arg;
    return lab_future_wait(w.future);
}

static int get(void *arg) {
    (void)arg;
    return lab_queue_get(&w.queue, &w.item);
}

static int read_some(void *arg) {
    (void)arg;
    return lab_file_read_some(w.file, w.bytes, sizeof w.bytes);
}

static int stubborn(lab_generator *self, void *arg) {
    (void)arg;
    while (lab_generator_yield(self, 1, NULL) <= 0)
        ;
    return 0;
}

static int prepare(void) {
    lab_barrier_init(&w.barrier, 2);
    lab_lock_init(&w.lock);
    lab_condition_init(&w.condition, &w.lock);
    lab_flag_init(&w.flag);
    lab_queue_init(&w.queue, LAB_QUEUE_PRIORITY, 0);
    lab_semaphore_init(&w.semaphore, 0);
    w.task = lab_spawn("nap", nap, NULL);
    w.completed = lab_as_completed(&w.task, 1);
    w.future = lab_future_new();
    w.group = lab_group_new();
    w.pool = lab_pool_new("pool", 1);
    w.generator = lab_generator_new("count_up", count_up, NULL);
    w.other = lab_generator_new("stubborn", stubborn, NULL);
    LAB_TRY(lab_generator_next(w.generator, &w.number));
    LAB_TRY(lab_generator_next(w.other, &w.number));
    LAB_TRY(lab_stream_pair(w.ends));
    LAB_TRY(lab_listen(&w.listener, "memory:a"));
    LAB_TRY(lab_file_open(&w.file, "/dev/zero", LAB_FILE_READ, 0));
    return 0;
}

static void *in_thread(void *arg) {
    misplace(tried);
    return arg;
}

static int in_job(void *arg) {
    (void)arg;
    misplace(tried);
    return 0;
}

static void in_callback(void *arg) {
    (void)arg;
    misplace(tried);
}

static int call_back(void *arg) {
    return lab_call_soon_threadsafe(in_callback, arg);
}

// With somebody waiting for, or using, all that somebody can.
static int in_task(void) {
    lab_spawn("future", wait_for_future, NULL);
    lab_spawn("get", get, NULL);
    lab_spawn("read", read_some, NULL);
    LAB_TRY(lab_yield());
    misuse(tried);
    return 0;
}

static int root(void *arg) {
    pthread_t thread;
    (void)arg;
    LAB_TRY(prepare());
    switch (where) {
    case BY_THREAD:
        pthread_create(&thread, NULL, in_thread, NULL);
        return pthread_join(thread, NULL);
    case BY_JOB:
        return lab_offload(w.pool, in_job, NULL);
    case BY_CALLBACK:
        return lab_offload(w.pool, call_back, NULL);
    case BY_TASK:
        break;
    }
    return in_task();
}

static int act(void *arg) {
    const struct lab_clock *clock = arg;
    if (!clock->is_virtual)
        return lab_loop_main("root", root, NULL);
    return lab_run(&(struct lab_run_options){
        .name = "root", .body = root, .clock = *clock});
}

// Does the child end as the sentence with [words] says that it does?
static void check_ends(const char *said, int status, const char *words) {
    char place[80];
    snprintf(place, sizeof place, "a mistake at %s:%d: ", __FILE__, seen->line);
    CHECK_INT(status, 70);
    CHECK(strncmp(said, "looplab: ", 9) == 0);
    CHECK(strstr(said, place) != NULL);
    CHECK(strstr(said, words) != NULL);
    if (status != 70 || !strstr(said, place) || !strstr(said, words))
        fprintf(stderr, "%s says \"%s\"\n", seen->call, said);
}

static const char *const names[] = {"a thread that is not a worker of a pool",
                                    "a job in a pool",
                                    "a callback of the loop"};

static void check_row(int row, enum where from, struct lab_clock clock) {
    char said[1024];
    where = from;
    tried = row;
    seen->rc = 0;
    int status = child_end(act, &clock, said, sizeof said);
    char expected = seen->expected[from];
    if (expected == '!') {
        check_ends(said, status, "");
        return;
    }
    bool fine = expected == '.' || seen->rc == (expected == 'p'   ? LAB_EPERM
                                                : expected == 'i' ? LAB_EINVAL
                                                                  : 0);
    if (!CHECK(fine) || !CHECK_INT(status, 0))
        fprintf(stderr, "%s, called by %s: %d %s\n", seen->call, names[from],
                seen->rc, said);
}

static void begin(void) {
    seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(seen != MAP_FAILED);
}

static void end(void) {
    munmap(seen, sizeof *seen);
}

static void check_all(enum where from, struct lab_clock clock) {
    begin();
    for (int row = 0; row < MISPLACED; row++)
        check_row(row, from, clock);
    end();
}

TEST(a_foreign_thread_is_refused_or_told_of_its_mistake) {
    check_all(BY_THREAD, LAB_CLOCK_VIRTUAL);
}

TEST(a_job_is_refused_or_told_of_its_mistake) {
    check_all(BY_JOB, LAB_CLOCK_VIRTUAL);
}

TEST(a_job_in_a_thread_is_refused_or_told_of_its_mistake) {
    check_all(BY_JOB, LAB_CLOCK_REAL);
}

TEST(a_callback_is_refused_or_told_of_its_mistake) {
    check_all(BY_CALLBACK, LAB_CLOCK_VIRTUAL);
}

TEST(an_argument_that_makes_no_sense_is_told_with_its_line) {
    char said[1024];
    begin();
    where = BY_TASK;
    for (tried = 0; tried < MISUSED; tried++) {
        int status = child_end(act, &LAB_CLOCK_VIRTUAL, said, sizeof said);
        check_ends(said, status, seen->expected);
    }
    end();
}
