// Which of the workers that are due at one time goes first.

#include "core/events.h"
#include "test.h"

#include "base/alloc.h"
#include "core/block.h"
#include "core/executor.h"
#include "core/explore.h"
#include "core/mutex.h"
#include "core/run.h"

static lab_pool *pool;
static int counter;

static int offload(void *fn) {
    return lab_offload(pool, *(lab_fn **)fn, NULL);
}

// Has a pool of [size] workers do a job for each of [fns], in this order, and
// waits until all are done.
static int do_jobs(int size, lab_fn **fns, size_t count) {
    lab_task *tasks[8];
    pool = lab_pool_new("pool", size);
    for (size_t i = 0; i < count; i++)
        tasks[i] = lab_spawn_now("job", offload, &fns[i]);
    return lab_gather(tasks, count);
}

// --- every order is tried

static int read_think_write(void *arg) {
    (void)arg;
    lab_block(LAB_MS);
    int seen = counter;
    lab_block(LAB_MS);
    counter = seen + 1;
    return 0;
}

static int add_blocked(void *arg) {
    (void)arg;
    lab_block(2 * LAB_MS);
    counter++;
    return 0;
}

static int add_computed(void *arg) {
    (void)arg;
    lab_burn(2 * LAB_MS);
    counter++;
    return 0;
}

static lab_fn *rival;

static int race(void *arg) {
    lab_fn *fns[] = {read_think_write, rival};
    (void)arg;
    counter = 0;
    LAB_TRY(do_jobs(2, fns, 2));
    return counter == 2 ? 0 : LAB_EINVAL;
}

// The order in which the jobs are asked for is the same in every schedule.
static struct lab_exploration explore(lab_fn *body) {
    struct lab_exploration seen = {0};
    lab_explore(&(struct lab_run_options){.name = "root", .body = body}, &seen);
    CHECK(!seen.truncated);
    lab_text_free(&seen.first);
    return seen;
}

static void check_race_found(lab_fn *with) {
    rival = with;
    struct lab_exploration seen = explore(race);
    CHECK(seen.wrong > 0 && seen.wrong < seen.schedules);
}

TEST(an_update_that_one_of_two_jobs_loses_at_one_time_is_found) {
    check_race_found(add_blocked);
    check_race_found(add_computed);
}

// A block of no time takes none, and is a place where another job may run.
static int add_at_once(void *arg) {
    (void)arg;
    int seen = counter;
    lab_block(0);
    counter = seen + 1;
    return 0;
}

static int add_two_at_once(void *arg) {
    lab_fn *fns[] = {add_at_once, add_at_once};
    (void)arg;
    counter = 0;
    LAB_TRY(do_jobs(2, fns, 2));
    return counter == 2 && lab_now() == 0 ? 0 : LAB_EINVAL;
}

TEST(a_worker_that_blocks_for_no_time_gives_way) {
    struct lab_exploration seen = explore(add_two_at_once);
    CHECK(seen.wrong > 0 && seen.wrong < seen.schedules);
}

// One worker ends a job and begins the next; another continues at that time,
// before, after or in between.
static int is_first(void *arg) {
    (void)arg;
    lab_block(2 * LAB_MS);
    counter = 1;
    return 0;
}

static int is_second(void *arg) {
    (void)arg;
    lab_block(2 * LAB_MS);
    counter += counter == 1;
    return 0;
}

static int is_third(void *arg) {
    (void)arg;
    counter += counter == 2;
    return 0;
}

static int come_in_turn(void *arg) {
    lab_fn *fns[] = {is_first, is_second, is_third};
    (void)arg;
    counter = 0;
    LAB_TRY(do_jobs(2, fns, countof(fns)));
    return counter == 3 ? LAB_EINVAL : 0;
}

TEST(a_job_may_continue_between_two_jobs_of_another_worker) {
    struct lab_exploration seen = explore(come_in_turn);
    CHECK(seen.wrong > 0 && seen.wrong < seen.schedules);
}

