#include "view/verdict.h"

#include "core/barrier.h"
#include "core/condition.h"
#include "core/flag.h"
#include "core/future.h"
#include "core/lock.h"
#include "core/queue.h"
#include "core/semaphore.h"
#include "core/stream.h"
#include "core/task.h"
#include "runs.h"

static const struct lab_demo demo = {
    .name = "verdict",
    .variants = {{.name = "a", .takes = "1", .gap = "1"},
                 {.name = "b", .takes = "1", .gap = "1"},
                 {.name = "c", .takes = "1", .gap = "1"}},
    .mark = "beat",
    .gap_text = "longest gap"};

// Do three variants with these times and gaps in ms (a negative time is an
// error, a negative gap none) come to [expected]?
static void check_verdict(const int times[3], const int gaps[3],
                          const char *expected) {
    struct lab_comparison comparison = comparison_of(1, &demo);
    struct lab_text out = {0};
    for (size_t i = 0; i < 3; i++) {
        struct lab_run *run = add_result(&comparison, i, lab_record_new());
        run->time.measured = times[i] * LAB_MS;
        run->gap.measured = gaps[i] * LAB_MS;
        run->rc = times[i] < 0 ? LAB_ECANCELED : 0;
    }
    lab_verdict_put(&out, &comparison);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
    lab_comparison_free(&comparison);
}

static char *first_word(const char *text) {
    char *word = lab_strdup(text);
    word[strcspn(word, " ")] = '\0';
    return word;
}

// Those that do other work are not compared; nor are any whose results, as they
// claim them, differ.
TEST(only_those_that_do_the_same_work_are_compared) {
    static const struct {
        bool differs;                 // does b?
        const char *a, *b, *expected; // what is claimed of both
    } rows[] = {
        {false, NULL, NULL, "b is 5.0 times as fast as a."},
        {true, NULL, NULL, "c is 2.5 times as fast as a."},
        {false, "count(x) = 1", NULL, "b is 5.0 times as fast as a."},
        {false, "count(x) = 1", "count(x) = 1", "b is 5.0 times as fast as a."},
        {false, "count(x) = 1", "count(y) = 2", "b is 5.0 times as fast as a."},
        {false, "count(x) = 1", "count(x) = 2", ""},
        {false, "result = 1", "result = 0", ""},
        {true, "result = 1", "result = 0", "c is 2.5 times as fast as a."},
        {false, "peak(x) = 1", "last(x) = 2", "b is 5.0 times as fast as a."},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_comparison comparison = comparison_of(1, &demo);
        struct lab_text out = {0};
        static const int times[] = {5000, 1000, 2000};
        for (size_t j = 0; j < 3; j++) {
            struct lab_run *run = add_result(&comparison, j, lab_record_new());
            const char *claim = j == 0 ? rows[i].a : j == 1 ? rows[i].b : NULL;
            run->time.measured = times[j] * LAB_MS;
            run->gap.measured = -1;
            run->differs = j == 1 && rows[i].differs;
            if (claim)
                lab_run_add_claim(run, claim);
            for (size_t k = 0; k < run->claim_count; k++)
                run->claims[k].measure = first_word(claim);
        }
        lab_verdict_put(&out, &comparison);
        CHECK_STR(lab_text_string(&out), rows[i].expected);
        lab_text_free(&out);
        lab_comparison_free(&comparison);
    }
}

TEST(the_verdict_of_an_author_has_what_was_measured) {
    static const char *const rows[][2] = {
        {"Told by hand.", "Told by hand."},
        {"{in_turn time} and {together time}: {together peak(tasks)} tasks, "
         "idle {in_turn idle}.",
         "5.000 s and 1.000 s: 6 tasks, idle 100 %."},
        {"Not {said", "Not {said"},
        {"It takes {nobody time}.", ""},
        {"It takes {in_turn time(nothing)}.", ""},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_comparison comparison = comparison_03();
        struct lab_text out = {0};
        comparison.verdict = lab_strdup(rows[i][0]);
        lab_verdict_put(&out, &comparison);
        CHECK_STR(lab_text_string(&out), rows[i][1]);
        lab_text_free(&out);
        lab_comparison_free(&comparison);
    }
}

