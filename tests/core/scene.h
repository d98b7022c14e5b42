// scene.h - a result, an error, a cancel and a timeout fall into one turn, in
// each of their 4! orders, and a task waits for all of it.
//
//     BY_LOOP     all four come from the loop, one after another, before any
//                 task runs
//     BY_OTHERS   each comes from a task that wakes up and acts, with the
//                 waiting one among them
//     IN_TIME     likewise, but the time is over only just after the others
//     BY_THEMSELVES  the tasks that are waited for wake up, and return
//
// A form is a way to wait. outcomes() says what came of each order: r, e, c or
// t; a capital if there was an error, too, which nobody read and of which the
// run told in the end; and ! for what must never be: something that is lost or
// there twice, or a cancel that is taken for a timeout.

#ifndef LAB_TESTS_SCENE_H
#define LAB_TESTS_SCENE_H

#include "test.h"

#include "base/time.h"
#include "core/future.h"
#include "core/schedule.h"
#include "core/scope.h"
#include "core/task.h"
#include "core/task_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { BAD = -71 };
#define AT LAB_S // when it all happens

struct form {
    void (*prepare)(void);        // by the task that will wait
    void (*happen)(char what);    // has r or e happen
    lab_fn *wait;                 // zero or more is r
    int (*wait_within)(lab_time); // instead, if it has a limit of its own
    int error;                    // what it returns for e; 0: there is none
    bool (*is_lost)(int rc);      // is anything lost or doubled? NULL: never
    bool (*is_unread)(void);      // must the run tell of it? NULL: no
    void (*clear)(void);          // when all tasks have ended
};

enum manner { BY_LOOP, BY_OTHERS, IN_TIME, BY_THEMSELVES };

static struct scene {
    const struct form *form;
    enum manner manner;
    char order[5];
    lab_future *go[4]; // may r, e, c, t begin to sleep?
    lab_task *waiter;
    struct lab_timer timers[3];
    char outcome;
} scene;

static inline size_t index_of(char what) {
    return (size_t)(strchr("rect", what) - "rect");
}

// Sleeps until it happens, when it is the turn of [what] to do so.
static inline int go_to_sleep(char what) {
    LAB_TRY(lab_future_wait(scene.go[index_of(what)]));
    return lab_sleep(AT - lab_now());
}

// --- who waits

static char judge(int rc) {
    const struct form *form = scene.form;
    bool cancelled = lab_task_cancelled(lab_self());
    if (form->is_lost && form->is_lost(rc))
        return '!';
    if (rc == LAB_ETIMEDOUT)
        return cancelled ? '!' : 't';
    if (rc == LAB_ECANCELED)
        return cancelled ? 'c' : '!';
    if (rc < 0)
        return rc == form->error ? 'e' : '!';
    return 'r';
}

static int waiter(void *arg) {
    const struct form *form = scene.form;
    form->prepare();
    if (lab_future_wait(scene.go[index_of('t')]) < 0)
        return 0;
    lab_time left = AT - lab_now() + (scene.manner == IN_TIME);
    scene.outcome =
        judge(form->wait_within ? form->wait_within(left)
                                : lab_within(left, form->wait, arg));
    // The cancel has come, or comes in this turn. It is never swallowed.
    CHECK_INT(lab_sleep(LAB_S), LAB_ECANCELED);
    CHECK_INT(lab_now(), AT);
    return 0;
}

// --- who makes it happen

static void happen(char what) {
    if (what == 'c')
        lab_cancel(scene.waiter);
    else
        scene.form->happen(what);
}

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
static void begin_one(char what) {
    struct lab_timer *timer = &scene.timers[index_of(what) % 3];
    if (scene.manner == BY_LOOP && what != 't')
        lab_timer_set(lab_loop_current, timer, AT, on_timer);
    else
        lab_future_set(scene.go[index_of(what)], 0);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_yield(), 0);
}

static int play_scene(void *arg) {
    (void)arg;
    for (size_t i = 0; i < 4; i++)
        scene.go[i] = lab_future_new();
    scene.waiter = lab_spawn("waiter", waiter, NULL);
    if (scene.manner == BY_OTHERS || scene.manner == IN_TIME) {
        CHECK(lab_spawn("actor", actor, "r") != NULL);
        CHECK(lab_spawn("actor", actor, "e") != NULL);
    }
    if (scene.manner != BY_LOOP)
        CHECK(lab_spawn("actor", actor, "c") != NULL);
    CHECK_INT(lab_yield(), 0);
    CHECK_INT(lab_yield(), 0);
    for (const char *at = scene.order; *at; at++)
        begin_one(*at);
    CHECK_INT(lab_sleep_until(2 * AT), 0);
    CHECK(lab_task_done(scene.waiter));
    if (scene.form->clear)
        scene.form->clear();
    for (size_t i = 0; i < 4; i++)
        lab_future_free(scene.go[i]);
    return 0;
}

static char outcome(const struct form *form, enum manner manner,
                    const char *order, struct lab_schedule *schedule) {
    struct lab_run_options options = {.name = order,
                                      .body = play_scene,
                                      .clock = LAB_CLOCK_VIRTUAL,
                                      .schedule = schedule};
    scene = (struct scene){.form = form, .manner = manner, .outcome = '?'};
    memcpy(scene.order, order, 4);
    int rc = lab_run(&options);
    bool unread = form->is_unread && form->is_unread();
    CHECK_INT(rc, unread ? LAB_EUNREAD : 0);
    return unread ? (char)toupper(scene.outcome) : scene.outcome;
}

// --- all orders

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
static const char *outcomes(const struct form *form, enum manner manner) {
    static char all[32];
    char order[] = "cert", *out = all;
    int n = 0;
    do {
        if (n++ % 6 == 0 && n > 1)
            *out++ = ' ';
        *out++ = outcome(form, manner, order, NULL);
    } while (next_order(order));
    *out = '\0';
    return all;
}

// And under other schedules, whatever they make of the order.
static void check_under_seeds(const struct form *form, enum manner manner) {
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED,
                                        .seed = seed};
        char came = outcome(form, manner, "tcer", &schedule);
        if (!CHECK(strchr("rectRCT", came) != NULL))
            fprintf(stderr, "manner %d, seed:%d\n", (int)manner, (int)seed);
        lab_schedule_free(&schedule);
    }
}

// For what wakes one that waits and hands it what it waits for: whoever comes
// first decides, and a cancel is told rather than a timeout. Where tasks act
// at the very time, that is over before they do.
static inline void check_by_tasks(const struct form *form) {
    CHECK_STR(outcomes(form, BY_OTHERS), "cccccc cccttt cccttt tttttt");
    CHECK_STR(outcomes(form, IN_TIME), form->error
                                           ? "cccccc eeeeee rrrrrr cceerr"
                                           : "cccccc ccrrcr rrrrrr cccrrr");
    check_under_seeds(form, BY_OTHERS);
    check_under_seeds(form, IN_TIME);
}

#endif
