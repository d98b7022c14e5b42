// Every allocation fails, one after the other, in each of the scenes below:
// once, and then once with all that follow it. Each scene is swept twice.
//
// Ours alone: what the program and its demos ask for (see
// preload/allocations.c). None of these may be absorbed; each is the end of
// the program, with one sentence, status 71, and its output as far as it got.
//
// All: what libc, the dynamic linker and libuv ask for as well. Here some may
// be absorbed, but then nothing of ours has leaked, no memory and no
// descriptor, and the output is the same. Others the program can survive and
// tell of: a demo that cannot be loaded is status 1, as any such demo.
//
// At the prompt libedit and libtinfo allocate, and are known to crash when
// they get nothing, to exit, or to go on with no key bound, so that no line
// can be entered: mostly as they start. Such an end passes if the allocation
// that failed last was one of theirs, or libc's for one of them, and if the
// terminal was given back all the same; how many pass at most is written
// below. Ours must do there what they do elsewhere.

#include "base/alloc.h"
#include "base/die.h"
#include "core/sanitizer.h"
#include "judge.h"
#include "lesson.h"
#include "play.h"
#include "preload/report.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

// --- what is wrong here only

// What is known of the libraries at the prompt, with which of them asked for
// the allocation that failed last: how many ends there are, of libedit
// 3.1-20221030 and ncurses 6.4, if it fails once, and with all that follow.
static struct library {
    const char *name;
    long most[2], ends;
} libraries[] = {
    {"libedit.so", {144, 166}},
    {"libtinfo.so", {18, 27}},
    {"libc.so", {1, 1}},
};

static int count_of(const char *word, const struct lab_text *text) {
    const char *at = lab_text_string(text);
    int count = 0;
    for (; (at = strstr(at, word)); at++)
        count++;
    return count;
}

// The library that is to blame for how [now] ended; or NULL.
static struct library *blame(const struct play *now) {
    for (size_t i = 0; i < countof(libraries); i++)
        if (now->scene->at_terminal && now->report->foreign && now->restored &&
            (now->status < 0 || now->status == LAB_EXIT_FAILED || now->hung) &&
            strncmp(now->report->who, libraries[i].name,
                    strlen(libraries[i].name)) == 0)
            return &libraries[i];
    return NULL;
}

// What is wrong with a play that an allocation of ours has ended; or NULL.
static const char *look_at_end(const struct sweep *sweep,
                               const struct play *now) {
    static const char words[] = "looplab: out of memory (";
    bool terminal = sweep->scene->at_terminal;
    if (now->status != LAB_EXIT_OS)
        return "an allocation of ours failed, and the status is not 71";
    if (count_of(words, terminal ? &now->out : &now->err) != 1 ||
        (!terminal && judge_sentences(sweep->clean, now) != 1))
        return "there is not one sentence, and that about memory";
    return NULL;
}

static void judge_memory(struct sweep *sweep, const struct play *now) {
    const struct report *report = now->report;
    struct library *library = blame(now);
    if (library) {
        library->ends++;
        return;
    }
    if (judge(sweep, now, report->who, report->at) == WRONG || !report->ours)
        return;
    const char *why = look_at_end(sweep, now);
    if (why)
        judge_wrong(sweep, now, report->who, report->at, why);
}

static void judge_libraries(bool for_good) {
    for (size_t i = 0; i < countof(libraries); i++) {
        struct library *library = &libraries[i];
        if (library->ends > 0)
            printf("  %ld known ends by %s\n", library->ends, library->name);
        CHECK(library->ends <= library->most[for_good]);
        library->ends = 0;
    }
}

// --- the sweeps

// Scenes grow with the demos and lessons that there are. Of one with very many
// allocations a sample fails, spread over all of it.
static long step_of(long count) {
    enum { MANY = 3000, SAMPLE = 250 };
    return count > MANY ? count / SAMPLE : 1;
}

