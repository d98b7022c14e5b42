// replay.c - applies one event after the other, and keeps copies on the way.
//
//     events   0 ------- 4096 ------- 8192 ------- 12288 ---- n
//     copies             [1]          [2]          [3]
//
// To go back to n the replay starts from the last copy before it. Where the
// copies become too many or too large, every other one is dropped and the
// steps between them double, so that a long record costs no more than a
// bound, whatever is in it.

#include "view/replay.h"

#include "base/alloc.h"
#include "view/replaying.h"

#include <stdlib.h>
#include <string.h>

enum { SHOTS_MOST = 64, FIRST_STEP = 4096 };
#define BYTES_MOST ((size_t)64 << 20)

struct lab_replay_shots {
    struct lab_replay shots[SHOTS_MOST];
    size_t count, step;
};

// --- lists

static void *item_at(const struct lab_replay_list *list, size_t i) {
    return list->items + i * list->size;
}

static uint32_t number_at(const struct lab_replay_list *list, size_t i) {
    return *(const uint32_t *)item_at(list, i);
}

void *lab_replay_find(const struct lab_replay_list *list, uint32_t number) {
    size_t i = number - 1u; // where it is, if none is missing before it
    if (i >= list->count || number_at(list, i) != number)
        i = lab_numbers_find(&list->numbers, number);
    return i == LAB_NUMBERS_NONE ? NULL : item_at(list, i);
}

void *lab_replay_need(struct lab_replay_list *list, uint32_t number) {
    char *item = lab_replay_find(list, number);
    if (item)
        return item;
    if (list->count == list->room) {
        list->room = list->room ? list->room * 2 : 8;
        list->items = lab_realloc(list->items, list->room, list->size);
    }
    if (list->count > 0 && number_at(list, list->count - 1) > number)
        list->mixed = true;
    lab_numbers_add(&list->numbers, number, list->count);
    item = item_at(list, list->count++);
    memset(item, 0, list->size);
    memcpy(item, &number, sizeof number);
    return item;
}

static int by_number(const void *a, const void *b) {
    uint32_t one = **(const uint32_t *const *)a;
    uint32_t two = **(const uint32_t *const *)b;
    return one < two ? -1 : one > two;
}

const void **lab_replay_in_order(const struct lab_replay_list *list) {
    const void **order = lab_alloc((list->count + 1) * sizeof *order);
    for (size_t i = 0; i < list->count; i++)
        order[i] = item_at(list, i);
    if (list->mixed)
        qsort(order, list->count, sizeof *order, by_number);
    return order;
}

// Copies are many: they do without the places, which are found anew.
static struct lab_replay_list copy_list(const struct lab_replay_list *list) {
    struct lab_replay_list copy = *list;
    copy.room = list->count;
    copy.items = NULL;
    copy.numbers = (struct lab_numbers){0};
    if (list->count) {
        copy.items = lab_realloc(NULL, list->count, list->size);
        memcpy(copy.items, list->items, list->count * list->size);
    }
    return copy;
}

// --- states, whole

static void copy_state(struct lab_replay *to, const struct lab_replay *from) {
    *to = *from;
    to->tasks = copy_list(&from->tasks);
    to->jobs = copy_list(&from->jobs);
    to->workers = copy_list(&from->workers);
    to->pools = copy_list(&from->pools);
    to->locks = copy_list(&from->locks);
}

static void free_list(struct lab_replay_list *list) {
    lab_free(list->items);
    lab_numbers_free(&list->numbers);
}

static void free_state(struct lab_replay *state) {
    free_list(&state->tasks);
    free_list(&state->jobs);
    free_list(&state->workers);
    free_list(&state->pools);
    free_list(&state->locks);
}

static void find_places(struct lab_replay_list *list) {
    for (size_t i = 0; i < list->count; i++)
        lab_numbers_add(&list->numbers, number_at(list, i), i);
}

// Begins anew, with what there is for all moments.
static void begin_state(struct lab_replay *state,
                        const struct lab_record *record,
                        struct lab_replay_shots *shots,
                        struct lab_replay_kin *kin) {
    *state = (struct lab_replay){.record = record, .shots = shots, .kin = kin};
    state->tasks.size = sizeof(struct lab_replay_task);
    state->jobs.size = sizeof(struct lab_replay_job);
    state->workers.size = sizeof(struct lab_replay_worker);
    state->pools.size = sizeof(struct lab_replay_pool);
    state->locks.size = sizeof(struct lab_replay_lock);
}

static size_t bytes_of(const struct lab_replay *state) {
    return state->tasks.count * state->tasks.size +
           state->jobs.count * state->jobs.size +
           state->workers.count * state->workers.size +
           state->pools.count * state->pools.size +
           state->locks.count * state->locks.size;
}

// --- copies

// Drops every other copy: those at odd multiples of the step.
static void thin(struct lab_replay_shots *shots) {
    size_t kept = 0;
    for (size_t i = 0; i < shots->count; i++)
        if (i % 2)
            shots->shots[kept++] = shots->shots[i];
        else
            free_state(&shots->shots[i]);
    shots->count = kept;
    shots->step *= 2;
}

// Keeps a copy of the state if one is due here.
static void keep(const struct lab_replay *replay) {
    struct lab_replay_shots *shots = replay->shots;
    if (replay->at != (shots->count + 1) * shots->step)
        return;
    // States only grow, so all are smaller than this one.
    while (shots->count > 0 &&
           (shots->count == SHOTS_MOST ||
            bytes_of(replay) * (shots->count + 1) > BYTES_MOST))
        thin(shots);
    if (replay->at == (shots->count + 1) * shots->step)
        copy_state(&shots->shots[shots->count++], replay);
}

static void go_back(struct lab_replay *replay, size_t at) {
    struct lab_replay_shots *shots = replay->shots;
    size_t i = at / shots->step;
    if (i > shots->count)
        i = shots->count;
    free_state(replay);
    if (i == 0) {
        begin_state(replay, replay->record, shots, replay->kin);
        return;
    }
    copy_state(replay, &shots->shots[i - 1]);
    find_places(&replay->tasks);
    find_places(&replay->jobs);
    find_places(&replay->workers);
    find_places(&replay->pools);
    find_places(&replay->locks);
}

// --- what others call

struct lab_replay *lab_replay_new(const struct lab_record *record) {
    struct lab_replay *replay = lab_alloc(sizeof *replay);
    begin_state(replay, record, lab_alloc(sizeof *replay->shots),
                lab_replay_kin_new());
    replay->shots->step = FIRST_STEP;
    return replay;
}

void lab_replay_free(struct lab_replay *replay) {
    if (!replay)
        return;
    for (size_t i = 0; i < replay->shots->count; i++)
        free_state(&replay->shots->shots[i]);
    lab_free(replay->shots);
    lab_replay_kin_free(replay->kin);
    free_state(replay);
    lab_free(replay);
}

void lab_replay_go(struct lab_replay *replay, size_t at) {
    size_t count = lab_record_count(replay->record);
    if (at > count)
        at = count;
    if (at != replay->at)
        lab_replay_kin_forget(replay->kin);
    if (at < replay->at)
        go_back(replay, at);
    while (replay->at < at) {
        lab_replay_apply(replay, lab_record_at(replay->record, replay->at));
        replay->at++;
        keep(replay);
    }
}

size_t lab_replay_by(const struct lab_record *record, lab_time time) {
    size_t at = 0;
    while (at < lab_record_count(record) &&
           lab_record_at(record, at)->time <= time)
        at++;
    return at;
}
