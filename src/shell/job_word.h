// job_word.h - the words %1 and %2: commands beside the prompt, by number.

#ifndef LAB_SHELL_JOB_WORD_H
#define LAB_SHELL_JOB_WORD_H

#include "shell/command.h"
#include "shell/jobs.h"

// Such a word.
extern const struct lab_type lab_type_job;

// Is [word] meant to be one?
bool lab_job_is_word(const char *word);

// Offers %1 and the others that there are.
void lab_job_offer(const struct lab_request *request);

// Finds the job beside the prompt that [word] means; NULL means the newest. If
// it has ended, says so, and [job] is NULL. Returns an exit status, after
// complaining if it is not 0.
int lab_job_of_word(struct lab_call *call, const char *word,
                    struct lab_job **job);

#endif
