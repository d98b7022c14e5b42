// Each crash is a child's, whose last words are read.

#include "ending.h"
#include "test.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/time.h"
#include "core/crash.h"
#include "core/detector.h"
#include "core/executor.h"
#include "core/here.h"
#include "core/loop.h"
#include "core/run.h"
#include "core/sanitizer.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef LAB_TSAN
enum { HIDES_ERRNO = 1 };
#else
enum { HIDES_ERRNO = 0 };
#endif

// Sanitizers and Valgrind catch a crash before we do.
static bool is_watched(void) {
    if (!LAB_SANITIZED && !valgrind_runs_us())
        return false;
    test_skip("sanitizers and Valgrind catch the crash themselves");
    return true;
}

// --- faults

static volatile uintptr_t zero; // that no compiler knows to be 0

static __attribute__((noinline)) int write_to_null(void) {
    *(volatile int *)zero = 1;
    return 0;
}

static __attribute__((noinline)) int write_astray(void) {
    *(volatile int *)(zero + 0x7000000) = 1;
    return 0;
}

// An address that no machine has, of which the kernel does not say which.
static __attribute__((noinline)) int write_nowhere(void) {
    *(volatile int *)(zero + 0x7000000000000000) = 1;
    return 0;
}

static __attribute__((noinline)) int divide(void) {
    volatile int one = 1;
    volatile int quotient = one / (int)zero;
    return quotient == 0 ? raise(SIGFPE) : 1; // some processors give a result
}

static __attribute__((noinline)) int run_nonsense(void) {
    __builtin_trap();
}

static __attribute__((noinline)) int write_behind_a_file(void) {
    int fd = memfd_create("empty", MFD_CLOEXEC);
    volatile char *bytes =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    bytes[zero] = 1;
    return 0;
}

static __attribute__((noinline)) int recurse(void) {
    volatile char frame[300];
    frame[0] = 1;
    return (zero == 0 ? recurse() : 0) + frame[0];
}

static __attribute__((noinline)) int give_up_at_once(void) {
    abort();
}

static __attribute__((noinline)) int trap(void) {
    return raise(SIGTRAP);
}

static __attribute__((noinline)) int call_the_forbidden(void) {
    return raise(SIGSYS);
}

static const struct fault {
    int (*commit)(void);
    int signal;
    const char *words;
    const char *in; // NULL: the signal comes from inside libc
} faults[] = {
    {write_to_null, SIGSEGV, "used a null pointer (SIGSEGV)", "write_to_null"},
    {write_astray, SIGSEGV, "memory that is not its own (SIGSEGV)",
     "write_astray"},
    {write_nowhere, SIGSEGV, "memory that is not its own (SIGSEGV)",
     "write_nowhere"},
    {divide, SIGFPE, "divided by zero, or the quotient did not fit (SIGFPE)",
     "divide"},
    {run_nonsense, SIGILL, "ran an illegal instruction (SIGILL)",
     "run_nonsense"},
    {write_behind_a_file, SIGBUS,
     "used memory that has nothing behind it (SIGBUS)", "write_behind_a_file"},
    {recurse, SIGSEGV, "overflowed its ", "recurse"},
    {give_up_at_once, SIGABRT, "called abort() (SIGABRT)", NULL},
    {trap, SIGTRAP, "ran into a breakpoint (SIGTRAP)", NULL},
    {call_the_forbidden, SIGSYS,
     "made a system call that it may not, such as fork() (SIGSYS)", NULL},
};

// --- where they happen

static int commit(void *arg) {
    const struct fault *fault = arg;
    lab_here_set("demos/05_fault.c", 7);
    return fault->commit();
}

static int in_task(void *arg) {
    return lab_await(lab_spawn("bad\033[31m", commit, arg));
}

static int ask_worker(void *arg) {
    return lab_offload(lab_pool_new("po\033ol", 1), commit, arg);
}

static int in_worker(void *arg) {
    return lab_await(lab_spawn("asker", ask_worker, arg));
}

static void on_blocked(void *sink, const struct lab_blocked *blocked) {
    (void)blocked;
    commit(sink);
}

// Every step is too long for this watchdog.
static int in_watchdog(void *arg) {
    LAB_TRY(lab_detector_start(1, on_blocked, arg));
    while (poll(NULL, 0, -1) < 0)
        ;
    return 0;
}

