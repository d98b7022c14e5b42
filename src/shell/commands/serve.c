// A server to practise on, which is a run like any other: its record has each
// request as a task, so ps and timeline show who is in flight. What it says at
// its end are counts that the server keeps, with or without a record.

#include "base/die.h"
#include "base/error.h"
#include "demo/practice.h"
#include "shell/option.h"
#include "shell/show.h"
#include "shell/stdout.h"

struct serving {
    struct lab_practice practice;
    int rc; // how it ended
};

static int body(const void *arg) {
    struct serving *serving = *(struct serving *const *)arg;
    return serving->rc = lab_practice_serve(&serving->practice);
}

// Says where it is, for whoever reads along and for programs in a pipe.
static void opened(void *arg, int port) {
    struct lab_call *call = arg;
    lab_call_say(call, "http://127.0.0.1:%d/%s", port,
                 call->shell->interactive
                     ? " has /delay/1, /status/503, /json; Ctrl-C ends it."
                     : "");
    lab_stdout_show();
}

// Can anybody look at the record? It is drawn, written to a file, or a later
// command asks about it. Else keeping it would only cost time.
static bool is_looked_at(const struct lab_call *call) {
    return lab_call_may_redraw(call) || call->recorder ||
           call->shell->script.has_begun;
}

static int serve(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct serving serving = {
        .practice = {.port = call->port, .opened = opened, .arg = call}};
    struct serving *arg = &serving;
    struct lab_demo demo = {.name = "serve",
                            .asks = "Who is in flight?",
                            .variants = {{"serve", .text = "a local server",
                                          .with = body, .arg = &arg}}};
    struct lab_selection selection = {0};
    if (shell->in_lesson)
        return lab_shell_refuse(shell,
                                "serve needs the real clock, and lessons "
                                "run under the virtual one");
    lab_settings_init(&selection.settings, &demo);
    selection.settings.unrecorded = !is_looked_at(call);
    call->options.clock = LAB_CLOCK_REAL;
    call->endless = call->quiet = true;
    int status = lab_show_run(call, &selection, lab_show_nothing);
    if (status == LAB_EXIT_OK)
        lab_call_say(call, "%zu request%s served, at most %zu at once.",
                     serving.practice.served,
                     serving.practice.served == 1 ? "" : "s",
                     serving.practice.most_in_flight);
    else if (serving.rc < 0 && serving.rc != LAB_ECANCELED)
        lab_shell_refuse(
            shell, "port %d: %s%s", call->port, lab_error_text(serving.rc),
            call->port ? "; serve alone takes one that is free" : "");
    return status;
}

LAB_COMMAND(serve) = {
    .name = "serve",
    .order = 260,
    .text = "serve slow and failing replies on this machine, to practise on",
    .help =
        "  serve                       until Ctrl-C; it says where\n"
        "  serve --port=8000           on that port\n"
        "  serve &                     at the prompt: ps and timeline show who "
        "is in flight\n",
    .options = LAB_OPTION_PORT | LAB_OPTION_RECORD | LAB_OPTIONS_STYLE,
    .run = serve,
};
