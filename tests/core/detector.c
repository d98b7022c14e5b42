// Under a clock that these tests turn by hand. One test has a real watchdog,
// and goes by what it does, not by when.

#include "test.h"

#include "base/alloc.h"
#include "core/block.h"
#include "core/detector.h"
#include "core/detector_internal.h"
#include "core/executor.h"
#include "core/loop.h"
#include "core/run.h"
#include "core/say.h"
#include "core/task_internal.h"

#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static lab_time fake;

static lab_time fake_clock(void) {
    return fake;
}

struct heard {
    int times;
    struct lab_blocked last;
};

static void hear(void *sink, const struct lab_blocked *blocked) {
    struct heard *heard = sink;
    heard->times++;
    heard->last = *blocked;
}

// A detector of 100 ms that is looked after by hand.
static struct detector *begin(struct heard *heard) {
    fake = LAB_S;
    *heard = (struct heard){0};
    return lab_detector_new(100 * LAB_MS, fake_clock, hear, heard);
}

static int first(void *arg) {
    return *(int *)arg;
}
static int second(void *arg) {
    return *(int *)arg + 1;
}
static struct run real;

static lab_task one = {.number = 1,
                       .name = "one",
                       .fn = first,
                       .run = &real,
                       .site = {"demos/one.c", 11}};
static lab_task two = {.number = 2,
                       .name = "two",
                       .fn = second,
                       .run = &real,
                       .site = {"demos/two.c", 22}};

// Lets [time] pass, and looks.
static int heard_after(struct detector *d, struct heard *heard, lab_time time) {
    fake += time;
    lab_detector_check(d);
    return heard->times;
}

TEST(a_detector_of_ever_never_looks_again) {
    struct heard heard = {0};
    struct detector *d =
        lab_detector_new(LAB_FOREVER, fake_clock, hear, &heard);
    fake = LAB_S;
    lab_detector_step(d, &two);
    CHECK_INT(lab_detector_check(d), LAB_FOREVER);
    CHECK_INT(heard.times, 0);
    lab_detector_free(d);
}

TEST(a_step_that_is_too_long_is_told_of_once_while_it_lasts) {
    struct heard heard;
    struct detector *d = begin(&heard);
    lab_detector_step(d, &two);
    fake += 30 * LAB_MS;
    lab_detector_step(d, &one);
    CHECK_INT(heard_after(d, &heard, 100 * LAB_MS - 1), 0);
    CHECK_INT(heard_after(d, &heard, 1), 1);
    CHECK(heard.last.one_step);
    CHECK_INT(heard.last.held, 100 * LAB_MS);
    CHECK_INT(heard.last.longest, 100 * LAB_MS);
    CHECK_INT(heard.last.steps, 2);
    CHECK_INT(heard.last.task, 1);
    CHECK_STR(heard.last.name, "one");
    CHECK_STR(heard.last.file, "demos/one.c");
    CHECK_INT(heard.last.line, 11);
    CHECK_STR(heard.last.function, "first");
    CHECK_INT(heard_after(d, &heard, LAB_S), 1); // the same block
    lab_detector_free(d);
}

TEST(the_next_long_step_is_told_of_again) {
    struct heard heard;
    struct detector *d = begin(&heard);
    lab_detector_step(d, &one);
    CHECK_INT(heard_after(d, &heard, 150 * LAB_MS), 1);
    lab_detector_step(d, &two); // of the same turn
    CHECK_INT(heard_after(d, &heard, 99 * LAB_MS), 1);
    CHECK_INT(heard_after(d, &heard, LAB_MS), 2);
    CHECK_INT(heard.last.task, 2);
    lab_detector_step(d, NULL);
    lab_detector_step(d, &two); // of another
    CHECK_INT(heard_after(d, &heard, 100 * LAB_MS), 3);
    lab_detector_free(d);
}

