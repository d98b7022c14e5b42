#include "core/schedule.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

void lab_schedule_free(struct lab_schedule *schedule) {
    lab_free(schedule->choices);
    *schedule = (struct lab_schedule){0};
}

static void add(struct lab_schedule *schedule, struct lab_choice choice) {
    if (schedule->made == schedule->capacity) {
        schedule->capacity = schedule->capacity ? 2 * schedule->capacity : 32;
        schedule->choices = lab_realloc(schedule->choices, schedule->capacity,
                                        sizeof *schedule->choices);
    }
    schedule->choices[schedule->made++] = choice;
}

// --- reading and writing

static bool read_script(const char *text, struct lab_schedule *schedule) {
    schedule->kind = LAB_SCHEDULE_SCRIPT;
    for (;;) {
        char *end;
        unsigned long taken = strtoul(text, &end, 10);
        if (*text < '0' || *text > '9' || taken > 1000000)
            return false;
        add(schedule, (struct lab_choice){.taken = (uint32_t)taken});
        if (*end == '\0')
            break;
        if (*end != ',')
            return false;
        text = end + 1;
    }
    schedule->scripted = schedule->made;
    schedule->made = 0;
    return true;
}

bool lab_schedule_parse(const char *text, struct lab_schedule *schedule,
                        struct lab_text *error) {
    char *end;
    if (strcmp(text, "fifo") == 0)
        return true;
    if (strncmp(text, "seed:", 5) == 0 && text[5] >= '0' && text[5] <= '9') {
        schedule->kind = LAB_SCHEDULE_SEED;
        schedule->seed = strtoull(text + 5, &end, 10);
        lab_schedule_rewind(schedule);
        if (*end == '\0')
            return true;
    } else if (read_script(text, schedule)) {
        return true;
    }
    lab_schedule_free(schedule);
    lab_text_printf(error,
                    "no schedule \"%s\"; there are fifo, seed:N, and a script "
                    "of choices such as 0,2,1",
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
    switch (schedule->kind) {
    case LAB_SCHEDULE_FIFO:
        lab_text_put(out, "fifo");
        break;
    case LAB_SCHEDULE_SEED:
        lab_text_printf(out, "seed:%llu", (unsigned long long)schedule->seed);
        break;
    case LAB_SCHEDULE_SCRIPT:
        lab_schedule_put_script(out, schedule);
        break;
    }
}

// --- choosing

void lab_schedule_rewind(struct lab_schedule *schedule) {
    schedule->made = 0;
    schedule->state = schedule->seed;
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
    // Within the script, what is added stands in the script's own place.
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
