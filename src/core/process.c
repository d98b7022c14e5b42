// process.c - a child whose input and output are streams of the run.
//
//     words --> child.c:   the process, its group and its end
//     pipes --> stream.c:  its input and its output
//     stderr --> say.c:    lines of the task that started it

#include "core/process.h"

#include "base/alloc.h"
#include "base/text.h"
#include "core/child.h"
#include "core/outcome_internal.h"
#include "core/park_internal.h"
#include "core/say_internal.h"
#include "core/scope.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

struct lab_process {
    struct owned owned; // by the task that started it
    lab_task *task;
    unsigned number;         // in its run
    struct lab_child *child; // NULL once closed
    struct outcome end;      // its result is for lab_process_wait
    lab_stream *input, *output;
    struct lab_text errors; // a line of its stderr that has not ended
    int ends_on;
};

// --- what is heard of it

static void say(lab_process *process) {
    struct lab_text line = {0};
    lab_text_mask(&line, lab_text_string(&process->errors),
                  process->errors.length, false);
    lab_say_error_of(process->task, lab_text_string(&line));
    lab_text_free(&line);
    lab_text_clear(&process->errors);
}

static void on_bytes(void *arg, enum lab_child_from from, const char *bytes,
                     size_t n) {
    enum { LINE_MOST = 4096 };
    lab_process *process = arg;
    (void)from; // there are only its errors
    lab_here_set(NULL, 0);
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] != '\n')
            lab_text_write(&process->errors, &bytes[i], 1);
        if (bytes[i] == '\n' || process->errors.length == LINE_MOST)
            say(process);
    }
}

static void note(const lab_process *process, enum lab_event_kind kind,
                 int64_t value, const char *text) {
    lab_run_event(process->task->run,
                  (struct lab_event){.kind = (uint8_t)kind,
                                     .on = LAB_ON_PROCESS,
                                     .task = process->task->number,
                                     .other = process->number,
                                     .value = value},
                  text);
}

static void ended(lab_process *process, struct lab_child_end end) {
    int status = end.signal ? 128 + end.signal : end.status;
    if (process->errors.length > 0)
        say(process);
    note(process, LAB_EVENT_EXIT, status, NULL);
    lab_outcome_set(&process->end, status);
}

static void on_end(void *arg) {
    lab_process *process = arg;
    lab_here_set(NULL, 0);
    ended(process, lab_child_how(process->child));
}

// --- from start to close

// [fds] are what it reads from and we write to, and the other way round.
static int make_pipes(int fds[2][2]) {
    if (pipe2(fds[0], O_CLOEXEC) < 0)
        return -errno;
    if (pipe2(fds[1], O_CLOEXEC) == 0)
        return 0;
    int rc = -errno;
    close(fds[0][0]);
    close(fds[0][1]);
    return rc;
}

static int start(lab_process *process,
                 const struct lab_process_options *options) {
    int fds[2][2];
    LAB_TRY(make_pipes(fds));
    struct lab_child_options child = {
        .words = options->words,
        .more = options->more,
        .ends_on = options->ends_on,
        .joins_errors = options->joins_errors,
        .input = fds[0][0],
        .output = fds[1][1],
        .on_bytes = on_bytes,
        .on_end = on_end,
        .arg = process,
    };
    int rc = lab_child_start(&process->child, &child);
    close(fds[0][0]);
    close(fds[1][1]);
    // Each takes its descriptor, even if this fails.
    int in = lab_stream_open(&process->input, fds[0][1]);
    int out = lab_stream_open(&process->output, fds[1][0]);
    return rc < 0 ? rc : in < 0 ? in : out;
}

static void drop(struct owned *owned) {
    lab_process *process = lab_list_item(owned, lab_process, owned);
    lab_process_close(process);
    lab_text_free(&process->errors);
    lab_free(process);
}

