#include "base/die.h"
#include "shell/option.h"
#include "shell/renew.h"

// The demo that ran last, if none is named.
static int find_last(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text word = {0};
    if (shell->last.count == 0 || shell->last.number == 0)
        return lab_shell_refuse(shell, "reload needs a demo, as none has run; "
                                       "for example: reload 3");
    lab_text_printf(&word, "%d", shell->last.number);
    int status = lab_select_find(shell, lab_text_string(&word), &call->file);
    lab_text_free(&word);
    return status;
}

// What make has built is better than what is built here: with its flags, and
// the libraries that it needs.
static int reload(struct lab_call *call) {
    int status = call->file ? LAB_EXIT_OK : find_last(call);
    if (status != LAB_EXIT_OK)
        return status;
    return lab_renew_was_built(call->file) ? lab_renew_load(call, call->file)
                                           : lab_renew(call, call->file);
}

LAB_COMMAND(reload) = {
    .name = "reload",
    .order = 732,
    .text = "build a demo anew and load it",
    .help = "  reload 3                    what its C says now\n"
            "  reload                      the demo that ran last\n",
    .takes = {{&lab_type_demo, .optional = true}},
    .options = LAB_OPTIONS_WHICH,
    .run = reload,
};
