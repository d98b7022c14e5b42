#include "core/child.h"

#include "base/alloc.h"
#include "base/text.h"
#include "core/loop.h"
#include "core/task.h"

#include "child.h"
#include "test.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// What one child wrote, and how it ended.
struct heard {
    struct lab_child_options options;
    struct lab_text output, errors, record;
    int rc, signal; // to send as soon as it writes a line; 0: none
    bool alone;     // to the child alone, and once
    bool cancels;   // the task that waits, likewise
    struct lab_child *child;
    struct lab_child_end end;
    lab_task *task;
};

static void hear(void *arg, enum lab_child_from from, const char *bytes,
                 size_t n) {
    struct heard *heard = arg;
    lab_text_write(from == LAB_CHILD_OUTPUT   ? &heard->output
                   : from == LAB_CHILD_ERRORS ? &heard->errors
                                              : &heard->record,
                   bytes, n);
    if (heard->signal && heard->alone)
        lab_child_tell(heard->child, heard->signal);
    else if (heard->signal)
        lab_child_kill(heard->child, heard->signal);
    if (heard->alone)
        heard->signal = 0;
    if (heard->cancels)
        lab_cancel(heard->task);
}

static int wait_for_it(void *arg) {
    struct heard *heard = arg;
    heard->task = lab_self();
    heard->options.on_bytes = hear;
    heard->options.arg = heard;
    heard->rc = lab_child_start(&heard->child, &heard->options);
    if (heard->rc < 0)
        return 0;
    heard->rc = lab_child_wait(heard->child, LAB_FOREVER);
    heard->end = lab_child_close(heard->child);
    return 0;
}

static void run_child(struct heard *heard) {
    CHECK_INT(lab_loop_main("main", wait_for_it, heard), 0);
}

static struct heard shell(const char *script) {
    static char *words[4];
    memcpy(words, (char *[]){"sh", "-c", (char *)script, NULL}, sizeof words);
    return (struct heard){.options = {.words = words}};
}

static void forget(struct heard *heard) {
    lab_text_free(&heard->output);
    lab_text_free(&heard->errors);
    lab_text_free(&heard->record);
}

TEST(what_a_child_writes_is_told_by_its_descriptor) {
    struct heard heard = shell("echo out; echo err >&2; echo rec >&4; exit 3");
    run_child(&heard);
    CHECK_INT(heard.rc, 0);
    CHECK_STR(lab_text_string(&heard.output), "out\n");
    CHECK_STR(lab_text_string(&heard.errors), "err\n");
    CHECK_STR(lab_text_string(&heard.record), "rec\n");
    CHECK_INT(heard.end.status, 3);
    CHECK_INT(heard.end.signal, 0);
    forget(&heard);
}

TEST(more_than_a_pipe_holds_comes_whole) {
    struct heard heard = shell("head -c 3000000 /dev/zero");
    run_child(&heard);
    CHECK_INT(heard.output.length, 3000000);
    CHECK_INT(heard.end.status, 0);
    forget(&heard);
}

TEST(a_child_that_a_signal_ends_says_which) {
    struct heard heard = shell("kill -9 $$");
    run_child(&heard);
    CHECK_INT(heard.end.status, -1);
    CHECK_INT(heard.end.signal, SIGKILL);
    forget(&heard);
}

TEST(a_program_that_is_not_there_is_an_error) {
    struct heard heard = {
        .options = {.words = (char *[]){"no-such-program", NULL}}};
    run_child(&heard);
    CHECK_INT(heard.rc, LAB_ENOENT);
    forget(&heard);
}

static pid_t number_in(const struct heard *heard) {
    return (pid_t)atoi(lab_text_string(&heard->output));
}

static bool is_gone(pid_t pid) {
    return pid > 0 && kill(pid, 0) < 0 && errno == ESRCH;
}

// Its pipes stay open in the process that it leaves.
TEST(a_child_has_ended_when_it_exits_and_what_it_left_is_killed) {
    struct heard heard = shell("sleep 1000 & echo $!");
    run_child(&heard);
    CHECK_INT(heard.rc, 0);
    CHECK(is_gone(number_in(&heard)));
    forget(&heard);
}

TEST(so_is_what_has_left_its_group) {
    struct heard heard =
        shell("n=$( (setsid sh -c 'echo $$; exec sleep 1000 >&2' &) ); "
              "echo $n; exit 3");
    run_child(&heard);
    CHECK_INT(heard.end.status, 3);
    CHECK(is_gone(number_in(&heard)));
    forget(&heard);
}

// Nobody can tell whose a stray is while there are two.
static int run_two(void *arg) {
    struct heard *two = arg;
    int status = 0;
    CHECK_INT(lab_child_start(&two[1].child, &two[1].options), 0);
    wait_for_it(&two[0]);
    CHECK_INT(waitpid(number_in(&two[0]), &status, WNOHANG), 0);
    two[1].end = lab_child_close(two[1].child);
    return 0;
}

TEST(but_only_when_no_other_child_runs) {
    struct heard two[] = {
        shell("n=$( (setsid sh -c 'echo $$; exec sleep 1000 >&2' &) ); "
              "echo $n"),
        {.options = {.words = (char *[]){"sleep", "1000", NULL}}}};
    CHECK_INT(lab_loop_main("main", run_two, two), 0);
    CHECK(is_gone(number_in(&two[0])));
    forget(&two[0]);
}

