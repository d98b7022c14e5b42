#include "guest/guest_internal.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/loop.h"

#include "folder.h"
#include "test.h"

#include <signal.h>

#define HEAD                                                                   \
    "{\"looplab\":\"record\",\"version\":1,\"demo\":\"my\",\"number\":0,"      \
    "\"source\":\"my.py\",\"clock\":\"virtual\",\"language\":\"python 3.11\"," \
    "\"code\":null,\"params\":[]}\n"
#define RUN "{\"run\":\"main\",\"text\":null,\"law\":null,\"gap_law\":null}\n"
#define EVENTS                                                                 \
    "{\"seq\":1,\"ns\":0,\"event\":\"spawn\",\"task\":1,\"text\":\"main\"}\n"  \
    "{\"seq\":2,\"ns\":5,\"event\":\"say\",\"task\":1,\"line\":4,"             \
    "\"text\":\"h\xc3\xa9llo\"}\n"
#define END "{\"end\":\"main\",\"result\":0,\"ns\":5,\"events\":2}\n"
#define WHOLE HEAD RUN EVENTS END

// A process that ends at once with [status], what is told of it, and in what
// pieces; then what came of that.
struct story {
    int status;
    const char *record, *errors;
    size_t piece; // bytes; 0: in one
    const char *path, *words[40];
    int rc, own, begun, begun_runs, ended_runs;
    struct lab_text said, stray, all, error;
};

static void on_begin(void *sink, struct lab_comparison *comparison) {
    struct story *story = sink;
    CHECK_STR(comparison->demo, "my");
    story->begun++;
}

static void on_run(void *sink, struct lab_run *run) {
    struct story *story = sink;
    CHECK_STR(run->name, "main");
    story->begun_runs++;
}

static void on_run_end(void *sink, struct lab_run *run) {
    struct story *story = sink;
    (void)run;
    story->ended_runs++;
}

static void on_say(void *sink, lab_time time, const char *who,
                   const char *line) {
    struct story *story = sink;
    lab_text_printf(&story->said, "%lld %s: %s\n", (long long)time, who, line);
    lab_text_printf(&story->all, "%s\n", line);
}

static void on_stray(void *sink, const char *bytes, size_t n) {
    struct story *story = sink;
    lab_text_write(&story->stray, bytes, n);
    lab_text_write(&story->all, bytes, n);
}

static void tell(struct lab_guest *guest, enum lab_child_from from,
                 const char *bytes, size_t piece) {
    size_t n = bytes ? strlen(bytes) : 0;
    for (size_t at = 0; at < n;) {
        size_t part = piece && n - at > piece ? piece : n - at;
        lab_guest_hear(guest, from, bytes + at, part);
        at += part;
    }
}

static int play(void *arg) {
    struct story *story = arg;
    struct lab_guest *guest;
    int count = 0;
    while (count < (int)countof(story->words) && story->words[count])
        count++;
    struct lab_guest_options options = {
        .path = story->path,
        .words = (char **)story->words,
        .count = count,
        .clock = {.is_virtual = true, .pace = 1},
        .limits = {.machine = -1},
        .sink = {on_begin, on_run, on_run_end, on_say, on_stray, story},
    };
    int status = lab_guest_start(&guest, &options, &story->error);
    CHECK_INT(status, LAB_EXIT_OK);
    if (status != LAB_EXIT_OK)
        return 0;
    tell(guest, LAB_CHILD_RECORD, story->record, story->piece);
    tell(guest, LAB_CHILD_ERRORS, story->errors, story->piece);
    story->rc = lab_guest_wait(guest, &story->error);
    story->own = lab_guest_status(guest);
    lab_guest_free(guest);
    return 0;
}

// In the place of Python stands a shell that only ends.
static struct story played(struct story story) {
    struct folder folder;
    char script[40];
    folder_init(&folder);
    snprintf(script, sizeof script, "#!/bin/sh\nexit %d\n", story.status);
    folder_put(&folder, "my.py", script);
    story.path = folder_file(&folder, "my.py");
    CHECK_INT(chmod(story.path, 0700), 0);
    setenv("LOOPLAB_PYTHON", story.path, 1);
    CHECK_INT(lab_loop_main("main", play, &story), 0);
    unsetenv("LOOPLAB_PYTHON");
    folder_term(&folder);
    return story;
}

