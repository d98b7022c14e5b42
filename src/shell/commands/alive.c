#include "shell/key.h"
#include "shell/look.h"
#include "shell/option.h"

static int alive(struct lab_call *call) {
    return lab_look_answer(call, lab_question_alive);
}

LAB_COMMAND(alive) = {
    .name = "alive",
    .order = 520,
    .text = "explain what keeps the loop from ending",
    .help = "  alive                       what is still to come\n"
            "  alive 3 together at=0.5s    what was, half a second in\n",
    .takes = {{&lab_type_look, .optional = true}},
    .keys = LAB_KEYS_MOMENT,
    .options = LAB_OPTIONS_RUN | LAB_OPTIONS_STYLE,
    .run = alive,
};
