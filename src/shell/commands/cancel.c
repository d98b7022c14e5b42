#include "base/die.h"
#include "core/task.h"
#include "record/state.h"
#include "shell/command.h"
#include "shell/job_word.h"
#include "shell/option.h"
#include "shell/show_guest.h"
#include "view/question.h"

#include <inttypes.h>

// --- a command

// The second time a program of one's own is killed, as by Ctrl-C.
static int cancel_job(struct lab_call *call) {
    struct lab_job *job;
    if (call->count > 1)
        return lab_shell_refuse(call->shell,
                                "cancel %s cancels all of it; leave \"%s\" out",
                                call->words[0], call->words[1]);
    int status = lab_job_of_word(call, call->words[0], &job);
    if (status != LAB_EXIT_OK || !job)
        return status;
    if (job->stopping)
        lab_show_interrupted_again(call->shell);
    lab_call_say(call, "[%d] is asked to stop: %s", job->number,
                 lab_text_string(&job->line));
    lab_job_cancel(job);
    return LAB_EXIT_OK;
}

// --- a task of what it runs

// The root of the run that [task] started last; NULL if it started none here.
static lab_task *root_of(lab_task *task) {
    lab_task *found = NULL;
    for (lab_task *at = NULL; (at = lab_task_child(task, at));) {
        lab_task *root = lab_task_number(at) == 1 ? at : root_of(at);
        found = root ? root : found;
    }
    return found;
}

static lab_task *find(lab_task *task, unsigned number) {
    lab_task *found = lab_task_number(task) == number ? task : NULL;
    for (lab_task *at = NULL; !found && (at = lab_task_child(task, at));)
        found = find(at, number);
    return found;
}

// The number of the task that [word] means; 0 if there is none.
static uint32_t number_of(const struct lab_record *record, const char *word) {
    struct lab_state *state = lab_state_new(record);
    lab_state_go(state, lab_record_count(record));
    uint32_t number = lab_question_task(state, word);
    lab_state_free(state);
    return number;
}

static int cancel_in(struct lab_call *call, const struct lab_job *job,
                     const struct lab_run *run) {
    struct lab_shell *shell = call->shell;
    const char *word = call->words[0];
    lab_task *root = root_of(job->task);
    uint32_t number = number_of(run->record, word);
    if (!number)
        return lab_shell_refuse(shell, "no task %s in %s; ps lists live ones",
                                word, run->name);
    if (!root)
        return lab_shell_refuse(shell,
                                "%s runs in a process of its own, where no "
                                "task can be cancelled from here; cancel %%%d "
                                "interrupts all of it",
                                run->name, job->number);
    lab_task *task = find(root, number);
    if (!task || lab_task_done(task)) {
        lab_call_say(call, "t%" PRIu32 " has ended already.", number);
        return LAB_EXIT_OK;
    }
    lab_call_say(call, "t%" PRIu32 " %s is asked to stop: its next wait fails.",
                 number, lab_task_name(task));
    lab_cancel(task);
    return LAB_EXIT_OK;
}

static int cancel_task(struct lab_call *call) {
    struct lab_job *job;
    int status =
        lab_job_of_word(call, call->count > 1 ? call->words[1] : NULL, &job);
    if (status != LAB_EXIT_OK || !job)
        return status;
    const struct lab_progress *progress = lab_job_progress(job);
    if (!progress)
        return lab_shell_refuse(call->shell,
                                "[%d] runs no tasks now; cancel %%%d cancels "
                                "the command",
                                job->number, job->number);
    const struct lab_comparison *comparison = progress->comparison;
    return cancel_in(call, job, comparison->runs[comparison->count - 1]);
}

static int cancel(struct lab_call *call) {
    return lab_job_is_word(call->words[0]) ? cancel_job(call)
                                           : cancel_task(call);
}

// --- its words

static void offer(const struct lab_request *request) {
    lab_job_offer(request);
    lab_offer_tasks(request, true);
}

static int read(struct lab_call *call, char **words, int count) {
    return lab_job_is_word(words[0]) ? lab_type_job.read(call, words, count)
                                     : lab_type_task.read(call, words, count);
}

static const struct lab_type what = {
    .usage = "%N | TASK",
    .noun = "what to cancel: a command beside the prompt, or a task of it",
    .offer = offer,
    .read = read,
};

LAB_COMMAND(cancel) = {
    .name = "cancel",
    .order = 532,
    .text = "cancel a command beside the prompt, or a task of what it runs",
    .help = "  cancel %1                   the one that jobs lists as [1]; "
            "again: kill it\n"
            "  cancel t3                   a task of the newest; see ps\n"
            "  cancel t3 %1                a task of that one\n",
    .takes = {{&what}, {&lab_type_job, .optional = true}},
    .run = cancel,
};
