#include "models/model.h"

#include "test.h"

#include "base/alloc.h"
#include "core/explore.h"
#include "core/park_internal.h"

#include <stdio.h>
#include <string.h>

struct model *models;
int model_steps;

// Called before main, in the order the linker likes.
void model_add(struct model *model) {
    struct model **at = &models;
    while (*at && strcmp((*at)->name, model->name) < 0)
        at = &(*at)->next;
    model->next = *at;
    *at = model;
}

// --- rules

static struct {
    const char *file, *text;
    int line;
} broken; // the first that was, of all runs since it was last looked at
static bool broken_now; // in the run that goes on

bool model_rule(const char *file, int line, const char *text, bool holds) {
    if (!holds && !broken.file) {
        broken.file = file;
        broken.line = line;
        broken.text = text;
    }
    broken_now |= !holds;
    return holds;
}

// --- parts

static struct part {
    lab_fn *fn;
    int index;
} parts[PARTS];
static int begun, ended;
int model_status;

void *model_role(int index, lab_fn *fn) {
    parts[index] = (struct part){fn, index};
    return &parts[index];
}

int model_act(void *arg) {
    struct part *part = arg;
    begun++;
    int rc = part->fn(&part->index);
    ended++;
    if (lab_task_must_stop(lab_self()))
        RULE(lab_yield() == LAB_ECANCELED);
    else
        RULE(rc != LAB_ECANCELED);
    return rc;
}

void model_spawn(lab_task *tasks[PARTS], lab_fn *a, lab_fn *b, lab_fn *c) {
    tasks[0] = lab_spawn("a", model_act, model_role(0, a));
    tasks[1] = lab_spawn("b", model_act, model_role(1, b));
    tasks[2] = lab_spawn("c", model_act, model_role(2, c));
}

int model_begun(void) {
    return begun;
}

int model_ended(void) {
    return ended;
}

int model_play(lab_fn *a, lab_fn *b, lab_fn *c) {
    lab_task *tasks[PARTS];
    model_spawn(tasks, a, b, c);
    int rc = lab_gather_all(tasks, PARTS);
    RULE(begun == PARTS && ended == PARTS);
    for (int i = 0; i < PARTS; i++) {
        RULE(lab_task_done(tasks[i]));
        int result = lab_task_result(tasks[i]);
        RULE(result >= 0 || (result == LAB_ECANCELED && !model_is_calm()));
    }
    return rc < 0 ? rc : 0;
}

bool model_is_calm(void) {
    const struct lab_schedule *schedule = lab_loop_current->schedule;
    return !schedule->cancel_at || schedule->moments < schedule->cancel_at;
}

// --- lines

void model_arrive(struct model_line *line) {
    if (RULE(line->count < (int)countof(line->who)))
        line->who[line->count++] = lab_self();
}

// A task that was woken and has not run yet is in the line no more.
static bool waits(const lab_task *task, enum lab_event_on on) {
    return task->state == LAB_TASK_WAITING && task->wait_kind == on;
}

static int place_of(const struct model_line *line, const lab_task *task) {
    int at = 0;
    while (at < line->count && line->who[at] != task)
        at++;
    return at;
}

void model_left(struct model_line *line) {
    int at = place_of(line, lab_self());
    if (!RULE(at < line->count))
        return;
    line->count--;
    for (; at < line->count; at++)
        line->who[at] = line->who[at + 1];
}

void model_served(struct model_line *line, enum lab_event_on on) {
    for (int at = place_of(line, lab_self()); at-- > 0;)
        RULE(!waits(line->who[at], on));
    model_left(line);
}

bool model_waits(const struct model_line *line, enum lab_event_on on) {
    bool any = false;
    for (int i = 0; i < line->count; i++)
        any |= waits(line->who[i], on);
    return any;
}

// --- playing

static int root(void *arg) {
    const struct model *model = arg;
    begun = ended = model_status = 0;
    broken_now = false;
    int rc = model->body();
    RULE(begun == ended);
    RULE(lab_self()->scope == NULL);
    if (lab_task_cancelled(lab_self()))
        RULE(lab_yield() == LAB_ECANCELED && !model_is_calm());
    else
        RULE(rc == 0);
    return rc;
}

static bool is_right(void *arg, int rc) {
    (void)arg;
    return !broken_now && (rc == model_status || rc == LAB_ECANCELED);
}

// [first] is the schedule of the first run that was wrong.
static void say_what_was_wrong(const struct model *model, size_t wrong,
                               struct lab_text *first) {
    if (broken.file)
        test_check(broken.file, broken.line, broken.text, false);
    if (!CHECK_INT(wrong, 0))
        fprintf(stderr, "%s, %d steps, schedule %s\n", model->name, model_steps,
                lab_text_string(first));
    broken.file = NULL;
    lab_text_free(first);
}

static void explore(const struct model *model, struct lab_exploration *seen) {
    long live = lab_alloc_live();
    struct lab_run_options options = {
        .name = "root", .body = root, .arg = (void *)model};
    seen->right = is_right;
    lab_explore(&options, seen);
    say_what_was_wrong(model, seen->wrong, &seen->first);
    if (!CHECK_INT(lab_alloc_live(), live))
        fprintf(stderr, "%s, %d steps\n", model->name, model_steps);
}

size_t model_explore(const struct model *model, int steps) {
    struct lab_exploration seen = {.most = 20000000};
    model_steps = steps;
    explore(model, &seen);
    return seen.schedules;
}

size_t model_cancel(const struct model *model, int steps,
                    enum lab_victim victim, size_t most) {
    size_t runs = 0, reached = 1;
    model_steps = steps;
    for (size_t at = 1; reached > 0; at++) {
        struct lab_exploration seen = {
            .most = most, .victim = victim, .cancel_at = at};
        explore(model, &seen);
        reached = seen.reached;
        runs += seen.schedules;
    }
    return runs;
}

void model_cancel_at_random(const struct model *model, int steps,
                            enum lab_victim victim, uint64_t seeds) {
    size_t wrong = 0, moments = 1;
    struct lab_text first = {0};
    long live = lab_alloc_live();
    model_steps = steps;
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED,
                                        .seed = seed,
                                        .victim = victim,
                                        .cancel_at = 1 + seed * 7919 % moments};
        int rc = lab_run(&(struct lab_run_options){.name = "root",
                                                   .body = root,
                                                   .arg = (void *)model,
                                                   .clock = LAB_CLOCK_VIRTUAL,
                                                   .schedule = &schedule});
        if (schedule.moments > moments)
            moments = schedule.moments; // as many as were seen so far
        if (!is_right(NULL, rc) && wrong++ == 0)
            lab_schedule_put(&first, &schedule);
        lab_schedule_free(&schedule);
    }
    say_what_was_wrong(model, wrong, &first);
    CHECK_INT(lab_alloc_live(), live);
}
