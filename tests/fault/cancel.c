// Every variant of every demo, cancelled at each of its waits: nothing is lost,
// nothing is left, and it stops.

#include "test.h"

#include "base/alloc.h"
#include "core/run.h"
#include "core/schedule.h"
#include "demo/load.h"
#include "demo/param.h"

#include <stdio.h>
#include <string.h>

enum { SEEDS = 1000, TASKS = 4096 };

// --- what the record says of tasks and jobs

// How often each was begun and ended. Those beyond are not looked at.
static struct life { uint8_t begun, ended; } lives[2][TASKS];
enum { A_TASK, A_JOB };
static int unread; // errors

static void look_at(const struct lab_event *event) {
    static struct life nobody;
    struct life *task =
        event->task < TASKS ? &lives[A_TASK][event->task] : &nobody;
    struct life *job =
        event->other < TASKS ? &lives[A_JOB][event->other] : &nobody;
    switch (event->kind) {
    case LAB_EVENT_SPAWN:
        task->begun++;
        break;
    case LAB_EVENT_END:
        task->ended++;
        break;
    case LAB_EVENT_QUEUE:
        job->begun++;
        break;
    case LAB_EVENT_DONE:
    case LAB_EVENT_DROP:
        job->ended++;
        break;
    case LAB_EVENT_RUN:
        CHECK(!task->ended);
        break;
    case LAB_EVENT_UNREAD:
        unread++;
        break;
    }
}

static int usual; // what the variant returns if nobody is cancelled

static bool ended_once(const struct lab_record *record) {
    bool fine = true;
    unread = 0;
    for (int what = A_TASK; what <= A_JOB; what++)
        for (int i = 0; i < TASKS; i++)
            lives[what][i] = (struct life){0};
    for (size_t i = 0; i < lab_record_count(record); i++)
        look_at(lab_record_at(record, i));
    fine &= CHECK(unread == 0 || usual == LAB_EUNREAD);
    for (int what = A_TASK; what <= A_JOB; what++)
        for (int i = 1; i < TASKS; i++) {
            const struct life *life = &lives[what][i];
            fine &= CHECK(life->begun <= 1 && life->ended == life->begun);
        }
    return fine;
}

// --- what a variant closes

// The last value of the gauge that [claim] says is 0 at the end: what is opened
// is closed, whoever is cancelled. 0 also if it says nothing of the kind.
static int64_t left_open(const struct lab_record *record, const char *claim) {
    char gauge[32];
    int end = 0;
    int64_t value = 0;
    if (sscanf(claim, "last(%31[^)]) = 0%n", gauge, &end) < 1 || claim[end])
        return 0;
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind == LAB_EVENT_COUNT &&
            strcmp(lab_record_text(record, event), gauge) == 0)
            value += event->value;
    }
    return value;
}

static bool closed_all(const struct lab_record *record,
                       const struct lab_variant *variant) {
    bool fine = true;
    for (size_t i = 0; i < LAB_DEMO_CLAIMS && variant->claims[i]; i++)
        fine &= CHECK_INT(left_open(record, variant->claims[i]), 0);
    return fine;
}

// --- one run

static int call(void *arg) {
    const struct lab_variant *variant = arg;
    return variant->with ? variant->with(variant->arg) : variant->body();
}

// Returns how many moments there were at which to cancel somebody.
static size_t run(const struct lab_settings *settings, size_t variant,
                  struct lab_schedule *schedule) {
    struct lab_text name = {0};
    long live = lab_alloc_live();
    struct lab_run_options options = {
        .name = settings->demo->variants[variant].name,
        .body = call,
        .arg = (void *)&settings->demo->variants[variant],
        .clock = LAB_CLOCK_VIRTUAL,
        .record = lab_record_new(),
        .context = settings,
        .schedule = schedule,
    };
    int rc = lab_run(&options);
    size_t moments = schedule->moments;
    bool fine = CHECK(rc >= 0 || rc == LAB_ECANCELED || rc == usual) &&
                ended_once(options.record) &&
                closed_all(options.record, &settings->demo->variants[variant]);
    lab_record_free(options.record);
    lab_schedule_put(&name, schedule);
    lab_schedule_free(schedule);
    if (!fine)
        fprintf(stderr, "%s %s, schedule %s\n", settings->demo->name,
                options.name, lab_text_string(&name));
    lab_text_free(&name);
    CHECK_INT(lab_alloc_live(), live);
    return moments;
}

// --- all runs

// At each wait; where there are hundreds of them, at fewer and fewer.
static size_t in_the_usual_order(const struct lab_settings *settings,
                                 size_t variant, enum lab_victim victim) {
    for (size_t at = 1;; at += 1 + at / 300) {
        struct lab_schedule schedule = {
            .kind = LAB_SCHEDULE_SCRIPT, .victim = victim, .cancel_at = at};
        size_t moments = run(settings, variant, &schedule);
        if (moments < at)
            return moments;
    }
}

// In any order, at any wait.
static void at_random(const struct lab_settings *settings, size_t variant,
                      enum lab_victim victim, size_t moments) {
    for (size_t seed = 1; seed <= SEEDS; seed++) {
        struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SEED,
                                        .seed = seed,
                                        .victim = victim,
                                        .cancel_at = 1 + seed * 7919 % moments};
        run(settings, variant, &schedule);
    }
}

static int usual_result(const struct lab_settings *settings, size_t variant) {
    struct lab_run_options options = {
        .name = settings->demo->variants[variant].name,
        .body = call,
        .arg = (void *)&settings->demo->variants[variant],
        .clock = LAB_CLOCK_VIRTUAL,
        .context = settings,
    };
    return lab_run(&options);
}

static void cancel(const struct lab_demo *demo) {
    static const char *const names[] = {"root", "waiter", "woken"};
    struct lab_settings settings;
    lab_settings_init(&settings, demo);
    for (size_t i = 0; i < lab_variant_count(demo); i++) {
        if (demo->variants[i].outside)
            continue;
        usual = usual_result(&settings, i);
        for (int victim = 0; victim <= LAB_VICTIM_WOKEN; victim++) {
            size_t moments =
                in_the_usual_order(&settings, i, (enum lab_victim)victim);
            if (moments > 0) // else it never waits
                at_random(&settings, i, (enum lab_victim)victim, moments);
            printf("  %5zu moments: %s %s, %s\n", moments, demo->name,
                   demo->variants[i].name, names[victim]);
        }
    }
}

VIRTUAL_TEST(every_demo_may_be_cancelled_at_every_wait) {
    struct lab_demos demos = {0};
    struct lab_text error = {0};
    CHECK(lab_demos_open(&demos, LAB_DEMOS_DIR, LAB_SOURCES_DIR, &error));
    for (size_t i = 0; i < demos.count; i++)
        if (!demos.files[i].is_skipped &&
            CHECK(lab_demos_load(&demos.files[i], &error)))
            cancel(demos.files[i].demo);
    lab_demos_free(&demos);
    lab_text_free(&error);
}
