// A record that is made by hand, claims of every kind that all hold, and the
// same record with one thing moved: then just those do not hold that speak of
// it.
//
//     0 s    t1 root begins, starts t2, and both count "inside"
//     0.1 s  "one arrived", inside falls to 1
//     0.2 s  "two arrived", inside falls to 0; mark "beat"
//     0.3 s  a computation is over, and both have ended
#include "demo/grade.h"

#include "test.h"

#include "base/alloc.h"
#include "base/error.h"
#include "demo/result.h"

#include <stdio.h>
#include <string.h>

struct happening {
    lab_time ms;
    int kind;
    uint32_t task;
    int64_t value;
    const char *text;
};

static const struct happening base[] = {
    {0, LAB_EVENT_SPAWN, 1, 0, "root"},            // 1
    {0, LAB_EVENT_RUN, 1, 1, NULL},                // 2
    {0, LAB_EVENT_SPAWN, 2, 0, "child"},           // 3
    {0, LAB_EVENT_COUNT, 1, 1, "inside"},          // 4
    {0, LAB_EVENT_WAIT, 1, 100 * LAB_MS, NULL},    // 5
    {0, LAB_EVENT_RUN, 2, 2, NULL},                // 6
    {0, LAB_EVENT_COUNT, 2, 1, "inside"},          // 7
    {0, LAB_EVENT_WAIT, 2, 200 * LAB_MS, NULL},    // 8
    {100, LAB_EVENT_RUN, 1, 3, NULL},              // 9
    {100, LAB_EVENT_SAY, 1, 0, "one arrived"},     // 10
    {100, LAB_EVENT_COUNT, 1, -1, "inside"},       // 11
    {100, LAB_EVENT_WAIT, 1, 300 * LAB_MS, NULL},  // 12
    {200, LAB_EVENT_RUN, 2, 4, NULL},              // 13
    {200, LAB_EVENT_SAY, 2, 0, "two arrived"},     // 14
    {200, LAB_EVENT_MARK, 2, 0, "beat"},           // 15
    {200, LAB_EVENT_COUNT, 2, -1, "inside"},       // 16
    {200, LAB_EVENT_END, 2, 7, NULL},              // 17
    {300, LAB_EVENT_RUN, 1, 5, NULL},              // 18
    {300, LAB_EVENT_BLOCK, 1, 300 * LAB_MS, NULL}, // 19
    {300, LAB_EVENT_END, 1, 0, NULL},              // 20
};

// Each with the letter that it has below.
static const struct {
    char letter;
    const char *claim;
} claims[] = {
    {'e', "ends ok"},
    {'T', "time = 300ms"},
    {'t', "time(two) = 200ms"},
    {'g', "gap(beat) = 200ms"},
    {'c', "count(arrived) = 2"},
    {'L', "on_loop(arrived) = 2"},
    {'p', "peak(inside) = 2"},
    {'q', "least(inside) = 0"},
    {'r', "last(inside) = 0"},
    {'P', "peak(one - two) = 1"},
    {'Q', "least(one - two) >= 0"},
    {'R', "last(one - two) = 0"},
    {'k', "peak(tasks) = 2"},
    {'l', "live(one) = 1"},
    {'u', "turns = 5"},
    {'i', "idle = 100"},
    {'b', "busy(cores) = 1"},
    {'h', "occupied = 300ms"},
    {'x', "result = 0"},
    {'y', "result(child) = 7"},
    {'o', "order \"one\" \"two\""},
    {'n', "never \"three\""},
    {'w', "warns nothing"},
};

static void add(struct lab_record *record, const struct happening *it) {
    unsigned on = it->kind == LAB_EVENT_WAIT    ? LAB_ON_SLEEP
                  : it->kind == LAB_EVENT_BLOCK ? LAB_ON_BURN
                                                : LAB_ON_NOTHING;
    lab_record_add(record,
                   (struct lab_event){
                       .time = it->ms * LAB_MS,
                       .kind = (uint8_t)it->kind,
                       .on = (uint8_t)on,
                       .task = it->task,
                       .other = it->kind == LAB_EVENT_SPAWN ? it->task - 1 : 0,
                       .value = it->value},
                   it->text);
}

