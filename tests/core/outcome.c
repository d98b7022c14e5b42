// What comes of the ways to wait for futures and for tasks, when it all happens
// in one turn.

#include "core/scene.h"

#include "base/alloc.h"
#include "core/generator.h"
#include "core/group.h"
#include "core/wait.h"

// Two tasks are waited for. The first, `a`, succeeds; `b` fails, unless the
// result came first.
static struct stage {
    lab_future *good, *bad; // set by r, and by e unless r came first
    lab_task *tasks[2];     // b, a
    size_t count;
    lab_group *group;
    int a_result, b_result; // LAB_EINVAL while they run
} stage;

static void happen_to_tasks(char what) {
    if (what == 'r') {
        lab_future_set(stage.good, 7);
        lab_future_set(stage.bad, 7);
    } else {
        lab_future_set(stage.bad, BAD);
    }
}

static int end_as(lab_future *future, char what, int result) {
    if (scene.manner != BY_THEMSELVES)
        return lab_future_wait(future);
    int rc = go_to_sleep(what);
    return rc < 0 ? rc : result;
}

static int a(void *arg) {
    (void)arg;
    return stage.a_result = end_as(stage.good, 'r', 7);
}

static int b(void *arg) {
    (void)arg;
    return stage.b_result = end_as(stage.bad, 'e', BAD);
}

static void prepare_none(void) {
    stage = (struct stage){.good = lab_future_new(), .bad = lab_future_new()};
}

static void prepare_one(void) {
    prepare_none();
    stage.b_result = LAB_EINVAL;
    stage.tasks[stage.count++] = lab_spawn("b", b, NULL);
}

static void prepare_two(void) {
    prepare_none();
    stage.a_result = stage.b_result = LAB_EINVAL;
    stage.tasks[1] = lab_spawn("a", a, NULL);
    stage.tasks[0] = lab_spawn("b", b, NULL);
    stage.count = 2;
}

static void prepare_group(void) {
    prepare_none();
    stage.a_result = stage.b_result = LAB_EINVAL;
    stage.group = lab_group_new();
    CHECK_INT(lab_group_spawn(stage.group, "a", a, NULL), 0);
    CHECK_INT(lab_group_spawn(stage.group, "b", b, NULL), 0);
}

static void clear(void) {
    lab_future_free(stage.good);
    lab_future_free(stage.bad);
}

// A task that we are answerable for has ended, and its error is told.
static bool is_lost(int rc) {
    return stage.a_result == LAB_EINVAL || stage.b_result == LAB_EINVAL ||
           (stage.b_result == BAD && rc != BAD);
}

// A task that was left alone has failed, and the wait has not told it.
static bool is_unread(void) {
    return stage.b_result == BAD && scene.outcome != 'e';
}

// --- the ways to wait

static int wait_future(void *arg) {
    (void)arg;
    return stage.b_result = lab_future_wait(stage.bad);
}

static int future_in_body(lab_generator *self, void *arg) {
    (void)self;
    return wait_future(arg);
}

static int resume(void *arg) {
    lab_generator *g = lab_generator_new("future_in_body", future_in_body, arg);
    int rc = lab_generator_next(g, NULL);
    rc = rc == LAB_EOF ? lab_generator_result(g) : rc;
    lab_generator_free(g);
    return rc;
}

static int await(void *arg) {
    (void)arg;
    return lab_await(stage.tasks[0]);
}

static int await_shielded(void *arg) {
    (void)arg;
    return lab_await_shielded(stage.tasks[0]);
}

static int await_within(lab_time limit) {
    return lab_wait_for(stage.tasks[0], limit);
}

static int gather(void *arg) {
    (void)arg;
    return lab_gather(stage.tasks, 2);
}

static int wait_group(void *arg) {
    (void)arg;
    return lab_group_wait(stage.group);
}

// --- and to wait for what is left alone then, or for all, failed or not

