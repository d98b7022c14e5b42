#include "shell/option.h"
#include "shell/reading.h"

static int next(struct lab_call *call) {
    return lab_reading_next(call);
}

LAB_COMMAND(next) = {
    .name = "next",
    .order = 42,
    .text = "continue the lesson; an empty line does too",
    .help = "  next                        the next page, command or part\n",
    .run = next,
};
