// Every order in which a result, an error, a cancel and a timeout can fall
// into one turn, for each way to wait: 4! orders, in three manners.
//
//     BY_LOOP     all four come from the loop, one after another, before any
//                 task runs
//     BY_OTHERS   each comes from a task that wakes up and acts, with the
//                 waiting one among them
//     BY_THEMSELVES  the tasks that are waited for wake up, and return
//
// The tables say what came of each order: r, e, c or t; and ! for what must
// never be: a task that is lost, an error that nobody reads, or a cancel that
// is taken for a timeout. What happens is told, whoever was first: so c and t
// stand only where nothing else has happened yet.

#include "test.h"

#include "base/alloc.h"
#include "base/time.h"
#include "core/future.h"
#include "core/group.h"
#include "core/scope.h"
#include "core/state.h"
#include "core/task.h"

#include <stdio.h>
#include <string.h>

enum { BAD = -71 };
#define AT LAB_S // when it all happens

enum form { FUTURE, AWAIT, WAIT_FOR, GATHER, GROUP };
enum manner { BY_LOOP, BY_OTHERS, BY_THEMSELVES };

static struct scene {
    enum form form;
    enum manner manner;
    char order[5];
    lab_future *good, *bad; // set by r, and by e unless r came first
    lab_future *go[4];      // may r, e, c, t begin to sleep?
    lab_task *waiter, *tasks[2];
    lab_group *group;
    int a_result, b_result; // of the two tasks; LAB_EINVAL while they run
    struct lab_timer timers[3];
    char outcome;
} scene;

static size_t index_of(char what) {
    return (size_t)(strchr("rect", what) - "rect");
}

// What happens.
static void happen(char what) {
    if (what == 'r') {
        lab_future_set(scene.good, 7);
        lab_future_set(scene.bad, 7);
    } else if (what == 'e') {
        lab_future_set(scene.bad, BAD);
    } else {
        lab_cancel(scene.waiter);
    }
}

// --- tasks that are waited for: `a` succeeds, `b` fails unless r was first

static int go_to_sleep(char what) {
    LAB_TRY(lab_future_wait(scene.go[index_of(what)]));
    return lab_sleep(AT - lab_now());
}

static int end_as(lab_future *future, char what, int result) {
    if (scene.manner != BY_THEMSELVES)
        return lab_future_wait(future);
    int rc = go_to_sleep(what);
    return rc < 0 ? rc : result;
}

static int a(void *arg) {
    (void)arg;
    return scene.a_result = end_as(scene.good, 'r', 7);
}

static int b(void *arg) {
    (void)arg;
    return scene.b_result = end_as(scene.bad, 'e', BAD);
}

// --- who waits

static void prepare(void) {
    scene.a_result = 0;
    if (scene.form == GROUP) {
        scene.group = lab_group_new();
        CHECK_INT(lab_group_spawn(scene.group, "a", a, NULL), 0);
        CHECK_INT(lab_group_spawn(scene.group, "b", b, NULL), 0);
    } else if (scene.form != FUTURE) {
        if (scene.form == GATHER)
            scene.tasks[1] = lab_spawn("a", a, NULL);
        scene.tasks[0] = lab_spawn("b", b, NULL);
    }
    if (scene.form == GATHER || scene.form == GROUP)
        scene.a_result = LAB_EINVAL;
}

static int wait_here(void *arg) {
    (void)arg;
    switch (scene.form) {
    case FUTURE:
        return scene.b_result = lab_future_wait(scene.bad);
    case AWAIT:
        return lab_await(scene.tasks[0]);
    case GATHER:
        return lab_gather(scene.tasks, 2);
    case GROUP:
        return lab_group_wait(scene.group);
    case WAIT_FOR:
        break;
    }
    return lab_wait_for(scene.tasks[0], AT - lab_now());
}

