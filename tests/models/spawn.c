// A task that runs to its first wait before its spawner continues: nobody else
// runs in between, whoever was ready first.

#include "models/model.h"

static int strokes; // of whoever runs, so that one who came between is seen

struct errand {
    bool waits, begun;
    int strokes; // when it was spawned
};

static int errand(void *arg) {
    struct errand *mine = arg;
    RULE(strokes++ == mine->strokes);
    mine->begun = true;
    int rc = mine->waits ? lab_yield() : 0;
    strokes += rc == 0;
    return rc;
}

// Waits for [task]. It may have been cancelled alone, which is not our cancel.
static int hear(lab_task *task) {
    int rc = lab_await(task);
    return rc == LAB_ECANCELED && !lab_task_cancelled(lab_self()) ? 0 : rc;
}

// Those of part b wait, and those of part c spawn one more.
static int errand_of_two(void *arg) {
    struct errand *mine = arg, inner = {.waits = true, .strokes = ++strokes};
    RULE(strokes == mine->strokes + 1);
    lab_task *task = lab_spawn_now("inner", errand, &inner);
    RULE(inner.begun && strokes == mine->strokes + 2);
    mine->begun = true;
    return hear(task);
}

static int sender(void *arg) {
    int index = *(int *)arg, rc = 0;
    for (int i = 1; i < model_steps && rc == 0; i++) {
        struct errand mine = {.waits = index == 1, .strokes = ++strokes};
        lab_task *task =
            lab_spawn_now("errand", index == 2 ? errand_of_two : errand, &mine);
        RULE(mine.begun && strokes == mine.strokes + 1 + (index != 1));
        RULE(index > 0 || lab_task_done(task));
        rc = hear(task);
        strokes++;
    }
    return rc;
}

MODEL(a_task_spawned_now_runs_before_all_others, .quick = 280, .full = 10296,
      .most_steps = 3) {
    strokes = 0;
    return model_play(sender, sender, sender);
}
