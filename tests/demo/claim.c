// Claims about a record that is made by hand:
//
//     0 s    t1 root begins, starts t2, and both count "inside"
//     0.1 s  "one arrived", inside falls to 1
//     0.2 s  "two arrived", inside falls to 0; mark "beat"
//     0.3 s  both have ended
#include "demo/claim.h"

#include "test.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdio.h>
#include <string.h>

static void add(struct lab_run *run, lab_time ms, unsigned kind, uint32_t task,
                int64_t value, const char *text) {
    lab_record_add(
        run->record,
        (struct lab_event){.time = ms * LAB_MS,
                           .kind = (uint8_t)kind,
                           .on = kind == LAB_EVENT_WAIT ? LAB_ON_SLEEP
                                                        : LAB_ON_NOTHING,
                           .task = task,
                           .other = kind == LAB_EVENT_SPAWN ? task - 1 : 0,
                           .value = value},
        text);
}

struct scene {
    struct lab_comparison comparison;
    struct lab_run *run;
};

static void open_scene(struct scene *scene, int rc) {
    scene->comparison = (struct lab_comparison){.clock = LAB_CLOCK_VIRTUAL};
    struct lab_run *run = scene->run =
        lab_comparison_add_run(&scene->comparison, "only");
    run->rc = rc;
    add(run, 0, LAB_EVENT_SPAWN, 1, 0, "root");           // 1
    add(run, 0, LAB_EVENT_RUN, 1, 1, NULL);               // 2
    add(run, 0, LAB_EVENT_SPAWN, 2, 0, "child");          // 3
    add(run, 0, LAB_EVENT_COUNT, 1, 1, "inside");         // 4
    add(run, 0, LAB_EVENT_WAIT, 1, 100 * LAB_MS, NULL);   // 5
    add(run, 0, LAB_EVENT_RUN, 2, 2, NULL);               // 6
    add(run, 0, LAB_EVENT_COUNT, 2, 1, "inside");         // 7
    add(run, 0, LAB_EVENT_WAIT, 2, 200 * LAB_MS, NULL);   // 8
    add(run, 100, LAB_EVENT_RUN, 1, 3, NULL);             // 9
    add(run, 100, LAB_EVENT_SAY, 1, 0, "one arrived");    // 10
    add(run, 100, LAB_EVENT_COUNT, 1, -1, "inside");      // 11
    add(run, 100, LAB_EVENT_WAIT, 1, 300 * LAB_MS, NULL); // 12
    add(run, 200, LAB_EVENT_RUN, 2, 4, NULL);             // 13
    add(run, 200, LAB_EVENT_SAY, 2, 0, "two arrived");    // 14
    add(run, 200, LAB_EVENT_MARK, 2, 0, "beat");          // 15
    add(run, 200, LAB_EVENT_COUNT, 2, -1, "inside");      // 16
    add(run, 200, LAB_EVENT_END, 2, 7, NULL);             // 17
    add(run, 300, LAB_EVENT_RUN, 1, 5, NULL);             // 18
    add(run, 300, LAB_EVENT_END, 1, rc, NULL);            // 19
}

static bool lookup(const void *context, const char *name,
                   struct lab_values *value) {
    (void)context;
    *value = (struct lab_values){
        .count = 1, .items = {strcmp(name, "n") == 0 ? 2 : 100 * LAB_MS}};
    return strcmp(name, "n") == 0 || strcmp(name, "delay") == 0;
}

static lab_time exact(struct lab_clock clock, lab_time predicted) {
    (void)clock;
    (void)predicted;
    return 0;
}

// Judges [claim]; whether it held, and in *[event] what is against it.
static bool holds(const char *claim, int rc, const char *schedule,
                  uint32_t *event) {
    struct scene scene;
    open_scene(&scene, rc);
    if (schedule)
        scene.comparison.schedule = lab_strdup(schedule);
    lab_run_add_claim(scene.run, claim);
    lab_claim_judge(&scene.comparison, scene.run, 0,
                    (struct lab_claim_names){lookup, NULL}, exact);
    bool held = scene.run->claims[0].held;
    *event = scene.run->claims[0].event;
    lab_comparison_free(&scene.comparison);
    return held;
}

