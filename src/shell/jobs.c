#include "shell/jobs.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/task.h"
#include "record/clock.h"
#include "shell/ahead.h"
#include "shell/command.h"
#include "shell/show_guest.h"

#include <string.h>

enum {
    STACK = 256 * 1024, // commands load demos and draw views
    PATIENCE_MS = 60,   // for one that was cancelled in the foreground
    AGAIN_MS = 20,
};

// --- who is where

// Tells those who wait for a change that there is one.
static void tell(struct lab_jobs *jobs) {
    lab_flag_set(&jobs->changed);
    lab_flag_clear(&jobs->changed);
}

static int free_number(const struct lab_jobs *jobs) {
    for (int i = 0; i < LAB_JOBS_MOST; i++)
        if (!jobs->numbered[i])
            return i + 1;
    return 0;
}

// Gives [job] a number and a place beside the prompt; false without room.
static bool put_beside(struct lab_job *job) {
    struct lab_jobs *jobs = job->jobs;
    int number = job->number ? job->number : free_number(jobs);
    if (!number)
        return false;
    job->number = number;
    job->beside = true;
    job->moved = lab_clock_machine();
    jobs->numbered[number - 1] = job;
    jobs->had[number - 1] = true;
    jobs->shell->background++;
    return true;
}

static void put_foreground(struct lab_job *job) {
    struct lab_jobs *jobs = job->jobs;
    if (job->beside)
        jobs->shell->background--;
    job->beside = false;
    jobs->foreground = job;
    tell(jobs); // it may be paused
}

// Takes the foreground from its job, which continues beside the prompt.
static bool take_foreground(struct lab_jobs *jobs, const char *what) {
    struct lab_job *job = jobs->foreground;
    lab_pages_show(jobs->shell); // what it has collected
    if (!job || !put_beside(job))
        return false;
    jobs->foreground = NULL;
    lab_shell_say(jobs->shell, "[%d] %s: %s", job->number, what,
                  lab_text_string(&job->line));
    tell(jobs);
    return true;
}

// --- one command

static void job_free(struct lab_job *job) {
    lab_words_free(&job->words);
    lab_text_free(&job->line);
    lab_free(job);
}

static void note_status(struct lab_jobs *jobs, int status) {
    if (status > 0 && !jobs->status)
        jobs->status = status;
}

static void end(struct lab_job *job) {
    struct lab_jobs *jobs = job->jobs;
    if (job->number)
        jobs->numbered[job->number - 1] = NULL;
    if (jobs->next == job)
        jobs->next = NULL;
    if (job->beside)
        jobs->shell->background--;
    if (job->beside && !jobs->leaving)
        lab_shell_say(jobs->shell, "[%d] done: %s", job->number,
                      lab_text_string(&job->line));
    if (jobs->foreground == job)
        jobs->foreground = NULL;
    tell(jobs);
    job_free(job);
}

static int body(void *arg) {
    struct lab_job *job = arg;
    struct lab_shell *shell = job->jobs->shell;
    note_status(job->jobs,
                lab_command_call(shell, job->words.words, job->words.count));
    end(job);
    return 0;
}

// Returns NULL if the line cannot be cut into words, after complaining.
static struct lab_job *job_new(struct lab_jobs *jobs, const char *line) {
    struct lab_text error = {0};
    struct lab_job *job = lab_alloc(sizeof *job);
    job->jobs = jobs;
    job->began = lab_clock_machine();
    lab_text_mask(&job->line, line, strlen(line), false);
    if (lab_words_split(&job->words, line, &error))
        return job;
    note_status(jobs, lab_shell_refuse_text(jobs->shell, &error));
    job_free(job);
    return NULL;
}

// --- starting and waiting

