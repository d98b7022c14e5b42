#include "view/export.h"

#include "export.h"
#include "runs.h"
#include "visitors.h"

TEST(every_line_of_a_cast_is_json) {
    for (size_t i = 0; i < HARMFUL; i++) {
        char *name = harmful_name(i);
        char *text = export_called(lab_export_cast, name);
        for (char *line = text, *end; *line; line = end + 1) {
            end = strchr(line, '\n');
            MUST(end != NULL);
            if (!CHECK(is_json(line, (size_t)(end - line))))
                CHECK_INT(i, -1); // says which
        }
        // Header, variant, line, table, timeline, legend.
        CHECK_INT(times_in(text, "\n"), 6);
        lab_free(text);
        lab_free(name);
    }
}

TEST(a_cast_says_each_line_when_it_was_said) {
    struct lab_comparison comparison = comparison_03();
    for (size_t i = 0; i < 2; i++) {
        struct lab_record *record = lab_record_new();
        ADD(record, SPAWN, 0, 1, "root");
        ADD(record, SAY, 1500 * LAB_MS + 1, 1, "half");
        ADD(record, END, 2 * LAB_S, 1, NULL);
        put_record(&comparison, comparison.runs[i], record);
    }
    char *text = seen(lab_export_cast, comparison, &style_80);
    CHECK(strncmp(text,
                  "{\"version\": 2, \"width\": 80, \"height\": 24, "
                  "\"title\": \"03 sequential_gather\"}\n[0, \"o\", ",
                  80) == 0);
    CHECK(strstr(text, "\n[1.500000001, \"o\", \"  1.500 s") != NULL);
    CHECK(strstr(text, "\n[3.500000001, \"o\", \"  1.500 s") != NULL);
    CHECK(strstr(text, "\n[4, \"o\", ") != NULL);
    lab_free(text);
}

TEST(a_cast_names_a_run_that_only_has_a_name_where_it_says_something) {
    struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL,
                                        .demo = lab_strdup("mine")};
    struct lab_record *silent =
        lab_comparison_add_run(&comparison, "silent")->record;
    struct lab_record *main_ =
        lab_comparison_add_run(&comparison, "main")->record;
    ADD(silent, SPAWN, 0, 1, "silent");
    ADD(silent, END, LAB_S, 1, NULL);
    ADD(main_, SPAWN, 0, 1, "main");
    ADD(main_, SAY, LAB_S, 1, "half");
    ADD(main_, SAY, LAB_S, 1, "whole");
    char *text = seen(lab_export_cast, comparison, &style_80);
    CHECK(strstr(text, "\n[2, \"o\", \"\\r\\n\\u001b[1mmain\\u001b[0m"));
    CHECK_INT(times_in(text, "[1mmain\\u"), 1);
    CHECK_INT(times_in(text, "[1msilent\\u"), 0);
    lab_free(text);
}

TEST(time_in_a_cast_never_goes_back) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "root");
    ADD(record, SAY, 2 * LAB_S, 1, "late");
    ADD(record, SAY, LAB_S, 1, "early");
    struct lab_comparison comparison = demo_with(3, "in_turn", record);
    char *text = seen(lab_export_cast, comparison, &style_80);
    CHECK_INT(times_in(text, "\n[2, "), 3);
    lab_free(text);
}

TEST(a_cast_ends_with_the_timelines) {
    struct lab_comparison comparison =
        demo_with(3, "in_turn", record_of(receive_visitors));
    char *text = seen(lab_export_cast, comparison, &style_80);
    const char *table = strstr(text, "\n[0.5, \"o\", \"");
    MUST(table != NULL);
    const char *picture = strstr(table, "\n[3.5, \"o\", \"");
    MUST(picture != NULL);
    CHECK(strstr(picture, "inside"));
    CHECK(strstr(picture, "\xE2\x96\x88")); // as high as it gets
    const char *legend = strstr(picture, "\n[6.5, \"o\", \"");
    MUST(legend != NULL);
    CHECK(strstr(legend, "failed"));
    CHECK(strstr(legend, "cancelled"));
    lab_free(text);
}
