#include "view/sentence.h"

#include "export.h"

// A record with task 1 "root", task 2 "a.txt", worker 1 "pool-1", and [event]
// of task 2.
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

// How the last event of [record] reads with the names of its lanes, and with
// those of its state. Both are the caller's.
static void read_last(struct lab_record *record, struct lab_text *named,
                      struct lab_text *numbered) {
    struct lab_lanes lanes;
    struct lab_state *state = lab_state_new(record);
    struct lab_wording wording = {record, .lanes = &lanes};
    size_t count = lab_record_count(record);
    const struct lab_event *last = lab_record_at(record, count - 1);
    lab_lanes_read(&lanes, record);
    lab_state_go(state, count);
    lab_sentence_put(named, wording, last);
    lab_sentence_put(numbered, lab_wording_of(state), last);
    lab_lanes_free(&lanes);
    lab_state_free(state);
    lab_record_free(record);
}

static void check_sentence(struct lab_record *record, const char *named,
                           const char *numbered) {
    struct lab_text is = {0}, is_numbered = {0};
    read_last(record, &is, &is_numbered);
    CHECK_STR(lab_text_string(&is), named);
    CHECK_STR(lab_text_string(&is_numbered), numbered);
    lab_text_free(&is);
    lab_text_free(&is_numbered);
}

#define CHECK_SENTENCE(named, numbered, text, ...)                             \
    check_sentence(with((struct lab_event){__VA_ARGS__}, text), named, numbered)

TEST(an_event_reads_as_a_sentence) {
    CHECK_SENTENCE(
        "a.txt sleeps until 1.500 s", "t2 a.txt sleeps until 1.500 s", NULL,
        .kind = LAB_EVENT_WAIT, .on = LAB_ON_SLEEP, .value = 1500 * LAB_MS);
    CHECK_SENTENCE("a.txt waits for root, until 1.000 s at the latest",
                   "t2 a.txt waits for t1 root, until 1.000 s at the latest",
                   NULL, .kind = LAB_EVENT_WAIT, .on = LAB_ON_TASK, .other = 1,
                   .value = LAB_S);
    CHECK_SENTENCE("a.txt is woken by root: the flag was set",
                   "t2 a.txt is woken by t1 root: the flag was set", NULL,
                   .kind = LAB_EVENT_WAKE, .on = LAB_ON_FLAG, .other = 1);
    CHECK_SENTENCE("a.txt ends cancelled", "t2 a.txt ends cancelled", NULL,
                   .kind = LAB_EVENT_END, .value = LAB_ECANCELED);
    CHECK_SENTENCE("root cancels a.txt (too slow)",
                   "t1 root cancels t2 a.txt (too slow)", "too slow",
                   .kind = LAB_EVENT_CANCEL, .other = 1);
    CHECK_SENTENCE("a.txt says \"hello\"", "t2 a.txt says \"hello\"", "hello",
                   .kind = LAB_EVENT_SAY);
    CHECK_SENTENCE("the loop forgets the error of a.txt, which nobody has read",
                   "the loop forgets the error of t2 a.txt, which nobody has "
                   "read",
                   NULL, .kind = LAB_EVENT_UNREAD);
}

TEST(a_worker_is_told_of_by_its_name) {
    CHECK_SENTENCE("a.txt queues a job for pool",
                   "t2 a.txt queues job 7 for pool", "pool",
                   .kind = LAB_EVENT_QUEUE, .other = 7);
    CHECK_SENTENCE("worker pool-1 takes the job of a.txt",
                   "worker pool-1 takes job 7 of t2 a.txt", NULL,
                   .kind = LAB_EVENT_START, .worker = 1, .other = 7);
    CHECK_SENTENCE("worker pool-1 blocks its own thread for 250.0 ms",
                   "worker pool-1 blocks its own thread for 250.0 ms", NULL,
                   .kind = LAB_EVENT_BLOCK, .worker = 1, .on = LAB_ON_BLOCK,
                   .value = 250 * LAB_MS);
    CHECK_SENTENCE("the loop makes a call for worker pool-1",
                   "the loop makes a call for worker pool-1", NULL,
                   .kind = LAB_EVENT_CALL, .worker = 1, .other = 7);
}

