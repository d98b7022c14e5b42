#include "records.h"
#include "view/view.h"

static struct lab_comparison comparison_with(struct lab_record *record) {
    return demo_with(2, "blocking", record);
}

TEST(time_is_divided_into_what_it_was_spent_on) {
    show_view("", lab_view_busy, comparison_with(record_nap(true)),
              &style_80_ascii);
}

TEST(only_the_time_that_is_looked_at_is_divided) {
    struct lab_style style = {.width = 120,
                              .ascii = true,
                              .from = 50 * LAB_MS,
                              .to = 150 * LAB_MS,
                              .lanes = "loop,job 3,pool-2"};
    show_view("", lab_view_busy, comparison_with(record_pool(2)), &style);
}

TEST(less_than_half_a_percent_is_blank) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "main");
    ADD(record, RUN, 0, 1, NULL);
    add_on(record, LAB_EVENT_WAIT, LAB_MS, 1, LAB_ON_SLEEP);
    ADD(record, END, LAB_S, 1, NULL);
    char *text = seen(lab_view_busy, comparison_with(record), &style_80_ascii);
    CHECK(strstr(text, "\nmain  ----------  1.000 s    100 %"));
    lab_free(text);
}

TEST(of_many_tasks_thirty_have_figures) {
    struct lab_record *record = lab_record_new();
    for (uint32_t i = 1; i <= 100; i++)
        ADD(record, SPAWN, 0, i, "task");
    char *text = seen(lab_view_busy, comparison_with(record), &style_80);
    CHECK(strstr(text, "\ntask 30 "));
    CHECK(!strstr(text, "\ntask 31 "));
    CHECK(strstr(text, "\n... and 70 tasks more\n"));
    lab_free(text);
}