static int in_virtual(lab_fn *body, void *arg) {
    return lab_run(&(struct lab_run_options){
        .name = "root", .body = body, .arg = arg, .clock = LAB_CLOCK_VIRTUAL});
}

static int in_virtual_task(void *arg) {
    return in_virtual(in_task, arg);
}

static int sleep_first(void *arg) {
    LAB_TRY(lab_sleep(1200 * LAB_MS));
    return in_worker(arg);
}

static int in_virtual_worker(void *arg) {
    return in_virtual(sleep_first, arg);
}

static const struct place {
    lab_fn *body;
    const char *who, *when;
} places[] = {
    {in_task, "looplab: task #2 bad\\x1b[31m crashed at ", ""},
    {in_worker,
     "looplab: job #1 of task #2 asker, in worker po\\x1bol-1, crashed at ",
     ""},
    {in_watchdog, "looplab: a thread that runs no job crashed: ", ""},
    {in_virtual_task, "looplab: task #2 bad\\x1b[31m crashed at ", "0 s: "},
    {in_virtual_worker,
     "looplab: job #1 of task #2 asker, in worker po\\x1bol-1, crashed at ",
     "1.200 s: "},
};

static void check_words(const struct fault *fault, const struct place *place) {
    char words[1024], in[64];
    CHECK_INT(ending_of(place->body, (void *)fault, words, sizeof words),
              fault->signal);
    CHECK(strncmp(words, "restored\n", 9) == 0);
    CHECK(strchr(words, '\033') == NULL);
    ending_has(words, place->who);
    ending_has(words, place->when);
    ending_has(words, fault->words);
    ending_has(words, ", after its call at demos/05_fault.c:7");
    if (place->body != in_watchdog)
        ending_has(words, ", spawned at tests/core/crash.c:");
    snprintf(in, sizeof in, ", in %s(),", fault->in);
    if (fault->in)
        ending_has(words, in);
}

TEST(every_crash_names_who_crashed_where_and_when) {
    if (is_watched())
        return;
    for (size_t f = 0; f < countof(faults); f++)
        for (size_t p = 0; p < countof(places); p++)
            check_words(&faults[f], &places[p]);
}

TEST(an_overflow_names_the_size_of_the_stack) {
    char words[1024];
    const struct fault fault = {.commit = recurse};
    if (is_watched())
        return;
    ending_of(in_task, (void *)&fault, words, sizeof words);
    ending_has(words, "it overflowed its 64 KiB stack (SIGSEGV)");
    ending_of(in_virtual_worker, (void *)&fault, words, sizeof words);
    ending_has(words, "it overflowed its 64 KiB stack (SIGSEGV)");
}

static int crash_in_both_threads(void *arg) {
    lab_pool *pool = lab_pool_new("pool", 2);
    lab_task *tasks[] = {lab_spawn("a", ask_worker, arg),
                         lab_spawn("b", ask_worker, arg)};
    (void)pool;
    return lab_gather(tasks, countof(tasks));
}

TEST(of_two_threads_that_crash_one_speaks) {
    char words[1024];
    if (is_watched())
        return;
    // Whether they crash at the same moment is up to the machine.
    for (int i = 0; i < 20; i++) {
        CHECK_INT(ending_of(crash_in_both_threads, (void *)&faults[0], words,
                            sizeof words),
                  SIGSEGV);
        const char *said = strstr(words, "looplab: ");
        MUST(said);
        CHECK(strchr(said, '\n')[1] == '\0');
    }
}

static int sent_from_outside(void *arg) {
    pid_t parent = getpid();
    if (fork() == 0) {
        kill(parent, SIGSEGV);
        _exit(0);
    }
    while (poll(NULL, 0, -1) < 0)
        ;
    return *(int *)arg;
}

TEST(who_sends_the_signal_knows_why) {
    char words[1024];
    if (is_watched())
        return;
    CHECK_INT(ending_of(sent_from_outside, NULL, words, sizeof words), SIGSEGV);
    CHECK_STR(words, "restored\n");
}

// --- what is no crash of the demo's

static int break_promise(void *arg) {
    lab_assert(arg);
    return 0;
}