static void start_beside(struct lab_job *job) {
    struct lab_shell *shell = job->jobs->shell;
    const char *line = lab_text_string(&job->line);
    if (!put_beside(job)) {
        int status = lab_shell_refuse(shell,
                                      "%d commands run beside the prompt "
                                      "already; let one end first, or cancel "
                                      "one: cancel %%1",
                                      LAB_JOBS_MOST);
        note_status(job->jobs, status);
        job_free(job);
        return;
    }
    lab_shell_say(shell, "[%d] %s", job->number, line);
    job->task = lab_spawn_deep(line, body, job, STACK);
}

// Waits until the foreground is free. If we are cancelled, so is what has it.
static void wait_for_foreground(struct lab_jobs *jobs) {
    while (jobs->foreground) {
        if (lab_flag_wait(&jobs->changed) >= 0 || !jobs->foreground)
            continue;
        lab_task *task = jobs->foreground->task;
        lab_cancel(task);
        lab_ignore(lab_await(task)); // body notes its status
    }
}

void lab_jobs_run(struct lab_jobs *jobs, const char *line) {
    struct lab_job *job = job_new(jobs, line);
    if (!job)
        return;
    if (job->words.count && job->words.background) {
        start_beside(job);
        return;
    }
    jobs->foreground = job;
    job->task = lab_spawn_deep("command", body, job, STACK);
    for (; job; job = jobs->next) { // fg says which is next
        jobs->next = NULL;
        if (job != jobs->foreground)
            put_foreground(job);
        wait_for_foreground(jobs);
        lab_timer_stop(&jobs->patience);
    }
}

bool lab_jobs_send_back(struct lab_jobs *jobs) {
    return take_foreground(jobs, "continues beside the prompt");
}

// --- stopping

void lab_job_cancel(struct lab_job *job) {
    job->stopping = true;
    lab_cancel(job->task);
}

static void cancel_all(struct lab_jobs *jobs) {
    for (size_t i = 0; i < countof(jobs->numbered); i++)
        if (jobs->numbered[i])
            lab_job_cancel(jobs->numbered[i]);
}

static void put_stopping(const struct lab_job *job, const char *how) {
    lab_shell_say(job->jobs->shell,
                  "[%d] is still stopping; Ctrl-C%s ends looplab", job->number,
                  how);
}

// What was cancelled before may need its time, or be in a worker that never
// gives way. The next time it is not waited for. A program of one's own is
// killed for this one alone.
static void hurry(struct lab_job *job) {
    if (job->is_told)
        lab_signal_force();
    job->is_told = true;
    put_stopping(job, " again");
}

static void interrupt_all(struct lab_jobs *jobs) {
    for (size_t i = 0; i < countof(jobs->numbered); i++) {
        struct lab_job *job = jobs->numbered[i];
        if (job && job->stopping && !jobs->shell->interrupted)
            hurry(job);
        else if (job)
            lab_job_cancel(job);
    }
}

// While somebody else reads the keys, as the stepper does, a prompt would be in
// the way.
static void on_patience(struct lab_timer *timer) {
    struct lab_jobs *jobs = lab_list_item(timer, struct lab_jobs, patience);
    if (!jobs->foreground)
        return;
    if (lab_ahead_fd() < 0 || !take_foreground(jobs, "is still stopping"))
        lab_timer_start(timer, AGAIN_MS * LAB_MS, on_patience);
}

void lab_jobs_interrupt(struct lab_jobs *jobs) {
    lab_show_interrupted_again(jobs->shell);
    if (!jobs->foreground) {
        interrupt_all(jobs);
        return;
    }
    if (jobs->takes_interrupt && jobs->takes_interrupt(jobs->interrupt_arg))
        return;
    lab_job_cancel(jobs->foreground);
    if (lab_ahead_fd() >= 0) // a line editor is there to come back to
        lab_timer_start(&jobs->patience, PATIENCE_MS * LAB_MS, on_patience);
}

// --- life

void lab_jobs_init(struct lab_jobs *jobs, struct lab_shell *shell) {
    *jobs = (struct lab_jobs){.shell = shell};
    lab_flag_init(&jobs->changed);
    shell->jobs = jobs;
}