// What those that have ended came to: who asks has read it.
static int result_so_far(int rc) {
    for (size_t i = 0; i < stage.count; i++)
        if (lab_task_done(stage.tasks[i])) {
            int result = lab_task_result(stage.tasks[i]);
            rc = result == LAB_ECANCELED || rc == BAD ? rc : result;
        }
    return rc;
}

static int gather_all(void *arg) {
    (void)arg;
    return result_so_far(lab_gather_all(stage.tasks, 2));
}

static int wait_when(enum lab_when when, lab_time limit) {
    lab_task *tasks[] = {stage.tasks[0], stage.tasks[1]};
    int rc = lab_wait(tasks, 2, when, limit);
    return rc < 0 ? rc : rc == 0 ? LAB_ETIMEDOUT : result_so_far(rc);
}

static int wait_all(void *arg) {
    (void)arg;
    return wait_when(LAB_ALL_COMPLETED, LAB_FOREVER);
}

static int wait_error(void *arg) {
    (void)arg;
    return wait_when(LAB_FIRST_ERROR, LAB_FOREVER);
}

static int wait_first_within(lab_time limit) {
    return wait_when(LAB_FIRST_COMPLETED, limit);
}

static int walk(void *arg) {
    lab_task *task;
    int rc, result = 0;
    (void)arg;
    lab_completed *it = lab_as_completed(stage.tasks, 2);
    while ((rc = lab_completed_next(it, &task)) > 0)
        result = result < 0 ? result : lab_task_result(task);
    if (rc < 0)
        lab_completed_free(it);
    return rc < 0 && result >= 0 ? rc : result;
}

// --- what comes of them

static void check(const struct form *form, const char *by_loop,
                  const char *by_others, const char *by_themselves) {
    CHECK_STR(outcomes(form, BY_LOOP), by_loop);
    CHECK_STR(outcomes(form, BY_OTHERS), by_others);
    CHECK_STR(outcomes(form, BY_THEMSELVES), by_themselves);
    for (int manner = BY_LOOP; manner <= BY_THEMSELVES; manner++)
        check_under_seeds(form, (enum manner)manner);
}

VIRTUAL_TEST(every_order_in_one_turn_awaiting_a_future) {
    // Nobody sets it by themselves: what is left is the cancel and the time.
    check(&(struct form){.prepare = prepare_none,
                         .happen = happen_to_tasks,
                         .wait = wait_future,
                         .error = BAD,
                         .is_lost = is_lost,
                         .clear = clear},
          "eerrer eeeeee rrrrrr ereerr", "eerrcc eeeeee rrrrrr tttttt",
          "cccccc cccttt cccttt tttttt");
}

VIRTUAL_TEST(every_order_in_one_turn_in_a_generator) {
    check(&(struct form){.prepare = prepare_none,
                         .happen = happen_to_tasks,
                         .wait = resume,
                         .error = BAD,
                         .is_lost = is_lost,
                         .clear = clear},
          "eerrer eeeeee rrrrrr ereerr", "eerrcc eeeeee rrrrrr tttttt",
          "cccccc cccttt cccttt tttttt");
}

VIRTUAL_TEST(every_order_in_one_turn_awaiting_a_task) {
    check(&(struct form){.prepare = prepare_one,
                         .happen = happen_to_tasks,
                         .wait = await,
                         .error = BAD,
                         .is_lost = is_lost,
                         .clear = clear},
          "eerrer eeeeee rrrrrr ereerr", "eerrer eeeeee rrrrrr ereerr",
          "eeeeee eeeeee eeeeee eeeeee");
}

VIRTUAL_TEST(every_order_in_one_turn_in_wait_for) {
    check(&(struct form){.prepare = prepare_one,
                         .happen = happen_to_tasks,
                         .wait_within = await_within,
                         .error = BAD,
                         .is_lost = is_lost,
                         .clear = clear},
          "eerrer eeeeee rrrrrr ereerr", "eerrer eeeeee rrrrrr ereerr",
          "eeeeee eeeeee eeeeee eeeeee");
}

