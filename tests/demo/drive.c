#include "test.h"

#include "base/alloc.h"
#include "core/explore.h"
#include "demo/drive.h"
#include "record/choices.h"

#include "../view/demos.h"

#include <stdlib.h>

// --- choices are in the record

struct looking {
    const struct lab_comparison *comparison;
    struct lab_exploration seen;
    size_t choices;
};

// Is there something that [worker] can do: its job, or one that waits?
static bool has_work(const struct lab_state *state, uint32_t number) {
    const struct lab_state_worker *worker = lab_state_worker(state, number);
    bool has = !worker || worker->job;
    for (size_t i = 0; !has && i < state->jobs.count; i++) {
        const struct lab_state_job *job = lab_state_job_at(state, i);
        has = job->pool == worker->pool && job->is == LAB_IS_QUEUED;
    }
    return has;
}

// A worker that has nothing to do is no choice: whoever took it would see
// nothing happen.
static bool all_have_work(const struct lab_record *record,
                          const struct lab_choices *choices) {
    struct lab_state *state = lab_state_new(record);
    bool all = true;
    for (size_t i = 0; i < choices->count; i++) {
        const struct lab_choices_one *one = &choices->all[i];
        lab_state_go(state, one->event);
        for (size_t j = 0; j < one->count; j++)
            all &=
                !one->who[j].is_worker || has_work(state, one->who[j].number);
    }
    lab_state_free(state);
    return CHECK(all);
}

// Has the record the choices that the schedule made?
static bool same_choices(void *arg, int rc) {
    struct looking *looking = arg;
    const struct lab_schedule *schedule = looking->seen.schedule;
    const struct lab_run *run = looking->comparison->runs[0];
    struct lab_choices choices;
    (void)rc;
    lab_choices_read(&choices, run->record);
    bool same = CHECK_INT(choices.count, schedule->made);
    for (size_t i = 0; same && i < choices.count; i++)
        same = CHECK_INT(choices.all[i].taken, schedule->choices[i].taken) &&
               CHECK_INT(choices.all[i].count, schedule->choices[i].ready);
    same = same && all_have_work(run->record, &choices);
    if (!same)
        fprintf(stderr, "%s %s\n", looking->comparison->demo, run->name);
    looking->choices += choices.count;
    looking->seen.stop |= !same;
    lab_choices_free(&choices);
    return true;
}

// With few of what a demo has many of, and nothing that takes time if
// [at_once]: so there are many choices.
static struct lab_settings small(struct lab_demo_file *file, bool at_once) {
    struct lab_settings settings;
    lab_settings_init(&settings, file->demo);
    settings.file = file;
    for (size_t i = 0; i < lab_param_count(file->demo); i++) {
        const struct lab_parameter *param = &file->demo->params[i];
        bool is_time = *lab_param_unit(param) != '\0';
        int64_t least = is_time ? 0 : 2;
        if (!param->list && is_time == (at_once && is_time) &&
            settings.values[i] > least && param->min <= least)
            settings.values[i] = least;
    }
    return settings;
}

static size_t look_at(struct lab_demo_file *file, size_t most, bool at_once) {
    size_t choices = 0;
    for (size_t i = 0; i < lab_variant_count(file->demo); i++) {
        struct lab_settings settings = small(file, at_once);
        struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
        struct looking looking = {
            .comparison = &comparison,
            .seen = {.most = most, .deepest = 50, .right = same_choices}};
        looking.seen.arg = &looking;
        lab_result_begin(&comparison, &settings);
        lab_result_explore(&comparison, &settings, i, &looking.seen);
        choices += looking.choices;
        lab_text_free(&looking.seen.first);
        lab_comparison_free(&comparison);
    }
    return choices;
}

TEST(a_record_has_the_choices_of_its_schedule) {
    struct lab_demos demos = open_demos();
    struct lab_text error = {0};
    size_t choices = 0;
    for (size_t i = 0; i < demos.count; i++)
        if (!demos.files[i].is_skipped &&
            CHECK(lab_demos_load(&demos.files[i], &error)))
            for (int at_once = 0; at_once < 2; at_once++)
                choices += look_at(&demos.files[i], 10, at_once);
    CHECK(choices > 1000);
    lab_demos_free(&demos);
    lab_text_free(&error);
}

