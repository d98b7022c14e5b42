#include "base/die.h"
#include "shell/look.h"
#include "shell/option.h"
#include "shell/reading.h"

static int back(struct lab_call *call) {
    struct lab_look *stepper;
    if (call->shell->reading && !call->shell->stepper && call->number == 1)
        return lab_reading_back(call);
    bool fresh = !call->shell->stepper;
    int status = lab_look_stepper(call, &stepper);
    if (status != LAB_EXIT_OK)
        return status;
    if (fresh) // the way back starts at the end
        lab_state_go(stepper->state, SIZE_MAX);
    size_t at = stepper->state->at, count = call->number;
    if (at == 0) {
        lab_call_say(call, "This is the beginning; step goes forward.");
        return LAB_EXIT_OK;
    }
    lab_state_go(stepper->state, count < at ? at - count : 0);
    return lab_look_show(call, stepper);
}

LAB_COMMAND(back) = {
    .name = "back",
    .order = 610,
    .text = "go back by one event, or by N",
    .help = "  back                        one event back; back 5 is five\n"
            "  back                        in a lesson, the part before\n",
    .takes = {{&lab_type_count, .optional = true}},
    .options = LAB_OPTIONS_STYLE,
    .run = back,
};
