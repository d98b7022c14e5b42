#include "guest/guest_internal.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/loop.h"

#include "folder.h"
#include "test.h"

#include <string.h>
#include <unistd.h>

// A program of Python that is graded, and what comes out.
struct graded {
    const char *program, *name;
    const char *claims[6];
    char *small;
    char *cases[3];
    bool late, cancel;
    size_t most_each, seeds;
    struct lab_grade grade;
    struct lab_text error;
    int rc;
};

static void on_begin(void *sink, struct lab_comparison *comparison) {
    (void)sink;
    CHECK_STR(comparison->demo, "my");
}

static void on_run(void *sink, struct lab_run *run) {
    (void)sink;
    (void)run;
    CHECK(false); // a try is no run of the guest
}

static void on_stray(void *sink, const char *bytes, size_t n) {
    (void)sink;
    fprintf(stderr, "%.*s", (int)n, bytes);
}

static int grade(void *arg) {
    struct graded *graded = arg;
    struct lab_guest *guest;
    struct lab_guest_options options = {
        .path = graded->name,
        .clock = LAB_CLOCK_VIRTUAL,
        .limits = {.machine = -1},
        .grade = &graded->grade,
        .sink = {.on_begin = on_begin, .on_run = on_run, .on_stray = on_stray},
    };
    int status = lab_guest_start(&guest, &options, &graded->error);
    if (!CHECK_INT(status, LAB_EXIT_OK))
        return 0;
    graded->rc = lab_guest_wait(guest, &graded->error);
    lab_guest_free(guest);
    return 0;
}

static struct graded graded(struct graded graded) {
    struct folder folder;
    size_t count = 0, cases = 0;
    while (graded.claims[count])
        count++;
    while (graded.cases[cases])
        cases++;
    lab_grade_claims(&graded.grade, (char **)graded.claims, count);
    graded.grade.small = lab_strdup(graded.small);
    graded.grade.cases = lab_alloc(3 * sizeof *graded.grade.cases);
    for (size_t i = 0; i < cases; i++)
        graded.grade.cases[i] = lab_strdup(graded.cases[i]);
    graded.grade.case_count = cases;
    graded.grade.late = graded.late;
    graded.grade.cancel = graded.cancel;
    graded.grade.seeds = graded.seeds;
    graded.grade.most_each = graded.most_each;
    folder_init(&folder);
    folder_put(&folder, "my.py", graded.program);
    graded.name = folder_file(&folder, "my.py");
    CHECK_INT(lab_loop_main("main", grade, &graded), 0);
    folder_term(&folder);
    return graded;
}

static void forget(struct graded *graded) {
    lab_grade_free(&graded->grade);
    lab_text_free(&graded->error);
}

// It broke first in [phase], by [claim], with [schedule] and [values].
static void check_broke(struct graded *graded, enum lab_grade_phase phase,
                        const char *claim, const char *schedule,
                        const char *values) {
    struct lab_grade *grade = &graded->grade;
    CHECK_STR(lab_text_string(&graded->error), "");
    CHECK_INT(graded->rc, 0);
    CHECK(!grade->passed && !grade->stopped);
    if (CHECK_INT(grade->phase, (int)phase)) {
        const struct lab_grade_claim *broke =
            &grade->phases[phase].claims[grade->claim];
        CHECK_STR(grade->claims[grade->claim], claim);
        CHECK_STR(broke->schedule, schedule);
        CHECK_STR(broke->values, values);
    }
    forget(graded);
}

#define HEAD "import asyncio\nn = 9\nlimit = 3\ndelay = 1.0\n"
#define MAIN                                                                   \
    "async def main():\n"                                                      \
    "    gate = asyncio.Semaphore(limit)\n"                                    \
    "    await asyncio.gather(*(call(gate) for _ in range(n)))\n"              \
    "asyncio.run(main())\n"
#define CLAIMS                                                                 \
    {                                                                          \
        "count(begins) = n", "peak(begins - ends) = min(n, limit)",            \
            "time = ceil(n / limit) * delay",                                  \
            "cancel: last(begins - ends) = 0"                                  \
    }
#define CALL(with, end)                                                        \
    HEAD "async def call(gate):\n" with "        print('begins')\n"            \
         "        try:\n"                                                      \
         "            await asyncio.sleep(delay)\n" end                        \
         "            print('ends')\n" MAIN

static struct graded semaphore(const char *program, bool late) {
    return graded((struct graded){
        .program = program,
        .claims = CLAIMS,
        .small = "n=2 limit=1 delay=500ms",
        .cases = {"n=5 limit=2", "n=1 limit=1"},
        .cancel = true,
        .late = late,
        .most_each = 1,
        .seeds = 3,
    });
}

TEST(a_python_program_that_is_right_passes_under_every_schedule) {
    if (!lab_guest_can_start("my.py"))
        return;
    struct graded one =
        semaphore(CALL("    async with gate:\n", "        finally:\n"), true);
    const struct lab_grade_result *phases = one.grade.phases;
    CHECK_STR(lab_text_string(&one.error), "");
    CHECK_STR(one.grade.error, NULL);
    CHECK_INT(one.rc, 0);
    CHECK(one.grade.passed);
    CHECK_INT(phases[LAB_GRADE_SMALL].tried, 2);
    CHECK_INT(phases[LAB_GRADE_SMALL].claims[3].measured, LAB_S);
    CHECK_INT(phases[LAB_GRADE_LATE].tried, 2);
    CHECK(phases[LAB_GRADE_CANCEL].tried > 5);
    CHECK_INT(phases[LAB_GRADE_CASES].tried, 2 + 3);
    forget(&one);
}

