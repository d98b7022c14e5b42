// reset: progress is forgotten, until that is taken back.

#include "base/die.h"
#include "lesson/folder.h"
#include "shell/ask.h"
#include "shell/command.h"
#include "shell/done.h"
#include "shell/option.h"

#include <string.h>

static bool is(const struct lab_call *call, const char *word) {
    return strcmp(call->words[0], word) == 0;
}

static bool is_yes(const struct lab_text *line) {
    const char *answer = lab_text_string(line);
    return strcmp(answer, "y") == 0 || strcmp(answer, "yes") == 0;
}

// All of it is a lot for one slip of a finger. Where nobody answers, nothing
// is forgotten.
static bool wants_all(struct lab_call *call) {
    struct lab_text line = {0};
    lab_call_say(call, "This forgets all that is noted; reset undo takes it "
                       "back.");
    int rc = lab_ask(call, "Forget all (y, n)? ", &line);
    bool yes = rc >= 0 && is_yes(&line);
    lab_text_free(&line);
    return yes;
}

// Is there anything to do? Says so if not.
static int check(struct lab_call *call, const struct lab_progress_all *all) {
    struct lab_shell *shell = call->shell;
    if (is(call, "undo") && !all->has_reset)
        return lab_shell_refuse(shell, "there is no reset to take back");
    if (is(call, "all") && all->done == 0)
        return lab_shell_refuse(shell, "nothing is noted yet");
    if (call->file && !lab_progress_of(all, call->file->number))
        return lab_shell_refuse(
            shell,
            "nothing is noted about lesson %d; progress shows "
            "what is",
            call->file->number);
    return LAB_EXIT_OK;
}

static int append(struct lab_call *call) {
    struct lab_text words = {0}, error = {0};
    if (call->file)
        lab_text_printf(&words, "%02d", call->file->number);
    else
        lab_text_put(&words, call->words[0]);
    bool fine = lab_done_reset(lab_text_string(&words), &error);
    lab_text_free(&words);
    if (!fine)
        return lab_shell_lost_text(call->shell, &error);
    if (is(call, "undo"))
        lab_call_say(call, "The last reset is taken back.");
    else if (call->file)
        lab_call_say(call,
                     "Lesson %d is as if it was new. reset undo takes it "
                     "back.",
                     call->file->number);
    else
        lab_call_say(call, "All is forgotten. reset undo takes it back.");
    return LAB_EXIT_OK;
}

static int reset(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_progress_all all;
    struct lab_text error = {0};
    if (shell->in_lesson)
        return lab_shell_refuse(shell, "progress is a learner's own, and no "
                                       "part of a lesson");
    int status = is(call, "all") ? lab_ask_check(call) : LAB_EXIT_OK;
    if (status != LAB_EXIT_OK)
        return status;
    if (!lab_done_read(&all, &error))
        return lab_shell_fail_text(shell, &error);
    status = check(call, &all);
    lab_progress_free(&all);
    if (status != LAB_EXIT_OK)
        return status;
    if (is(call, "all") && !wants_all(call)) {
        lab_call_say(call, "Nothing is forgotten.");
        return LAB_EXIT_OK;
    }
    return append(call);
}

// --- its word: a lesson, "all" or "undo"

static int read_word(struct lab_call *call, char **words, int count) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    if (strcmp(words[0], "all") == 0 || strcmp(words[0], "undo") == 0)
        return LAB_EXIT_OK;
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    call->file = lab_demos_find(lab_shell_own(shell), words[0], &error);
    lab_text_free(&error);
    return call->file ? LAB_EXIT_OK : lab_type_demo.read(call, words, count);
}

static void offer(const struct lab_request *request) {
    static const struct lab_offered words[] = {
        {"all", "every lesson"}, {"undo", "take the last reset back"}, {0}};
    lab_type_demo.offer(request);
    lab_offer_all(request, words);
}

static const struct lab_type what = {
    .usage = "LESSON|all|undo",
    .noun = "a lesson, all or undo",
    .offer = offer,
    .read = read_word,
};

LAB_COMMAND(reset) = {
    .name = "reset",
    .order = 58,
    .text = "forget what you have done of a lesson",
    .help = "  reset 11                    as if lesson 11 was new\n"
            "  reset all                   and all the others; asks first\n"
            "  reset undo                  takes the last reset back\n",
    .takes = {{&what}},
    .options = LAB_OPTIONS_WHICH,
    .run = reset,
};
