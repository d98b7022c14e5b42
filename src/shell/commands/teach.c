// teach: a lesson before a class.

#include "shell/teach.h"
#include "base/die.h"
#include "lesson/folder.h"
#include "shell/command.h"
#include "shell/full.h"
#include "shell/left.h"
#include "shell/option.h"

// One that was left in the middle can be continued.
static void put_left(struct lab_text *out, const struct lab_deck *deck) {
    size_t block = deck->at + 1, count = deck->blocks.count;
    if (block < count)
        lab_text_printf(out,
                        "You left at block %zu of %zu, after %lld min. teach "
                        "without a number continues there.",
                        block, count, (long long)(deck->passed / LAB_S / 60));
}

// [file], or if it is NULL what was left.
static int show(struct lab_call *call, struct lab_demo_file *file) {
    struct lab_deck deck;
    struct lab_lectern lectern;
    struct lab_text error = {0}, left = {0};
    bool has_screen = lab_full_possible(call);
    int status =
        lab_deck_open(&deck, call, file ? file : lab_left_file(call->shell));
    if (status != LAB_EXIT_OK) {
        lab_deck_close(&deck);
        return status;
    }
    deck.is_kept = has_screen && call->shell->at_prompt;
    if (!file)
        lab_left_restore(&deck);
    deck.passed = lab_clock_machine() - deck.began;
    bool followed =
        lab_lectern_open(&lectern, lab_text_string(&deck.path), &error);
    lectern.began -= deck.passed / LAB_S;
    status = has_screen ? lab_teach_screen(&deck, &lectern)
                        : lab_teach_lines(&deck, &lectern, call);
    lab_lectern_close(&lectern);
    if (has_screen)
        put_left(&left, &deck);
    if (has_screen)
        lab_left_keep(&deck);
    lab_deck_close(&deck);
    if (left.length)
        lab_call_say(call, "%s", lab_text_string(&left));
    if (!followed && has_screen)
        lab_call_say(call, "(%s.)", lab_text_string(&error));
    lab_text_free(&error);
    lab_text_free(&left);
    return status;
}

// --- rehearsals

static bool rehearse_one(struct lab_call *call, struct lab_demo_file *file) {
    struct lab_deck deck;
    struct lab_text error = {0};
    bool fine = lab_deck_open(&deck, call, file) == LAB_EXIT_OK &&
                lab_teach_rehearse(&deck, &error);
    lab_deck_close(&deck);
    if (error.length)
        lab_shell_refuse_text(call->shell, &error);
    lab_text_free(&error);
    return fine;
}

static int rehearse(struct lab_call *call) {
    struct lab_demo_file *file;
    size_t count = 0, wrong = 0;
    for (size_t i = 0; (file = lab_shell_lesson(call->shell, i)); i++) {
        if ((call->file && file != call->file) ||
            !lab_folder_has(call->shell->folders.lessons, file))
            continue;
        count++;
        wrong += !rehearse_one(call, file);
    }
    if (wrong > 0) {
        lab_shell_refuse(call->shell, "%zu of %zu lessons cannot be taught so",
                         wrong, count);
        return LAB_EXIT_FAILED;
    }
    lab_call_say(call,
                 "%zu of %zu lessons play forward, back and forward again on "
                 "80 columns and 24 rows.",
                 count, count);
    return LAB_EXIT_OK;
}

// --- the command

static int teach(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    if (shell->in_lesson || shell->capture)
        return call->file
                   ? lab_shell_refuse(shell,
                                      "a lesson cannot teach; q leaves it, and "
                                      "teach %d then begins",
                                      call->file->number)
                   : lab_shell_refuse(shell, "a lesson cannot teach; q leaves "
                                             "it, and teach 3 then begins one");
    if (shell->typing)
        return lab_shell_refuse(shell, "teach needs the terminal to itself; "
                                       "leave the & out");
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    if (call->rehearse)
        return rehearse(call);
    if (!call->file && !lab_left_file(shell))
        return lab_shell_refuse(shell, "teach needs a lesson, which lessons "
                                       "lists; for example: teach 3");
    return show(call, call->file);
}

LAB_COMMAND(teach) = {
    .name = "teach",
    .order = 742,
    .text = "show a lesson to a class, block by block",
    .help =
        "  teach 3                     space next, b back, r run, h let go, q "
        "out; without 3, continues the class that was left\n"
        "  teach 3 --clock=x0.5        its commands run in slow motion\n"
        "  teach --rehearse            does every lesson fit the screen?\n",
    .takes = {{&lab_type_lesson, .optional = true}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS | LAB_OPTION_CLOCK |
               LAB_OPTION_REHEARSE | LAB_OPTIONS_STYLE,
    .run = teach,
};
