#include "base/die.h"
#include "shell/command.h"
#include "shell/option.h"

static int read_clock(struct lab_call *call, char **words, int count) {
    struct lab_text error = {0};
    (void)count;
    return lab_clock_parse(words[0], &call->options.clock, &error)
               ? LAB_EXIT_OK
               : lab_shell_refuse_text(call->shell, &error);
}

static const struct lab_type pace = {
    .usage = "virtual|real|xN",
    .offer = lab_option_offer_clocks,
    .read = read_clock,
};

static int choose_clock(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_clock clock = call->options.clock;
    struct lab_text text = {0};
    if (shell->in_lesson && !clock.is_virtual)
        return lab_shell_refuse(shell, "lessons run under the virtual clock "
                                       "only");
    shell->options.clock = clock;
    lab_clock_put(&text, clock);
    lab_call_say(call, "The clock is %s: %s.", lab_text_string(&text),
                 clock.is_virtual  ? "nothing waits, and figures are exact"
                 : clock.pace == 1 ? "a second takes a second"
                 : clock.pace > 1  ? "faster than real"
                                   : "slow motion");
    lab_text_free(&text);
    return LAB_EXIT_OK;
}

LAB_COMMAND(clock) = {
    .name = "clock",
    .order = 720,
    .text = "show or choose how time passes",
    .help = "  clock virtual               nothing waits; figures are exact\n"
            "  clock real                  a second takes a second\n"
            "  clock x0.5                  slow motion; x10 is ten times as "
            "fast\n",
    .takes = {{&pace, .optional = true}},
    .run = choose_clock,
};
