#include "base/die.h"
#include "shell/look.h"
#include "shell/option.h"

#include <string.h>

static void offer(const struct lab_request *request) {
    lab_type_look.offer(request);
}

// "step 3 together" begins with demo 3; "step 3" goes three events forward.
static int read_words(struct lab_call *call, char **words, int count) {
    bool number = count == 1 && *words[0] &&
                  words[0][strspn(words[0], "0123456789")] == '\0';
    return number ? lab_type_count.read(call, words, count)
                  : lab_type_look.read(call, words, count);
}

static const struct lab_type count_or_look = {
    .usage = "N | DEMO [VARIANT] [NAME=VALUE ...] | VARIANT | FILE [VARIANT]",
    .is_rest = true,
    .offer = offer,
    .read = read_words,
};

static int step(struct lab_call *call) {
    struct lab_look *stepper;
    int status = lab_look_stepper(call, &stepper);
    if (status != LAB_EXIT_OK)
        return status;
    size_t at = stepper->state->at, count = call->number;
    if (at == lab_record_count(stepper->state->record)) {
        lab_call_say(call, "Event %zu is the last; back goes back.", at);
        return LAB_EXIT_OK;
    }
    lab_state_go(stepper->state, count < SIZE_MAX - at ? at + count : at);
    return lab_look_show(call, stepper);
}

LAB_COMMAND(step) = {
    .name = "step",
    .order = 600,
    .text = "go forward by one event of a run, or by N",
    .help = "  step 3 together             begin with this\n"
            "  step together               begin with this variant of what ran "
            "last\n"
            "  step                        one event forward; step 5 is five\n",
    .takes = {{&count_or_look, .optional = true}},
    .options = LAB_OPTIONS_RUN | LAB_OPTIONS_STYLE,
    .run = step,
};