// --- picks, as somebody makes them

struct picking {
    struct lab_drive drive;
    size_t left; // runs
    struct {
        size_t orders, wins, least;
    } found;
    bool fine;
};

static void put_picks(struct lab_text *out, const size_t *picks, size_t count) {
    for (size_t i = 0; i < count; i++)
        lab_text_printf(out, "%s%zu", i ? "," : "", picks[i]);
    lab_text_put(out, count == 0 ? "0" : "");
}

static bool same_event(const struct lab_record *one,
                       const struct lab_record *two, size_t i) {
    const struct lab_event *a = lab_record_at(one, i),
                           *b = lab_record_at(two, i);
    return a->kind == b->kind && a->time == b->time && a->task == b->task &&
           a->value == b->value && a->other == b->other && a->line == b->line &&
           strcmp(lab_record_text(one, a), lab_record_text(two, b)) == 0;
}

// Up to that choice, both are one run.
static bool same_until(const struct lab_record *one,
                       const struct lab_record *two, size_t event) {
    bool same = CHECK(event <= lab_record_count(two));
    for (size_t i = 0; same && i < event; i++)
        same = CHECK(same_event(one, two, i));
    return same;
}

static void count_order(struct picking *picking,
                        const struct lab_comparison *comparison,
                        const struct lab_choices *choices) {
    size_t deviations = 0;
    for (size_t i = 0; i < choices->count; i++)
        deviations += choices->all[i].taken > 0;
    picking->found.orders++;
    if (!lab_drive_wins(picking->drive.goal, comparison))
        return;
    if (picking->found.wins++ == 0 || deviations < picking->found.least)
        picking->found.least = deviations;
}

enum { DEEPEST_PICK = 60 };

// Makes each pick that can follow [picks], and those after it. [before] ran
// with one pick less, of which the choices are [known].
static void pick_all(struct picking *picking, size_t *picks, size_t count,
                     const struct lab_record *before,
                     const struct lab_choices *known) {
    struct lab_comparison comparison = {.number = 1};
    struct lab_choices choices;
    struct lab_text script = {0};
    if (!picking->fine || picking->left == 0 || count == DEEPEST_PICK)
        return;
    picking->left--;
    put_picks(&script, picks, count);
    lab_drive_run(&picking->drive, lab_text_string(&script), &comparison);
    const struct lab_record *record = comparison.runs[0]->record;
    lab_choices_read(&choices, record);
    for (size_t i = 0; i < count; i++)
        picking->fine &= CHECK(i < choices.count) &&
                         CHECK_INT(choices.all[i].taken, picks[i]);
    if (before)
        picking->fine &=
            same_until(before, record, known->all[count - 1].event);
    if (choices.count == count)
        count_order(picking, &comparison, &choices);
    for (size_t i = 0; count < choices.count && i < choices.all[count].count;
         i++) {
        picks[count] = i;
        pick_all(picking, picks, count + 1, record, &choices);
    }
    lab_choices_free(&choices);
    lab_comparison_free(&comparison);
    lab_text_free(&script);
}

static void pick_from(struct picking *picking, size_t most) {
    size_t picks[DEEPEST_PICK];
    picking->left = most;
    picking->fine = true;
    pick_all(picking, picks, 0, NULL, NULL);
}

static void go_through(struct lab_demo_file *file) {
    for (size_t i = 0; i < lab_variant_count(file->demo); i++) {
        struct lab_settings settings = small(file, true);
        struct picking picking = {0};
        lab_drive_begin(&picking.drive, &settings, i);
        pick_from(&picking, 20);
        if (!picking.fine)
            fprintf(stderr, "%s %s\n", file->name,
                    file->demo->variants[i].name);
        lab_drive_end(&picking.drive);
    }
}

// Going back is running one pick less: nothing before that pick differs.
TEST(each_pick_leads_on_from_where_one_was) {
    struct lab_demos demos = open_demos();
    struct lab_text error = {0};
    for (size_t i = 0; i < demos.count; i++)
        if (!demos.files[i].is_skipped &&
            CHECK(lab_demos_load(&demos.files[i], &error)))
            go_through(&demos.files[i]);
    lab_demos_free(&demos);
    lab_text_free(&error);
}

// --- goals

