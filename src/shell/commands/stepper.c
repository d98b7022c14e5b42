#include "base/die.h"
#include "shell/full.h"
#include "shell/key.h"
#include "shell/option.h"

static int stepper(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_look *stepper;
    if (!lab_full_possible(call))
        return lab_shell_refuse(shell, "stepper needs a whole terminal; here "
                                       "step, back and goto go through a run");
    if (shell->typing)
        return lab_shell_refuse(shell, "stepper needs the terminal to itself; "
                                       "leave the & out");
    int status = lab_look_stepper(call, &stepper);
    if (status == LAB_EXIT_OK && call->moment.is_set)
        status = lab_look_go(call, stepper, &call->moment);
    return status == LAB_EXIT_OK ? lab_full_step(call, stepper) : status;
}

LAB_COMMAND(stepper) = {
    .name = "stepper",
    .order = 640,
    .text = "step through a run on the whole screen",
    .help =
        "  stepper                     what ran last; arrow keys go through "
        "it\n"
        "  stepper 3 together          this, run quietly\n"
        "  stepper at=0.5s             likewise, from that moment on\n"
        "  stepper run.jsonl           a file that run --record=FILE wrote\n",
    .takes = {{&lab_type_look, .optional = true}},
    .keys = LAB_KEYS_MOMENT,
    // The terminal says how wide its screen is.
    .options = LAB_OPTIONS_RUN | LAB_OPTION_ASCII | LAB_OPTION_COLOR,
    .wants_screen = true,
    .run = stepper,
};
