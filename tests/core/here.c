// The lines of a demo, as this file would be one.

#include "lab.h"

#include "core/run.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

enum { NAP = __LINE__ + 4, SPAWN = NAP + 5, AWAIT, BLOCK, SAY };

static int nap(void *arg) {
    (void)arg;
    LAB_TRY(lab_sleep(LAB_S));
    return 0;
}

static int body(void *arg) {
    lab_task *task = lab_spawn("nap", nap, arg);
    LAB_TRY(lab_await(task));
    lab_block(LAB_MS);
    lab_say("hello");
    return 0;
}

// "kind task line, ..." of all events.
static void put(char *out, size_t size, const struct lab_record *record) {
    size_t used = 0;
    for (size_t i = 0; i < lab_record_count(record) && used < size; i++) {
        const struct lab_event *event = lab_record_at(record, i);
        used += (size_t)snprintf(out + used, size - used, "%s%s %u %u",
                                 i ? ", " : "", lab_event_name(event->kind),
                                 event->task, event->line);
    }
}

// Writes those of a run of [fn] to [out].
static void lines_of(lab_fn *fn, char *out, size_t size) {
    struct lab_record *record = lab_record_new();
    CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                .body = fn,
                                                .clock = LAB_CLOCK_VIRTUAL,
                                                .record = record}),
              0);
    put(out, size, record);
    lab_record_free(record);
}

// A task that ends, and wakes others by that, makes no call.
TEST(an_event_says_which_line_of_the_demo_called) {
    char is[1000], expected[1000];
    lines_of(body, is, sizeof is);
    snprintf(expected, sizeof expected,
             "spawn 1 0, run 1 0, spawn 2 %d, wait 1 %d, run 2 0, wait 2 %d, "
             "timer 2 0, wake 2 0, run 2 %d, end 2 0, wake 1 0, run 1 %d, "
             "block 1 %d, unblock 1 %d, say 1 %d, end 1 0",
             SPAWN, AWAIT, NAP, NAP, AWAIT, BLOCK, BLOCK, SAY);
    CHECK_STR(is, expected);
}

// Compilers have different lines for a macro with arguments.
VIRTUAL_TEST(a_call_over_several_lines_is_at_its_name) {
    int line = __LINE__ + 1;
    lab_say("%s and %s", "a text that is long enough to fill the line",
            "another one");
    CHECK_INT(lab_here.line, line);
    line = __LINE__ + 2;
    lab_task *task =
        lab_spawn("a name that is long enough to fill the line", nap, NULL);
    CHECK_INT(lab_here.line, line);
    lab_cancel(task);
    line = __LINE__ + 2;
    task =
        lab_spawn_named(nap, NULL, "a name that is long enough, number %d", 1);
    CHECK_INT(lab_task_site(task).line, line);
    lab_cancel(task);
}

// Both the line of the call, and then that of the first wait of the task.
static int in_turn(void *arg) {
    return lab_await(lab_spawn_now("nap", nap, arg));
}

TEST(who_spawns_a_task_now_waits_for_it_at_that_line) {
    char is[1000], expected[1000];
    const int at = __LINE__ - 5;
    lines_of(in_turn, is, sizeof is);
    snprintf(expected, sizeof expected,
             "spawn 1 0, run 1 0, spawn 2 %d, wait 1 %d, run 2 0, wait 2 %d, "
             "run 1 %d, wait 1 %d, timer 2 0, wake 2 0, run 2 %d, end 2 0, "
             "wake 1 0, run 1 %d, end 1 0",
             at, at, NAP, at, at, NAP, at);
    CHECK_STR(is, expected);
}

enum { YIELD = __LINE__ + 4, NEW = YIELD + 5, NEXT, FREE };

static int one(lab_generator *self, void *arg) {
    (void)arg;
    LAB_TRY(lab_generator_yield(self, 1, NULL));
    return 0;
}

static int resumes_one(void *arg) {
    lab_generator *g = lab_generator_new("one", one, arg);
    LAB_TRY(lab_generator_next(g, NULL));
    lab_generator_free(g);
    return 0;
}

// A yield is at the line of the body, and the caller continues at its own.
TEST(a_generator_and_who_resumes_it_have_lines_of_their_own) {
    char is[1000], expected[1000];
    lines_of(resumes_one, is, sizeof is);
    snprintf(expected, sizeof expected,
             "spawn 1 0, run 1 0, generator 1 %d, resume 1 %d, yield 1 %d, "
             "resume 1 %d, close 1 %d, end 1 0",
             NEW, NEXT, YIELD, FREE, FREE);
    CHECK_STR(is, expected);
}