static const int no_gaps[3] = {-1, -1, -1};

TEST(the_fastest_is_compared_with_the_slowest) {
    check_verdict((int[]){5000, 1000, 2000}, no_gaps,
                  "b is 5.0 times as fast as a.");
    check_verdict((int[]){5000, 10, 2000}, no_gaps,
                  "b is 500 times as fast as a.");
}

TEST(those_that_are_alike_are_named_together) {
    check_verdict((int[]){3000, 3001, 2000}, no_gaps,
                  "c is 1.5 times as fast as a and b.");
    check_verdict((int[]){1000, 1000, 2000}, no_gaps,
                  "a and b are 2.0 times as fast as c.");
}

TEST(none_is_in_both_camps) {
    check_verdict((int[]){1000, 1040, 1080}, no_gaps,
                  "a and b are about 1.1 times as fast as c.");
}

TEST(nothing_is_said_where_nothing_differs) {
    check_verdict((int[]){1000, 1000, 1001}, no_gaps, "");
    check_verdict((int[]){0, 0, 0}, (int[]){5, 5, 5}, "");
}

TEST(one_variant_is_not_compared) {
    check_verdict((int[]){1000, -1, -1}, no_gaps, "");
}

TEST(one_that_failed_is_left_out) {
    check_verdict((int[]){-1, 1000, 2000}, no_gaps,
                  "b is 2.0 times as fast as c.");
}

TEST(no_time_at_all_is_no_divisor) {
    check_verdict((int[]){0, 1000, 1000}, no_gaps,
                  "a takes no time; b and c: 1.000 s.");
}

TEST(gaps_speak_where_times_do_not) {
    check_verdict((int[]){1000, 1000, 1001}, (int[]){900, 100, 100},
                  "All take about the same time. The longest gap is 900.0 ms "
                  "in a and 100.0 ms in b and c.");
    check_verdict((int[]){1000, -1, 1000}, (int[]){900, 100, 100},
                  "Both take the same time. The longest gap is 900.0 ms in a "
                  "and 100.0 ms in c.");
}

TEST(a_figure_of_several_that_differ_is_said_to_be_about_that) {
    check_verdict((int[]){1000, 1000, 1000}, (int[]){900, 100, 103},
                  "All take the same time. The longest gap is 900.0 ms in a "
                  "and about 100.0 ms in b and c.");
    check_verdict((int[]){1000, 1000, 1000}, (int[]){900, 880, 100},
                  "All take the same time. The longest gap is about 900.0 ms "
                  "in a and b and 100.0 ms in c.");
    check_verdict((int[]){0, 1000, 1010}, no_gaps,
                  "a takes no time; b and c: about 1.010 s.");
    check_verdict((int[]){3000, 3140, 2000}, no_gaps,
                  "c is about 1.6 times as fast as a and b.");
}

// --- runs that are deadlocked

// What is said of [body], which comes to a deadlock, as if all were in [line]
// of [code]. Owns: yours.
static char *verdict_in(lab_fn *body, unsigned line, const char *code) {
    struct lab_comparison comparison = comparison_of(1, &demo);
    struct lab_text out = {0};
    struct lab_record *record = record_of(body), *plain = lab_record_new();
    for (size_t i = 0; i < lab_record_count(record); i++) {
        struct lab_event event = *lab_record_at(record, i);
        event.line = line;
        lab_record_add(plain, event, lab_record_text(record, &event));
    }
    lab_record_free(record);
    add_result(&comparison, 0, plain)->rc = LAB_EDEADLK;
    comparison.code = code ? lab_strdup(code) : NULL;
    lab_verdict_put(&out, &comparison);
    lab_comparison_free(&comparison);
    return out.data ? out.data : lab_strdup("");
}

