// quiz_moment.c - questions about one moment of a run.
//
// The moment is in the middle of the longest time in which nothing happens, so
// nobody has to hit an edge; or it is the author's.

#include "lesson/quiz_internal.h"

#include "base/alloc.h"

#include <string.h>

enum { TASKS_MOST = 8 }; // of a run that are asked about

// --- the moment

// The time with the fewest digits in the middle half of [from] to [to].
static lab_time round_time(lab_time from, lab_time to) {
    lab_time quarter = (to - from) / 4, middle = from + (to - from) / 2;
    for (lab_time unit = 1000 * LAB_S; unit > 1; unit /= 10) {
        lab_time rounded = (middle + unit / 2) / unit * unit;
        if (rounded >= from + quarter && rounded <= to - quarter)
            return rounded;
    }
    return middle;
}

// False if all happens at one moment.
static bool find_moment(const struct lab_run *run, lab_time *at) {
    lab_time before = 0, longest = 0, from = 0;
    for (size_t i = 0; i < lab_record_count(run->record); i++) {
        lab_time time = lab_record_at(run->record, i)->time;
        if (time - before > longest) {
            longest = time - before;
            from = before;
        }
        before = time > before ? time : before;
    }
    *at = round_time(from, from + longest);
    return longest > 0;
}

// Is [at] between two events? What is so at an event depends on its place.
static bool is_quiet(const struct lab_run *run, lab_time at) {
    for (size_t i = 0; i < lab_record_count(run->record); i++)
        if (lab_record_at(run->record, i)->time == at)
            return false;
    return at < lab_record_end(run->record);
}

// The state of [run] at the moment, and that; NULL if there is none.
static struct lab_state *state_of(const struct lab_quiz_maker *maker,
                                  const struct lab_run *run, lab_time *at) {
    if (lab_run_skipped(run))
        return NULL;
    if (maker->at)
        *at = *maker->at;
    if (maker->at ? !is_quiet(run, *at) : !find_moment(run, at))
        return NULL;
    struct lab_state *state = lab_state_new(run->record);
    lab_state_go(state, lab_state_by(run->record, *at));
    lab_state_pass(state, *at);
    return state;
}

static const char *name_of(const struct lab_state *state, uint32_t task) {
    return lab_labels_name(state->labels, 't', task);
}

// Does [task] live, and is it the program's own?
static bool is_asked(const struct lab_state *state,
                     const struct lab_state_task *task) {
    return task->spawned && task->is != LAB_IS_ENDED &&
           !lab_record_at(state->record, task->spawned - 1)->is_library;
}

static void put_moment(struct lab_text *out, lab_time at) {
    lab_text_put(out, "At ");
    lab_time_put_in(out, at, at < LAB_S / 10 ? LAB_MS : LAB_S);
    lab_text_put(out, at < LAB_S / 10 ? " ms" : " s");
}

// Calls [add] for each run, with its state at its moment.
static void for_moments(struct lab_quiz_maker *maker,
                        void (*add)(struct lab_quiz_maker *maker,
                                    const struct lab_run *run,
                                    const struct lab_state *state, lab_time at,
                                    const char *moment)) {
    for (size_t i = 0; i < maker->comparison->count; i++) {
        const struct lab_run *run = maker->comparison->runs[i];
        struct lab_text moment = {0};
        lab_time at = 0;
        struct lab_state *state = state_of(maker, run, &at);
        put_moment(&moment, at);
        if (state)
            add(maker, run, state, at, lab_text_string(&moment));
        lab_state_free(state);
        lab_text_free(&moment);
    }
}

// --- who has the thread?

static void offer_task(struct lab_quiz_question *question,
                       const struct lab_state *state,
                       const struct lab_state_task *task) {
    const char *name = name_of(state, task->number);
    if (lab_is_ready(task->is))
        lab_quiz_offer(question, name, task->number,
                       "%s is ready, but its turn has not come.", name);
    else
        lab_quiz_offer(question, name, task->number,
                       "%s waits, and a task that waits has given the thread "
                       "away.",
                       name);
}

static void add_thread(struct lab_quiz_maker *maker, const struct lab_run *run,
                       const struct lab_state *state, lab_time at,
                       const char *moment) {
    enum { SHOWN = 5 };
    uint32_t running = state->running;
    const struct lab_state_task *holder = lab_state_task(state, running);
    if (!holder && lab_is_held(state->loop)) // a callback has it
        return;
    struct lab_quiz_question *question = lab_quiz_add(
        maker, LAB_QUIZ_THREAD, run, "%s, in %s: who has the loop's thread?",
        moment, run->name);
    question->at = at;
    question->task = running;
    question->score = 30; // the answer is often the same, and often surprises
    lab_quiz_offer_right(question, holder ? name_of(state, running) : "nobody",
                         running);
    if (holder)
        lab_quiz_offer(question, "nobody", 0,
                       "%s holds the thread, and lets nobody else run.",
                       name_of(state, running));
    size_t count = state->tasks.count; // the last first, then from the first on
    for (size_t i = 0; i < count && question->count < SHOWN; i++) {
        const struct lab_state_task *task =
            lab_state_task_at(state, (i + count - 1) % count);
        if (is_asked(state, task) && task->number != running)
            offer_task(question, state, task);
    }
    lab_quiz_shuffle(maker, question);
    if (question->count < 2)
        lab_quiz_drop(maker);
}

