#include "view/export.h"

#include "export.h"
#include "runs.h"
#include "visitors.h"

TEST(a_trace_is_json_whatever_the_names_are) {
    for (size_t i = 0; i < HARMFUL; i++) {
        char *name = harmful_name(i);
        char *text = export_called(lab_export_trace, name);
        if (!CHECK(is_json(text, strlen(text))))
            CHECK_INT(i, -1); // says which
        // Each event is a line, between the first and the last.
        CHECK_INT(times_in(text, "\n{\"ph\":"), times_in(text, "\n") - 2);
        lab_free(text);
        lab_free(name);
    }
}

// The number behind [key], in nanoseconds: it has three decimals at most.
static lab_time number(const char *line, const char *key) {
    const char *at = strstr(line, key);
    char *end = NULL;
    if (!CHECK(at != NULL))
        return 0;
    lab_time ns = strtoll(at + strlen(key), &end, 10) * 1000;
    lab_time digit = 100;
    if (*end == '.')
        for (end++; *end >= '0' && *end <= '9'; end++, digit /= 10)
            ns += (*end - '0') * digit;
    return ns;
}

// Does no complete event of a track begin before the last has ended? Counts
// them. Events of one track stand together.
static bool nothing_overlaps(const char *text, int *count) {
    char track[64] = "";
    lab_time end = 0;
    for (const char *line = text; line; line = strchr(line + 1, '\n')) {
        static const char complete[] = "\n{\"ph\":\"X\",";
        char mine[64];
        if (strncmp(line, complete, strlen(complete)) != 0)
            continue;
        const char *name = strstr(line, "\"pid\"");
        size_t n = (size_t)(strstr(line, ",\"ts\"") - name);
        snprintf(mine, sizeof mine, "%.*s", (int)n, name);
        bool same = strcmp(mine, track) == 0;
        lab_time from = number(line, "\"ts\":");
        if (same && from < end)
            return false;
        end = from + number(line, "\"dur\":");
        memcpy(track, mine, sizeof track);
        ++*count;
    }
    return true;
}

TEST(nothing_overlaps_on_a_track) {
    struct lab_comparison comparisons[] = {comparison_02(), comparison_03(),
                                           comparison_04()};
    for (size_t i = 0; i < countof(comparisons); i++) {
        int count = 0;
        char *text = seen(lab_export_trace, comparisons[i], &style_80);
        CHECK(nothing_overlaps(text, &count));
        CHECK(count > 10);
        lab_free(text);
    }
}

TEST(times_in_a_trace_are_exact) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "together");
    ADD(record, RUN, 1234567001, 1, NULL);
    ADD(record, END, 1234567891, 1, NULL);
    struct lab_comparison comparison = demo_with(3, "in_turn", record);
    char *text = seen(lab_export_trace, comparison, &style_80);
    CHECK(
        strstr(text, "\"ts\":1234567.001,\"dur\":0.89,\"name\":\"running\"") !=
        NULL);
    lab_free(text);
}

TEST(a_trace_has_a_named_track_for_each_lane) {
    char *text = seen(lab_export_trace, comparison_04(), &style_80);
    CHECK(strstr(text, "\"name\":\"process_name\",\"args\":{\"id\":0,\"name\":"
                       "\"pool_2\"}") != NULL);
    CHECK(strstr(text, "\"args\":{\"id\":0,\"name\":\"loop\"}") != NULL);
    CHECK(strstr(text, "\"args\":{\"id\":0,\"name\":\"job 8\"}") != NULL);
    CHECK(strstr(text, "\"args\":{\"id\":0,\"name\":\"pool-4\"}") != NULL);
    CHECK(strstr(text, "\"why\":\"worker pool-1 begins the job of job 1\"") ||
          strstr(text, "\"why\":\"worker pool-1 blocks"));
    lab_free(text);
}

// The gauge stands at 0 until the first visitor comes; all come at 0 s.
TEST(a_gauge_is_a_counter_of_a_trace) {
    struct lab_comparison comparison =
        demo_with(3, "in_turn", record_of(receive_visitors));
    char *text = seen(lab_export_trace, comparison, &style_80);
    CHECK_INT(times_in(text, "{\"ph\":\"C\",\"pid\":1,"), 6);
    CHECK(strstr(text, "\"ts\":0,\"name\":\"inside\",\"args\":{\"value\":3}}"));
    CHECK(strstr(text,
                 "\"ts\":200000,\"name\":\"inside\",\"args\":{\"value\":2}}"));
    lab_free(text);
}

TEST(a_counter_begins_at_nothing) {
    struct lab_record *record = lab_record_new();
    struct lab_event event = {
        .kind = LAB_EVENT_COUNT, .time = LAB_MS, .value = -2};
    lab_record_add(record, event, "owed");
    char *text =
        seen(lab_export_trace, demo_with(3, "in_turn", record), &style_80);
    CHECK(strstr(text, "\"ts\":0,\"name\":\"owed\",\"args\":{\"value\":0}}"));
    CHECK(
        strstr(text, "\"ts\":1000,\"name\":\"owed\",\"args\":{\"value\":-2}}"));
    lab_free(text);
}

TEST(a_trace_tells_who_was_cancelled_and_what_was_taken_back) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "one");
    ADD(record, CANCEL, LAB_MS, 1, NULL);
    ADD(record, UNCANCEL, 2 * LAB_MS, 1, NULL);
    char *text =
        seen(lab_export_trace, demo_with(3, "in_turn", record), &style_80);
    CHECK(strstr(text, "\"ts\":1000,\"s\":\"t\",\"name\":\"the loop cancels "
                       "one\""));
    CHECK(strstr(text, "\"ts\":2000,\"s\":\"t\",\"name\":\"the loop clears the "
                       "cancel of one\""));
    lab_free(text);
}

TEST(a_trace_tells_how_each_task_ended) {
    struct lab_comparison comparison =
        demo_with(3, "in_turn", record_of(receive_visitors));
    char *text = seen(lab_export_trace, comparison, &style_80);
    CHECK(strstr(text, "\"name\":\"middle ends\""));
    CHECK(strstr(text, "\"name\":\"short fails: invalid argument\""));
    CHECK(strstr(text, "\"name\":\"long ends cancelled\""));
    lab_free(text);
}