TEST(a_python_program_that_forgets_what_a_cancel_does_fails_there) {
    if (!lab_guest_can_start("my.py"))
        return;
    struct graded one = semaphore(CALL("    async with gate:\n",
                                       "        except ValueError: pass\n"
                                       "        else:\n"),
                                  false);
    check_broke(&one, LAB_GRADE_CANCEL, "cancel: last(begins - ends) = 0",
                "cancel-waiter:2", "n=2 limit=1 delay=500ms");
}

// --- tries that are answered here

#define RECORD                                                                 \
    "{\"looplab\":\"record\",\"version\":1,\"demo\":\"my\",\"number\":0,"      \
    "\"clock\":\"virtual\",\"params\":[{\"name\":\"n\",\"value\":2,\"unit\":"  \
    "\"\"}]}",                                                                 \
        "{\"run\":\"main\"}",                                                  \
        "{\"seq\":1,\"ns\":0,\"event\":\"spawn\",\"task\":1,\"text\":"         \
        "\"main\"}",                                                           \
        "{\"seq\":2,\"ns\":7,\"event\":\"end\",\"task\":1}"
#define END "{\"end\":\"main\",\"result\":0,\"ns\":7,\"events\":2}"

// However a process fails under a schedule, that is against the claim that it
// ends ok, and there is a sentence.
TEST(a_process_that_is_cut_off_fails_with_the_schedule_and_a_sentence) {
    static const struct {
        const char *lines[8], *error;
    } stories[] = {
        {{RECORD, "{\"ran\":0,\"signal\":11,\"widths\":[2]}"},
         "my.py crashed at 7 ns, after event 2; t1 main was running "
         "(segmentation fault: it used memory that is not its own)"},
        {{RECORD, "{\"ran\":0,\"signal\":14}"},
         "my.py was stopped at 7 ns, after event 2; t1 main was running: it "
         "took too much of the machine's time"},
        {{RECORD, "{\"ran\":0,\"signal\":27}"},
         "my.py was stopped at 7 ns, after event 2; t1 main was running: it "
         "took too much of the machine's time"},
        {{RECORD, "{\"ran\":0,\"status\":4}"},
         "my.py was stopped at 7 ns, after event 2; t1 main was running: it "
         "does not seem to end"},
        {{RECORD, END, "{\"error\":\"ValueError: no\"}",
          "{\"ran\":1,\"status\":1,\"result\":-5002}"},
         "my.py: ValueError: no"},
        {{RECORD, END, "{\"ran\":1,\"status\":3,\"result\":3}"},
         "my.py ended its process with exit status 3 at 7 ns, after event 2; "
         "t1 main was running"},
        {{RECORD, "{\"ran\":0,\"status\":0}"},
         "my.py ended its process with exit status 0 at 7 ns, after event 2; "
         "t1 main was running"},
        {{RECORD, END, "something else", "{\"ran\":1,\"status\":0}"},
         "my.py ended its process with exit status 0 at 7 ns, after event 2; "
         "t1 main was running"},
    };
    for (size_t i = 0; i < countof(stories); i++) {
        struct graded one = {.claims = {"count(x) = 0"}};
        lab_grade_claims(&one.grade, (char **)one.claims, 1);
        one.grade.small = lab_strdup("n=2");
        struct lab_tries *tries = lab_tries_of_grade(&one.grade, "my.py");
        int input;
        CHECK_INT(lab_tries_open(tries, &input), 0);
        CHECK(lab_tries_ask(tries));
        // First in, first out is well, and has a choice.
        const char *const fine[] = {RECORD, END, "{\"ran\":1,\"widths\":[2]}"};
        for (size_t j = 0; j < countof(fine); j++)
            lab_tries_line(tries, fine[j], strlen(fine[j]));
        CHECK(lab_tries_ask(tries));
        for (size_t j = 0; stories[i].lines[j]; j++)
            lab_tries_line(tries, stories[i].lines[j],
                           strlen(stories[i].lines[j]));
        CHECK(!lab_tries_ask(tries));
        lab_tries_end(tries, NULL);
        CHECK_STR(one.grade.error, stories[i].error);
        check_broke(&one, LAB_GRADE_SMALL, "ends ok", "1", "n=2");
        close(input);
        lab_tries_free(tries);
    }
}

// It ends before it was asked for all, or is stopped: then it has not passed.
TEST(a_process_that_is_gone_has_not_passed) {
    for (int is_cut = 0; is_cut < 2; is_cut++) {
        struct graded one = {.claims = {"ends ok"}};
        lab_grade_claims(&one.grade, (char **)one.claims, 1);
        struct lab_tries *tries = lab_tries_of_grade(&one.grade, "my.py");
        int input;
        CHECK_INT(lab_tries_open(tries, &input), 0);
        CHECK(lab_tries_ask(tries));
        lab_tries_end(tries, is_cut ? "my.py was killed" : NULL);
        CHECK(!one.grade.passed);
        CHECK_INT(one.grade.stopped, !is_cut);
        CHECK_STR(one.grade.error, is_cut ? "my.py was killed" : NULL);
        lab_tries_free(tries);
        close(input);
        forget(&one);
    }
}