int lab_process_start(lab_process **out,
                      const struct lab_process_options *options) {
    *out = NULL;
    LAB_TRY(lab_task_check());
    lab_task *self = lab_self();
    if (self->run->is_virtual)
        return LAB_EOUTSIDE;
    lab_process *process = lab_alloc(sizeof *process);
    *process = (struct lab_process){.task = self, .ends_on = options->ends_on};
    lab_outcome_init(&process->end);
    int rc = start(process, options);
    if (rc < 0) {
        if (process->child)
            lab_child_close(process->child);
        lab_close(process->input);
        lab_close(process->output);
        lab_free(process);
        return rc;
    }
    process->number = ++self->run->lines[LAB_ON_PROCESS];
    note(process, LAB_EVENT_PROCESS, 0, options->words[0]);
    lab_task_own(&process->owned, drop);
    *out = process;
    return 0;
}

lab_stream *lab_process_input(const lab_process *process) {
    return process->input;
}

lab_stream *lab_process_output(const lab_process *process) {
    return process->output;
}

// --- waiting for it

static int wait_until(lab_process *process, lab_time deadline) {
    lab_loop *loop = lab_loop_current;
    lab_task *self = lab_self();
    struct gathering g = {.task = self};
    struct waiter waiter;
    lab_gathering_join(&g, &waiter, &process->end);
    loop->outside++;
    self->where = LAB_WHERE_OUTSIDE;
    int rc = lab_gathering_wait(&g, LAB_ON_PROCESS, process->number, deadline);
    self->where = LAB_WHERE_UNSAID;
    loop->outside--;
    lab_list_remove(&waiter.node);
    return rc;
}

int lab_process_wait(lab_process *process) {
    LAB_TRY(lab_task_check());
    LAB_TRY(wait_until(process, LAB_FOREVER));
    return process->end.result;
}

int lab_process_returncode(const lab_process *process) {
    return process->end.over ? process->end.result : LAB_EAGAIN;
}

void lab_process_send_signal(const lab_process *process, int signal) {
    if (process->child)
        lab_child_tell(process->child, signal);
}

void lab_process_kill(const lab_process *process) {
    if (process->child)
        lab_child_kill(process->child, SIGKILL);
}

static void ask_to_end(lab_process *process) {
    struct lab_shield shield = {0};
    lab_child_kill(process->child, process->ends_on);
    lab_shield_enter(&shield);
    // After that it is killed.
    lab_ignore(
        wait_until(process, lab_loop_time(lab_loop_current) + 5 * LAB_S));
    lab_shield_exit(&shield);
}

void lab_process_close(lab_process *process) {
    lab_loop_check();
    if (!process || !process->child)
        return;
    lab_close(process->input);
    if (process->ends_on && !process->end.over && lab_self())
        ask_to_end(process);
    lab_close(process->output);
    if (!process->child) // another task has closed it meanwhile
        return;
    struct lab_child *child = process->child;
    process->child = NULL;
    struct lab_child_end end = lab_child_close(child);
    if (!process->end.over)
        ended(process, end);
}

// --- all of it at once

struct feed {
    lab_stream *into;
    const char *text;
};

// It may end without reading all of it.
static int feed(void *arg) {
    struct feed *feed = arg;
    int rc = lab_write(feed->into, feed->text, strlen(feed->text));
    if (rc == 0)
        rc = lab_shutdown_write(feed->into);
    return rc == LAB_EPIPE ? 0 : rc;
}

static int read_all(lab_stream *from, char *output, size_t size) {
    size_t length = 0;
    for (;;) {
        int n = lab_read(from, output + length, size - length);
        if (n < 0) {
            output[length] = '\0';
            return n == LAB_EOF ? 0 : n;
        }
        length += (size_t)n;
        if (length == size) {
            output[size - 1] = '\0';
            return LAB_EMSGSIZE;
        }
    }
}

int lab_process_communicate(lab_process *process, const char *input,
                            char *output, size_t size) {
    lab_task *feeder = NULL;
    LAB_TRY(lab_task_check());
    if (size == 0)
        return LAB_EINVAL;
    struct feed in = {process->input, input};
    if (input)
        feeder = lab_spawn("feed", feed, &in);
    else
        LAB_TRY(lab_shutdown_write(process->input));
    int rc = read_all(process->output, output, size);
    if (feeder && rc < 0)
        lab_cancel(feeder); // it reads [input], which is the caller's
    int fed = feeder ? lab_await(feeder) : 0;
    if (rc < 0 || fed < 0)
        return rc < 0 ? rc : fed;
    return lab_process_wait(process);
}
