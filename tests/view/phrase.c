#include "view/phrase.h"

#include "records.h"

// A scene: task 1 "main", task 2 "child", worker 1 "pool-1".
struct scene {
    struct lab_record *record;
    struct lab_lanes lanes;
    struct lab_phrase phrase;
};

static void open_scene(struct scene *scene) {
    scene->record = lab_record_new();
    ADD(scene->record, SPAWN, 0, 1, "main");
    ADD(scene->record, SPAWN, 0, 2, "child");
    lab_record_add(scene->record,
                   (struct lab_event){.kind = LAB_EVENT_WORKER, .worker = 1},
                   "pool-1");
    lab_lanes_read(&scene->lanes, scene->record);
    lab_phrase_init(&scene->phrase, scene->record, &scene->lanes);
    for (size_t i = 0; i < lab_record_count(scene->record); i++)
        lab_phrase_pass(&scene->phrase);
}

static void close_scene(struct scene *scene) {
    lab_phrase_term(&scene->phrase);
    lab_lanes_free(&scene->lanes);
    lab_record_free(scene->record);
}

// Adds [event], with [text], to record and phrase.
static void add(struct scene *scene, struct lab_event event, const char *text) {
    lab_record_add(scene->record, event, text);
    size_t last = lab_record_count(scene->record) - 1;
    lab_phrase_add(&scene->phrase, lab_record_at(scene->record, last));
    lab_phrase_pass(&scene->phrase);
}

static void check_end(struct scene *scene, const char *expected) {
    struct lab_text out = {0};
    lab_phrase_end(&scene->phrase, &out);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
}

// Checks what one event is called.
static void check_event(struct lab_event event, const char *text,
                        const char *expected) {
    struct scene scene;
    open_scene(&scene);
    add(&scene, event, text);
    check_end(&scene, expected);
    close_scene(&scene);
}

#define EVENT(kind_, ...)                                                      \
    (struct lab_event) {                                                       \
        .kind = LAB_EVENT_##kind_, __VA_ARGS__                                 \
    }

TEST(clauses_are_joined_by_commas_and_an_and) {
    struct scene scene;
    open_scene(&scene);
    check_end(&scene, "");
    add(&scene, EVENT(RUN, .task = 1), NULL);
    check_end(&scene, "begins.");
    add(&scene, EVENT(RUN, .task = 1, .line = 7), NULL);
    add(&scene, EVENT(SAY, .task = 1), "hello");
    check_end(&scene, "continues at line 7 and says \"hello\".");
    add(&scene, EVENT(RUN, .task = 1), NULL);
    add(&scene, EVENT(MARK, .task = 1), "beat");
    add(&scene, EVENT(END, .task = 1, .value = 5), NULL);
    check_end(&scene, "continues, marks beat and ends with 5.");
    close_scene(&scene);
}

TEST(tasks_started_in_a_row_are_one_clause) {
    struct scene scene;
    open_scene(&scene);
    for (uint32_t i = 2; i <= 9; i++)
        add(&scene, EVENT(SPAWN, .task = i, .other = 1, .line = 3),
            i == 2 ? "child" : "");
    add(&scene, EVENT(WAIT, .task = 1, .on = LAB_ON_TASK, .other = 2), NULL);
    check_end(&scene, "starts child (t2), t3, t4, t5, t6, t7 and 2 more "
                      "(line 3) and waits for child.");
    close_scene(&scene);
}

TEST(a_wait_for_several_says_for_whom) {
    struct scene scene;
    open_scene(&scene);
    add(&scene, EVENT(JOIN, .task = 1, .other = 2), NULL);
    add(&scene, EVENT(JOIN, .task = 1, .other = 3), NULL);
    add(&scene, EVENT(WAIT, .task = 1, .on = LAB_ON_TASKS), NULL);
    check_end(&scene, "waits for child and t3.");
    add(&scene, EVENT(WAIT, .task = 1, .on = LAB_ON_TASKS), NULL);
    check_end(&scene, "waits for several tasks.");
    close_scene(&scene);
}

