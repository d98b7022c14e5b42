#include "view/export_sentence.h"

#include "export.h"

// Does the last event of [record] read as [expected]? Frees it.
static void check_sentence(struct lab_record *record, const char *expected) {
    struct lab_lanes lanes;
    struct lab_text text = {0};
    lab_lanes_read(&lanes, record);
    lab_export_sentence(&text, &lanes, record,
                        lab_record_at(record, lab_record_count(record) - 1));
    CHECK_STR(lab_text_string(&text), expected);
    lab_text_free(&text);
    lab_lanes_free(&lanes);
    lab_record_free(record);
}

static struct lab_record *with(struct lab_event event, const char *text) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "root");
    ADD(record, SPAWN, 0, 2, "a.txt");
    lab_record_add(record,
                   (struct lab_event){.kind = LAB_EVENT_WORKER, .worker = 1},
                   "pool-1");
    event.task = 2;
    lab_record_add(record, event, text);
    return record;
}

#define CHECK_SENTENCE(expected, text, ...)                                    \
    check_sentence(with((struct lab_event){__VA_ARGS__}, text), expected)

TEST(an_event_reads_as_a_sentence) {
    CHECK_SENTENCE("a.txt sleeps until 1.500 s", NULL, .kind = LAB_EVENT_WAIT,
                   .on = LAB_ON_SLEEP, .value = 1500 * LAB_MS);
    CHECK_SENTENCE("a.txt waits for the end of root, at most until 1.000 s",
                   NULL, .kind = LAB_EVENT_WAIT, .on = LAB_ON_TASK, .other = 1,
                   .value = LAB_S);
    CHECK_SENTENCE("a.txt is woken by root", NULL, .kind = LAB_EVENT_WAKE,
                   .other = 1);
    CHECK_SENTENCE("a.txt ends: cancelled", NULL, .kind = LAB_EVENT_END,
                   .value = LAB_ECANCELED);
    CHECK_SENTENCE("a.txt is cancelled by root: too slow", "too slow",
                   .kind = LAB_EVENT_CANCEL, .other = 1);
    CHECK_SENTENCE("a.txt hands a job to pool", "pool",
                   .kind = LAB_EVENT_QUEUE);
    CHECK_SENTENCE("worker pool-1 begins the job of a.txt", NULL,
                   .kind = LAB_EVENT_START, .worker = 1);
    CHECK_SENTENCE("worker pool-1 blocks, and holds its thread, for 250.0 ms",
                   NULL, .kind = LAB_EVENT_BLOCK, .worker = 1,
                   .on = LAB_ON_BLOCK, .value = 250 * LAB_MS);
    CHECK_SENTENCE("a.txt says \"\\x1b[2J\"", "\x1b[2J", .kind = LAB_EVENT_SAY);
}

TEST(every_kind_of_event_has_a_sentence) {
    for (unsigned kind = 0; kind <= LAB_EVENT_KINDS; kind++) {
        for (unsigned on = 0; on <= LAB_ONS; on++) {
            struct lab_text text = {0};
            struct lab_lanes lanes = {0};
            struct lab_record *record = lab_record_new();
            struct lab_event event = {.kind = (uint8_t)kind, .on = (uint8_t)on};
            lab_export_sentence(&text, &lanes, record, &event);
            CHECK(text.length > 8);
            lab_text_free(&text);
            lab_record_free(record);
        }
    }
}