static struct lab_demo_file *demo_of(struct lab_demos *demos, int number) {
    struct lab_text error = {0};
    for (size_t i = 0; i < demos->count; i++)
        if (demos->files[i].number == number &&
            CHECK(lab_demos_load(&demos->files[i], &error)))
            return &demos->files[i];
    return NULL;
}

static size_t variant_of(const struct lab_demo *demo, const char *name) {
    size_t i = 0;
    while (i < lab_variant_count(demo) &&
           strcmp(demo->variants[i].name, name) != 0)
        i++;
    return i;
}

// The figures of what is driven are those that all picks have.
static void check_all_picks(struct picking *picking) {
    const struct lab_drive *drive = &picking->drive;
    const struct lab_drive_way *way = &drive->ways[drive->goal];
    struct lab_comparison comparison = {.number = 1};
    CHECK(!drive->truncated && !drive->shallow);
    pick_from(picking, 100 * 1000);
    CHECK(picking->fine && picking->left > 0);
    CHECK_INT(picking->found.orders, drive->tried);
    CHECK_INT(picking->found.wins, way->count);
    CHECK_INT(picking->found.least, way->least);
    lab_drive_run(drive, way->script, &comparison);
    CHECK(lab_drive_wins(drive->goal, &comparison));
    lab_comparison_free(&comparison);
}

// Drives [variant] of demo [number] with [values], between spaces.
static void drive_to(int number, const char *variant, const char *values,
                     enum lab_drive_goal asked, enum lab_drive_goal goal) {
    struct lab_demos demos = open_demos();
    struct lab_demo_file *file = demo_of(&demos, number);
    struct lab_settings settings;
    struct lab_drive_watch watch = {0};
    struct picking picking = {0};
    struct lab_text error = {0};
    bool kept[LAB_DEMO_PARAMS] = {0};
    char words[80];
    MUST(CHECK(file != NULL));
    lab_settings_init(&settings, file->demo);
    settings.file = file;
    snprintf(words, sizeof words, "%s", values);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        CHECK(lab_settings_assign(&settings, word, &error));
    for (size_t i = 0; i < lab_param_count(file->demo); i++)
        kept[i] = !lab_settings_is_default(&settings, i);
    lab_drive_begin(&picking.drive, &settings, variant_of(file->demo, variant));
    CHECK_INT(lab_drive_fit(&picking.drive, kept, asked, &watch),
              goal != LAB_DRIVE_ANY);
    if (goal != LAB_DRIVE_ANY) {
        CHECK_INT(picking.drive.goal, goal);
        check_all_picks(&picking);
    }
    lab_drive_end(&picking.drive);
    lab_demos_free(&demos);
}

TEST(a_lost_update_can_be_saved_by_the_orders_that_are_counted) {
    drive_to(19, "unguarded", "n=2 rounds=1", LAB_DRIVE_ANY, LAB_DRIVE_SAVE);
    drive_to(19, "in_tasks", "n=2 rounds=1", LAB_DRIVE_ANY, LAB_DRIVE_SAVE);
    drive_to(19, "in_tasks", "n=2", LAB_DRIVE_BREAK, LAB_DRIVE_BREAK);
}

TEST(a_deadlock_can_be_reached_and_left_out) {
    drive_to(19, "two_orders", "", LAB_DRIVE_ANY, LAB_DRIVE_SAVE);
    drive_to(19, "two_orders", "", LAB_DRIVE_LOCK, LAB_DRIVE_LOCK);
}

TEST(what_is_claimed_of_first_in_first_out_alone_can_be_broken) {
    drive_to(7, "ready_queue", "steps=2", LAB_DRIVE_ANY, LAB_DRIVE_BREAK);
    drive_to(12, "unbounded", "n=3", LAB_DRIVE_ANY, LAB_DRIVE_BREAK);
}

TEST(what_every_order_does_is_no_goal) {
    drive_to(19, "locked", "n=2 rounds=1", LAB_DRIVE_ANY, LAB_DRIVE_ANY);
    drive_to(19, "locked", "n=2 rounds=1", LAB_DRIVE_LOCK, LAB_DRIVE_ANY);
    drive_to(19, "one_order", "", LAB_DRIVE_BREAK, LAB_DRIVE_ANY);
}
