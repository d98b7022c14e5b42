#include "core/schedule.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

void lab_schedule_free(struct lab_schedule *schedule) {
    lab_free(schedule->choices);
    *schedule = (struct lab_schedule){0};
}

static void add(struct lab_schedule *schedule, struct lab_choice choice) {
    schedule->choices = lab_grow(schedule->choices, schedule->made,
                                 &schedule->capacity, sizeof choice);
    schedule->choices[schedule->made++] = choice;
}

// --- reading and writing

// Each of these reads its part of a schedule's text, and returns the rest of
// it, or NULL if that part is wrong.

static const char *read_number(const char *text, uint64_t *number) {
    char *end;
    if (*text < '0' || *text > '9')
        return NULL;
    *number = strtoull(text, &end, 10);
    return end;
}

static const char *read_script(const char *text,
                               struct lab_schedule *schedule) {
    uint64_t taken;
    schedule->kind = LAB_SCHEDULE_SCRIPT;
    for (;;) {
        const char *end = read_number(text, &taken);
        if (!end || taken > 1000000)
            return NULL;
        add(schedule, (struct lab_choice){.taken = (uint32_t)taken});
        schedule->scripted = schedule->made;
        if (*end != ',')
            return end;
        text = end + 1;
    }
}

static const char *read_order(const char *text, struct lab_schedule *schedule) {
    if (strncmp(text, "fifo", 4) == 0)
        return text + 4;
    if (strncmp(text, "seed:", 5) != 0)
        return read_script(text, schedule);
    schedule->kind = LAB_SCHEDULE_SEED;
    return read_number(text + 5, &schedule->seed);
}

static const char *const victims[] = {
    "cancel:", "cancel-waiter:", "cancel-woken:"};

// The usual order, but written down: so there is a schedule.
static void write_down(struct lab_schedule *schedule) {
    if (schedule->kind == LAB_SCHEDULE_FIFO)
        schedule->kind = LAB_SCHEDULE_SCRIPT;
}

static const char *read_late(const char *text, struct lab_schedule *schedule) {
    uint64_t at = 0;
    text = read_number(text + strlen("late:"), &at);
    schedule->late_at = (size_t)at;
    write_down(schedule);
    return at > 0 ? text : NULL;
}

static const char *read_cancel(const char *text,
                               struct lab_schedule *schedule) {
    uint64_t at = 0;
    for (size_t i = 0; i < countof(victims); i++) {
        size_t length = strlen(victims[i]);
        if (strncmp(text, victims[i], length) == 0) {
            text = read_number(text + length, &at);
            schedule->victim = (enum lab_victim)i;
            schedule->cancel_at = (size_t)at;
            break;
        }
    }
    write_down(schedule);
    return at > 0 ? text : NULL;
}

static bool begins(const char *text, const char *word) {
    return strncmp(text, word, strlen(word)) == 0;
}

static bool read_all(const char *text, struct lab_schedule *schedule) {
    bool is_order = !begins(text, "late:") && !begins(text, "cancel");
    if (is_order)
        text = read_order(text, schedule);
    if (is_order && text && *text == '+' && text[1])
        text++;
    if (text && begins(text, "late:")) {
        text = read_late(text, schedule);
        if (text && *text == '+' && text[1])
            text++;
    }
    if (text && begins(text, "cancel"))
        text = read_cancel(text, schedule);
    return text && *text == '\0';
}

bool lab_schedule_parse(const char *text, struct lab_schedule *schedule,
                        struct lab_text *error) {
    if (read_all(text, schedule)) {
        lab_schedule_rewind(schedule);
        return true;
    }
    lab_schedule_free(schedule);
    lab_text_printf(error,
                    "no schedule \"%s\"; there are fifo, seed:N, a script of "
                    "choices such as 0,2,1, late:N and cancel:N, alone or "
                    "as in seed:7+late:2+cancel:3",
                    text);
    return false;
}

void lab_schedule_put_script(struct lab_text *out,
                             const struct lab_schedule *schedule) {
    size_t n = schedule->made > schedule->scripted ? schedule->made
                                                   : schedule->scripted;
    for (size_t i = 0; i < n; i++)
        lab_text_printf(out, "%s%u", i ? "," : "", schedule->choices[i].taken);
    if (n == 0)
        lab_text_put(out, "0");
}

