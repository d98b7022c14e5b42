// Whatever a name holds, it reaches the terminal as something to be read. The
// names here are given to everything that last words may name.

#include "core/last_words_internal.h"

#include "base/alloc.h"
#include "base/text.h"
#include "core/detector.h"
#include "core/executor.h"
#include "core/here.h"
#include "core/run.h"
#include "core/sanitizer.h"
#include "ending.h"
#include "test.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>

// Each control byte there is, C1 as UTF-8 and raw, and what turns text around;
// in names that are not cut.
static const char *const names[] = {
    "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f",
    "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f",
    "\xc2\x80\xc2\x81\xc2\x82\xc2\x83\xc2\x84\xc2\x85\xc2\x86\xc2\x87\xc2\x88"
    "\xc2\x89\xc2\x8a\xc2\x8b",
    "\xc2\x8c\xc2\x8d\xc2\x8e\xc2\x8f\xc2\x90\xc2\x91\xc2\x92\xc2\x93\xc2\x94"
    "\xc2\x95\xc2\x96\xc2\x97",
    "\xc2\x98\xc2\x99\xc2\x9a\xc2\x9b\xc2\x9c\xc2\x9d\xc2\x9e\xc2\x9f\x80\x9b"
    "\x9d",
    "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d",
    "\u202e\u2066\u2067\u2068\u2069\x1b]0;t\x07",
};

static volatile uintptr_t zero; // that no compiler knows to be 0

static int crash(void *arg) {
    lab_here_set(arg, 7);
    *(volatile int *)zero = 1;
    return 0;
}

static int overflow(void *arg) {
    volatile char frame[300];
    lab_here_set(arg, 7);
    frame[0] = 1;
    return (zero == 0 ? overflow(arg) : 0) + frame[0];
}

static int give_up(void *arg) {
    lab_here_set(arg, 7);
    abort();
}

static int leave(void *arg) {
    lab_here_set(arg, 7);
    exit(0);
}

static int refuse_to_stop(void *arg) {
    lab_cancel(lab_self());
    while (arg)
        lab_ignore(lab_sleep(LAB_NS));
    return 0;
}

static int spawn_in_job(void *arg) {
    lab_spawn(arg, crash, arg);
    return 0;
}

static void hear(int signal, void *arg) {
    (void)signal;
    (void)arg;
}

static int hold(void *arg) {
    lab_here_set(arg, 7);
    lab_signal_watch(SIGINT, hear, NULL);
    for (int i = 0; i < 3; i++)
        raise(SIGINT);
    while (zero == 0)
        sched_yield();
    return 0;
}

static lab_fn *act;

static int in_task(void *arg) {
    return lab_await(lab_spawn(arg, act, arg));
}

static int in_worker(void *arg) {
    return lab_offload(lab_pool_new(arg, 1), act, arg);
}

static int virtually(lab_fn *body, void *arg) {
    return lab_run(&(struct lab_run_options){
        .name = arg, .body = body, .arg = arg, .clock = LAB_CLOCK_VIRTUAL});
}

static int in_virtual_task(void *arg) {
    return virtually(in_task, arg);
}

static int in_virtual_worker(void *arg) {
    return virtually(in_worker, arg);
}

static lab_fn *const places[] = {in_task, in_worker, in_virtual_task,
                                 in_virtual_worker};

// Is there nothing in [words] that a mask would change?
static void check_clean(const char *words) {
    struct lab_text masked = {0};
    lab_text_mask(&masked, words, strlen(words), true);
    CHECK_STR(words, lab_text_string(&masked));
    lab_text_free(&masked);
}

static void check_words(lab_fn *body, const char *name, const char *part) {
    struct lab_text shown = {0};
    char words[2048];
    ending_of(body, (void *)name, words, sizeof words);
    check_clean(words);
    lab_text_mask(&shown, name, strlen(name), false);
    ending_has(words, part);
    ending_has(words, lab_text_string(&shown)); // it was named
    // One line, besides the hooks'.
    CHECK(strchr(strstr(words, "looplab: "), '\n')[1] == '\0');
    lab_text_free(&shown);
}

static void check_everywhere(lab_fn *fn, const char *part) {
    act = fn;
    for (size_t p = 0; p < countof(places); p++)
        for (size_t n = 0; n < countof(names); n++)
            check_words(places[p], names[n], part);
}

TEST(no_name_steers_the_terminal_from_a_crash) {
    if (LAB_SANITIZED) {
        test_skip("sanitizers catch the crash themselves");
        return;
    }
    check_everywhere(crash, " crashed at ");
    check_everywhere(overflow, "it overflowed its ");
}

TEST(no_name_steers_the_terminal_from_abort_and_exit) {
    check_everywhere(give_up, "it called abort()");
    check_everywhere(leave, " called exit() at ");
}

TEST(no_name_steers_the_terminal_when_it_is_told_of_a_mistake) {
    if (LAB_SANITIZED)
        test_skip("under TSan a child of this test never ends");
    for (size_t n = 0; n < countof(names); n++) {
        act = refuse_to_stop;
        check_words(in_task, names[n], "ignores that it must stop");
        check_words(in_virtual_task, names[n], "ignores that it must stop");
        act = spawn_in_job;
        check_words(in_worker, names[n], "was spawned outside of a task");
        check_words(in_virtual_worker, names[n],
                    "was spawned outside of a task");
    }
}

TEST(no_name_steers_the_terminal_when_ctrl_c_ends_it) {
    act = hold;
    for (size_t n = 0; n < countof(names); n++) {
        check_words(in_task, names[n], "while Ctrl-C came twice");
        check_words(in_virtual_task, names[n], "while Ctrl-C came twice");
        check_words(in_virtual_worker, names[n], "while Ctrl-C came twice");
    }
}

TEST(no_name_steers_the_terminal_when_the_watchdog_tells_of_it) {
    for (size_t n = 0; n < countof(names); n++) {
        struct lab_text text = {0};
        struct lab_blocked blocked = {
            .one_step = true, .task = 2, .line = 12, .at_line = 7};
        snprintf(blocked.name, sizeof blocked.name, "%s", names[n]);
        snprintf(blocked.function, sizeof blocked.function, "%s", names[n]);
        snprintf(blocked.file, sizeof blocked.file, "%s", names[n]);
        snprintf(blocked.at_file, sizeof blocked.at_file, "%s", names[n]);
        lab_detector_put(&text, &blocked);
        check_clean(lab_text_string(&text));
        lab_text_free(&text);
    }
}
