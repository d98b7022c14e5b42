// play: runs that are over, as a film.

#include "base/die.h"
#include "shell/film.h"
#include "shell/full.h"
#include "shell/key.h"
#include "shell/last.h"
#include "shell/look.h"
#include "shell/option.h"
#include "shell/reading.h"
#include "shell/show.h"

static int play_file(struct lab_call *call) {
    struct lab_recording recording;
    struct lab_text error = {0};
    int status =
        lab_result_read(&recording, call->target.file, &error)
            ? lab_film_play(call, recording.all[0], call->options.clock.pace)
            : lab_shell_fail_text(call->shell, &error);
    lab_recording_free(&recording);
    return status;
}

// The variants that were named.
static int play_part(struct lab_call *call,
                     const struct lab_comparison *comparison, double pace) {
    struct lab_comparison part;
    lab_last_part(&call->target, comparison, &part);
    int status = lab_film_play(call, &part, pace);
    lab_last_end_part(&part);
    return status;
}

// It is taken meanwhile, as something else may run beside the prompt.
static int play_runs(struct lab_call *call) {
    struct lab_comparison comparison = {0};
    int status = LAB_EXIT_OK;
    double pace = call->options.clock.pace;
    if (call->target.kind == LAB_TARGET_DEMO)
        status = lab_show_quietly(call, &call->target.selection, &comparison);
    else
        lab_look_take_last(call->shell, &comparison);
    if (status == LAB_EXIT_OK)
        status = play_part(call, &comparison, pace);
    if (comparison.count)
        lab_look_replace_last(call->shell, &comparison);
    return status;
}

static int play(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    if (!lab_full_possible(call))
        return lab_shell_refuse(shell, "play needs a whole terminal; timeline "
                                       "draws the same where there is none");
    if (shell->typing)
        return lab_shell_refuse(shell, "play needs the terminal to itself; "
                                       "leave the & out");
    if (call->target.kind == LAB_TARGET_DEMO)
        return play_runs(call);
    int status = lab_options_refuse_run(call);
    if (status != LAB_EXIT_OK)
        return status;
    if (call->target.kind == LAB_TARGET_FILE)
        return play_file(call);
    if (shell->last.count == 0)
        return lab_shell_refuse(shell,
                                "nothing has run yet; say which demo: "
                                "play %d",
                                lab_reading_example(shell));
    return play_runs(call);
}

// --- its words: how fast, and what

static bool is_pace(const char *word) {
    return word[0] == 'x' &&
           ((word[1] >= '0' && word[1] <= '9') || word[1] == '.');
}

static int read_words(struct lab_call *call, char **words, int count) {
    struct lab_text error = {0};
    call->options.clock = LAB_CLOCK_REAL;
    if (count == 0 || !is_pace(words[0]))
        return lab_type_viewed.read(call, words, count);
    if (!lab_clock_parse(words[0], &call->options.clock, &error))
        return lab_shell_refuse_text(call->shell, &error);
    return lab_type_viewed.read(call, words + 1, count - 1);
}

static void offer(const struct lab_request *request) {
    struct lab_request rest = *request;
    if (request->index > 0 && is_pace(request->words[0])) {
        rest.words++;
        rest.index--;
    }
    lab_type_viewed.offer(&rest);
    if (request->index == 0)
        lab_offer_about(request, "x0.2", "a fifth as fast");
}

static const struct lab_type film = {
    .usage = "[xN] DEMO|PROGRAM [VARIANT ...] [NAME=VALUE ...] | [xN] VARIANT "
             "... | [xN] FILE",
    .is_rest = true,
    .offer = offer,
    .read = read_words,
};

LAB_COMMAND(play) = {
    .name = "play",
    .order = 645,
    .text = "play a run as a film on the whole screen",
    .help =
        "  play 3                      all variants, on one clock\n"
        "  play x0.2 4 on_loop         a fifth as fast; blocking is seen as "
        "well\n"
        "  play                        what ran last; play pool_2 is that of "
        "it\n"
        "  play run.jsonl              a file that run --record=FILE wrote\n",
    .takes = {{&film, .optional = true}},
    // The terminal says how wide its screen is.
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_SCHEDULE | LAB_OPTION_LIMIT |
               LAB_OPTION_RECORD | LAB_OPTION_ASCII | LAB_OPTION_COLOR,
    .wants_screen = true,
    .run = play,
};