TEST(a_turn_of_many_small_steps_is_told_of_as_that) {
    struct heard heard;
    struct detector *d = begin(&heard);
    for (int i = 0; i < 5000; i++) {
        lab_detector_step(d, i == 777 ? &one : &two);
        CHECK_INT(heard_after(d, &heard, 19 * LAB_US), 0);
        if (i == 777)
            fake += LAB_MS;
    }
    lab_detector_step(d, &two);
    CHECK_INT(heard_after(d, &heard, 4 * LAB_MS), 1); // 95 + 1 + 4
    CHECK(!heard.last.one_step);
    CHECK_INT(heard.last.steps, 5001);
    CHECK_INT(heard.last.held, 100 * LAB_MS);
    CHECK_INT(heard.last.longest, 4 * LAB_MS); // the one that goes on
    CHECK_INT(heard.last.task, 2);
    lab_detector_step(d, &two);
    CHECK_INT(heard_after(d, &heard, 20 * LAB_MS), 1); // the same turn
    lab_detector_free(d);
}

TEST(the_longest_step_of_a_long_turn_is_named) {
    struct heard heard;
    struct detector *d = begin(&heard);
    lab_detector_step(d, &two);
    fake += 40 * LAB_MS;
    lab_detector_step(d, &one);
    fake += 45 * LAB_MS;
    lab_detector_step(d, &two);
    CHECK_INT(heard_after(d, &heard, 15 * LAB_MS), 1);
    CHECK(!heard.last.one_step);
    CHECK_INT(heard.last.task, 1);
    CHECK_INT(heard.last.longest, 45 * LAB_MS);
    CHECK_STR(heard.last.name, "one");
    lab_detector_free(d);
}

TEST(a_step_that_is_half_way_there_is_waited_for) {
    struct heard heard;
    struct detector *d = begin(&heard);
    lab_detector_step(d, &two);
    fake += 20 * LAB_MS;
    lab_detector_step(d, &one);
    CHECK_INT(heard_after(d, &heard, 90 * LAB_MS), 0); // the turn is over it
    CHECK_INT(heard_after(d, &heard, 10 * LAB_MS), 1);
    CHECK(heard.last.one_step); // and the turn is not told of as well
    lab_detector_step(d, &two);
    CHECK_INT(heard_after(d, &heard, 10 * LAB_MS), 1);
    lab_detector_free(d);
}

TEST(a_loop_that_waits_is_not_blocked) {
    struct heard heard;
    struct detector *d = begin(&heard);
    CHECK_INT(heard_after(d, &heard, LAB_S), 0); // before the first turn
    lab_detector_step(d, &one);
    fake += 60 * LAB_MS;
    lab_detector_step(d, NULL);
    CHECK_INT(heard_after(d, &heard, 3600 * LAB_S), 0);
    lab_detector_step(d, &one); // turns do not add up
    CHECK_INT(heard_after(d, &heard, 60 * LAB_MS), 0);
    lab_detector_free(d);
}

TEST(the_watchdog_looks_again_in_time_for_the_next_block) {
    struct heard heard;
    struct detector *d = begin(&heard);
    CHECK_INT(lab_detector_check(d) - fake, 100 * LAB_MS); // nothing goes on
    lab_detector_step(d, &one);
    fake += 30 * LAB_MS;
    CHECK_INT(lab_detector_check(d) - fake, 70 * LAB_MS);
    lab_detector_step(d, &two);
    fake += 10 * LAB_MS;
    CHECK_INT(lab_detector_check(d) - fake, 60 * LAB_MS); // the turn
    fake += 60 * LAB_MS;
    CHECK_INT(lab_detector_check(d) - fake, 30 * LAB_MS); // the step
    fake += 30 * LAB_MS;
    CHECK_INT(lab_detector_check(d) - fake, 100 * LAB_MS); // all is told
    CHECK_INT(heard.times, 1);
    lab_detector_free(d);
}

// Whenever a block begins, a watchdog that comes when it asked to, and never
// earlier, tells of it before it is a microsecond too old.
TEST(no_block_is_missed_wherever_it_begins) {
    for (lab_time begins = 0; begins < 250 * LAB_MS; begins += 7 * LAB_MS) {
        struct heard heard;
        struct detector *d = begin(&heard);
        lab_time start = fake + begins, next = fake;
        bool begun = false;
        while (heard.times == 0 && next < start + LAB_S) {
            if (!begun && next >= start) {
                fake = start;
                lab_detector_step(d, &one);
                begun = true;
            }
            fake = next;
            next = lab_detector_check(d);
        }
        CHECK_INT(heard.last.held, 100 * LAB_MS);
        lab_detector_free(d);
    }
}

// --- in words

