#include "core/memory.h"

#include "child.h"
#include "core/executor.h"
#include "core/schedule.h"
#include "core/task.h"
#include "test.h"

struct counts {
    int calls;
    char rest[5000];
};

VIRTUAL_TEST(state_is_zeroed_and_the_same_block_at_each_call) {
    struct counts *counts = lab_state(sizeof *counts);
    for (size_t i = 0; i < sizeof counts->rest; i++)
        if (!CHECK_INT(counts->rest[i], 0))
            break;
    counts->calls = 7;
    CHECK(lab_state(sizeof *counts) == counts);
    CHECK_INT(counts->calls, 7);
}

static int count_up(void *arg) {
    struct counts *counts = lab_state(sizeof *counts);
    counts->calls++;
    *(struct counts **)arg = counts;
    return 0;
}

VIRTUAL_TEST(state_is_that_of_the_run_in_every_task_and_worker) {
    struct counts *own = lab_state(sizeof *own), *seen[2] = {0};
    CHECK_INT(lab_await(lab_spawn("task", count_up, &seen[0])), 0);
    CHECK_INT(lab_offload(lab_pool_default(), count_up, &seen[1]), 0);
    CHECK(seen[0] == own);
    CHECK(seen[1] == own);
    CHECK_INT(own->calls, 2);
}

static int run_inside(struct lab_clock clock, void *arg) {
    return lab_run(&(struct lab_run_options){
        .name = "inner", .body = count_up, .arg = arg, .clock = clock});
}

VIRTUAL_TEST(state_is_zeroed_again_for_each_run_and_not_shared_by_two) {
    struct counts *own = lab_state(sizeof *own), *seen = NULL;
    own->calls = 10;
    for (int i = 0; i < 3; i++) {
        CHECK_INT(run_inside(LAB_CLOCK_VIRTUAL, &seen), 0);
        CHECK(seen != own);
    }
    CHECK_INT(own->calls, 10);
}

static int must_be_first(void *arg) {
    struct counts *counts = lab_state(sizeof *counts);
    (void)arg;
    return counts->calls++ == 0 ? 0 : LAB_EINVAL;
}

VIRTUAL_TEST(state_is_zeroed_again_under_each_schedule) {
    struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED, .seed = 1};
    struct lab_run_options options = {.name = "inner",
                                      .body = must_be_first,
                                      .clock = LAB_CLOCK_VIRTUAL,
                                      .schedule = &schedule};
    for (int i = 0; i < 3; i++)
        CHECK_INT(lab_run(&options), 0);
    lab_schedule_free(&schedule);
}

static int ask_twice(void *arg) {
    (void)arg;
    lab_state(8);
    lab_state(16);
    return 0;
}

TEST(state_of_another_size_is_named_as_a_mistake) {
    child_dies(ask_twice, "lab_state was asked for 16 bytes, and earlier in "
                          "this run for 8");
}
