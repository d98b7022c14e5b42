#include "shell/report.h"

#include "base/die.h"
#include "shell/command.h"
#include "shell/option.h"
#include "shell/show.h"

// A demo is what others take here.
static int refuse(struct lab_call *call, const char *file,
                  struct lab_text *error) {
    if (!lab_show_is_file(file) && lab_type_begins_look(call->shell, file))
        lab_text_printf(error,
                        "; report takes a record. To report a run, run it "
                        "first: type run %s, and then report",
                        file);
    return lab_shell_fail_text(call->shell, error);
}

static int report(struct lab_call *call) {
    struct lab_text text = {0}, error = {0};
    const char *file = call->count > 0 ? call->words[0] : NULL;
    if (!lab_report_put(&text, call->shell, &call->options.style, file, &error))
        return refuse(call, file, &error);
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}

LAB_COMMAND(report) = {
    .name = "report",
    .order = 887,
    .text = "print what a bug report needs: version, run, machine",
    .help = "  report                      of what ran last; no names, no home "
            "folder\n"
            "  report run.jsonl            of a record\n",
    .takes = {{&lab_type_record, .optional = true}},
    .options = LAB_OPTION_WIDTH,
    .run = report,
};