TEST(what_blocks_the_loop_is_said_in_a_sentence) {
    struct lab_text text = {0};
    struct lab_blocked blocked = {.one_step = true,
                                  .held = 104200 * LAB_US,
                                  .task = 2,
                                  .name = "s\033um",
                                  .function = "add_up",
                                  .file = "demos/05_block.c",
                                  .line = 12};
    lab_detector_put(&text, &blocked);
    CHECK_STR(lab_text_string(&text),
              "task #2 s\\x1bum, running add_up(), spawned at "
              "demos/05_block.c:12, has held the loop for 104.2 ms");
    lab_text_clear(&text);
    snprintf(blocked.at_file, sizeof blocked.at_file, "demos/05_block.c");
    blocked.at_line = 7;
    lab_detector_put(&text, &blocked);
    CHECK_STR(lab_text_string(&text),
              "task #2 s\\x1bum, running add_up(), at demos/05_block.c:7, "
              "spawned at demos/05_block.c:12, has held the loop for 104.2 ms");
    lab_text_clear(&text);
    blocked.at_line = 0;
    blocked.one_step = false;
    blocked.function[0] = '\0';
    blocked.steps = 5000;
    blocked.longest = 30 * LAB_US;
    lab_detector_put(&text, &blocked);
    CHECK_STR(lab_text_string(&text),
              "one turn of the loop has run 5000 steps for 104.2 ms; the "
              "longest took 30 us: task #2 s\\x1bum, spawned at "
              "demos/05_block.c:12");
    lab_text_free(&text);
}

// --- with a loop

static int yields(void *arg) {
    for (int i = 0; i < 3; i++)
        LAB_TRY(lab_yield());
    (void)arg;
    return 0;
}

static int watch_turns(void *arg) {
    struct heard *heard = arg;
    struct detector *d = begin(heard);
    lab_loop_current->detector = d;
    lab_task *tasks[] = {lab_spawn("a", yields, NULL),
                         lab_spawn("b", yields, NULL)};
    CHECK_INT(lab_gather(tasks, 2), 0);
    CHECK_INT(heard_after(d, heard, 100 * LAB_MS), 1);
    lab_loop_current->detector = NULL;
    lab_detector_free(d);
    return 0;
}

TEST(the_loop_tells_of_every_step_and_turn) {
    struct heard heard;
    CHECK_INT(lab_loop_main("main", watch_turns, &heard), 0);
    CHECK(heard.last.one_step);
    CHECK_STR(heard.last.name, "main");
    CHECK_INT(heard.last.steps, 1); // turns before this one do not count
}

// --- with a virtual run in a task of that loop

static struct detector *watch(struct heard *heard) {
    struct detector *d = begin(heard);
    lab_loop_current->detector = d;
    return d;
}

static void unwatch(struct detector *d) {
    lab_loop_current->detector = NULL;
    lab_detector_free(d);
}

static int run_virtually(lab_fn *body, void *arg) {
    return lab_run(&(struct lab_run_options){
        .name = "root", .body = body, .arg = arg, .clock = LAB_CLOCK_VIRTUAL});
}

// As a plain sleep() does: the machine's clock goes on, the run's does not.
static int sleep_really(void *arg) {
    fake += LAB_S;
    lab_detector_check(arg);
    return 0;
}

static int sleep_in_task(void *arg) {
    LAB_TRY(lab_sleep(1000 * LAB_S)); // takes no machine time
    lab_detector_check(arg);
    return lab_await(lab_spawn("sleeper", sleep_really, arg));
}

static int watch_virtual_task(void *arg) {
    struct heard *heard = arg;
    struct lab_text text = {0};
    struct detector *d = watch(heard);
    CHECK_INT(run_virtually(sleep_in_task, d), 0);
    CHECK_INT(heard->times, 1);
    lab_detector_put(&text, &heard->last);
    CHECK(strncmp(lab_text_string(&text),
                  "task #2 sleeper, running "
                  "sleep_really(), ",
                  41) == 0);
    CHECK(strstr(lab_text_string(&text),
                 ", has held the loop for 1.000 s of machine time"));
    lab_text_free(&text);
    // What is left of the step belongs to the task that had the run.
    CHECK_INT(heard_after(d, heard, 99 * LAB_MS), 1);
    CHECK_INT(heard_after(d, heard, LAB_MS), 2);
    CHECK_STR(heard->last.name, "main");
    CHECK(!heard->last.is_virtual);
    unwatch(d);
    return 0;
}

