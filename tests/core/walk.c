#include "core/walk.h"

#include "test.h"

#include "base/hash.h"
#include "core/explore.h"
#include "core/wait.h"

#include <string.h>

// Tasks that take steps; what they write down tells one order from another.
static struct model {
    int tasks, steps;
    char trace[64];
    size_t length;
} model;

static int take_steps(void *arg) {
    const char *name = arg;
    for (int i = 0; i < model.steps; i++) {
        model.trace[model.length++] = *name;
        // One of them waits less often than the others.
        if (*name != 'b' || i > 0)
            LAB_TRY(lab_yield());
    }
    return 0;
}

static int walk_model(void *arg) {
    static const char *const names[] = {"a", "b", "c", "d"};
    lab_task *tasks[4];
    (void)arg;
    model.length = 0;
    memset(model.trace, 0, sizeof model.trace);
    for (int i = 0; i < model.tasks; i++)
        tasks[i] = lab_spawn(names[i], take_steps, (void *)names[i]);
    return lab_gather(tasks, (size_t)model.tasks);
}

// Is this order, by the [rule]-th of many rules, one that breaks the program?
static bool breaks(int rule) {
    uint64_t hash = lab_hash(LAB_HASH_EMPTY, model.trace, model.length);
    return (hash >> (rule % 40)) % (uint64_t)(2 + rule * rule) == 0;
}

enum { RULES = 40, MOST = 1000 };

struct found {
    const struct lab_exploration *exploration;
    bool broken[RULES];
    struct lab_schedule_cost costs[RULES];
};

// Of the schedules seen so far, keeps the simplest that breaks each rule.
static void keep_simplest(struct found *found,
                          const struct lab_schedule *schedule) {
    struct lab_schedule_cost cost = lab_schedule_cost(schedule);
    for (int i = 0; i < RULES; i++)
        if (breaks(i) && (!found->broken[i] ||
                          lab_schedule_is_simpler(cost, found->costs[i]))) {
            found->broken[i] = true;
            found->costs[i] = cost;
        }
}

static bool on_end(void *arg, int rc) {
    struct found *found = arg;
    keep_simplest(found, found->exploration->schedule);
    return rc == 0;
}

static size_t explore(struct found *found) {
    struct lab_exploration seen = {.most = MOST, .right = on_end, .arg = found};
    found->exploration = &seen;
    lab_explore(&(struct lab_run_options){.name = "root", .body = walk_model},
                &seen);
    CHECK(!seen.truncated);
    CHECK_INT(seen.wrong, 0);
    return seen.schedules;
}

// Walks, and compares the first schedule that breaks a rule with the simplest
// of all.
static size_t walk(const struct found *all, struct lab_walk *walk) {
    struct lab_schedule schedule = {0};
    struct found found = {0};
    struct lab_schedule_cost before = {0};
    size_t tried = 0;
    while (lab_walk_next(walk, &schedule)) {
        tried++;
        CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                    .body = walk_model,
                                                    .clock = LAB_CLOCK_VIRTUAL,
                                                    .schedule = &schedule}),
                  0);
        CHECK(!lab_schedule_is_simpler(lab_schedule_cost(&schedule), before));
        before = lab_schedule_cost(&schedule);
        for (int i = 0; i < RULES; i++) {
            if (found.broken[i] || !breaks(i))
                continue;
            found.broken[i] = true;
            CHECK_INT(before.odd, all->costs[i].odd);
            CHECK_INT(before.length, all->costs[i].length);
        }
    }
    for (int i = 0; i < RULES; i++)
        CHECK(found.broken[i] == all->broken[i] || walk->truncated);
    lab_walk_free(walk);
    lab_schedule_free(&schedule);
    return tried;
}

TEST(the_first_schedule_that_breaks_a_model_is_the_simplest_of_all) {
    static const struct model models[] = {{.tasks = 1, .steps = 3},
                                          {.tasks = 2, .steps = 4},
                                          {.tasks = 3, .steps = 2},
                                          {.tasks = 2, .steps = 5},
                                          {.tasks = 3, .steps = 1}};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        struct found all = {0};
        model = models[i];
        size_t schedules = explore(&all);
        CHECK_INT(walk(&all, &(struct lab_walk){.most = MOST}), schedules);
    }
}

TEST(the_simplest_is_found_among_too_many) {
    struct found all = {0};
    model = (struct model){.tasks = 3, .steps = 2};
    size_t schedules = explore(&all);
    struct lab_walk few = {.most = schedules / 3};
    CHECK_INT(walk(&all, &few), schedules / 3);
    CHECK(few.truncated);
}

TEST(choices_beyond_the_deepest_are_first_in_first_out) {
    struct lab_walk shallow = {.most = MOST, .deepest = 2};
    struct lab_schedule schedule = {0};
    size_t tried = 0;
    model = (struct model){.tasks = 3, .steps = 2};
    while (lab_walk_next(&shallow, &schedule)) {
        tried++;
        lab_ignore(lab_run(&(struct lab_run_options){.name = "root",
                                                     .body = walk_model,
                                                     .clock = LAB_CLOCK_VIRTUAL,
                                                     .schedule = &schedule}));
        CHECK(lab_schedule_cost(&schedule).length <= 2);
    }
    CHECK_INT(tried, 9);
    CHECK(shallow.truncated);
    lab_walk_free(&shallow);
    lab_schedule_free(&schedule);
}
