#include "core/process.h"

#include "base/text.h"
#include "core/loop.h"
#include "core/run.h"
#include "core/scope.h"
#include "core/task.h"
#include "record/record.h"

#include "test.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// What a body says of the process that it runs, and what the run has recorded.
static struct {
    lab_fn *body;
    struct lab_record *record;
    int rc;
    pid_t pid;
} it;

static int root(void *arg) {
    (void)arg;
    struct lab_run_options options = {.name = "main",
                                      .body = it.body,
                                      .record = it.record,
                                      .clock = LAB_CLOCK_REAL};
    return lab_run(&options);
}

// Runs [body] under the real clock; returns what the run came to.
static int run(lab_fn *body) {
    it.body = body;
    it.record = lab_record_new();
    return lab_loop_main("root", root, NULL);
}

static void forget(void) {
    lab_record_free(it.record);
    it.record = NULL;
}

static int shell_with(lab_process **out, const char *script,
                      struct lab_process_options options) {
    char *words[] = {"sh", "-c", (char *)script, NULL};
    options.words = words;
    return lab_process_start(out, &options);
}

static int shell(lab_process **out, const char *script) {
    return shell_with(out, script, (struct lab_process_options){0});
}

// The first line of a process's output, a process's number: it is running.
static int hear_pid(lab_process *process) {
    char line[40];
    LAB_TRY(
        lab_read_until(lab_process_output(process), "\n", line, sizeof line));
    it.pid = (pid_t)atoi(line);
    return 0;
}

static bool is_gone(pid_t pid) {
    return pid > 0 && kill(pid, 0) < 0 && errno == ESRCH;
}

// --- input, output, end

static int talk(void *arg) {
    lab_process *process;
    char line[40];
    (void)arg;
    LAB_TRY(
        shell(&process, "read x; echo got $x; read y; echo and $y; exit 3"));
    CHECK_INT(lab_process_returncode(process), LAB_EAGAIN);
    LAB_TRY(lab_write(lab_process_input(process), "one\n", 4));
    LAB_TRY(lab_read_until(lab_process_output(process), "\n", line, 40));
    CHECK_STR(line, "got one\n");
    LAB_TRY(lab_write(lab_process_input(process), "two\n", 4));
    CHECK_INT(lab_process_wait(process), 3);
    CHECK_INT(lab_process_returncode(process), 3);
    LAB_TRY(lab_read_until(lab_process_output(process), "\n", line, 40));
    CHECK_STR(line, "and two\n");
    CHECK_INT(lab_read(lab_process_output(process), line, 40), LAB_EOF);
    lab_process_close(process);
    lab_process_close(process);
    CHECK_INT(lab_process_wait(process), 3);
    return 0;
}

TEST(a_process_is_written_to_read_from_and_waited_for) {
    CHECK_INT(run(talk), 0);
    forget();
}

// More than two pipes hold, at once.
static int communicate(void *arg) {
    enum { SIZE = 300000 };
    static char input[SIZE + 1], output[SIZE + 1];
    lab_process *process;
    (void)arg;
    memset(input, 'x', SIZE);
    LAB_TRY(shell(&process, "cat; exit 4"));
    CHECK_INT(lab_process_communicate(process, input, output, sizeof output),
              4);
    CHECK_STR(output, input);
    return 0;
}

TEST(communicate_writes_while_it_reads) {
    CHECK_INT(run(communicate), 0);
    forget();
}

static int communicate_badly(void *arg) {
    static char input[300001], output[100];
    lab_process *process;
    (void)arg;
    memset(input, 'x', sizeof input - 1);
    LAB_TRY(shell(&process, "exec <&-; echo early"));
    CHECK_INT(lab_process_communicate(process, input, output, sizeof output),
              0);
    CHECK_STR(output, "early\n");
    LAB_TRY(shell(&process, "echo $PWD"));
    CHECK_INT(lab_process_communicate(process, NULL, output, sizeof output), 0);
    LAB_TRY(shell(&process, "cat"));
    CHECK_INT(lab_process_communicate(process, input, output, sizeof output),
              LAB_EMSGSIZE);
    CHECK_INT(lab_process_returncode(process), LAB_EAGAIN);
    return 0;
}

TEST(communicate_copes_with_no_reader_no_input_and_no_room) {
    CHECK_INT(run(communicate_badly), 0);
    forget();
}

static int be_killed(void *arg) {
    lab_process *process;
    (void)arg;
    LAB_TRY(shell(&process, "echo $$; exec sleep 1000"));
    LAB_TRY(hear_pid(process));
    lab_process_kill(process);
    CHECK_INT(lab_process_wait(process), 128 + SIGKILL);
    CHECK(is_gone(it.pid));
    lab_process_kill(process);
    LAB_TRY(shell(&process, "echo $$; exec sleep 1000"));
    LAB_TRY(hear_pid(process));
    lab_process_send_signal(process, SIGTERM);
    CHECK_INT(lab_process_wait(process), 128 + SIGTERM);
    return 0;
}

TEST(a_process_that_a_signal_ends_exits_as_in_a_shell) {
    CHECK_INT(run(be_killed), 0);
    forget();
}