// The same without the lines of this file.
static char *verdict_of(lab_fn *body) {
    return verdict_in(body, 0, NULL);
}

static int waits_for_a_flag(void *arg) {
    struct lab_flag flags[2];
    (void)arg;
    lab_flag_init(&flags[0]);
    lab_flag_init(&flags[1]);
    return lab_flag_wait(&flags[1]);
}

static int waits_for_a_permit(void *arg) {
    struct lab_semaphore semaphore;
    (void)arg;
    lab_semaphore_init(&semaphore, 1);
    LAB_TRY(lab_semaphore_acquire(&semaphore));
    return lab_semaphore_acquire(&semaphore);
}

static int waits_for_a_word(void *arg) {
    struct lab_lock lock;
    struct lab_condition condition;
    (void)arg;
    lab_lock_init(&lock);
    lab_condition_init(&condition, &lock);
    LAB_TRY(lab_lock_acquire(&lock));
    return lab_condition_wait(&condition);
}

static int waits_for_others(void *arg) {
    struct lab_barrier barrier;
    (void)arg;
    lab_barrier_init(&barrier, 2);
    return lab_barrier_wait(&barrier);
}

static int gets(void *arg) {
    struct lab_queue queue;
    void *item;
    (void)arg;
    lab_queue_init(&queue, LAB_QUEUE_FIFO, 1);
    int rc = lab_queue_get(&queue, &item);
    lab_queue_term(&queue);
    return rc;
}

static int puts_two(void *arg) {
    struct lab_queue queue;
    int item = 1;
    (void)arg;
    lab_queue_init(&queue, LAB_QUEUE_FIFO, 1);
    int rc = lab_queue_put(&queue, &item);
    if (rc >= 0)
        rc = lab_queue_put(&queue, &item);
    lab_queue_term(&queue);
    return rc;
}

static int joins(void *arg) {
    struct lab_queue queue;
    int item = 1;
    (void)arg;
    lab_queue_init(&queue, LAB_QUEUE_FIFO, 1);
    int rc = lab_queue_put(&queue, &item);
    if (rc >= 0)
        rc = lab_queue_join(&queue);
    lab_queue_term(&queue);
    return rc;
}

static int waits_for_a_future(void *arg) {
    lab_future *future = lab_future_new();
    (void)arg;
    int rc = lab_future_wait(future);
    lab_future_free(future);
    return rc;
}

static int keeps_the_lock(void *arg) {
    return lab_lock_acquire(arg);
}

static int waits_for_a_lock(void *arg) {
    struct lab_lock lock;
    (void)arg;
    lab_lock_init(&lock);
    LAB_TRY(lab_await(lab_spawn("thief", keeps_the_lock, &lock)));
    return lab_lock_acquire(&lock);
}

static int reads(void *arg) {
    lab_stream *ends[2];
    char byte;
    (void)arg;
    LAB_TRY(lab_stream_pair(ends));
    return (int)lab_read(ends[0], &byte, 1);
}

static int writes(void *arg) {
    static char bytes[1 << 20];
    lab_stream *ends[2];
    (void)arg;
    LAB_TRY(lab_stream_pair(ends));
    return lab_write(ends[0], bytes, sizeof bytes);
}

static int accepts(void *arg) {
    lab_stream *door, *stream;
    (void)arg;
    LAB_TRY(lab_listen(&door, "tcp:127.0.0.1:8000"));
    return lab_accept(door, &stream);
}