TEST(a_broken_promise_says_where_and_aborts) {
    char words[512];
    if (is_watched())
        return;
    CHECK_INT(ending_of(break_promise, NULL, words, sizeof words), SIGABRT);
    CHECK(strstr(words, "tests/core/crash.c:") != NULL);
    CHECK(strstr(words, "broke its promise: arg\n") != NULL);
}

// As libuv does where it cannot have what it needs.
static int give_up(void *arg) {
    (void)arg;
    lab_crash_in_libuv(true);
    errno = EMFILE;
    abort();
}

TEST(libuv_that_is_refused_a_descriptor_ends_in_a_sentence) {
    char words[512];
    if (HIDES_ERRNO) {
        test_skip("this sanitizer hides errno from handlers");
        return;
    }
    CHECK_INT(ending_of(give_up, NULL, words, sizeof words), -LAB_EXIT_OS);
    CHECK_STR(words, "restored\nlooplab: the event loop cannot continue: "
                     "too many open files\n");
}

static int give_up_for_no_reason(void *arg) {
    (void)arg;
    lab_crash_in_libuv(true);
    errno = EBADF; // which is a bug, and somebody has to see it
    abort();
}

TEST(libuv_that_gives_up_for_another_reason_aborts) {
    char words[512];
    CHECK_INT(ending_of(give_up_for_no_reason, NULL, words, sizeof words),
              SIGABRT);
    ending_has(words, "restored\nlooplab: task #1 main crashed at ");
}

static int break_promise_in_libuv(void *arg) {
    lab_crash_in_libuv(true);
    errno = ENOMEM;
    return break_promise(arg);
}

TEST(a_broken_promise_in_a_callback_of_libuv_aborts) {
    char words[512];
    CHECK_INT(ending_of(break_promise_in_libuv, NULL, words, sizeof words),
              SIGABRT);
    CHECK(strstr(words, "cannot continue") == NULL);
}

// --- exit()

static int leave(void *arg) {
    lab_here_set("demos/05_exit.c", 7);
    exit(*(int *)arg);
}

static int leave_quickly(void *arg) {
    quick_exit(*(int *)arg);
}

static int leave_in_task(void *arg) {
    return lab_await(lab_spawn("leaver", leave, arg));
}

static int leave_in_worker(void *arg) {
    return lab_offload(lab_pool_new("pool", 1), leave, arg);
}

static void *leave_in_thread(void *arg) {
    exit(*(int *)arg);
}

static int leave_elsewhere(void *arg) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, leave_in_thread, arg) == 0)
        pthread_join(thread, NULL);
    return 0;
}

static int leave_in_virtual_task(void *arg) {
    return in_virtual(leave_in_task, arg);
}

static int leave_in_virtual_worker(void *arg) {
    return in_virtual(leave_in_worker, arg);
}

TEST(exit_in_a_demo_is_told_whatever_its_status) {
    static const struct {
        lab_fn *leave;
        const char *words;
    } rows[] = {
        {leave_in_task, "task #2 leaver called exit() at "},
        {leave_in_virtual_task, "task #2 leaver called exit() at 0 s: a run "
                                "ends when its body returns, after its "
                                "call at demos/05_exit.c:7"},
        {leave_in_worker, "in worker pool"},
        {leave_in_virtual_worker, "job #1 of task #1 root, in worker pool"},
        {leave_elsewhere, "a thread that runs no job called exit()"},
        {leave_quickly, "task #1 main called exit()"},
    };
    char words[1024];
    for (size_t i = 0; i < countof(rows); i++)
        for (int status = 0; status < 2; status++) {
            CHECK_INT(ending_of(rows[i].leave, &status, words, sizeof words),
                      -LAB_EXIT_BUG);
            if (!CHECK(strstr(words, rows[i].words)))
                fprintf(stderr, "%s is not in: %s\n", rows[i].words, words);
            CHECK(strncmp(words, "restored\n", 9) == 0);
        }
}

static int die(void *arg) {
    (void)arg;
    lab_die(LAB_EXIT_OS, "something else");
}

TEST(exit_of_lab_die_is_told_once_and_keeps_its_status) {
    char words[1024];
    CHECK_INT(ending_of(die, NULL, words, sizeof words), -LAB_EXIT_OS);
    CHECK(strstr(words, "something else"));
    CHECK(!strstr(words, "exit()"));
}
