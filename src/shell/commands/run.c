#include "base/die.h"
#include "shell/option.h"
#include "shell/show.h"

#include <string.h>

static int run_every(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    int worst = LAB_EXIT_OK;
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    for (size_t i = 0; i < shell->demos.count; i++) {
        struct lab_selection selection;
        if (i > 0 && !call->options.json)
            lab_shell_printf(shell, "\n\n");
        struct lab_demo_file *file = &shell->demos.files[i];
        int status = lab_select_file(shell, file, &selection);
        if (status == LAB_EXIT_OK)
            status = lab_show_run(call, &selection, NULL);
        if (status == LAB_EXIT_INTERRUPTED)
            return status;
        if (status != LAB_EXIT_OK && !file->is_skipped)
            worst = status;
    }
    return worst;
}

// --- its words: all, or a part of one demo

static bool is_all(char **words, int count) {
    return count > 0 && strcmp(words[0], "all") == 0;
}

static void offer(const struct lab_request *request) {
    if (request->index == 0)
        lab_offer(request, "all");
    lab_type_program.offer(request);
}

static int read_words(struct lab_call *call, char **words, int count) {
    if (!is_all(words, count))
        return lab_type_program.read(call, words, count);
    if (count == 1)
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell,
                            "run all takes nothing more, and not \"%s\"; "
                            "parameters belong to one demo",
                            words[1]);
}

static const struct lab_type selection_or_all = {
    .usage = "DEMO|PROGRAM|all [VARIANT ...] [NAME=VALUE ...]",
    .noun = "a demo, which list shows, or a program of yours",
    .is_rest = true,
    .offer = offer,
    .read = read_words,
};

static int run(struct lab_call *call) {
    if (call->options.json && call->options.timeline)
        return lab_shell_refuse(call->shell, "--json prints nothing else, so "
                                             "leave --timeline out");
    return is_all(call->words, call->count)
               ? run_every(call)
               : lab_show_run(call, &call->target.selection, NULL);
}

LAB_COMMAND(run) = {
    .name = "run",
    .order = 200,
    .text = "run a demo or a program of yours, and compare what its "
            "variants took",
    .help = "  run 3                       all variants of demo 3\n"
            "  run sequential              the same, by a word of its name\n"
            "  run 3 together delay=200    one variant, one parameter changed\n"
            "  run all                     every demo\n"
            "  run my.c                    a program of your own\n"
            "  run 3 &                     at the prompt: keep typing "
            "meanwhile\n",
    .takes = {{&selection_or_all}},
    .options = LAB_OPTIONS_RUN | LAB_OPTIONS_STYLE | LAB_OPTION_TIMELINE |
               LAB_OPTION_JSON,
    .run = run,
};