TEST(a_wait_that_nobody_can_end_says_what_nobody_is_left_to_do) {
    static const struct {
        lab_fn *body;
        const char *words;
    } waits[] = {
        {waits_for_a_flag, "waits for flag 1 to be set, and nothing is left "
                           "that could set it"},
        {waits_for_a_permit,
         "waits for a permit of semaphore 1, which t1 root holds"},
        {waits_for_a_word, "waits for condition 1 to be notified, and nothing "
                           "is left that could notify it"},
        {waits_for_others, "waits at barrier 1 for the others, and nothing is "
                           "left that could come to it"},
        {gets, "waits for an item in queue 1, and nothing is left that could "
               "put one"},
        {puts_two, "waits for room in queue 1, and nothing is left that could "
                   "get an item"},
        {joins, "waits until all items of queue 1 are done, and nothing is "
                "left that could finish them"},
        {waits_for_a_future, "waits for future 1, and nothing is left that "
                             "could set it"},
        {waits_for_a_lock, "waits for lock 1, which t2 thief held when it "
                           "ended, and nothing is left that could release it"},
        {reads, "waits for bytes from stream 1, and nothing is left that could "
                "send any"},
        {writes, "waits for room in stream 1, and nothing is left that could "
                 "read from it"},
        {accepts, "waits for a connection to listener 1, and nothing is left "
                  "that could connect to it"},
    };
    for (size_t i = 0; i < countof(waits); i++) {
        char *is = verdict_of(waits[i].body), should[200];
        snprintf(should, sizeof should, "a is deadlocked: t1 root %s.",
                 waits[i].words);
        CHECK_STR(is, should);
        lab_free(is);
    }
}

TEST(every_wait_has_words_for_who_could_end_it) {
    for (unsigned on = 0; on < LAB_ONS; on++) {
        const struct lab_wait_kind *row = lab_wait_kind(on);
        CHECK(*row->end);
        CHECK((strchr(row->waits, '%') != NULL) == (*row->kind != '\0'));
    }
}

struct pair {
    struct lab_lock *first, *second;
};

static int takes_both(void *arg) {
    const struct pair *pair = arg;
    LAB_TRY(lab_lock_acquire(pair->first));
    int rc = lab_sleep(LAB_MS);
    if (rc >= 0)
        rc = lab_lock_acquire(pair->second);
    lab_ignore(lab_lock_release(pair->first)); // it is ours
    return rc;
}

static int crosswise(void *arg) {
    struct lab_lock one, two;
    struct pair pairs[2] = {{&one, &two}, {&two, &one}};
    (void)arg;
    lab_lock_init(&one);
    lab_lock_init(&two);
    lab_task *tasks[2] = {lab_spawn("ab", takes_both, &pairs[0]),
                          lab_spawn("ba", takes_both, &pairs[1])};
    return lab_gather(tasks, 2);
}

TEST(a_circle_of_waits_is_named_in_the_verdict) {
    char *is = verdict_of(crosswise);
    CHECK_STR(is, "a is deadlocked: t2 ab waits for lock 1, which t3 ba holds; "
                  "t3 ba waits for lock 2, which t2 ab holds.");
    lab_free(is);
}

TEST(the_lines_of_a_circle_are_told_from_the_programs_own_text) {
    char *is = verdict_in(crosswise, 2, "\n  async with second:\n");
    CHECK_STR(is, "a is deadlocked: t2 ab waits for lock 1, which t3 ba holds "
                  "(line 2: second); t3 ba waits for lock 2, which t2 ab holds "
                  "(line 2: second).");
    lab_free(is);
}

static struct lab_flag never;

static int waits_for_never(void *arg) {
    (void)arg;
    return lab_flag_wait(&never);
}

static int many_wait(void *arg) {
    enum { TASKS = 9 };
    lab_task *tasks[TASKS];
    (void)arg;
    lab_flag_init(&never);
    for (int i = 0; i < TASKS; i++)
        tasks[i] = lab_spawn("waits", waits_for_never, NULL);
    return lab_gather(tasks, TASKS);
}

TEST(of_many_that_wait_in_vain_a_few_are_named) {
    char *is = verdict_of(many_wait);
    CHECK(strstr(is, "t4 waits 3 waits for flag 1") != NULL);
    CHECK(strstr(is, "t5") == NULL);
    CHECK(strstr(is, "; and 6 more.") != NULL);
    lab_free(is);
}
