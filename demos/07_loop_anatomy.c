// 07 anatomy of the loop: in what order does one turn run things?
//
// A turn runs the tasks that were ready when it began, in the order in which
// they became ready; a task that gives way is at the end of the queue. Then the
// loop looks at the timers that are due. The tasks that these wake run in the
// next turn, and a turn that is held makes them late.

#include "lab.h"

static int steps(const char *name, int (*between)(void)) {
    int64_t n = lab_param("steps");
    for (int64_t i = 1; i <= n; i++) {
        lab_say("%s: step %lld%s", name, (long long)i, i == n ? ", done" : "");
        if (i < n && between)
            LAB_TRY(between());
    }
    return 0;
}

static int give_way(void *name) {
    return steps(name, lab_yield); // to the end of the queue
}

static int never_wait(void *name) {
    return steps(name, NULL); // looks the same, and does not wait
}

static int three(const void *arg) {
    lab_fn *const *how = arg;
    lab_task *tasks[] = {lab_spawn("a", *how, "a"), lab_spawn("b", *how, "b"),
                         lab_spawn("c", *how, "c")};
    lab_say("all are spawned");
    return lab_gather(tasks, countof(tasks));
}

static lab_fn *const giving_way = give_way, *const not_waiting = never_wait;

static int say_after(void *timer) {
    LAB_TRY(lab_sleep(lab_param("timer")));
    lab_say("the %s timer", (const char *)timer);
    return 0;
}

static int say_now(void *arg) {
    (void)arg;
    lab_say("ready at once");
    return 0;
}

static int timers(void) {
    lab_task *tasks[] = {lab_spawn("first", say_after, "first"),
                         lab_spawn("second", say_after, "second"),
                         lab_spawn("ready", say_now, NULL)};
    return lab_gather(tasks, countof(tasks));
}

static int tell_how_late(void *arg) {
    lab_time due = lab_now() + lab_param("timer");
    (void)arg;
    LAB_TRY(lab_sleep(lab_param("timer")));
    lab_say("the timer rings, %lld ms late",
            (long long)((lab_now() - due) / LAB_MS));
    return 0;
}

static int held(void) {
    lab_task *task = lab_spawn_now("timer", tell_how_late, NULL); // it is set
    lab_block(lab_param("block")); // and this turn does not end
    lab_say("the turn is over");
    return lab_await(task);
}

static int set_after(void) {
    lab_block(lab_param("block"));
    lab_say("the block is over");
    return lab_await(lab_spawn_now("timer", tell_how_late, NULL));
}

const struct lab_demo lab_demo =
    {.name = "loop_anatomy",
     .asks = "In what order does one turn run things?",
     .params = {{"steps", 3, .min = 2, .max = 20,
                 .text = "how many steps each of the three tasks has"},
                {"timer", 100, .min = 1, .max = 60000, .unit = "ms",
                 .text = "what the timers are set to"},
                {"block", 250, .min = 1, .max = 60000, .unit = "ms",
                 .text = "how long one turn is held"}},
     .variants =
         {{"ready_queue", .with = three, .arg = &giving_way,
           .text = "three tasks give way after each step",
           .claims =
               {"time = 0", "count(: step) = 3 * steps",
                "fifo: turns = steps + 2",
                "fifo: order \"all are spawned\" \"a: step 1\" "
                "\"b: step 1\" \"c: step 1\" \"a: step 2\" \"b: step 2\""}},
          {"no_wait", .with = three, .arg = &not_waiting,
           .text = "three tasks do not wait between steps",
           .claims = {"time = 0", "count(: step) = 3 * steps",
                      "fifo: turns = 3",
                      "fifo: order \"a: step 1\" \"a: step 2\" "
                      "\"b: step 1\" \"b: step 2\" \"c: step 1\""}},
          {"timers", timers, "two equal timers, and a task that is ready",
           .claims = {"time = timer", "time(ready at once) = 0",
                      "order \"ready at once\" \"timer\"",
                      "fifo: order \"the first timer\" \"the second timer\""}},
          {"held", held, "a turn is held while a timer runs out",
           .claims = {"time = max(timer, block)",
                      "time(the timer rings) = max(timer, block)",
                      "order \"the turn is over\" \"the timer rings\""}},
          {"set_after", set_after, "the same timer, set after the block",
           .claims = {"time = block + timer",
                      "order \"the block is over\" \"the timer rings\""}}},
     .verdict =
         "A timer is looked at between turns: one of {timers time} rings "
         "after {held time} if the turn is held that long. One that is "
         "set after the block is not late: it rings after {set_after "
         "time}, all of it asked for."};
