// prompting.h - a prompt's state, private to prompt.c and prompt_script.c.

#ifndef LAB_SHELL_PROMPTING_H
#define LAB_SHELL_PROMPTING_H

#include "shell/edit.h"
#include "shell/jobs.h"
#include "shell/lines.h"
#include "shell/shell.h"
#include "shell/transcript.h"

// Where commands come from and what runs of them.
struct prompt {
    struct lab_shell *shell;
    struct lab_jobs jobs;             // the commands that run
    lab_edit *edit;                   // NULL in a script
    lab_lines *lines;                 // of the script
    lab_task *reader;                 // who reads the script
    struct lab_transcript transcript; // of the script
};

// Does what a line says: a command, or a word for what is being read.
void lab_prompt_obey(struct prompt *prompt, const char *line);

// Prints a sentence about an error where the output goes, in its colour.
void lab_prompt_complain(struct lab_shell *shell, const char *sentence);

#endif
