#include "demo/known.h"

#include "test.h"

// Runs under [seed]: [ready] of each choice, 0 after the last. Returns whether
// that order was known, and adds it.
static bool repeats(struct lab_known *known, uint64_t seed,
                    const uint32_t *ready) {
    struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED, .seed = seed};
    bool has = lab_known_has(known, &schedule);
    lab_schedule_rewind(&schedule);
    for (; *ready; ready++)
        lab_schedule_choose(&schedule, *ready);
    CHECK_INT(lab_known_has(known, &schedule), has); // where it was, or not
    lab_known_add(known, &schedule);
    lab_schedule_free(&schedule);
    return has;
}

TEST(a_program_without_choices_has_one_order) {
    struct lab_known known = {0};
    CHECK(!repeats(&known, 1, (uint32_t[]){0}));
    CHECK(repeats(&known, 2, (uint32_t[]){0}));
    lab_known_free(&known);
}

TEST(of_two_in_any_order_each_seed_but_two_repeats_one) {
    struct lab_known known = {0};
    int fresh = 0;
    for (uint64_t seed = 1; seed <= 50; seed++)
        fresh += !repeats(&known, seed, (uint32_t[]){2, 0});
    CHECK_INT(fresh, 2);
    lab_known_free(&known);
}

// What was chosen may decide what there is to choose from later.
TEST(an_order_that_leads_elsewhere_is_not_known) {
    struct lab_known known = {0};
    bool seen[2] = {false};
    int fresh = 0;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED,
                                        .seed = seed};
        lab_schedule_rewind(&schedule);
        size_t first = lab_schedule_choose(&schedule, 2);
        lab_schedule_free(&schedule);
        fresh += !repeats(&known, seed,
                          first ? (uint32_t[]){2, 0} : (uint32_t[]){2, 2, 0});
        seen[first] = true;
    }
    CHECK(seen[0] && seen[1]);
    CHECK_INT(fresh, 3);
    lab_known_free(&known);
}

TEST(a_long_order_is_not_kept) {
    struct lab_known known = {0};
    uint32_t ready[200] = {0};
    for (int i = 0; i < 150; i++)
        ready[i] = 1;
    CHECK(!repeats(&known, 1, ready));
    CHECK(!repeats(&known, 1, ready));
    CHECK_INT(known.count, 0);
    lab_known_free(&known);
}

TEST(orders_are_kept_up_to_a_bound) {
    struct lab_known known = {0};
    uint32_t ready[41] = {0};
    for (int i = 0; i < 40; i++)
        ready[i] = 1000;
    for (uint64_t seed = 1; seed <= 3000; seed++)
        repeats(&known, seed, ready);
    CHECK(known.count > 50000 && known.count <= 1 << 16);
    CHECK(repeats(&known, 1, ready)); // the first are
    CHECK(!repeats(&known, 3000, ready));
    lab_known_free(&known);
}