struct scene {
    struct lab_grade grade;
    struct lab_comparison comparison;
    struct lab_run *run;
};

static void open_scene(struct scene *scene) {
    char *texts[countof(claims)];
    *scene = (struct scene){.comparison.clock = LAB_CLOCK_VIRTUAL};
    for (size_t i = 0; i < countof(claims); i++)
        texts[i] = (char *)claims[i].claim;
    lab_grade_claims(&scene->grade, texts, countof(claims));
    CHECK(!scene->grade.implied);
    scene->run = lab_comparison_add_run(&scene->comparison, "only");
    lab_run_add_claim(scene->run, "turns = 99"); // not the grade's
    lab_grade_give(&scene->grade, &scene->comparison, scene->run);
}

static void close_scene(struct scene *scene) {
    lab_comparison_free(&scene->comparison);
    lab_grade_free(&scene->grade);
}

// The letters of the claims that do not hold in [phase].
static const char *broken(struct scene *scene, enum lab_grade_phase phase) {
    static char letters[countof(claims) + 1];
    size_t n = 0,
           first = lab_grade_judge(&scene->comparison, scene->run, phase);
    for (size_t i = 0; i < countof(claims); i++)
        if (!scene->run->claims[i].held)
            letters[n++] = claims[i].letter;
    letters[n] = '\0';
    CHECK(n > 0 ? claims[first].letter == letters[0]
                : first == countof(claims));
    return letters;
}

// The record with one thing [instead] of the event with this number, or with
// nothing there.
static const struct {
    const char *what, *broken;
    size_t number;
    struct happening instead;
    int rc;
} moves[] = {
    {"nothing", "", 0, {0}, 0},
    {"an error", "ex", 0, {0}, LAB_ENOENT},
    {"another end", "Tgiw", 20, {500, LAB_EVENT_END, 1, 0, NULL}, 0},
    {"a line later", "t", 14, {250, LAB_EVENT_SAY, 2, 0, "two arrived"}, 0},
    {"no second line", "tcLRo", 14, {0}, 0},
    {"another word",
     "PQRlon",
     10,
     {100, LAB_EVENT_SAY, 1, 0, "three arrived"},
     0},
    {"a word less", "cL", 10, {100, LAB_EVENT_SAY, 1, 0, "one"}, 0},
    {"no first line", "cLPQRlo", 10, {0}, 0},
    {"no beat", "g", 15, {0}, 0},
    {"a late beat", "g", 15, {250, LAB_EVENT_MARK, 2, 0, "beat"}, 0},
    {"nobody leaves", "r", 16, {0}, 0},
    {"nobody comes", "pqr", 7, {0}, 0},
    {"two come", "pr", 7, {0, LAB_EVENT_COUNT, 2, 2, "inside"}, 0},
    {"another result", "y", 17, {200, LAB_EVENT_END, 2, 8, NULL}, 0},
    {"more turns", "u", 18, {300, LAB_EVENT_RUN, 1, 6, NULL}, 0},
    {"no computing", "bh", 19, {0}, 0},
};

TEST(what_is_moved_in_a_record_breaks_just_the_claims_that_speak_of_it) {
    for (size_t i = 0; i < countof(moves); i++) {
        struct scene scene;
        open_scene(&scene);
        for (size_t j = 0; j < countof(base); j++) {
            bool is_moved = j + 1 == moves[i].number;
            const struct happening *it =
                is_moved ? &moves[i].instead : &base[j];
            if (it->kind || it->task)
                add(scene.run->record, it);
        }
        scene.run->rc = moves[i].rc;
        if (!CHECK_STR(broken(&scene, LAB_GRADE_SMALL), moves[i].broken))
            fprintf(stderr, "%s\n", moves[i].what);
        close_scene(&scene);
    }
}

TEST(no_claim_holds_where_nothing_has_happened) {
    struct scene scene;
    open_scene(&scene);
    CHECK_INT(strlen(broken(&scene, LAB_GRADE_SMALL)), countof(claims));
    close_scene(&scene);
}

