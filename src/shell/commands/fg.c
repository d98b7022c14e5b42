#include "shell/jobs.h"

#include "base/die.h"
#include "shell/command.h"
#include "shell/job_word.h"
#include "shell/option.h"

static int fg(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_job *job;
    if (call->job && call->job->beside)
        return lab_shell_refuse(shell, "fg itself cannot run beside the "
                                       "prompt; leave the & out");
    int status =
        lab_job_of_word(call, call->count ? call->words[0] : NULL, &job);
    if (status != LAB_EXIT_OK || !job)
        return status;
    lab_shell_say(shell, "[%d] has the foreground: %s", job->number,
                  lab_text_string(&job->line));
    shell->jobs->next = job;
    return LAB_EXIT_OK;
}

LAB_COMMAND(fg) = {
    .name = "fg",
    .order = 531,
    .text = "bring a command beside the prompt to the foreground, and wait "
            "for it",
    .help = "  fg                          the newest; Ctrl-C is for it again\n"
            "  fg %2                       the one that jobs lists as [2]\n",
    .takes = {{&lab_type_job, .optional = true}},
    .run = fg,
};