static int start_nothing(void *arg) {
    struct lab_process_options options = {
        .words = (char *[]){"no-such-program", NULL}};
    lab_process *process = NULL;
    (void)arg;
    CHECK_INT(lab_process_start(&process, &options), LAB_ENOENT);
    CHECK(process == NULL);
    return 0;
}

TEST(a_process_of_no_program_is_an_error) {
    CHECK_INT(run(start_nothing), 0);
    forget();
}

VIRTUAL_TEST(a_process_is_outside_of_virtual_time) {
    lab_process *process = NULL;
    CHECK_INT(shell(&process, "exit 0"), LAB_EOUTSIDE);
    CHECK(process == NULL);
}

// --- none is left

static int leave(void *arg) {
    lab_process *process;
    (void)arg;
    LAB_TRY(shell(&process, "sleep 1000 & echo $!; wait"));
    return hear_pid(process);
}

static int leave_in_child(void *arg) {
    LAB_TRY(lab_await(lab_spawn("leave", leave, arg)));
    CHECK(is_gone(it.pid));
    return 0;
}

TEST(a_process_ends_before_the_task_that_started_it) {
    CHECK_INT(run(leave_in_child), 0);
    forget();
}

static int wait_for_ever(void *arg) {
    lab_process *process;
    LAB_TRY(shell(&process, "sleep 1000 & echo $!; wait"));
    LAB_TRY(hear_pid(process));
    lab_cancel(arg); // whoever started us, so we are cancelled too
    CHECK_INT(lab_process_wait(process), LAB_ECANCELED);
    CHECK(!is_gone(it.pid));
    return LAB_ECANCELED;
}

static int be_cancelled(void *arg) {
    (void)arg;
    lab_task *task = lab_spawn("wait", wait_for_ever, lab_self());
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    CHECK(is_gone(it.pid));
    return 0;
}

TEST(a_cancelled_task_leaves_no_process) {
    CHECK_INT(run(be_cancelled), 0);
    forget();
}

static int tidy_up(void *arg) {
    lab_process *process;
    char line[40] = "";
    (void)arg;
    LAB_TRY(shell_with(&process,
                       "trap 'echo tidy >&2; exit 7' INT; echo $$; "
                       "while :; do :; done",
                       (struct lab_process_options){.ends_on = SIGINT}));
    LAB_TRY(hear_pid(process));
    lab_cancel(lab_self());
    CHECK_INT(lab_read(lab_process_output(process), line, 1), LAB_ECANCELED);
    lab_process_close(process);
    CHECK_INT(lab_process_returncode(process), 7);
    CHECK(is_gone(it.pid));
    return 0;
}

TEST(a_process_that_tidies_up_is_let_though_we_are_cancelled) {
    CHECK_INT(run(tidy_up), 0);
    forget();
}

static int start_many(void *arg) {
    lab_process *processes[65];
    int n = 0, rc = 0;
    (void)arg;
    while (n < 65 && (rc = shell(&processes[n], "exec sleep 1000")) == 0)
        n++;
    CHECK_INT(rc, LAB_EAGAIN);
    CHECK_INT(n, 64);
    lab_process_close(processes[0]);
    return shell(&processes[0], "exit 0");
}

TEST(more_processes_than_can_be_ended_are_refused) {
    CHECK_INT(run(start_many), 0);
    forget();
}

// --- what is in the record

static int complain(void *arg) {
    char output[40];
    lab_process *process;
    (void)arg;
    LAB_TRY(shell(&process, "echo one >&2; printf 'two\\033' >&2; exit 5"));
    CHECK_INT(lab_process_communicate(process, NULL, output, sizeof output), 5);
    CHECK_STR(output, "");
    LAB_TRY(shell_with(&process, "echo one >&2; echo two",
                       (struct lab_process_options){.joins_errors = true}));
    CHECK_INT(lab_process_communicate(process, NULL, output, sizeof output), 0);
    CHECK_STR(output, "one\ntwo\n");
    return 0;
}

// All of a kind, each followed by its text or its value.
static void put_events(struct lab_text *out) {
    for (size_t i = 0; i < lab_record_count(it.record); i++) {
        const struct lab_event *event = lab_record_at(it.record, i);
        const char *text = lab_record_text(it.record, event);
        if (event->kind == LAB_EVENT_SAY && event->is_stderr)
            lab_text_printf(out, "says %s; ", text);
        if (event->kind == LAB_EVENT_PROCESS)
            lab_text_printf(out, "starts %u, %s; ", event->other, text);
        if (event->kind == LAB_EVENT_EXIT)
            lab_text_printf(out, "ends %u, %d; ", event->other,
                            (int)event->value);
    }
}

TEST(its_errors_are_said_and_its_life_is_in_the_record) {
    struct lab_text events = {0};
    CHECK_INT(run(complain), 0);
    put_events(&events);
    CHECK_STR(lab_text_string(&events),
              "starts 1, sh; says one; says two\\x1b; ends 1, 5; "
              "starts 2, sh; ends 2, 0; ");
    lab_text_free(&events);
    forget();
}
