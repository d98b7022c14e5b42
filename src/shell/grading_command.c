// grading_command.c - commands that look at what was graded, typed where an
// exercise asks for something else.

#include "base/alloc.h"
#include "shell/grading.h"
#include "shell/words.h"

#include <string.h>

// Is it a command that asks for lines itself, or leads elsewhere?
static bool leads_away(const char *name) {
    static const char *const names[] = {
        "exercise", "assemble", "try",   "predict", "review", "drive",
        "lesson",   "next",     "teach", "edit",    "quit"};
    for (size_t i = 0; i < countof(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

// Hints say source: it is the program that is graded, or will be.
static void name_program(struct lab_text *line, const struct lab_grading *of,
                         const char *typed) {
    lab_text_put(line, typed);
    if (strcmp(typed, "source") == 0 && of->path)
        lab_text_printf(line, " %s", of->path);
}

bool lab_grading_command(struct lab_grading *grading, const char *typed) {
    struct lab_shell *shell = grading->call->shell;
    struct lab_text error = {0}, line = {0};
    struct lab_words words;
    name_program(&line, grading, typed);
    bool is_command = lab_words_split(&words, lab_text_string(&line), &error) &&
                      words.count > 0 && lab_command_find(words.words[0]);
    if (is_command && leads_away(words.words[0])) {
        lab_call_paint(grading->call, LAB_COLOR_NONE,
                       "q leaves this exercise; then type %s.", typed);
    } else if (is_command) {
        lab_grading_show_last(grading);
        lab_pages_drop(shell);
        lab_command_call(shell, words.words, words.count);
    }
    lab_words_free(&words);
    lab_text_free(&error);
    lab_text_free(&line);
    return is_command;
}
