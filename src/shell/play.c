#include "shell/play.h"

#include "base/die.h"
#include "base/error.h"
#include "core/scope.h"
#include "core/wait.h"

#include <string.h>

// Those that the recorder leads here; see src/guest/practice.py.
static const char *const sites[] = {"httpbin.org", "www.httpbin.org",
                                    "example.com", "www.example.com", NULL};

static void note_port(void *arg, int port) {
    struct lab_play *play = arg;
    play->port = port;
}

static int serve(void *arg) {
    struct lab_play *play = arg;
    return lab_practice_serve(&play->practice);
}

int lab_play_check(struct lab_call *call,
                   const struct lab_selection *selection) {
    const char *name = selection->guest;
    size_t n = name ? strlen(name) : 0;
    if (!call->serve)
        return LAB_EXIT_OK;
    if (n < 3 || strcmp(name + n - 3, ".py") != 0)
        return lab_shell_refuse(call->shell,
                                "--serve plays web sites for a program in "
                                "Python, such as my.py");
    if (call->options.clock.is_virtual)
        return lab_shell_refuse(call->shell,
                                "--serve needs the real clock; add "
                                "--clock=real");
    return LAB_EXIT_OK;
}

int lab_play_begin(struct lab_play *play, struct lab_call *call) {
    *play = (struct lab_play){
        .practice = {.hosts = sites, .opened = note_port, .arg = play}};
    if (!call->serve)
        return LAB_EXIT_OK;
    play->task = lab_spawn("practice", serve, play);
    int rc = lab_yield(); // it listens at once
    if (rc == 0 && play->port)
        return LAB_EXIT_OK;
    lab_play_end(play);
    return rc < 0 ? LAB_EXIT_INTERRUPTED
                  : lab_shell_refuse(call->shell,
                                     "no port on this machine can be had for "
                                     "--serve");
}

void lab_play_end(struct lab_play *play) {
    struct lab_shield shield = {0};
    if (!play->task)
        return;
    lab_cancel(play->task);
    lab_shield_enter(&shield);
    lab_ignore(lab_await(play->task)); // that it was cancelled
    lab_shield_exit(&shield);
    play->task = NULL;
}