static char judge(int rc) {
    bool cancelled = lab_task_cancelled(lab_self());
    if (scene.a_result == LAB_EINVAL || scene.b_result == LAB_EINVAL)
        return '!';
    if (scene.b_result == BAD && rc != BAD)
        return '!';
    if (rc == LAB_ETIMEDOUT)
        return cancelled ? '!' : 't';
    if (rc == LAB_ECANCELED)
        return cancelled ? 'c' : '!';
    return rc == BAD ? 'e' : rc >= 0 ? 'r' : '!';
}

static int waiter(void *arg) {
    prepare();
    if (lab_future_wait(scene.go[index_of('t')]) < 0)
        return 0;
    int rc = scene.form == WAIT_FOR
                 ? wait_here(arg)
                 : lab_timeout(AT - lab_now(), wait_here, arg);
    scene.outcome = judge(rc);
    // The cancel has come, or comes in this turn. It is never swallowed.
    CHECK_INT(lab_sleep(LAB_S), LAB_ECANCELED);
    CHECK_INT(lab_now(), AT);
    return 0;
}

// --- who makes it happen

static void on_timer(struct lab_timer *timer) {
    happen("rec"[timer - scene.timers]);
}

static int actor(void *arg) {
    const char *what = arg;
    LAB_TRY(go_to_sleep(*what));
    happen(*what);
    return 0;
}

// All sleep until the same time, and those wake first who slept first.
static void begin(char what) {
    struct lab_timer *timer = &scene.timers[index_of(what) % 3];
    if (scene.manner == BY_LOOP && what != 't')
        lab_timer_set(lab_loop_current, timer, AT, on_timer);
    else
        lab_future_set(scene.go[index_of(what)], 0);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_yield(), 0);
}

static int play(void *arg) {
    (void)arg;
    scene.waiter = lab_spawn("waiter", waiter, NULL);
    if (scene.manner == BY_OTHERS) {
        CHECK(lab_spawn("actor", actor, "r") != NULL);
        CHECK(lab_spawn("actor", actor, "e") != NULL);
    }
    if (scene.manner != BY_LOOP)
        CHECK(lab_spawn("actor", actor, "c") != NULL);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_yield(), 0);
    for (const char *at = scene.order; *at; at++)
        begin(*at);
    CHECK_INT(lab_sleep_until(2 * AT), 0);
    CHECK(lab_task_done(scene.waiter));
    return 0;
}

// Sets the scene, plays, and clears it away.
static int perform(void *arg) {
    struct scene fresh = {.form = scene.form,
                          .manner = scene.manner,
                          .a_result = LAB_EINVAL,
                          .b_result = LAB_EINVAL,
                          .good = lab_future_new(),
                          .bad = lab_future_new(),
                          .outcome = '?'};
    memcpy(fresh.order, scene.order, sizeof fresh.order);
    for (size_t i = 0; i < countof(fresh.go); i++)
        fresh.go[i] = lab_future_new();
    scene = fresh;
    play(arg);
    for (size_t i = 0; i < countof(scene.go); i++)
        lab_future_free(scene.go[i]);
    lab_future_free(scene.good);
    lab_future_free(scene.bad);
    return 0;
}

static char outcome(enum form form, enum manner manner, const char *order) {
    struct lab_run_options options = {
        .name = order, .body = perform, .clock = LAB_CLOCK_VIRTUAL};
    scene = (struct scene){.form = form, .manner = manner};
    memcpy(scene.order, order, 4);
    CHECK_INT(lab_run(&options), 0);
    return scene.outcome;
}

static void swap(char *x, char *y) {
    char c = *x;
    *x = *y, *y = c;
}

// The next order of the letters, as a dictionary has them.
static bool next_order(char *order) {
    int i = 2, j = 3;
    while (i >= 0 && order[i] > order[i + 1])
        i--;
    if (i < 0)
        return false;
    while (order[j] < order[i])
        j--;
    swap(&order[i], &order[j]);
    for (int from = i + 1, to = 3; from < to; from++, to--)
        swap(&order[from], &order[to]);
    return true;
}