TEST(things_have_numbers_where_tasks_do) {
    CHECK_SENTENCE("a.txt waits for a lock", "t2 a.txt waits for lock 3", NULL,
                   .kind = LAB_EVENT_WAIT, .on = LAB_ON_LOCK, .other = 3);
    CHECK_SENTENCE("a.txt holds a lock", "t2 a.txt holds lock 3", NULL,
                   .kind = LAB_EVENT_HOLD, .other = 3);
    CHECK_SENTENCE("a.txt joins a group", "t2 a.txt joins group 3", NULL,
                   .kind = LAB_EVENT_JOIN, .on = LAB_ON_GROUP, .other = 3);
}

TEST(a_generator_is_told_of_by_its_name_and_what_goes_in_and_out) {
    CHECK_SENTENCE("a.txt resumes generator 3 with 5",
                   "t2 a.txt resumes generator 3 with 5", NULL,
                   .kind = LAB_EVENT_RESUME, .other = 3, .value = 5);
    CHECK_SENTENCE("a.txt resumes generator 3", "t2 a.txt resumes generator 3",
                   NULL, .kind = LAB_EVENT_RESUME, .other = 3);
    CHECK_SENTENCE("a.txt gets 0 from generator 3",
                   "t2 a.txt gets 0 from generator 3", NULL,
                   .kind = LAB_EVENT_YIELD, .other = 3);
    CHECK_SENTENCE("a.txt closes generator 3", "t2 a.txt closes generator 3",
                   NULL, .kind = LAB_EVENT_CLOSE, .other = 3,
                   .value = LAB_ECANCELED);
    CHECK_SENTENCE("a.txt comes to the end of generator 3, which returns 7",
                   "t2 a.txt comes to the end of generator 3, which returns 7",
                   NULL, .kind = LAB_EVENT_CLOSE, .other = 3, .value = 7);
    CHECK_SENTENCE("a.txt comes to the end of generator 3: no such file or "
                   "directory",
                   "t2 a.txt comes to the end of generator 3: no such file or "
                   "directory",
                   NULL, .kind = LAB_EVENT_CLOSE, .other = 3, .value = -2);
}

TEST(an_error_is_told_in_the_words_of_the_program) {
    CHECK_SENTENCE("a.txt fails: ValueError: no such page",
                   "t2 a.txt fails: ValueError: no such page",
                   "ValueError: no such page", .kind = LAB_EVENT_END,
                   .value = LAB_ERAISED);
    CHECK_SENTENCE("a.txt fails: it raised an exception",
                   "t2 a.txt fails: it raised an exception", NULL,
                   .kind = LAB_EVENT_END, .value = LAB_ERAISED);
    CHECK_SENTENCE("a.txt comes to an error: TimeoutError",
                   "t2 a.txt comes to an error: TimeoutError", "TimeoutError",
                   .kind = LAB_EVENT_RAISE, .value = LAB_ETIMEDOUT);
    CHECK_SENTENCE("the loop forgets the error of a.txt, which nobody has "
                   "read: KeyError: 1",
                   "the loop forgets the error of t2 a.txt, which nobody has "
                   "read: KeyError: 1",
                   "KeyError: 1", .kind = LAB_EVENT_UNREAD,
                   .value = LAB_ERAISED);
    CHECK_SENTENCE("a.txt is woken by root: what it waited for has failed",
                   "t2 a.txt is woken by t1 root: what it waited for has "
                   "failed",
                   NULL, .kind = LAB_EVENT_WAKE, .on = LAB_ON_TASK, .other = 1,
                   .value = LAB_ERAISED);
}

TEST(a_value_that_is_no_number_is_told_as_it_is_written) {
    CHECK_SENTENCE("a.txt ends with 'done'", "t2 a.txt ends with 'done'",
                   "'done'", .kind = LAB_EVENT_END);
}