TEST(machine_time_that_a_virtual_task_takes_is_told_of) {
    struct heard heard;
    CHECK_INT(lab_loop_main("main", watch_virtual_task, &heard), 0);
}

static int block_and_sleep_really(void *arg) {
    lab_block(LAB_S); // so that the worker goes on in another step
    lab_detector_check(arg);
    return sleep_really(arg);
}

static int sleep_in_job(void *arg) {
    lab_pool *pool = lab_pool_new("pool", 1);
    LAB_TRY(lab_offload(pool, sleep_really, arg));
    return lab_offload(pool, block_and_sleep_really, arg);
}

static int watch_virtual_job(void *arg) {
    struct heard *heard = arg;
    struct lab_text text = {0};
    struct detector *d = watch(heard);
    CHECK_INT(run_virtually(sleep_in_job, d), 0);
    CHECK_INT(heard->times, 2);
    lab_detector_put(&text, &heard->last);
    CHECK(strncmp(lab_text_string(&text),
                  "job #2 of task #1 root, in worker pool-1, running "
                  "block_and_sleep_really(), ",
                  76) == 0);
    lab_text_free(&text);
    unwatch(d);
    return 0;
}

TEST(machine_time_that_a_virtual_job_takes_is_told_of) {
    struct heard heard;
    CHECK_INT(lab_loop_main("main", watch_virtual_job, &heard), 0);
}

// --- with a watchdog of its own

static sem_t barked;

static void bark(void *sink, const struct lab_blocked *blocked) {
    if (strcmp(blocked->name, "stuck") != 0 || blocked->at_line != 7)
        return; // at this threshold every step is too long
    hear(sink, blocked);
    sem_post(&barked);
}

// Nothing but the watchdog can let this go on.
static int blocked_until_told(void *arg) {
    (void)arg;
    lab_here_set("demos/05_block.c", 7);
    LAB_TRY(lab_yield()); // the step that blocks knows it from its beginning
    while (sem_wait(&barked) != 0)
        ;
    return 0;
}

static int watch_for_real(void *arg) {
    sem_init(&barked, 0, 0);
    CHECK_INT(lab_detector_start(1, bark, arg), 0);
    CHECK_INT(lab_await(lab_spawn("stuck", blocked_until_told, NULL)), 0);
    CHECK_INT(lab_detector_start(1, bark, arg), LAB_EBUSY);
    lab_detector_stop();
    lab_detector_stop();
    sem_destroy(&barked);
    return 0;
}

TEST(a_block_is_told_of_while_it_lasts) {
    struct heard heard = {0};
    CHECK_INT(lab_loop_main("main", watch_for_real, &heard), 0);
    CHECK_INT(heard.times, 1);
    CHECK(heard.last.one_step);
    CHECK_STR(heard.last.at_file, "demos/05_block.c");
}

static int leave_it_on(void *arg) {
    CHECK_INT(lab_detector_start(3600 * LAB_S, NULL, NULL), 0);
    return lab_await(lab_spawn("a", yields, arg));
}

TEST(the_end_of_the_loop_ends_the_watch) {
    CHECK_INT(lab_loop_main("main", leave_it_on, NULL), 0);
}

static int start_in_worker(void *arg) {
    (void)arg;
    return lab_detector_start(LAB_S, NULL, NULL);
}

static int start_wrongly(void *arg) {
    (void)arg;
    CHECK_INT(lab_detector_start(0, NULL, NULL), LAB_EINVAL);
    lab_pool *pool = lab_pool_new("pool", 1);
    CHECK_INT(lab_offload(pool, start_in_worker, NULL), LAB_EPERM);
    return 0;
}

TEST(only_a_loop_with_a_real_clock_is_watched) {
    CHECK_INT(lab_loop_main("main", start_wrongly, NULL), 0);
}

VIRTUAL_TEST(virtual_time_blocks_nobody) {
    CHECK_INT(lab_detector_start(LAB_S, NULL, NULL), LAB_EINVAL);
    lab_pool *pool = lab_pool_new("pool", 1);
    CHECK_INT(lab_offload(pool, start_in_worker, NULL), LAB_EPERM);
}
