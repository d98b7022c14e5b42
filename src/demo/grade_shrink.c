// grade_shrink.c - a simple schedule that breaks a claim, where only a seed is
// known that does.
//
// A seed's choices are as good as all odd, which explains nothing. So a walk
// looks for the simplest schedule. If that takes too long, parts of the seed's
// own odd choices are left out, halves first and single ones last, as long as
// the claim stays broken. In what is then left every odd choice is needed.

#include "base/alloc.h"
#include "demo/grade_internal.h"
#include "demo/grade_plan.h"

#include <stdlib.h>
#include <string.h>

// The walk, and leaving out, each take one run for this many seeds at most.
enum { SEEDS_FOR_A_RUN = 5 };

static const struct lab_grade_claim *
claim_of(const struct lab_grade_plan *plan) {
    return &plan->grade->phases[plan->phase].claims[plan->shrink.claim];
}

static const char *const seed_word = "seed:";

static void run_seed(struct lab_grade_plan *plan, const char *name) {
    lab_schedule_free(&plan->schedule);
    plan->schedule.kind = LAB_SCHEDULE_SEED;
    plan->schedule.seed = strtoull(name + strlen(seed_word), NULL, 10);
    lab_schedule_rewind(&plan->schedule);
}

// Is there a claim that only seeds are known to break? Then its first seed is
// run again, in the same case.
static bool begin(struct lab_grade_plan *plan) {
    const struct lab_grade *grade = plan->grade;
    struct lab_grade_shrink *shrink = &plan->shrink;
    shrink->stage = LAB_SHRINK_DONE;
    shrink->claim = lab_grade_first_broken(grade, plan->phase);
    if (shrink->claim == grade->claim_count || !claim_of(plan)->schedule)
        return false;
    const char *name = claim_of(plan)->schedule;
    if (strncmp(name, seed_word, strlen(seed_word)) != 0)
        return false;
    for (size_t i = 0; i < grade->case_count; i++)
        if (strcmp(grade->cases[i], claim_of(plan)->values) == 0)
            plan->values = grade->cases[i];
    run_seed(plan, name);
    shrink->stage = LAB_SHRINK_AGAIN;
    return true;
}

// --- leaving out

static size_t count_odd(const struct lab_grade_shrink *shrink) {
    size_t odd = 0;
    for (size_t i = 0; i < shrink->count; i++)
        odd += shrink->taken[i] > 0;
    return odd;
}

static void keep_choices(struct lab_grade_shrink *shrink,
                         const struct lab_schedule *schedule) {
    shrink->count = schedule->made;
    shrink->taken =
        lab_realloc(shrink->taken, shrink->count + 1, sizeof *shrink->taken);
    for (size_t i = 0; i < shrink->count; i++)
        shrink->taken[i] = schedule->choices[i].taken;
}

// Makes the next schedule the choices without [chunk] odd ones from [at] on.
static void write_less(struct lab_grade_plan *plan) {
    const struct lab_grade_shrink *shrink = &plan->shrink;
    struct lab_schedule *schedule = &plan->schedule;
    size_t odd = 0;
    lab_schedule_make_room(schedule, shrink->count);
    for (size_t i = 0; i < shrink->count; i++) {
        uint32_t taken = shrink->taken[i];
        bool is_left_out =
            odd >= shrink->at && odd < shrink->at + shrink->chunk;
        odd += taken > 0;
        schedule->choices[i] =
            (struct lab_choice){.taken = is_left_out ? 0 : taken};
    }
    schedule->kind = LAB_SCHEDULE_SCRIPT;
    schedule->scripted = shrink->count;
    lab_schedule_rewind(schedule);
}

// At the end of a pass: smaller chunks; single ones again while it helps.
static bool next_less(struct lab_grade_plan *plan) {
    struct lab_grade_shrink *shrink = &plan->shrink;
    size_t odd = count_odd(shrink);
    if (shrink->at >= odd) {
        if (shrink->chunk == 1 && !shrink->has_less)
            return false;
        shrink->chunk = (shrink->chunk + 1) / 2;
        shrink->at = 0;
        shrink->has_less = false;
    }
    if (odd == 0 || shrink->left-- == 0)
        return false;
    write_less(plan);
    return true;
}

static void begin_less(struct lab_grade_plan *plan) {
    struct lab_grade_shrink *shrink = &plan->shrink;
    shrink->stage = LAB_SHRINK_LESS;
    shrink->left = 1 + plan->grade->seeds / SEEDS_FOR_A_RUN;
    shrink->chunk = (count_odd(shrink) + 1) / 2;
    shrink->at = 0;
}

// --- the stages

bool lab_grade_shrink_next(struct lab_grade_plan *plan) {
    struct lab_grade_shrink *shrink = &plan->shrink;
    // A run without an end takes its time, and was cut off somewhere.
    if (plan->phase != LAB_GRADE_CASES || plan->is_over)
        return false;
    if (shrink->stage == LAB_SHRINK_NOT)
        return begin(plan);
    if (shrink->stage == LAB_SHRINK_WALK &&
        !lab_walk_next(&plan->walk, &plan->schedule))
        begin_less(plan);
    if (shrink->stage == LAB_SHRINK_LESS && !next_less(plan))
        shrink->stage = LAB_SHRINK_DONE;
    return shrink->stage != LAB_SHRINK_DONE;
}

bool lab_grade_shrink_guess(struct lab_grade_plan *plan) {
    struct lab_grade_shrink *shrink = &plan->shrink;
    if (shrink->stage == LAB_SHRINK_WALK)
        return lab_walk_next(&plan->walk, &plan->schedule);
    if (shrink->stage != LAB_SHRINK_LESS)
        return false;
    shrink->at += shrink->chunk;
    return next_less(plan);
}

void lab_grade_shrink_take(struct lab_grade_plan *plan,
                           const struct lab_run *run) {
    struct lab_grade_shrink *shrink = &plan->shrink;
    bool broke = !run->claims[shrink->claim].held;
    if (broke)
        lab_grade_note_simpler(plan->grade, plan->phase, run, &plan->schedule,
                               plan->values);
    if (shrink->stage == LAB_SHRINK_AGAIN) {
        keep_choices(shrink, &plan->schedule);
        lab_schedule_free(&plan->schedule);
        lab_grade_plan_walk(plan, 1 + plan->grade->seeds / SEEDS_FOR_A_RUN);
        shrink->stage = LAB_SHRINK_WALK;
    } else if (shrink->stage == LAB_SHRINK_WALK) {
        shrink->stage = broke ? LAB_SHRINK_DONE : LAB_SHRINK_WALK;
    } else if (broke) {
        keep_choices(shrink, &plan->schedule);
        shrink->has_less = true;
    } else {
        shrink->at += shrink->chunk;
    }
}
