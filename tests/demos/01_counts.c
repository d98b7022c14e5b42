// 01 counts: does a run find the variables of another?
//
// Each step changes variables of every kind and lets others run. A run that
// shares one of them, or finds what an earlier run left, fails.

#include "lab.h"

static int counter;
static int begins_at_five = 5;
static int *pointer = &begins_at_five; // which the loader must relocate
static char large[100000];
static _Thread_local int own;
static _Thread_local int own_begins_at_six = 6;
int exported;

static int check(int step) {
    bool fine = counter == step && begins_at_five == 5 + step &&
                pointer == &begins_at_five && *pointer == 5 + step &&
                large[0] == step && large[sizeof large - 1] == step &&
                own == step && own_begins_at_six == 6 + step &&
                exported == step && *(int *)lab_state(sizeof(int)) == step;
    return fine ? 0 : LAB_EINVAL;
}

static int count(void) {
    for (int step = 0; step < 10; step++) {
        LAB_TRY(check(step));
        counter++;
        begins_at_five++;
        large[0]++;
        large[sizeof large - 1]++;
        own++;
        own_begins_at_six++;
        exported++;
        ++*(int *)lab_state(sizeof(int));
        LAB_TRY(lab_yield()); // others change theirs meanwhile
    }
    return check(10);
}

const struct lab_demo lab_demo = {
    .name = "counts",
    .asks = "Does a run find the variables of another?",
    .variants = {{"one", count, "count from the beginning", "0"},
                 {"other", count, "the same", "0"}}};