TEST(a_phase_asks_what_it_can_tell) {
    struct scene scene;
    open_scene(&scene);
    for (size_t i = 0; i < 9; i++)
        add(scene.run->record, &base[i]);
    scene.run->rc = LAB_ECANCELED;
    // Neither times, turns, shares nor warnings; under a cancel only whether it
    // ends at all.
    CHECK_STR(broken(&scene, LAB_GRADE_LATE), "ecLrPQRlxyo");
    CHECK_STR(broken(&scene, LAB_GRADE_CANCEL), "");
    scene.run->rc = LAB_EDEADLK;
    CHECK_STR(broken(&scene, LAB_GRADE_CANCEL), "e");
    close_scene(&scene);
}

static bool judges(const char *claim, enum lab_grade_phase phase,
                   const char *schedule) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
    struct lab_run *run = lab_comparison_add_run(&comparison, "only");
    struct lab_grade grade = {0};
    lab_grade_claims(&grade, (char *[]){(char *)claim}, 1);
    lab_grade_give(&grade, &comparison, run);
    comparison.schedule = schedule ? lab_strdup(schedule) : NULL;
    add(run->record, &base[0]);
    lab_ignore((int)lab_grade_judge(&comparison, run, phase));
    bool is_judged = !run->claims[grade.claim_count - 1].skipped;
    lab_comparison_free(&comparison);
    lab_grade_free(&grade);
    return is_judged;
}

TEST(a_claim_is_judged_in_the_phases_that_it_names) {
    static const struct {
        const char *claim;
        const char *fifo, *other; // of small, late, cancel and cases: judged?
    } scopes[] = {
        {"count(x) = 0", "yy-y", "yy-y"},
        {"time(x) = 0", "y--y", "y--y"},
        {"ends ok", "yyyy", "yyyy"},
        {"fifo: count(x) = 0", "y--y", "----"},
        {"fifo: turns = 1", "---y", "----"},
        {"late: time = 0", "-y--", "-y--"},
        {"cancel: count(x) = 0", "--y-", "--y-"},
        {"cancel: ends ok", "--y-", "--y-"},
    };
    for (size_t i = 0; i < countof(scopes); i++)
        for (int phase = 0; phase < LAB_GRADE_PHASES; phase++) {
            enum lab_grade_phase in = (enum lab_grade_phase)phase;
            bool fifo = judges(scopes[i].claim, in, NULL),
                 other = judges(scopes[i].claim, in, "another");
            if (!CHECK(fifo == (scopes[i].fifo[phase] == 'y')) ||
                !CHECK(other == (scopes[i].other[phase] == 'y')))
                fprintf(stderr, "%s in %s\n", scopes[i].claim,
                        lab_grade_phases[phase]);
        }
}

TEST(a_plan_that_cannot_be_read_is_refused_with_the_place) {
    static const struct lab_demo demo = {
        .params = {{"n", .value = 3, .min = 1, .max = 9}}};
    static const struct {
        char *claim, *small, *first_case;
        const char *says;
    } wrong[] = {
        {"count(x) = m", "", "n=1", "in the claim \"count(x) = m\""},
        {"peek(x) = 1", "", "n=1", "there is no such measure"},
        {"count(x) = n", "m=1", "n=1", "m"},
        {"count(x) = n", "n=1", "n=10", "n"},
        {"count(x) = n", "n=1", "n", "n"},
    };
    for (size_t i = 0; i < countof(wrong); i++) {
        struct lab_settings settings;
        struct lab_text error = {0};
        struct lab_grade grade = {.small = lab_strdup(wrong[i].small),
                                  .case_count = 1};
        grade.cases = lab_alloc(sizeof *grade.cases);
        grade.cases[0] = lab_strdup(wrong[i].first_case);
        lab_grade_claims(&grade, (char *[]){wrong[i].claim}, 1);
        lab_settings_init(&settings, &demo);
        CHECK(!lab_grade_check(&grade, &settings, &error));
        CHECK(strstr(lab_text_string(&error), wrong[i].says));
        lab_text_free(&error);
        lab_grade_free(&grade);
    }
}
