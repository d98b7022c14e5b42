#include "demo/drive.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/explore.h"
#include "record/choices.h"

#include <string.h>

enum {
    DEEPEST = 100, // choices of an order that are varied
};

// How much is tried: an order may be a thousand times as long as another.
struct effort {
    size_t orders, events;
};
static const struct effort little = {2000, 150 * 1000},
                           much = {20000, 1500 * 1000};

// --- what is right

static const char fifo[] = "fifo:";

static bool is_fifo(const char *claim) {
    return strncmp(claim, fifo, strlen(fifo)) == 0;
}

// These measure how the loop proceeds, and a schedule changes that.
static bool is_of_loop(const char *claim) {
    return strncmp(claim, "turns", 5) == 0 || strncmp(claim, "idle", 4) == 0 ||
           strncmp(claim, "warns", 5) == 0;
}

// A claim of first in, first out becomes one of every order.
const char *lab_drive_claim(const char *claim) {
    if (!is_fifo(claim))
        return lab_claim_scope(claim) == LAB_CLAIM_ALWAYS ? claim : NULL;
    claim += strlen(fifo);
    claim += strspn(claim, " ");
    return is_of_loop(claim) ? NULL : claim;
}

static void set_claims(struct lab_variant *variant) {
    size_t kept = 0;
    for (size_t i = 0; i < LAB_DEMO_CLAIMS && variant->claims[i]; i++) {
        const char *claim = lab_drive_claim(variant->claims[i]);
        if (claim)
            variant->claims[kept++] = claim;
    }
    for (; kept < LAB_DEMO_CLAIMS; kept++)
        variant->claims[kept] = NULL;
}

static void set_meant(struct lab_variant *variant) {
    memset(variant->claims, 0, sizeof variant->claims);
    variant->claims[0] = variant->meant;
    variant->takes = variant->gap = NULL;
}

void lab_drive_begin(struct lab_drive *drive,
                     const struct lab_settings *settings, size_t variant) {
    *drive = (struct lab_drive){.settings = *settings, .variant = variant};
    drive->rules = *settings->demo;
    drive->settings.demo = &drive->rules;
    struct lab_variant *its = &drive->rules.variants[variant];
    if (its->meant)
        set_meant(its);
    else
        set_claims(its);
}

static void forget(struct lab_drive *drive) {
    for (size_t i = 0; i < LAB_DRIVE_GOALS; i++)
        lab_free(drive->ways[i].script);
    memset(drive->ways, 0, sizeof drive->ways);
    memset(drive->breaks, 0, sizeof drive->breaks);
    drive->breaks_law = false;
    drive->tried = 0;
    drive->truncated = drive->shallow = false;
}

void lab_drive_end(struct lab_drive *drive) {
    forget(drive);
}

bool lab_drive_wins(enum lab_drive_goal goal,
                    const struct lab_comparison *comparison) {
    switch (goal) {
    case LAB_DRIVE_LOCK:
        return comparison->runs[0]->rc == LAB_EDEADLK;
    case LAB_DRIVE_BREAK:
        return !lab_comparison_held(comparison);
    case LAB_DRIVE_SAVE:
        return lab_comparison_held(comparison);
    case LAB_DRIVE_ANY:
    case LAB_DRIVE_GOALS:
        break;
    }
    return false;
}

// --- one order

void lab_drive_run(const struct lab_drive *drive, const char *script,
                   struct lab_comparison *comparison) {
    comparison->clock = LAB_CLOCK_VIRTUAL;
    comparison->schedule = lab_strdup(script);
    comparison->is_explored = true;
    lab_result_begin(comparison, &drive->settings);
    lab_ignore(
        lab_result_run(comparison, &drive->settings, drive->variant, NULL));
}

// --- all orders

struct trying {
    struct lab_drive *drive;
    struct lab_comparison comparison;
    struct lab_exploration exploration;
    struct lab_drive_watch *watch;
    size_t events; // that are left to try
};

static size_t count_deviations(const struct lab_schedule *schedule) {
    size_t count = 0;
    for (size_t i = 0; i < schedule->made; i++)
        count += schedule->choices[i].taken > 0;
    return count;
}

static char *script_of(const struct lab_record *record) {
    struct lab_text script = {0};
    struct lab_choices choices;
    lab_choices_read(&choices, record);
    lab_choices_put_script(&choices, &script);
    char *copy = lab_strdup(lab_text_string(&script));
    lab_choices_free(&choices);
    lab_text_free(&script);
    return copy;
}

static void add_way(const struct trying *trying, struct lab_drive_way *way) {
    const struct lab_schedule *schedule = trying->exploration.schedule;
    size_t deviations = count_deviations(schedule);
    way->by_fifo |= deviations == 0;
    if (way->count++ > 0 && deviations >= way->least)
        return;
    way->least = deviations;
    lab_free(way->script);
    way->script = script_of(trying->comparison.runs[0]->record);
}

static void note_broken(struct lab_drive *drive, const struct lab_run *run) {
    for (size_t i = 0; i < run->claim_count && i < LAB_DRIVE_CLAIMS; i++)
        drive->breaks[i] |= !run->claims[i].held;
    drive->breaks_law |= run->time.law && !run->time.held;
}