static void forget(struct story *story) {
    lab_text_free(&story->said);
    lab_text_free(&story->stray);
    lab_text_free(&story->all);
    lab_text_free(&story->error);
}

static void check_error(struct story *story, int rc, const char *sentence) {
    CHECK_INT(story->rc, rc);
    CHECK_STR(lab_text_string(&story->error), sentence);
    forget(story);
}

TEST(a_record_is_read_wherever_its_bytes_are_split) {
    for (size_t piece = 0; piece < 200; piece += piece < 12 ? 1 : 61) {
        struct story story = played(
            (struct story){.record = WHOLE, .errors = "a\nb", .piece = piece});
        CHECK_INT(story.begun, 1);
        CHECK_INT(story.begun_runs, 1);
        CHECK_INT(story.ended_runs, 1);
        CHECK_INT(story.own, LAB_EXIT_OK);
        CHECK_STR(lab_text_string(&story.said), "5 main: h\xc3\xa9llo\n");
        CHECK_STR(lab_text_string(&story.stray), "a\nb\n");
        check_error(&story, 0, "");
    }
}

TEST(what_is_printed_outside_of_runs_comes_in_its_place) {
    struct story story =
        played((struct story){.record = "{\"printed\":\"a\"}\n"
                                        "{\"printed\":\"\\n\"}\n" WHOLE
                                        "{\"printed\":\"b\\n\",\"stream\":"
                                        "\"stderr\"}\n"});
    CHECK_STR(lab_text_string(&story.all), "a\nh\xc3\xa9llo\nb\n");
    CHECK_STR(lab_text_string(&story.stray), "a\nb\n");
    check_error(&story, 0, "");
}

TEST(a_status_of_failure_is_one_though_all_was_recorded) {
    struct story story = played((struct story){.record = WHOLE, .status = 3});
    CHECK_INT(story.own, LAB_EXIT_FAILED);
    check_error(&story, 0, "");
}

#define CUT                                                                    \
    "my.py was stopped at 5 ns, after event 2; t1 main was running, line 4"

TEST(a_line_may_have_a_mebibyte_and_no_byte_more) {
    enum { MOST = 1 << 20 };
    static char bytes[sizeof HEAD RUN EVENTS + MOST + 1];
    strcpy(bytes, HEAD RUN EVENTS);
    memset(bytes + strlen(bytes), 'x', MOST);
    struct story story = played((struct story){.record = bytes});
    check_error(&story, LAB_ECRASHED,
                "my.py ended its process with exit status 0 at 5 ns, after "
                "event 2; t1 main was running, line 4");
    bytes[strlen(bytes)] = 'x';
    story = played((struct story){.record = bytes, .piece = 65536});
    check_error(&story, LAB_ECRASHED,
                CUT ": it has printed a line of more than 1 MiB");
}

static void check_cut(struct story *story) {
    static const char words[] =
        ": it wrote into the pipe that its record goes through";
    const char *error = lab_text_string(&story->error);
    size_t n = strlen(error), most = strlen(words);
    CHECK(strncmp(error, "my.py was stopped", 17) == 0);
    CHECK(n > most && strcmp(error + n - most, words) == 0);
    CHECK_INT(story->rc, LAB_ECRASHED);
    CHECK_INT(story->begun_runs, story->ended_runs);
    forget(story);
}

TEST(damage_in_a_record_is_the_program_s_own) {
    static const char *const damaged[] = {
        HEAD, RUN, "{\"run\":\"again\"} x\n", END HEAD RUN,
        END "{\"run\":\"again\"} x\n",
        "{\"end\":\"main\",\"result\":0,\"ns\":5,\"events\":2} x\n", "\n",
        "text\n", "{}\n", "{\"seq\":7,\"ns\":9,\"event\":\"run\"}\n",
        "{\"end\":\"main\",\"result\":0,\"ns\":5,\"events\":9}\n", "\xff\xfe\n",
        // Only before anything runs it says why nothing does.
        "{\"refused\":\"no\"}\n"};
    for (size_t i = 0; i < countof(damaged); i++) {
        struct lab_text record = {0};
        lab_text_printf(&record, "%s%s" EVENTS, HEAD RUN EVENTS, damaged[i]);
        struct story story =
            played((struct story){.record = lab_text_string(&record)});
        CHECK_INT(story.own, LAB_EXIT_FAILED);
        check_cut(&story);
        lab_text_free(&record);
    }
    struct story story = played((struct story){.record = "text\n" WHOLE});
    CHECK_INT(story.begun, 0);
    check_cut(&story);
}

