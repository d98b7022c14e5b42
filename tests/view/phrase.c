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
    check_end(&scene, "began.");
    add(&scene, EVENT(RUN, .task = 1, .line = 7), NULL);
    add(&scene, EVENT(SAY, .task = 1), "hello");
    check_end(&scene, "went on at line 7 and said \"hello\".");
    add(&scene, EVENT(RUN, .task = 1), NULL);
    add(&scene, EVENT(MARK, .task = 1), "beat");
    add(&scene, EVENT(END, .task = 1, .value = 5), NULL);
    check_end(&scene, "went on, marked beat and ended with 5.");
    close_scene(&scene);
}

TEST(tasks_started_in_a_row_are_one_clause) {
    struct scene scene;
    open_scene(&scene);
    for (uint32_t i = 2; i <= 9; i++)
        add(&scene, EVENT(SPAWN, .task = i, .other = 1, .line = 3), "x");
    add(&scene, EVENT(WAIT, .task = 1, .on = LAB_ON_TASK, .other = 2), NULL);
    check_end(&scene, "started child (t2), t3, t4, t5, t6, t7 and 2 more "
                      "(line 3) and waited for child.");
    close_scene(&scene);
}

TEST(a_wait_for_several_says_for_whom) {
    struct scene scene;
    open_scene(&scene);
    add(&scene, EVENT(JOIN, .task = 1, .other = 2), NULL);
    add(&scene, EVENT(JOIN, .task = 1, .other = 3), NULL);
    add(&scene, EVENT(WAIT, .task = 1, .on = LAB_ON_TASKS), NULL);
    check_end(&scene, "waited for child and t3.");
    add(&scene, EVENT(WAIT, .task = 1, .on = LAB_ON_TASKS), NULL);
    check_end(&scene, "waited for several tasks.");
    close_scene(&scene);
}

TEST(deadlines_are_told) {
    check_event(EVENT(WAIT, .on = LAB_ON_SLEEP, .value = LAB_S, .line = 9),
                NULL, "went to sleep until 1.000 s (line 9).");
    check_event(EVENT(WAIT, .on = LAB_ON_GET, .value = LAB_S), NULL,
                "waited for an item until 1.000 s at the latest.");
}

TEST(errors_are_sentences) {
    struct lab_text text = {0};
    lab_text_printf(&text, "failed: %s.", lab_error_text(LAB_ENOENT));
    check_event(EVENT(END, .task = 1, .value = LAB_ENOENT), NULL,
                lab_text_string(&text));
    check_event(EVENT(END, .task = 1, .value = LAB_ECANCELED), NULL,
                "ended cancelled.");
    lab_text_free(&text);
}

TEST(what_is_done_to_others_names_them) {
    check_event(EVENT(CANCEL, .task = 2, .other = 1), "too late",
                "cancelled child (too late).");
    check_event(EVENT(READ, .task = 2, .other = 1), NULL,
                "read the error of child.");
    check_event(EVENT(UNREAD, .task = 2), NULL,
                "forgot the error of child, which nobody has read.");
    check_event(EVENT(DROP, .task = 2, .other = 1), NULL,
                "dropped the job of child.");
    check_event(EVENT(START, .task = 2, .worker = 1), NULL,
                "took the job of child.");
    check_event(EVENT(DELIVER, .task = 2), NULL,
                "heard that it was cancelled.");
}

TEST(whose_thread_is_held_is_told) {
    check_event(EVENT(BLOCK, .task = 2, .on = LAB_ON_BLOCK, .value = LAB_S),
                NULL, "blocked the loop's thread for 1.000 s.");
    check_event(
        EVENT(BLOCK, .task = 2, .worker = 1, .on = LAB_ON_BURN, .value = LAB_S),
        NULL, "computed on its own thread for 1.000 s.");
}

TEST(every_wait_has_words_for_its_beginning_and_its_end) {
    for (int on = LAB_ON_SLEEP; on < LAB_ONS; on++) {
        struct scene scene;
        struct lab_text reason = {0}, plain = {0};
        struct lab_event run = EVENT(RUN, .task = 2, .on = (uint8_t)on);
        open_scene(&scene);
        CHECK(!lab_phrase_reason(&scene.phrase, &run, &reason)); // it begins
        add(&scene, run, NULL);
        add(&scene, EVENT(WAIT, .task = 2, .on = (uint8_t)on), NULL);
        CHECK(scene.phrase.last.length > 5);
        CHECK(lab_phrase_reason(&scene.phrase, &run, &reason));
        CHECK(strstr(lab_text_string(&reason), "child"));
        lab_text_put(&plain, "child");
        CHECK(reason.length > plain.length);
        lab_text_free(&reason);
        lab_text_free(&plain);
        close_scene(&scene);
    }
}

TEST(a_wait_that_failed_says_why_it_is_over) {
    struct scene scene;
    struct lab_text reason = {0};
    struct lab_event run = EVENT(RUN, .task = 2, .on = LAB_ON_GET);
    open_scene(&scene);
    add(&scene, run, NULL);
    add(&scene, EVENT(WAKE, .task = 2, .value = LAB_ETIMEDOUT), NULL);
    lab_phrase_reason(&scene.phrase, &run, &reason);
    add(&scene, EVENT(WAKE, .task = 2, .value = LAB_ECANCELED), NULL);
    lab_text_put(&reason, "; ");
    lab_phrase_reason(&scene.phrase, &run, &reason);
    CHECK_STR(lab_text_string(&reason), "the time of child was over; child "
                                        "was woken by a cancel");
    lab_text_free(&reason);
    close_scene(&scene);
}