// What was interrupted reaches nothing.
static bool on_end(void *arg, int rc) {
    struct trying *trying = arg;
    struct lab_drive *drive = trying->drive;
    struct lab_drive_watch *watch = trying->watch;
    (void)rc;
    if (trying->exploration.stop) {
        watch->stopped = true;
        return true;
    }
    drive->tried++;
    note_broken(drive, trying->comparison.runs[0]);
    for (int goal = LAB_DRIVE_ANY + 1; goal < LAB_DRIVE_GOALS; goal++)
        if (lab_drive_wins((enum lab_drive_goal)goal, &trying->comparison))
            add_way(trying, &drive->ways[goal]);
    if (watch->tick && !watch->tick(watch->arg, drive->tried))
        trying->exploration.stop = watch->stopped = true;
    size_t events = lab_record_count(trying->comparison.runs[0]->record);
    trying->exploration.stop |= events >= trying->events;
    trying->events -= events < trying->events ? events : trying->events;
    return true;
}

static void try_all(struct lab_drive *drive, struct effort effort,
                    struct lab_drive_watch *watch) {
    struct trying trying = {
        .drive = drive,
        .comparison = {.clock = LAB_CLOCK_VIRTUAL},
        .exploration = {.most = effort.orders,
                        .deepest = DEEPEST,
                        .right = on_end,
                        .arg = &trying},
        .watch = watch,
        .events = effort.events,
    };
    forget(drive);
    lab_result_begin(&trying.comparison, &drive->settings);
    lab_result_explore(&trying.comparison, &drive->settings, drive->variant,
                       &trying.exploration);
    drive->truncated = trying.exploration.truncated;
    drive->shallow = trying.exploration.shallow;
    lab_text_free(&trying.exploration.first);
    lab_comparison_free(&trying.comparison);
}

// --- the goal

// Do some orders reach [goal], and others not?
static bool is_open(const struct lab_drive *drive, enum lab_drive_goal goal) {
    size_t count = drive->ways[goal].count;
    return count > 0 && count < drive->tried;
}

bool lab_drive_is_free(const struct lab_drive *drive) {
    return drive->goal == LAB_DRIVE_ANY && drive->tried > 1;
}

// Sets the goal, if there is one. Returns whether there is.
static bool find_goal(struct lab_drive *drive, enum lab_drive_goal goal) {
    drive->goal = goal;
    if (goal != LAB_DRIVE_ANY)
        return is_open(drive, goal);
    for (int i = LAB_DRIVE_ANY + 1; i < LAB_DRIVE_GOALS; i++)
        if (is_open(drive, (enum lab_drive_goal)i) && !drive->ways[i].by_fifo) {
            drive->goal = (enum lab_drive_goal)i;
            return true;
        }
    return false;
}

bool lab_drive_take(struct lab_drive *drive, const struct lab_grade *grade,
                    enum lab_drive_goal goal) {
    const struct lab_grade_result *result = &grade->phases[LAB_GRADE_SMALL];
    forget(drive);
    drive->tried = result->tried;
    drive->truncated = result->truncated;
    for (size_t i = 0; i < grade->claim_count && i < LAB_DRIVE_CLAIMS; i++)
        drive->breaks[i] = result->claims && result->claims[i].broken > 0;
    for (int i = LAB_DRIVE_ANY + 1; i < LAB_DRIVE_GOALS; i++) {
        drive->ways[i] = grade->ways[i];
        if (grade->ways[i].script)
            drive->ways[i].script = lab_strdup(grade->ways[i].script);
    }
    return find_goal(drive, goal);
}

// --- the parameters

static bool is_time(const struct lab_parameter *param) {
    return *lab_param_unit(param) != '\0';
}

// Makes counts 2, or times 0. Returns whether that changes anything.
static bool change(struct lab_drive *drive, const bool *kept, bool times) {
    struct lab_settings *settings = &drive->settings;
    bool any = false;
    for (size_t i = 0; i < lab_param_count(settings->demo); i++) {
        const struct lab_parameter *param = &settings->demo->params[i];
        int64_t least = times ? 0 : 2;
        if (kept[i] || param->list || is_time(param) != times ||
            settings->values[i] <= least || param->min > least ||
            strcmp(param->name, "cores") == 0)
            continue;
        settings->values[i] = least;
        drive->chosen[i] = any = true;
    }
    return any;
}

// Tries the settings as they are. Returns whether all orders were tried, and
// the goal can be reached.
static bool is_fit(struct lab_drive *drive, enum lab_drive_goal goal,
                   struct lab_drive_watch *watch) {
    try_all(drive, little, watch);
    return find_goal(drive, goal) && !drive->truncated;
}

// Changes as little as possible.
static bool fit(struct lab_drive *drive, const bool *kept,
                enum lab_drive_goal goal, struct lab_drive_watch *watch) {
    struct lab_settings before = drive->settings;
    for (int tries = 0; tries < 4 && !watch->stopped; tries++) {
        bool at_once = tries & 1, fewer = tries & 2;
        drive->settings = before;
        memset(drive->chosen, 0, sizeof drive->chosen);
        if ((at_once && !change(drive, kept, true)) ||
            (fewer && !change(drive, kept, false)))
            continue;
        if (is_fit(drive, goal, watch))
            return true;
    }
    return false;
}

bool lab_drive_fit(struct lab_drive *drive, const bool *kept,
                   enum lab_drive_goal goal, struct lab_drive_watch *watch) {
    struct lab_settings before = drive->settings;
    if (fit(drive, kept, goal, watch))
        return true;
    drive->settings = before;
    memset(drive->chosen, 0, sizeof drive->chosen);
    if (!watch->stopped)
        try_all(drive, little, watch);
    return false;
}

bool lab_drive_try(struct lab_drive *drive, enum lab_drive_goal goal,
                   struct lab_drive_watch *watch) {
    if (drive->truncated)
        try_all(drive, much, watch);
    return find_goal(drive, goal) && !watch->stopped;
}