// They are values, and the process gets all of them.
TEST(a_program_may_be_given_any_number_of_values) {
    struct story story = {.record = WHOLE};
    for (size_t i = 0; i < countof(story.words); i++)
        story.words[i] = i % 2 ? "n=1" : "delay=1s";
    story = played(story);
    CHECK_INT(story.begun_runs, 1);
    check_error(&story, 0, "");
    story = (struct story){.record = WHOLE, .words = {"n=1", "other"}};
    story = played(story);
    CHECK_INT(story.begun_runs, 0);
    check_error(&story, LAB_EINVAL,
                "no variant \"other\" in my.py; there are main");
    story = (struct story){.record = WHOLE, .words = {"n=1", "main"}};
    story = played(story);
    CHECK_INT(story.begun_runs, 1);
    check_error(&story, 0, "");
}

TEST(a_refusal_is_the_sentence_that_it_has) {
    struct story story = played((struct story){
        .record = "{\"refused\":\"my.py:2: it uses \\u00e9\"}\n", .status = 2});
    CHECK_INT(story.begun, 0);
    check_error(&story, LAB_EINVAL, "my.py:2: it uses \xc3\xa9");
}

TEST(an_end_that_is_not_recorded_is_told_with_what_came_last) {
    struct story story =
        played((struct story){.record = HEAD RUN EVENTS, .status = 7});
    CHECK_INT(story.ended_runs, 1);
    check_error(&story, LAB_ECRASHED,
                "my.py ended its process with exit status 7 at 5 ns, after "
                "event 2; t1 main was running, line 4");
    story = played((struct story){.record = HEAD, .status = 0});
    CHECK_INT(story.own, LAB_EXIT_FAILED);
    check_error(&story, LAB_ECRASHED,
                "my.py ended its process with exit status 0");
}

TEST(what_the_process_says_of_its_end_is_the_sentence) {
    struct story story =
        played((struct story){.record = HEAD RUN EVENTS,
                              .errors = "some\nlooplab: it fell over\n",
                              .status = 1});
    CHECK_STR(lab_text_string(&story.stray), "some\n");
    check_error(&story, LAB_ECRASHED, "my.py: it fell over");
}

TEST(each_way_to_end_has_its_words) {
    static const struct {
        struct lab_child_end end;
        int interrupts;
        const char *over, *sentence;
    } ends[] = {
        {{0, 0}, 0, NULL, "a.c ended its process with exit status 0"},
        {{9, 0}, 0, NULL, "a.c ended its process with exit status 9"},
        {{-1, SIGSEGV},
         0,
         NULL,
         "a.c crashed (segmentation fault: it used memory that is not its "
         "own)"},
        {{-1, SIGABRT}, 1, NULL, "a.c crashed (it called abort())"},
        {{-1, SIGSYS},
         0,
         NULL,
         "a.c crashed (it made a system call that it may not, such as "
         "fork())"},
        {{-1, SIGKILL}, 0, NULL, "a.c was ended by a signal (9, Killed)"},
        {{-1, SIGTERM}, 0, NULL, "a.c was ended by a signal (15, Terminated)"},
        {{-1, SIGKILL}, 2, NULL, "a.c was killed"},
        {{-1, SIGKILL}, 0, "it was late", "a.c was stopped: it was late"},
        {{3, 0}, 1, "it was late", "a.c was stopped: it was late"},
    };
    for (size_t i = 0; i < countof(ends); i++) {
        struct lab_text text = {0};
        struct lab_guest_end end = {.name = "a.c",
                                    .end = ends[i].end,
                                    .over = ends[i].over,
                                    .interrupts = ends[i].interrupts};
        lab_guest_put_end(&end, &text);
        CHECK_STR(lab_text_string(&text), ends[i].sentence);
        lab_text_free(&text);
    }
}
