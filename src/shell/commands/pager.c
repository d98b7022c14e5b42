#include "base/die.h"
#include "shell/browse.h"
#include "shell/command.h"

static int pager(struct lab_call *call) {
    return lab_browse(call->shell);
}

LAB_COMMAND(pager) = {
    .name = "pager",
    .order = 655,
    .text = "show again, page by page, what was longer than the screen",
    .help = "  pager                       a space on an empty line does it, "
            "too\n",
    .run = pager,
};