static void sweep(const struct play *plain, bool foreign, bool for_good) {
    char fault[64];
    struct play clean = *plain, now = *plain;
    struct report *report = plain->report;
    struct sweep sweep = {
        .scene = plain->scene, .clean = &clean, .fault = fault};
    int unmet = 0; // plays in a row that ended before their fault
    snprintf(fault, sizeof fault, "%s allocation %s", foreign ? "any" : "our",
             for_good ? "and all after it" : "once");
    *report = (struct report){.foreign = foreign};
    if (!play(&clean))
        return;
    CHECK(report->count > 0 && play_is_clean(&clean));
    long step = step_of((long)report->count);
    // Where threads race, not every play has the same number of them.
    for (long k = 1; unmet < 2; k += step) {
        *report =
            (struct report){.at = k, .foreign = foreign, .for_good = for_good};
        if (!play(&now))
            break;
        unmet = report->failed ? 0 : unmet + 1;
        CHECK(report->failed || report->count < k);
        sweep.plays++;
        if (report->failed)
            judge_memory(&sweep, &now);
        play_clear(&now);
    }
    judge_end(&sweep);
    judge_libraries(for_good);
    play_clear(&now);
    play_clear(&clean);
}

static void sweep_all(const struct scene *scene) {
    struct play plain = {.scene = scene};
    if (LAB_SANITIZED) {
        test_skip("sanitizers have an allocator of their own");
        return;
    }
    if (play_open(&plain))
        for (int i = 0; i < 4; i++)
            sweep(&plain, i & 2, i & 1);
    play_close(&plain);
}

#define SCENE(claim, ...)                                                      \
    TEST(claim) {                                                              \
        sweep_all(&(struct scene){__VA_ARGS__});                               \
    }

// --- the scenes

SCENE(list_ends_in_a_sentence_whichever_allocation_fails,
      .words = {"looplab", "list"}, .is_without_libraries = true)
SCENE(a_run_ends_in_a_sentence_whichever_allocation_fails,
      .words = {"looplab", "run", "1", "--clock=virtual"})
SCENE(all_runs_end_in_a_sentence_whichever_allocation_fails,
      .words = {"looplab", "run", "all", "--clock=virtual"},
      .is_without_libraries = true)
SCENE(a_paced_run_ends_in_a_sentence_whichever_allocation_fails,
      .words = {"looplab", "run", "3", "--clock=x1000"}, .is_timed = true)
SCENE(json_ends_in_a_sentence_whichever_allocation_fails,
      .words = {"looplab", "run", "3", "--json"})
SCENE(a_timeline_ends_in_a_sentence_whichever_allocation_fails,
      .words = {"looplab", "run", "4", "--timeline"})
SCENE(a_comparison_ends_in_a_sentence_whichever_allocation_fails,
      .words = {"looplab", "compare", "2"})
SCENE(a_source_ends_in_a_sentence_whichever_allocation_fails,
      .words = {"looplab", "source", "3", "together"})
SCENE(a_script_ends_in_a_sentence_whichever_allocation_fails,
      .words = {"looplab"},
      .input = "lesson 2\nrin 3\nrun 3 &\nhelp\nset 3 delay=20\nclock x2\n")
SCENE(lessons_end_in_a_sentence_whichever_allocation_fails,
      .words = {"looplab", "lessons", "--check",
                LAB_LESSONS_DIR "/03_sequential_gather.md"})
SCENE(a_lesson_is_rewritten_or_as_it_was_whichever_allocation_fails,
      .words = {"looplab", "lessons", "--write", "lesson.md"},
      .before = lesson_before, .after = lesson_after)
SCENE(streams_end_in_a_sentence_whichever_allocation_fails,
      .words = {"scenes", "tcp"})
SCENE(memory_streams_end_in_a_sentence_whichever_allocation_fails,
      .words = {"scenes", "memory"})
SCENE(files_end_in_a_sentence_whichever_allocation_fails,
      .words = {"scenes", "files"})
SCENE(workers_end_in_a_sentence_whichever_allocation_fails,
      .words = {"scenes", "executor"})
SCENE(queues_end_in_a_sentence_whichever_allocation_fails,
      .words = {"scenes", "queue"})
SCENE(a_child_ends_in_a_sentence_whichever_allocation_fails,
      .words = {"scenes", "child"})
SCENE(the_prompt_gives_the_terminal_back_whichever_allocation_fails,
      .words = {"looplab"}, .at_terminal = true,
      .input = "list\nrun 1 delay=1\nquit\n")