// What it has started would be ended by it, and the shell then exits with 138.
TEST(a_signal_can_be_for_the_child_alone) {
    struct heard heard =
        shell("trap 'told=1' USR1; sleep 1000 & echo one; "
              "until [ $told ]; do :; done; kill -KILL $!; wait $!; exit $?");
    heard.signal = SIGUSR1;
    heard.alone = true;
    run_child(&heard);
    CHECK_INT(heard.end.status, 128 + SIGKILL);
    forget(&heard);
}

TEST(a_signal_reaches_all_that_a_child_has_started) {
    struct heard heard =
        shell("trap 'wait; echo told; exit 7' TERM; "
              "(trap 'echo below; exit' TERM; echo one; while :; do :; done) & "
              "wait; wait; exit 9");
    heard.signal = SIGTERM;
    run_child(&heard);
    CHECK(strstr(lab_text_string(&heard.output), "told") != NULL);
    CHECK_INT(heard.end.status, 7);
    forget(&heard);
}

TEST(a_wait_that_is_cancelled_leaves_the_child_which_close_ends) {
    struct heard heard = shell("echo one; exec sleep 1000");
    heard.cancels = true;
    run_child(&heard);
    CHECK_INT(heard.rc, LAB_ECANCELED);
    CHECK_INT(heard.end.signal, SIGKILL);
    forget(&heard);
}

static int wait_briefly(void *arg) {
    struct heard *heard = arg;
    CHECK_INT(lab_child_start(&heard->child, &heard->options), 0);
    heard->rc = lab_child_wait(heard->child, LAB_MS);
    heard->end = lab_child_close(heard->child);
    return 0;
}

TEST(a_wait_ends_after_its_time) {
    struct heard heard = shell("exec sleep 1000");
    CHECK_INT(lab_loop_main("main", wait_briefly, &heard), 0);
    CHECK_INT(heard.rc, LAB_ETIMEDOUT);
    forget(&heard);
}

TEST(a_child_reads_its_file_and_no_other_descriptor_is_open) {
    struct heard heard = shell("cat <&3; ls /proc/self/fd | tr '\\n' ' '");
    int kept = dup(0); // not closed by exec: another part has forgotten that
    heard.options.file = memfd_create("test", MFD_CLOEXEC);
    CHECK_INT(write(heard.options.file, "text\n", 5), 5);
    CHECK_INT(lseek(heard.options.file, 0, SEEK_SET), 0);
    run_child(&heard);
    // The last one is that of ls itself.
    CHECK_STR(lab_text_string(&heard.output), "text\n0 1 2 3 4 5 ");
    close(heard.options.file);
    close(kept);
    forget(&heard);
}

TEST(variables_are_added_to_the_environment_and_replace_others) {
    struct heard heard = shell("echo $LAB_ONE $LAB_TWO ${PATH:+path}");
    const char *const more[] = {"LAB_ONE=1", "LAB_TWO=2", NULL};
    setenv("LAB_TWO", "old", 1);
    heard.options.more = more;
    run_child(&heard);
    CHECK_STR(lab_text_string(&heard.output), "1 2 path\n");
    unsetenv("LAB_TWO");
    forget(&heard);
}

TEST(a_child_has_the_memory_that_it_is_given) {
    struct heard heard = shell("ulimit -d");
    heard.options.memory = 64 << 20;
    run_child(&heard);
    CHECK_STR(lab_text_string(&heard.output), "65536\n");
    forget(&heard);
}

// A shell that ran looplab may have ignored SIGINT, or blocked it.
TEST(a_child_hears_signals_that_we_ignore) {
    struct heard heard = shell("kill -INT $$; exit 5");
    sigset_t blocked, before;
    void (*was)(int) = signal(SIGINT, SIG_IGN);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    run_child(&heard);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    signal(SIGINT, was);
    CHECK_INT(heard.end.signal, SIGINT);
    forget(&heard);
}

static int start_unwatched(void *arg) {
    struct lab_child_options options = {.words = (char *[]){"true", NULL}};
    struct lab_child *child = NULL;
    (void)arg;
    int rc = lab_child_start(&child, &options);
    return rc == -ENOSYS && child == NULL ? 0 : LAB_EINVAL;
}

// Makes pidfd_open fail, as in a kernel that lacks it.
static int lack_pidfd(void *arg) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pidfd_open, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {countof(filter), filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
        return 0; // where there are no filters, nothing is tried
    return lab_loop_main("main", start_unwatched, arg);
}

TEST(a_child_that_cannot_be_watched_is_not_handed_out) {
    char words[200];
    CHECK_INT(child_end(lack_pidfd, NULL, words, sizeof words), 0);
    CHECK_STR(words, "");
}

// --- few descriptors

static int start_with_few(void *arg) {
    static char *words[] = {"true", NULL};
    struct rlimit before;
    (void)arg;
    getrlimit(RLIMIT_NOFILE, &before);
    for (int more = 40; more >= 0; more--) { // the first has all it needs
        struct heard heard = {.options = {.words = words}};
        int next = dup(STDIN_FILENO);
        close(next);
        rlim_t most = (rlim_t)(next + more);
        setrlimit(RLIMIT_NOFILE, &(struct rlimit){most, before.rlim_max});
        lab_ignore(wait_for_it(&heard));
        setrlimit(RLIMIT_NOFILE, &before);
        if (heard.rc != -EMFILE)
            CHECK(heard.rc == 0 && heard.end.status == 0);
        CHECK(more < 40 || heard.rc == 0);
        CHECK(more > 0 || heard.rc == -EMFILE);
        forget(&heard);
    }
    return 0;
}

TEST(a_child_begins_or_the_lack_of_descriptors_is_told) {
    CHECK_INT(lab_loop_main("main", start_with_few, NULL), 0);
}
