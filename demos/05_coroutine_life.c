// 05 life of a coroutine: when does its body run?
//
// Making a coroutine runs nothing. Somebody resumes it: the body runs to its
// next yield and stops there, with all its variables. A value goes out with
// each yield, and one comes in with each send. An await is a yield from, and a
// loop is only a caller that resumes many in turn.

#include "lab.h"

static void look(lab_generator *self, const char *when) {
    static const char *const states[] = {"created", "running", "suspended",
                                         "closed"};
    lab_say("%s: %s", when, states[lab_generator_state(self)]);
}

static int body(lab_generator *self, void *arg) {
    int64_t sent;
    int rc = 0;
    (void)arg;
    lab_say("the body begins");
    lab_count("begun", +1);
    for (int64_t i = 1; rc == 0 && i <= lab_param("steps"); i++) {
        if ((rc = lab_sleep(lab_param("work"))) < 0)
            break;
        look(self, "seen from inside");
        rc = lab_generator_yield(self, i, &sent); // fails if it is closed
        if (rc == 0)
            lab_say("sent in: %lld", (long long)sent);
    }
    lab_count("begun", -1); // clean-up, however it ends
    lab_say("the body %s", rc < 0 ? "cleans up" : "ends");
    return rc < 0 ? rc : 42;
}

static int outer(lab_generator *self, void *arg) {
    lab_generator *inner = lab_generator_new("inner", body, arg);
    int got = lab_generator_yield_from(self, inner); // as `await inner`
    lab_generator_free(inner);
    if (got >= 0)
        lab_say("the outer body has %d from the inner", got);
    return got;
}

// Resumes it until it has ended: that is what a loop does with a coroutine.
static int drive(lab_generator *made) {
    int64_t out;
    int rc = lab_generator_next(made, &out); // up to the first yield
    while (rc == 0) {
        lab_say("yielded out: %lld", (long long)out);
        look(made, "after a yield");
        LAB_TRY(lab_sleep(lab_param("pause")));         // it keeps its place
        rc = lab_generator_send(made, 100 * out, &out); // up to the next
    }
    look(made, "at the end");
    return rc == LAB_EOF ? lab_generator_result(made) : rc;
}

static int leave(lab_generator *made) {
    LAB_TRY(lab_sleep(lab_param("pause"))); // nobody resumes it
    look(made, "a while later");
    return 0;
}

static int close_early(lab_generator *made) {
    LAB_TRY(lab_generator_next(made, NULL));
    look(made, "after a yield");
    LAB_TRY(lab_sleep(lab_param("pause")));
    LAB_TRY(lab_generator_close(made)); // the yield fails in the body
    look(made, "at the end");
    return 0;
}

// A body, and what is done with it once it has been made.
struct life {
    lab_generator_fn *body;
    int (*then)(lab_generator *made);
};

static int live(const void *arg) {
    const struct life *life = arg;
    lab_generator *made = lab_generator_new("steps", life->body, NULL);
    look(made, "just made");
    int rc = life->then(made);
    lab_generator_free(made);
    return rc;
}

static const struct life left = {body, leave}, driven = {body, drive},
                         closed = {body, close_early},
                         delegating = {outer, drive};

static int in_task(void *arg) {
    return live(arg);
}

static int two_in_tasks(void) {
    lab_task *tasks[] = {lab_spawn("a", in_task, (void *)&driven),
                         lab_spawn("b", in_task, (void *)&driven)};
    return lab_gather(tasks, 2);
}

const struct lab_demo lab_demo = {
    .name = "coroutine_life",
    .asks = "When does a coroutine's body run?",
    .params = {{"steps", 2, .min = 1, .max = 20, .text = "how often it yields"},
               {"work", 100, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long it waits before each yield"},
               {"pause", 50, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long we let it be after each yield"}},
    .variants =
        {{"left_alone", .with = live, .arg = &left,
          .text = "make it, and do nothing more",
          .claims = {"time = pause", "count(the body begins) = 0",
                     "count(: created) = 2"}},
         {"to_the_end", .with = live, .arg = &driven,
          .text = "next, then send until it ends",
          .claims = {"time = steps * (work + pause)",
                     "count(: running) = steps", "count(: suspended) = steps",
                     "count(sent in) = steps", "last(begun) = 0", "result = 42",
                     "order \": created\" \": running\" \": suspended\"",
                     "order \": suspended\" \": closed\""}},
         {"closed_early", .with = live, .arg = &closed,
          .text = "close it at its first yield",
          .claims = {"time = work + pause", "count(: running) = 1",
                     "count(cleans up) = 1", "last(begun) = 0",
                     "never \"the body ends\" \"sent in\""}},
         {"yield_from", .with = live, .arg = &delegating,
          .text = "one body awaits another",
          .claims = {"time = steps * (work + pause)",
                     "count(yielded out) = steps", "count(sent in) = steps",
                     "order \"the body ends\" \"has 42 from\"", "result = 42"}},
         {"two_in_tasks", two_in_tasks, "two of them, each in a task",
          .claims = {"time = steps * (work + pause)", "peak(begun) = 2",
                     "count(yielded out) = 2 * steps", "last(begun) = 0"}}},
    .verdict = "Time alone runs nothing: a body that is made and left begins "
               "{left_alone count(the body begins)} times. Two of them that "
               "are resumed by a loop take {two_in_tasks time}, as long as "
               "one, {to_the_end time}."};
