#include "base/die.h"
#include "lesson/file.h"
#include "lesson/quote.h"
#include "shell/select.h"

#include <string.h>

static int put_function(struct lab_call *call, const char *source,
                        const char *name) {
    struct lab_quote quote = {0};
    struct lab_text error = {0};
    if (lab_quote_find(source, name, strlen(name), &quote)) {
        lab_shell_printf(call->shell, "%.*s\n", (int)(quote.end - quote.start),
                         quote.start);
        return LAB_EXIT_OK;
    }
    struct lab_text near = {0};
    lab_quote_nearest(source, name, strlen(name), &near);
    lab_text_printf(&error, "no function \"%s\" in demo %s", name,
                    call->words[0]);
    if (near.length)
        lab_text_printf(&error, "; did you mean \"%s\"?",
                        lab_text_string(&near));
    else
        lab_text_printf(&error, "; source %s shows the whole file",
                        call->words[0]);
    lab_text_free(&near);
    return lab_shell_refuse_text(call->shell, &error);
}

int lab_command_source(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text source = {0}, error = {0};
    struct lab_demo_file *file = NULL;
    struct stat stat;
    if (call->count == 0 || call->count > 2)
        return lab_shell_refuse(shell, "source takes a demo and perhaps a "
                                       "function: source 3 together");
    int status = lab_select_find(shell, call->words[0], &file);
    if (status != LAB_EXIT_OK)
        return status;
    if (!lab_file_read(lab_demos_source(file), &source, &stat, &error))
        status = lab_shell_fail_text(shell, &error);
    else if (call->count == 2)
        status = put_function(call, lab_text_string(&source), call->words[1]);
    else
        lab_shell_put(shell, &source);
    lab_text_free(&source);
    return status;
}
