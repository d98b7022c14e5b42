// jobs.h - the commands that run: one in the foreground, others beside the
// prompt.
//
//     in the foreground   the prompt waits for it; Ctrl-C is for it
//     beside the prompt   it has a number, and lines are typed meanwhile
//     paused              it is beside the prompt, and needs the terminal, for
//                         a question or for the whole screen
//
// A line that ends with & starts beside the prompt. Ctrl-Z moves the one in the
// foreground there, and fg brings one back.

#ifndef LAB_SHELL_JOBS_H
#define LAB_SHELL_JOBS_H

#include "core/flag.h"
#include "core/loop.h"
#include "shell/shell.h"
#include "shell/words.h"

struct lab_job {
    struct lab_jobs *jobs;
    struct lab_words words;
    struct lab_text line; // as it is shown
    lab_task *task;
    lab_time began;        // by the machine's clock
    lab_time moved;        // when it came beside the prompt
    int number;            // from 1 on; 0 until it is beside the prompt
    bool beside;           // and not in the foreground
    bool paused, stopping; // it needs the terminal; it was cancelled
    bool is_told;          // that it is forced to stop the next time
    const struct lab_demo_file *edits; // edit builds that at each save, or NULL
};

enum { LAB_JOBS_MOST = 16 }; // beside the prompt

struct lab_jobs {
    struct lab_shell *shell;
    struct lab_job *numbered[LAB_JOBS_MOST]; // the first is number 1; or NULL
    bool had[LAB_JOBS_MOST];                 // there was one of that number
    struct lab_job *foreground;              // or NULL
    struct lab_job *next; // has the foreground when that is free: see fg
    int status;           // of the first that failed
    bool closing;         // no more commands come
    bool leaving;         // and what still runs is not wanted
    // The command in the foreground has commands of its own, as a class has,
    // and takes Ctrl-C for them: false if it leaves it to us. Or NULL.
    bool (*takes_interrupt)(void *arg);
    void *interrupt_arg;
    // jobs.c's own.
    struct lab_flag changed; // set for a moment when the foreground has changed
    struct lab_timer patience;
};

// Makes [jobs] those of [shell].
void lab_jobs_init(struct lab_jobs *jobs, struct lab_shell *shell);

// Names the commands of [jobs] that still run, and waits until they have ended.
// With [cancels] it cancels them first, and kills what runs a second later.
void lab_jobs_term(struct lab_jobs *jobs, bool cancels);

// Runs the command that [line] is. Waits until it ends or leaves the
// foreground; not at all if the line ends with &.
void lab_jobs_run(struct lab_jobs *jobs, const char *line);

// Moves the command in the foreground beside the prompt, which it returns to.
// False if there is none, or no room.
bool lab_jobs_send_back(struct lab_jobs *jobs);

// Cancels the command in the foreground; if there is none, all of them. One
// that needs long to stop loses the foreground meanwhile, so that the prompt
// always comes back. One that takes_interrupt is asked first.
void lab_jobs_interrupt(struct lab_jobs *jobs);

// Cancels [job].
void lab_job_cancel(struct lab_job *job);

// The job of [number]; the newest beside the prompt if it is 0. NULL if there
// is none.
struct lab_job *lab_jobs_find(const struct lab_shell *shell, int number);

// The job whose command is calling; NULL if that is no job.
struct lab_job *lab_jobs_self(const struct lab_shell *shell);

// What [job] runs, as its record tells; NULL if that is nothing.
const struct lab_progress *lab_job_progress(const struct lab_job *job);

// Is the command that is calling beside the prompt?
bool lab_jobs_beside(const struct lab_shell *shell);

// Waits until the command that is calling may use the terminal: at once unless
// it is beside the prompt.
//
// Errors: LAB_ECANCELED. LAB_EOF if no fg can come any more.
LAB_CHECKED int lab_jobs_need_terminal(const struct lab_shell *shell);

#endif