static const struct {
    const char *claim;
    bool held;
    uint32_t against;
} cases[] = {
    {"time = 3 * delay", true, 0},
    {"time = 2 * delay", false, 19},
    {"time <= 1s", true, 0},
    {"time >= 1s", false, 19},
    {"time(two) = 2 * delay", true, 0},
    {"time(beat) = 200ms", true, 0},
    {"time(two) = delay", false, 14},
    {"time(three) = 0", false, 0},
    {"gap(beat) = 200ms", true, 0},
    {"gap(beat) <= 199ms", false, 13},
    {"count(arrived) = n", true, 0},
    {"count(arrived) <= 1", false, 14},
    {"count(arrived) >= 3", false, 14},
    {"count(nothing) = 0", true, 0},
    {"on_loop(arrived) = n", true, 0},
    {"on_loop(arrived) <= 1", false, 14},
    {"on_loop(nothing) = 0", true, 0},
    {"peak(inside) = n", true, 0},
    {"peak(inside) = 1", false, 7},
    {"peak(inside) = 3", false, 7},
    {"peak(inside) >= 2", true, 0},
    {"least(inside) = 0", true, 0},
    {"last(inside) = 0", true, 0},
    {"last(inside) = 1", false, 16},
    {"last(nobody) = 0", false, 0},
    {"peak(one - two) = 1", true, 0},
    {"peak(one - two) = 0", false, 10},
    {"peak(arrived - nobody) <= 1", false, 14},
    {"least(one - two) = 0", true, 0},
    {"least(two - one) = -1", true, 0},
    {"least(two - one) >= 0", false, 10},
    {"last(one - two) = 0", true, 0},
    {"last(arrived - beat) = 0", false, 15},
    {"last(nobody - nothing) = 0", false, 0},
    {"peak(tasks) = 2", true, 0},
    {"last(tasks) = 0", true, 0},
    {"peak(ready) = 1", true, 0},
    {"peak(queued) = 0", true, 0},
    {"turns = 5", true, 0},
    {"turns <= 3", false, 13},
    {"idle = 100", true, 0},
    {"idle <= 50", false, 0},
    {"gap(nothing) <= 1s", false, 0},
    {"live(one) = 1", true, 0},
    {"live(beat) = 1", true, 0},
    {"live(two) = 0", false, 14},
    {"live(three) = 0", false, 0},
    {"busy(cores) = 0", false, 0},
    {"occupied = 0", true, 0},
    {"occupied >= 1ms", false, 0},
    {"result = 0", true, 0},
    {"result(child) = 7", true, 0},
    {"result(child) = 8", false, 17},
    {"order \"one\" \"two\" \"beat\"", true, 0},
    {"order \"two\" \"one\"", false, 10},
    {"order \"one\" \"three\"", false, 19},
    {"never \"three\"", true, 0},
    {"never \"two\"", false, 14},
    {"ends ok", true, 0},
    {"warns nothing", true, 0},
    {"warns W01", false, 19},
    {"warns W01 W03", false, 19},
    {"ends deadlock", false, 19},
    {" fifo: peak( inside ) = min(n, 9) ", true, 0},
};

TEST(each_claim_holds_or_names_the_first_event_against_it) {
    for (size_t i = 0; i < countof(cases); i++) {
        uint32_t against = 0;
        bool held = holds(cases[i].claim, 0, NULL, &against);
        if (!CHECK(held == cases[i].held) ||
            !CHECK_INT(against, cases[i].against))
            fprintf(stderr, "%s\n", cases[i].claim);
    }
}

TEST(a_run_ends_as_it_is_claimed_to) {
    static const struct {
        const char *how;
        int rc;
    } ends[] = {{"ends ok", 3},
                {"ends unread", LAB_EUNREAD},
                {"ends deadlock", LAB_EDEADLK},
                {"ends cancelled", LAB_ECANCELED},
                {"ends failed", LAB_ENOENT}};
    uint32_t against;
    for (size_t i = 0; i < countof(ends); i++)
        for (size_t j = 0; j < countof(ends); j++)
            CHECK(holds(ends[i].how, ends[j].rc, NULL, &against) == (i == j));
}

TEST(first_in_first_out_is_asked_of_that_schedule_alone) {
    uint32_t against;
    CHECK(!holds("fifo: turns = 1", 0, NULL, &against));
    CHECK(!holds("fifo: turns = 1", 0, "fifo", &against));
    CHECK(holds("fifo: turns = 1", 0, "seed:3", &against)); // not asked
    CHECK(!holds("turns = 1", 0, "seed:3", &against));
}

TEST(a_late_timer_and_a_cancel_are_asked_for_where_there_is_one) {
    static const char *const schedules[] = {NULL, "seed:3", "0,1+late:3",
                                            "cancel-woken:2"};
    uint32_t against;
    for (size_t i = 0; i < countof(schedules); i++) {
        CHECK(holds("late: turns = 1", 0, schedules[i], &against) == (i != 2));
        CHECK(holds("cancel: turns = 1", 0, schedules[i], &against) ==
              (i != 3));
    }
    CHECK_INT(lab_claim_scope(" fifo: turns = 1"), LAB_CLAIM_FIFO);
    CHECK_INT(lab_claim_scope("late(x) = 1"), LAB_CLAIM_ALWAYS);
}