VIRTUAL_TEST(every_order_in_one_turn_in_a_gather) {
    check(&(struct form){.prepare = prepare_two,
                         .happen = happen_to_tasks,
                         .wait = gather,
                         .error = BAD,
                         .is_lost = is_lost,
                         .clear = clear},
          "eerrer eeeeee rrrrrr ereerr", "eerrer eeeeee rrrrrr ereerr",
          "eeeeee eeeeee eeeeee eeeeee");
}

VIRTUAL_TEST(every_order_in_one_turn_in_a_group) {
    check(&(struct form){.prepare = prepare_group,
                         .happen = happen_to_tasks,
                         .wait = wait_group,
                         .error = BAD,
                         .is_lost = is_lost,
                         .clear = clear},
          "eerrer eeeeee rrrrrr ereerr", "eerrer eeeeee rrrrrr ereerr",
          "eeeeee eeeeee eeeeee eeeeee");
}

VIRTUAL_TEST(every_order_in_one_turn_in_a_gather_of_all) {
    check(&(struct form){.prepare = prepare_two,
                         .happen = happen_to_tasks,
                         .wait = gather_all,
                         .error = BAD,
                         .is_lost = is_lost,
                         .clear = clear},
          "eerrer eeeeee rrrrrr ereerr", "eerrer eeeeee rrrrrr ereerr",
          "eeeeee eeeeee eeeeee eeeeee");
}

VIRTUAL_TEST(every_order_in_one_turn_awaiting_a_task_shielded) {
    check(&(struct form){.prepare = prepare_one,
                         .happen = happen_to_tasks,
                         .wait = await_shielded,
                         .error = BAD,
                         .is_unread = is_unread,
                         .clear = clear},
          "CCccCc eeeeee rrrrrr CcCCcc", "CCccCc CCCTTT cccttt TtTTtt",
          "eeeCCC eeeeee eCeeTT TTTTTT");
}

VIRTUAL_TEST(every_order_in_one_turn_in_a_wait_for_all) {
    check(&(struct form){.prepare = prepare_two,
                         .happen = happen_to_tasks,
                         .wait = wait_all,
                         .error = BAD,
                         .is_unread = is_unread,
                         .clear = clear},
          "CCccCc CCeeCC rrrrrr CcCCcc", "CCccCc CCCTTT cccttt TtTTtt",
          "eCeCCC eCeeTT eCeeTT TTTTTT");
}

VIRTUAL_TEST(every_order_in_one_turn_in_a_wait_for_the_first_error) {
    check(&(struct form){.prepare = prepare_two,
                         .happen = happen_to_tasks,
                         .wait = wait_error,
                         .error = BAD,
                         .is_unread = is_unread,
                         .clear = clear},
          "CCccCc eeeeee rrrrrr CcCCcc", "CCccCc CCCTTT cccttt TtTTtt",
          "eeeCCC eeeeee eCeeTT TTTTTT");
}

VIRTUAL_TEST(every_order_in_one_turn_in_a_wait_for_the_first) {
    check(&(struct form){.prepare = prepare_two,
                         .happen = happen_to_tasks,
                         .wait_within = wait_first_within,
                         .error = BAD,
                         .is_unread = is_unread,
                         .clear = clear},
          "CCccCc eeeeee rrrrrr CcCCcc", "CCccCc CCCTTT cccttt TtTTtt",
          "eeeRCC eeeeee eReeRR TTTTTT");
}

VIRTUAL_TEST(every_order_in_one_turn_in_a_walk) {
    check(&(struct form){.prepare = prepare_two,
                         .happen = happen_to_tasks,
                         .wait = walk,
                         .error = BAD,
                         .is_unread = is_unread,
                         .clear = clear},
          "CCccCc eeeeee cccccc CcCCcc", "CCccCc CCCTTT cccttt TtTTtt",
          "eeCCCC eeeeee CCCTTT TTTTTT");
}
