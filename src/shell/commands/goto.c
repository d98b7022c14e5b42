#include "base/die.h"
#include "shell/look.h"
#include "shell/option.h"

static int go(struct lab_call *call) {
    struct lab_look *stepper;
    int status = lab_look_stepper(call, &stepper);
    if (status == LAB_EXIT_OK)
        status = lab_look_go(call, stepper, &call->moment);
    return status == LAB_EXIT_OK ? lab_look_show(call, stepper) : status;
}

LAB_COMMAND(goto) = {
    .name = "goto",
    .order = 620,
    .text = "go to a time, or to an event, of a run",
    .help = "  goto 1.5s                   what was then\n"
            "  goto 12                     when 12 events had happened\n"
            "  goto 0.5s 3 together        likewise, in this\n",
    .takes = {{&lab_type_moment}, {&lab_type_look, .optional = true}},
    .options = LAB_OPTIONS_RUN | LAB_OPTIONS_STYLE,
    .run = go,
};
