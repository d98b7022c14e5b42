#include "record/state.h"

#include "view/panel.h"
#include "view/records.h"

// Tasks, groups and locks have numbers far apart, and all of a hundred thousand
// events name others. What costs the square of that takes long here, and is
// seen at once.

enum { MANY = 100000 };

static uint32_t next(uint32_t *seed) {
    return *seed = *seed * UINT32_C(1664525) + UINT32_C(1013904223);
}

// Any events of any tasks; of these [kinds], if not all.
static struct lab_record *record_sparse(const uint8_t *kinds, size_t count) {
    struct lab_record *record = lab_record_new();
    uint32_t seed = 7;
    for (int i = 0; i < MANY; i++) {
        struct lab_event event = {.time = i * LAB_US,
                                  .kind = (uint8_t)(next(&seed) >> 16) %
                                          LAB_EVENT_KINDS,
                                  .on = (uint8_t)(next(&seed) >> 16) % LAB_ONS,
                                  .task = next(&seed),
                                  .other = next(&seed),
                                  .worker = (uint16_t)(next(&seed) >> 16),
                                  .value = next(&seed)};
        if (count > 0)
            event.kind = kinds[(next(&seed) >> 16) % count];
        lab_record_add(record, event, i % 3 ? "name" : "");
    }
    return record;
}

static void ask(struct lab_record *record) {
    struct lab_text out = {0};
    struct lab_comparison comparison = run_demo(3, "in_turn", "");
    struct lab_run run = {.name = "in_turn", .record = record};
    struct lab_state *state = lab_state_new(record);
    struct lab_snapshot snapshot = {
        .state = state, .comparison = &comparison, .run = &run};
    lab_state_go(state, MANY);
    CHECK(state->tasks.count > MANY / 10);
    lab_question_ps(&out, &style_80, &snapshot);
    lab_question_alive(&out, &style_80, &snapshot);
    for (size_t i = 0; i < 5; i++)
        lab_question_why(&out, &style_80, &snapshot,
                         lab_state_task_at(state, i)->number);
    lab_panel_screen(&out, &style_80, &snapshot, 24);
    lab_state_go(state, MANY / 2);
    lab_panel_put(&out, &style_80, &snapshot);
    CHECK(out.length > 0);
    lab_text_free(&out);
    lab_state_free(state);
    lab_comparison_free(&comparison);
}

TEST(numbers_far_apart_cost_a_view_nothing) {
    for (const struct lab_view *view = lab_views; view->name; view++) {
        struct lab_comparison comparison =
            demo_with(3, "in_turn", record_sparse(NULL, 0));
        char *text = seen(view->render, comparison, &style_80);
        CHECK(*text);
        lab_free(text);
    }
}

TEST(numbers_far_apart_cost_a_question_nothing) {
    struct lab_record *record = record_sparse(NULL, 0);
    ask(record);
    lab_record_free(record);
}

// Each asks for the children of one, or the members of a group.
TEST(many_waits_for_several_cost_what_their_tasks_do) {
    static const uint8_t kinds[] = {LAB_EVENT_WAIT, LAB_EVENT_SPAWN};
    struct lab_record *record = record_sparse(kinds, countof(kinds));
    ask(record);
    lab_record_free(record);
}

// In nonsense every member of a group may wait for all of them.
TEST(a_group_whose_members_wait_for_it_is_a_deadlock) {
    struct lab_record *record = lab_record_new();
    struct lab_text out = {0};
    for (uint32_t i = 1; i <= MANY / 2; i++) {
        struct lab_event event = {
            .kind = LAB_EVENT_JOIN, .task = i, .other = 1, .on = LAB_ON_GROUP};
        lab_record_add(record, event, NULL);
        event.kind = LAB_EVENT_WAIT;
        lab_record_add(record, event, NULL);
    }
    struct lab_state *state = lab_state_new(record);
    struct lab_snapshot snapshot = {.state = state};
    lab_state_go(state, MANY);
    lab_question_why(&out, &style_80, &snapshot, 1);
    lab_question_alive(&out, &style_80, &snapshot);
    CHECK(
        strstr(lab_text_string(&out), "Deadlock: t1 waits for t1 to t50000."));
    lab_text_free(&out);
    lab_state_free(state);
    lab_record_free(record);
}

TEST(those_far_apart_are_listed_in_the_order_of_their_numbers) {
    static const uint32_t numbers[] = {900, 7, 4000000000, 30};
    struct lab_record *record = lab_record_new();
    struct lab_state *state = lab_state_new(record);
    struct lab_text out = {0};
    for (size_t i = 0; i < countof(numbers); i++)
        ADD(record, SPAWN, 0, numbers[i], "");
    lab_state_go(state, countof(numbers));
    lab_question_ps(&out, &style_80, &(struct lab_snapshot){.state = state});
    const char *text = lab_text_string(&out), *at = text;
    static const char *const expected[] = {"t7 ", "t30 ", "t900 ",
                                           "t4000000000 "};
    for (size_t i = 0; i < countof(expected) && at; i++)
        at = strstr(at, expected[i]);
    CHECK(at != NULL);
    lab_text_free(&out);
    lab_state_free(state);
    lab_record_free(record);
}