static char began[3];

static int begins_first(void *arg) {
    (void)arg;
    strcat(began, "1");
    return 0;
}

static int begins_second(void *arg) {
    (void)arg;
    strcat(began, "2");
    return 0;
}

static int begin_two(void *arg) {
    lab_fn *fns[] = {begins_first, begins_second};
    (void)arg;
    began[0] = 0;
    LAB_TRY(do_jobs(2, fns, 2));
    return strcmp(began, "12") == 0 ? 0 : LAB_EINVAL;
}

TEST(jobs_begin_as_they_were_asked_for_whichever_worker_takes_them) {
    struct lab_exploration seen = explore(begin_two);
    CHECK_INT(seen.wrong, 0);
    CHECK_INT(seen.schedules, 2); // the tasks', when both jobs are done
}

// --- first in, first out

static struct lab_mutex mutex;

static int takes_mutex(void *arg) {
    (void)arg;
    LAB_TRY(lab_mutex_lock(&mutex));
    lab_block(LAB_MS);
    return lab_mutex_unlock(&mutex);
}

static int all_at_once(void *arg) {
    lab_fn *fns[] = {read_think_write, takes_mutex,     add_blocked,
                     add_computed,     is_first,        takes_mutex,
                     add_computed,     read_think_write};
    (void)arg;
    lab_mutex_init(&mutex);
    return do_jobs(4, fns, countof(fns));
}

static void put_events_under(struct lab_text *out,
                             struct lab_schedule *schedule) {
    struct lab_record *record = lab_record_new();
    CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                .body = all_at_once,
                                                .clock = LAB_CLOCK_VIRTUAL,
                                                .record = record,
                                                .schedule = schedule}),
              0);
    events_put(out, record, "queue start block unblock want hold done");
    lab_record_free(record);
}

TEST(the_first_choice_among_workers_is_what_happens_without_a_schedule) {
    struct lab_text without = {0}, with = {0};
    struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SCRIPT};
    put_events_under(&without, NULL);
    put_events_under(&with, &schedule);
    CHECK(schedule.made > 8);
    CHECK_STR(lab_text_string(&with), lab_text_string(&without));
    lab_schedule_free(&schedule);
    lab_text_free(&without);
    lab_text_free(&with);
}

// --- to the end of time

enum { FIRST = 1000 };

static int blocks_for_ever(void *arg) {
    (void)arg;
    lab_block(LAB_FOREVER);
    return 0;
}

static int burns_for_ever(void *arg) {
    (void)arg;
    lab_burn(LAB_FOREVER);
    return 0;
}

VIRTUAL_TEST(a_loop_held_for_ever_is_held_to_the_end_of_time) {
    CHECK_INT(lab_sleep(FIRST), 0);
    lab_block(LAB_FOREVER);
    CHECK_INT(lab_now(), LAB_FOREVER - 1);
    lab_block(LAB_S); // and there it stays
    CHECK_INT(lab_sleep(LAB_S), 0);
    CHECK_INT(lab_now(), LAB_FOREVER - 1);
}

VIRTUAL_TEST(a_loop_that_computes_for_ever_does_so_to_the_end_of_time) {
    CHECK_INT(lab_sleep(FIRST), 0);
    lab_burn(LAB_FOREVER);
    CHECK_INT(lab_now(), LAB_FOREVER - 1);
}

VIRTUAL_TEST(jobs_that_block_or_compute_for_ever_end_at_the_end_of_time) {
    lab_fn *fns[] = {blocks_for_ever, burns_for_ever, burns_for_ever,
                     burns_for_ever};
    CHECK_INT(lab_sleep(FIRST), 0);
    CHECK_INT(do_jobs(4, fns, countof(fns)), 0);
    CHECK_INT(lab_now(), LAB_FOREVER - 1);
}
