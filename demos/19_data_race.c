// 19 data race: what breaks when a thread shares a counter?
//
// Four jobs count: each reads the counter, thinks, and writes what it read and
// one more. What another wrote meanwhile is lost, and tasks lose as much across
// a wait. A lock lets one in at a time, and is slow only if it is held while
// one thinks. Two locks must be taken in one order by all.

#include "lab.h"

#include <stdatomic.h>

enum { MOST = 32 };
static atomic_int counter; // each read is whole, and each write: not both
static struct lab_mutex mutex;

static void think(void) {
    lab_block(lab_param("think"));
}

static int read_it(void) {
    lab_count("inside", +1);
    return atomic_load(&counter);
}

static void write_it(int value) {
    atomic_store(&counter, value);
    lab_count("inside", -1);
}

static int unguarded(void) {
    int seen = read_it();
    think(); // the others read the same meanwhile
    write_it(seen + 1);
    return 0;
}

static int locked(void) {
    LAB_TRY(lab_mutex_lock(&mutex));
    unguarded();
    return lab_mutex_unlock(&mutex);
}

static int locked_short(void) {
    think();
    LAB_TRY(lab_mutex_lock(&mutex));
    write_it(read_it() + 1);
    return lab_mutex_unlock(&mutex);
}

static void add_one(void *arg) { // on the loop, between tasks
    (void)arg;
    atomic_store(&counter, atomic_load(&counter) + 1);
}

static int posted(void) {
    think();
    return lab_call_soon_threadsafe(add_one, NULL);
}

static int across_wait(void) { // a task, and no thread
    int seen = read_it();
    int rc = lab_sleep(lab_param("think"));
    write_it(seen + 1);
    return rc;
}

// What one does to count, and where.
struct way {
    int (*count)(void);
    bool in_task;
};

static int count_rounds(void *arg) {
    const struct way *way = arg;
    for (int64_t i = 0; i < lab_param("rounds"); i++)
        LAB_TRY(way->count());
    return 0;
}

static lab_pool *pool;

static int offload(void *way) {
    return lab_offload(pool, count_rounds, way);
}

static int all(const void *arg) {
    const struct way *way = arg;
    lab_task *tasks[MOST];
    size_t n = (size_t)lab_param("n");
    counter = 0;
    if (!way->in_task && !(pool = lab_pool_new("pool", (int)n)))
        return LAB_ENOMEM;
    for (size_t i = 0; i < n; i++)
        tasks[i] = lab_spawn_named(way->in_task ? count_rounds : offload,
                                   (void *)way, "adder %zu", i + 1);
    LAB_TRY(lab_gather(tasks, n));
    lab_say("%d counted of %d", counter, (int)n * (int)lab_param("rounds"));
    return counter;
}

static const struct way racing = {unguarded}, long_lock = {locked},
                        short_lock = {locked_short}, by_loop = {posted},
                        by_tasks = {across_wait, .in_task = true};

static struct lab_lock mine, yours;
static struct lab_lock *const same[] = {&mine, &yours}, *const opposite[] = {
                                                            &yours, &mine};

static int take_both(void *order) {
    struct lab_lock *const *locks = order;
    LAB_TRY(lab_lock_acquire(locks[0]));
    lab_say("has one");
    int rc = lab_sleep(lab_param("think"));
    if (rc == 0 && (rc = lab_lock_acquire(locks[1])) == 0) {
        lab_say("has both");
        lab_lock_release(locks[1]);
    }
    lab_lock_release(locks[0]);
    return rc;
}

static int two(const void *other) {
    lab_lock_init(&mine);
    lab_lock_init(&yours);
    lab_task *tasks[] = {lab_spawn("a", take_both, (void *)same),
                         lab_spawn("b", take_both, (void *)other)};
    return lab_gather(tasks, 2);
}

const struct lab_demo lab_demo = {
    .name = "data_race",
    .asks = "What breaks when a thread shares a counter?",
    .params = {{"n", 4, .min = 1, .max = MOST, .text = "how many count"},
               {"rounds", 3, .min = 1, .max = 100,
                .text = "how often each of them counts"},
               {"think", 100, .min = 0, .max = 60000, .unit = "ms",
                .text = "how long one thinks"}},
    .variants = {{"unguarded", .with = all, .arg = &racing,
                  .text = "threads read, think, and write",
                  .claims = {"time = rounds * think", "fifo: result = rounds",
                             "fifo: peak(inside) = n"},
                  .meant = "result = n * rounds"},
                 {"in_tasks", .with = all, .arg = &by_tasks,
                  .text = "tasks do, without a thread",
                  .claims = {"time = rounds * think", "fifo: result = rounds",
                             "fifo: peak(inside) = n"},
                  .meant = "result = n * rounds"},
                 {"locked", .with = all, .arg = &long_lock,
                  .text = "threads, and a lock around all three",
                  .claims = {"time = n * rounds * think", "result = n * rounds",
                             "peak(inside) = 1"}},
                 {"short_lock", .with = all, .arg = &short_lock,
                  .text = "threads think, then lock, read and write",
                  .claims = {"time = rounds * think", "result = n * rounds",
                             "peak(inside) = 1"}},
                 {"posted", .with = all, .arg = &by_loop,
                  .text = "threads think, and the loop counts",
                  .claims = {"time = rounds * think", "result = n * rounds"}},
                 {"one_order", .with = two, .arg = same,
                  .text = "two tasks take two locks in one order",
                  .claims = {"time = 2 * think", "count(has both) = 2",
                             "ends ok"},
                  .differs = true},
                 {"two_orders", .with = two, .arg = opposite,
                  .text = "two tasks take two locks in two orders",
                  .claims = {"time = think", "fifo: never \"has both\"",
                             "ends deadlock"},
                  .meant = "ends ok", .differs = true}},
    .verdict =
        "Unguarded, {unguarded result} are counted. With a lock all are, "
        "{locked result}, and it takes {locked time} instead of "
        "{unguarded time}. Held for the counting alone, it costs "
        "nothing: {short_lock result} in {short_lock time}."};
