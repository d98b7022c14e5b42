#include "test.h"

#include "base/time.h"
#include "core/block.h"
#include "core/executor.h"
#include "core/run.h"
#include "core/say.h"

#include <stdio.h>
#include <string.h>

struct heard {
    char lines[512];
};

static void on_say(void *sink, lab_time time, const char *who,
                   const char *line) {
    struct heard *heard = sink;
    size_t n = strlen(heard->lines);
    snprintf(heard->lines + n, sizeof heard->lines - n, "%lld %s: %s\n",
             (long long)(time / LAB_MS), who, line);
}

static void hear(lab_fn *body, struct heard *heard, struct lab_record *record) {
    heard->lines[0] = '\0';
    CHECK_INT(lab_run(&(struct lab_run_options){.name = "root",
                                                .body = body,
                                                .clock = LAB_CLOCK_VIRTUAL,
                                                .record = record,
                                                .on_say = on_say,
                                                .sink = heard}),
              0);
}

static int job(void *arg) {
    (void)arg;
    lab_block(5 * LAB_MS);
    lab_say("from a worker");
    return 0;
}

static int speak(void *arg) {
    (void)arg;
    lab_say("%d and %s", 1, "two");
    LAB_TRY(lab_sleep(3 * LAB_MS));
    lab_mark("beat");
    lab_say("later");
    return lab_offload(lab_pool_new("pool", 1), job, NULL);
}

TEST(what_is_said_is_heard_with_time_and_name) {
    struct heard heard;
    hear(speak, &heard, NULL);
    CHECK_STR(heard.lines, "0 root: 1 and two\n3 root: later\n"
                           "8 pool-1: from a worker\n");
}

static int hostile(void *arg) {
    (void)arg;
    lab_say("a\033[2Jb\nc");
    return 0;
}

TEST(what_is_said_is_harmless_to_a_terminal) {
    struct heard heard;
    hear(hostile, &heard, NULL);
    CHECK_STR(heard.lines, "0 root: a\\x1b[2Jb\\x0ac\n");
}

static size_t count_kind(const struct lab_record *record, int kind) {
    size_t n = 0;
    for (size_t i = 0; i < lab_record_count(record); i++)
        n += lab_record_at(record, i)->kind == kind;
    return n;
}

TEST(the_record_has_what_happened) {
    static const struct {
        int kind;
        size_t times;
    } expected[] = {
        {LAB_EVENT_SPAWN, 1},  {LAB_EVENT_SAY, 3},   {LAB_EVENT_MARK, 1},
        {LAB_EVENT_WORKER, 1}, {LAB_EVENT_QUEUE, 1}, {LAB_EVENT_START, 1},
        {LAB_EVENT_DONE, 1},   {LAB_EVENT_BLOCK, 1}, {LAB_EVENT_WAIT, 2},
        {LAB_EVENT_WAKE, 2},   {LAB_EVENT_RUN, 3},   {LAB_EVENT_END, 1}};
    struct heard heard;
    struct lab_record *record = lab_record_new();
    hear(speak, &heard, record);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        CHECK_INT(count_kind(record, expected[i].kind), expected[i].times);
    CHECK_INT(lab_record_end(record), 8 * LAB_MS);
    lab_record_free(record);
}
