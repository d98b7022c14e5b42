#include "record/choices.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "base/text.h"

#include <stdlib.h>

// Appends a choice among [count], which is filled in by the caller.
static struct lab_choices_one *add(struct lab_choices *choices, size_t event,
                                   size_t count) {
    choices->all = lab_grow(choices->all, choices->count, &choices->room,
                            sizeof *choices->all);
    struct lab_choices_one *one = &choices->all[choices->count++];
    *one = (struct lab_choices_one){
        .event = event,
        .count = count,
        .who = lab_alloc(count * sizeof *one->who),
    };
    return one;
}

// The ready queue just before the RUN is what the loop chose from. Tasks whose
// timers it has not looked at yet stand at its end.
static bool read_tasks(struct lab_choices *choices,
                       const struct lab_state *state,
                       const struct lab_event *event) {
    const struct lab_state_task **ready;
    size_t count = lab_state_ready(state, &ready);
    while (count > 0 && lab_state_overdue(ready[count - 1]))
        count--;
    bool is_known = count == event->need;
    if (is_known) {
        struct lab_choices_one *one = add(choices, state->at, count);
        one->taken = count;
        for (size_t i = 0; i < count; i++) {
            one->who[i].number = ready[i]->number;
            if (ready[i]->number == event->task)
                one->taken = i;
        }
        is_known = one->taken < count;
    }
    lab_free(ready);
    return is_known;
}

static bool read_workers(struct lab_choices *choices,
                         const struct lab_state *state,
                         const struct lab_event *event) {
    const char *text = lab_record_text(state->record, event);
    size_t count = 1;
    for (const char *c = text; *c; c++)
        count += *c == ' ';
    struct lab_choices_one *one = add(choices, state->at, count);
    for (size_t i = 0; i < count; i++) {
        char *end;
        one->who[i] = (struct lab_candidate){
            .is_worker = true, .number = (uint32_t)strtoul(text, &end, 10)};
        text = end;
    }
    one->taken = (size_t)event->value;
    return event->value >= 0 && one->taken < count &&
           one->who[one->taken].number == event->worker;
}

void lab_choices_read(struct lab_choices *choices,
                      const struct lab_record *record) {
    struct lab_state *state = lab_state_new(record);
    bool is_known = true;
    *choices = (struct lab_choices){0};
    while (is_known && state->at < lab_record_count(record)) {
        const struct lab_event *event = lab_record_at(record, state->at);
        if (event->kind == LAB_EVENT_RUN && event->need > 0)
            is_known = read_tasks(choices, state, event);
        else if (event->kind == LAB_EVENT_CHOOSE)
            is_known = read_workers(choices, state, event);
        lab_state_next(state);
    }
    lab_state_free(state);
}

void lab_choices_free(struct lab_choices *choices) {
    for (size_t i = 0; i < choices->count; i++)
        lab_free(choices->all[i].who);
    lab_free(choices->all);
    *choices = (struct lab_choices){0};
}

void lab_choices_put_script(const struct lab_choices *choices,
                            struct lab_text *out) {
    size_t count = choices->count;
    while (count > 0 && choices->all[count - 1].taken == 0)
        count--;
    for (size_t i = 0; i < count; i++)
        lab_text_printf(out, "%s%zu", i ? "," : "", choices->all[i].taken);
    lab_text_put(out, count == 0 ? "0" : "");
}

// --- states that look alike

static uint64_t add_number(uint64_t hash, int64_t number) {
    return lab_hash(hash, &number, sizeof number);
}

static uint64_t add_task(uint64_t hash, const struct lab_state_task *task) {
    hash = add_number(hash, task->number);
    hash = add_number(hash, task->is);
    hash = add_number(hash, task->wait_kind);
    hash = add_number(hash, task->line);
    return add_number(hash, task->cancelled || task->forgiven);
}

static uint64_t add_worker(uint64_t hash, const struct lab_state *state,
                           const struct lab_state_worker *worker) {
    const struct lab_state_job *job = lab_state_job(state, worker->job);
    hash = add_number(hash, worker->number);
    hash = add_number(hash, worker->is);
    return add_number(hash, job ? job->task : 0);
}

static uint64_t add_ready(uint64_t hash, const struct lab_state *state) {
    const struct lab_state_task **ready;
    size_t count = lab_state_ready(state, &ready);
    for (size_t i = 0; i < count; i++)
        hash = add_number(hash, ready[i]->number);
    lab_free(ready);
    return hash;
}

static uint64_t hash_of(const struct lab_state *state, size_t said) {
    uint64_t hash = add_number(LAB_HASH_EMPTY, (int64_t)said);
    for (size_t i = 0; i < state->tasks.count; i++)
        hash = add_task(hash, lab_state_task_at(state, i));
    for (size_t i = 0; i < state->workers.count; i++)
        hash = add_worker(hash, state, lab_numbered_at(&state->workers, i));
    for (size_t i = 0; i < state->gauges.count; i++) {
        const struct lab_state_gauge *gauge =
            lab_numbered_at(&state->gauges, i);
        hash = add_number(add_number(hash, gauge->text), gauge->value);
    }
    return add_ready(hash, state);
}

size_t lab_choices_find_alike(const struct lab_choices *choices,
                              const struct lab_record *record, size_t at) {
    struct lab_state *state = lab_state_new(record);
    uint64_t *hashes = lab_alloc((at + 1) * sizeof *hashes);
    size_t said = 0, found = 0;
    for (size_t i = 0; i <= at; i++) {
        while (state->at < choices->all[i].event)
            said += lab_state_next(state)->kind == LAB_EVENT_SAY;
        hashes[i] = hash_of(state, said);
    }
    while (found < at && hashes[found] != hashes[at])
        found++;
    lab_free(hashes);
    lab_state_free(state);
    return found < at ? found : SIZE_MAX;
}
