#include "shell/job_word.h"

#include "base/die.h"
#include "shell/type.h"

#include <stdlib.h>

bool lab_job_is_word(const char *word) {
    return word[0] == '%';
}

// Returns 0 if it is no number that a job can have.
static int number_of(const char *word) {
    char *end;
    long number = strtol(word + lab_job_is_word(word), &end, 10);
    return *end || number < 1 || number > LAB_JOBS_MOST ? 0 : (int)number;
}

void lab_job_offer(const struct lab_request *request) {
    for (int number = 1; number <= LAB_JOBS_MOST; number++) {
        const struct lab_job *job = lab_jobs_find(request->shell, number);
        struct lab_text word = {0};
        lab_text_printf(&word, "%%%d", number);
        if (job && job->beside)
            lab_offer_about(request, lab_text_string(&word),
                            lab_text_string(&job->line));
        lab_text_free(&word);
    }
}

static int read_job(struct lab_call *call, char **words, int count) {
    (void)count;
    if (number_of(words[0]))
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell,
                            "\"%s\" is no command beside the prompt; jobs "
                            "lists them, and the first is %%1",
                            words[0]);
}

const struct lab_type lab_type_job = {
    .usage = "%N",
    .noun = "a command beside the prompt, which jobs lists",
    .offer = lab_job_offer,
    .read = read_job,
};

static bool had(const struct lab_shell *shell, int number) {
    const struct lab_jobs *jobs = shell->jobs;
    bool any = false;
    for (int i = 0; jobs && i < LAB_JOBS_MOST; i++)
        any |= jobs->had[i] && (!number || number == i + 1);
    return any;
}

int lab_job_of_word(struct lab_call *call, const char *word,
                    struct lab_job **job) {
    struct lab_shell *shell = call->shell;
    int number = word ? number_of(word) : 0;
    *job = lab_jobs_find(shell, number);
    if (*job && (*job)->beside && *job != call->job)
        return LAB_EXIT_OK;
    *job = NULL;
    if (!shell->jobs)
        return lab_shell_refuse(shell,
                                "%s is about commands beside the prompt, and "
                                "there is no prompt",
                                call->command->name);
    if (!had(shell, number))
        return lab_shell_refuse(
            shell, "%s%s; & at the end of a command lets it run there",
            number ? word : "nothing",
            number ? " does not run beside the prompt"
                   : " runs beside the prompt");
    if (number)
        lab_call_say(call, "[%d] has ended.", number);
    else
        lab_call_say(call, "What ran beside the prompt has ended.");
    return LAB_EXIT_OK;
}
