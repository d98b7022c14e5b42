// model.h - small worlds of three tasks, to be played in every order.
//
// Use:
//     static int part(void *arg) { ... RULE(inside == 1); ... }
//     MODEL(a_lock_lets_in_one_at_a_time, .quick = 12, .full = 345) {
//         lab_lock_init(&lock);
//         int rc = model_play(part, part, part);
//         RULE(!lab_lock_held(&lock));
//         return rc;
//     }
//
// A model is the body of a run's root. Its three parts take model_steps steps
// each, more where they block, and check its rules as they go; the root checks
// what must be so in the end. The name is the claim, and it holds in every
// schedule, whoever is cancelled in it: so a part that others wait for says
// before it returns that nothing more comes of it.
//
// build/tests plays each model with 2 steps, build/fault with 4. How many
// schedules that makes stands beside the name, and is checked: a model that
// has become smaller would go unnoticed otherwise.

#ifndef LAB_TESTS_MODEL_H
#define LAB_TESTS_MODEL_H

#include "core/schedule.h"
#include "core/task.h"
#include "record/event.h"

struct model {
    const char *name;
    int (*body)(void);
    size_t quick, full; // schedules with 2 and with 4 steps
    int most_steps;     // where 4 would be too many schedules; 0: they are not
    struct model *next;
};

// All models, by name.
extern struct model *models;

// Defines a model; its body follows.
#define MODEL(model_name, ...)                                                 \
    static int model_body_##model_name(void);                                  \
    static struct model model_row_##model_name = {                             \
        .name = #model_name, .body = model_body_##model_name, __VA_ARGS__};    \
    __attribute__((constructor)) static void model_add_##model_name(void) {    \
        model_add(&model_row_##model_name);                                    \
    }                                                                          \
    static int model_body_##model_name(void)
void model_add(struct model *model);

// --- for whoever plays models

// Plays [model] in every order, and checks that all its rules held and nothing
// was left behind. Returns how many orders there were.
size_t model_explore(const struct model *model, int steps);

// Plays [model] with the [victim] cancelled at the first moment, the second
// and so on, each time in every order but no more than [most] of them. Checks
// as above, and returns how many runs there were.
size_t model_cancel(const struct model *model, int steps,
                    enum lab_victim victim, size_t most);

// Plays [model] once for each of so many seeds, which say who runs next and at
// which moment the [victim] is cancelled. Checks as above.
void model_cancel_at_random(const struct model *model, int steps,
                            enum lab_victim victim, uint64_t seeds);

// --- for models

enum { PARTS = 3 };
extern int model_steps; // how many each part has

// What must be so. Only the first that is not is told of, and the order in
// which that was.
#define RULE(cond) model_rule(__FILE__, __LINE__, #cond, (cond))
bool model_rule(const char *file, int line, const char *text, bool holds);

// What the run must return if the root returns 0; which is 0 if nobody sets it.
extern int model_status;

// The body of a part, and the argument to it that has [fn] play part [index]:
// [fn] is given a pointer to that int. The body checks that a part ends with
// LAB_ECANCELED only if it must stop, and that every further wait fails then.
lab_fn model_act;
void *model_role(int index, lab_fn *fn);

// Spawns the parts.
void model_spawn(lab_task *tasks[PARTS], lab_fn *a, lab_fn *b, lab_fn *c);

// How many parts have begun, and ended.
int model_begun(void);
int model_ended(void);

// Spawns the parts and waits until all have ended: 0, or LAB_ECANCELED if the
// root was cancelled.
int model_play(lab_fn *a, lab_fn *b, lab_fn *c);

// Was nobody cancelled so far, by the schedule? Then nothing may fail.
bool model_is_calm(void);

// Those who wait in line for something, as they came.
struct model_line {
    lab_task *who[8];
    int count;
};

// The running task is about to wait in [line].
void model_arrive(struct model_line *line);
// It has got what it waited for, which is called [on] in the record: checks
// that nobody who came earlier still waits for that.
void model_served(struct model_line *line, enum lab_event_on on);
// It gives up.
void model_left(struct model_line *line);
// Does anybody in [line] still wait?
bool model_waits(const struct model_line *line, enum lab_event_on on);

#endif