// What came of each order: of those that begin with c, and with e, r and t.
static const char *outcomes(enum form form, enum manner manner) {
    static char all[32];
    char order[] = "cert", *out = all;
    int n = 0;
    do {
        if (n++ % 6 == 0 && n > 1)
            *out++ = ' ';
        *out++ = outcome(form, manner, order);
    } while (next_order(order));
    *out = '\0';
    return all;
}
TEST(every_order_in_one_turn_awaiting_a_future) {
    CHECK_STR(outcomes(FUTURE, BY_LOOP), "eerrer eeeeee rrrrrr ereerr");
    CHECK_STR(outcomes(FUTURE, BY_OTHERS), "eerrcc eeeeee rrrrrr tttttt");
    // Nobody sets it in this manner: what is left is the cancel and the time.
    CHECK_STR(outcomes(FUTURE, BY_THEMSELVES), "cccccc cccttt cccttt tttttt");
}

TEST(every_order_in_one_turn_awaiting_a_task) {
    CHECK_STR(outcomes(AWAIT, BY_LOOP), "eerrer eeeeee rrrrrr ereerr");
    CHECK_STR(outcomes(AWAIT, BY_OTHERS), "eerrer eeeeee rrrrrr ereerr");
    CHECK_STR(outcomes(AWAIT, BY_THEMSELVES), "eeeeee eeeeee eeeeee eeeeee");
}

TEST(every_order_in_one_turn_in_wait_for) {
    CHECK_STR(outcomes(WAIT_FOR, BY_LOOP), "eerrer eeeeee rrrrrr ereerr");
    CHECK_STR(outcomes(WAIT_FOR, BY_OTHERS), "eerrer eeeeee rrrrrr ereerr");
    CHECK_STR(outcomes(WAIT_FOR, BY_THEMSELVES), "eeeeee eeeeee eeeeee eeeeee");
}

TEST(every_order_in_one_turn_in_a_gather) {
    CHECK_STR(outcomes(GATHER, BY_LOOP), "eerrer eeeeee rrrrrr ereerr");
    CHECK_STR(outcomes(GATHER, BY_OTHERS), "eerrer eeeeee rrrrrr ereerr");
    CHECK_STR(outcomes(GATHER, BY_THEMSELVES), "eeeeee eeeeee eeeeee eeeeee");
}

TEST(every_order_in_one_turn_in_a_group) {
    CHECK_STR(outcomes(GROUP, BY_LOOP), "eerrer eeeeee rrrrrr ereerr");
    CHECK_STR(outcomes(GROUP, BY_OTHERS), "eerrer eeeeee rrrrrr ereerr");
    CHECK_STR(outcomes(GROUP, BY_THEMSELVES), "eeeeee eeeeee eeeeee eeeeee");
}

// --- and under other schedules, whatever they make of the order

static void play_by_seed(uint64_t seed) {
    struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED, .seed = seed};
    struct lab_run_options options = {.name = "play",
                                      .body = perform,
                                      .clock = LAB_CLOCK_VIRTUAL,
                                      .schedule = &schedule};
    CHECK_INT(lab_run(&options), 0);
    if (!CHECK(strchr("rect", scene.outcome) != NULL))
        fprintf(stderr, "form %d, manner %d, seed:%d\n", (int)scene.form,
                (int)scene.manner, (int)seed);
    lab_schedule_free(&schedule);
}

TEST(under_any_schedule_nothing_is_lost_or_swallowed) {
    for (enum form form = FUTURE; form <= GROUP; form++)
        for (enum manner manner = BY_LOOP; manner <= BY_THEMSELVES; manner++) {
            scene =
                (struct scene){.form = form, .manner = manner, .order = "tcer"};
            for (uint64_t seed = 0; seed < 200; seed++)
                play_by_seed(seed);
        }
}
