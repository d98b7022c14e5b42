// tries_grade.c - a Python program is graded, as lab_grade_run does it with a
// demo.

#include "base/alloc.h"
#include "demo/grade_plan.h"
#include "guest/guest_internal.h"

#include <string.h>

// Each try is a process: with these bounds all takes a few seconds.
enum { MOST = 300, MOST_EACH = 7, SEEDS_MOST = 500 };

// The status of a program that made too many events, as main.py has it.
enum { AT_LIMIT = 4 };

// Tries that are begun before they are needed, as there are several cores.
enum { AHEAD = 3 };

struct grading {
    struct lab_tries tries;
    struct lab_grade *grade;
    struct lab_grade_plan plan;
    const char *name; // of the program
};

static bool next(struct lab_tries *tries) {
    struct grading *self = (struct grading *)tries;
    bool more = lab_grade_plan_next(&self->plan);
    tries->now.schedule = &self->plan.schedule;
    tries->now.values = self->plan.values;
    return more;
}

static void put_ahead(const struct lab_tries *tries, struct lab_text *out) {
    const struct grading *self = (const struct grading *)tries;
    lab_grade_plan_put_ahead(out, &self->plan, AHEAD);
}

// --- a program that was cut off

static const char *name_of(const struct lab_record *record, uint32_t task) {
    for (size_t i = 0; task && i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->kind == LAB_EVENT_SPAWN && event->task == task)
            return lab_record_text(record, event);
    }
    return NULL;
}

// Says how the process of this try has ended.
static void put_end(const struct grading *self, struct lab_text *out) {
    const struct lab_try *now = &self->tries.now;
    const struct lab_comparison *ran =
        now->recording.count ? now->recording.all[0] : NULL;
    const struct lab_record *record =
        ran && ran->count ? ran->runs[ran->count - 1]->record : NULL;
    size_t count = record ? lab_record_count(record) : 0;
    bool is_endless = !now->signal && now->status == AT_LIMIT;
    struct lab_guest_end end = {
        .name = self->name,
        .end = {.status = now->signal ? -1 : now->status,
                .signal = now->signal},
        .over = now->timed_out ? "it took too much of the machine's time"
                : is_endless   ? "it does not seem to end"
                               : NULL,
        .record = count ? record : NULL,
        .who = count ? name_of(record, lab_record_at(record, count - 1)->task)
                     : NULL,
    };
    if (now->words.length)
        lab_text_printf(out, "%s: %s", self->name, now->words.data);
    else
        lab_guest_put_end(&end, out);
}

static void cut(struct grading *self, const char *why) {
    struct lab_text text = {0};
    if (!why)
        put_end(self, &text);
    lab_free(self->grade->error);
    self->grade->error = lab_strdup(why ? why : lab_text_string(&text));
    lab_text_free(&text);
    lab_grade_plan_cut(&self->plan);
}

// --- one that has ended

// The run that is judged, of those that the program had: the first in which a
// claim does not hold, or the last.
static struct lab_run *find_run(const struct grading *self,
                                struct lab_comparison *ran) {
    size_t i = 0;
    for (; i < ran->count; i++) {
        lab_grade_give(self->grade, ran, ran->runs[i]);
        if (lab_grade_judge(ran, ran->runs[i], self->plan.phase) <
            self->grade->claim_count)
            break;
    }
    return ran->runs[i < ran->count ? i : ran->count - 1];
}

// Has the process failed, and no run of it? Under a cancel it may.
static bool has_failed(const struct grading *self,
                       const struct lab_comparison *ran) {
    bool failed = self->tries.now.status != 0;
    for (size_t i = 0; i < ran->count; i++)
        failed &= ran->runs[i]->rc >= 0;
    return failed && self->plan.phase != LAB_GRADE_CANCEL;
}

static void take(struct lab_tries *tries) {
    struct grading *self = (struct grading *)tries;
    const struct lab_try *now = &tries->now;
    struct lab_comparison *ran =
        now->recording.count ? now->recording.all[0] : NULL;
    if (!now->ended || !ran || ran->count == 0 || has_failed(self, ran)) {
        cut(self, NULL);
        return;
    }
    if (lab_schedule_cost(now->schedule).odd > 0 && !ran->schedule)
        ran->schedule = lab_strdup("another");
    lab_grade_plan_take(&self->plan, ran, find_run(self, ran));
}

static void finish(struct lab_tries *tries, const char *why) {
    struct grading *self = (struct grading *)tries;
    if (why)
        cut(self, why);
    self->grade->stopped |= !why && tries->requests;
    lab_grade_plan_end(&self->plan);
}

struct lab_tries *lab_tries_of_grade(struct lab_grade *grade,
                                     const char *name) {
    struct grading *self = lab_alloc(sizeof *self);
    self->tries = (struct lab_tries){
        .next = next, .put_ahead = put_ahead, .take = take, .end = finish};
    self->grade = grade;
    self->name = name;
    grade->most = grade->most ? grade->most : MOST;
    grade->most_each = grade->most_each ? grade->most_each : MOST_EACH;
    grade->seeds = grade->seeds < SEEDS_MOST ? grade->seeds : SEEDS_MOST;
    lab_grade_plan_begin(&self->plan, grade);
    return &self->tries;
}