TEST(a_wait_for_the_first_of_several_says_so) {
    struct scene scene;
    open_scene(&scene);
    add(&scene, EVENT(JOIN, .task = 1, .other = 2), NULL);
    add(&scene, EVENT(JOIN, .task = 1, .other = 3), NULL);
    add(&scene, EVENT(WAIT, .task = 1, .on = LAB_ON_TASKS, .need = 1), NULL);
    check_end(&scene, "waits for the first of child and t3.");
    add(&scene, EVENT(JOIN, .task = 1, .other = 3), NULL);
    add(&scene, EVENT(WAIT, .task = 1, .on = LAB_ON_TASKS, .need = 1), NULL);
    check_end(&scene, "waits for t3.");
    close_scene(&scene);
}

TEST(deadlines_are_told) {
    check_event(EVENT(WAIT, .on = LAB_ON_SLEEP, .value = LAB_S, .line = 9),
                NULL, "sleeps until 1.000 s (line 9).");
    check_event(EVENT(WAIT, .on = LAB_ON_GET, .value = LAB_S), NULL,
                "waits for an item in a queue, until 1.000 s at the latest.");
}

TEST(errors_are_sentences) {
    struct lab_text text = {0};
    lab_text_printf(&text, "fails: %s.", lab_error_text(LAB_ENOENT));
    check_event(EVENT(END, .task = 1, .value = LAB_ENOENT), NULL,
                lab_text_string(&text));
    check_event(EVENT(END, .task = 1, .value = LAB_ECANCELED), NULL,
                "ends cancelled.");
    lab_text_free(&text);
}

TEST(what_is_done_to_others_names_them) {
    check_event(EVENT(CANCEL, .task = 2, .other = 1), "too late",
                "cancels child (too late).");
    check_event(EVENT(READ, .task = 2, .other = 1), NULL,
                "reads the error of child.");
    check_event(EVENT(UNREAD, .task = 2), NULL,
                "forgets the error of child, which nobody has read.");
    check_event(EVENT(DROP, .task = 2, .other = 1), NULL,
                "drops the job of child.");
    check_event(EVENT(START, .task = 2, .worker = 1), NULL,
                "takes the job of child.");
    check_event(EVENT(DELIVER, .task = 2), NULL, "hears that it is cancelled.");
    check_event(EVENT(UNCANCEL, .task = 2, .other = 1, .value = 2, .line = 9),
                NULL, "clears 1 of 3 cancels of child (line 9).");
    check_event(EVENT(UNCANCEL, .task = 2, .other = 2), NULL,
                "clears the cancel.");
}

TEST(whose_thread_is_held_is_told) {
    check_event(EVENT(BLOCK, .task = 2, .on = LAB_ON_BLOCK, .value = LAB_S),
                NULL, "blocks the loop's thread for 1.000 s.");
    check_event(
        EVENT(BLOCK, .task = 2, .worker = 1, .on = LAB_ON_BURN, .value = LAB_S),
        NULL, "computes on its own thread for 1.000 s.");
}

TEST(a_task_goes_on_because_of_what_its_wait_came_to) {
    struct scene scene;
    struct lab_text reason = {0};
    struct lab_event run = EVENT(RUN, .task = 2, .on = LAB_ON_GET);
    open_scene(&scene);
    CHECK(!lab_phrase_reason(&scene.phrase, &run, &reason)); // it begins
    add(&scene, run, NULL);
    CHECK(lab_phrase_reason(&scene.phrase, &run, &reason));
    CHECK_STR(lab_text_string(&reason), "there was an item");
    lab_text_clear(&reason);
    add(&scene, EVENT(WAKE, .task = 2, .value = LAB_ECANCELED), NULL);
    CHECK(lab_phrase_reason(&scene.phrase, &run, &reason));
    CHECK_STR(lab_text_string(&reason), "it was cancelled");
    lab_text_free(&reason);
    close_scene(&scene);
}