TEST(a_process_starts_and_ends_in_one_of_three_ways) {
    CHECK_SENTENCE("a.txt starts sort as a process",
                   "t2 a.txt starts sort as process 1", "sort",
                   .kind = LAB_EVENT_PROCESS, .on = LAB_ON_PROCESS, .other = 1);
    CHECK_SENTENCE("the loop hears that a process has ended",
                   "the loop hears that process 1 has ended", NULL,
                   .kind = LAB_EVENT_EXIT, .on = LAB_ON_PROCESS, .other = 1);
    CHECK_SENTENCE("the loop hears that a process has ended, with status 3",
                   "the loop hears that process 1 has ended, with status 3",
                   NULL, .kind = LAB_EVENT_EXIT, .on = LAB_ON_PROCESS,
                   .other = 1, .value = 3);
    CHECK_SENTENCE("the loop hears that a process has ended, by signal 9",
                   "the loop hears that process 1 has ended, by signal 9", NULL,
                   .kind = LAB_EVENT_EXIT, .on = LAB_ON_PROCESS, .other = 1,
                   .value = 137);
    CHECK_SENTENCE("a.txt waits for a process to end",
                   "t2 a.txt waits for process 1 to end", NULL,
                   .kind = LAB_EVENT_WAIT, .on = LAB_ON_PROCESS, .other = 1);
}

TEST(a_note_is_no_deed) {
    CHECK_SENTENCE("a note on a.txt: it was never awaited",
                   "a note on t2 a.txt: it was never awaited",
                   "it was never awaited", .kind = LAB_EVENT_NOTE);
    CHECK_SENTENCE("a note on worker pool-1: it was never awaited",
                   "a note on worker pool-1: it was never awaited",
                   "it was never awaited", .kind = LAB_EVENT_NOTE, .worker = 1);
}

TEST(a_line_on_stderr_and_a_choice_say_so) {
    CHECK_SENTENCE("a.txt says \"oh\" on stderr",
                   "t2 a.txt says \"oh\" on stderr", "oh",
                   .kind = LAB_EVENT_SAY, .is_stderr = true);
    CHECK_SENTENCE("a.txt runs, one of 3 that are ready",
                   "t2 a.txt runs, one of 3 that are ready", NULL,
                   .kind = LAB_EVENT_RUN, .value = 1, .need = 3);
    CHECK_SENTENCE("worker pool-1 is chosen, one of 2 that can continue",
                   "worker pool-1 is chosen, one of 2 that can continue", "2 1",
                   .kind = LAB_EVENT_CHOOSE, .worker = 1, .value = 1);
}

TEST(a_block_of_unknown_length_has_no_length) {
    CHECK_SENTENCE("a.txt blocks the loop's thread",
                   "t2 a.txt blocks the loop's thread", NULL,
                   .kind = LAB_EVENT_BLOCK, .on = LAB_ON_BLOCK);
    CHECK_SENTENCE("worker pool-1 blocks its own thread",
                   "worker pool-1 blocks its own thread", NULL,
                   .kind = LAB_EVENT_BLOCK, .on = LAB_ON_BLOCK, .worker = 1);
}

// What a job that runs resize(3) is called when it is queued, taken and done.
static void check_job(const char *asker, const char *const says[3]) {
    static const int kinds[] = {LAB_EVENT_QUEUE, LAB_EVENT_START,
                                LAB_EVENT_DONE};
    struct lab_record *record = lab_record_new();
    struct lab_state *state = lab_state_new(record);
    ADD(record, SPAWN, 0, 1, asker);
    for (size_t i = 0; i < 3; i++) {
        struct lab_text is = {0};
        struct lab_event event = {
            .kind = (uint8_t)kinds[i], .task = 1, .other = 7, .worker = i > 0};
        lab_record_add_named(record, event, i ? NULL : "pool",
                             i ? "" : "resize(3)");
        lab_state_go(state, i + 2);
        lab_sentence_put_deed(&is, lab_wording_of(state),
                              lab_record_at(record, i + 1));
        CHECK_STR(lab_text_string(&is), says[i]);
        lab_text_free(&is);
    }
    lab_state_free(state);
    lab_record_free(record);
}