void lab_schedule_put(struct lab_text *out,
                      const struct lab_schedule *schedule) {
    size_t before = out->length;
    bool has_choices = schedule->made > 0 || schedule->scripted > 0;
    if (schedule->kind == LAB_SCHEDULE_FIFO)
        lab_text_put(out, "fifo");
    else if (schedule->kind == LAB_SCHEDULE_SEED)
        lab_text_printf(out, "seed:%llu", (unsigned long long)schedule->seed);
    else if (has_choices || (!schedule->late_at && !schedule->cancel_at))
        lab_schedule_put_script(out, schedule);
    if (schedule->late_at > 0)
        lab_text_printf(out, "%slate:%zu", out->length > before ? "+" : "",
                        schedule->late_at);
    if (schedule->cancel_at > 0)
        lab_text_printf(out, "%s%s%zu", out->length > before ? "+" : "",
                        victims[schedule->victim], schedule->cancel_at);
}

// How many choices there are up to the last that is not first in, first out.
static size_t short_length(const struct lab_schedule *schedule) {
    size_t n = schedule->made > schedule->scripted ? schedule->made
                                                   : schedule->scripted;
    while (n > 0 && schedule->choices[n - 1].taken == 0)
        n--;
    return n;
}

void lab_schedule_put_short(struct lab_text *out,
                            const struct lab_schedule *schedule) {
    struct lab_schedule brief = *schedule;
    if (schedule->kind == LAB_SCHEDULE_SCRIPT) {
        brief.made = brief.scripted = short_length(schedule);
        if (brief.made == 0 && brief.late_at == 0 && brief.cancel_at == 0)
            brief.kind = LAB_SCHEDULE_FIFO;
    }
    lab_schedule_put(out, &brief);
}

struct lab_schedule_cost
lab_schedule_cost(const struct lab_schedule *schedule) {
    struct lab_schedule_cost cost = {
        .odd = (uint64_t)(schedule->late_at > 0) + (schedule->cancel_at > 0),
        .length = schedule->late_at + schedule->cancel_at};
    if (schedule->kind == LAB_SCHEDULE_FIFO)
        return cost;
    if (schedule->kind == LAB_SCHEDULE_SEED)
        return (struct lab_schedule_cost){UINT64_MAX, schedule->seed};
    size_t length = short_length(schedule);
    cost.length += length;
    for (size_t i = 0; i < length; i++)
        cost.odd += schedule->choices[i].taken > 0;
    return cost;
}

// --- choosing

void lab_schedule_rewind(struct lab_schedule *schedule) {
    schedule->made = schedule->moments = schedule->timers = 0;
    schedule->state = schedule->seed;
}

void lab_schedule_make_room(struct lab_schedule *schedule, size_t length) {
    if (length <= schedule->capacity)
        return;
    schedule->capacity = 2 * length;
    schedule->choices = lab_realloc(schedule->choices, schedule->capacity,
                                    sizeof *schedule->choices);
}

// SplitMix64: small, and the same on every machine.
static uint64_t draw(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

size_t lab_schedule_choose(struct lab_schedule *schedule, size_t ready) {
    size_t taken = 0;
    if (schedule->kind == LAB_SCHEDULE_SEED)
        taken = (size_t)(draw(&schedule->state) % ready);
    // Within the script a choice overwrites the script's own.
    if (schedule->made < schedule->scripted) {
        struct lab_choice *choice = &schedule->choices[schedule->made++];
        if (choice->taken >= ready)
            choice->taken = (uint32_t)ready - 1; // a script for another run
        choice->ready = (uint32_t)ready;
        return choice->taken;
    }
    add(schedule, (struct lab_choice){(uint32_t)taken, (uint32_t)ready});
    return taken;
}

bool lab_schedule_cancels(struct lab_schedule *schedule,
                          enum lab_victim victim) {
    return schedule->cancel_at > 0 && schedule->victim == victim &&
           ++schedule->moments == schedule->cancel_at;
}

bool lab_schedule_delays(struct lab_schedule *schedule) {
    return schedule->late_at > 0 && ++schedule->timers == schedule->late_at;
}

bool lab_schedule_delayed(const struct lab_schedule *schedule) {
    return schedule->late_at > 0 &&
           schedule->timers == schedule->late_at + LAB_LATE_MOST;
}

bool lab_schedule_next(struct lab_schedule *schedule) {
    size_t n = schedule->made;
    while (n > 0) {
        struct lab_choice *last = &schedule->choices[n - 1];
        if (last->taken + 1 < last->ready) {
            last->taken++;
            break;
        }
        n--;
    }
    schedule->kind = LAB_SCHEDULE_SCRIPT;
    schedule->scripted = n;
    schedule->made = 0;
    return n > 0;
}