// Says what still runs, to somebody who reads along.
static void say_rest(const struct lab_jobs *jobs, const char *what) {
    for (size_t i = 0; i < countof(jobs->numbered); i++)
        if (jobs->numbered[i] && lab_shell_is_read(jobs->shell))
            lab_shell_say(jobs->shell, "[%zu] is still running%s: %s", i + 1,
                          what, lab_text_string(&jobs->numbered[i]->line));
}

// A program of one's own is killed. For what else still runs, only its user can
// end looplab.
static void on_kill(struct lab_timer *timer) {
    const struct lab_jobs *jobs =
        lab_list_item(timer, struct lab_jobs, patience);
    lab_show_interrupted_again(jobs->shell);
    for (size_t i = 0; i < countof(jobs->numbered); i++)
        if (jobs->numbered[i] && !jobs->shell->interrupted)
            put_stopping(jobs->numbered[i], ", twice,");
}

void lab_jobs_term(struct lab_jobs *jobs, bool cancels) {
    say_rest(jobs, cancels ? ", and is cancelled"
                           : ", and looplab waits for it; Ctrl-C cancels it");
    jobs->closing = true;
    tell(jobs); // what is paused will not have the terminal
    if (cancels) {
        jobs->leaving = true;
        cancel_all(jobs);
        lab_timer_start(&jobs->patience, LAB_S, on_kill);
    }
    for (size_t i = 0; i < countof(jobs->numbered); i++)
        if (jobs->numbered[i])
            lab_ignore(lab_await(jobs->numbered[i]->task)); // see body
    lab_timer_stop(&jobs->patience);
    jobs->shell->jobs = NULL;
}

// --- who is meant

struct lab_job *lab_jobs_find(const struct lab_shell *shell, int number) {
    const struct lab_jobs *jobs = shell->jobs;
    struct lab_job *found = NULL;
    if (!jobs)
        return NULL;
    if (number > 0)
        return number <= LAB_JOBS_MOST ? jobs->numbered[number - 1] : NULL;
    for (size_t i = 0; i < countof(jobs->numbered); i++) {
        struct lab_job *job = jobs->numbered[i];
        if (job && job->beside && (!found || job->moved >= found->moved))
            found = job;
    }
    return found;
}

static bool is_of(const lab_task *task, const struct lab_job *job) {
    while (job && task && task != job->task)
        task = lab_task_parent(task);
    return job && task;
}

struct lab_job *lab_jobs_self(const struct lab_shell *shell) {
    const struct lab_jobs *jobs = shell->jobs;
    const lab_task *self = lab_self();
    if (!jobs)
        return NULL;
    if (is_of(self, jobs->foreground))
        return jobs->foreground;
    for (size_t i = 0; i < countof(jobs->numbered); i++)
        if (is_of(self, jobs->numbered[i]))
            return jobs->numbered[i];
    return NULL;
}

const struct lab_progress *lab_job_progress(const struct lab_job *job) {
    const struct lab_progress *at = job->jobs->shell->progress;
    while (at && (at->job != job || at->comparison->count == 0))
        at = at->earlier;
    return at;
}

bool lab_jobs_beside(const struct lab_shell *shell) {
    const struct lab_job *self = lab_jobs_self(shell);
    return self && self->beside;
}

int lab_jobs_need_terminal(const struct lab_shell *shell) {
    struct lab_job *self = lab_jobs_self(shell);
    if (!self || !self->beside)
        return 0;
    if (self->jobs->closing)
        return LAB_EOF;
    lab_shell_say(self->jobs->shell,
                  "[%d] needs the terminal; fg brings it back: %s",
                  self->number, lab_text_string(&self->line));
    self->paused = true;
    int rc = 0;
    while (rc >= 0 && self->beside) {
        rc = lab_flag_wait(&self->jobs->changed);
        if (rc >= 0 && self->jobs->closing)
            rc = LAB_EOF;
    }
    self->paused = false;
    return rc < 0 ? rc : 0;
}
