#include "test.h"

#include "demo/drive.h"
#include "view/drive.h"
#include "view/drive_goal.h"

#include "core/say.h"
#include "core/task.h"
#include "demos.h"

static const struct lab_style style = {.width = 80};

// Two who give way to each other until one has counted to two: while the other
// is not chosen, nothing is so that was not so before.
static int counted;

static int count(void *arg) {
    (void)arg;
    LAB_TRY(lab_yield());
    counted++;
    return 0;
}

static int watch_it(void *arg) {
    (void)arg;
    while (counted < 1)
        LAB_TRY(lab_yield());
    lab_count("seen", +1);
    lab_say("it is %d", counted);
    return 0;
}

static int circle(void) {
    counted = 0;
    lab_task *tasks[] = {lab_spawn("watch", watch_it, NULL),
                         lab_spawn("count", count, NULL)};
    return lab_gather(tasks, 2);
}

static const struct lab_demo demo = {
    .name = "circle",
    .asks = "Which?",
    .variants = {{"circle", circle, "one watches the other",
                  .claims = {"fifo: order \"it is 1\"", "last(seen) = 1"}}}};

static struct lab_comparison run(struct lab_drive *drive, const char *script,
                                 struct lab_choices *choices) {
    struct lab_comparison comparison = {.number = 1};
    struct lab_settings settings;
    lab_settings_init(&settings, &demo);
    lab_drive_begin(drive, &settings, 0);
    lab_drive_run(drive, script, &comparison);
    lab_choices_read(choices, comparison.runs[0]->record);
    return comparison;
}

VIRTUAL_TEST(who_is_chosen_again_and_again_goes_round_in_circles) {
    struct lab_drive drive;
    struct lab_choices choices;
    struct lab_comparison comparison = run(&drive, "0,1,1,1", &choices);
    const struct lab_record *record = comparison.runs[0]->record;
    // First both have begun; then watch alone runs, and nothing changes.
    MUST(CHECK(choices.count >= 4));
    CHECK_INT(lab_choices_find_alike(&choices, record, 0), SIZE_MAX);
    CHECK_INT(lab_choices_find_alike(&choices, record, 1), SIZE_MAX);
    bool any = false;
    for (size_t i = 2; i < choices.count; i++)
        any |= lab_choices_find_alike(&choices, record, i) < i;
    CHECK(any);
    lab_choices_free(&choices);
    lab_comparison_free(&comparison);
    lab_drive_end(&drive);
}

VIRTUAL_TEST(those_in_order_go_round_in_none) {
    struct lab_drive drive;
    struct lab_choices choices;
    struct lab_comparison comparison = run(&drive, "0", &choices);
    const struct lab_record *record = comparison.runs[0]->record;
    for (size_t i = 0; i < choices.count; i++)
        CHECK_INT(lab_choices_find_alike(&choices, record, i), SIZE_MAX);
    lab_choices_free(&choices);
    lab_comparison_free(&comparison);
    lab_drive_end(&drive);
}

VIRTUAL_TEST(a_choice_has_names_and_lines_and_what_came_of_it) {
    struct lab_drive drive;
    struct lab_choices choices;
    struct lab_comparison comparison = run(&drive, "1", &choices);
    const struct lab_record *record = comparison.runs[0]->record;
    struct lab_text text = {0};
    MUST(CHECK(choices.count >= 2));
    lab_drive_put_choice(&text, &style, record, &choices.all[0], NULL);
    CHECK_STR(lab_text_string(&text), " 1 t2 watch  begins\n"
                                      " 2 t3 count  begins\n");
    lab_text_clear(&text);
    lab_drive_put_choice(&text, &style, record, &choices.all[1], NULL);
    CHECK_STR(lab_text_string(&text), " 1 t2 watch  begins\n"
                                      " 2 t3 count  continues\n");
    lab_text_clear(&text);
    struct lab_style narrow = {.width = 21}; // too narrow for "continues"
    lab_drive_put_choice(&text, &narrow, record, &choices.all[0], NULL);
    lab_drive_put_choice(&text, &narrow, record, &choices.all[1], NULL);
    CHECK_STR(lab_text_string(&text), " 1 t2 watch  begins\n"
                                      " 2 t3 count  begins\n"
                                      " 1 t2 watch\n"
                                      "    begins\n"
                                      " 2 t3 count\n"
                                      "    continues\n");
    lab_text_clear(&text);
    lab_drive_put_events(&text, &style, record, choices.all[0].event,
                         choices.all[1].event);
    CHECK_STR(lab_text_string(&text), "  count begins and lets others run.\n");
    lab_text_clear(&text);
    lab_drive_put_events(&text, &style, record, 0, lab_record_count(record));
    CHECK(strstr(lab_text_string(&text), "says \"it is 1\""));
    CHECK(strstr(lab_text_string(&text), "  seen = 1\n"));
    lab_text_free(&text);
    lab_choices_free(&choices);
    lab_comparison_free(&comparison);
    lab_drive_end(&drive);
}