// Checks why task 1 continues after [wake] has ended its wait for 2 and 3.
static void check_first(struct lab_event wake, bool all, int result,
                        const char *expected) {
    struct scene scene;
    struct lab_text reason = {0};
    struct lab_event run = EVENT(RUN, .task = 1, .on = LAB_ON_TASKS);
    open_scene(&scene);
    add(&scene, EVENT(RUN, .task = 1), NULL);
    add(&scene, EVENT(SPAWN, .task = 2, .other = 1), "child");
    add(&scene, EVENT(SPAWN, .task = 3, .other = 1), "other");
    add(&scene, EVENT(JOIN, .task = 1, .other = 2), NULL);
    add(&scene, EVENT(JOIN, .task = 1, .other = 3), NULL);
    add(&scene, EVENT(WAIT, .task = 1, .on = LAB_ON_TASKS), NULL);
    if (all)
        add(&scene, EVENT(END, .task = 3), NULL);
    if (result < 0)
        add(&scene, EVENT(RAISE, .task = 2, .value = result), NULL);
    add(&scene, EVENT(END, .task = 2, .value = result), NULL);
    add(&scene, wake, NULL);
    CHECK(lab_phrase_reason(&scene.phrase, &run, &reason));
    CHECK_STR(lab_text_string(&reason), expected);
    lab_text_free(&reason);
    close_scene(&scene);
}

TEST(a_wait_for_several_that_one_ends_names_that_one) {
    struct lab_event wake =
        EVENT(WAKE, .task = 1, .other = 2, .on = LAB_ON_TASKS);
    check_first(wake, true, 0, "those it waited for have ended");
    check_first(wake, false, 0, "child has ended");
    check_first(wake, false, LAB_ENOENT, "child has failed");
    check_first(wake, true, LAB_ENOENT, "those it waited for have ended");
}

// The time of a block is over: the loop cancels the wait, and nobody the task.
TEST(a_wait_in_a_block_whose_time_is_over_is_not_told_as_cancelled) {
    for (int by_time = 0; by_time < 2; by_time++) {
        struct scene scene;
        struct lab_text reason = {0};
        struct lab_event run = EVENT(RUN, .task = 2, .on = LAB_ON_FLAG);
        open_scene(&scene);
        add(&scene, EVENT(RUN, .task = 2), NULL);
        add(&scene, EVENT(WAIT, .task = 2, .on = LAB_ON_FLAG), NULL);
        if (by_time)
            add(&scene, EVENT(TIMEOUT, .task = 2, .on = LAB_ON_FLAG), NULL);
        else
            add(&scene, EVENT(CANCEL, .task = 2, .other = 1), NULL);
        add(&scene,
            EVENT(WAKE, .task = 2, .value = LAB_ECANCELED, .on = LAB_ON_FLAG),
            NULL);
        CHECK(lab_phrase_reason(&scene.phrase, &run, &reason));
        CHECK_STR(lab_text_string(&reason),
                  by_time ? "its time was over" : "it was cancelled");
        lab_text_free(&reason);
        close_scene(&scene);
    }
}

// Why a task continues at [now] whose wait for [on] was to end at 100 ms, by a
// timer, and came to [result].
static void check_late(unsigned on, lab_time now, int result,
                       const char *expected) {
    struct scene scene;
    struct lab_text reason = {0};
    struct lab_event run = EVENT(RUN, .task = 2, .on = (uint8_t)on);
    open_scene(&scene);
    add(&scene, EVENT(RUN, .task = 2), NULL);
    add(&scene,
        EVENT(WAIT, .task = 2, .on = (uint8_t)on, .value = 100 * LAB_MS), NULL);
    add(&scene,
        EVENT(WAKE, .task = 2, .on = (uint8_t)on, .time = now, .value = result),
        NULL);
    run.time = now;
    CHECK(lab_phrase_reason(&scene.phrase, &run, &reason));
    CHECK_STR(lab_text_string(&reason), expected);
    lab_text_free(&reason);
    close_scene(&scene);
}

TEST(a_timer_that_was_late_is_not_told_as_one_that_was_not) {
    const lab_time due = 100 * LAB_MS;
    check_late(LAB_ON_SLEEP, due, 0, "its timer was due");
    check_late(LAB_ON_SLEEP, due + LAB_MS / 2, 0, "its timer was due");
    check_late(LAB_ON_SLEEP, due + LAB_S, 0,
               "its timer had been due for 1.000 s");
    check_late(LAB_ON_GET, due, LAB_ETIMEDOUT, "its time was over");
    check_late(LAB_ON_GET, due + 20 * LAB_MS, LAB_ETIMEDOUT,
               "its time had been over for 20.0 ms");
    check_late(LAB_ON_GET, due + LAB_S, 0, "there was an item"); // in time
    check_late(LAB_ON_SLEEP, due + LAB_S, LAB_ECANCELED, "it was cancelled");
}
