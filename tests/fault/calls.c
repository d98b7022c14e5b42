// Every system call fails, one after the other, in each of the scenes below,
// in each way that it can: interrupted (EINTR), no descriptor left (EMFILE), no
// memory (ENOMEM), broken (EIO), cut off (ECONNRESET), half done. Once; and
// once with all that follow, of interrupted ones every other, since one that is
// always interrupted is right to go on for ever.
//
// Interrupted and half done calls are no errors: they must be absorbed, with
// every byte in its place. The others may be told of (see judge.h). A busy
// loop shows as computing, or as calls: many times those without a fault.
//
// How, and which calls: see kernel.c.

#include "core/sanitizer.h"
#include "judge.h"
#include "kernel.h"
#include "lesson.h"
#include "play.h"
#include "test.h"

#include <stdio.h>

enum { MANY_TIMES = 20, A_FEW = 1000 }; // calls in a play that is too busy

static void judge_call(struct sweep *sweep, const struct play *now) {
    const struct kernel *kernel = now->kernel;
    bool harmless = kernel->fault == INTERRUPTED || kernel->fault == SHORT;
    enum verdict verdict = judge(sweep, now, kernel->where, kernel->at);
    if (verdict == TOLD && harmless)
        judge_wrong(sweep, now, kernel->where, kernel->at,
                    "this was no error, but it was taken for one");
}

static void sweep(const struct play *clean, enum kernel_fault fault,
                  bool for_good) {
    char name[40];
    struct kernel kernel;
    struct play now = *clean;
    struct sweep sweep = {.scene = clean->scene, .clean = clean, .fault = name};
    int unmet = 0; // plays in a row that ended before their fault
    now.kernel = &kernel;
    now.out = now.err = (struct lab_text){0};
    snprintf(name, sizeof name, "%s %s", kernel_fault_name(fault),
             for_good ? "from then on" : "once");
    for (long k = 1; unmet < 2; k++) {
        kernel =
            (struct kernel){.fault = fault,
                            .at = k,
                            .for_good = for_good,
                            .most = clean->kernel->calls * MANY_TIMES + A_FEW};
        if (!play(&now))
            break;
        unmet = kernel.failed ? 0 : unmet + 1;
        CHECK(kernel.failed || kernel.count < k);
        sweep.plays++;
        if (kernel.failed)
            judge_call(&sweep, &now);
        play_clear(&now);
    }
    judge_end(&sweep);
    play_clear(&now);
}

static void sweep_all(const struct scene *scene) {
    struct kernel kernel = {0};
    struct play clean = {.scene = scene, .kernel = &kernel};
    if (!kernel_is_possible()) {
        test_skip("this system lets nobody answer another's system calls");
        return;
    }
    if (play_open(&clean) && play(&clean)) {
        CHECK(kernel.calls > 0 && !kernel.is_blind && play_is_clean(&clean));
        printf("  %ld calls\n", kernel.calls);
        for (enum kernel_fault fault = INTERRUPTED; fault <= SHORT; fault++)
            for (int for_good = 0; for_good < 2; for_good++)
                // Without memory a sanitizer ends the program by itself.
                if (!(LAB_SANITIZED && fault == NO_MEMORY && for_good))
                    sweep(&clean, fault, for_good);
    }
    play_clear(&clean);
    play_close(&clean);
}

#define SCENE(claim, ...)                                                      \
    TEST(claim) {                                                              \
        sweep_all(&(struct scene){__VA_ARGS__});                               \
    }

// --- the scenes

SCENE(tcp_loses_no_byte_whichever_call_fails, .words = {"scenes", "tcp"})
SCENE(a_unix_socket_loses_no_byte_whichever_call_fails,
      .words = {"scenes", "unix"})
SCENE(files_lose_no_byte_whichever_call_fails, .words = {"scenes", "files"})
SCENE(workers_lose_no_job_whichever_call_fails, .words = {"scenes", "executor"})
SCENE(a_child_loses_no_byte_whichever_call_fails, .words = {"scenes", "child"})
SCENE(a_script_loses_no_line_whichever_call_fails, .words = {"looplab"},
      .input = "lesson 2\nrin 3\nrun 3 &\nhelp\nset 3 delay=20\nclock x2\n")
SCENE(a_script_in_a_file_loses_no_line_whichever_call_fails,
      .words = {"looplab"}, .from_file = true,
      .input = "source 3 together\nrin 3\nset 3 delay=20\n")
SCENE(a_list_loses_no_line_whichever_call_fails, .words = {"looplab", "list"},
      .is_without_libraries = true)
SCENE(a_lesson_is_rewritten_or_as_it_was_whichever_call_fails,
      .words = {"looplab", "lessons", "--write", "lesson.md"},
      .before = lesson_before, .after = lesson_after)
SCENE(a_paced_run_ends_in_a_sentence_whichever_call_fails,
      .words = {"looplab", "run", "3", "--clock=x1000"}, .is_timed = true)