TEST(a_job_is_told_by_what_it_runs_unless_its_task_says_that) {
    check_job("root", (const char *[]){"queues resize(3) for pool",
                                       "takes resize(3) of t1 root",
                                       "is done with resize(3) of t1 root"});
    check_job("resize(3)", (const char *[]){"queues job 7 for pool",
                                            "takes job 7 of t1 resize(3)",
                                            "is done with job 7 of t1 "
                                            "resize(3)"});
}

// Who is t9 in a record that begins in the middle?
TEST(somebody_unknown_has_a_number) {
    CHECK_SENTENCE("t9 cancels a.txt", "t9 cancels t2 a.txt", NULL,
                   .kind = LAB_EVENT_CANCEL, .other = 9);
    CHECK_SENTENCE("worker w9 is there", "worker w9 is there", NULL,
                   .kind = LAB_EVENT_WORKER, .worker = 9);
}

TEST(each_kind_of_event_has_a_deed_of_its_own) {
    struct lab_text last = {0}, last_numbered = {0};
    for (unsigned kind = 0; kind < LAB_EVENT_KINDS; kind++) {
        struct lab_text named = {0}, numbered = {0};
        struct lab_event event = {.kind = (uint8_t)kind, .other = 1};
        read_last(with(event, "x"), &named, &numbered);
        CHECK(!strpbrk(lab_text_string(&named), "%{}"));
        CHECK(strcmp(lab_text_string(&named), lab_text_string(&last)) != 0);
        CHECK(strcmp(lab_text_string(&numbered),
                     lab_text_string(&last_numbered)) != 0);
        lab_text_free(&last);
        lab_text_free(&last_numbered);
        last = named;
        last_numbered = numbered;
    }
    lab_text_free(&last);
    lab_text_free(&last_numbered);
}

TEST(a_kind_beyond_the_last_is_told_as_another_kind) {
    CHECK_SENTENCE("a.txt has an event \"x\"", "t2 a.txt has an event \"x\"",
                   "x", .kind = LAB_EVENT_KINDS);
}

TEST(each_wait_has_words_while_it_lasts_and_when_it_is_over) {
    for (unsigned on = 0; on < LAB_ONS; on++) {
        struct lab_text named = {0}, numbered = {0}, over = {0};
        struct lab_event event = {.kind = LAB_EVENT_WAIT, .on = (uint8_t)on};
        read_last(with(event, NULL), &named, &numbered);
        CHECK(strlen(lab_text_string(&named)) > strlen("a.txt waits"));
        CHECK(strlen(lab_text_string(&numbered)) > strlen("t2 a.txt waits"));
        lab_wording_reason(&over, on, 0);
        CHECK(strcmp(lab_text_string(&over), "its wait is over") != 0);
        lab_text_free(&named);
        lab_text_free(&numbered);
        lab_text_free(&over);
    }
}

TEST(a_wait_that_failed_says_why_it_is_over) {
    struct lab_text text = {0};
    lab_wording_reason(&text, LAB_ON_GET, LAB_ETIMEDOUT);
    lab_text_put(&text, "; ");
    lab_wording_reason(&text, LAB_ON_GET, LAB_ECANCELED);
    CHECK_STR(lab_text_string(&text), "its time was over; it was cancelled");
    lab_text_free(&text);
}

TEST(a_sentence_has_one_full_stop) {
    static const char *const cases[][2] = {
        {"main fails: no such thing", "main fails: no such thing."},
        {"main fails: use tasks explicitly.",
         "main fails: use tasks explicitly."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab_text text = {0};
        lab_text_put(&text, cases[i][0]);
        lab_sentence_end(&text);
        CHECK_STR(lab_text_string(&text), cases[i][1]);
        lab_text_free(&text);
    }
}