TEST(a_claim_that_is_not_understood_says_where_and_what_there_is) {
    static const struct {
        const char *claim, *says;
    } wrong[] = {
        {"peek(inside) = 1", "there is no such measure; there are time, gap, "
                             "count, peak, least, last, live, turns, idle, "
                             "busy, result, order, never, ends and warns"},
        {"timely = 1", "there is no such measure"},
        {"peak = 1", "what it measures stands in ( )"},
        {"peak() = 1", "what it measures stands in ( )"},
        {"turns(x) = 1", "this measure is of nothing in particular"},
        {"time", "expected =, <= or >= after the measure"},
        {"time < 1", "expected =, <= or >= after the measure"},
        {"time = many", "column 1: unknown name 'many'"},
        {"order one", "expected texts in quotes"},
        {"never \"one", "expected texts in quotes"},
        {"warns", "a run warns of W01, W02 and W03, or nothing"},
        {"warns W1", "a run warns of W01, W02 and W03, or nothing"},
        {"warns W01, W02", "a run warns of W01, W02 and W03, or nothing"},
        {"warns nothing W01", "a run warns of W01, W02 and W03, or nothing"},
        {"ends badly", "a run ends ok, unread, deadlock, cancelled or failed"},
    };
    for (size_t i = 0; i < countof(wrong); i++) {
        struct lab_run run = {0};
        struct lab_text error = {0}, start = {0};
        lab_run_add_claim(&run, wrong[i].claim);
        CHECK(!lab_claim_read(run.claims,
                              (struct lab_claim_names){lookup, NULL}, &error));
        lab_text_put(&start, "in the claim ");
        lab_text_quote(&start, wrong[i].claim, strlen(wrong[i].claim));
        lab_text_printf(&start, ", %s", wrong[i].says);
        if (!CHECK(strncmp(lab_text_string(&error), lab_text_string(&start),
                           start.length) == 0))
            fprintf(stderr, "%s\n", lab_text_string(&error));
        uint32_t against;
        CHECK(!holds(wrong[i].claim, 0, NULL, &against));
        lab_text_free(&error);
        lab_text_free(&start);
        lab_run_clear(&run);
    }
}

// Two workers compute for 100 ms each on one core.
TEST(cores_are_busy_by_what_was_computed_and_not_by_who_wanted_one) {
    struct scene scene;
    uint32_t against = 0;
    CHECK(!holds("busy(cores) >= 0", 0, NULL, &against));
    for (int64_t cores = 1; cores <= 2; cores++) {
        open_scene(&scene, 0);
        for (int i = 0; i < 2; i++)
            lab_record_add(scene.run->record,
                           (struct lab_event){.kind = LAB_EVENT_BLOCK,
                                              .on = LAB_ON_BURN,
                                              .time = 300 * LAB_MS,
                                              .task = 2,
                                              .value = cores * 150 * LAB_MS},
                           NULL);
        lab_run_add_claim(scene.run, "busy(cores) = 2");
        lab_claim_judge(&scene.comparison, scene.run, 0,
                        (struct lab_claim_names){lookup, NULL}, exact);
        CHECK_INT(scene.run->claims[0].measured, cores);
        CHECK_INT(scene.run->claims[0].held, cores == 2);
        lab_comparison_free(&scene.comparison);
    }
}

// A job blocks, computes and says a line; then a task says one.
TEST(what_a_worker_does_occupies_a_thread_and_is_not_said_on_the_loop) {
    struct scene scene;
    open_scene(&scene, 0);
    struct lab_event job = {
        .kind = LAB_EVENT_BLOCK, .on = LAB_ON_BLOCK, .task = 2, .worker = 1};
    job.value = 20 * LAB_MS;
    lab_record_add(scene.run->record, job, NULL);
    job.on = LAB_ON_BURN;
    lab_record_add(scene.run->record, job, NULL);
    job.kind = LAB_EVENT_SAY;
    lab_record_add(scene.run->record, job, "half");
    job.worker = 0;
    lab_record_add(scene.run->record, job, "half");
    lab_run_add_claim(scene.run, "occupied = 40ms");
    lab_run_add_claim(scene.run, "on_loop(half) = 1");
    lab_run_add_claim(scene.run, "count(half) = 2");
    for (size_t i = 0; i < 3; i++) {
        lab_claim_judge(&scene.comparison, scene.run, i,
                        (struct lab_claim_names){lookup, NULL}, exact);
        CHECK(scene.run->claims[i].held);
    }
    lab_comparison_free(&scene.comparison);
}

TEST(what_a_claim_measures_is_said_in_words) {
    static const struct {
        const char *claim, *says;
    } said[] = {
        {"gap(beat) <= 300ms",
         "gap(beat) is the longest time without that mark."},
        {"time = 500ms", "time is how long the run takes."},
        {"time(a line)<=1s", "time(a line) is when that is first said."},
        {"peak(tasks) = 8",
         "peak(tasks) is the largest number of them at a time."},
        {"idle >= 3",
         "idle is the part of the time in which the loop has nothing to do."},
        {"cancel: last(a - b) = 0", "last(a - b) is their number at the end."},
        {"order \"a\" \"b\"", ""},
    };
    for (size_t i = 0; i < countof(said); i++) {
        struct lab_text line = {0};
        CHECK_INT(lab_claim_put_meaning(&line, said[i].claim),
                  *said[i].says != '\0');
        CHECK_STR(lab_text_string(&line), said[i].says);
        lab_text_free(&line);
    }
}