void lab_quiz_of_thread(struct lab_quiz_maker *maker) {
    for_moments(maker, add_thread);
}

// --- what does a task do?

enum doing { HAS, READY, TIME, TASK, JOB, QUEUE, WORLD, DOINGS };
static const char *const doings[DOINGS] = {
    "has the thread",         "is ready to run", "waits for a time",
    "waits for another task", "waits for a job", "waits in a pool's queue",
    "waits for the world"};

static enum doing doing_of(const struct lab_state_task *task) {
    enum lab_wait_class class = lab_wait_kind(task->wait_kind)->class;
    if (task->is == LAB_IS_QUEUED)
        return QUEUE;
    if (lab_is_ready(task->is))
        return READY;
    if (task->is != LAB_IS_WAITING)
        return HAS;
    if (class == LAB_WAIT_THREAD)
        return READY;
    if (class == LAB_WAIT_TIME)
        return TIME;
    if (class == LAB_WAIT_JOB)
        return JOB;
    return lab_state_waits_outside(task) ? WORLD : TASK;
}

static void add_state_of(struct lab_quiz_maker *maker,
                         const struct lab_run *run,
                         const struct lab_state *state,
                         const struct lab_state_task *task, lab_time at,
                         const char *moment) {
    enum doing right = doing_of(task);
    const char *name = name_of(state, task->number);
    struct lab_quiz_question *question =
        task->number == 1 ? lab_quiz_add(maker, LAB_QUIZ_STATE, run,
                                         "%s: what does %s do?", moment, name)
                          : lab_quiz_add(maker, LAB_QUIZ_STATE, run,
                                         "%s, in %s: what does %s do?", moment,
                                         run->name, name);
    question->at = at;
    question->task = task->number;
    lab_quiz_offer_right(question, doings[right], right);
    for (enum doing other = HAS; other <= TASK; other++)
        lab_quiz_offer(question, doings[other], other, NULL);
    lab_quiz_sort(question);
}

static void add_states(struct lab_quiz_maker *maker, const struct lab_run *run,
                       const struct lab_state *state, lab_time at,
                       const char *moment) {
    size_t asked = 0;
    for (size_t i = 0; i < state->tasks.count && asked < TASKS_MOST; i++) {
        const struct lab_state_task *task = lab_state_task_at(state, i);
        if (!is_asked(state, task))
            continue;
        add_state_of(maker, run, state, task, at, moment);
        asked++;
    }
}

void lab_quiz_of_state(struct lab_quiz_maker *maker) {
    for_moments(maker, add_states);
}

// --- whom does it wait for?

static void note_awaited(void *arg, const struct lab_state_task *task) {
    *(const struct lab_state_task **)arg = task;
}

// The one task that [task] waits for, by what the record says of them both.
static const struct lab_state_task *
awaited_by(const struct lab_state *state, const struct lab_state_task *task) {
    const struct lab_state_task *awaited = NULL;
    bool is_plain =
        task->is == LAB_IS_WAITING &&
        (task->wait_kind == LAB_ON_TASK || task->wait_kind == LAB_ON_TASKS ||
         task->wait_kind == LAB_ON_CHILDREN || task->wait_kind == LAB_ON_LOCK);
    return is_plain &&
                   lab_state_awaited(state, task, note_awaited, &awaited) == 1
               ? awaited
               : NULL;
}

static void add_waits_of(struct lab_quiz_maker *maker,
                         const struct lab_run *run,
                         const struct lab_state *state,
                         const struct lab_state_task *task,
                         const struct lab_state_task *awaited, lab_time at,
                         const char *moment) {
    enum { SHOWN = 5 };
    struct lab_quiz_question *question = lab_quiz_add(
        maker, LAB_QUIZ_WAITS, run, "%s, in %s: which task does %s wait for?",
        moment, run->name, name_of(state, task->number));
    question->at = at;
    question->task = task->number;
    lab_quiz_offer_right(question, name_of(state, awaited->number),
                         awaited->number);
    if (task->parent && task->parent != awaited->number)
        lab_quiz_offer(question, name_of(state, task->parent), task->parent,
                       "%s has started it, but it does not wait for that.",
                       name_of(state, task->parent));
    for (size_t i = 0; i < state->tasks.count && question->count < SHOWN; i++) {
        const struct lab_state_task *other = lab_state_task_at(state, i);
        if (is_asked(state, other) && other != task && other != awaited)
            lab_quiz_offer(question, name_of(state, other->number),
                           other->number, "%s is alive, but not awaited by it.",
                           name_of(state, other->number));
    }
    lab_quiz_offer(question, "none", 0, "No timer ends its wait.");
    question->score = 60; // there are few
    lab_quiz_shuffle(maker, question);
}

static void add_waits(struct lab_quiz_maker *maker, const struct lab_run *run,
                      const struct lab_state *state, lab_time at,
                      const char *moment) {
    size_t asked = 0;
    for (size_t i = 0; i < state->tasks.count && asked < TASKS_MOST; i++) {
        const struct lab_state_task *task = lab_state_task_at(state, i);
        const struct lab_state_task *awaited =
            is_asked(state, task) ? awaited_by(state, task) : NULL;
        if (!awaited)
            continue;
        add_waits_of(maker, run, state, task, awaited, at, moment);
        asked++;
    }
}

void lab_quiz_of_waits(struct lab_quiz_maker *maker) {
    for_moments(maker, add_waits);
}
