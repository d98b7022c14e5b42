#include "shell/key.h"
#include "shell/look.h"
#include "shell/option.h"

static int ps(struct lab_call *call) {
    return lab_look_answer(call, lab_question_ps);
}

LAB_COMMAND(ps) = {
    .name = "ps",
    .order = 500,
    .text = "list live tasks, and what they wait for",
    .help =
        "  ps                          of what runs, or where the stepper is\n"
        "  ps at=1.5s                  of what ran last, at that time\n"
        "  ps 3 together at=12         of this, run quietly, after 12 events\n"
        "  ps run.jsonl at=200ms       of a file that run --record=FILE "
        "wrote\n",
    .takes = {{&lab_type_look, .optional = true}},
    .keys = LAB_KEYS_MOMENT,
    .options = LAB_OPTIONS_RUN | LAB_OPTIONS_STYLE,
    .run = ps,
};
